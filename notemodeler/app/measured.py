"""Shares and cost of variants of a note, each simulated on the same random numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from notemodeler.app.simulation import Cancel, Simulation
from notemodeler.app.variants import (
    DRIFT,
    IMPACT,
    MULTIPLIER,
    PRICE_NOW,
    VOLATILITY,
    VOLUME,
    Changes,
    changed,
)
from notemodeler.domain.project import Project, field_value, with_field

if TYPE_CHECKING:
    from notemodeler.engines.simulation.choice import Tried
    from notemodeler.engines.simulation.optimal import Optimal
    from notemodeler.engines.simulation.outcome import Outcome
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.engines.simulation.simulated import Simulated
    from notemodeler.engines.simulation.statistics import Estimate

LEARNT_PATHS = 2_048
"""A best policy is learnt on so many paths of its own for each variant."""
NOT_LEARNT = (IMPACT, VOLUME)
"""A policy is learnt without looking at these, so it is the same whatever they are."""


class Yield(Enum):
    """What is looked at: its name, its unit as in `simulation_words`, and how a sentence says it."""

    SHARES = "shares issued", "shares", "issues {}"
    COST = "cost to the company", "dollars", "costs the company {}"
    VALUE = "worth to the holder", "dollars", "is worth {} to its holder"

    def __init__(self, label: str, unit: str, verb: str) -> None:
        self.label, self.unit, self.verb = label, unit, verb


@dataclass(frozen=True)
class Measured:
    """Means over the paths: shares issued, what the note costs the company, what it is worth to the holder."""

    shares: "Estimate"
    cost: "Estimate"
    value: "Estimate"

    def of(self, which: Yield) -> "Estimate":
        return {Yield.SHARES: self.shares, Yield.COST: self.cost, Yield.VALUE: self.value}[which]


@dataclass(frozen=True, eq=False)
class Measurer:
    """Measures variants of the note of one simulation; what it learnt once it knows.

    May be used by several threads: they could at worst learn the same policy twice.
    """

    simulation: Simulation

    @cached_property
    def project(self) -> Project:
        """The document with volatility, price, drift and impact as the simulation takes them, to be moved."""
        inputs = self.simulation.inputs
        day = "valuation.valuation_date", self.simulation.on  # a price is stated for that day alone
        project = with_field(self.simulation.results.project, *day)
        if inputs.price_date is not None:
            project = with_field(project, PRICE_NOW, None)
        taken = {
            VOLATILITY: inputs.volatility,
            PRICE_NOW: inputs.price,
            DRIFT: inputs.risk_free,
            IMPACT: project.scenario.impact,
        }
        for name, value in taken.items():
            if field_value(project, name) is None and value is not None:
                stated = value if isinstance(value, Decimal) else Decimal(repr(value))
                project = with_field(project, name, stated)
        return project

    @cached_property
    def _policies(self) -> dict[Changes, "Optimal | Tried"]:
        return {}

    def variant(self, changes: Changes) -> Simulation:
        """The simulation with other values."""
        place = self.simulation.results.note_index
        return self.simulation.with_project(changed(self.project, changes, place))

    def case(
        self, changes: Changes, cancelled: Callable[[], bool], like: Changes | None = None
    ) -> "Simulated | None":
        """The variant with its policy, ready to run; None if its terms give no price.

        The best policy is learnt for the variant itself, or taken from the variant `like` that differs
        from it in the multiplier alone, whose prices are so many times its own. Raises
        `holder.Cancelled`.
        """
        from notemodeler.engines.simulation.optimal import with_policy

        case = self.variant(changes).case
        if not case.has_price:
            return None
        if case.is_learnt:
            return case
        scaled = None if like is None or not is_plain(case) else self._scaled(changes, like)
        policy = scaled or self._learnt(changes, case, cancelled)
        return replace(case, setting=with_policy(case.setting, 0, policy))

    def _learnt(
        self, changes: Changes, case: "Simulated", cancelled: Callable[[], bool]
    ) -> "Optimal | Tried":
        from notemodeler.engines.simulation.choice import best_policy

        key = self._key(changes)
        known = self._policies.get(key)
        if known is None:
            model, seeded = case.assumed.model, case.seeded
            known = best_policy(case.setting, 0, model, seeded, LEARNT_PATHS, cancelled)
            self._policies[key] = known
        return known

    def _scaled(self, changes: Changes, like: Changes) -> "Optimal | None":
        """The policy of another discount: a conversion is worth more or less in proportion, and so is waiting."""
        from notemodeler.engines.simulation.optimal import Optimal

        known = self._policies.get(self._key(like))
        if not isinstance(known, Optimal):
            return None
        place = self.simulation.results.note_index
        stated = [
            field_value(changed(self.project, each, place), MULTIPLIER, place)
            for each in (changes, like)
        ]
        part = float(stated[0] / stated[1])
        return replace(known, worth=known.worth * part)

    def _key(self, changes: Changes) -> Changes:
        """What of the changes a policy hangs on."""
        place = self.simulation.results.note_index
        return tuple(
            sorted(
                (name, value)
                for name, value in changes
                if name not in NOT_LEARNT and value != field_value(self.project, name, place)
            )
        )

    def outcome(
        self, changes: Changes, paths: int, cancelled: Cancel, like: Changes | None = None
    ) -> "tuple[Simulated, Outcome] | None":
        """The paths of a variant; None if its terms give no price. Raises `holder.Cancelled`."""
        case = self.case(changes, cancelled, like)
        return None if case is None else (case, case.run(paths, cancelled))

    def picture(self, changes: Changes, paths: int, cancelled: Cancel) -> "Picture | None":
        """A picture of a variant, of which a path can be looked at; None as above. Raises `holder.Cancelled`."""
        from notemodeler.engines.simulation.picture import Picture

        found = self.outcome(changes, paths, cancelled)
        return None if found is None else Picture(*found, is_final=True)


def is_plain(case: "Simulated") -> bool:
    """Whether the price of the note is always the multiplier times prices of the market."""
    rule = case.setting.notes[0].rule
    rows = [formula for row in rule.formulas for formula in row]
    return not rule.triggers and all(each is None or each.is_plain for each in rows)


def measured(outcome: "Outcome", *, mirrored: bool, base: "Outcome | None" = None) -> Measured:
    """The means of an outcome, or of its differences from a base on the same paths."""
    from notemodeler.engines.simulation.picture import cost_of
    from notemodeler.engines.simulation.statistics import mean_of

    note, other = outcome.notes[0], None if base is None else base.notes[0]
    rows = [(note.issued, cost_of(note), note.value)]
    if other is not None:
        rows.append((other.issued, cost_of(other), other.value))
    found = [each[0] if len(each) == 1 else each[0] - each[1] for each in zip(*rows, strict=True)]
    return Measured(*(mean_of(each, mirrored=mirrored) for each in found))
