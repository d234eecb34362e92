"""What a step of a price rule changes, in words."""

from collections.abc import Iterator

from notemodeler.domain.rule import PriceComposition, PriceRule, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep
from notemodeler.engines.words import counted, number_word, percent, price_text


def effects_in_words(step: RuleStep, rule: PriceRule) -> str:
    """`the multiplier is 50 % instead of 65 % and the look-back is …`; empty if the step changes nothing.

    What the rule has no use for, such as a multiplier beside a fixed price alone, is left out.
    """
    parts: list[str] = []
    if rule.composition is not PriceComposition.FIXED:
        parts += _on_variable(step, rule)
    if rule.composition is not PriceComposition.VARIABLE and step.fixed_price is not None:
        was = "" if rule.fixed_price is None else f" instead of {price_text(rule.fixed_price)}"
        parts.append(f"the fixed price is {price_text(step.fixed_price)}{was}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _on_variable(step: RuleStep, rule: PriceRule) -> Iterator[str]:
    if step.multiplier is not None:
        yield f"the multiplier is {percent(step.multiplier)} instead of {percent(rule.multiplier)}"
    if step.extra_discount:
        points = percent(step.extra_discount).removesuffix(" %")
        verb = "point is" if points == "1" else "points are"
        has_two = rule.second.anchor is not WindowAnchor.NONE
        off = "both multipliers" if has_two else "the multiplier"
        yield f"{points} percentage {verb} taken off {off}"
    if step.lookback_days is not None:
        was = number_word(rule.lookback_days)
        yield f"the look-back is {counted(step.lookback_days, 'trading day')} instead of {was}"
