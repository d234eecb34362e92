"""The shares outstanding through time, stacked by note."""

from datetime import date, timedelta
from decimal import Decimal

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.issuer import AuthorisedShares, ShareCount, Split
from notemodeler.engines.company.outstanding_path import outstanding_path
from tests.engines.company.book_cases import book, converted, fixed_note

FIRST = date(2018, 8, 30)
DAYS = tuple(FIRST + timedelta(days=step) for step in range(250))


def path(*notes, days=DAYS, **facts):
    return outstanding_path(book(*notes, **facts), days)


def on(found, day):
    """Base, layers and total of a day, as whole numbers."""
    place = found.days.index(day)
    return (
        int(found.base[place]),
        [int(layer) for layer in found.layers[:, place]],
        int(found.total[place]),
    )


def two_notes():
    """A brings 100,000 on Jan 10, B 50,000 on Feb 4."""
    return (
        fixed_note("A", 10_000, ledger=(converted(date(2019, 1, 10), 1_000),)),
        fixed_note("B", 10_000, ledger=(converted(date(2019, 2, 4), 500),)),
    )


def test_each_note_adds_its_shares_on_its_day():
    found = path(*two_notes())
    assert on(found, date(2019, 1, 9)) == (1_000_000, [0, 0], 1_000_000)
    assert on(found, date(2019, 1, 10)) == (1_000_000, [100_000, 0], 1_100_000)
    assert on(found, date(2019, 2, 4)) == (1_000_000, [100_000, 50_000], 1_150_000)


def test_nothing_is_known_before_the_first_report():
    found = path(*two_notes())
    unknown = found.days.index(date(2018, 9, 1))
    for part in (
        found.base,
        found.total,
        found.layers[0],
        found.holders and found.holders[0].level,
    ):
        if len(part):
            assert numpy.isnan(part[:unknown]).all()
    assert not numpy.isnan(found.total[unknown:]).any()


def test_a_report_that_includes_what_was_issued_moves_no_layer():
    """1,120,000 on Jan 31 include A's 100,000: 20,000 came from elsewhere and raise the base."""
    counts = (ShareCount(date(2018, 9, 1), 1_000_000), ShareCount(date(2019, 1, 31), 1_120_000))
    found = path(*two_notes(), shares_outstanding=counts)
    assert on(found, date(2019, 1, 31)) == (1_020_000, [100_000, 0], 1_120_000)
    assert on(found, date(2019, 2, 4)) == (1_020_000, [100_000, 50_000], 1_170_000)
    assert found.reports == counts


def test_where_a_report_counts_fewer_than_were_issued_the_notes_begin_anew():
    """60,000 on Jan 31 cannot include A's 100,000: the base is the report, B's 50,000 come on top."""
    counts = (
        ShareCount(date(2018, 9, 1), 1_000_000),
        ShareCount(date(2019, 1, 31), 60_000),
        ShareCount(date(2019, 3, 1), 70_000),
    )
    found = path(*two_notes(), shares_outstanding=counts)
    assert on(found, date(2019, 1, 30)) == (1_000_000, [100_000, 0], 1_100_000)
    assert on(found, date(2019, 1, 31)) == (60_000, [0, 0], 60_000)
    # With B's 50,000 the report and what came since are 110,000, still fewer than all 150,000 issued.
    assert on(found, date(2019, 2, 4)) == (60_000, [0, 50_000], 110_000)
    assert on(found, date(2019, 3, 1)) == (70_000, [0, 0], 70_000)


def test_what_is_issued_on_the_day_of_such_a_report_comes_on_top_of_it():
    counts = (ShareCount(date(2018, 9, 1), 1_000_000), ShareCount(date(2019, 2, 4), 30_000))
    found = path(*two_notes(), shares_outstanding=counts)
    assert on(found, date(2019, 2, 4)) == (30_000, [0, 50_000], 80_000)


def test_a_split_shows_as_a_step_in_shares_of_the_day():
    """1 for 10 on Feb 1: 1,100,000 become 110,000; B converts at $0.10, 5,000 shares."""
    split = Split(date(2019, 2, 1), 10, 1)
    found = path(*two_notes(), splits=(split,))
    assert on(found, date(2019, 1, 31)) == (1_000_000, [100_000, 0], 1_100_000)
    assert on(found, date(2019, 2, 1)) == (100_000, [10_000, 0], 110_000)
    assert on(found, date(2019, 2, 4)) == (100_000, [10_000, 5_000], 115_000)
    assert found.splits == (split,)


def test_the_charter_is_a_line_from_its_first_row_on():
    charter = (
        AuthorisedShares(date(2019, 1, 2), 3_000_000),
        AuthorisedShares(date(2018, 9, 10), 2_000_000),
    )
    found = path(*two_notes(), shares_authorised=charter)
    authorised = dict(zip(found.days, found.authorised, strict=True))
    assert numpy.isnan(authorised[date(2018, 9, 9)])
    assert authorised[date(2018, 9, 10)] == authorised[date(2019, 1, 1)] == 2_000_000
    assert authorised[date(2019, 1, 2)] == 3_000_000


def test_the_line_of_a_holder_is_what_it_could_take_the_outstanding_to():
    """1,000,000 + 52,520; after 100,000 kept of 1,100,000 none is left under 4.99 %, and all count of 20 %."""
    kept = {"lots_are_sold": False}
    notes = tuple(
        fixed_note(
            holder, 10_000, holder=holder, ledger=(converted(date(2019, 1, 10), 500),),
            conversion={"ownership_limit": Decimal(limit), **kept},
        )
        for holder, limit in (("North", "0.0499"), ("South", "0.20"))
    )  # fmt: skip
    found = path(*notes)
    before, after = found.days.index(date(2019, 1, 9)), found.days.index(date(2019, 1, 10))
    assert [line.name for line in found.holders] == ["North", "South"]
    assert [line.level[before] for line in found.holders] == [1_052_520, 1_250_000]
    # Each took 50,000 of 1,050,000 and 1,100,000: North is allowed 54,890, so (54,890 - 50,000) / 0.9501.
    assert [line.held[after] for line in found.holders] == [50_000, 50_000]
    assert [line.level[after] for line in found.holders] == [1_105_146, 1_312_500]


@pytest.mark.parametrize("days", [(), (date(2019, 1, 10),)])
def test_few_days_make_a_short_path(days):
    found = path(*two_notes(), days=days)
    assert found.layers.shape == (2, len(days))
    assert list(found.total) == [1_100_000] * len(days)


WHEN = st.integers(0, 249).map(lambda step: FIRST + timedelta(days=step))
ENTRIES = st.lists(
    st.builds(converted, WHEN, st.integers(1, 10**6).map(lambda cents: Decimal(cents) / 100)),
    max_size=4,
)
COUNTS = st.lists(
    st.builds(ShareCount, WHEN, st.integers(1, 10**7)),
    max_size=3,
    unique_by=lambda count: count.date,
).map(lambda counts: tuple(sorted(counts, key=lambda count: count.date)))
SPLITS = st.lists(st.builds(Split, WHEN, st.integers(1, 30), st.integers(1, 3)), max_size=2).map(
    tuple
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4), COUNTS, SPLITS)
def test_the_stack_always_sums_to_the_outstanding_and_no_part_is_negative(ledgers, counts, splits):
    notes = [fixed_note(f"{at}", 50_000, ledger=tuple(each)) for at, each in enumerate(ledgers)]
    company = book(*notes, shares_outstanding=counts, splits=splits)
    found = outstanding_path(company, DAYS)
    for place, day in enumerate(DAYS):
        outstanding = company.register.outstanding(day)
        parts = [found.base[place], *found.layers[:, place]]
        if outstanding is None:
            assert numpy.isnan(parts).all()
        else:
            assert sum(parts) == found.total[place] == outstanding
            assert min(parts) >= 0
