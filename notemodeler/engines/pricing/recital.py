"""The whole price clause of a note in words: the rule, its time of a fixed price, its steps, its floor, splits."""

from collections.abc import Iterator
from datetime import timedelta

from notemodeler.domain.dates import show_long_date
from notemodeler.domain.rule import PriceComposition
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.step_words import effects_in_words
from notemodeler.engines.pricing.triggers import TRIGGERS, Scene
from notemodeler.engines.words import counted, price_text


def recital(stated: Composition, scene: Scene) -> str:
    """The clause as counsel would write it, sentence after sentence, without the last full stop."""
    return ". ".join(_sentences(stated, scene))


def _sentences(stated: Composition, scene: Scene) -> Iterator[str]:
    yield stated.recite()
    if stated.floor and stated.floor.effect_in_words:
        yield stated.floor.effect_in_words
    yield from _alone(scene)
    for step in scene.note.conversion.rule.steps:
        effects = effects_in_words(step, scene.note.conversion.rule)
        if effects:
            yield f"{TRIGGERS[step.trigger].lead(step, scene)}, {effects}"
    yield from _splits(stated, scene)


def _alone(scene: Scene) -> Iterator[str]:
    rule = scene.note.conversion.rule
    if rule.fixed_for_days is None or rule.fixed_price is None:
        return
    if rule.composition in (PriceComposition.LESSER_OF, PriceComposition.GREATER_OF):
        until = show_long_date(scene.note.issue_date + timedelta(days=rule.fixed_for_days))
        days = counted(rule.fixed_for_days, "day")
        fixed = price_text(rule.fixed_price)
        yield f"Until {until}, {days} after the date of the note, the conversion price is {fixed} alone"


def _splits(stated: Composition, scene: Scene) -> Iterator[str]:
    """A sentence where a split since the date of the note has carried a price."""
    issued = scene.note.issue_date
    has_dollars = stated.fixed is not None or stated.floor is not None
    if has_dollars and any(split.date > issued for split in scene.market.splits):
        yield (
            f"Prices stated here are those of {show_long_date(issued)} and are adjusted for splits since"
        )
