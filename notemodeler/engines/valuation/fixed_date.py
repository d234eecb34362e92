"""What a dollar converted on a fixed date is worth: the look-back alone, without the choice of the day."""

from typing import NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.windows import RollingWindow, WindowRule

SHIFTS, POINTS = 16, 1 << 13
"""So many randomly shifted sets of so many draws; the spread between the sets tells the error."""
SEED = 1


class FixedDate(NamedTuple):
    """The mean worth per dollar and its standard error."""

    worth: float
    standard_error: float


def fixed_date_worth(
    rule: WindowRule, deviation: float, growth: float = 0.0, draws: int = POINTS, seed: int = SEED
) -> FixedDate:
    """The mean of the share price over the conversion price on a day whose whole window is still unknown.

    `deviation` and `growth` are those of one day's log return, whose mean factor is exp(`growth`). The
    returns are log-normal; the mean is taken over a Kronecker sequence on the square roots of primes
    with random shifts, `draws` in each of sixteen sets, turned into normals by Box and Muller (1958).
    """
    generator = numpy.random.Generator(numpy.random.SFC64(seed))
    means = [
        _mean_worth(rule, numpy.exp(_normals(rule.reach, draws, generator) * deviation + drift))
        for drift in [growth - deviation * deviation / 2] * SHIFTS
    ]
    return FixedDate(float(numpy.mean(means)), float(numpy.std(means, ddof=1) / SHIFTS**0.5))


def _normals(count: int, draws: int, generator: numpy.random.Generator) -> Floats:
    """Shape (count, draws)."""
    pairs = (count + 1) // 2
    steps = numpy.sqrt(numpy.array(_primes(2 * pairs), dtype=float))[:, None]
    places = numpy.arange(1, draws + 1) * steps + generator.random((2 * pairs, 1))
    uniform = places - numpy.floor(places)
    radius = numpy.sqrt(-2.0 * numpy.log1p(-uniform[:pairs]))
    angle = 2.0 * numpy.pi * uniform[pairs:]
    return numpy.concatenate([radius * numpy.cos(angle), radius * numpy.sin(angle)])[:count]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _mean_worth(rule: WindowRule, factors: Floats) -> float:
    """`factors` are the returns of the days as factors, the latest first; shape (reach, points)."""
    last, earlier = (1.0, factors) if rule.includes_today else (factors[0], factors[1:])
    prices = numpy.concatenate([numpy.ones((1, factors.shape[1])), 1.0 / earlier])
    prices = numpy.cumprod(prices, axis=0)
    lesser = [each.multiplier * _reference(each, prices) for each in rule.windows]
    return float(numpy.mean(last / numpy.minimum.reduce(lesser)))


def _reference(window: RollingWindow, prices: Floats) -> Floats:
    """The reference price over the newest one; `prices` run from the newest to older ones."""
    inside = prices[: window.reach]
    if window.is_last or not window.count:
        return numpy.asarray(inside.mean(axis=0))
    lowest = numpy.sort(inside, axis=0)[: window.count]
    return numpy.asarray(lowest.mean(axis=0))
