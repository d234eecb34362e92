"""Random books of a few notes over one spring, with every money term that a note can have, and edits of them."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from notemodeler.domain.conversion import AppliedFirst, ConversionTerms, ShareRounding
from notemodeler.domain.default import DefaultBase, DefaultEvent, DefaultSum, DefaultTerms
from notemodeler.domain.interest import (
    Compounding,
    DayCount,
    InterestCharge,
    InterestStart,
    InterestTerms,
)
from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.repayment import (
    Instalment,
    PrepaymentBase,
    PrepaymentStep,
    RepaymentTerms,
    Settled,
)
from notemodeler.domain.rule import FloorEffect, MissingPrices, PriceRule, Statistic
from notemodeler.engines.market import Market
from notemodeler.io.trading_calendar import nyse_calendar

CALENDAR = nyse_calendar()
START = date(2019, 1, 2)
DAYS = CALENDAR.between(date(2018, 12, 3), date(2019, 6, 28))
EVENT_DAYS = st.integers(-5, 200).map(lambda days: START + timedelta(days=days))
CENTS = st.integers(1, 3_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
SMALL = st.integers(10_000, 800_000).map(lambda cents: Decimal(cents).scaleb(-2))
RATES = st.sampled_from([Decimal(0), Decimal("0.08"), Decimal("0.12"), Decimal("0.333")])

ENTRIES = st.builds(
    LedgerEntry,
    date=EVENT_DAYS,
    kind=st.sampled_from([EntryKind.CONVERSION, EntryKind.CONVERSION, *EntryKind]),
    amount=SMALL | SMALL | SMALL | SMALL | SMALL | CENTS | st.none(),
    stated_price=st.sampled_from([None, None, Decimal("0.0003")]),
    stated_shares=st.sampled_from([None, None, None, 5_000_000]),
    days=st.sampled_from([None, 3]),
)
INTEREST = st.builds(
    InterestTerms,
    rate=RATES,
    default_rate=RATES,
    charge=st.sampled_from([InterestCharge.ACCRUES, *InterestCharge]),
    charge_days=st.sampled_from([30, 90, 365]),
    day_count=st.sampled_from(DayCount),
    starts_on=st.sampled_from(InterestStart),
    compounding=st.sampled_from([Compounding.SIMPLE, *Compounding]),
)
RULES = st.builds(
    PriceRule,
    statistic=st.sampled_from(Statistic),
    lowest_count=st.integers(1, 3),
    lookback_days=st.integers(1, 10),
    missing_prices=st.sampled_from([*[MissingPrices.LEAVE_OUT] * 3, MissingPrices.REFUSE]),
    multiplier=st.sampled_from(["0.5", "0.65", "1"]).map(Decimal),
    floor_price=st.sampled_from([None, Decimal("0.0002"), Decimal("0.0004")]),
    floor_at_par=st.booleans(),
    floor_effect=st.sampled_from(FloorEffect),
)
CONVERSION = st.builds(
    ConversionTerms,
    opens_date=st.just(START),
    applied_first=st.sampled_from(AppliedFirst),
    share_rounding=st.sampled_from([ShareRounding.DOWN, *ShareRounding]),
    cash_in_lieu=st.booleans(),
    minimum_amount=st.sampled_from([None, None, Decimal(500)]),
    monthly_cap_amount=st.sampled_from([None, None, Decimal(20000)]),
    fee_amount=st.sampled_from([Decimal(0), Decimal(0), Decimal(750)]),
    rule=RULES,
    ownership_limit=st.sampled_from([None, Decimal("0.0499"), Decimal("0.0999")]),
    holder_shares=st.sampled_from([0, 0, 1_000_003]),
    lots_are_sold=st.booleans(),
    exchange_cap=st.sampled_from([None, None, Decimal("0.1999")]),
)
TABLE = (
    PrepaymentStep(0, 30, Decimal("1.15")),
    PrepaymentStep(31, 60, Decimal("1.2")),
    PrepaymentStep(61, 120, Decimal("1.35")),
)
REPAYMENT = st.builds(
    RepaymentTerms,
    prepayment_steps=st.sampled_from([(), TABLE]),
    prepayment_base=st.sampled_from(PrepaymentBase),
    prepayment_after=st.sampled_from([None, Decimal("1.5")]),
    instalments=st.lists(
        st.builds(
            Instalment,
            date=EVENT_DAYS,
            amount=SMALL | SMALL | st.none(),
            premium=st.sampled_from([Decimal(0), Decimal("0.1")]),
            settled=st.sampled_from(Settled),
        ),
        max_size=1,
    ).map(tuple),
    redemption_monthly_amount=st.sampled_from([None, Decimal(10000)]),
)
DEFAULT = st.builds(
    DefaultTerms,
    default_date=st.none() | EVENT_DAYS,
    event=st.sampled_from(DefaultEvent),
    multiple=st.sampled_from([Decimal(1), Decimal("1.5")]),
    sums=st.sampled_from([(), (DefaultSum(DefaultEvent.DELIVERY, Decimal(2)),)]),
    base=st.sampled_from(DefaultBase),
    penalty_per_day_amount=st.sampled_from([Decimal(0), Decimal(2000)]),
)
NOTES = st.builds(
    Note,
    holder=st.sampled_from(["", "Alpha", "Beta"]),
    affiliate_group=st.sampled_from(["", "", "Group"]),
    issue_date=st.sampled_from([START, START + timedelta(days=20)]),
    funding_date=st.sampled_from([START, START + timedelta(days=9), START + timedelta(days=25)]),
    maturity_date=st.just(date(2020, 1, 2)),
    principal_amount=st.sampled_from(
        [Decimal("0.07"), *map(Decimal, (43000, 130000, 650000, 54250))]
    ),
    interest=INTEREST,
    conversion=CONVERSION,
    repayment=REPAYMENT,
    default=DEFAULT,
    ledger=st.lists(ENTRIES, max_size=7).map(tuple),
)
BOOKS = st.lists(NOTES, min_size=1, max_size=4).map(tuple)
COUNTS = st.lists(
    st.builds(ShareCount, EVENT_DAYS, st.sampled_from([10**7, 10**9, 3 * 10**9 + 1])),
    max_size=3,
    unique_by=lambda each: each.date,
)
SPLITS = st.lists(
    st.builds(Split, EVENT_DAYS, st.sampled_from([1, 7, 100]), st.sampled_from([1, 3])), max_size=2
)
ISSUERS = st.builds(
    lambda counts, splits, par: Issuer(
        shares_outstanding=tuple(sorted(counts, key=lambda each: each.date)),
        splits=tuple(splits),
        par_price=par,
    ),
    COUNTS,
    SPLITS | st.just([]),
    st.sampled_from([None, Decimal("0.0001")]),
)
TICKS = st.sampled_from([*range(1, 61), *range(30, 61), None])
PRICES = st.lists(TICKS, min_size=100, max_size=len(DAYS))


def market_of(ticks, issuer=None) -> Market:
    """Bids in hundred-thousandths of a dollar from the first day on."""
    bars = tuple(
        PriceBar(day, None if tick is None else Decimal(tick).scaleb(-5))
        for day, tick in zip(DAYS, ticks, strict=False)
    )
    splits = issuer.splits if issuer else ()
    return Market((PriceSeries(PriceKind.BID, "", bars),), CALENDAR, splits)


def with_note(notes, place, **changes):
    """The book with one note's terms replaced."""
    changed = dataclasses.replace(notes[place], **changes)
    return (*notes[:place], changed, *notes[place + 1 :])
