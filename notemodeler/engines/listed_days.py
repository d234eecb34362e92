"""One list of trading days with their prices: the lines that the windows of many notice days refer to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from notemodeler.domain.prices import PriceSeries
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.splits import UNCHANGED, new_for_old, price_carried


@dataclass(frozen=True, eq=False)
class ListedDays:
    """Every trading day from the first that matters to the last, with its price if there is one.

    Lines count the days from one.
    """

    days: tuple[date, ...]
    series: PriceSeries | None
    market: Market

    @cached_property
    def prices(self) -> tuple[Decimal | None, ...]:
        """The prices as the price table lists them."""
        if self.series is None:
            return (None,) * len(self.days)
        price_of = {bar.date: bar.price for bar in self.series.bars}
        return tuple(price_of.get(day) for day in self.days)

    @cached_property
    def factors(self) -> tuple[Fraction, ...]:
        """How many shares, after all splits, one share has become that the price of each line is for."""
        series = self.series
        if series is None or not self.market.splits:
            return (UNCHANGED,) * len(self.days)
        return tuple(self.market.shares_since(series, day, date.max) for day in self.days)

    @cached_property
    def restated(self) -> tuple[Decimal | None, ...]:
        """The prices in dollars a share after all splits: those of the lines may be compared and averaged.

        `DayWindow.split_factor` carries what comes of them to dollars of the notice day.
        """
        return tuple(
            None if price is None else price_carried(price, factor)
            for price, factor in zip(self.prices, self.factors, strict=True)
        )

    @cached_property
    def priced_by(self) -> tuple[int, ...]:
        """How many of the days have a price up to and including each line; entry 0 comes before line 1."""
        return tuple(accumulate((price is not None for price in self.prices), initial=0))

    @cached_property
    def priced(self) -> tuple[tuple[int, Decimal], ...]:
        """The lines that have a price, with it as restated."""
        return tuple(
            (line, price) for line, price in enumerate(self.restated, 1) if price is not None
        )

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The place of each priced day among all of them, lowest price first, of equal prices the earliest."""
        order = sorted(range(len(self.priced)), key=lambda at: (self.priced[at][1], at))
        ranks = [0] * len(order)
        for rank, at in enumerate(order):
            ranks[at] = rank
        return tuple(ranks)

    @cached_property
    def by_rank(self) -> tuple[int, ...]:
        """Which priced day has each rank."""
        return tuple(sorted(range(len(self.ranks)), key=self.ranks.__getitem__))

    @cached_property
    def recorded(self) -> tuple[int, int]:
        """The lines of the first and the last bar of the series; the first is past the end if there is none."""
        dates = self.series.dates if self.series else ()
        if not dates:
            return len(self.days) + 1, 0
        return self.lines_before(dates[0]) + 1, self.lines_through(dates[-1])

    def lines_before(self, day: date) -> int:
        """How many of the listed days come before the day."""
        return bisect_left(self.days, day)

    def lines_through(self, day: date) -> int:
        """How many of the listed days come by the day."""
        return bisect_left(self.days, date.fromordinal(day.toordinal() + 1))

    def trading_days_before(self, day: date) -> int:
        """The line of the last trading day before the day, which may lie before the list or past it."""
        calendar = self.market.calendar
        return calendar.position(day) - calendar.position(self.days[0])

    def window_day(self, place: int, split_factor: Fraction) -> WindowDay:
        """A priced day as part of a window, its price in dollars of the notice day."""
        line = self.priced[place][0]
        day, quoted, factor = self.days[line - 1], self.prices[line - 1], self.factors[line - 1]
        factor = factor / split_factor
        price = None if quoted is None else price_carried(quoted, factor)
        bar = self.series.by_date[day] if self.series else None
        kind = self.series.kind_of(bar) if self.series and bar else None
        return WindowDay(day, price, kind, True, quoted, factor)


def listed_days(market: Market, series: PriceSeries | None, notices: Sequence[date]) -> ListedDays:
    """The trading days over the notice days and the prices of the series."""
    first, last = notices[0], notices[-1]
    if series is not None and series.bars:
        first, last = min(first, series.dates[0]), max(last, series.dates[-1])
    return ListedDays(market.calendar.between(first, last), series, market)


def split_factor_on(market: Market, day: date) -> Fraction:
    """How many shares, after all splits, one share of the day has become."""
    return new_for_old(market.splits, day, date.max) if market.splits else UNCHANGED
