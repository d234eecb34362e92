"""What a dollar converted is worth in every state of the look-back: one over price, as a function of returns."""

from dataclasses import dataclass

import numpy

from notemodeler.engines.pricing.sliding import Floats


@dataclass(frozen=True, slots=True)
class RollingWindow:
    """One look-back that moves with the notice date.

    `length` is in trading days; the reference price is the mean of the `count` lowest prices, of all
    with 0, or the last one with `is_last`. The variable price is `multiplier` x reference.
    """

    length: int
    count: int
    multiplier: float
    is_last: bool = False

    @property
    def reach(self) -> int:
        """How many prices matter."""
        return 1 if self.is_last else self.length


@dataclass(frozen=True, slots=True)
class WindowRule:
    """The lesser of the variable prices of its windows; with `includes_today` they end on the notice day."""

    windows: tuple[RollingWindow, ...]
    includes_today: bool = False

    @property
    def reach(self) -> int:
        """How many prices the longest window looks at; 1 without a window."""
        return max((window.reach for window in self.windows), default=1)

    @property
    def digits(self) -> int:
        """How many latest returns the value of waiting depends on."""
        return max(0, self.reach - (2 if self.includes_today else 1))


def worth_per_dollar(
    rule: WindowRule, growth: Floats, unknown: int, known: Floats | None = None
) -> Floats:
    """The newest price over the variable price, in every state of the latest `unknown` returns.

    Shape (K**unknown,) with K = len(growth): the newest return is the fastest digit, the oldest the
    slowest. `known` are the prices before those returns over the first of them, newest first and so
    beginning with 1; NaN where there is none. Without it every price of the windows is unknown. All
    zeros without a window.
    """
    if not rule.windows:
        return numpy.zeros(len(growth) ** unknown)
    prices = [each.multiplier * _reference(each, growth, unknown, known) for each in rule.windows]
    lesser = prices[0]
    for other in prices[1:]:
        lesser = numpy.minimum(lesser, other)
    return 1.0 / lesser


def _reference(window: RollingWindow, growth: Floats, unknown: int, known: Floats | None) -> Floats:
    """The reference price over the newest price; shape (K**unknown,)."""
    digits = min(unknown, window.reach - 1)
    qualifying = _Qualifying(window, len(growth))
    relative = numpy.ones(1)
    qualifying.add(relative)
    for _ in range(digits):
        # The older price is the newer one without the return between them; it is the slower digit.
        relative = (relative[None, :] / growth[:, None]).reshape(-1)
        qualifying.widen()
        qualifying.add(relative)
    older = window.reach - 1 - digits
    if older and known is not None:
        for price in _that_count(known[1 : 1 + older], window.count):
            qualifying.add(relative * price)
    reference = qualifying.mean()
    times = len(growth) ** (unknown - digits)
    return _laid_end_to_end(reference, times) if times > 1 else reference


def _laid_end_to_end(values: Floats, times: int) -> Floats:
    """The values so many times over. `numpy.tile` does the same, but lets no other thread run meanwhile."""
    rows = numpy.broadcast_to(values, (times, len(values)))
    return numpy.ascontiguousarray(rows).reshape(-1)


def _that_count(prices: Floats, count: int) -> list[float]:
    """Of prices that move together only the lowest can qualify."""
    there = numpy.sort(prices[~numpy.isnan(prices)])
    return [float(price) for price in (there[:count] if count else there)]


class _Qualifying:
    """The lowest prices so far in every state, or their sum."""

    def __init__(self, window: RollingWindow, points: int) -> None:
        self.count = 1 if window.is_last else window.count
        self.points = points
        self.prices: list[Floats] = []
        self.found = 0

    def widen(self) -> None:
        """Every state becomes as many as there are nodes, the new digit the slowest."""
        self.prices = [_laid_end_to_end(each, self.points) for each in self.prices]

    def add(self, price: Floats) -> None:
        """One more price of the window."""
        self.found += 1
        if not self.count:
            self.prices = [self.prices[0] + price] if self.prices else [price]
            return
        for place, other in enumerate(self.prices):
            self.prices[place], price = numpy.minimum(other, price), numpy.maximum(other, price)
        if len(self.prices) < self.count:
            self.prices.append(price)

    def mean(self) -> Floats:
        total = self.prices[0]
        for other in self.prices[1:]:
            total = total + other
        return total / (len(self.prices) if self.count else self.found)
