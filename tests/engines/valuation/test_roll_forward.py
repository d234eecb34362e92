from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.engines.valuation.roll_forward import Mark, in_sum, roll_forward

CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
FIRST = date(2019, 3, 31)


@st.composite
def marks(draw):
    values = draw(st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=8))
    return [
        Mark(FIRST + timedelta(days=30 * place), before, after, is_new=place == 0)
        for place, (before, after) in enumerate(values)
    ]


@given(marks())
def test_every_row_adds_up_to_the_cent_and_opens_where_the_last_one_closed(given_marks):
    rows = roll_forward(given_marks)
    opening = Decimal(0)
    for row in (*rows, in_sum(rows)):
        assert row.opening + row.new - row.settled + row.change == row.closing
    for row in rows:
        assert row.opening == opening
        opening = row.closing


def test_a_conversion_settles_what_it_takes_off_the_value():
    first = Mark(FIRST, Decimal(100), Decimal(100), is_new=True)
    converted = Mark(date(2019, 5, 1), Decimal(130), Decimal(90))
    rows = roll_forward([converted, first])
    assert (rows[0].new, rows[0].change) == (100, 0)
    assert (rows[1].settled, rows[1].change, rows[1].closing) == (40, 30, 90)
    total = in_sum(rows)
    assert (total.new, total.settled, total.change, total.closing) == (100, 40, 30, 90)


def test_no_marks_have_no_sum():
    assert in_sum(roll_forward([])) is None
