"""One price series laid over the trading days: window sums of many notice dates, restated across splits."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy

from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.rule import MissingPrices, WindowEnd
from notemodeler.engines.market import Market
from notemodeler.engines.price_arrays import Ints, bar_arrays, ordinals_of, trading_ordinals
from notemodeler.engines.pricing.kernel import LARGEST_TICKS, WindowSums, window_sums_by_rule
from notemodeler.engines.pricing.lookback import LONGEST_REACH
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.pricing.variable import VariablePrice

FINEST_TICK = 2.0**45
"""A dollar in more ticks than that could make a divisor that float64 does not hold."""
Prices = tuple[Floats, float | None, int]
"""Prices, into how many ticks one of them is to be split, and how many of these prices make a dollar."""


@dataclass(frozen=True)
class PriceGrid:
    """The prices of a series with at least one bar; `last` is the last day that anybody asks about."""

    market: Market
    series: PriceSeries
    last: int

    @cached_property
    def _days(self) -> Ints:
        """The ordinals of the trading days from the first bar on."""
        first, last = self.series.dates[0], self.series.dates[-1]
        return trading_ordinals(self.market.calendar, first, max(last, date.fromordinal(self.last)))

    @cached_property
    def _known(self) -> int:
        """How many of the days come by the last bar."""
        return int(numpy.searchsorted(self._days, self.series.dates[-1].toordinal(), "right"))

    @cached_property
    def _prices(self) -> Floats:
        """The price of each known day, NaN for gaps; prices of other days are left aside."""
        bars, grid = bar_arrays(self.series), self._days[: self._known]
        prices = numpy.full(len(grid) + 1, numpy.nan)
        places = numpy.searchsorted(grid, bars.ordinals)
        closed = numpy.append(grid, 0)[places] != bars.ordinals
        places[closed] = len(grid)
        prices[places] = bars.prices
        return prices[:-1]

    @cached_property
    def _per_dollar(self) -> float | None:
        return bar_arrays(self.series).per_dollar

    def sums(self, variable: VariablePrice, ordinals: Ints, era: int, part: bool) -> WindowSums:
        """What qualifies in the window of each notice date, all of one era; `part`: of a few among many."""
        before = variable.lookback.end is WindowEnd.DAY_BEFORE
        ends = numpy.searchsorted(self._days, ordinals, "left" if before else "right") - 1
        nowhere = (ends < 0) | (ends >= self._known)
        start, stop = self._span(variable, ends[~nowhere]) if part else (0, self._known)
        prices, split_into, per_price = self._restated(start, stop, era)
        by_end = window_sums_by_rule(prices, variable, split_into)
        places = ends - start
        places[nowhere] = stop - start
        per_dollar = None if split_into is None else split_into * per_price
        return WindowSums(
            _at(by_end.sums, places, numpy.nan), _at(by_end.counts, places, 1.0), per_dollar
        )

    def _span(self, variable: VariablePrice, ends: Ints) -> tuple[int, int]:
        """From the first day that a window can reach to the day after the last that one ends on."""
        if not len(ends):
            return 0, 0
        reaches = variable.lookback.missing is MissingPrices.REACH_BACK
        reach = variable.lookback.length + (LONGEST_REACH if reaches else 0)
        return max(0, int(ends.min()) + 1 - reach), int(ends.max()) + 1

    def _restated(self, start: int, stop: int, era: int) -> Prices:
        """The prices of a span of days in shares of the era, as whole ticks if they were whole."""
        prices = self._prices[start:stop]
        if not self.market.splits:
            return prices, self._per_dollar, 1
        eras = numpy.searchsorted(self._split_ordinals, self._days[start:stop], "right")
        ratios = {each: self._ratio(each, era) for each in numpy.unique(eras).tolist()}
        if all(ratio == 1 for ratio in ratios.values()):
            return prices, self._per_dollar, 1
        common = lcm(*(ratio.denominator for ratio in ratios.values()))
        by_era = numpy.zeros(max(ratios) + 1)
        for each, ratio in ratios.items():
            by_era[each] = float(ratio * common)
        if self._per_dollar is not None and self._per_dollar * common < FINEST_TICK:
            ticks = numpy.rint(prices * self._per_dollar) * by_era[eras]
            if numpy.fmax.reduce(ticks, initial=0.0) < LARGEST_TICKS:
                return ticks, 1.0, int(self._per_dollar) * common
        return prices * by_era[eras] / common, None, 1

    def _ratio(self, quoted: int, era: int) -> Fraction:
        """What a price of one era is multiplied by to be in shares of another."""
        market = self.market
        factor = market.shares_since(self.series, market.day_of_era(quoted), market.day_of_era(era))
        return 1 / factor

    @cached_property
    def _split_ordinals(self) -> Ints:
        return ordinals_of(self.market.split_dates)

    def eras(self, ordinals: Ints) -> Ints:
        """How many split dates have come by each day."""
        return numpy.searchsorted(self._split_ordinals, ordinals, "right")

    def own_and_last(self, ordinals: Ints) -> tuple[Floats, Floats]:
        """The price of each day and the latest by then, in dollars of the day."""
        bars = bar_arrays(self.series)
        quoted = ~numpy.isnan(bars.prices)
        prices = numpy.append(bars.prices[quoted], numpy.nan)
        of_day = numpy.append(bars.ordinals[quoted], 0)
        places = numpy.searchsorted(of_day[:-1], ordinals, "right") - 1
        last = prices[places]
        if self.market.splits:
            last = last * self._ratios(of_day[places], ordinals)
        return numpy.where(of_day[places] == ordinals, last, numpy.nan), last

    def _ratios(self, quoted: Ints, ordinals: Ints) -> Floats:
        many = len(self.market.split_dates) + 1
        table = [[float(self._ratio(one, other)) for other in range(many)] for one in range(many)]
        return numpy.array(table)[self.eras(quoted), self.eras(ordinals)]


def _at(values: Floats, places: Ints, otherwise: float) -> Floats:
    return numpy.append(values, otherwise)[places]
