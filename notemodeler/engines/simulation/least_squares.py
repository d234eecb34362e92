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
ALONE = 1 << 18
"""Products of so many multiplications at most are made at a time, for which no library starts threads.

Threads of a matrix product that wait for each other on a busy machine cost a hundred times what they save.
"""
MOVED, CURVED = 5, 3
"""So many of the regressors, the first ones, go with the next move of the price, and with its square."""
NEARLY = 0.05
"""Within this part of waiting, exercising is so near to it that a regression of those paths alone decides."""
LEAST_NEAR = 20
"""So many paths for each regressor must lie there."""


class ExerciseDay(NamedTuple):
    """One day of all paths: each of shape (paths,) but for the regressors.

    `payoff` is the present value of exercising the whole; `most` the largest part that may be
    exercised, None for all. `regressors` has the shape (regressors, paths). `counts` says which paths
    may exercise at all and take part in the regression, None for all. `carry` is the present value of
    what the whole brings before anyone can act on the day, `pays` of what is paid on what is not exercised
    on it. `move` is by what part the price goes up to the
    next day, less its mean, if nothing that is seen tells anything about it. `weights` is how much
    the regression makes of an error on each path, None for the same on all.
    """

    payoff: Singles
    regressors: Singles
    most: Singles | None = None
    counts: Flags | None = None
    carry: float = 0.0
    pays: float = 0.0
    move: Singles | None = None
    weights: Singles | None = None


@dataclass(frozen=True, eq=False)
class Learnt:
    """The worth of waiting by day: `coefficients[t]` has the shape (regressors, levels), None without exercise.

    `near[t]` are those of the paths on which exercising was nearly worth as much, if there were enough.
    """

    coefficients: tuple[Floats | None, ...]
    levels: int
    near: tuple[Floats | None, ...] = ()

    def waiting(self, day: int, regressors: Singles, payoff: Singles | None = None) -> Singles:
        """The present value of going on from each level, shape (levels, paths).

        With what exercising gives on each path it is told more closely where the two are nearly equal.
        """
        found = self.coefficients[day]
        assert found is not None
        made = fitted_values(found, regressors)
        closer = self.near[day] if self.near else None
        if payoff is not None and closer is not None:
            numpy.copyto(made, fitted_values(closer, regressors), where=_is_near(payoff, made))
        return made


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
    near: list[Floats | None] = [None] * count
    for day in reversed(range(count)):
        at = days(day)
        if at is None:
            continue
        worth += at.pays * grid[:, None]
        waiting: Floats | Singles = worth
        if day < count - 1:
            fitted = _fitted_day(at, worth)
            if fitted is None:
                worth += at.carry * grid[:, None]
                continue
            coefficients[day], near[day], waiting, worth = fitted
        worth = _exercised(at, waiting, worth, grid) + at.carry * grid[:, None]
    return Learnt(tuple(coefficients), levels, tuple(near))


class _Fitted(NamedTuple):
    """The regressions of a day, what they say, and what came of each path less the luck of the next move."""

    coefficients: Floats
    near: Floats | None
    waiting: Singles
    worth: Floats


def _fitted_day(at: ExerciseDay, worth: Floats) -> _Fitted | None:
    """The regression of what came on what was seen, and with a move its closer look and its control.

    The part of the outcome that goes with the next move is nothing one could know on the day; taken
    off, it no longer blurs this regression nor those of the days before (Potters, Bouchaud and Sestovic
    2001, hedged Monte Carlo). Decisions are spoilt by errors near the boundary alone, so those paths
    have a regression of their own (Longstaff and Schwartz use those in the money alone likewise).
    """
    if at.move is None:
        plain = _fitted(at, worth)
        if plain is None:
            return None
        return _Fitted(plain, None, fitted_values(plain, at.regressors), worth)
    many, moved = len(at.regressors), _moved(at.regressors, at.move)
    both = _fitted(at._replace(regressors=numpy.concatenate([at.regressors, moved])), worth)
    if both is None:
        return None
    waiting = fitted_values(both[:many], at.regressors)
    worth = worth - fitted_values(both[many:], moved)
    closer = None
    if len(worth) == 1:
        close = _is_near(at.payoff, waiting)[0]
        close = close if at.counts is None else close & at.counts
        if numpy.count_nonzero(close) >= LEAST_NEAR * many:
            closer = _fitted(at._replace(counts=close), worth)
            assert closer is not None
            numpy.copyto(waiting, fitted_values(closer, at.regressors), where=close)
    return _Fitted(both[:many], closer, waiting, worth)


def _moved(regressors: Singles, move: Singles) -> Singles:
    square = move * move
    square -= square.mean()
    moved: Singles = numpy.concatenate([regressors[:MOVED] * move, regressors[:CURVED] * square])
    return moved


def _is_near(payoff: Singles, waiting: Singles) -> Flags:
    """Shape (levels, paths), of which only that of a single level means anything."""
    near: Flags = numpy.abs(payoff - waiting) < NEARLY * waiting
    return near


def _fitted(at: ExerciseDay, worth: Floats) -> Floats | None:
    """The regression of what came on what was seen, by normal equations in double precision."""
    regressors, targets = at.regressors, worth
    if at.weights is not None:
        regressors, targets = regressors * at.weights, targets * at.weights
    if at.counts is not None:
        regressors, targets = regressors[:, at.counts], targets[:, at.counts]
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
    few = max(1, ALONE // (many * max(many, len(targets))))
    for start in range(0, regressors.shape[1], few):
        rows = regressors[:, start : start + few].astype(numpy.float64)
        square += rows @ rows.T
        products += rows @ targets[:, start : start + few].T
    return square, products


def fitted_values(coefficients: Floats, regressors: Singles) -> Singles:
    """What the regressions say, shape (levels, paths)."""
    weights = coefficients.T.astype(numpy.float32)
    made = numpy.empty((len(weights), regressors.shape[1]), numpy.float32)
    few = max(1, ALONE // weights.size)
    for start in range(0, regressors.shape[1], few):
        made[:, start : start + few] = weights @ regressors[:, start : start + few]
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
