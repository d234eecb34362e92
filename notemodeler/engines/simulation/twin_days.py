"""Networks for windows that move a day at a time: two neighbouring days share all but one of their prices.

Windows of L days that end on a day and on the day after it have L - 1 days in common. Their lowest
prices are found once for both, on every second day, so a window costs little more than half of what
it would alone; each of the two then adds the one day that is its own.
"""

from dataclasses import dataclass

import numpy

from notemodeler.engines.pricing.network import PRICE, At, Design, Value, in_order

Figure = tuple[int, int]
"""(length, count): the sum of the `count` lowest of the last `length` prices, of all if both are equal."""
Step = tuple[numpy.ufunc, int, int, int, int, int]
"""Operation, first source and its lag in days, second source and its lag, target."""


@dataclass(frozen=True, slots=True)
class Final:
    """How the days in common and a day of its own make the sum of a window.

    `rest` is the sum of what of the common days is sure to qualify, if anything; `top` is held against
    the price `far` days before the first of the two days, then against that of the second day.
    """

    rest: Value | None
    top: Value
    operation: numpy.ufunc
    far: int


class TwinDesign(Design):
    """Puts the figures of the common days together out of pairs of days, so that each starts on an even day."""

    def final(self, length: int, count: int) -> Final:
        """The figures of a window of at least two days."""
        if count == length:
            total = self._total(self._paired_sums(length - 1))
            return Final(None, total[0], numpy.add, length - 1)
        rest, top = self._parted(length - 1, count)
        return Final(rest[0] if rest else None, top[0], numpy.minimum, length - 1)

    def _parted(self, length: int, count: int) -> tuple[At | None, At]:
        """The sum of all but the highest of the `count` lowest of so many days, and that highest."""
        lows = _later(self._paired(length - length % 2, count), length % 2)
        if length % 2 == 0:
            return (self._total(lows[:-1]) if count > 1 else None), lows[-1]
        price = (PRICE, 0)
        if not lows:
            return None, price
        if count == 1:
            return None, self._make("minimum", lows[0], price)
        # One more price among sorted ones: only the two highest places can change by it.
        second = lows[count - 2]
        highest = self._make("minimum", lows[-1], price) if len(lows) == count else price
        sure = [*lows[: count - 2], self._make("minimum", second, price)]
        return self._total(sure), self._make("maximum", second, highest)

    def _paired(self, length: int, count: int) -> list[At]:
        """The `count` lowest of an even number of days in ascending order."""
        if length == 0:
            return []
        if length == 2:
            return [*self._ordered((PRICE, 0), (PRICE, 1))][:count]
        half = _half(length)
        second = _later(self._paired(length - half, count), half)
        return self.lowest(self._paired(half, count), second, count)

    def _paired_sums(self, length: int) -> list[At]:
        """Sums that together hold every one of so many days once."""
        odd = [(PRICE, 0)] if length % 2 else []
        return odd + _later(self._paired_sum(length - length % 2), length % 2)

    def _paired_sum(self, length: int) -> list[At]:
        if length == 0:
            return []
        if length == 2:
            return [self._make("add", (PRICE, 0), (PRICE, 1))]
        half = _half(length)
        return [
            self._make(
                "add",
                self._total(self._paired_sum(half)),
                self._total(_later(self._paired_sum(length - half), half)),
            )
        ]

    def _total(self, figures: list[At]) -> At:
        total = figures[0]
        for each in figures[1:]:
            total = self._make("add", total, each)
        return total


def _half(length: int) -> int:
    """An even part of an even number of days above two."""
    pairs = length // 2
    return 2 * (pairs // 2 if pairs % 2 == 0 else pairs - 1)


def _later(figures: list[At], days: int) -> list[At]:
    return [(value, shift + days) for value, shift in figures]


class TwinPlan:
    """One network for several figures of windows that end on the same day.

    `steps` are those of the first of two days. `depths[row]` says how many days each row is kept: row 0
    holds the price of every day, the others a figure of every second day. `finals` are in the order of
    the figures, with rows for values; None stands for a window of one day, the price itself.
    """

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        design = TwinDesign()
        made = [None if length == 1 else design.final(length, count) for length, count in figures]
        kept = [value for each in made if each for value in (each.rest, each.top) if value]
        order: list[Value] = []
        for value in kept:
            order += [each for each in in_order(value) if each not in order]
        lags = {value: _lags(value) for value in order}
        furthest: dict[Value, int] = {}
        for value in order:
            for (source, _), lag in zip(value.sources, lags[value], strict=True):
                furthest[source] = max(furthest.get(source, 0), lag)
        far = max((each.far for each in made if each), default=0)
        row_of, self.depths = _rows_of(order, furthest, set(kept), far)
        self.steps: list[Step] = []
        for value in order:
            (first, early), (second, late) = (
                (row_of[source], lag)
                for (source, _), lag in zip(value.sources, lags[value], strict=True)
            )
            operation = getattr(numpy, value.operation)
            self.steps.append((operation, first, early, second, late, row_of[value]))
        self.finals = [
            None
            if each is None
            else (row_of[each.rest] if each.rest else None, row_of[each.top], each)
            for each in made
        ]


def _lags(value: Value) -> list[int]:
    return [value.reach - shift - source.reach for source, shift in value.sources]


def _rows_of(
    order: list[Value], furthest: dict[Value, int], kept: set[Value], far: int
) -> tuple[dict[Value, int], list[int]]:
    """In which row each figure is kept and how many days; a figure of one day alone leaves its row to others."""
    row_of = {PRICE: 0}
    depths = [max(far, furthest.get(PRICE, 0), 1) + 1]
    last_use = {source: place for place, each in enumerate(order) for source, _ in each.sources}
    free: list[int] = []
    for place, value in enumerate(order):
        # A figure may take the very row of one that it is made of: the fewer rows, the more in the cache.
        free += [
            row_of[source]
            for source in dict.fromkeys(source for source, _ in value.sources)
            if source is not PRICE
            and last_use[source] == place
            and furthest[source] == 0
            and source not in kept
        ]
        depth = furthest.get(value, 0) // 2 + 1
        if free and depth == 1 and value not in kept:
            row_of[value] = free.pop()
        else:
            row_of[value] = len(depths)
            depths.append(depth)
    return row_of, depths
