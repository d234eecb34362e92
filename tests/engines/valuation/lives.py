"""Lives and rules that the tests of the trees share, and the values by going through every path."""

import numpy

from notemodeler.engines.valuation.life import Life, Problem
from notemodeler.engines.valuation.nodes import day_nodes
from notemodeler.engines.valuation.windows import RollingWindow, WindowRule

SEED_RULE = WindowRule((RollingWindow(10, 3, 0.65),))


def plain_life(steps, deviation, growth=0.0, first=0, end=0.0):
    """Discounted at the growth of the price, nothing owed but `end` per dollar at the end."""
    ones, zeros = numpy.ones(steps), numpy.zeros(steps)
    return Life(ones * numpy.exp(-growth), zeros, ones, zeros, end, first, deviation, growth)


def problem(life, rule, known=None, price=1.0, bounds=None):
    return Problem(life, (rule,) * life.steps, known, price, bounds)


def seed_problem(volatility, *, closed=124, open_=125, year_days=250, rate=0.02):
    """The seed's rule over its one-year life: 124 trading days closed, then 125 on which it may convert.

    Years of 250 trading days, no cash at maturity, so that the value is that of converting alone, and
    every price of the first look-back unknown.
    """
    life = plain_life(closed + open_, volatility / year_days**0.5, rate / year_days, closed)
    return problem(life, SEED_RULE)


def by_every_path(asked, points):
    """The value of waiting, by going through every path of returns one by one."""
    life = asked.life
    nodes = day_nodes(points, life.deviation, life.growth)
    past = [asked.price * each for each in asked.known]

    def waiting(step, prices):
        if step == life.steps:
            return life.end
        total = 0.0
        for factor, weight in zip(nodes.growth, nodes.weights, strict=True):
            later = [prices[0] * factor, *prices]
            value = life.rest[step] * waiting(step + 1, later) + life.cash[step]
            if step >= life.first:
                value = max(value, worth(asked, step, later))
            total += weight * value
        return life.keep[step] * total + life.gain[step]

    return waiting(0, past)


def worth(asked, step, prices):
    """The newest price over the conversion price of a notice at the end of the step."""
    rule = asked.rules[step]
    seen = prices if rule.includes_today else prices[1:]
    variable = min(
        (window.multiplier * reference(window, seen) for window in rule.windows), default=numpy.inf
    )
    if asked.bounds is not None:
        variable = max(asked.bounds.floors[step], min(asked.bounds.caps[step], variable))
    return prices[0] / variable


def reference(window, seen):
    if window.is_last:
        return seen[0]
    inside = [price for price in seen[: window.length] if not numpy.isnan(price)]
    lowest = sorted(inside)[: window.count] if window.count else inside
    return sum(lowest) / len(lowest)
