"""What is wrong or odd in the steps of a price rule, each alone and against each other."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.pricing.composition import LEAST_MULTIPLIER
from notemodeler.engines.pricing.triggers import TRIGGERS, Scene
from notemodeler.engines.words import percent

STEPS_FIELD = "note.conversion.rule.steps"
REPLACED = {
    "multiplier": "the multiplier",
    "lookback_days": "the look-back",
    "fixed_price": "the fixed price",
}


def check_steps(scene: Scene) -> Iterator[Issue]:
    """Every issue of the steps."""
    rule = scene.note.conversion.rule
    for row, step in enumerate(rule.steps, start=1):
        yield from _alone(row, step, scene)
    yield from _against_each_other(rule.steps)
    points = sum((step.extra_discount or Decimal(0) for step in rule.steps), Decimal(0))
    if points and rule.multiplier - points < LEAST_MULTIPLIER:
        least = percent(LEAST_MULTIPLIER)
        yield _warning(
            f"All extra discounts at once leave a multiplier below {least}; it stays at {least}."
        )
    if rule.fixed_for_days is not None and rule.composition is PriceComposition.FIXED:
        text = "The fixed price counts alone at all times: a time for it says nothing."
        yield Issue(Severity.WARNING, text, ("note.conversion.rule.fixed_for_days",))


def _alone(row: int, step: RuleStep, scene: Scene) -> Iterator[Issue]:
    rule = scene.note.conversion.rule
    lack = TRIGGERS[step.trigger].lack(step)
    if lack:
        yield _warning(
            f"Step {row} holds {step.trigger.label}, but gives no {lack}: it never comes about."
        )
    set_to = {name: getattr(step, name) for name in REPLACED}
    if not step.extra_discount and all(value is None for value in set_to.values()):
        yield _warning(f"Step {row} changes nothing.")
    fixed_only = rule.composition is PriceComposition.FIXED
    if fixed_only and (step.multiplier or step.lookback_days or step.extra_discount):
        yield _warning(f"Step {row} changes the variable price, but the price is fixed.")
    if rule.composition is PriceComposition.VARIABLE and step.fixed_price is not None:
        yield _warning(f"Step {row} changes the fixed price, but the rule has none.")


def _against_each_other(steps: tuple[RuleStep, ...]) -> Iterator[Issue]:
    """Rows from a date that a later row, in force as early or earlier, overrules at once."""
    dated = [
        (row, step, step.from_date)
        for row, step in enumerate(steps, start=1)
        if step.trigger is StepTrigger.FROM_DATE and step.from_date is not None
    ]
    for (row, step, since), (later_row, later, later_since) in pairwise(dated):
        if later_since <= since:
            for name in _both_set(step, later):
                yield _overruled(row, later_row, name, since)


def _both_set(step: RuleStep, later: RuleStep) -> list[str]:
    return [
        words
        for name, words in REPLACED.items()
        if getattr(step, name) is not None and getattr(later, name) is not None
    ]


def _overruled(row: int, later: int, what: str, since: date) -> Issue:
    text = (
        f"Step {later} overrules what step {row} says of {what}, from its first day on: put rows in the order "
        "of their dates."
    )
    return Issue(Severity.WARNING, text, (STEPS_FIELD,), (since,))


def _warning(text: str) -> Issue:
    return Issue(Severity.WARNING, text, (STEPS_FIELD,))
