"""The price rule over every trading day at once, in float64: for charts and tables, never for the schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy

from notemodeler.domain.rule import MissingPrices, Statistic
from notemodeler.engines.pricing.adjustments import Adjustment, Rounding
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.lookback import LONGEST_REACH, LookBack
from notemodeler.engines.pricing.reference import Reference
from notemodeler.engines.pricing.sliding import Floats, lowest_sums, window_sums
from notemodeler.engines.pricing.variable import VariablePrice

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
    Raises ValueError for a rule with a window that does not end there.
    """
    if any(each.lookback.anchor is not None for each in composition.variables):
        raise ValueError("a window that ends before a date of its own ends on no other day")
    if composition.is_refused:
        return numpy.full(len(prices), numpy.nan)
    if len(composition.variables) == 1 and _is_simple(composition.variables[0]):
        return _simple(prices, composition, composition.variables[0], per_dollar)
    found = [window_sums_by_rule(prices, each, per_dollar) for each in composition.variables]
    variable = lesser_variable([each.references for each in found], composition, len(prices))
    return adjusted(variable, composition)


def _is_simple(variable: VariablePrice) -> bool:
    """Whether one network gives the qualifying sum of every window."""
    refuses = variable.lookback.missing is MissingPrices.REFUSE
    return refuses and variable.reference.statistic is not Statistic.LAST


def _simple(
    prices: Floats, composition: Composition, variable: VariablePrice, per_dollar: float | None
) -> Floats:
    """The prices of one plain window, finished while its sums are in the cache."""
    count = variable.reference.count or variable.lookback.length
    divisor = count * (per_dollar or 1.0)

    def finish(sums: Floats) -> Floats:
        references = numpy.divide(sums, divisor, out=sums)
        return adjusted(variable.multiplier.over(references), composition)

    return lowest_sums(prices, variable.lookback.length, count, per_dollar, finish)


def lesser_variable(references: Sequence[Floats], composition: Composition, length: int) -> Floats:
    """The lesser of the variable prices that the references make, infinite where a rule has none."""
    prices = [
        each.multiplier.over(reference)
        for each, reference in zip(composition.variables, references, strict=True)
    ]
    if not prices:
        return numpy.full(length, numpy.inf)
    lesser = prices[0]
    for other in prices[1:]:
        lesser = numpy.minimum(lesser, other)
    return lesser


def adjusted(variable: Floats, composition: Composition) -> Floats:
    """The conversion prices that a rule makes of its variable prices, NaN where there is none above zero.

    Where the company bears a floor the price without it must be above zero too.
    """
    prices = _above_zero(_through(variable, composition.adjustments))
    if composition.makes_whole:
        return numpy.where(unfloored(variable, composition) > 0, prices, numpy.nan)
    return prices


def unfloored(variable: Floats, composition: Composition) -> Floats:
    """The prices without the floor, NaN where one is not above zero."""
    return _above_zero(_through(variable, composition.without_floor))


def _through(prices: Floats, parts: tuple[Adjustment, ...]) -> Floats:
    for part in parts:
        prices = part.over(prices)
    return prices


def _above_zero(prices: Floats) -> Floats:
    if len(prices) and numpy.fmin.reduce(prices) > 0:
        return prices
    return numpy.where(prices > 0, prices, numpy.nan)


def doubtful(variable: Floats, composition: Composition) -> Flags:
    """Where a rounding of a price depends on more digits than float64 has: such days are reckoned exactly."""
    found = _next_to_step(variable, composition.adjustments)
    if composition.makes_whole:
        found |= _next_to_step(variable, composition.without_floor)
    return found & ~numpy.isnan(variable)


def _next_to_step(prices: Floats, parts: tuple[Adjustment, ...]) -> Flags:
    """Prices next to a step of the rounding, but for those that are plainly a price which the note states."""
    found, stated = numpy.zeros(len(prices), bool), numpy.zeros(len(prices), bool)
    if not any(isinstance(part, Rounding) for part in parts):
        return found
    for part in parts:
        after = part.over(prices)
        if isinstance(part, Rounding):
            low, high = part.over(prices * (1 - DOUBT)), part.over(prices * (1 + DOUBT))
            found |= ((low != high) | (low <= 0)) & ~stated
        elif part.own_price is not None:
            own = float(part.own_price)
            is_near = numpy.abs(prices - own) <= DOUBT * own
            takes_over = (after != prices) & _rounds_well(part.own_price, parts)
            stated = ((stated & (after == prices)) | takes_over) & ~is_near
        prices = after
    return found


def _rounds_well(price: Decimal, parts: tuple[Adjustment, ...]) -> bool:
    """Whether float64 rounds a price that the note states as the exact engine does."""
    return all(
        part.over(numpy.array([float(price)]))[0] == float(part.apply(price))
        for part in parts
        if isinstance(part, Rounding)
    )


def window_sums_by_rule(
    prices: Floats, variable: VariablePrice, per_dollar: float | None
) -> WindowSums:
    """What qualifies in the window that ends on each trading day; `prices` as in `conversion_prices`."""
    lookback, reference = variable.lookback, variable.reference
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
