"""The figures of all days at once are those that the exact engine quotes day by day."""

import dataclasses
import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import ConversionTerms, ShareRounding
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import MissingPrices, PriceComposition, PriceRule
from notemodeler.engines.book import run_book
from notemodeler.engines.daily import annual_costs, daily_figures
from notemodeler.engines.market import Market
from notemodeler.engines.price_arrays import bar_arrays
from notemodeler.engines.quote import Quoter, quoter
from notemodeler.io.trading_calendar import nyse_calendar
from tests.strategies import nouns, price_rules

CALENDAR = nyse_calendar()
START = date(2019, 1, 2)
DAYS = CALENDAR.between(date(2018, 12, 20), date(2019, 5, 1))
EVENT_DAYS = st.sampled_from(DAYS)
MULTIPLIERS = st.sampled_from(["0.5", "0.6", "0.65", "1"]).map(Decimal)
RULES = price_rules(
    lookback_days=st.integers(1, 12),
    lowest_count=st.integers(1, 4),
    multiplier=MULTIPLIERS,
    composition=st.just(PriceComposition.LESSER_OF),
    fixed_price=st.sampled_from([None, Decimal("0.0002")]),
    floor_price=st.sampled_from([None, Decimal("0.0001")]),
    missing_prices=st.sampled_from([MissingPrices.REFUSE, MissingPrices.LEAVE_OUT]),
    rounding_places=st.integers(3, 8),
)
CONVERSION = nouns(
    ConversionTerms,
    rule=RULES,
    opens_date=st.just(START),
    ownership_limit=st.sampled_from([None, Decimal("0.0499"), Decimal("0.0999")]),
    holder_shares=st.sampled_from([0, 1_000_000]),
)
CENTS = st.integers(1, 20_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
ENTRIES = st.builds(
    LedgerEntry,
    date=EVENT_DAYS,
    kind=st.sampled_from(EntryKind),
    amount=st.none() | st.integers(1, 3_000_000).map(lambda cents: Decimal(cents).scaleb(-2)),
    stated_price=st.sampled_from([None, Decimal("0.0003")]),
)
NOTES = st.builds(
    Note,
    issue_date=st.just(START),
    funding_date=st.just(START),
    maturity_date=st.just(date(2020, 1, 2)),
    principal_amount=CENTS | st.just(Decimal(130000)),
    interest=nouns(InterestTerms, rate=st.sampled_from([Decimal(0), Decimal("0.08")])),
    conversion=CONVERSION,
    default=nouns(DefaultTerms, default_date=st.none() | EVENT_DAYS),
    ledger=st.lists(ENTRIES, max_size=4).map(tuple),
)
COUNTS = st.lists(
    st.builds(ShareCount, EVENT_DAYS, st.integers(1, 10**10)),
    max_size=3,
    unique_by=lambda each: each.date,
)
ISSUERS = COUNTS.map(
    lambda counts: Issuer(shares_outstanding=tuple(sorted(counts, key=lambda each: each.date)))
)
PRICES = st.lists(st.integers(1, 60) | st.none(), min_size=30, max_size=len(DAYS))


def market_of(ticks) -> Market:
    bars = (
        PriceBar(day, None if tick is None else Decimal(tick).scaleb(-5))
        for day, tick in zip(DAYS, ticks, strict=False)
    )
    return Market((PriceSeries(PriceKind.BID, "", tuple(bars)),), CALENDAR)


def quoter_of(note: Note, issuer: Issuer, market: Market) -> Quoter:
    return quoter(run_book((note,), issuer, market), 0)


def assert_equal(found: float, exact, what: object) -> None:
    assert math.isnan(found) if exact is None else found == float(exact), what


def assert_quoted(quotes: Quoter, days: tuple[date, ...]) -> None:
    figures = daily_figures(quotes, days)
    for place, day in enumerate(days):
        quote = quotes.on(day)
        exact = {
            "principal": quote.owed.principal,
            "interest": quote.owed.interest,
            "default_sum": quote.owed.default_sum,
            "owed": quote.owed.total,
            "shares": quote.shares,
            "outstanding": quote.outstanding,
            "limit_shares": quote.limit.shares if quote.limit else None,
            "market_value": quote.market_value,
            "issued_shares": quotes.register.taken(
                frozenset((quotes.place,)), day, before_entries=True
            ),
        }
        for name, value in exact.items():
            assert_equal(getattr(figures, name)[place], value, (name, day))
        assert_near(figures.conversion_price[place], quote.price.conversion_price)
        share = figures.share_of_company[place]
        assert math.isnan(share) == (quote.share_of_company is None)
        if quote.share_of_company is not None:
            assert share == pytest.approx(float(quote.share_of_company), abs=5.1e-7)


def assert_near(found: float, exact: Decimal | None) -> None:
    if exact is None:
        assert math.isnan(found)
    else:
        assert abs(Fraction(found) - Fraction(exact)) <= 2 * Fraction(math.ulp(float(exact)))


@settings(max_examples=60)
@given(NOTES, ISSUERS, PRICES)
def test_every_day_is_as_quoted(note, issuer, ticks):
    assert_quoted(quoter_of(note, issuer, market_of(ticks)), DAYS)


def test_the_sample_is_as_quoted():
    results = compute(ascent_project())
    assert_quoted(results.quoter, results.chart_days)


@pytest.mark.parametrize("rounding", list(ShareRounding))
def test_exact_whole_counts_on_every_day(rounding):
    """A flat price of $0.0002 and half off: every dollar buys 10,000 shares, with no fraction ever."""
    note = Note(issue_date=START, funding_date=START, maturity_date=date(2020, 1, 2))
    rule = dataclasses.replace(note.conversion.rule, multiplier=Decimal("0.5"))
    terms = dataclasses.replace(note.conversion, rule=rule, share_rounding=rounding)
    quotes = quoter_of(dataclasses.replace(note, conversion=terms), Issuer(), market_of([20] * 60))
    days = CALENDAR.between(date(2019, 1, 14), date(2019, 3, 1))
    figures = daily_figures(quotes, days)
    assert numpy.array_equal(figures.shares, numpy.rint(figures.owed * 10000))
    assert_quoted(quotes, days)


def test_a_price_with_more_digits_than_a_float_still_counts_right():
    """One trillionth above $100,000 the balance of $100,000 does not buy a single share."""
    note = Note(issue_date=START, funding_date=START, maturity_date=date(2020, 1, 2))
    rule = PriceRule(lookback_days=1, lowest_count=1, multiplier=Decimal(1))
    note = dataclasses.replace(
        note,
        interest=InterestTerms(rate=Decimal(0)),
        conversion=dataclasses.replace(note.conversion, rule=rule),
    )
    bar = PriceBar(START, Decimal("100000.000000000001"))
    quotes = quoter_of(note, Issuer(), Market((PriceSeries(PriceKind.BID, "", (bar,)),), CALENDAR))
    assert daily_figures(quotes, (date(2019, 1, 3),)).shares.tolist() == [0]
    assert_quoted(quotes, (date(2019, 1, 3),))


def test_counts_beyond_every_float_are_the_nearest():
    note = Note(
        issue_date=START, funding_date=START, maturity_date=date(2020, 1, 2),
        principal_amount=Decimal("9999999999999.99"),
    )  # fmt: skip
    assert_quoted(
        quoter_of(note, Issuer(), market_of([1] * 60)),
        CALENDAR.between(date(2019, 1, 14), date(2019, 3, 1)),
    )


def test_no_prices_and_no_days():
    note = Note(issue_date=START, funding_date=START)
    quotes = quoter_of(note, Issuer(), Market((PriceSeries(),), CALENDAR))
    figures = daily_figures(quotes, DAYS)
    assert numpy.isnan(figures.shares).all()
    assert numpy.isnan(figures.price).all()
    assert figures.owed[-1] == float(quotes.on(DAYS[-1]).owed.total)
    assert len(daily_figures(quotes, ()).owed) == 0


def test_converted_and_issued_count_from_the_day_after():
    entry = LedgerEntry(date(2019, 3, 1), EntryKind.CONVERSION, Decimal(5000), Decimal("0.001"))
    note = Note(issue_date=START, funding_date=START, ledger=(entry,))
    days = (date(2019, 3, 1), date(2019, 3, 4))
    figures = daily_figures(quoter_of(note, Issuer(), market_of([20] * 60)), days)
    assert figures.converted.tolist() == [0, 5000]
    assert figures.issued_shares.tolist() == [0, 5_000_000]


def edited(bars: tuple[PriceBar, ...], place: int, price: str) -> tuple[PriceBar, ...]:
    return (*bars[:place], PriceBar(bars[place].date, Decimal(price)), *bars[place + 1 :])


@given(
    st.lists(st.tuples(st.sampled_from(["edit", "drop", "add"]), st.integers(0, 59)), max_size=8)
)
def test_arrays_follow_any_edits_of_the_bars(steps):
    bars = market_of([20] * 60).prices[0].bars
    for what, place in steps:
        here = min(place, len(bars) - 1)
        if what == "edit":
            bars = edited(bars, here, "0.5")
        elif what == "drop" and len(bars) > 1:
            bars = (*bars[:here], *bars[here + 1 :])
        else:
            bars = (*bars, PriceBar(bars[-1].date + timedelta(days=1), None))
        arrays = bar_arrays(PriceSeries(PriceKind.BID, "", bars))
        assert arrays.ordinals.tolist() == [bar.date.toordinal() for bar in bars]
        prices = [math.nan if bar.price is None else float(bar.price) for bar in bars]
        assert numpy.array_equal(arrays.prices, prices, equal_nan=True)


def test_a_price_edit_converts_only_that_price():
    class Counted(Decimal):
        read = 0

        def __float__(self):
            Counted.read += 1
            return super().__float__()

    days = DAYS[:50]
    bars = tuple(PriceBar(day, Counted("0.01")) for day in days)
    bar_arrays(PriceSeries(PriceKind.VWAP, "", bars))
    Counted.read = 0
    changed = (*bars[:20], PriceBar(days[20], Counted("0.02")), *bars[21:])
    bar_arrays(PriceSeries(PriceKind.VWAP, "", changed))
    assert Counted.read == 1


@settings(max_examples=40)
@given(NOTES, ISSUERS, PRICES)
def test_annual_costs_are_those_of_the_quotes(note, issuer, ticks):
    quotes = quoter_of(note, issuer, market_of(ticks))
    costs = annual_costs(quotes, daily_figures(quotes, DAYS))
    for day, cost in zip(DAYS, costs.tolist(), strict=True):
        exact = quotes.annual_cost(quotes.on(day))
        if exact is None or math.isinf(exact):
            assert not math.isfinite(cost), day
        else:
            assert cost == pytest.approx(exact, rel=1e-6, abs=1e-9), day
