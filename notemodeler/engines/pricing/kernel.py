"""The price rule over every trading day at once, in float64: for charts and tables, never for the schedule."""

from dataclasses import dataclass
from typing import Any

import numpy

from notemodeler.domain.rule import MissingPrices, Statistic
from notemodeler.engines.pricing.adjustments import Adjustment, Rounding
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.lookback import LONGEST_REACH, LookBack
from notemodeler.engines.pricing.reference import Reference
from notemodeler.engines.pricing.sliding import Floats, lowest_sums, window_sums

Flags = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]

MOST_DECIMALS = 12
LARGEST_TICKS = 2.0**44
"""The most ticks in one price: then the ticks of the longest window, 250 prices, are exact in float64."""
DOUBT = 8e-9
"""How close, relatively, a price may come to a step of its rounding before float64 is not trusted with it."""


@dataclass(frozen=True, slots=True)
class WindowSums:
    """Of the window that ends on each trading day: the sum of the qualifying prices and how many they are.

    `sums` has the shape of the prices and is NaN where the rule gives no price. It is in ticks of
    1 / `per_dollar`, whole and exact, or in dollars, rounded, where `per_dollar` is None.
    """

    sums: Floats
    counts: Floats
    per_dollar: float | None

    @property
    def references(self) -> Floats:
        """The reference prices in dollars, correctly rounded if the sums are exact."""
        return self.sums / (self.counts * (self.per_dollar or 1.0))


def ticks_per_dollar(prices: Floats) -> float | None:
    """The lowest power of ten that makes every price a whole number, None if that number would be too long.

    Prices have finitely many decimals, so the whole numbers are exact where the dollars are rounded.
    """
    highest = float(numpy.fmax.reduce(numpy.abs(prices), initial=0.0))
    for decimals in range(MOST_DECIMALS + 1):
        per_dollar = 10.0**decimals
        if highest * per_dollar >= LARGEST_TICKS:
            return None
        if _are_whole(prices[:100], per_dollar) and _are_whole(prices, per_dollar):
            return per_dollar
    return None


def _are_whole(prices: Floats, per_dollar: float) -> bool:
    apart = numpy.rint(prices * per_dollar) / per_dollar - prices
    return not numpy.fmax.reduce(numpy.abs(apart), initial=0.0) > 0


def conversion_prices(
    prices: Floats, composition: Composition, per_dollar: float | None = None
) -> Floats:
    """The conversion price in dollars by the window that ends on each trading day.

    `prices` holds the price of every trading day in dollars from the first day of the series to the
    last, NaN where there was none. The result has the same shape, NaN where the rule gives no price.
    With `per_dollar`, as `ticks_per_dollar` finds it, it is within 2 units in the last place of the
    exact price, save that a price next to a step of the rounding may come out on its other side.
    """
    lookback, reference = composition.lookback, composition.reference
    simple = lookback.missing is MissingPrices.REFUSE and reference.statistic is not Statistic.LAST
    if not simple or is_refused(composition):
        sums = window_sums_by_rule(prices, composition, per_dollar)
        return adjusted(sums.references, composition.adjustments)
    count = reference.count or lookback.length
    divisor = count * (per_dollar or 1.0)

    def finish(sums: Floats) -> Floats:
        return adjusted(numpy.divide(sums, divisor, out=sums), composition.adjustments)

    return lowest_sums(prices, lookback.length, count, per_dollar, finish)


def is_refused(composition: Composition) -> bool:
    """Whether the rule's own terms allow no price at all."""
    return any(issue.is_error for issue in composition.check())


def adjusted(references: Floats, parts: tuple[Adjustment, ...]) -> Floats:
    """The conversion prices that the parts make of the reference prices, NaN where it is not above zero."""
    prices = references
    for part in parts:
        prices = part.over(prices)
    if len(prices) and numpy.fmin.reduce(prices) > 0:
        return prices
    return numpy.where(prices > 0, prices, numpy.nan)


def doubtful(references: Floats, parts: tuple[Adjustment, ...]) -> Flags:
    """Where a rounding of the price depends on more digits than float64 has: such days are reckoned exactly."""
    found, prices = numpy.zeros(len(references), bool), references
    for part in parts:
        if isinstance(part, Rounding):
            low, high = part.over(prices * (1 - DOUBT)), part.over(prices * (1 + DOUBT))
            found |= (low != high) | (low <= 0)
        prices = part.over(prices)
    return found & ~numpy.isnan(references)


def window_sums_by_rule(
    prices: Floats, composition: Composition, per_dollar: float | None
) -> WindowSums:
    """What qualifies in the window that ends on each trading day; `prices` as in `conversion_prices`."""
    lookback, reference = composition.lookback, composition.reference
    if is_refused(composition):
        return WindowSums(numpy.full(len(prices), numpy.nan), numpy.ones(len(prices)), per_dollar)
    if lookback.missing is MissingPrices.LEAVE_OUT:
        return _left_out(prices, lookback, reference, per_dollar)
    if lookback.missing is MissingPrices.REACH_BACK:
        sums = _reached_back(prices, lookback, reference, per_dollar)
    else:
        sums = _sums(prices, lookback.length, reference, per_dollar)
    return _counted(sums, reference.count or lookback.length, per_dollar)


def _counted(sums: Floats, count: int, per_dollar: float | None) -> WindowSums:
    return WindowSums(sums, numpy.full(len(sums), float(count)), per_dollar)


def _sums(prices: Floats, length: int, reference: Reference, per_dollar: float | None) -> Floats:
    if reference.statistic is Statistic.LAST:
        ticks = prices if per_dollar is None else numpy.rint(prices * per_dollar)
        whole = window_sums(prices * 0.0, length, None)
        return ticks + whole
    return lowest_sums(prices, length, reference.count or length, per_dollar)


def _left_out(
    prices: Floats, lookback: LookBack, reference: Reference, per_dollar: float | None
) -> WindowSums:
    length, missing = lookback.length, numpy.isnan(prices)
    if reference.statistic is Statistic.LAST:
        sums = _last_known(prices, missing, length, per_dollar)
        return _counted(sums, 1, per_dollar)
    if reference.count:
        filled = numpy.where(missing, numpy.inf, prices)
        sums = lowest_sums(filled, length, reference.count, per_dollar)
        sums[numpy.isinf(sums)] = numpy.nan
        return _counted(sums, reference.count, per_dollar)
    sums = window_sums(numpy.where(missing, 0.0, prices), length, per_dollar)
    counts = window_sums(1.0 - missing, length, None)
    sums[counts == 0] = numpy.nan
    return WindowSums(sums, numpy.maximum(counts, 1.0), per_dollar)


def _last_known(prices: Floats, missing: Flags, length: int, per_dollar: float | None) -> Floats:
    places = numpy.arange(len(prices))
    latest = numpy.maximum.accumulate(numpy.where(missing, -1, places))
    ticks = prices if per_dollar is None else numpy.rint(prices * per_dollar)
    found = (latest > places - length) & (latest >= 0) & (places >= length - 1)
    return numpy.where(found, ticks[latest], numpy.nan)


def _reached_back(
    prices: Floats, lookback: LookBack, reference: Reference, per_dollar: float | None
) -> Floats:
    """The sums over the last `length` days with a price, if they are within reach."""
    known = ~numpy.isnan(prices)
    places = numpy.flatnonzero(known)
    of_known = _sums(prices[known], lookback.length, reference, per_dollar)
    latest = numpy.cumsum(known) - 1
    first = numpy.where(latest >= lookback.length - 1, latest - lookback.length + 1, 0)
    made = numpy.full(len(prices), numpy.nan)
    if len(places):
        ends = numpy.arange(len(prices))
        near = places[first] > ends - lookback.length - LONGEST_REACH
        full = (latest >= lookback.length - 1) & near
        made[full] = of_known[latest[full]]
    return made
