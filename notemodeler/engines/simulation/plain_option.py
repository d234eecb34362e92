"""An American put by the same least-squares engine: the case that Longstaff and Schwartz published figures of."""

from dataclasses import dataclass, replace
from math import exp, sqrt

import numpy

from notemodeler.engines.simulation.draws import Block, Seeded, Singles, blocks_of
from notemodeler.engines.simulation.least_squares import ExerciseDay, Learnt, learn
from notemodeler.engines.simulation.optimal import LEARNING, VALUING
from notemodeler.engines.simulation.statistics import Estimate, mean_of


@dataclass(frozen=True)
class Put:
    """A put that may be exercised on `dates` evenly spaced dates up to `years`; rates are continuous, a year."""

    price: float
    strike: float
    rate: float
    volatility: float
    years: float
    dates: int

    @property
    def step(self) -> float:
        return self.years / self.dates


def put_value(put: Put, seeded: Seeded, paths: int) -> Estimate:
    """The value by a policy learnt on so many paths and followed on as many others: a lower bound."""
    policy = _learnt(put, replace(seeded, stream=LEARNING), paths)
    gained = [
        _followed(put, policy, replace(seeded, stream=VALUING), block) for block in blocks_of(paths)
    ]
    return mean_of(numpy.concatenate(gained), mirrored=seeded.antithetic)


def _learnt(put: Put, seeded: Seeded, paths: int) -> Learnt:
    prices = numpy.concatenate([_prices(put, seeded, block) for block in blocks_of(paths)], axis=1)
    final = numpy.zeros(paths)
    return learn(lambda date: _day(put, prices[date], date), put.dates, final)


def _day(put: Put, prices: Singles, date: int) -> ExerciseDay:
    """One date; only paths on which exercise is worth something take part (section 2 of the paper)."""
    payoff = _payoff(put, prices, date)
    return ExerciseDay(payoff, _regressors(put, prices), counts=payoff > 0)


def _payoff(put: Put, prices: Singles, date: int) -> Singles:
    discount = exp(-put.rate * put.step * (date + 1))
    made: Singles = numpy.maximum(numpy.float32(put.strike) - prices, 0) * numpy.float32(discount)
    return made


def _regressors(put: Put, prices: Singles) -> Singles:
    """Powers of the price over the strike."""
    over = prices * numpy.float32(1 / put.strike)
    square = over * over
    return numpy.stack([numpy.ones_like(over), over, square, square * over, square * square])


def _followed(put: Put, policy: Learnt, seeded: Seeded, block: Block) -> Singles:
    """What the holder of the option gets on each path, as a present value."""
    prices = _prices(put, seeded, block)
    gained = numpy.zeros(block.paths, numpy.float32)
    open_still = numpy.arange(block.paths)
    for date in range(put.dates):
        payoff = _payoff(put, prices[date, open_still], date)
        worth = numpy.flatnonzero(payoff > 0)
        goes = worth
        if policy.coefficients[date] is not None:
            seen = _regressors(put, prices[date, open_still[worth]])
            goes = worth[payoff[worth] > policy.waiting(date, seen)[0]]
        elif date < put.dates - 1:
            continue
        gained[open_still[goes]] = payoff[goes]
        open_still = numpy.delete(open_still, goes)
    return gained


def _prices(put: Put, seeded: Seeded, block: Block) -> Singles:
    """Prices by date and path, shape (dates, paths)."""
    made = seeded.normals(block.number, put.dates)[:, : block.paths] * numpy.float32(
        put.volatility * sqrt(put.step)
    )
    made += numpy.float32((put.rate - put.volatility**2 / 2) * put.step)
    for date in range(1, put.dates):
        made[date] += made[date - 1]
    numpy.exp(made, out=made)
    made *= numpy.float32(put.price)
    return made
