"""The lines of the explain view besides the curves: fixed prices and floors, and the dates that matter."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from math import inf
from typing import NamedTuple

from notemodeler.app.results import Results
from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import StatusKind
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.rule_steps import StepTrigger
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.words import price_text
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.level_marks import Event, Level
from notemodeler.ui.charts.value_words import split_words


class Bound(NamedTuple):
    """A price that the rule states: what it is called, and how much it is."""

    name: str
    price: Decimal


def levels_of(results: Results, desk: Desk) -> Iterator[Level]:
    """Fixed prices and floors in dollars of each day: steps and splits move them."""
    for bound_of in (_fixed, _floor):
        yield from _levels(results, desk, bound_of)


def _levels(
    results: Results, desk: Desk, bound_of: Callable[[Composition], Bound | None]
) -> Iterator[Level]:
    changes = results.quoter.rule.changes
    runs: list[tuple[date, Bound | None]] = []
    for change in changes:
        bound = bound_of(change.composition)
        if not runs or runs[-1][1] != bound:
            runs.append((change.start, bound))
    ends = [start for start, _ in runs[1:]]
    for place, (start, bound) in enumerate(runs):
        if bound is None:
            continue
        first = -inf if place == 0 else _edge(desk, start)
        last = inf if place == len(ends) else _edge(desk, ends[place])
        if first < last:
            words = f"{bound.name} {price_text(bound.price)}"
            yield Level(float(bound.price), words, "limit", first, last)


def _edge(desk: Desk, day: date) -> float:
    """Where a day begins on the x axis; beyond the days if it comes after them."""
    if not desk.days:
        return 0.0
    after = day > desk.days[-1]
    return desk.place(day) + (0.5 if after else -0.5)


def _fixed(composition: Composition) -> Bound | None:
    fixed = composition.fixed
    if fixed is None or fixed.price is None:
        return None
    is_cap = fixed.role is PriceComposition.LESSER_OF
    return Bound("cap" if is_cap else "fixed price", fixed.price)


def _floor(composition: Composition) -> Bound | None:
    floor = composition.floor
    if floor is None or (floor.price is None and floor.par is None):
        return None
    return Bound("floor", floor.level)


TRIGGERS = {
    StatusKind.DTC_CHILL: StepTrigger.DTC_CHILL,
    StatusKind.NO_DEPOSIT: StepTrigger.NO_DEPOSIT,
    StatusKind.NOT_LISTED: StepTrigger.NOT_LISTED,
    StatusKind.LATE_REPORTS: StepTrigger.LATE_REPORTS,
}


def events_of(results: Results, desk: Desk) -> Iterator[Event]:
    """The dates of the note, the splits of its shares, and what brings a step of its price about."""
    for day, words, role in _dated(results):
        if desk.days and desk.days[0] <= day:
            yield Event(desk.place(day), words, role)
    simulated = desk.document.simulated_from
    if simulated is not None:
        yield Event(desk.place(simulated), f"simulated from {show_date(simulated)}", "accent")
    yield from split_events(results, desk)


def split_events(results: Results, desk: Desk, *, dated: bool = True) -> Iterator[Event]:
    """The splits in the days of the chart."""
    for split in results.project.issuer.splits:
        if desk.days and desk.days[0] <= split.date <= desk.days[-1]:
            words = split_words(split)
            text = words if dated else words.partition(",")[0]
            yield Event(desk.place(split.date), text, "text")


def _dated(results: Results) -> Iterator[tuple[date, str, str]]:
    note, issuer = results.note, results.project.issuer
    for day, words, role in (
        (opening_date(note), "conversion opens", "muted"),
        (note.default.default_date, "default", "default"),
        (note.maturity_date, "maturity", "muted"),
    ):
        if day is not None:
            yield day, f"{words} {show_date(day)}", role
    wanted = {step.trigger for step in note.conversion.rule.steps}
    for event in issuer.status_events:
        if TRIGGERS[event.kind] in wanted:
            yield event.from_date, f"{event.kind.label} {show_date(event.from_date)}", "text"
