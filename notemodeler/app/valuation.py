"""The valuation as every reader takes it: engines side by side, a run over several dates, the roll-forward."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Protocol

from notemodeler.app.book_tables import BookTable
from notemodeler.app.results import Results, compute
from notemodeler.app.valuation_columns import ENGINES, INPUTS, ROLL_FORWARD, RUN, RunRow, in_cents
from notemodeler.app.valuation_dates import quarter_ends
from notemodeler.app.valuation_engines import QUICK, VALUERS
from notemodeler.app.valuation_words import difference_sentences, fixed_date_sentence, input_rows
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, UserError
from notemodeler.domain.kinds import PRICE
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.fineness import BACKGROUND, LIVE
from notemodeler.engines.valuation.inputs import inputs_on
from notemodeler.engines.valuation.life import Cancel
from notemodeler.engines.valuation.roll_forward import Mark, in_sum, roll_forward
from notemodeler.engines.valuation.rule_parts import rule_parts
from notemodeler.engines.valuation.worth import Engine, FairValue
from notemodeler.engines.words import dollars

NOTHING = Decimal(0)
MORE_PATHS = 4
"""So many times the paths, for half the standard error, when a simulation is to be sharpened."""
MOST_PATHS = FIELD_BY_NAME["valuation.paths"].term.maximum

REMARK = "Opening + new - settled + change = closing, each to the cent; the liability is the conversion right."


@dataclass(frozen=True)
class SideBySide:
    """The engines on one day: `inputs` and `engines` are tables, `sentences` say why they differ."""

    on: date
    inputs: BookTable
    engines: BookTable
    sentences: tuple[str, ...]
    issues: tuple[Issue, ...]
    values: tuple[FairValue, ...]


@dataclass(frozen=True)
class ValuationRun:
    """One engine over several dates: the values, and the roll-forward of the conversion right between them."""

    engine: Engine
    values: BookTable
    roll_forward: BookTable
    issues: tuple[Issue, ...]
    total: BookTable


RunReport = Callable[[ValuationRun, float], None]
"""Takes the run as far as it is, and which part of the dates is done."""


@dataclass(frozen=True, eq=False)
class Valuations:
    """The valuations of one note of a document; nothing known after a date counts for it."""

    results: Results
    _cases: dict[tuple[date, bool], ValuationCase] = field(default_factory=dict, repr=False)

    @cached_property
    def default_date(self) -> date:
        """The valuation date of the inputs, else the day of the last price."""
        results = self.results
        valuation = results.project.valuation
        return ValuationCase(results.book, valuation, results.note_index).default_date

    def case(self, on: date, *, with_entries: bool = True) -> ValuationCase:
        """The note as it could be known at the end of the day."""
        key = (on, with_entries)
        if key not in self._cases:
            project = as_of(self.results.project, on, with_entries=with_entries)
            place = self.results.note_index
            known = self.results if project is self.results.project else compute(project, place)
            valuation = project.valuation
            if on != self.default_date:
                # A price that is stated is that of the valuation date alone.
                valuation = replace(valuation, share_price=None)
            self._cases[key] = ValuationCase(known.book, valuation, place, project.scenario)
        return self._cases[key]

    def value(
        self,
        on: date,
        engine: Engine = Engine.TREE,
        points: int = BACKGROUND,
        cancel: Cancel | None = None,
        *,
        with_entries: bool = True,
    ) -> FairValue:
        """The value at the end of the day; before the day's own ledger entries without `with_entries`.

        Raises ValueError for a day that the calendar does not know.
        """
        case = self.case(on, with_entries=with_entries)
        return VALUERS[engine](case, on, inputs_on(case, on), points, cancel)

    def live(self, on: date, points: int = LIVE) -> FairValue:
        """The value as fast as a keystroke wants it; its note is None where that is too fast.

        Raises `UserError` for a day that the calendar does not know.
        """
        try:
            return self.value(on, points=points)
        except ValueError as problem:
            raise _refusal(on, problem) from None

    def answer(
        self,
        on: date,
        points: int = BACKGROUND,
        cancel: Cancel = lambda: False,
        report: Callable[[float], None] | None = None,
    ) -> FairValue:
        """The value by tree or lattice; where neither reaches, by the simulation, which then says so.

        Finer than in the background the simulation takes more paths. `report` is told which part of the
        tree's days is done. Raises `UserError` for a day that the calendar does not know.
        """
        try:
            asked = _counted(self, on, cancel, report) if report else cancel
            found = self.value(on, points=points, cancel=asked)
            if not _is_beyond(found):
                return found
            simulated = self._simulated(on, points, cancel)
        except ValueError as problem:
            raise _refusal(on, problem) from None
        return _in_place_of(found, simulated)

    def _simulated(
        self, on: date, points: int, cancel: Cancel | None, *, with_entries: bool = True
    ) -> FairValue:
        case = self.case(on, with_entries=with_entries)
        if points > BACKGROUND:
            paths = min(MOST_PATHS, MORE_PATHS * case.valuation.paths)
            case = replace(case, valuation=replace(case.valuation, paths=paths))
        return VALUERS[Engine.SIMULATION](case, on, inputs_on(case, on), points, cancel)

    def side_by_side(
        self,
        on: date,
        points: int = BACKGROUND,
        more: Iterable[FairValue] = (),
        engines: Iterable[Engine] = QUICK,
        cancel: Cancel | None = None,
    ) -> SideBySide:
        """The engines on one day, in their order, those that take no time unless told otherwise.

        `more` are values worked out elsewhere, such as by a running simulation; they come second.
        """
        values = tuple(self.value(on, engine, points, cancel) for engine in engines)
        return self.beside((values[0], *more, *values[1:]))

    def beside(self, values: tuple[FairValue, ...]) -> SideBySide:
        """Values of one day with what they rest on; the first is the one that the others are held against."""
        main = values[0]
        on = main.on
        case = self.case(on)
        price = case.conversion_price_on(on).conversion_price
        owed = dollars(case.quoter.history.owed_on(on).in_cents().total)
        rows = tuple(input_rows(main.inputs, "" if price is None else PRICE.show(price), owed))
        issues = tuple(dict.fromkeys(issue for value in values for issue in value.issues))
        return SideBySide(
            on,
            BookTable("inputs", "Inputs", INPUTS, rows),
            BookTable("engines", "Value by engine", ENGINES, values),
            (
                *dict.fromkeys(chain.from_iterable(value.words for value in values)),
                *difference_sentences(values),
                *self._of_the_look_back(case, main),
            ),
            issues,
            values,
        )

    def all_engines(
        self, on: date, cancel: Cancel, report: Callable[[SideBySide], None]
    ) -> SideBySide:
        """Every engine on one day; what the quick ones say is reported before the simulation begins.

        Where the tree does not reach, the simulation stands in its place.
        Raises `UserError` for a day that the calendar does not know.
        """
        try:
            quick = self.side_by_side(on, cancel=cancel)
            report(quick)
            simulated = self.value(on, Engine.SIMULATION, cancel=cancel)
        except ValueError as problem:
            raise _refusal(on, problem) from None
        tree, *others = quick.values
        if _is_beyond(tree):
            return self.beside((_in_place_of(tree, simulated), *others))
        return self.beside((tree, simulated, *others))

    def _of_the_look_back(self, case: ValuationCase, main: FairValue) -> Iterator[str]:
        """What the look-back alone makes of a dollar, where it moves with the notice."""
        if main.engine is not Engine.TREE or not main.inputs.steps or main.note is None:
            return
        rule = rule_parts(case, main.inputs).rules[-1]
        yield fixed_date_sentence(rule, main.inputs)

    def dates(self) -> dict[date, str]:
        """When reports value the note, and why: funding, quarter ends, settlements, the valuation date."""
        note, end = self.results.note, self.default_date
        found = {note.funding_date: "issue"}
        last = min(end, self.results.history.settled_date or end)
        for day in quarter_ends(note.funding_date, last):
            found[day] = "quarter end"
        for happening in self.results.history.happenings:
            if happening.settled.total and happening.date <= end:
                found[happening.date] = happening.kind.value
        found.setdefault(end, "valuation date")
        return {day: found[day] for day in sorted(found) if note.funding_date <= day <= end}

    def dates_with(self, days: Iterable[date]) -> dict[date, str]:
        """The report dates with further days, of which those before the funding are left out."""
        own = {day: "own date" for day in days if day >= self.results.note.funding_date}
        found = own | self.dates()
        return {day: found[day] for day in sorted(found)}

    def run(
        self,
        dates: dict[date, str] | None = None,
        engine: Engine = Engine.TREE,
        points: int = BACKGROUND,
        cancel: Cancel | None = None,
        report: RunReport | None = None,
        *,
        simulates: bool = False,
    ) -> ValuationRun:
        """The note valued on each date by one engine, in date order, and the roll-forward between them.

        `report` is told after each date how far it is. With `simulates` the simulation answers where
        the tree does not reach; without, such a date has no value.
        """

        def by(day: date, *, with_entries: bool = True) -> FairValue:
            found = self.value(day, engine, points, cancel, with_entries=with_entries)
            if not simulates or not _is_beyond(found):
                return found
            simulated = self._simulated(day, points, cancel, with_entries=with_entries)
            return _in_place_of(found, simulated)

        asked = self.dates() if dates is None else dates
        rows: list[RunRow] = []
        marks: list[Mark] = []
        for day in sorted(asked):
            row, mark = self._valued(day, asked[day], engine, by, is_new=not marks)
            rows.append(row)
            marks += [mark] if mark else []
            if report is not None:
                report(_run_of(engine, rows, marks), len(rows) / len(asked))
        return _run_of(engine, rows, marks)

    def _valued(
        self, day: date, why: str, engine: Engine, by: _By, *, is_new: bool
    ) -> tuple[RunRow, Mark | None]:
        """The row of one date, and its mark in the roll-forward; no mark without a value."""
        case = self.case(day)
        history = case.quoter.history
        owed = history.owed_on(day).in_cents().total
        # A note of which nothing is left is worth nothing.
        gone = FairValue(day, engine, inputs_on(case, day), 0.0, 0.0)
        found = by(day) if owed > NOTHING else gone
        price = case.conversion_price_on(day).conversion_price
        row = RunRow(why, found, owed, price)
        before = by(day, with_entries=False) if day in history.first_settled else found
        opening, closing = in_cents(before.right), in_cents(found.right)
        if opening is None or closing is None:
            return row, None
        return row, Mark(day, opening, closing, is_new)


class _By(Protocol):
    """Values the note on a day, before that day's own ledger entries if told so."""

    def __call__(self, day: date, *, with_entries: bool = True) -> FairValue: ...


def _is_beyond(found: FairValue) -> bool:
    """Whether neither tree nor lattice reaches, so that the simulation must answer."""
    return found.note is None and found.engine is Engine.SIMULATION


def _in_place_of(found: FairValue, simulated: FairValue) -> FairValue:
    """What the simulation answers where the tree could not, of which the last remark says why.

    Of the limits that the tree would have left out nothing is said: the simulation counts them.
    """
    told = (*found.inputs.issues, *found.issues[-1:], *simulated.issues)
    issues = tuple(dict.fromkeys(told))
    return replace(simulated, worth_now=found.worth_now, issues=issues)


def _run_of(engine: Engine, rows: list[RunRow], marks: list[Mark]) -> ValuationRun:
    rolled = roll_forward(marks)
    total = in_sum(rolled)
    return ValuationRun(
        engine,
        BookTable("values", "Inputs and values", RUN, tuple(rows)),
        BookTable("roll_forward", "Level-3 roll-forward", ROLL_FORWARD, rolled, REMARK),
        tuple(dict.fromkeys(issue for row in rows for issue in row.found.issues)),
        BookTable("total", "In all", ROLL_FORWARD, (total,) if total else ()),
    )


def _refusal(on: date, problem: ValueError) -> UserError:
    return UserError(f"No value as of {show_date(on)}: {problem}.")


def _counted(
    valuations: Valuations, on: date, cancel: Cancel, report: Callable[[float], None]
) -> Cancel:
    """Asks the same, and tells which part of the days the tree has come through."""
    case = valuations.case(on)
    days = max(1, len(inputs_on(case, on).steps))
    asked = 0

    def ask() -> bool:
        nonlocal asked
        asked += 1
        report(min(1.0, asked / days))
        return cancel()

    return ask
