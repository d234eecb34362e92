"""Look-backs of all paths at once, a day at a time: the network of the price kernel run over rows."""

from collections.abc import Iterable
from functools import lru_cache
from math import lcm

import numpy

from notemodeler.engines.pricing.network import PRICE, Design, Value, in_order
from notemodeler.engines.pricing.sliding import MOST_BY_NETWORK
from notemodeler.engines.simulation.draws import Singles

Figure = tuple[int, int]
"""(length, count): the sum of the `count` lowest of the last `length` prices, of all if both are equal."""
CACHE_LINE, APART = 64, 5 * 64
LONGEST_PERIOD = 128
Step = tuple[numpy.ufunc, Singles, Singles, Singles]


class Plan:
    """One network for several figures of windows that end on the same day, and how long each row is read.

    `steps` are in order: operation, first source and its lag in days, second source and its lag,
    target. `depths` says how many days each row is kept.
    """

    def __init__(self, figures: tuple[Figure, ...]) -> None:
        design = Design()
        wanted = [_wanted(design, length, count) for length, count in figures]
        order: list[Value] = []
        for value in wanted:
            order += [each for each in in_order(value) if each not in order]
        place = {PRICE: 0} | {value: at + 1 for at, value in enumerate(order)}
        self.wanted = [place[value] for value in wanted]
        depths = [1] * (len(order) + 1)
        self.steps: list[tuple[numpy.ufunc, int, int, int, int, int]] = []
        for value in order:
            lags = [value.reach - shift - source.reach for source, shift in value.sources]
            sources = [place[source] for source, _ in value.sources]
            for source, lag in zip(sources, lags, strict=True):
                depths[source] = max(depths[source], lag + 1)
            operation = getattr(numpy, value.operation)
            self.steps.append((operation, sources[0], lags[0], sources[1], lags[1], place[value]))
        # After as many days as the period has, every row is where it was.
        if lcm(*depths) > LONGEST_PERIOD:
            depths = [1 << (depth - 1).bit_length() for depth in depths]
        self.depths, self.period = depths, lcm(*depths)


def _wanted(design: Design, length: int, count: int) -> Value:
    if length == 1:
        return PRICE
    return design.sum_of_all(length) if count == length else design.lowest_sum(length, count)


@lru_cache(maxsize=64)
def plan_of(figures: tuple[Figure, ...]) -> Plan:
    """The network of some figures, each within reach of a network."""
    return Plan(figures)


class RollingSums:
    """Sums of the lowest prices of windows that end on the latest day pushed, for every path of a block.

    `sums[i]` belongs to `figures[i]` and has the shape (paths,); it is valid until the next push and
    NaN as long as a window is not full or holds a day without a price. Figures with more than eight
    lowest prices are found by a partition of the kept days.
    """

    def __init__(self, figures: Iterable[Figure], paths: int) -> None:
        self.figures = tuple(figures)
        by_network = tuple(figure for figure in self.figures if _is_light(figure))
        self._plan = plan_of(by_network)
        self._rows = _apart(self._plan.depths, paths)
        self._programs = [self._program(day) for day in range(self._plan.period)]
        self._at_network = [
            by_network.index(figure) if figure in by_network else -1 for figure in self.figures
        ]
        longest = max((f[0] for f in self.figures if not _is_light(f)), default=0)
        self._days = numpy.full((longest, paths), numpy.nan, numpy.float32) if longest else None
        self._today = -1
        self.sums: list[Singles] = []

    def push(self, prices: Singles | float) -> None:
        """One more day, as a row or as the same price on every path."""
        self._today += 1
        price, steps = self._programs[self._today % self._plan.period]
        price[:] = prices
        for operation, first, second, made in steps:
            operation(first, second, out=made)
        if self._days is not None:
            self._days[self._today % len(self._days)] = prices
        self.sums = [self._sum(place) for place in range(len(self.figures))]

    def _program(self, day: int) -> tuple[Singles, list[Step]]:
        """Where the price of a day goes, and the operations after it, on rows that stay where they are."""

        def row(place: int, lag: int) -> Singles:
            found: Singles = self._rows[place][(day - lag) % self._plan.depths[place]]
            return found

        return row(0, 0), [
            (operation, row(first, early), row(second, late), row(target, 0))
            for operation, first, early, second, late, target in self._plan.steps
        ]

    def _sum(self, place: int) -> Singles:
        at = self._at_network[place]
        if at >= 0:
            row = self._plan.wanted[at]
            made: Singles = self._rows[row][self._today % self._plan.depths[row]]
            return made
        return self._partitioned(*self.figures[place])

    def _partitioned(self, length: int, count: int) -> Singles:
        assert self._days is not None
        days = (self._today - numpy.arange(length)) % len(self._days)
        window = self._days[days]
        unknown = numpy.isnan(window.sum(axis=0))
        window.partition(count - 1, axis=0)
        made: Singles = window[:count].sum(axis=0)
        made[unknown] = numpy.nan
        return made


def _is_light(figure: Figure) -> bool:
    length, count = figure
    return count <= MOST_BY_NETWORK or count == length


def _apart(depths: list[int], paths: int) -> list[list[Singles]]:
    """Rows of NaN that begin on a cache line each, but never a whole number of pages apart.

    Rows whose addresses end alike wait for each other: the processor takes one for the other.
    """
    stride = -(-paths * 4 // CACHE_LINE) * CACHE_LINE + APART
    room = numpy.empty(sum(depths) * stride + CACHE_LINE, numpy.uint8)
    start = -room.ctypes.data % CACHE_LINE
    made = []
    for depth in depths:
        rows = []
        for _ in range(depth):
            row = room[start : start + paths * 4].view(numpy.float32)
            row.fill(numpy.nan)
            rows.append(row)
            start += stride
        made.append(rows)
    return made
