"""Least-squares Monte Carlo (Longstaff and Schwartz 2001), with a part of the whole exercised at a time.

The balance left is put on a grid of levels; worth between levels is taken to be straight. With one
level it is the method of the paper: all or nothing. With more, the holder may exercise on a day at
most a limited part, and what remains goes on (as for swing options, Meinshausen and Hambly 2004).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.policies import Flags

RIDGE = 1e-10
"""Beside correlations of one, so that regressors that coincide on a day do no harm."""
FEW = 512
"""Paths multiplied at a time: they stay in the cache, and no library starts threads for so few.

Threads of a matrix product that wait for each other on a busy machine cost a hundred times what they save.
"""


class ExerciseDay(NamedTuple):
    """One day of all paths: each of shape (paths,) but for the regressors.

    `payoff` is the present value of exercising the whole; `most` the largest part that may be
    exercised, None for all. `regressors` has the shape (regressors, paths). `counts` says which paths
    may exercise at all and take part in the regression, None for all. `carry` is the present value of
    what the whole brings on the day while it waits.
    """

    payoff: Singles
    regressors: Singles
    most: Singles | None = None
    counts: Flags | None = None
    carry: float = 0.0


@dataclass(frozen=True, eq=False)
class Learnt:
    """The worth of waiting by day: `coefficients[t]` has the shape (regressors, levels), None without exercise."""

    coefficients: tuple[Floats | None, ...]
    levels: int

    def waiting(self, day: int, regressors: Singles) -> Singles:
        """The present value of going on from each level, shape (levels, paths)."""
        found = self.coefficients[day]
        assert found is not None
        return fitted_values(found, regressors)


def learn(
    days: Callable[[int], ExerciseDay | None], count: int, final: Floats, levels: int = 1
) -> Learnt:
    """The policy that the paths teach; `final` is the present value of what is left at the end, (paths,).

    `days` gives each of the `count` days when it is asked for, last one first, None for a day
    without exercise. On the last day waiting is worth `final`, without a regression.
    """
    grid = numpy.arange(1, levels + 1) / levels
    worth: Floats = grid[:, None] * final
    coefficients: list[Floats | None] = [None] * count
    for day in reversed(range(count)):
        at = days(day)
        if at is None:
            continue
        if day == count - 1:
            waiting: Floats | Singles = worth
        else:
            fitted = _fitted(at, worth)
            if fitted is None:
                worth += at.carry * grid[:, None]
                continue
            coefficients[day] = fitted
            waiting = fitted_values(fitted, at.regressors)
        worth = _exercised(at, waiting, worth, grid) + at.carry * grid[:, None]
    return Learnt(tuple(coefficients), levels)


def _fitted(at: ExerciseDay, worth: Floats) -> Floats | None:
    """The regression of what came on what was seen, by normal equations in double precision."""
    regressors, targets = at.regressors, worth
    if at.counts is not None:
        regressors, targets = regressors[:, at.counts], worth[:, at.counts]
    many = len(regressors)
    if regressors.shape[1] < 4 * many:
        return None
    square, products = _sums_of_products(regressors, targets)
    scale = numpy.sqrt(numpy.diagonal(square))
    scale = numpy.where(scale > 0, scale, 1.0)
    square /= scale[:, None] * scale
    square[numpy.diag_indices(many)] += RIDGE
    made: Floats = numpy.linalg.solve(square, products / scale[:, None]) / scale[:, None]
    return made


def _sums_of_products(regressors: Singles, targets: Floats) -> tuple[Floats, Floats]:
    """Sums over the paths of the products of all regressors, and of regressors and targets."""
    many = len(regressors)
    square, products = numpy.zeros((many, many)), numpy.zeros((many, len(targets)))
    for start in range(0, regressors.shape[1], FEW):
        rows = regressors[:, start : start + FEW].astype(numpy.float64)
        square += rows @ rows.T
        products += rows @ targets[:, start : start + FEW].T
    return square, products


def fitted_values(coefficients: Floats, regressors: Singles) -> Singles:
    """What the regressions say, shape (levels, paths)."""
    weights = coefficients.T.astype(numpy.float32)
    made = numpy.empty((len(weights), regressors.shape[1]), numpy.float32)
    for start in range(0, regressors.shape[1], FEW):
        made[:, start : start + FEW] = weights @ regressors[:, start : start + FEW]
    return made


def _exercised(at: ExerciseDay, waiting: Floats | Singles, worth: Floats, grid: Floats) -> Floats:
    """The worth of each level after the day's decision, along each path."""
    made = worth.copy()
    for place, left in enumerate(grid):
        take = numpy.full(len(at.payoff), left)
        if at.most is not None:
            take = numpy.minimum(take, at.most)
        rest = _places(left - take, len(grid))
        gained = take * at.payoff
        goes = (gained + _read(waiting, rest) > waiting[place]) & (take > 0)
        if at.counts is not None:
            goes &= at.counts
        gained += _read(worth, rest)
        numpy.copyto(made[place], gained, where=goes)
    return made


def decision(
    payoff: Singles | Floats,
    take: Singles | Floats,
    left: Singles | Floats,
    waiting: Floats | Singles,
) -> Flags:
    """Whether exercising the part `take` of what is left is worth more than waiting."""
    if len(waiting) == 1:
        better: Flags = payoff > waiting[0]
        return better & (take > 0)
    rest = between(waiting, left - take)
    found: Flags = take * payoff + rest > between(waiting, left)
    return found & (take > 0)


def between(table: Floats | Singles, left: Singles | Floats) -> Floats | Singles:
    """The worth of a part left, straight between the levels of the table; shape (paths,)."""
    return _read(table, _places(left, len(table)))


class _Places(NamedTuple):
    """Where to look in a table with a first row of zeros: the row below, and how far from it to the next."""

    low: Any
    part: Any


def _places(left: Any, levels: int) -> _Places:
    at = numpy.clip(left, 0, 1) * levels
    low = numpy.minimum(at.astype(numpy.int32), levels - 1)
    return _Places(low, at - low)


def _read(table: Floats | Singles, places: _Places) -> Floats | Singles:
    levels, paths = table.shape
    if levels == 1:
        made: Floats | Singles = places.part * table[0]
        return made
    flat = places.low * paths + numpy.arange(paths, dtype=numpy.int32)
    upper = table.reshape(-1).take(flat)
    lower = table.reshape(-1).take(flat - paths, mode="clip")
    lower *= places.low > 0
    upper -= lower
    upper *= places.part
    upper += lower
    found: Floats | Singles = upper
    return found
