"""The window tree: the exact value of a look-back conversion right on Gauss-Hermite returns, day by day backward.

The worth of a dollar converted depends on returns alone, so what waiting is worth depends on the last
few returns: K**(L-1) states for a look-back of L days that ends before the notice, none of them a price
level. The worth at the end of a day is that of its beginning times the day's return, so no table over
all L returns is needed: a day costs one transposing copy, one maximum and one dot product.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.life import Cancel, Cancelled, Problem
from notemodeler.engines.valuation.nodes import Nodes, day_nodes
from notemodeler.engines.valuation.windows import WindowRule, worth_per_dollar

MOST_AT_ONCE = 1 << 17
"""Above so many figures a day they are gone through in pieces, so that they stay in the cache."""
PIECE = 1 << 14
NOTHING: Floats = numpy.empty(0)


@dataclass(frozen=True, slots=True)
class Threshold:
    """On one step: the least worth at which some state converts, and the most at which some state waits.

    Both are what the shares are worth per dollar converted; None where no state does.
    """

    step: int
    converts_from: float | None
    waits_until: float | None


@dataclass(frozen=True)
class TreeValue:
    """`waiting` is the value now of not converting now, per dollar; one for each state if the past is unknown."""

    waiting: Floats
    nodes: Nodes
    states: int
    thresholds: tuple[Threshold, ...] = ()

    @property
    def value(self) -> float:
        """The value of waiting; over an unknown past its mean."""
        likely = numpy.ones(1)
        while len(likely) < len(self.waiting):
            likely = numpy.multiply.outer(self.nodes.weights, likely).reshape(-1)
        return float(likely @ self.waiting)


def window_tree(
    problem: Problem, points: int, cancel: Cancel | None = None, watch: Collection[int] = ()
) -> TreeValue:
    """The value by backward induction with `points` returns a day.

    `watch` names steps whose threshold is wanted. Raises `Cancelled` when told to stop.
    """
    life = problem.life
    nodes = day_nodes(points, life.deviation, life.growth)
    backward = _Backward(problem, nodes)
    waiting = numpy.full(points ** backward.digits_at(life.steps), life.end)
    thresholds = []
    for step in reversed(range(life.steps)):
        if cancel is not None and cancel():
            raise Cancelled
        arrived = waiting
        if life.rest[step] != 1.0 or life.cash[step]:
            arrived = life.rest[step] * waiting + life.cash[step]
        if step in watch and step >= life.first:
            thresholds.append(backward.threshold(step, arrived))
        waiting = backward.before(step, arrived)
    states = points**problem.digits
    return TreeValue(waiting, nodes, states, tuple(reversed(thresholds)))


class _Backward:
    """One step back at a time, with the arrays that all steps of one rule share."""

    def __init__(self, problem: Problem, nodes: Nodes) -> None:
        self.problem, self.nodes = problem, nodes
        self._rule: WindowRule | None = None
        self._digits = -1
        self._base = self._worth = self._better = NOTHING

    def digits_at(self, step: int) -> int:
        """On how many unknown returns the value of waiting depends before the step begins."""
        most = self.problem.digits
        return most if self.problem.known is None else min(step, most)

    def before(self, step: int, arrived: Floats) -> Floats:
        """The value of waiting before the step from that at its end; shapes (K**digits,).

        While the right is closed each day forgets the oldest return of the day after it, so that there
        are fewer and fewer digits.
        """
        life = self.problem.life
        onward = _by_newest(arrived, self.nodes.points)
        weights = self.nodes.weights * life.keep[step]
        if step < life.first:
            waited: Floats = weights @ onward
        else:
            waited = self._of_the_better(step, weights, onward)
        if life.gain[step]:
            waited += life.gain[step]
        return waited

    def _of_the_better(self, step: int, weights: Floats, onward: Floats) -> Floats:
        """The sum over the day's return of the better of converting and waiting, weighted."""
        digits, points = self.digits_at(step), self.nodes.points
        if points ** (digits + 1) > MOST_AT_ONCE:
            return self._in_pieces(step, digits, weights, onward)
        worth = self.worth_at_end(step, digits, onward.shape[1])
        if self._better.shape != worth.shape:
            self._better = numpy.empty_like(worth)
        numpy.maximum(worth, onward[:, None, :], out=self._better)
        waited: Floats = weights @ self._better.reshape(points, -1)
        return waited

    def worth_at_end(self, step: int, digits: int, width: int) -> Floats:
        """What converting at the end of the step gives per dollar; shape (K, folds, `width`).

        The first axis is the return of the step; the others are the states before it, their oldest
        return, if the value of waiting forgets it, on the second axis.
        """
        self._load(step, digits)
        if not len(self._worth):
            flat = self._base[0]
            self._worth = self.nodes.growth[:, None] * flat if len(self._base) == 1 else self._base
        return self._worth.reshape(self.nodes.points, -1, min(width, self._base.shape[1]))

    def _load(self, step: int, digits: int) -> None:
        """Sees to it that the worth of the step's rule is at hand, in one row if the day's return is a factor."""
        rule = self.problem.rules[step]
        if rule is self._rule and digits == self._digits:
            return
        if rule.includes_today:
            flat = self._worth_of(rule, digits + 1)
            self._base = numpy.ascontiguousarray(flat.reshape(-1, self.nodes.points).T)
        else:
            self._base = self._worth_of(rule, digits)[None]
        self._rule, self._digits, self._worth = rule, digits, NOTHING

    def _worth_of(self, rule: WindowRule, unknown: int) -> Floats:
        return worth_per_dollar(rule, self.nodes.growth, unknown, self.problem.known)

    def _in_pieces(self, step: int, digits: int, weights: Floats, onward: Floats) -> Floats:
        """The same, so many states at a time, where all at once would not stay in the cache."""
        self._load(step, digits)
        width = onward.shape[1]
        worth = self._base.reshape(len(self._base), -1, width)
        onward, factors = onward * weights[:, None], weights
        if len(worth) == 1:
            factors = weights * self.nodes.growth
        made = numpy.zeros((worth.shape[1], width))
        scratch = numpy.empty(min(PIECE, width))
        for fold in range(worth.shape[1]):
            for start in range(0, width, PIECE):
                at = slice(start, start + PIECE)
                _add_better(factors, worth[:, fold, at], onward[:, at], made[fold, at], scratch)
        return made.reshape(-1)

    def threshold(self, step: int, arrived: Floats) -> Threshold:
        """Where the holder converts at the end of the step and where it waits."""
        onward = _by_newest(arrived, self.nodes.points)
        worth = self.worth_at_end(step, self.digits_at(step), onward.shape[1])
        converts = worth >= onward[:, None, :]
        return Threshold(
            step,
            float(worth[converts].min()) if converts.any() else None,
            float(worth[~converts].max()) if not converts.all() else None,
        )


def _by_newest(values: Floats, points: int) -> Floats:
    """The values by the newest return first; shape (K, states of the older ones)."""
    if len(values) == 1:
        return numpy.full((points, 1), values[0])
    return numpy.ascontiguousarray(values.reshape(-1, points).T)


def _add_better(
    factors: Floats, worth: Floats, onward: Floats, total: Floats, scratch: Floats
) -> None:
    """Adds to `total` the better of `worth` times each factor and the row of `onward`, which is weighted already.

    One row of `worth` is that before the day's return, which is then in the factors.
    """
    better = scratch[: len(total)]
    for place, factor in enumerate(factors):
        numpy.multiply(worth[place if len(worth) > 1 else 0], factor, out=better)
        numpy.maximum(better, onward[place], out=better)
        total += better
