"""The price rule on many notice dates at once: reference and conversion price of each, as arrays."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.domain.rule import WindowEnd
from notemodeler.engines.market import Market
from notemodeler.engines.price_arrays import (
    BarArrays,
    Ints,
    bar_arrays,
    ordinals_of,
    trading_ordinals,
)
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.kernel import (
    WindowSums,
    adjusted,
    doubtful,
    window_sums_by_rule,
)
from notemodeler.engines.pricing.sliding import Floats


@dataclass(frozen=True)
class DailyPrices:
    """In dollars, one a notice date, NaN where there is none.

    `own` is the day's own price, `last_known` the latest by then. `reference` is correctly rounded,
    `conversion` within 2 units in the last place of what the exact engine gives.
    """

    own: Floats
    last_known: Floats
    per_dollar: float | None
    reference: Floats
    conversion: Floats
    exact: "ExactPrices"


@dataclass(frozen=True)
class ExactPrices:
    """The conversion price of single days to the last digit; days that add up to the same sum share it."""

    composition: Composition
    market: Market
    days: tuple[date, ...]
    sums: WindowSums
    _found: dict[tuple[float, float], Decimal | None] = field(default_factory=dict)

    def on(self, place: int) -> Decimal | None:
        """The price for a notice on `days[place]`, None where the rule gives none."""
        if self.sums.per_dollar is None:
            finding = self.composition.conversion_price_on(self.days[place], self.market)
            return finding.conversion_price
        key = float(self.sums.sums[place]), float(self.sums.counts[place])
        if key not in self._found:
            self._found[key] = self._from_ticks(*key, self.sums.per_dollar)
        return self._found[key]

    def _from_ticks(self, ticks: float, count: float, per_dollar: float) -> Decimal | None:
        total = MONEY_CONTEXT.divide(Decimal(int(ticks)), Decimal(int(per_dollar)))
        price = MONEY_CONTEXT.divide(total, Decimal(int(count)))
        for part in self.composition.adjustments:
            price = part.apply(price)
        return price if price > 0 else None


def daily_prices(composition: Composition, market: Market, days: tuple[date, ...]) -> DailyPrices:
    """The prices for a notice on each of the days, which may come in any order."""
    series = market.series_for(composition.lookback.series)
    ordinals = ordinals_of(days)
    if series is None or not days:
        return _nothing(composition, market, days)
    bars = bar_arrays(series)
    per_dollar = bars.per_dollar
    sums = _sums_on(ordinals, bars, per_dollar, composition, market.calendar)
    exact = ExactPrices(composition, market, days, sums)
    reference = sums.references
    conversion = adjusted(reference, composition.adjustments)
    for place in numpy.flatnonzero(doubtful(reference, composition.adjustments)).tolist():
        price = exact.on(place)
        conversion[place] = numpy.nan if price is None else price
    own, last = _prices_by(ordinals, bars)
    return DailyPrices(own, last, per_dollar, reference, conversion, exact)


def _nothing(composition: Composition, market: Market, days: tuple[date, ...]) -> DailyPrices:
    none = numpy.full(len(days), numpy.nan)
    exact = ExactPrices(composition, market, days, WindowSums(none, none, None))
    return DailyPrices(none, none, None, none, none, exact)


def _prices_by(ordinals: Ints, bars: BarArrays) -> tuple[Floats, Floats]:
    """The price of each day and the latest by then."""
    quoted = ~numpy.isnan(bars.prices)
    prices = numpy.append(bars.prices[quoted], numpy.nan)
    of_day = numpy.append(bars.ordinals[quoted], 0)
    places = numpy.searchsorted(of_day[:-1], ordinals, "right") - 1
    last = prices[places]
    return numpy.where(of_day[places] == ordinals, last, numpy.nan), last


def _sums_on(
    ordinals: Ints,
    bars: BarArrays,
    per_dollar: float | None,
    composition: Composition,
    calendar: TradingCalendar,
) -> WindowSums:
    """What qualifies in the window of each notice date."""
    first, last = bars.bars[0].date, bars.bars[-1].date
    grid = trading_ordinals(calendar, first, max(last, date.fromordinal(int(ordinals.max()))))
    known = int(numpy.searchsorted(grid, last.toordinal(), "right"))
    by_end = window_sums_by_rule(_on_grid(bars, grid[:known]), composition, per_dollar)
    before = composition.lookback.end is WindowEnd.DAY_BEFORE
    ends = numpy.searchsorted(grid, ordinals, "left" if before else "right") - 1
    ends[(ends < 0) | (ends > known)] = known
    return WindowSums(_at(by_end.sums, ends, numpy.nan), _at(by_end.counts, ends, 1.0), per_dollar)


def _on_grid(bars: BarArrays, grid: Ints) -> Floats:
    """The price of each trading day, NaN for gaps; prices of other days are left aside."""
    prices = numpy.full(len(grid) + 1, numpy.nan)
    places = numpy.searchsorted(grid, bars.ordinals)
    closed = numpy.append(grid, 0)[places] != bars.ordinals
    places[closed] = len(grid)
    prices[places] = bars.prices
    return prices[:-1]


def _at(values: Floats, places: Ints, otherwise: float) -> Floats:
    return numpy.append(values, otherwise)[places]
