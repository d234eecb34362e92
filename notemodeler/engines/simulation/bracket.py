"""Between which bounds the value of the best policy lies: a look-ahead from below, a dual from above.

Andersen and Broadie (2004) and Rogers (2002): any policy gives a lower bound; any martingale gives an
upper bound through the best date in hindsight. The martingale is made of the regression's value; its
one-day expectation is worked out by Gauss-Hermite quadrature over the day's return, which also shows
the holder one day further than the regression does. The martingale serves the lower bound as a
control variate, so both standard errors are small.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Block, Seeded, Singles, blocks_of
from notemodeler.engines.simulation.holder import Cancelled, begun, never_cancelled
from notemodeler.engines.simulation.models import Diffusion
from notemodeler.engines.simulation.optimal import VALUING, Optimal, with_regressors
from notemodeler.engines.simulation.rolling import RollingSums
from notemodeler.engines.simulation.setting import Setting
from notemodeler.engines.simulation.statistics import Estimate, mean_of

POINTS = 24
"""Quadrature points of a day's return."""


class Bracket(NamedTuple):
    """The bounds, each with its standard error."""

    lower: Estimate
    upper: Estimate


def has_bracket(setting: Setting, place: int, policy: Optimal) -> bool:
    """Whether the bounds can be had.

    Windows must end before the notice; no limits, no triggers, no fee, no instalments, no floor that the
    company makes up for.
    """
    note = setting.notes[place]
    formulas = [formula for row in note.rule.formulas for formula in row if formula is not None]
    if note.fee or note.cash.any() or any(each.composition.makes_whole for each in formulas):
        return False
    limited = note.limit is not None and setting.outstanding is not None
    return (
        not (limited or policy.learnt.levels > 1 or note.rule.triggers)
        and not setting.feeds[note.feed].with_today
        and note.exchange_room is None
        and note.month_cap is None
        and bool(numpy.isinf(setting.authorised).all())
    )


def bracket(
    setting: Setting,
    place: int,
    model: Diffusion,
    policy: Optimal,
    seeded: Seeded,
    paths: int,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Bracket:
    """The bounds in present dollars, of a note that `has_bracket` allows."""
    lows, highs = [], []
    for block in blocks_of(paths):
        run = _Bounds(setting, place, model, policy, block.paths)
        low, high = run.run(replace(seeded, stream=VALUING + 1), block, cancelled)
        lows.append(low)
        highs.append(high)
    return Bracket(
        mean_of(numpy.concatenate(lows), mirrored=seeded.antithetic),
        mean_of(numpy.concatenate(highs), mirrored=seeded.antithetic),
    )


class _Bounds:
    """One block of paths while its days go by."""

    def __init__(
        self, setting: Setting, place: int, model: Diffusion, policy: Optimal, paths: int
    ) -> None:
        self.setting, self.note, self.model, self.policy = (
            setting,
            setting.notes[place],
            model,
            policy,
        )
        feed = with_regressors(setting.feeds[self.note.feed], policy.regressors)
        self.part = numpy.float32(feed.part)
        self.rolling = begun(feed, paths)
        places, weights = numpy.polynomial.hermite_e.hermegauss(POINTS)
        self.weights = weights / weights.sum()
        deviation = model.daily_deviation
        self.growth = numpy.exp(deviation * places - deviation * deviation / 2)
        self.scratch = numpy.empty(paths, numpy.float32)

    def run(
        self, seeded: Seeded, block: Block, cancelled: Callable[[], bool]
    ) -> tuple[Floats, Floats]:
        """What the holder who looks ahead gets, and what one would who knew the path; (paths,)."""
        noise = self.model.noise(seeded, block, self.setting.days)
        walk = numpy.zeros(block.paths)
        martingale, earned = numpy.zeros(block.paths), 0.0
        low, high = numpy.full(block.paths, numpy.nan), numpy.full(block.paths, -numpy.inf)
        ahead = self._ahead(0, numpy.full(block.paths, self.setting.centre[0], numpy.float32))
        for day in range(min(self.note.ends, self.setting.days - 1) + 1):
            if cancelled():
                raise Cancelled
            walk += noise.scale * noise.matrix[day] + noise.shift
            spot = (self.setting.centre[day] * numpy.exp(walk)).astype(numpy.float32)
            payoff, waiting = self._seen(day, spot)
            martingale += numpy.fmax(payoff, waiting) - ahead
            earned += self._carry(day)
            self.rolling.push(spot * self.part)
            is_last = day == self.note.ends
            ahead = waiting if is_last else self._ahead(day + 1, spot)
            goes = numpy.isnan(low) & ((payoff > ahead) | is_last)
            gained = (numpy.fmax(payoff, waiting) if is_last else payoff) + earned - martingale
            low[goes] = gained[goes]
            numpy.fmax(high, gained, out=high)
        return low, high

    def _carry(self, day: int) -> float:
        setting, note = self.setting, self.note
        return float(setting.recovery[day] * note.claims[day])

    def _seen(self, day: int, spot: Singles) -> tuple[Floats, Floats]:
        """The worth of converting and of waiting on a day, the price of which is given; (paths,)."""
        note, sums = self.note, _named(self.rolling)
        worth = self.policy.worth[day]
        coefficients = self.policy.learnt.coefficients[day]
        if day == note.ends:
            waiting = numpy.full(len(spot), self.policy.final)
        elif coefficients is None:
            # Before conversion opens the martingale stands still: any constant does.
            return numpy.full(len(spot), -numpy.inf), numpy.zeros(len(spot))
        else:
            rows = self.policy.regressors.rows(sums, spot)
            waiting = self.policy.learnt.waiting(day, rows)[0].astype(numpy.float64)
        formula = note.rule.formulas[note.rule.of_day[day]][0]
        if formula is None:
            return numpy.full(len(spot), -numpy.inf), waiting
        price = formula.prices(sums, self.scratch)
        return worth * (spot / price).astype(numpy.float64), waiting

    def _ahead(self, day: int, spot: Singles) -> Floats:
        """The expected worth on the day after, as it looks with today's price `spot`; (paths,)."""
        setting = self.setting
        step = setting.centre[day] / setting.centre[day - 1] if day else 1.0
        made = numpy.zeros(len(spot))
        for growth, weight in zip(self.growth, self.weights, strict=True):
            payoff, waiting = self._seen(day, spot * numpy.float32(growth * step))
            made += weight * numpy.fmax(payoff, waiting)
        return made


def _named(rolling: RollingSums) -> dict[tuple[int, int], Singles]:
    return dict(zip(rolling.figures, rolling.sums, strict=True))
