"""Notes, issuers and markets small enough to reckon a conversion price by hand, and random ones of every kind."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.issuer import Issuer, Split, StatusEvent, StatusKind
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import PriceRule, SecondWindow, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from notemodeler.io.trading_calendar import nyse_calendar
from tests.strategies import decimals, nouns, price_rules

CALENDAR = nyse_calendar()
NOTICE = date(2019, 3, 15)
"""A Friday; the ten trading days before it run from March 1 to March 14, 2019."""
HAND = [
    "0.0012",
    "0.0011",
    "0.0013",
    "0.0009",
    "0.0010",
    "0.0009",
    "0.0014",
    "0.0011",
    "0.0012",
    "0.0015",
]
"""Closing bids of these ten days."""
ISSUED = date(2018, 12, 14)


def market(prices, notice=NOTICE, kind=PriceKind.BID, kinds=None, calendar=CALENDAR, splits=()):
    """The prices on the trading days that end before the notice."""
    days = calendar.last_before(notice, len(prices))
    bars = tuple(
        PriceBar(day, None if price is None else Decimal(price), (kinds or {}).get(place))
        for place, (day, price) in enumerate(zip(days, prices, strict=True))
    )
    return Market((PriceSeries(kind, "", bars),), calendar, splits)


def note_with(issued=ISSUED, default_date=None, **rule):
    """A note of that date whose rule has these terms."""
    terms = ConversionTerms(rule=dataclasses.replace(PriceRule(), **rule))
    return Note(
        issue_date=issued, funding_date=issued, maturity_date=issued + timedelta(days=365),
        conversion=terms, default=DefaultTerms(default_date=default_date),
    )  # fmt: skip


def rule_on(
    prices, issuer=None, issued=ISSUED, default_date=None, splits=(), kind=PriceKind.BID, **rule
):
    """The rule through time of a note with these terms, over prices that end before the notice."""
    note = note_with(issued, default_date, **rule)
    return rule_in_time(note, issuer or Issuer(), market(prices, kind=kind, splits=splits))


def find(prices, notice=NOTICE, **terms):
    return rule_on(prices, **terms).conversion_price_on(notice)


def price(prices, notice=NOTICE, **terms):
    return find(prices, notice, **terms).conversion_price


FIRST, LAST = date(2018, 12, 3), date(2019, 3, 15)
DAYS = CALENDAR.between(FIRST, LAST)
SMALL_PRICES = decimals(Decimal("0.0001"), Decimal("0.0006"), 5)
"""What a fixed price or a trigger must be to matter beside prices of up to 0.0006."""
LOW_PRICES = decimals(Decimal("0.00001"), Decimal("0.0001"), 6)
"""What a floor must be not to contradict a fixed price."""


def random_steps():
    """Steps of every trigger that begin, if by a date, where there are prices."""
    return st.lists(
        nouns(
            RuleStep,
            from_date=st.none() | st.sampled_from(DAYS),
            trigger_price=st.none() | SMALL_PRICES,
            multiplier=st.none() | st.sampled_from(["0.5", "0.45"]).map(Decimal),
            extra_discount=st.none() | st.sampled_from(["0.05", "0.1", "0.7"]).map(Decimal),
            lookback_days=st.none() | st.integers(3, 14),
            fixed_price=st.none() | SMALL_PRICES,
        ),
        max_size=3,
    ).map(tuple)


def random_rules(**parts):
    """Rules of every composition with windows short enough for a few dozen prices to decide something."""
    second = nouns(
        SecondWindow, anchor=st.sampled_from(WindowAnchor), lookback_days=st.integers(2, 14),
        lowest_count=st.integers(1, 3), multiplier=st.sampled_from(["0.5", "0.6", "0.7"]).map(Decimal),
    )  # fmt: skip
    drawn = {
        "lookback_days": st.integers(1, 14),
        "lowest_count": st.integers(1, 3),
        "multiplier": st.sampled_from(["0.5", "0.6", "0.65", "0.9", "1", "0.333333"]).map(Decimal),
        "fixed_price": st.sampled_from(range(9)).flatmap(
            lambda draw: SMALL_PRICES if draw else st.none()
        ),
        "fixed_for_days": st.none() | st.integers(1, 120),
        "floor_price": st.none() | LOW_PRICES,
        "second": second,
        "steps": random_steps(),
        "rounding_places": st.integers(3, 8),
    }
    return price_rules(**{**drawn, **parts})


def random_quotes():
    """Prices with ties; with luck a gap in ten, and one in thirty of many decimals."""
    usual = st.integers(1, 60).map(lambda ticks: Decimal(ticks).scaleb(-5))
    odd = decimals(Decimal("0.000000000001"), Decimal(10**9), 12)
    return st.sampled_from(range(30)).flatmap(
        lambda draw: odd if draw == 0 else st.none() if draw < 3 else usual
    )


def random_splits():
    """Up to two splits among the prices, forward and reverse, even ones that come out in no decimal."""
    split = st.builds(
        Split,
        st.sampled_from(DAYS[10:]),
        old_shares=st.integers(2, 9),
        new_shares=st.integers(1, 7),
    )
    return st.sampled_from([0, 1, 2]).flatmap(
        lambda many: st.lists(split, min_size=many, max_size=many).map(tuple)
    )


@st.composite
def random_markets(draw, quotes=None, splits=None):
    """A calendar with closures of its own, and bars on its days, on closed days, or on none."""
    closures = draw(st.sets(st.sampled_from(DAYS), max_size=3))
    many = draw(st.integers(1, len(DAYS)) | st.just(len(DAYS)))
    quotes = random_quotes() if quotes is None else quotes
    prices = draw(st.lists(quotes, min_size=many, max_size=many))
    skip = draw(st.integers(0, len(DAYS) - many))
    on = DAYS[skip : skip + many]
    unrecorded = draw(st.sets(st.sampled_from(on), max_size=min(3, len(on) - 1)))
    bars = [PriceBar(date(2019, 1, 12), Decimal("0.00001"))] if draw(st.booleans()) else []
    bars += [
        PriceBar(day, price) for day, price in zip(on, prices, strict=True) if day not in unrecorded
    ]
    by_date = tuple(sorted(bars, key=lambda bar: bar.date))
    series = PriceSeries(PriceKind.BID, "", by_date, draw(st.booleans()))
    calendar = CALENDAR.with_closures(tuple(closures))
    return Market((series,), calendar, draw(random_splits() if splits is None else splits))


@st.composite
def random_cases(draw, rules=None, markets=None):
    """A note, an issuer with a standing of its own, and a market."""
    day = st.sampled_from(DAYS)
    events = st.builds(StatusEvent, st.sampled_from(StatusKind), day, st.none() | day)
    issuer = Issuer(
        par_price=draw(LOW_PRICES | LOW_PRICES | st.none()),
        status_events=tuple(draw(st.lists(events, max_size=2))),
    )
    note = note_with(draw(day), draw(st.none() | day))
    rule = draw(random_rules() if rules is None else rules)
    terms = dataclasses.replace(note.conversion, rule=rule)
    found = draw(random_markets() if markets is None else markets)
    return dataclasses.replace(note, conversion=terms), issuer, found
