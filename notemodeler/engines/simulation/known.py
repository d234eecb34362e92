"""What was known of the company by the end of a day: its prices in dollars of that day, its book, its notes."""

from dataclasses import dataclass
from datetime import date

import numpy

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.rule import MissingPrices
from notemodeler.engines.book import BookRun
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.case import ValuationCase

REACH = 60
"""How many trading days further a look-back that steps over days without a price is followed."""


@dataclass(frozen=True, eq=False)
class Known:
    """The case as of the end of the day; its book ran without anything later (see `valuation.as_of`)."""

    case: ValuationCase
    day: date

    @property
    def book(self) -> BookRun:
        return self.case.book

    @property
    def notes(self) -> tuple[Note, ...]:
        return self.book.notes

    @property
    def place(self) -> int:
        """The place of the note looked at."""
        return self.case.place

    @property
    def note(self) -> Note:
        return self.case.note

    @property
    def issuer(self) -> Issuer:
        return self.book.issuer

    @property
    def market(self) -> Market:
        return self.book.market

    def last_price(self, kind: PriceKind) -> float | None:
        """The last known price of a kind in dollars of the day."""
        series = self.market.series_for(kind)
        bar = self.market.last_price_by(series, self.day) if series else None
        return float(bar.price) if bar and bar.price is not None else None

    def past(self, kind: PriceKind, missing: MissingPrices, days: int) -> Floats:
        """The prices of the last trading days in dollars of the day, oldest first.

        A day without a price is NaN if the note refuses it, infinite if it is left out (it never is
        among the lowest); if the note reaches back, only days with a price are given.
        """
        reaches_back = missing is MissingPrices.REACH_BACK
        span = self.market.calendar.last_through(self.day, days + REACH * reaches_back)
        found = [self.price_on(kind, day) for day in span]
        if reaches_back:
            found = [each for each in found if each is not None]
        hole = numpy.inf if missing is MissingPrices.LEAVE_OUT else numpy.nan
        return numpy.array([hole if price is None else price for price in found[-days:]])

    def price_on(self, kind: PriceKind, day: date) -> float | None:
        """The price of a trading day in dollars of the day as of which everything is known."""
        series = self.market.series_for(kind)
        price = series.price_on(day) if series else None
        if series is None or price is None:
            return None
        return float(price) / float(self.market.shares_since(series, day, self.day))

    def returns(self, kind: PriceKind, days: int) -> tuple[float, ...]:
        """The last daily log-returns between neighbouring trading days that both have a price."""
        series = self.market.series_for(kind)
        if series is None or not series.bars or series.dates[0] >= self.day:
            return ()
        first = max(series.dates[0], self.market.calendar.first)
        span = self.market.calendar.between(first, self.day)[-days - 1 :]
        prices = [self.price_on(kind, day) for day in span]
        logs = numpy.log(numpy.array([numpy.nan if price is None else price for price in prices]))
        steps = numpy.diff(logs)
        return tuple(steps[~numpy.isnan(steps)].tolist())
