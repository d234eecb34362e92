"""A company and a note so plain that every decision about them can be worked out by hand.

1,000,000 shares are outstanding on 2 January 2024; the closing bid is $0.10 on every trading day from
2 October 2023 to 28 June 2024; the note of 2 January 2024 is for $10,000 without interest and converts
at 50 % of the lowest bid of five trading days, from 1 July 2024 on, with a limit of 4.99 %.
"""

import dataclasses
from datetime import date
from decimal import Decimal

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import PriceRule, Statistic
from notemodeler.domain.scenario import Scenario
from notemodeler.engines.book import run_book
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.market import Market
from notemodeler.io.trading_calendar import nyse_calendar

ISSUED, OPENS = date(2024, 1, 2), date(2024, 7, 1)
FIRST, LAST = date(2023, 10, 2), date(2024, 6, 28)
DIME = Decimal("0.10")
CALENDAR = nyse_calendar()
ISSUER = Issuer(name="Plain Company", shares_outstanding=(ShareCount(ISSUED, 1_000_000),))
RULE = PriceRule(statistic=Statistic.LOWEST, lookback_days=5, multiplier=Decimal("0.5"))
TERMS = ConversionTerms(opens_date=OPENS, rule=RULE)
NOTE = Note(
    title="Plain note",
    holder="Lender",
    issue_date=ISSUED,
    funding_date=ISSUED,
    maturity_date=date(2025, 1, 2),
    principal_amount=Decimal(10000),
    interest=InterestTerms(rate=Decimal(0), default_rate=Decimal(0)),
    conversion=TERMS,
)


def note_with(note=NOTE, **changes):
    """The plain note with terms of the note, of its conversion and of its rule replaced."""
    rule = {
        name: changes.pop(name) for name in [*changes] if name in PriceRule.__dataclass_fields__
    }
    terms = {
        name: changes.pop(name)
        for name in [*changes]
        if name in ConversionTerms.__dataclass_fields__
    }
    made = dataclasses.replace(note.conversion.rule, **rule)
    conversion = dataclasses.replace(note.conversion, rule=made, **terms)
    return dataclasses.replace(note, conversion=conversion, **changes)


def bids(prices=None, first=FIRST, last=LAST, **facts):
    """A dime on every trading day, other prices on the days given."""
    prices = prices or {}
    days = CALENDAR.between(first, last)
    bars = tuple(PriceBar(day, prices.get(day, DIME)) for day in days)
    return PriceSeries(PriceKind.BID, "", bars, **facts)


def case_of(*notes, issuer=ISSUER, series=None, scenario=None, place=0):
    """The case of the plain company, or of what is given in its place."""
    market = Market((bids() if series is None else series,), CALENDAR, issuer.splits)
    book = run_book(notes or (NOTE,), issuer, market)
    return Case(book, scenario or Scenario(), place)


def with_issuer(**changes):
    return dataclasses.replace(ISSUER, **changes)
