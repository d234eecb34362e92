"""The window tree: the exact value of a look-back conversion right on Gauss-Hermite returns, day by day backward.

The worth of a dollar converted depends on returns alone, so what waiting is worth depends on the last
few returns: K**(L-1) states for a look-back of L days that ends before the notice, none of them a price
level. The worth at the end of a day is that of its beginning times the day's return, so no table over
all L returns is needed: a day costs one transposing copy, one maximum and one sum.
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
        self._base = self._worth = NOTHING
        self._rooms: dict[str, Floats] = {}
        self._views: dict[tuple[str, int, int], Floats] = {}
        self._weights = nodes.weights[:, None]

    def _room(self, purpose: str, rows: int, width: int) -> Floats:
        """Room for figures that is kept: new memory on every day costs more than the work in it."""
        view = self._views.get((purpose, rows, width))
        if view is None:
            room = self._rooms.get(purpose, NOTHING)
            if len(room) < rows * width:
                room = self._rooms[purpose] = numpy.empty(rows * width)
            view = self._views[purpose, rows, width] = room[: rows * width].reshape(rows, width)
        return view

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
        if step < life.first:
            waited = self._sum(self._by_newest(arrived, life.keep[step]))
        else:
            waited = self._better(step, arrived)
            waited *= life.keep[step]
        if life.gain[step]:
            waited += life.gain[step]
        return waited

    def _by_newest(self, values: Floats, keep: float = 1.0) -> Floats:
        """The values by the newest return first, times how likely it is; shape (K, states of the older ones)."""
        points = self.nodes.points
        onward = self._room("onward", points, max(1, len(values) // points))
        newest = values.reshape(-1, points).T if len(values) > 1 else values[:, None]
        numpy.multiply(newest, self._weights * keep, out=onward)
        return onward

    def _sum(self, rows: Floats) -> Floats:
        """The sum of the rows; valid until the step before.

        Not a matrix product: its library would take the core on which the window runs.
        """
        made: Floats = self._room("waiting", 1, rows.shape[1])[0]
        numpy.add(rows[0], rows[1], out=made)
        for row in rows[2:]:
            numpy.add(made, row, out=made)
        return made

    def _better(self, step: int, arrived: Floats) -> Floats:
        """The sum over the day's return of the better of converting and waiting, weighted."""
        digits, points = self.digits_at(step), self.nodes.points
        onward = self._by_newest(arrived)
        if points ** (digits + 1) > MOST_AT_ONCE:
            return self._in_pieces(step, digits, onward)
        worth = self.worth_at_end(step, digits, onward.shape[1])
        better = self._room("better", points, worth[0].size)
        numpy.maximum(worth, onward[:, None, :], out=better.reshape(worth.shape))
        return self._sum(better)

    def worth_at_end(self, step: int, digits: int, width: int) -> Floats:
        """What converting at the end of the step gives per dollar, times how likely the step's return is.

        The shape is (K, folds, `width`). The first axis is the return of the step; the others are the
        states before it, their oldest return, if the value of waiting forgets it, on the second axis.
        """
        self._load(step, digits)
        if not len(self._worth):
            self._worth = self._factors()[:, None] * self._base
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

    def _factors(self) -> Floats:
        """By what the rows of the rule's worth are multiplied: how likely a return is, and it if need be."""
        growth = self.nodes.growth if len(self._base) == 1 else 1.0
        factors: Floats = self.nodes.weights * growth
        return factors

    def _in_pieces(self, step: int, digits: int, onward: Floats) -> Floats:
        """The same, so many states at a time, where all at once would not stay in the cache."""
        self._load(step, digits)
        width, factors = onward.shape[1], self._factors()
        worth = self._base.reshape(len(self._base), -1, width)
        made = self._room("waiting", worth.shape[1], width)
        scratch = self._room("better", 1, min(PIECE, width))[0]
        for fold in range(worth.shape[1]):
            for start in range(0, width, PIECE):
                at = slice(start, start + PIECE)
                _sum_better(factors, worth[:, fold, at], onward[:, at], made[fold, at], scratch)
        return made.reshape(-1)

    def threshold(self, step: int, arrived: Floats) -> Threshold:
        """Where the holder converts at the end of the step and where it waits."""
        onward = self._by_newest(arrived)
        worth = self.worth_at_end(step, self.digits_at(step), onward.shape[1])
        converts = worth >= onward[:, None, :]
        worth = worth / self.nodes.weights[:, None, None]
        return Threshold(
            step,
            float(worth[converts].min()) if converts.any() else None,
            float(worth[~converts].max()) if not converts.all() else None,
        )


def _sum_better(
    factors: Floats, worth: Floats, onward: Floats, total: Floats, scratch: Floats
) -> None:
    """Sums in `total` the better of `worth` times each factor and the row of `onward`, which is weighted already.

    One row of `worth` is that before the day's return, which is then in the factors.
    """
    for place, factor in enumerate(factors):
        better = scratch[: len(total)] if place else total
        numpy.multiply(worth[place if len(worth) > 1 else 0], factor, out=better)
        numpy.maximum(better, onward[place], out=better)
        if place:
            numpy.add(total, better, out=total)
