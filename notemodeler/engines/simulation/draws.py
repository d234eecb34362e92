"""Random numbers of a simulation: drawn once from a seed, block by block, and kept for the next keystroke."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

Singles = numpy.ndarray[Any, numpy.dtype[numpy.floating[Any]]]
"""Figures of paths, in single precision save where double is said."""

FIRST_BLOCK, SECOND_BLOCK, BLOCK = 2048, 8192, 16384
"""Paths simulated at a time: few at first for a quick picture, then so many that the calls do not count."""
MOST_KEPT = 600 * 2**20
"""So many bytes of drawn numbers are kept at most."""
AT_ONCE = 8
"""Days drawn at a time."""
TRADING_DAYS = 252
"""Trading days of a year of volatility."""


class Block(NamedTuple):
    """Some of the paths: the number of the block, the place of its first path, how many it has."""

    number: int
    first: int
    paths: int


def blocks_of(paths: int) -> Iterator[Block]:
    """The blocks that make so many paths; a block is the same whatever the number of paths in all."""
    first, number = 0, 0
    while first < paths:
        size = min(block_size(number), paths - first)
        yield Block(number, first, size)
        first, number = first + size, number + 1


def block_size(number: int) -> int:
    """The paths of a whole block."""
    return (FIRST_BLOCK, SECOND_BLOCK)[number] if number < 2 else BLOCK


@dataclass(frozen=True, slots=True)
class Seeded:
    """The source of every random number of one simulation: same seed, same bits.

    `stream` sets apart simulations that must not share numbers, as the paths on which a policy is
    learnt and those on which it is valued. With `antithetic` the second half of a block mirrors the
    first (Hammersley and Morton 1956), so the mean of every day is zero exactly; with `matched` the
    numbers of a day are also scaled to a variance of one (moment matching, Barraquand 1995), which
    takes most of the noise out of the spread of prices at the price of standard errors that are
    slightly too large. Low-discrepancy points are not used: a note looks at hundreds of days at once,
    in so many dimensions they gain little over mirrored and matched numbers.
    """

    seed: int
    stream: int = 0
    antithetic: bool = True
    matched: bool = True

    def generator(self, purpose: int, block: int) -> numpy.random.Generator:
        """A generator of its own for each purpose and block (SFC64, the fastest of NumPy's)."""
        key = (self.stream, purpose, block)
        return numpy.random.Generator(
            numpy.random.SFC64(numpy.random.SeedSequence(self.seed, spawn_key=key))
        )

    def normals(self, block: int, days: int, purpose: int = 0) -> Singles:
        """Standard normal numbers, shape (days, paths of a whole block); not to be written to."""
        return _kept.normals(self, purpose, block, days)

    def pairs(self, paths: int) -> int:
        """How many independent observations so many paths of a block are."""
        return paths // 2 if self.antithetic else paths


def drawn(seeded: Seeded, purpose: int, block: int, days: int) -> Singles:
    """Numbers drawn afresh; more days do not change those of the days before."""
    size, generator = block_size(block), seeded.generator(purpose, block)
    made = numpy.empty((days, size), numpy.float32)
    scratch = numpy.empty((AT_ONCE, size // 2 if seeded.antithetic else size), numpy.float32)
    # A few days at a time stay in the cache; the numbers are those of one long draw.
    for start in range(0, days, AT_ONCE):
        target = made[start : start + AT_ONCE]
        rows = scratch[: len(target)]
        generator.standard_normal(out=rows, dtype=numpy.float32)
        if seeded.matched:
            rows /= numpy.sqrt(numpy.mean(rows * rows, axis=1, dtype=numpy.float64))[:, None]
        if not seeded.antithetic:
            numpy.copyto(target, rows)
            continue
        # Pairs lie side by side, so that the first paths of a block are whole pairs.
        target[:, 0::2] = rows
        numpy.negative(rows, out=target[:, 1::2])
    return made


Key = tuple[Seeded, int, int]


class _Kept:
    """The numbers used last, under a lock: simulations run in threads of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._arrays: OrderedDict[Key, Singles] = OrderedDict()
        self._bytes = 0

    def normals(self, seeded: Seeded, purpose: int, block: int, days: int) -> Singles:
        key = (seeded, purpose, block)
        with self._lock:
            known = self._arrays.get(key)
            if known is not None and len(known) >= days:
                self._arrays.move_to_end(key)
                return known[:days]
        made = drawn(seeded, purpose, block, days)
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Key, made: Singles) -> None:
        before = self._arrays.pop(key, None)
        self._bytes += made.nbytes - (0 if before is None else before.nbytes)
        self._arrays[key] = made
        while self._bytes > MOST_KEPT and len(self._arrays) > 1:
            _, dropped = self._arrays.popitem(last=False)
            self._bytes -= dropped.nbytes


_kept = _Kept()
