"""One simulation from its setting to its figures: run in batches, refined as long as nobody cancels."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy

from notemodeler.domain.issues import Issue
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.assumptions import Assumptions
from notemodeler.engines.simulation.choice import best_policy, is_best
from notemodeler.engines.simulation.company import setting_of, simulated_days
from notemodeler.engines.simulation.draws import Block, Seeded, block_size, blocks_of
from notemodeler.engines.simulation.holder import Cancelled, never_cancelled, run_block
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.models import mirrors
from notemodeler.engines.simulation.optimal import with_policy
from notemodeler.engines.simulation.outcome import Outcome, joined
from notemodeler.engines.simulation.setting import Setting
from notemodeler.engines.valuation.inputs import Inputs

SHOWN = 10_240
"""Of so many paths every day is kept, for the fans; they are the first two blocks."""
FIRST_LEARNT, MOST_LEARNT = 4_096, 16_384
"""On how many paths a policy is learnt."""

Cancel = Callable[[], bool]
Report = Callable[["Simulated", Outcome, bool], None]
"""Takes the simulation, the outcome so far, and whether it is the last one."""
Progress = Callable[[int], None]
"""Takes how many paths are done."""


def unheard(_paths: int) -> None:
    """For a simulation whose progress nobody follows."""


@dataclass(frozen=True, eq=False)
class Simulated:
    """A note of a book as of a day under assumptions; `days` are the simulated trading days."""

    known: Known
    inputs: Inputs
    assumed: Assumptions
    seeded: Seeded
    setting: Setting
    days: tuple[date, ...]
    issues: tuple[Issue, ...]

    @property
    def mirrored(self) -> bool:
        """Whether neighbouring paths are mirror images."""
        return mirrors(self.assumed.model, self.seeded)

    @property
    def is_learnt(self) -> bool:
        """Whether the policy assumed is the one followed."""
        wanted = self.assumed.policy is HolderPolicy.OPTIMAL
        return not wanted or is_best(self.setting.notes[0].policy)

    @property
    def has_price(self) -> bool:
        """Whether the terms of the note allow a price on any day."""
        rows = self.setting.notes[0].rule.formulas
        return any(formula is not None for row in rows for formula in row)

    @property
    def policy_words(self) -> str:
        return self.setting.notes[0].policy.words

    def learnt(self, paths: int, cancelled: Cancel = never_cancelled) -> "Simulated":
        """The same with the best policy learnt, if that is the one assumed; raises `Cancelled`."""
        if self.is_learnt:
            return self
        many = min(max(paths, FIRST_LEARNT), MOST_LEARNT)
        policy = best_policy(self.setting, 0, self.assumed.model, self.seeded, many, cancelled)
        return replace(self, setting=with_policy(self.setting, 0, policy))

    def block(self, block: Block, shown: int = 0, cancelled: Cancel = never_cancelled) -> Outcome:
        """The outcome of one block of paths; raises `Cancelled`."""
        return run_block(self.setting, self.assumed.model, self.seeded, block, shown, cancelled)

    def run(self, paths: int, cancelled: Cancel = never_cancelled, shown: int = 0) -> Outcome:
        """The outcome of so many paths at one go; raises `Cancelled`."""
        return joined(
            [
                self.block(block, max(0, min(block.paths, shown - block.first)), cancelled)
                for block in blocks_of(paths)
            ]
        )

    def trace(self, path: int) -> "Trace":
        """One path day by day, simulated once more."""
        number, first = 0, 0
        while path >= first + block_size(number):
            first, number = first + block_size(number), number + 1
        inside = path - first
        found = self.block(Block(number, first, inside + 1), inside + 1)
        return Trace(
            path,
            self.days,
            found.prices[:, inside].astype(numpy.float64),
            found.conversion_prices[:, inside].astype(numpy.float64),
            numpy.diff(found.issued_by[:, inside].astype(numpy.float64), prepend=0.0),
        )


@dataclass(frozen=True, eq=False)
class Trace:
    """One path: prices, conversion prices and shares issued by day, each of shape (days,)."""

    path: int
    days: tuple[date, ...]
    prices: Floats
    conversion_prices: Floats
    issued: Floats


def simulated(known: Known, inputs: Inputs, assumed: Assumptions, seeded: Seeded) -> Simulated:
    """The simulation of the note looked at; raises `UserError` without a price."""
    setting, issues = setting_of(known, inputs, assumed)
    days = simulated_days(known, inputs)
    return Simulated(known, inputs, assumed, seeded, setting, days, issues)


def refine(
    case: Simulated,
    paths: int,
    report: Report,
    cancelled: Cancel = never_cancelled,
    progressed: Progress = unheard,
) -> Outcome | None:
    """Runs so many paths in batches and reports after the first and whenever their number has doubled.

    A best policy takes a while to be learnt: until then the first report shows a holder who converts
    at once. None if cancelled, which is noticed within one simulated day.
    """
    try:
        if not case.is_learnt:
            first = next(blocks_of(paths))
            report(case, case.block(first, first.paths, cancelled), False)
            case = case.learnt(paths, cancelled)
        return _in_batches(case, paths, report, cancelled, progressed)
    except Cancelled:
        return None


def _in_batches(
    case: Simulated, paths: int, report: Report, cancelled: Cancel, progressed: Progress
) -> Outcome:
    parts: list[Outcome] = []
    told = 0
    for block in blocks_of(paths):
        shown = max(0, min(block.paths, SHOWN - block.first))
        parts.append(case.block(block, shown, cancelled))
        done = block.first + block.paths
        progressed(done)
        if done < paths and done >= 2 * told:
            parts = [joined(parts)]
            report(case, parts[0], False)
            told = done
    found = joined(parts)
    report(case, found, True)
    return found
