"""Look-backs of all paths at once, a day at a time: a network of minima and maxima run over rows."""

from collections.abc import Iterable
from functools import lru_cache
from math import lcm
from typing import NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import MOST_BY_NETWORK
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.twin_days import Figure, TwinPlan

CACHE_LINE, APART = 64, 5 * 64
LONGEST_PERIOD = 128
Operation = tuple[numpy.ufunc, Singles, Singles, Singles]


class Program(NamedTuple):
    """What is done on one day: where its price goes, the operations after it, where the sums then are."""

    price: Singles
    operations: list[Operation]
    sums: list[Singles]


@lru_cache(maxsize=64)
def plan_of(figures: tuple[Figure, ...]) -> TwinPlan:
    """The network of some figures, each within reach of a network."""
    return TwinPlan(figures)


class RollingSums:
    """Sums of the lowest prices of windows that end on the latest day pushed, for every path of a block.

    `sums[i]` belongs to `figures[i]` and has the shape (paths,); it is valid until the next push and
    NaN as long as a window is not full or holds a day without a price. Figures with more than eight
    lowest prices are found by a partition of the kept days.
    """

    def __init__(self, figures: Iterable[Figure], paths: int) -> None:
        self.figures = tuple(figures)
        light = tuple(figure for figure in self.figures if _is_light(figure))
        self._plan = plan_of(light)
        self._depths = _in_step(self._plan.depths)
        *self._rows, self._made = _apart([*self._depths, len(light)], paths)
        self._period = lcm(self._depths[0], *(2 * depth for depth in self._depths[1:]))
        self._programs = [self._program(day) for day in range(self._period)]
        self._light = {figure: place for place, figure in enumerate(light)}
        longest = max((f[0] for f in self.figures if not _is_light(f)), default=0)
        self._days = numpy.full((longest, paths), numpy.nan, numpy.float32) if longest else None
        self._today = -1
        self.sums: list[Singles] = []

    def push(self, prices: Singles | float) -> None:
        """One more day, as a row or as the same price on every path."""
        self._today += 1
        program = self._programs[self._today % self._period]
        program.price[:] = prices
        for operation, first, second, made in program.operations:
            operation(first, second, out=made)
        self.sums = program.sums
        if self._days is not None:
            self._days[self._today % len(self._days)] = prices
            self.sums = [self._sum(figure, program.sums) for figure in self.figures]

    def _program(self, day: int) -> Program:
        """The day's work, on rows that stay where they are."""
        price, is_second = self._row(0, day, 0), day % 2
        made: list[Operation] = []
        if not is_second:
            made = [
                (operation, self._row(first, day, early), self._row(second, day, late),
                 self._row(target, day, 0))
                for operation, first, early, second, late, target in self._plan.steps
            ]  # fmt: skip
        sums = []
        for place, final in enumerate(self._plan.finals):
            if final is None:
                sums.append(price)
                continue
            rest, top, parts = final
            own = price if is_second else self._row(0, day, parts.far)
            sums.append(self._made[place])
            made.append((parts.operation, self._row(top, day, is_second), own, sums[-1]))
            if rest is not None:
                made.append((numpy.add, sums[-1], self._row(rest, day, is_second), sums[-1]))
        return Program(price, made, sums)

    def _row(self, place: int, day: int, lag: int) -> Singles:
        """A row as it was so many days ago; all but the price are made on every second day."""
        at = (day - lag) // (2 if place else 1)
        found: Singles = self._rows[place][at % self._depths[place]]
        return found

    def _sum(self, figure: Figure, sums: list[Singles]) -> Singles:
        place = self._light.get(figure)
        return self._partitioned(*figure) if place is None else sums[place]

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


def _in_step(depths: list[int]) -> list[int]:
    """Depths after whose common period every row is where it was, at the price of a few days kept longer."""
    others = lcm(2, *(2 * depth for depth in depths[1:]))
    for price_days in (-(-depths[0] // others) * others, depths[0] + depths[0] % 2):
        is_close = price_days <= depths[0] * 5 // 4 + 1
        if is_close and lcm(price_days, others) <= LONGEST_PERIOD:
            return [price_days, *depths[1:]]
    return [1 << (depth - 1).bit_length() for depth in (max(2, depths[0]), *depths[1:])]


def _apart(depths: list[int], paths: int) -> list[list[Singles]]:
    """Rows that begin on a cache line each, but never a whole number of pages apart; NaN where a past is read.

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
            if depth > 1:
                row.fill(numpy.nan)
            rows.append(row)
            start += stride
        made.append(rows)
    return made
