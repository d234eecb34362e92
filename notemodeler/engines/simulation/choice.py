"""The best policy of a holder: what regressions teach, or a simple one that turns out worth more on trial."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Seeded, blocks_of
from notemodeler.engines.simulation.holder import never_cancelled, run_block
from notemodeler.engines.simulation.models import PathModel, mirrors
from notemodeler.engines.simulation.optimal import Optimal, learn_policy, with_policy
from notemodeler.engines.simulation.policies import (
    AtOnce,
    AtThreshold,
    Flags,
    Never,
    Policy,
    Sight,
)
from notemodeler.engines.simulation.setting import NoteCourse, Setting
from notemodeler.engines.simulation.statistics import mean_of

CHOOSING = 5
"""The stream of random numbers on which policies are tried."""
TRIED = 4_096
THRESHOLDS = (1.25, 1.5, 1.75, 2.0, 2.5)
SURE = 2.0
"""So many standard errors better a simple policy must be."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A simple policy that was worth more on trial than the one that regressions teach."""

    simple: Policy

    @property
    def words(self) -> str:
        return f"when it is worth most (best on trial: {self.simple.words})"

    @property
    def amount(self) -> float | None:
        return self.simple.amount

    def wants(self, sight: Sight) -> Flags:
        return self.simple.wants(sight)


def is_best(policy: Policy) -> bool:
    """Whether the policy was found to be the best, rather than assumed."""
    return isinstance(policy, Optimal | Tried)


def best_policy(
    setting: Setting,
    place: int,
    model: PathModel,
    seeded: Seeded,
    paths: int,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Optimal | Tried:
    """The best policy for one note of the setting; raises `Cancelled`.

    What regressions teach leaves out caps by month and the impact of sales, and is rough where a
    fixed price or a floor counts. There simple policies are tried beside it, on paths of their own.
    """
    learnt = learn_policy(setting, place, model, seeded, paths, cancelled)
    if not _leaves_out(setting, setting.notes[place], learnt):
        return learnt
    trial = replace(seeded, stream=CHOOSING)

    def worth(policy: Policy) -> Floats:
        followed = with_policy(setting, place, policy)
        parts = [
            run_block(followed, model, trial, block, cancelled=cancelled).notes[place].value
            for block in blocks_of(TRIED)
        ]
        return numpy.concatenate(parts).astype(numpy.float64)

    simple: tuple[Policy, ...] = (AtOnce(), Never(), *(AtThreshold(each) for each in THRESHOLDS))
    tried = [(policy, worth(policy)) for policy in simple]
    best, gained = max(tried, key=lambda each: float(each[1].mean()))
    ahead = mean_of(gained - worth(learnt), mirrored=mirrors(model, seeded))
    return Tried(best) if ahead.value > SURE * ahead.error else learnt


def _leaves_out(setting: Setting, note: NoteCourse, learnt: Optimal) -> bool:
    presses = setting.impact > 0 and setting.outstanding is not None
    is_bounded = learnt.regressors.bounded is not None
    return note.month_cap is not None or presses or is_bounded
