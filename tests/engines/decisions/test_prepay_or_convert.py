"""Prepay or let convert: cash of the table against shares at the market, day by day, and where they cross."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.repayment import (
    DaysFrom,
    PrepaymentBase,
    PrepaymentStep,
    RepaymentTerms,
)
from notemodeler.domain.scenario import Continuation, Scenario
from notemodeler.engines.decisions.prepay_or_convert import (
    Crossing,
    Side,
    last_prepayment_date,
    prepay_or_convert,
)
from tests.engines.decisions.simple_cases import ISSUED, OPENS, bids, case_of, note_with

TABLE = (PrepaymentStep(0, 30, Decimal("1.15")), PrepaymentStep(31, 60, Decimal("1.40")))
DIP = date(2024, 2, 14)
"""Day 43, a Wednesday."""


def note_of(steps=TABLE, **changes):
    return note_with(repayment=RepaymentTerms(prepayment_steps=steps, **changes))


def test_each_day_has_its_cash_and_the_shares_that_a_conversion_gives_away():
    """115 % of $10,000 is $11,500 to day 30, 140 % $14,000 to day 60, March 2.

    $10,000 at $0.05 are 200,000 shares, worth $20,000 at $0.10: prepaying saves $8,500, then $6,000.
    """
    found = prepay_or_convert(case_of(note_of()))
    assert (found.days[0].date, found.days[-1].date) == (ISSUED, date(2024, 3, 2))
    assert len(found.days) == 61
    first, last = found.days[0], found.days[-1]
    assert (first.number, first.cash, first.shares, first.value) == (0, 11500, 200_000, 20000)
    assert (first.saving, last.saving) == (Decimal("8500.00"), Decimal("6000.00"))
    assert found.on(date(2024, 2, 1)).cash == 11500
    assert found.on(date(2024, 2, 2)).cash == 14000
    assert found.crossings == ()
    assert {day.cheaper for day in found.days} == {Side.PREPAY}


def test_the_cheaper_side_changes_where_the_market_falls_before_the_look_back_knows_it():
    """On February 14 the bid is $0.06: 200,000 shares are worth $12,000, less than the $14,000 in cash.

    From February 15 the look-back knows $0.06: $0.03, 333,333 shares at $0.10, $33,333.30.
    """
    found = prepay_or_convert(case_of(note_of(), series=bids({DIP: Decimal("0.06")})))
    assert found.crossings == (
        Crossing(DIP, Side.CONVERT), Crossing(date(2024, 2, 15), Side.PREPAY),
    )  # fmt: skip
    assert found.on(DIP).saving == Decimal("-2000.00")
    assert found.on(date(2024, 2, 15)).value == Decimal("33333.30")
    assert found.most_saved.date == date(2024, 2, 15)
    assert found.least_cash.date == ISSUED


def test_it_is_hypothetical_until_conversion_opens():
    steps = (PrepaymentStep(0, 200, Decimal("1.5")),)
    found = prepay_or_convert(case_of(note_of(steps)))
    assert found.on(date(2024, 6, 30)).is_hypothetical
    assert not found.on(OPENS).is_hypothetical
    assert [issue.text for issue in prepay_or_convert(case_of(note_of())).issues] == [
        "Conversion opens only after all these days: the value of the shares is hypothetical on each."
    ]
    assert found.issues == ()


def test_days_after_the_last_price_go_on_as_the_scenario_says():
    """Flat at $0.10 the shares stay worth $20,000; drifting down, the market is below the dime."""
    steps = (PrepaymentStep(0, 200, Decimal("1.5")),)
    found = prepay_or_convert(case_of(note_of(steps)))
    assert found.on(date(2024, 7, 10)).is_continued
    assert found.on(date(2024, 7, 10)).value == 20000
    fallen = Scenario(continuation=Continuation.DRIFT, monthly_drift=Decimal("-0.5"))
    later = prepay_or_convert(case_of(note_of(steps), scenario=fallen)).on(date(2024, 7, 10))
    assert later.market_price < Decimal("0.10")
    assert not found.on(date(2024, 6, 28)).is_continued


def test_without_a_table_the_first_180_days_are_looked_at_at_par():
    found = prepay_or_convert(case_of())
    assert found.days[-1].date == date(2024, 6, 30)
    assert found.days[-1].cash == 10000


def test_afterwards_at_a_percentage_it_goes_on_to_maturity():
    assert last_prepayment_date(note_of(prepayment_after=Decimal("1.5"))) == date(2025, 1, 2)
    assert last_prepayment_date(note_of()) == date(2024, 3, 2)


def test_a_table_that_never_ends_is_cut():
    steps = (PrepaymentStep(0, 36600, Decimal("1.5")),)
    assert len(prepay_or_convert(case_of(note_of(steps))).days) == 1100


def test_days_are_counted_from_funding_if_the_note_says_so():
    note = note_with(
        funding_date=date(2024, 1, 12),
        repayment=RepaymentTerms(TABLE, prepayment_days_from=DaysFrom.FUNDING),
    )
    found = prepay_or_convert(case_of(note))
    assert (found.days[0].date, found.days[0].number) == (date(2024, 1, 12), 0)
    assert found.days[-1].date == date(2024, 3, 12)


def test_a_gap_in_the_table_has_no_cash_and_no_cheaper_side():
    steps = (PrepaymentStep(0, 10, Decimal("1.1")), PrepaymentStep(20, 30, Decimal("1.2")))
    found = prepay_or_convert(case_of(note_of(steps)))
    gap = found.on(date(2024, 1, 15))
    assert (gap.cash, gap.cheaper, gap.value) == (None, None, 20000)


def test_a_percentage_of_principal_alone_leaves_interest_at_par():
    """36.5 % a year is $10 a day: on day 10 140 % of $10,000 and $100 are $14,100."""
    note = note_with(
        interest=InterestTerms(rate=Decimal("0.365")),
        repayment=RepaymentTerms(
            (PrepaymentStep(0, 30, Decimal("1.4")),), PrepaymentBase.PRINCIPAL
        ),
    )
    assert prepay_or_convert(case_of(note)).on(date(2024, 1, 12)).cash == Decimal("14100.00")


def test_a_note_that_is_paid_has_neither_side():
    paid = LedgerEntry(date(2024, 1, 20), EntryKind.PREPAYMENT)
    found = prepay_or_convert(case_of(note_with(note_of(), ledger=(paid,))))
    after = found.on(date(2024, 1, 21))
    assert (after.cash, after.shares, after.value, after.saving) == (None, None, None, None)
    assert found.on(date(2024, 1, 20)).cash == 11500


def test_without_prices_it_says_that_nothing_can_be_compared():
    found = prepay_or_convert(case_of(note_of(), series=bids(last=date(2023, 9, 29))))
    assert found.most_saved is None
    assert found.days[0].cash == 11500
    assert [issue.fields for issue in found.issues] == [("note.repayment.prepayment_steps",)]


def test_a_table_that_ends_before_funding_is_an_error_and_no_figure():
    note = note_with(note_of(), funding_date=date(2024, 6, 3))
    found = prepay_or_convert(case_of(note))
    assert found.days == ()
    assert found.issues[0].is_error


@settings(max_examples=40, deadline=None)
@given(
    bumps=st.dictionaries(
        st.sampled_from([date(2024, 2, day) for day in (1, 2, 6, 8, 9, 13, 15)]),
        st.decimals("0.01", "0.30", places=2),
    )
)
def test_between_two_crossings_the_cheaper_side_is_the_same(bumps):
    found = prepay_or_convert(case_of(note_of(), series=bids(bumps)))
    turns = {each.date: each.cheaper for each in found.crossings}
    side = found.days[0].cheaper
    for day in found.days:
        assert (day.date in turns) == (day.cheaper is not side)
        side = turns.get(day.date, side)
        assert day.cheaper is side
        assert day.value - day.cash == day.saving
