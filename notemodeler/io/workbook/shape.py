"""What a workbook has columns and formulas for: the features of a note that are settled when it is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from notemodeler.domain.interest import InterestCharge
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.rule import FloorEffect, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep, StepTrigger

MOST_STEPS = 12
"""With more steps of the price than that, the rule in force on each day is fixed at export."""
PRICE_TRIGGERS = (StepTrigger.PRICE_FELL, StepTrigger.PRICE_LOW)


@dataclass(frozen=True, slots=True)
class Shape:
    """The features that one note uses, so that others need no columns."""

    note: Note
    issuer: Issuer
    has_splits: bool
    has_others: bool

    @property
    def steps(self) -> tuple[RuleStep, ...]:
        return self.note.conversion.rule.steps

    @property
    def steps_are_live(self) -> bool:
        return len(self.steps) <= MOST_STEPS

    def steps_set(self, name: str) -> tuple[int, ...]:
        """The places, from one, of the steps that say something of the named cell."""
        return tuple(
            place
            for place, step in enumerate(self.steps, start=1)
            if getattr(step, name) is not None
        )

    @property
    def changes_multiplier(self) -> bool:
        return bool(self.steps_set("multiplier") or self.steps_set("extra_discount"))

    @property
    def changes_lookback(self) -> bool:
        return bool(self.steps_set("lookback_days"))

    @property
    def changes_fixed(self) -> bool:
        return self.has_splits or bool(self.steps_set("fixed_price"))

    @property
    def second(self) -> WindowAnchor:
        return self.note.conversion.rule.second.anchor

    @property
    def has_par(self) -> bool:
        return self.note.conversion.rule.floor_at_par

    @property
    def floor_costs(self) -> bool:
        """Whether the company bears a floor, so that the price without it counts too."""
        rule = self.note.conversion.rule
        return self.has_floor and rule.floor_effect is not FloorEffect.HOLDER

    @property
    def adds_principal(self) -> bool:
        return self.floor_costs and (
            self.note.conversion.rule.floor_effect is FloorEffect.ADD_PRINCIPAL
        )

    @property
    def makes_whole(self) -> bool:
        return self.floor_costs and self.note.conversion.rule.floor_effect is FloorEffect.CASH

    @property
    def has_floor(self) -> bool:
        rule = self.note.conversion.rule
        return rule.floor_price is not None or rule.floor_at_par

    @property
    def charge(self) -> InterestCharge:
        return self.note.interest.charge

    @property
    def has_month_cap(self) -> bool:
        return self.note.conversion.monthly_cap_amount is not None

    @property
    def has_exchange_cap(self) -> bool:
        return self.note.conversion.exchange_cap is not None

    @property
    def has_prepayment_table(self) -> bool:
        return bool(self.note.repayment.prepayment_steps)

    def price_steps(self) -> Iterator[tuple[int, RuleStep]]:
        """The steps that a price brings about, by place from one."""
        for place, step in enumerate(self.steps, start=1):
            if step.trigger in PRICE_TRIGGERS and step.trigger_price is not None:
                yield place, step
