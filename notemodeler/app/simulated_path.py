"""One simulated path as a document of its own: its prices after the known ones, its conversions in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from notemodeler.app.results import Results, compute
from notemodeler.app.simulation import Simulation, shown_price
from notemodeler.domain.dates import show_date
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.numbers import to_cents
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.rule import MissingPrices
from notemodeler.engines.history import Happening, HappeningKind

if TYPE_CHECKING:
    from notemodeler.engines.simulation.outcome import Outcome
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.engines.simulation.policies import Policy
    from notemodeler.engines.simulation.simulated import Simulated

SETTLED = 1e-5
"""A rest of the note smaller than this part is what single precision leaves of nothing."""
NEARLY, NEARLY_ALL = 1e-3, 0.05
"""Shares of a conversion that differ by less are the same but for roundings; of one that takes what is
left, but for the order in which interest and principal are settled, which the simulation does not follow."""
CENT = Decimal("0.01")


@dataclass(frozen=True)
class PathConversion:
    """A conversion of the path as it was simulated; `takes_all` if nothing of the note was left by it."""

    date: date
    price: float
    amount: float
    shares: float
    takes_all: bool


@dataclass(frozen=True, eq=False)
class SimulatedPath:
    """A path as exact engines see it.

    `results` are those of a document in which the path has come true; `conversions` are as simulated
    and `booked` as the exact engines book them. `remarks` say where the two differ in kind.
    """

    path: int
    seed: int
    known_day: date
    days: tuple[date, ...]
    conversions: tuple[PathConversion, ...]
    results: Results
    remarks: tuple[str, ...]

    @property
    def booked(self) -> tuple[Happening, ...]:
        """The conversions after the known day, priced by the rule on the simulated prices."""
        return tuple(
            each
            for each in self.results.history.happenings
            if each.kind is HappeningKind.CONVERSION and each.date > self.known_day
        )


def simulated_path(simulation: Simulation, picture: Picture, path: int) -> SimulatedPath:
    """The path of a picture that this simulation made; takes up to a few tenths of a second."""
    case, day = picture.case, simulation.on
    conversions, outcome, inside = _followed(case, path)
    prices = [float(row) for row in outcome.prices[:, inside]]
    project, begins_elsewhere = _with_prices(simulation, case, path, prices)
    place = simulation.results.note_index
    results = compute(_with_conversions(project, place, conversions, ()), place)
    strange = _differing(results, conversions, day)
    if strange:
        results = compute(_with_conversions(project, place, conversions, strange), place)
    return SimulatedPath(
        path, case.seeded.seed, day, case.days, conversions, results,
        tuple(_remarks(case, begins_elsewhere=begins_elsewhere, are_stated=bool(strange))),
    )  # fmt: skip


class _Seen:
    """A policy that is followed while somebody writes down what is left of the note on one path."""

    def __init__(self, policy: Policy, inside: int) -> None:
        self._policy, self._inside = policy, inside
        self.left: dict[int, float] = {}

    @property
    def words(self) -> str:
        return self._policy.words

    @property
    def amount(self) -> float | None:
        return self._policy.amount

    def wants(self, sight: Any) -> Any:
        self.left[sight.day] = float(sight.left[self._inside])
        return self._policy.wants(sight)


def _followed(case: Simulated, path: int) -> tuple[tuple[PathConversion, ...], Outcome, int]:
    """The path simulated once more; its conversions, its block, and its place in that."""
    from notemodeler.engines.simulation.draws import Block, block_size

    number, first = 0, 0
    while path >= first + block_size(number):
        first, number = first + block_size(number), number + 1
    inside = path - first
    course = case.setting.notes[0]
    seen = _Seen(course.policy, inside)
    notes = (replace(course, policy=seen), *case.setting.notes[1:])
    watched = replace(case, setting=replace(case.setting, notes=notes))
    outcome = watched.block(Block(number, first, inside + 1), inside + 1)
    converted = float(outcome.notes[0].converted[inside])
    found = _conversions(case, outcome, inside, seen.left, converted)
    return tuple(found), outcome, inside


def _conversions(
    case: Simulated, outcome: Outcome, inside: int, left: dict[int, float], converted: float
) -> Iterator[PathConversion]:
    """The days on which shares were issued, with the dollars that went."""
    owed, before = case.setting.notes[0].owed, 0.0
    gone = 0.0
    issued = [float(each) for each in outcome.issued_by[:, inside]]
    days = [at for at, sum_ in enumerate(issued) if sum_ > (issued[at - 1] if at else 0.0)]
    for at in days:
        after = left.get(at + 1)
        is_last = at == days[-1]
        amount = (
            converted - gone if is_last or after is None else (left[at] - after) * float(owed[at])
        )
        gone += amount
        rest = left[at] - amount / float(owed[at])
        price = float(outcome.conversion_prices[at, inside])
        shares = issued[at] - before
        before = issued[at]
        yield PathConversion(case.days[at], price, amount, shares, rest <= SETTLED)


def _with_prices(
    simulation: Simulation, case: Simulated, path: int, prices: list[float]
) -> tuple[Project, bool]:
    """The known document with the prices of the path in every series that is known.

    And whether another price stands in the place of the last known one.
    """
    project, known = simulation.known_project, simulation.known
    kind, start = known.note.conversion.rule.series, _start(simulation)
    listed = known.market.series_for(kind)
    source = (
        f"from {show_date(case.days[0])} simulated, path {path + 1:,} of seed {case.seeded.seed}"
    )
    made, begins_elsewhere = [], False
    for series in (*project.prices, *(() if listed else (PriceSeries(kind),))):
        is_own = series is listed or (listed is None and series.kind is kind)
        own = start if is_own else known.last_price(series.kind)
        if own is None:
            made.append(series)
            continue
        bars = tuple(
            PriceBar(day, shown_price(price * own / start), series.kind)
            for day, price in zip(case.days, prices, strict=True)
        )
        begun = _begun(simulation, series, start) if is_own else series
        begins_elsewhere |= begun is not series
        words = "; ".join(each for each in (series.source, source) if each)
        made.append(replace(begun.with_bars((*begun.bars, *bars)), source=words))
    return replace(project, prices=tuple(made)), begins_elsewhere


def _start(simulation: Simulation) -> float:
    price = simulation.inputs.price
    assert price is not None  # without one nothing was simulated
    return price


def _begun(simulation: Simulation, series: PriceSeries, start: float) -> PriceSeries:
    """The known prices; where the simulation begins at another one, it stands in the place of the last."""
    rule, calendar = simulation.known.note.conversion.rule, simulation.known.market.calendar
    day = calendar.last_through(simulation.on, 1)[0]
    if rule.missing_prices is MissingPrices.REACH_BACK and series.price_on(day) is None:
        day = next((bar.date for bar in reversed(series.bars) if bar.price is not None), day)
    if simulation.known.price_on(series.kind, day) == start:
        return series
    bars = [bar for bar in series.bars if bar.date != day]
    bar = PriceBar(day, shown_price(start), series.kind)
    return series.with_bars(tuple(sorted((*bars, bar), key=lambda each: each.date)))


def _with_conversions(
    project: Project, place: int, conversions: tuple[PathConversion, ...], stated: tuple[date, ...]
) -> Project:
    """The conversions as entries of the ledger; of those in `stated` the shares are stated as well."""
    note = project.notes[place]
    entries = []
    for each in conversions:
        amount = max(CENT, to_cents(Decimal(repr(each.amount))))
        is_stated = each.date in stated
        entries.append(
            LedgerEntry(
                each.date,
                EntryKind.CONVERSION,
                None if each.takes_all and not is_stated else amount,
                stated_shares=round(each.shares) if is_stated else None,
                remark="simulated",
            )
        )
    ledger = tuple(sorted((*note.ledger, *entries), key=lambda entry: entry.date))
    return project.with_note(replace(note, ledger=ledger), place)


def _differing(
    results: Results, conversions: tuple[PathConversion, ...], known_day: date
) -> tuple[date, ...]:
    """The days on which the exact engines would book other shares than were simulated."""
    booked = {
        each.date: float(each.shares or 0)
        for each in results.history.happenings
        if each.kind is HappeningKind.CONVERSION and each.date > known_day
    }
    return tuple(
        each.date
        for each in conversions
        if abs(booked.get(each.date, 0.0) - each.shares) > 1 + each.shares * _tolerance(each)
    )


def _tolerance(conversion: PathConversion) -> float:
    return NEARLY_ALL if conversion.takes_all else NEARLY


def _remarks(case: Simulated, *, begins_elsewhere: bool, are_stated: bool) -> Iterator[str]:
    if len(case.setting.notes) > 1:
        yield (
            "The other notes of the book convert on this path too and move its prices; their shares are "
            "not shown here."
        )
    if are_stated:
        yield "Shares that a limit or the volume held back are booked as they were simulated."
    if begins_elsewhere:
        yield "The path begins at another share price, which stands here in the place of the last known one."
