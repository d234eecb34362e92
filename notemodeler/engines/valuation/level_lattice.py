"""The level lattice: two returns a day keep the price itself on a lattice, for terms that look at its level.

A fixed price, a floor, or a second window that ended before the note was signed ask for the price in
dollars. With two returns a day the price after i days is one of i + 1, so the state is the last few
returns and the number of rises: 2**(L-1) x (n+1) at most.
"""

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.life import Cancel, Cancelled, Problem
from notemodeler.engines.valuation.nodes import day_nodes
from notemodeler.engines.valuation.windows import WindowRule, worth_per_dollar

POINTS = 2


def level_lattice(problem: Problem, cancel: Cancel | None = None) -> float:
    """The value now of not converting now, per dollar; the past prices must be known.

    Raises ValueError if they are not, `Cancelled` when told to stop.
    """
    if problem.known is None:
        raise ValueError("a lattice of prices begins with the prices so far")
    backward = _Backward(problem)
    life = problem.life
    waiting = numpy.full(backward.shape_at(life.steps), life.end)
    for step in reversed(range(life.steps)):
        if cancel is not None and cancel():
            raise Cancelled
        backward.unconverted = life.arrived(step, backward.unconverted)
        waiting = backward.before(step, life.rest[step] * waiting + life.cash[step])
        backward.unconverted = life.waited(step, backward.unconverted)
    return float(waiting.reshape(-1)[0])


def lattice_states(digits: int, steps: int) -> int:
    """How many states the last day has."""
    return int(POINTS**digits) * (steps + 1)


class _Backward:
    """One step back at a time: shapes are (2**digits, rises so far + 1)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.nodes = day_nodes(POINTS, problem.life.deviation, problem.life.growth)
        self.unconverted = problem.life.end
        """What a dollar is worth that is never converted."""
        self._rule: WindowRule | None = None
        self._digits, self._worth = -1, (numpy.empty(0), numpy.empty(0))

    def digits_at(self, step: int) -> int:
        return min(step, self.problem.digits)

    def shape_at(self, step: int) -> tuple[int, int]:
        return POINTS ** self.digits_at(step), step + 1

    def before(self, step: int, arrived: Floats) -> Floats:
        """The value of waiting before the step from that at its end."""
        life = self.problem.life
        total = numpy.zeros(self.shape_at(step))
        later = self.digits_at(step + 1)
        for rise in range(POINTS):
            newest = arrived.reshape(-1, POINTS if later else 1, arrived.shape[1])
            onward = newest[:, rise if later else 0, rise : rise + step + 1]
            if step >= life.first:
                onward = self._better(step, rise, onward)
            folds = total.reshape(-1, *onward.shape) if len(onward) < len(total) else total
            folds += self.nodes.weights[rise] * onward
        total *= life.keep[step]
        total += life.gain[step]
        return total

    def _better(self, step: int, rise: int, onward: Floats) -> Floats:
        """The better of converting at the end of the step and waiting, after a rise or a fall."""
        digits = self.digits_at(step)
        worth = self._worth_at_end(step, digits)[rise][:, None]
        better = worth if not self.problem.bounds else self._bounded(worth, step, rise)
        better = better if not self.problem.limit else self._limited(better, step, rise)
        if len(onward) < len(better):
            shaped = better.reshape(-1, len(onward), better.shape[1])
            return numpy.maximum(shaped, onward[None]).reshape(len(better), -1)
        return numpy.maximum(better, onward)

    def _bounded(self, worth: Floats, step: int, rise: int) -> Floats:
        """The worth of a dollar once the price is kept between its bounds; one over price, so they swap."""
        bounds = self.problem.bounds
        assert bounds is not None
        prices = self._prices(step, rise)
        bounded = numpy.broadcast_to(worth, (len(worth), step + 1))
        if numpy.isfinite(bounds.caps[step]):
            bounded = numpy.maximum(bounded, prices / bounds.caps[step])
        if bounds.floors[step] > 0:
            bounded = numpy.minimum(bounded, prices / bounds.floors[step])
        return bounded

    def _prices(self, step: int, rise: int) -> Floats:
        """The prices at the end of the step in dollars, by the rises before it."""
        fall, up = self.nodes.growth
        rises = numpy.arange(step + 1) + rise
        prices: Floats = self.problem.price * fall ** (step + 1 - rises) * up**rises
        return prices

    def _limited(self, worth: Floats, step: int, rise: int) -> Floats:
        """The worth of a dollar of which the limit lets a part be converted, once; the rest waits for cash."""
        limit = self.problem.limit
        assert limit is not None
        most = self._prices(step, rise) * (limit.shares / float(limit.amounts[step]))
        within = numpy.minimum(worth, most)
        limited: Floats = within + (1.0 - within / worth) * self.unconverted
        return limited

    def _worth_at_end(self, step: int, digits: int) -> tuple[Floats, Floats]:
        """What converting gives per dollar without bounds, after a fall and after a rise; shapes (2**digits,)."""
        rule = self.problem.rules[step]
        if rule is not self._rule or digits != self._digits:
            growth = self.nodes.growth
            if rule.includes_today:
                flat = worth_per_dollar(rule, growth, digits + 1, self.problem.known)
                fall, up = flat.reshape(-1, POINTS).T
            else:
                flat = worth_per_dollar(rule, growth, digits, self.problem.known)
                fall, up = flat * growth[0], flat * growth[1]
            self._worth = numpy.ascontiguousarray(fall), numpy.ascontiguousarray(up)
            self._rule, self._digits = rule, digits
        return self._worth
