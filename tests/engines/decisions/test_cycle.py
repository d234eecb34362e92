"""The holder's cycle by hand, and whatever the scenario: no lot beyond a limit, no sale beyond the volume."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.conversion import ShareRounding
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import Compounding, InterestTerms
from notemodeler.domain.issuer import AuthorisedShares, ShareCount, Split
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.repayment import Instalment, RepaymentTerms, Settled
from notemodeler.domain.rule import FloorEffect, MissingPrices
from notemodeler.domain.scenario import Continuation, DrawnPoint, Scenario
from notemodeler.engines.book import run_book
from notemodeler.engines.decisions.cycle import holder_cycle, start_date
from notemodeler.engines.decisions.cycle_figures import CycleEnd
from notemodeler.engines.history import HappeningKind
from notemodeler.engines.market import Market
from notemodeler.engines.shares import ownership_limit_shares
from tests.engines.decisions.simple_cases import (
    CALENDAR,
    DIME,
    ISSUED,
    ISSUER,
    LAST,
    NOTE,
    OPENS,
    bids,
    case_of,
    note_with,
    with_issuer,
)

AGAIN = date(2024, 7, 5)
"""The fourth trading day: the fourth of July is a holiday."""


def lots_of(cycle):
    return [(lot.date.day, lot.shares, lot.amount) for lot in cycle.lots]


def test_each_lot_is_what_the_limit_leaves_and_is_sold_on_the_next_day():
    """At $0.05: floor(0.0499 x 1,000,000 / 0.9501) = 52,520 shares for $2,626.00; of 1,052,520 it is
    55,279 for $2,763.95; of 1,107,799 58,182 for $2,909.10; what is left, $1,700.95, is 34,019 shares.

    200,000 shares sold at $0.10 bring $20,000.00; the last are sold on July 8. 200,000 of 1,200,000
    are 16.6667 %.
    """
    cycle = holder_cycle(case_of())
    assert lots_of(cycle) == [
        (1, 52_520, Decimal("2626.00")),
        (2, 55_279, Decimal("2763.95")),
        (3, 58_182, Decimal("2909.10")),
        (5, 34_019, Decimal("1700.95")),
    ]
    assert [lot.outstanding for lot in cycle.lots] == [1_052_520, 1_107_799, 1_165_981, 1_200_000]
    assert [lot.held for lot in cycle.lots] == [0, 0, 0, 0]
    assert (cycle.end, cycle.over_date) == (CycleEnd.OVER, date(2024, 7, 8))
    assert (cycle.converted, cycle.left, cycle.proceeds) == (10000, 0, Decimal("20000.00"))
    assert (cycle.shares, cycle.share_of_company) == (200_000, Decimal("0.166667"))


def test_unsold_shares_take_room_from_the_next_lot():
    """10,000 a day are sold: on July 2 42,520 are held and (0.0499 x 1,052,520 - 42,520) / 0.9501 = 10,525.

    200,000 shares at 10,000 a day are sold on the 20 trading days after July 1: over on July 30.
    """
    cycle = holder_cycle(case_of(scenario=Scenario(volume_shares=100_000)))
    assert lots_of(cycle)[:2] == [(1, 52_520, Decimal("2626.00")), (2, 10_525, Decimal("526.25"))]
    assert cycle.lots[1].held == 42_520
    assert [day.sold for day in cycle.days] == [0, *[10_000] * 20]
    assert (cycle.end, cycle.over_date) == (CycleEnd.OVER, date(2024, 7, 30))


def test_sales_press_the_continued_prices_from_the_next_day_on():
    """2 % for each 1 % sold: on July 2 52,520 of 1,107,799 outstanding are sold, 4.740932 %.

    The price falls by 9.481865 % to 0.090518135, shown as 0.090518. On July 3 it makes no cheaper
    lot yet: the window before that day ends with July 2.
    """
    scenario = Scenario(impact=Decimal("0.02"))
    cycle = holder_cycle(case_of(scenario=scenario))
    assert [day.price for day in cycle.days[:3]] == [DIME, DIME, Decimal("0.090518")]
    assert cycle.lots[2].price == Decimal("0.050")
    assert cycle.lots[3].price == Decimal("0.045259")
    assert cycle.lots[3].date == AGAIN


def test_sales_on_recorded_days_move_no_price():
    """The record goes on through July: what happened then is in the prices already."""
    scenario = Scenario(impact=Decimal("0.02"), start_date=OPENS)
    cycle = holder_cycle(case_of(series=bids(last=date(2024, 7, 31)), scenario=scenario))
    assert {day.price for day in cycle.days} == {DIME}
    assert not any(day.is_continued for day in cycle.days)


def test_the_actual_prices_are_used_from_the_start_day_on():
    """Bids of $0.06 on July 1 make $0.03 from July 2 on: 55,279 shares are $1,658.37."""
    series = bids({OPENS: Decimal("0.06")}, last=date(2024, 7, 31))
    cycle = holder_cycle(case_of(series=series, scenario=Scenario(start_date=OPENS)))
    assert lots_of(cycle)[:2] == [(1, 52_520, Decimal("2626.00")), (2, 55_279, Decimal("1658.37"))]


def test_nothing_is_sold_on_a_day_on_which_nobody_quotes():
    """No bid on July 2: the 52,520 shares of July 1 are sold on July 3, and until then there is no room."""
    recorded = bids(last=date(2024, 7, 31))
    no_bid = PriceBar(date(2024, 7, 2), None)
    series = recorded.with_bars((*recorded.bars, no_bid))
    note = note_with(missing_prices=MissingPrices.LEAVE_OUT)
    cycle = holder_cycle(case_of(note, series=series, scenario=Scenario(start_date=OPENS)))
    assert [day.sold for day in cycle.days[:3]] == [0, 0, 52_520]
    assert [lot.date.day for lot in cycle.lots] == [1, 3, 5, 8]


def test_prices_already_restated_for_a_split_are_sold_at_those_of_their_day():
    """1 for 10 on July 10 is in the table already: $1.00 of then is $0.10 of July 1."""
    days = CALENDAR.between(date(2023, 10, 2), LAST)
    restated = bids(dict.fromkeys(days, Decimal(1)), is_split_adjusted=True)
    issuer = with_issuer(splits=(Split(date(2024, 7, 10), 10, 1),))
    cycle = holder_cycle(case_of(issuer=issuer, series=restated))
    assert lots_of(cycle)[0] == (1, 52_520, Decimal("2626.00"))
    assert [day.price for day in cycle.days[:3]] == [DIME] * 3
    assert cycle.proceeds == Decimal("20000.00")


def test_it_starts_on_the_first_notice_day_after_the_last_price_unless_a_day_is_given():
    assert start_date(case_of()) == OPENS
    late = bids(last=date(2024, 8, 30))
    assert start_date(case_of(series=late)) == date(2024, 9, 3)
    early = Scenario(start_date=date(2024, 3, 1))
    assert start_date(case_of(series=late, scenario=early)) == OPENS
    saturday = Scenario(start_date=date(2024, 8, 3))
    assert start_date(case_of(series=late, scenario=saturday)) == date(2024, 8, 5)


def test_prices_drift_by_so_much_in_21_trading_days():
    """From $0.10 on June 28 down 10 % a month: after 21 trading days, on July 30, it is $0.09."""
    scenario = Scenario(
        continuation=Continuation.DRIFT, monthly_drift=Decimal("-0.1"), volume_shares=1000
    )
    days = {day.date: day.price for day in holder_cycle(case_of(scenario=scenario)).days}
    assert days[date(2024, 7, 30)] == Decimal("0.090000")
    assert days[OPENS] == Decimal("0.099500")


def test_prices_go_straight_between_the_points_drawn_and_stay_after_the_last():
    """$0.10 on June 28, $0.20 on July 8: ten days later $0.01 a day more, on July 3 it is $0.15."""
    drawn = (
        DrawnPoint(date(2024, 7, 8), Decimal("0.20")),
        DrawnPoint(date(2024, 1, 2), Decimal(9)),
    )
    scenario = Scenario(continuation=Continuation.DRAWN, drawn=drawn, volume_shares=100_000)
    days = {day.date: day.price for day in holder_cycle(case_of(scenario=scenario)).days}
    assert days[date(2024, 7, 3)] == Decimal("0.150000")
    assert days[date(2024, 7, 8)] == days[date(2024, 7, 12)] == Decimal("0.200000")


def test_interest_goes_on_while_the_holder_converts():
    """36.5 % on $10,000 is $10 a day; on July 1, 181 days after January 2, $11,810.00 are owed.

    Interest is settled first: after $2,626.00 the principal is $9,184.00, a day of which is $9.18.
    """
    note = note_with(interest=InterestTerms(rate=Decimal("0.365")))
    cycle = holder_cycle(case_of(note))
    assert cycle.lots[0].owed == Decimal("9184.00")
    assert cycle.lots[1].owed == Decimal("9184.00") + Decimal("9.18") - cycle.lots[1].amount
    assert cycle.converted > 11810
    assert cycle.left == 0


def test_a_default_on_the_way_makes_more_to_convert():
    """150 % of the $4,610.05 still owed before the notice of July 3 adds $2,305.03, half a cent up."""
    default = DefaultTerms(default_date=date(2024, 7, 3), multiple=Decimal("1.5"))
    cycle = holder_cycle(case_of(note_with(default=default)))
    assert cycle.converted == Decimal("12305.03")


def test_an_instalment_in_shares_on_the_way_is_a_lot_of_its_own():
    """On July 2 $1,000 fall due in shares at $0.05, 20,000; they take room from the notice of the day.

    (0.0499 x 1,072,520 - 20,000) / 0.9501 = 35,279.
    """
    instalment = Instalment(date(2024, 7, 2), Decimal(1000), settled=Settled.SHARES)
    note = note_with(repayment=RepaymentTerms(instalments=(instalment,)))
    cycle = holder_cycle(case_of(note))
    assert lots_of(cycle)[1:3] == [
        (2, 20_000, Decimal("1000.00")),
        (2, 35_279, Decimal("1763.95")),
    ]
    assert cycle.days[2].sold == 55_279


def test_the_charter_stops_it():
    """1,100,000 authorised: 52,520 and then the 47,480 that are left; $5,000.00 stay owed."""
    case = case_of(issuer=with_issuer(shares_authorised=(AuthorisedShares(ISSUED, 1_100_000),)))
    cycle = holder_cycle(case)
    assert [lot.shares for lot in cycle.lots] == [52_520, 47_480]
    assert (cycle.end, cycle.over_date, cycle.left) == (
        CycleEnd.AUTHORISED,
        None,
        Decimal("5000.00"),
    )


def test_an_amendment_of_the_charter_lets_it_go_on():
    rows = (AuthorisedShares(ISSUED, 1_100_000), AuthorisedShares(date(2024, 8, 1), 5_000_000))
    cycle = holder_cycle(case_of(issuer=with_issuer(shares_authorised=rows)))
    assert [lot.date.month for lot in cycle.lots] == [7, 7, 8, 8]
    assert cycle.end is CycleEnd.OVER


def test_the_exchange_cap_stops_it():
    """10 % of the 1,000,000 outstanding at issue are 100,000 shares."""
    cycle = holder_cycle(case_of(note_with(exchange_cap=Decimal("0.10"))))
    assert [lot.shares for lot in cycle.lots] == [52_520, 47_480]
    assert (cycle.end, cycle.left) == (CycleEnd.EXCHANGE_CAP, Decimal("5000.00"))


def test_the_monthly_cap_makes_it_wait_for_the_next_month():
    """$3,000 a month: $2,626 and $374 in July; in August 0.0499 x 1,060,000 / 0.9501 = 55,672
    shares for $2,783.60 and $216.40; in September 58,823 for $2,941.15 and $58.85; $1,000 in October.
    """
    cycle = holder_cycle(case_of(note_with(monthly_cap_amount=Decimal(3000))))
    assert lots_of(cycle)[1] == (2, 7_480, Decimal("374.00"))
    assert [lot.date.month for lot in cycle.lots] == [7, 7, 8, 8, 9, 9, 10]
    assert lots_of(cycle)[2] == (1, 55_672, Decimal("2783.60"))
    assert cycle.end is CycleEnd.OVER


def test_a_smallest_conversion_makes_it_wait_until_enough_is_sold():
    """With 10,000 sold a day there is room for $526.25 on July 2 and about as much more each day after."""
    note = note_with(minimum_amount=Decimal(2000))
    cycle = holder_cycle(case_of(note, scenario=Scenario(volume_shares=100_000)))
    assert all(lot.amount >= 2000 for lot in cycle.lots[:-1])
    assert cycle.lots[1].date == date(2024, 7, 8)


def test_a_floor_above_the_market_keeps_it_from_ever_beginning():
    cycle = holder_cycle(case_of(note_with(floor_price=Decimal("0.20"))))
    assert (cycle.lots, cycle.end) == ((), CycleEnd.ABOVE_MARKET)
    assert cycle.words == "The floor holds the conversion price above the market."
    assert cycle.days[-1].date >= date(2029, 6, 25)


def test_a_floor_that_the_company_makes_up_for_does_not():
    """Principal is added so that the holder gets the shares of $0.05 all the same."""
    note = note_with(floor_price=Decimal("0.20"), floor_effect=FloorEffect.ADD_PRINCIPAL)
    cycle = holder_cycle(case_of(note))
    assert [lot.shares for lot in cycle.lots] == [52_520, 55_279, 58_182, 34_019]
    assert (cycle.converted, cycle.left) == (10000, 0)


def test_a_holder_at_its_limit_never_begins():
    cycle = holder_cycle(case_of(note_with(holder_shares=60_000)))
    assert (cycle.lots, cycle.end) == ((), CycleEnd.AT_LIMIT)


def test_without_prices_it_says_so():
    cycle = holder_cycle(case_of(series=bids(last=date(2023, 9, 29))))
    assert (cycle.lots, cycle.end) == ((), CycleEnd.NO_PRICE)
    assert any(issue.is_error for issue in cycle.issues)


def test_without_a_share_count_the_limit_holds_nothing_back_and_that_is_said():
    cycle = holder_cycle(case_of(issuer=with_issuer(shares_outstanding=())))
    assert [lot.shares for lot in cycle.lots] == [200_000]
    assert cycle.share_of_company is None
    assert cycle.issues[0].fields == ("issuer.shares_outstanding",)


def test_a_note_that_is_paid_off_is_not_converted():
    paid = LedgerEntry(date(2024, 6, 3), EntryKind.PAYMENT)
    cycle = holder_cycle(case_of(note_with(ledger=(paid,))))
    assert (cycle.lots, cycle.end) == ((), CycleEnd.NOTHING_OWED)


def test_the_ledger_until_the_start_counts_and_what_comes_later_is_left_out():
    """$4,000 paid in June leave $6,000; the payment of July 2 is what the cycle takes the place of."""
    ledger = (
        LedgerEntry(date(2024, 6, 3), EntryKind.PAYMENT, Decimal(4000)),
        LedgerEntry(date(2024, 7, 2), EntryKind.PAYMENT, Decimal(1000)),
    )
    cycle = holder_cycle(case_of(note_with(ledger=ledger)))
    assert cycle.converted == 6000
    assert cycle.issues[0].days == (date(2024, 7, 2),)


def test_what_other_notes_issue_makes_room():
    """100,000 shares under another note on July 2: 0.0499 x 1,152,520 / 0.9501 = 60,531 that day."""
    entry = LedgerEntry(
        date(2024, 7, 2), EntryKind.CONVERSION, Decimal(5000), Decimal("0.05"), 100_000
    )
    other = note_with(holder="Other", ledger=(entry,))
    cycle = holder_cycle(case_of(NOTE, other))
    assert cycle.lots[1].shares == 60_531


def test_lots_come_on_top_of_a_report_that_knows_nothing_of_them():
    """2,000,000 reported on July 2, and the 52,520 of July 1: 0.0499 x 2,052,520 / 0.9501 = 107,799."""
    counts = (*ISSUER.shares_outstanding, ShareCount(date(2024, 7, 2), 2_000_000))
    cycle = holder_cycle(case_of(issuer=with_issuer(shares_outstanding=counts)))
    assert cycle.lots[1].shares == 107_799


def test_a_reverse_split_on_the_way_carries_prices_and_shares():
    """1 for 10 on July 2: of 105,252 shares 5,527 for $0.50 each; the 52,520 of July 1 are 5,252 then.

    They are sold for $1.00 each.
    """
    case = case_of(issuer=with_issuer(splits=(Split(date(2024, 7, 2), 10, 1),)))
    cycle = holder_cycle(case)
    assert cycle.lots[1].price == Decimal("0.5")
    assert cycle.lots[1].shares == 5_527
    assert (cycle.days[1].price, cycle.days[1].sold) == (1, 5_252)
    assert cycle.end is CycleEnd.OVER


def test_a_rest_too_small_for_one_share_is_left():
    """At $50 a share of $100: 52,520 shares could go, $10,020 are 200 shares and $20.00 are left."""
    high = {day: Decimal(100) for day in CALENDAR.between(date(2023, 10, 2), LAST)}
    note = note_with(principal_amount=Decimal(10020), monthly_cap_amount=Decimal(10000))
    cycle = holder_cycle(case_of(note, series=bids(high)))
    assert (cycle.end, cycle.shares, cycle.left) == (CycleEnd.OVER, 200, Decimal(20))


@st.composite
def scenarios(draw):
    return Scenario(
        start_date=draw(st.none() | st.dates(date(2024, 5, 1), date(2024, 9, 30))),
        volume_shares=draw(st.none() | st.integers(10_000, 10_000_000)),
        volume_share=draw(st.decimals("0.01", "1", places=2)),
        continuation=draw(st.sampled_from([Continuation.FLAT, Continuation.DRIFT])),
        monthly_drift=draw(st.decimals("-0.3", "0.3", places=2)),
        impact=draw(st.sampled_from([Decimal(0), Decimal("0.01")])),
    )


@st.composite
def notes(draw):
    return note_with(
        interest=InterestTerms(
            rate=draw(st.decimals("0", "0.3", places=2)),
            compounding=draw(st.sampled_from(list(Compounding))),
        ),
        ownership_limit=draw(st.sampled_from([Decimal("0.0499"), Decimal("0.0999")])),
        holder_shares=draw(st.integers(0, 40_000)),
        multiplier=draw(st.decimals("0.3", "0.9", places=2)),
        share_rounding=draw(st.sampled_from([ShareRounding.DOWN, ShareRounding.NEAREST])),
        fee_amount=draw(st.sampled_from([Decimal(0), Decimal(500)])),
        exchange_cap=draw(st.sampled_from([None, Decimal("0.1999")])),
    )


@st.composite
def price_series(draw):
    steps = draw(st.lists(st.integers(80, 122), min_size=40, max_size=40))
    days, price, prices = CALENDAR.between(date(2024, 5, 1), LAST), DIME, {}
    for day, step in zip(days, steps, strict=False):
        price = max(Decimal("0.0100"), (price * step / 100).quantize(Decimal("0.0001")))
        prices[day] = price
    return bids(prices)


@settings(max_examples=30, deadline=None)
@given(note=notes(), scenario=scenarios(), series=price_series())
def test_no_lot_passes_a_limit_and_no_sale_the_volume(note, scenario, series):
    cycle = holder_cycle(case_of(note, series=series, scenario=scenario))
    for lot in cycle.lots:
        before = lot.outstanding - lot.shares
        limit = note.conversion.ownership_limit
        assert lot.shares <= ownership_limit_shares(limit, before, lot.held)
        assert lot.held + lot.shares <= limit * lot.outstanding
    if scenario.volume_shares is not None:
        most = max(1, int(scenario.volume_shares * scenario.volume_share))
        assert all(day.sold <= most for day in cycle.days)
    if note.conversion.exchange_cap is not None:
        assert cycle.shares <= 199_900
    assert sum(day.sold for day in cycle.days) + cycle.days[-1].held == cycle.shares
    assert sum(lot.shares for lot in cycle.lots) == cycle.shares
    if cycle.end is CycleEnd.OVER:
        assert cycle.days[-1].held == 0
        assert cycle.left < max(lot.price for lot in cycle.lots)


@settings(max_examples=25, deadline=None)
@given(note=notes(), scenario=scenarios(), series=price_series())
def test_the_book_run_with_the_lots_in_its_ledger_comes_to_the_same(note, scenario, series):
    """Everything the cycle settled and what is left is the balance as the ledger has it."""
    case = case_of(note, series=series, scenario=scenario)
    cycle = holder_cycle(case)
    entries = tuple(
        LedgerEntry(lot.date, EntryKind.CONVERSION, lot.amount, lot.price, lot.shares)
        for lot in cycle.lots
    )
    market = Market((series,), CALENDAR)
    booked = run_book((dataclasses.replace(note, ledger=entries),), ISSUER, market).histories[0]
    assert booked.owed_on(cycle.days[-1].date).in_cents().total == cycle.left
    conversions = [each for each in booked.happenings if each.kind is HappeningKind.CONVERSION]
    assert [(each.date, each.shares) for each in conversions] == [
        (lot.date, lot.shares) for lot in cycle.lots
    ]
    assert sum(each.converted for each in conversions) == cycle.converted


def test_on_actual_prices_the_lots_are_those_of_the_ledger_left_to_the_rule():
    """With each lot sold on the next day, blank entries of the ledger are cut to the same lots."""
    series = bids({date(2024, 7, 2): Decimal("0.07")}, last=date(2024, 7, 31))
    cycle = holder_cycle(case_of(series=series, scenario=Scenario(start_date=OPENS)))
    entries = tuple(LedgerEntry(lot.date, EntryKind.CONVERSION) for lot in cycle.lots)
    case = case_of(note_with(ledger=entries), series=series)
    booked = [
        (each.date, each.shares, each.price)
        for each in case.quoter.history.happenings
        if each.shares
    ]
    assert booked == [(lot.date, lot.shares, lot.price) for lot in cycle.lots]


@pytest.mark.parametrize("impact", [Decimal(0), Decimal("0.01")])
def test_every_day_keeps_the_price_at_which_a_notice_would_have_been_given(impact):
    scenario = Scenario(volume_shares=200_000, impact=impact)
    cycle = holder_cycle(case_of(scenario=scenario))
    by_day = {day.date: day.conversion_price for day in cycle.days}
    assert all(by_day[lot.date] == lot.price for lot in cycle.lots)
    assert None not in by_day.values()
