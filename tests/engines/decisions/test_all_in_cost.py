"""The all-in cost and its parts: they add up to the cent, and their rates to the yearly rate."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import InterestCharge, InterestTerms
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.repayment import PrepaymentStep, RepaymentTerms
from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.decisions.all_in_cost import CostPart, all_in_cost
from tests.engines.decisions.simple_cases import DIME, ISSUED, OPENS, bids, case_of, note_with

TEN_A_DAY = InterestTerms(rate=Decimal("0.365"), default_rate=Decimal("0.73"))
"""$10 a day on $10,000, $20 in default."""
NEXT_YEAR = date(2025, 1, 2)
"""366 days after January 2, 2024, and 365 after January 3."""


def amounts(cost):
    return {step.part: step.amount for step in cost.steps}


def test_the_parts_of_a_plain_note():
    """$10,000 bought for $9,500 less $300: $9,200 received. On July 1, day 181, $1,810 interest.

    The lowest bid is $0.08 on June 25, half of it $0.04: $11,810 / 0.04 = 295,250 shares. At the
    reference of $0.08 they are $23,620, at the market of $0.10 $29,525: discount $11,810, look-back
    $5,905. $29,525 - $9,200 = $20,325 = 1,810 + 500 + 300 + 11,810 + 5,905.
    """
    note = note_with(
        interest=TEN_A_DAY,
        purchase_price_amount=Decimal(9500),
        withheld_fees_amount=Decimal(300),
    )
    cost = all_in_cost(case_of(note, series=bids({date(2024, 6, 25): Decimal("0.08")})), OPENS)
    assert amounts(cost) == {
        CostPart.COUPON: Decimal("1810.00"),
        CostPart.ISSUE_DISCOUNT: Decimal(500),
        CostPart.FEES: Decimal(300),
        CostPart.DISCOUNT: Decimal("11810.00"),
        CostPart.LOOKBACK: Decimal("5905.00"),
    }
    assert (cost.proceeds, cost.given, cost.cost) == (9200, 29525, 20325)


def test_each_rate_is_that_of_the_money_with_the_parts_so_far():
    """One year: 10,000 in, 13,650 back is 36.5 %; with the discount 27,300 is 173 %; the points are 136.5."""
    note = note_with(funding_date=date(2024, 1, 3), interest=TEN_A_DAY, opens_date=NEXT_YEAR)
    cost = all_in_cost(case_of(note, series=bids(last=date(2025, 1, 2))), NEXT_YEAR)
    assert amounts(cost)[CostPart.COUPON] == Decimal("3650.00")
    assert cost.steps[0].cumulated_rate == pytest.approx(0.365)
    assert cost.steps[2].rate == pytest.approx(0)
    assert cost.steps[3].cumulated_rate == pytest.approx(1.73)
    assert cost.steps[3].rate == pytest.approx(1.365)
    assert cost.annual_rate == pytest.approx(1.73)


def test_a_market_below_the_reference_takes_cost_away():
    """A notice of July 1 looks at bids of $0.10; that day's own is $0.08: 200,000 shares at $0.02 less."""
    series = bids({OPENS: Decimal("0.08")}, last=OPENS)
    found = amounts(all_in_cost(case_of(series=series), OPENS))
    assert found[CostPart.LOOKBACK] == Decimal("-4000.00")


def test_what_a_default_adds_stands_apart():
    """Default on May 2, day 121: 150 % of $11,210 adds $5,605.00; then 60 days at $20 are $1,200.

    Without it there would be $1,810 of interest; with it $1,210 + $1,200: $600 more. 5,605 + 600.
    """
    default = DefaultTerms(default_date=date(2024, 5, 2), multiple=Decimal("1.5"))
    found = amounts(all_in_cost(case_of(note_with(interest=TEN_A_DAY, default=default)), OPENS))
    assert found[CostPart.COUPON] == Decimal("1810.00")
    assert found[CostPart.DEFAULT] == Decimal("6205.00")


def test_interest_kept_back_from_the_proceeds_is_interest():
    """100 days prepaid at $10 are $1,000 less received; the other 81 days accrue $810."""
    terms = dataclasses.replace(TEN_A_DAY, charge=InterestCharge.PREPAID, charge_days=100)
    cost = all_in_cost(case_of(note_with(interest=terms)), OPENS)
    assert cost.proceeds == Decimal("9000.00")
    assert amounts(cost)[CostPart.COUPON] == Decimal("1810.00")


def test_a_premium_and_a_fee_are_extras():
    """$5,500 prepaid at 110 % settle $5,000 with $500 of premium; $250 of fee are converted on top."""
    note = note_with(
        repayment=RepaymentTerms((PrepaymentStep(0, 180, Decimal("1.1")),)),
        ledger=(LedgerEntry(date(2024, 3, 1), EntryKind.PREPAYMENT, Decimal(5500)),),
        fee_amount=Decimal(250),
    )
    cost = all_in_cost(case_of(note), OPENS)
    assert amounts(cost)[CostPart.EXTRAS] == Decimal(750)
    assert cost.given == Decimal("16000.00")


def test_penalties_are_principal_added():
    entry = LedgerEntry(date(2024, 3, 1), EntryKind.PENALTY, Decimal(2000))
    found = amounts(all_in_cost(case_of(note_with(ledger=(entry,))), OPENS))
    assert found[CostPart.ADDED] == Decimal(2000)


def test_a_floor_that_is_made_up_in_cash_costs_what_it_pays():
    """Floor $0.08 against $0.05: 125,000 shares and cash for the 75,000 withheld, at $0.10 $7,500."""
    note = note_with(floor_price=Decimal("0.08"), floor_effect=FloorEffect.CASH)
    cost = all_in_cost(case_of(note), OPENS)
    assert amounts(cost)[CostPart.EXTRAS] == Decimal("7500.00")
    assert cost.given == Decimal("20000.00")


def test_what_was_converted_before_counts_at_the_market_of_its_day():
    """$4,000 on July 1 are 80,000 shares at $0.10, $8,000; $6,000 on July 3 120,000, $12,000."""
    entry = LedgerEntry(OPENS, EntryKind.CONVERSION, Decimal(4000), Decimal("0.05"), 80_000)
    cost = all_in_cost(
        case_of(note_with(ledger=(entry,)), series=bids(last=date(2024, 7, 2))),
        date(2024, 7, 3),
    )
    assert cost.given == Decimal("20000.00")
    assert amounts(cost)[CostPart.DISCOUNT] == Decimal("10000.00")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 12, 29), "The note is funded on Jan 2, 2024; nothing costs before."),
        (date(2024, 8, 30), "The window reaches past the last price"),
    ],
)
def test_where_nothing_can_be_converted_it_says_why(day, words):
    cost = all_in_cost(case_of(), day)
    assert (cost.given, cost.cost, cost.steps, cost.annual_rate) == (None, None, (), None)
    assert cost.issues[0].text.startswith(words)


def test_on_the_funding_day_there_are_dollars_and_no_rate():
    cost = all_in_cost(case_of(), ISSUED)
    assert cost.cost == Decimal("10000.00")
    assert cost.annual_rate is None
    assert cost.issues


def test_a_note_paid_off_costs_nothing_more():
    paid = LedgerEntry(date(2024, 3, 1), EntryKind.PAYMENT)
    cost = all_in_cost(case_of(note_with(ledger=(paid,))), OPENS)
    assert cost.steps == ()
    assert cost.issues[0].text == "Nothing is owed on Jul 1, 2024, so nothing can be converted."


LEDGER = st.lists(
    st.builds(
        LedgerEntry,
        date=st.dates(date(2024, 1, 3), date(2024, 6, 28)),
        kind=st.sampled_from(list(EntryKind)),
        amount=st.none() | st.decimals("0.01", "6000", places=2),
        days=st.none() | st.integers(1, 9),
    ),
    max_size=4,
)


@st.composite
def notes(draw):
    interest = InterestTerms(
        rate=draw(st.decimals("0", "0.5", places=3)),
        charge=draw(st.sampled_from(list(InterestCharge))),
        charge_days=draw(st.integers(1, 200)),
        default_rate=draw(st.decimals("0", "0.9", places=3)),
    )
    default = DefaultTerms(
        default_date=draw(st.none() | st.dates(ISSUED, date(2024, 6, 28))),
        multiple=draw(st.decimals("1", "2", places=2)),
        penalty_per_day_amount=Decimal(100),
    )
    return note_with(
        interest=interest,
        default=default,
        ledger=tuple(draw(LEDGER)),
        purchase_price_amount=draw(st.none() | st.decimals("5000", "11000", places=2)),
        withheld_fees_amount=draw(st.decimals("0", "1000", places=2)),
        fee_amount=draw(st.sampled_from([Decimal(0), Decimal("750.50")])),
        cash_in_lieu=draw(st.booleans()),
        floor_price=draw(st.none() | st.decimals("0.01", "0.09", places=2)),
        floor_effect=draw(st.sampled_from(list(FloorEffect))),
        multiplier=draw(st.decimals("0.3", "1.2", places=2)),
    )


@settings(max_examples=150, deadline=None)
@given(note=notes(), dip=st.decimals("0.02", "0.40", places=3))
def test_the_waterfall_adds_up_to_the_cent_and_ends_at_the_rate_of_the_quote(note, dip):
    case = case_of(note, series=bids({date(2024, 6, 20): dip, date(2024, 6, 27): DIME + dip}))
    for day in (date(2024, 6, 28), OPENS):
        cost = all_in_cost(case, day)
        if not cost.steps:
            assert cost.issues
            continue
        assert sum(step.amount for step in cost.steps) == cost.given - cost.proceeds
        assert all(step.amount == step.amount.quantize(Decimal("0.01")) for step in cost.steps)
        assert cost.annual_rate == case.quoter.annual_cost(case.quoter.on(day))
        rates = [step.rate for step in cost.steps]
        if None not in rates:
            assert sum(rates) == pytest.approx(cost.annual_rate)
