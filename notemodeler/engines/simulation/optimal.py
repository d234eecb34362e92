"""The holder's best policy by regression: learnt on paths of its own, followed on others."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Seeded, Singles, blocks_of
from notemodeler.engines.simulation.holder import Cancelled, never_cancelled, run_block
from notemodeler.engines.simulation.least_squares import ExerciseDay, Learnt, decision, learn
from notemodeler.engines.simulation.models import OwnHistory, PathModel, Still
from notemodeler.engines.simulation.policies import Flags, Policy, Sight
from notemodeler.engines.simulation.regressors import Regressors
from notemodeler.engines.simulation.setting import Feed, NoteCourse, Setting

LEARNING, VALUING = 1, 2
"""The streams of random numbers: a policy is not valued on the paths that taught it."""
LEAST_SIZE = 0.8
"""Below this part of the mean all outcomes weigh the same."""
LEVELS = 6
"""Levels of the balance if a limit makes the holder convert in parts."""


@dataclass
class Recorder:
    """A holder that never converts and writes down what it sees, block by block.

    With `knows_nothing` the moves of the price to come hang on nothing that it sees.
    """

    regressors: Regressors
    worth: Floats
    carry: Floats
    pays: Floats
    knows_nothing: bool = True
    seen: dict[int, list[ExerciseDay]] = field(default_factory=dict)
    spots: dict[int, list[Singles]] = field(default_factory=dict)
    _later: Singles | None = None
    words: str = "never"
    amount: float | None = None

    def wants(self, sight: Sight) -> Flags:
        if sight.what_if:
            return numpy.zeros(len(sight.spot), bool)
        payoff = sight.spot / sight.price
        counts = numpy.isfinite(payoff)
        payoff = numpy.where(counts, payoff, 0) * numpy.float32(self.worth[sight.day])
        rows = self.regressors.rows(sight.sums, sight.spot)
        rows[:, ~numpy.isfinite(rows).all(axis=0)] = 0
        most = None if sight.most is None else numpy.nan_to_num(numpy.maximum(sight.most, 0))
        self.spots.setdefault(sight.day, []).append(sight.spot.copy())
        self.seen.setdefault(sight.day, []).append(
            ExerciseDay(
                payoff,
                rows,
                most,
                counts,
                float(self.carry[sight.day]),
                float(self.pays[sight.day]),
            )
        )
        return numpy.zeros(len(payoff), bool)

    def day(self, day: int) -> ExerciseDay | None:
        """One day of all blocks; it is forgotten as it is given. Days are asked for backward."""
        parts = self.seen.pop(day, None)
        if parts is None:
            return None
        move = self._move(numpy.concatenate(self.spots.pop(day)))
        most = None
        if parts[0].most is not None:
            most = numpy.concatenate([part.most for part in parts if part.most is not None])
        counts = numpy.concatenate([part.counts for part in parts if part.counts is not None])
        payoff = numpy.concatenate([part.payoff for part in parts])
        return ExerciseDay(
            payoff,
            numpy.concatenate([part.regressors for part in parts], axis=1),
            most,
            None if counts.all() else counts,
            parts[0].carry,
            parts[0].pays,
            move,
            self._weights(payoff) if self.regressors.bounded else None,
        )

    def _move(self, spot: Singles) -> Singles | None:
        """By what part the price goes up to the day that was asked for before, less the mean of the paths."""
        later, self._later = self._later, spot
        if later is None or not self.knows_nothing:
            return None
        growth = later / spot
        move: Singles = growth / growth.mean() - 1
        return move

    def _weights(self, payoff: Singles) -> Singles:
        """Beside a fixed price outcomes scatter with their size; a few high prices must not decide for all."""
        found: Singles = 1 / numpy.maximum(payoff, LEAST_SIZE * payoff.mean())
        return found

    @property
    def is_limited(self) -> bool:
        """Whether the limits ever keep the holder from converting all at once."""
        parts = (part for day in self.seen.values() for part in day)
        return any(part.most is not None and bool((part.most < 1).any()) for part in parts)


@dataclass(frozen=True, eq=False)
class Optimal:
    """Converts all that is allowed where that is worth more than waiting, as regressions on other paths say.

    What limits depend on price and count of shares is looked at; the volume, the impact of sales and
    caps by month are not when it is learnt, though the holder is held to them when it is followed.
    On the day of maturity it converts if the shares are worth more than the cash, of which `final` is
    the present value.
    """

    learnt: Learnt
    regressors: Regressors
    worth: Floats
    ends: int
    final: float
    words: str = "when it is worth most (least squares)"
    amount: float | None = None

    def wants(self, sight: Sight) -> Flags:
        if sight.day >= self.ends:
            worth = sight.spot / sight.price * numpy.float32(self.worth[sight.day])
            better: Flags = worth > numpy.float32(self.final)
            return better
        if self.learnt.coefficients[sight.day] is None:
            return numpy.zeros(len(sight.spot), bool)
        rows = self.regressors.rows(sight.sums, sight.spot)
        payoff = sight.spot / sight.price * numpy.float32(self.worth[sight.day])
        waiting = self.learnt.waiting(sight.day, rows, payoff)
        take = sight.left if sight.most is None else numpy.minimum(sight.left, sight.most)
        return decision(payoff, take, sight.left, waiting)


def learn_policy(
    setting: Setting,
    place: int,
    model: PathModel,
    seeded: Seeded,
    paths: int,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Optimal:
    """The best policy for one note of the setting, all else that presses prices left out.

    The regressions are in sample; a value is found by following the policy on other paths.
    """
    note = setting.notes[place]
    regressors = regressors_for(setting, note)
    worth = setting.discount * note.owed
    independent = not isinstance(model, OwnHistory | Still)
    recovered = setting.recovery * note.claims
    recorder = Recorder(regressors, worth, recovered, setting.discount * note.cash, independent)
    alone = _alone(setting, note, regressors, recorder)
    for block in blocks_of(paths):
        run_block(alone, model, replace(seeded, stream=LEARNING), block, cancelled=cancelled)
    levels = LEVELS if recorder.is_limited else 1
    last = min(note.ends, setting.days - 1)
    due = setting.discount[last] * note.due_worth

    def day_of(day: int) -> ExerciseDay | None:
        if cancelled():
            raise Cancelled
        return recorder.day(day)

    found = learn(day_of, last + 1, numpy.full(paths, due), levels)
    final = due + setting.discount[last] * note.cash[last]
    return Optimal(found, regressors, worth, note.ends, float(final))


def regressors_for(setting: Setting, note: NoteCourse) -> Regressors:
    """The regressors of the note's look-back as its conversion opens."""
    row = note.rule.of_day[min(note.opens, setting.days - 1)]
    formula = note.rule.formulas[row][0]
    length, count = formula.windows[0][0] if formula and formula.windows else (1, 1)
    looks_at_level = (
        formula is None
        or not formula.is_plain
        or bool(note.rule.triggers)
        or (note.limit is not None and setting.outstanding is not None)
    )
    level = float(setting.centre[0]) if looks_at_level else None
    bounded = formula if formula is not None and not formula.is_plain else None
    return Regressors(length, count, setting.feeds[note.feed].with_today, level, bounded)


def with_regressors(feed: Feed, regressors: Regressors) -> Feed:
    """The feed with the sums that the regressors need besides."""
    figures = tuple(dict.fromkeys((*feed.figures, *regressors.figures)))
    return replace(feed, figures=figures)


def with_policy(setting: Setting, place: int, policy: Policy) -> Setting:
    """The setting in which one note follows the policy."""
    note, feeds = replace(setting.notes[place], policy=policy), setting.feeds
    if isinstance(policy, Optimal):
        feeds = tuple(
            with_regressors(feed, policy.regressors) if at == note.feed else feed
            for at, feed in enumerate(feeds)
        )
    notes = tuple(note if at == place else each for at, each in enumerate(setting.notes))
    return replace(setting, notes=notes, feeds=feeds)


def _alone(
    setting: Setting, note: NoteCourse, regressors: Regressors, recorder: Recorder
) -> Setting:
    feed = with_regressors(setting.feeds[note.feed], regressors)
    only = replace(note, policy=recorder, feed=0, holder=0)
    return replace(setting, feeds=(feed,), notes=(only,), holders=1, impact=0.0, daily_sale=None)
