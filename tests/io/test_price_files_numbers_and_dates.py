"""Marks and orders are settled by the whole column or asked, and every locale's numbers come back equal."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.prices import PriceKind
from notemodeler.io.price_files import read_price_table


def prices(text: str, **answers: str) -> dict[str, str | None]:
    proposal = read_price_table(text, answers=answers)
    assert proposal.questions == ()
    assert proposal.rejected == ()
    (column,) = proposal.taken
    return {str(bar.date): None if bar.price is None else str(bar.price) for bar in column.bars}


def test_thousands_or_decimals_is_a_question_with_both_readings():
    text = "Date\tBid\n2024-03-01\t1,234\n2024-03-04\t2,345\n"
    (question,) = read_price_table(text).questions
    assert question.id == "decimal_mark"
    assert question.options == (("point", "1,234 is 1234"), ("comma", "1,234 is 1.234"))
    assert prices(text, decimal_mark="point")["2024-03-01"] == "1234"
    assert prices(text, decimal_mark="comma")["2024-03-01"] == "1.234"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1,234", "0,5"), ("1.234", "0.5")),
        (("1,234", "0.5"), ("1234", "0.5")),
        (("1.234", "0,5"), ("1234", "0.5")),
        (("1,234", "1,234,567"), ("1234", "1234567")),
        (("1,234", "0,512"), ("1.234", "0.512")),
        (("1,234", "1234,567"), ("1.234", "1234.567")),
        (("1 234,567", "5"), ("1234.567", "5")),
        (("1’234.50", "1'234"), ("1234.50", "1234")),
        (("1,00,000", "1,234.5"), ("100000", "1234.5")),
        (("$0.0505", "US$ 1"), ("0.0505", "1")),
        (("5e-05", "0.1"), ("0.00005", "0.1")),
    ],
)
def test_one_clear_number_settles_the_column(cells, expected):
    text = "Date\tBid\n" + "".join(f"2024-03-0{day}\t{c}\n" for day, c in enumerate(cells, 4))
    assert tuple(map(Decimal, prices(text).values())) == tuple(map(Decimal, expected))


def test_other_columns_of_the_same_hand_settle_the_mark_and_a_note_says_so():
    proposal = read_price_table("Date\tOpen\tBid\n2024-03-01\t0,5\t1.234\n")
    assert proposal.taken[0].bars[0].price == 1234
    assert any("comma is the decimal mark" in note for note in proposal.notes)


def test_contradicting_marks_are_asked_and_the_misfits_named():
    text = "Date\tBid\n2024-03-01\t1.5\n2024-03-04\t1,5\n"
    assert read_price_table(text).questions[0].id == "decimal_mark"
    answered = read_price_table(text, answers={"decimal_mark": "point"})
    assert [row.row_number for row in answered.rejected] == [3]
    assert answered.rejected[0].reason.startswith("Column Bid: ")


def test_in_a_comma_separated_file_the_point_is_the_decimal_mark_and_a_note_says_so():
    proposal = read_price_table(b"Date,Bid\n2024-03-01,1.234\n")
    assert proposal.taken[0].bars[0].price == Decimal("1.234")
    assert any("commas part the columns" in note for note in proposal.notes)


def test_an_open_date_order_is_a_question_with_both_readings():
    text = "Date\tBid\n03/05/2024\t0.5\n04/05/2024\t0.6\n"
    (question,) = read_price_table(text).questions
    assert question.options == (
        ("month_first", "03/05/2024 is Mar 5, 2024"),
        ("day_first", "03/05/2024 is May 3, 2024"),
    )
    assert list(prices(text, date_order="month_first")) == ["2024-03-05", "2024-04-05"]
    assert list(prices(text, date_order="day_first")) == ["2024-05-03", "2024-05-04"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("03/05/2024", "03/13/2024"), ("2024-03-05", "2024-03-13")),
        (("03/05/2024", "13/05/2024"), ("2024-05-03", "2024-05-13")),
        (("04/04/2024", "05/05/2024"), ("2024-04-04", "2024-05-05")),
        (("01.03.2024", "04.03.2024"), ("2024-03-01", "2024-03-04")),
        (("03/05/24", "03/13/24"), ("2024-03-05", "2024-03-13")),
        (("2024/03/05", "2024/03/13"), ("2024-03-05", "2024-03-13")),
        (("99-03-05", "99-03-16"), ("1999-03-05", "1999-03-16")),
        (("20240305", "20240306"), ("2024-03-05", "2024-03-06")),
        (("45356", "45357"), ("2024-03-05", "2024-03-06")),
        (("45356.75", "45357"), ("2024-03-05", "2024-03-06")),
        (("1709596800", "1709683200000"), ("2024-03-05", "2024-03-06")),
        (("5. März 2024", "6. Mär. 2024"), ("2024-03-05", "2024-03-06")),
        (("5 marca 2024", "6 mar 2024"), ("2024-03-05", "2024-03-06")),
        (("5 de marzo de 2024", "Wed, Mar 6, 2024"), ("2024-03-05", "2024-03-06")),
        (("2024-03-05 09:30:00-05:00", "3/16/2024 4:00 PM"), ("2024-03-05", "2024-03-16")),
    ],
)
def test_one_clear_date_settles_the_column(dates, expected):
    text = "Date\tBid\n" + "".join(f"{day}\t0.5\n" for day in dates)
    proposal = read_price_table(text)
    assert proposal.questions == ()
    assert tuple(str(bar.date) for bar in proposal.taken[0].bars) == expected


def test_two_digit_years_that_could_come_first_are_asked():
    text = "Date\tBid\n24-03-05\t0.5\n24-03-06\t0.6\n"
    (question,) = read_price_table(text).questions
    assert dict(question.options) == {
        "day_first": "24-03-05 is Mar 24, 2005",
        "year_first": "24-03-05 is Mar 5, 2024",
    }
    assert list(prices(text, date_order="year_first")) == ["2024-03-05", "2024-03-06"]


def test_contradicting_dates_are_asked_and_the_misfits_named():
    text = "Date\tBid\n13/01/2024\t0.5\n01/16/2024\t0.6\n"
    assert read_price_table(text).questions[0].id == "date_order"
    answered = read_price_table(text, answers={"date_order": "day_first"})
    assert [(row.row_number, row.reason.split(":")[0]) for row in answered.rejected] == [
        (3, "Column Date")
    ]


LOCALES = {
    "en_US": (",", "."), "de_DE": (".", ","), "fr_FR": ("\u202f", ","), "de_CH": ("’", "."),
    "pt_BR": (".", ","), "pl_PL": ("\u00a0", ","), "en_IN": (",", "."),
}  # fmt: skip


def written(value: Decimal, locale: str) -> str:
    group, mark = LOCALES[locale]
    whole, _, decimals = format(value, "f").partition(".")
    head, tail = whole[:-3], whole[-3:]
    size = 2 if locale == "en_IN" else 3
    groups = []
    while head:
        head, group_digits = head[:-size], head[-size:]
        groups.insert(0, group_digits)
    text = group.join([*groups, tail])
    return f"{text}{mark}{decimals}" if decimals else text


DAYS = st.lists(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31)), min_size=1, max_size=12,
    unique=True,
)  # fmt: skip
PRICES = st.decimals(
    min_value=Decimal("0.000001"), max_value=Decimal(99999999), places=6, allow_nan=False
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_numbers_of_every_locale_come_back_equal(data):
    locale = data.draw(st.sampled_from(sorted(LOCALES)))
    days = data.draw(DAYS)
    values = [data.draw(PRICES) for _ in days]
    rows = [f"{day}\t{written(value, locale)}" for day, value in zip(days, values, strict=True)]
    proposal = read_price_table("Date\tBid\n" + "\n".join(rows))
    assert proposal.questions == ()
    assert proposal.rejected == ()
    read = {bar.date: bar.price for bar in proposal.taken[0].bars}
    assert read == dict(zip(days, values, strict=True))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_order_of_rows_changes_nothing(data):
    days = data.draw(DAYS)
    rows = [f"{day:%d/%m/%Y};{data.draw(PRICES):f}".replace(".", ",") for day in days]
    rows.append("oops;0,5")
    shuffled = data.draw(st.permutations(rows))
    answers = {"date_order": "day_first"}
    one, two = (
        read_price_table("Datum;Geld\n" + "\n".join(order), answers=answers)
        for order in (rows, shuffled)
    )
    assert one.series() == two.series()
    assert one.series()[0].kind is PriceKind.BID
    assert [row.text for row in one.rejected] == [row.text for row in two.rejected]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_in_a_price_cell_is_a_price_or_a_named_row(cell):
    quoted = cell.replace('"', '""')
    table = f'Date\tBid\n2024-03-01\t"{quoted}"\n2024-03-04\t0.5\n'
    proposal = read_price_table(table)
    if proposal.questions:
        return
    kept = {str(bar.date) for bar in proposal.taken[0].bars}
    assert "2024-03-01" in kept or [row.row_number for row in proposal.rejected] == [2]
