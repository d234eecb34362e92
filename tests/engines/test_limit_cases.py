"""Limits and conversion extras by hand: caps, minimum, fee, cash for fractions, floors that cost, splits."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.domain.conversion import ConversionTerms, ShareRounding
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.domain.issues import Severity
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.repayment import Instalment, RepaymentTerms, Settled
from notemodeler.domain.row_dates import RowDates
from notemodeler.domain.rule import FloorEffect, PriceRule, Statistic
from notemodeler.engines.history import HappeningKind
from notemodeler.io.trading_calendar import nyse_calendar

START = date(2024, 1, 2)
DAYS = nyse_calendar().between(START, date(2024, 12, 31))
RULE = PriceRule(statistic=Statistic.LOWEST, lookback_days=1, multiplier=Decimal("0.5"))
TERMS = ConversionTerms(opens_date=START, rule=RULE, ownership_limit=None)
NOTE = Note(
    issue_date=START, funding_date=START, maturity_date=date(2025, 1, 2),
    principal_amount=Decimal(100000), interest=InterestTerms(rate=Decimal(0)),
)  # fmt: skip
COUNTED = (ShareCount(START, 10_000_000),)


def conversion(day, amount=None, price=None, shares=None):
    amount = None if amount is None else Decimal(amount)
    return LedgerEntry(day, EntryKind.CONVERSION, amount, price, shares)


def results_of(
    *ledger, price="0.30", counts=COUNTED, splits=(), repayment=None, prices=None, **terms
):
    """A note without interest that converts at half of the price of the day before: $0.15 unless said."""
    note = dataclasses.replace(
        NOTE,
        conversion=dataclasses.replace(TERMS, **terms),
        ledger=ledger,
        repayment=repayment or NOTE.repayment,
    )
    bars = prices or tuple(PriceBar(day, Decimal(price)) for day in DAYS)
    issuer = Issuer(shares_outstanding=counts, splits=splits)
    return compute(Project(issuer, (PriceSeries(PriceKind.BID, "", bars),), (note,)))


def floored(effect, price="0.20"):
    return dataclasses.replace(RULE, floor_price=Decimal(price), floor_effect=effect)


def booked(results):
    return [each for each in results.history.happenings if each.kind is HappeningKind.CONVERSION]


def texts(results, severity=Severity.ERROR):
    return " ".join(issue.text for issue in results.issues if issue.severity is severity)


JULY, LATER, AUGUST = date(2024, 7, 8), date(2024, 7, 29), date(2024, 8, 5)


def test_the_exchange_cap_counts_all_shares_of_the_note():
    """19.99 % of 10,000,000 are 1,999,000 shares.

    At $0.075 75,000 dollars are 1,000,000 of them and the last 25,000 are 333,333. At $0.025 the cap
    cuts 75,000 to 1,999,000 x 0.025 = 49,975.
    """
    found = results_of(
        conversion(JULY, 75000), conversion(LATER, 100000), price="0.15",
        exchange_cap=Decimal("0.1999"),
    )  # fmt: skip
    first, second = booked(found)
    assert (first.shares, second.shares) == (1_000_000, 333_333)
    cut = results_of(
        conversion(JULY, 75000), conversion(LATER, 25000), price="0.05",
        exchange_cap=Decimal("0.1999"),
    )  # fmt: skip
    (only,) = booked(cut)
    assert (only.shares, only.settled.total) == (1_999_000, Decimal("49975.00"))
    assert "1,999,000 shares are all that the exchange cap of 19.99 % allows" in texts(cut)
    assert cut.quote(AUGUST).limit.exchange_shares == 0


def test_the_exchange_cap_is_carried_over_a_split():
    """1 for 10: 1,999,000 shares become 199,900, and the 1,600,000 bought for 40,000 before become 160,000."""
    split = Split(date(2024, 7, 15), 10, 1)
    found = results_of(
        conversion(JULY, 40000), conversion(LATER), price="0.05", splits=(split,),
        exchange_cap=Decimal("0.1999"),
    )  # fmt: skip
    first, second = booked(found)
    assert first.shares == 1_600_000
    assert found.quote(LATER).limit.exchange_shares == 39_900
    assert second.shares == 39_900


def test_an_exchange_cap_without_a_count_is_not_held_and_says_so():
    found = results_of(
        conversion(JULY, 75000), counts=(ShareCount(AUGUST, 5),), exchange_cap=Decimal("0.1999")
    )
    assert booked(found)[0].shares == 500_000
    assert "not held against the exchange cap" in texts(found, Severity.WARNING)


def test_the_cap_of_a_calendar_month():
    """20,000 a month: 15,000 and 5,000 of the 8,000 asked for in July, all 8,000 in August."""
    found = results_of(
        conversion(JULY, 15000), conversion(LATER, 8000), conversion(AUGUST, 8000),
        monthly_cap_amount=Decimal(20000),
    )  # fmt: skip
    assert [each.settled.total for each in booked(found)] == [15000, 5000, 8000]
    assert "is cut to $5,000.00: that is all that may still be converted in this month" in texts(
        found
    )
    assert found.quote(AUGUST).limit.month_amount == Decimal(20000)
    assert found.quote(date(2024, 8, 6)).limit.month_amount == Decimal(12000)


def test_a_reported_conversion_beyond_the_cap_of_the_month_is_booked_and_remarked_upon():
    found = results_of(
        conversion(JULY, 30000, Decimal("0.15"), 200_000), monthly_cap_amount=Decimal(20000)
    )
    assert booked(found)[0].settled.total == Decimal(30000)
    assert "$20,000.00 could still be converted" in texts(found, Severity.WARNING)


@pytest.mark.parametrize(
    ("ledger", "amounts"),
    [
        ((conversion(JULY, 4999),), []),
        ((conversion(JULY, 5000),), [5000]),
        # 4,000 are owed in the end: less than the smallest conversion, but all there is
        ((conversion(JULY, 96000), conversion(LATER, 4000)), [96000, 4000]),
        # reported, so booked
        ((conversion(JULY, 4999, Decimal("0.15"), 33_326),), [4999]),
    ],
)
def test_the_smallest_conversion(ledger, amounts):
    found = results_of(*ledger, minimum_amount=Decimal(5000))
    assert [each.settled.total for each in booked(found)] == amounts
    if amounts in ([], [4999]):
        said = texts(found, Severity.WARNING if amounts else Severity.ERROR)
        assert "less than the smallest conversion of $5,000.00" in said


def test_a_fee_is_converted_on_top_and_does_not_lower_the_balance():
    """(15,000 + 750) / 0.15 = 105,000 shares for 15,000 dollars of the balance."""
    found = results_of(conversion(JULY, 15000), fee_amount=Decimal(750))
    (only,) = booked(found)
    assert (only.shares, only.fee, only.settled.total) == (105_000, Decimal(750), Decimal(15000))
    assert found.history.owed_on(JULY).total == Decimal(85000)
    assert found.quote(JULY).shares == 671_666  # (100,000 + 750) / 0.15


def test_the_limit_leaves_room_for_the_fee():
    """4.99 % lets 525,207 shares go, worth 78,781.05; less the fee 78,031.05 of the balance."""
    found = results_of(conversion(JULY), fee_amount=Decimal(750), ownership_limit=Decimal("0.0499"))
    (only,) = booked(found)
    assert (only.shares, only.settled.total) == (525_207, Decimal("78031.05"))


def test_cash_in_lieu_of_a_fraction():
    """10,000 / 0.15 = 66,666.67 shares: 66,666, and two thirds of one at $0.15 are 10 cents."""
    found = results_of(conversion(JULY, 10000), cash_in_lieu=True)
    (only,) = booked(found)
    assert (only.shares, only.cash, only.settled.total) == (66_666, Decimal("0.10"), Decimal(10000))
    row = found.schedule(RowDates.EVENTS)[1]
    assert (row.cash, row.converted.total) == (Decimal("0.10"), Decimal(10000))
    up = results_of(conversion(JULY, 10000), cash_in_lieu=True, share_rounding=ShareRounding.UP)
    assert booked(up)[0].cash == 0


def test_a_floor_that_is_the_holders_own_affair():
    """At $0.20 instead of $0.15: 10,000 buy 50,000 shares, and nothing else happens."""
    found = results_of(conversion(JULY, 10000), rule=floored(FloorEffect.HOLDER))
    (only,) = booked(found)
    assert (only.shares, only.cash, only.added) == (50_000, 0, 0)


def test_a_floor_that_adds_principal_leaves_the_share_count_as_it_was():
    """15,000 / 0.15 = 100,000 shares at $0.20: 100,000 x 0.05 = 5,000 added and converted with the 15,000."""
    found = results_of(conversion(JULY, 15000), rule=floored(FloorEffect.ADD_PRINCIPAL))
    (only,) = booked(found)
    assert (only.shares, only.price) == (100_000, Decimal("0.20"))
    assert (only.added, only.settled.total, only.converted) == (5000, 20000, 15000)
    assert found.history.owed_on(JULY).total == Decimal(85000)
    row = found.schedule(RowDates.EVENTS)[1]
    assert (row.added, row.converted.total, row.closing.total) == (5000, 20000, 85000)
    assert found.quote(JULY).shares == 666_666
    assert found.quote(JULY).added == Decimal("33333.33")


def test_a_floor_made_whole_in_cash():
    """15,000 at $0.20 are 75,000 shares instead of 100,000; 25,000 at the last price of $0.30 are 7,500."""
    found = results_of(conversion(JULY, 15000), rule=floored(FloorEffect.CASH))
    (only,) = booked(found)
    assert (only.shares, only.cash) == (75_000, Decimal("7500.00"))
    assert found.history.owed_on(JULY).total == Decimal(85000)
    taken = found.quoter.taken_before(date.max)
    assert [flow.amount for flow in taken] == [Decimal("30000.00")]  # 75,000 x 0.30 + 7,500


def test_an_instalment_in_shares_is_a_conversion_without_the_fee_of_a_notice():
    """30,000 at $0.15 are 200,000 shares."""
    row = Instalment(JULY, Decimal(30000), settled=Settled.SHARES)
    found = results_of(
        repayment=RepaymentTerms(instalments=(row,)), fee_amount=Decimal(750),
        minimum_amount=Decimal(50000),
    )  # fmt: skip
    (only,) = booked(found)
    assert (only.shares, only.fee, only.instalment, only.entry) == (200_000, 0, 0, None)


def test_counts_and_holdings_are_carried_over_a_reverse_split():
    """1 for 100: 10,000,000 and 100,000 more become 101,000; 5,000 of the holder's own become 50."""
    day = date(2024, 7, 15)
    found = results_of(
        conversion(JULY, 15000), conversion(LATER, 150), splits=(Split(day, 100, 1),),
        ownership_limit=Decimal("0.0999"), holder_shares=5000, lots_are_sold=False,
        prices=tuple(PriceBar(at, Decimal(30 if at >= day else "0.3")) for at in DAYS),
    )  # fmt: skip
    first, second = booked(found)
    assert (first.shares, first.outstanding, first.held) == (100_000, 10_000_000, 5000)
    assert (second.shares, second.outstanding, second.held) == (10, 101_000, 1050)
    rows = found.schedule(RowDates.EVENTS)
    assert [row.cumulative_shares for row in rows] == [0, 100_000, 1010, 1010]
    assert rows[2].shares_outstanding == 101_010


def test_a_limit_that_leaves_nothing_books_nothing_and_says_why():
    found = results_of(
        conversion(JULY, 15000), ownership_limit=Decimal("0.0499"), holder_shares=499_000
    )
    assert booked(found) == []
    assert "0 shares are all that the 4.99 % limit allows" in texts(found)
    assert "no whole share" in texts(found)
