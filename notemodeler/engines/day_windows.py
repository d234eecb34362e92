"""The look-back of many notice days at once: lines of one list of trading days, and what qualifies there."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from notemodeler.domain.kinds import Choice
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.rule import MissingPrices, Statistic, WindowEnd
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.adjustments import Rounding
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.pricing.lookback import LONGEST_REACH


class Standing(Choice):
    """Why a window gives no reference price, or that it does."""

    COMPLETE = "complete", ""
    RULE = "rule", "terms contradict"
    BEFORE = "before", "before first price"
    AFTER = "after", "past last price"
    GAP = "gap", "day without price"
    TOO_FEW = "too_few", "too few prices"


@dataclass(frozen=True, slots=True)
class DayWindow:
    """One notice day: its line and the first and last line of its window (from one), and the figures.

    A first line below one lies before the list. `unrounded` is the price before a rounding that the
    rule may have; `conversion` is None too where the price rounds to zero.
    """

    notice_date: date
    line: int
    first_line: int
    last_line: int
    found: int
    standing: Standing
    qualifying: tuple[WindowDay, ...] = ()
    reference: Decimal | None = None
    unrounded: Decimal | None = None
    conversion: Decimal | None = None


@dataclass(frozen=True)
class ListedDays:
    """Every trading day from the first that matters to the last, with its price if there is one."""

    days: tuple[date, ...]
    series: PriceSeries | None

    @cached_property
    def prices(self) -> tuple[Decimal | None, ...]:
        if self.series is None:
            return (None,) * len(self.days)
        price_of = {bar.date: bar.price for bar in self.series.bars}
        return tuple(price_of.get(day) for day in self.days)

    @cached_property
    def priced_by(self) -> tuple[int, ...]:
        """How many of the days have a price up to and including each line; entry 0 comes before line 1."""
        return tuple(accumulate((price is not None for price in self.prices), initial=0))

    @cached_property
    def priced(self) -> tuple[tuple[int, Decimal], ...]:
        """The lines that have a price, with it."""
        return tuple(
            (line, price) for line, price in enumerate(self.prices, 1) if price is not None
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


def listed_days(market: Market, series: PriceSeries | None, notices: Sequence[date]) -> ListedDays:
    """The trading days over the notice days and the prices of the series."""
    first, last = notices[0], notices[-1]
    if series is not None:
        first, last = min(first, series.dates[0]), max(last, series.dates[-1])
    return ListedDays(market.calendar.between(first, last), series)


def day_windows(
    composition: Composition, listed: ListedDays, notices: Sequence[date]
) -> tuple[DayWindow, ...]:
    """The window and the prices of each notice day, the same as `Composition.conversion_price_on`.

    Notice days are trading days of the list, in order.
    """
    finder = _Finder(composition, listed)
    return tuple(finder.on(notice) for notice in notices)


class _Finder:
    """Finds windows in one list under one rule."""

    def __init__(self, composition: Composition, listed: ListedDays) -> None:
        self._composition = composition
        self._listed = listed
        self._lookback = composition.lookback
        self._shift = 0 if self._lookback.end is WindowEnd.NOTICE_DAY else 1
        reaches = self._lookback.missing is MissingPrices.REACH_BACK
        least = self._lookback.length if reaches else 1
        self._needed = max(least, composition.reference.count)
        self._contradiction = any(issue.is_error for issue in composition.check())
        dates = listed.series.dates if listed.series else ()
        self._recorded = (
            (bisect_left(listed.days, dates[0]) + 1, _lines_through(listed.days, dates[-1]))
            if dates
            else (len(listed.days) + 1, 0)
        )

    def on(self, notice: date) -> DayWindow:
        line = bisect_left(self._listed.days, notice) + 1
        last = line - self._shift
        first = self._first_line(last)
        priced_by = self._listed.priced_by
        found = priced_by[last] - priced_by[first - 1] if first >= 1 else 0
        standing = self._standing(first, last, found)
        if standing is not Standing.COMPLETE:
            return DayWindow(notice, line, first, last, found, standing)
        qualifying = self._qualifying(first, last)
        reference, too_few = self._composition.reference.price(qualifying)
        if reference is None or too_few:
            return DayWindow(notice, line, first, last, found, Standing.TOO_FEW)
        unrounded, conversion = self._adjusted(reference)
        return DayWindow(
            notice, line, first, last, found, standing, qualifying, reference, unrounded, conversion
        )

    def _first_line(self, last: int) -> int:
        """The line on which the window starts, which may lie before the list.

        A window that reaches back and does not find its prices shows its plain days.
        """
        length = self._lookback.length
        plain = last - length + 1
        if self._lookback.missing is not MissingPrices.REACH_BACK or last < 1:
            return plain
        behind = self._listed.priced_by[last]
        if behind < length:
            return plain
        reached = self._listed.priced[behind - length][0]
        return reached if last - reached < length + LONGEST_REACH else plain

    def _standing(self, first: int, last: int, found: int) -> Standing:
        if self._contradiction:
            return Standing.RULE
        if first < max(1, self._recorded[0]):
            return Standing.BEFORE
        if last > self._recorded[1]:
            return Standing.AFTER
        if self._lookback.missing is MissingPrices.REFUSE and found < last - first + 1:
            return Standing.GAP
        if found < self._needed:
            return Standing.TOO_FEW
        return Standing.COMPLETE

    def _qualifying(self, first: int, last: int) -> tuple[WindowDay, ...]:
        """The days whose prices count: lowest first, or in date order where all or the last count."""
        listed, reference = self._listed, self._composition.reference
        start, stop = listed.priced_by[first - 1], listed.priced_by[last]
        if reference.statistic is Statistic.LAST:
            places = [stop - 1]
        elif reference.count == 0:
            places = list(range(start, stop))
        else:
            ranks = sorted(listed.ranks[start:stop])[: reference.count]
            places = [listed.by_rank[rank] for rank in ranks]
        return tuple(self._window_day(place) for place in places)

    def _window_day(self, place: int) -> WindowDay:
        line, price = self._listed.priced[place]
        return WindowDay(self._listed.days[line - 1], price, self._lookback.series, qualifying=True)

    def _adjusted(self, reference: Decimal) -> tuple[Decimal, Decimal | None]:
        unrounded = price = reference
        for part in self._composition.adjustments:
            price = part.apply(price)
            if not isinstance(part, Rounding):
                unrounded = price
        return unrounded, price if price > 0 else None


def _lines_through(days: Sequence[date], last: date) -> int:
    place = bisect_left(days, last)
    return place + 1 if place < len(days) and days[place] == last else place
