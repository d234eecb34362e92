"""Sums over every sliding window of an array of prices: of the lowest few, or of all."""

import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy
from numpy.lib.stride_tricks import sliding_window_view

from notemodeler.engines.pricing.network import PRICE, Design, Value, in_order

Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]
Row = numpy.ndarray[Any, numpy.dtype[numpy.floating[Any]]]
Step = tuple[numpy.ufunc, Row, Row, Row]
Finish = Callable[[Floats], Floats]

MOST_BY_NETWORK = 8
"""Up to so many lowest prices a network over shifted arrays beats a partition of each window."""
BLOCK = 12288
"""Prices worked on at a time: the half dozen rows of a network then stay in the second cache."""
STEP = 512
"""Shorter arrays are rounded up to a multiple of this, so that a row more needs no new program."""
CACHE_LINE = 64
SINGLE = 2.0**24
"""Whole numbers below this are exact in single precision."""
PARTITIONED = 65536
"""How many prices a partition copies at a time: half a megabyte."""


def lowest_sums(
    prices: Floats, length: int, count: int, per_dollar: float | None, finish: Finish | None = None
) -> Floats:
    """The sum of the `count` lowest of the `length` prices that end at each place.

    With `per_dollar` prices in dollars are first turned into that many whole ticks to the dollar;
    sums are then exact below 2^53. The result has the shape of `prices`: NaN before the first full
    window and wherever a NaN is in the window. `finish` turns a stretch of sums into what is wanted
    while it is still in the cache.
    """
    if count > length:
        return numpy.full(len(prices), numpy.nan)
    if MOST_BY_NETWORK < count < length:
        sums = _partitioned(_ticks(prices, per_dollar), length, count)
        return finish(sums) if finish else sums
    return _run(prices, length, count, per_dollar, finish)


def window_sums(
    prices: Floats, length: int, per_dollar: float | None, finish: Finish | None = None
) -> Floats:
    """The sum of all `length` prices that end at each place; otherwise as `lowest_sums`."""
    return _run(prices, length, length, per_dollar, finish)


def _run(
    prices: Floats, length: int, count: int, per_dollar: float | None, finish: Finish | None
) -> Floats:
    made = numpy.empty(len(prices))
    made[: length - 1] = numpy.nan
    single = _fits_single(prices, count, per_dollar)
    size = min(BLOCK * (2 if single else 1), (1 + len(prices) // STEP) * STEP)
    program = _kept.program(length, count, size, single)
    for start in _starts(len(prices), size, length):
        sums = program.sums(prices[start : start + size], per_dollar)
        made[start + length - 1 : start + size] = finish(sums) if finish else sums
    return made


def _fits_single(prices: Floats, count: int, per_dollar: float | None) -> bool:
    """Whether every sum is a whole number that single precision holds exactly, at half the work."""
    if per_dollar is None or not len(prices):
        return False
    highest = float(numpy.fmax.reduce(prices))
    return highest * per_dollar * count < SINGLE


def _starts(many: int, size: int, length: int) -> Iterator[int]:
    """Where blocks begin: each overlaps the one before by all but one day of a window."""
    return iter(range(0, max(0, many - length + 1), size - length + 1))


class _Program:
    """The operations of one network on rows of fixed size that are kept from run to run."""

    def __init__(self, wanted: Value, size: int, single: bool) -> None:
        order = in_order(wanted)
        row_of, many = _rows_of(order)
        rows = _aligned(many, size, numpy.float32 if single else numpy.float64)
        self._prices = rows[0]
        self._ticks = _aligned(1, size, numpy.float64)[0] if single else rows[0]
        self._reach = wanted.reach
        self._made = rows[row_of[wanted]]
        self._steps: list[Step] = []
        for value in order:
            width = size - value.reach
            first, second = (rows[row_of[of]][shift : shift + width] for of, shift in value.sources)
            operation = getattr(numpy, value.operation)
            self._steps.append((operation, first, second, rows[row_of[value]][:width]))

    def sums(self, prices: Floats, per_dollar: float | None) -> Floats:
        """The figure wanted of every full window in at most `size` prices; valid until the next run."""
        ticks = self._ticks[: len(prices)]
        if per_dollar is None:
            ticks[:] = prices
        else:
            numpy.rint(numpy.multiply(prices, per_dollar, out=ticks), out=ticks)
        if self._prices is not self._ticks:
            self._prices[: len(prices)] = ticks
        for operation, first, second, made in self._steps:
            operation(first, second, out=made)
        sums = self._made[: max(0, len(prices) - self._reach)]
        found: Floats = sums.astype(numpy.float64, copy=False)
        return found


def _rows_of(order: list[Value]) -> tuple[dict[Value, int], int]:
    """In which row each figure is kept, and how many rows that takes; row 0 holds the prices.

    A row is taken again once its figure has been read for the last time.
    """
    last_use = {source: step for step, each in enumerate(order) for source, _ in each.sources}
    row_of, many = {PRICE: 0}, 1
    free: list[int] = []
    for place, value in enumerate(order):
        if not free:
            free.append(many)
            many += 1
        row_of[value] = free.pop()
        spent = {source for source, _ in value.sources if last_use[source] == place}
        free += [row_of[source] for source in spent - {PRICE}]
    return row_of, many


def _aligned(rows: int, size: int, kind: type[numpy.floating[Any]]) -> Row:
    """Rows end to end that begin on a cache line: a fifth faster than rows wherever they fall."""
    room = numpy.zeros(rows * size * numpy.dtype(kind).itemsize + CACHE_LINE, numpy.uint8)
    start = -room.ctypes.data % CACHE_LINE
    return room[start : len(room) - CACHE_LINE + start].view(kind).reshape(rows, size)


def _program(length: int, count: int, size: int, single: bool) -> _Program:
    design = Design()
    wanted = design.sum_of_all(length) if count == length else design.lowest_sum(length, count)
    return _Program(wanted, size, single)


class _Kept(threading.local):
    """The programs of each thread, for their rows must not be shared."""

    def __init__(self) -> None:
        self.program = lru_cache(maxsize=16)(_program)


_kept = _Kept()


def _ticks(prices: Floats, per_dollar: float | None) -> Floats:
    return prices if per_dollar is None else numpy.rint(prices * per_dollar)


def _partitioned(prices: Floats, length: int, count: int) -> Floats:
    made = numpy.full(len(prices), numpy.nan)
    if len(prices) < length:
        return made
    windows = sliding_window_view(prices, length)
    rows = max(1, PARTITIONED // length)
    for start in range(0, len(windows), rows):
        block = windows[start : start + rows].copy()
        unknown = numpy.isnan(block.sum(axis=1))
        block.partition(count - 1, axis=1)
        sums = block[:, :count].sum(axis=1)
        sums[unknown] = numpy.nan
        made[start + length - 1 : start + length - 1 + len(sums)] = sums
    return made
