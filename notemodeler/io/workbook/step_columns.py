"""Which steps of the price hold on each notice day, and what multiplier, look-back and fixed price they make."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.pricing.composition import LEAST_MULTIPLIER
from notemodeler.engines.pricing.triggers import TRIGGERS, Scene
from notemodeler.io.workbook.cells import Value
from notemodeler.io.workbook.sheet import WORKING, Column
from notemodeler.io.workbook.source import WorkbookInput

STATUS = (
    StepTrigger.DTC_CHILL, StepTrigger.NO_DEPOSIT, StepTrigger.NOT_LISTED, StepTrigger.LATE_REPORTS,
)  # fmt: skip

Flags = tuple[int, ...]
"""A 1 for every step that holds, a 0 for every other."""


def step_columns(source: WorkbookInput) -> Iterator[Column]:
    """A column for each step, and one for each figure that steps or splits change."""
    scene = Scene(source.note, source.project.issuer, source.quoter.market)
    flags, shape = steps_in_force(scene, source.days), source.shape
    if shape.steps_are_live:
        for place, step in enumerate(shape.steps, start=1):
            yield Column(
                f"holds{place}", f"Step {place} holds: {step.trigger.label}", 10, "formula.number",
                [day[place - 1] for day in flags], holds(source, place, step), heading_style=WORKING,
                defined_name=f"notice_holds_{place}",
            )  # fmt: skip
    yield from in_force_columns(source, source.days, flags, "notice")


def in_force_columns(
    source: WorkbookInput, days: Sequence[date], flags: Sequence[Flags], prefix: str
) -> Iterator[Column]:
    """Multiplier, look-back and fixed price in force in each row, as far as steps or splits change them."""
    shape, second = source.shape, source.note.conversion.rule.second
    found = [_terms(source, held) for held in flags]

    def changing(name: str, heading: str, style: str, values: list[Value], formula: str) -> Column:
        live = shape.steps_are_live
        return Column(
            name, heading, 12, f"{'formula' if live else 'input'}.{style}", values,
            formula if live else None, heading_style=WORKING, defined_name=f"{prefix}_{name}",
        )  # fmt: skip

    if shape.changes_multiplier:
        yield changing(
            "multiplier", "Multiplier in force", "rate", [float(each.multiplier) for each in found],
            _less_formula(_chosen(source, "multiplier", "rule_multiplier"), source),
        )  # fmt: skip
        if source.has_second:
            yield changing(
                "multiplier_2", "Second multiplier in force", "rate",
                [float(_less(second.multiplier, each.points)) for each in found],
                _less_formula("second_multiplier", source),
            )  # fmt: skip
    if shape.changes_lookback:
        yield changing(
            "lookback", "Look-back in force", "count", [each.lookback for each in found],
            _chosen(source, "lookback_days", "rule_lookback_days"),
        )  # fmt: skip
    if shape.changes_fixed:
        issued = source.growth_on(source.note.issue_date)
        pairs = zip(found, days, strict=True)
        chosen = f"N({_chosen(source, 'fixed_price', 'rule_fixed_price')})"
        yield changing(
            "fixed", "Fixed price in force, $", "price",
            [float(each.fixed or 0) * issued / source.growth_on(day) for each, day in pairs],
            f"{chosen}*issue_growth/[growth]" if source.has_splits else chosen,
        )  # fmt: skip


def steps_in_force(scene: Scene, days: Sequence[date]) -> list[Flags]:
    """For each notice day a 1 for every step that holds, a 0 for every other."""
    steps = scene.note.conversion.rule.steps
    spans = [tuple(TRIGGERS[step.trigger].spans(step, scene)) for step in steps]
    return [
        tuple(
            int(any(each.start <= day and (each.end is None or day < each.end) for each in of_step))
            for of_step in spans
        )
        for day in days
    ]


def holds(source: WorkbookInput, place: int, step: RuleStep) -> str:
    """1 if the step holds on the notice day, else 0."""
    trigger = step.trigger
    if trigger is StepTrigger.FROM_DATE:
        since = f"INDEX(steps_from_date,{place})"
        return f"IF({since}=0,0,IF([date]>={since},1,0))"
    if trigger is StepTrigger.ON_DEFAULT:
        return 'IF(default_default_date="",0,IF([date]>=default_default_date,1,0))'
    if trigger is StepTrigger.PRICE_FELL and step.trigger_price is not None:
        return f"IF([line]>IFERROR(MATCH(1,fell_{place},0),ROWS(price_dates)),1,0)"
    if trigger is StepTrigger.PRICE_LOW and step.trigger_price is not None:
        return low_now(source, place)
    if trigger in STATUS and source.project.issuer.status_events:
        within = '((status_events_until_date="")+(status_events_until_date>=[date])>0)'
        kind = f'(status_events_kind="{_status_label(trigger)}")'
        return f"IF(SUMPRODUCT({kind}*(status_events_from_date<=[date])*{within})>0,1,0)"
    return "0"


def _status_label(trigger: StepTrigger) -> str:
    kind: str = TRIGGERS[trigger].kind.label  # type: ignore[attr-defined]  # only status triggers come here
    return kind


def low_now(source: WorkbookInput, place: int) -> str:
    """Whether the last price known as the window ends is below the trigger."""
    ended = "([line]-1+window_shift)"
    line = f"MATCH(INDEX(priced_days,{ended}),priced_days,0)"
    price = f"INDEX({source.prices_name},{line})"
    return (
        f"IF({ended}<1,0,IF(INDEX(priced_days,{ended})=0,0,"
        f"IF({price}<{trigger_price(source, place)},1,0)))"
    )


def trigger_price(source: WorkbookInput, place: int) -> str:
    """The trigger of a step in dollars of the prices that it is compared with."""
    price = f"INDEX(steps_trigger_price,{place})"
    # A hair less than the trigger: restated prices are equal to it only to the last bits.
    return f"{price}*issue_growth*(1-1E-12)" if source.has_splits else price


def _less_formula(multiplier: str, source: WorkbookInput) -> str:
    points = [
        f"-[holds{place}]*INDEX(steps_extra_discount,{place})"
        for place in source.shape.steps_set("extra_discount")
    ]
    return f"MAX({LEAST_MULTIPLIER},{multiplier}{''.join(points)})"


def _chosen(source: WorkbookInput, name: str, stated: str) -> str:
    """The cell of the last step that holds and says something, else what the rule states."""
    formula = stated
    for place in source.shape.steps_set(name):
        formula = f"IF([holds{place}]=1,INDEX(steps_{name},{place}),{formula})"
    return formula


class InForce(NamedTuple):
    """What the rule says with the steps that hold; the fixed price is in dollars of the issue date."""

    multiplier: Decimal
    lookback: int
    fixed: Decimal | None
    points: Decimal


def _terms(source: WorkbookInput, held: Flags) -> InForce:
    rule, points = source.note.conversion.rule, Decimal(0)
    multiplier, lookback, fixed = rule.multiplier, rule.lookback_days, rule.fixed_price
    for step, holds_now in zip(rule.steps, held, strict=True):
        if holds_now:
            points += step.extra_discount or 0
            multiplier = step.multiplier or multiplier
            lookback = step.lookback_days or lookback
            fixed = step.fixed_price or fixed
    return InForce(_less(multiplier, points), lookback, fixed, points)


def _less(multiplier: Decimal, points: Decimal) -> Decimal:
    return max(LEAST_MULTIPLIER, multiplier - points)
