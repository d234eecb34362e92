"""The valuation as every reader takes it: engines side by side, a run over several dates, the roll-forward."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain

from notemodeler.app.book_tables import BookTable
from notemodeler.app.results import Results, compute
from notemodeler.app.valuation_columns import ENGINES, INPUTS, ROLL_FORWARD, RUN, RunRow, in_cents
from notemodeler.app.valuation_engines import QUICK, VALUERS
from notemodeler.app.valuation_words import difference_sentences, fixed_date_sentence, input_rows
from notemodeler.domain.issues import Issue
from notemodeler.domain.kinds import PRICE
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.fineness import BACKGROUND
from notemodeler.engines.valuation.inputs import inputs_on
from notemodeler.engines.valuation.life import Cancel
from notemodeler.engines.valuation.roll_forward import Mark, in_sum, roll_forward
from notemodeler.engines.valuation.rule_parts import rule_parts
from notemodeler.engines.valuation.worth import Engine, FairValue
from notemodeler.engines.words import dollars

NOTHING = Decimal(0)
ONE_DAY = timedelta(days=1)

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

    def side_by_side(
        self,
        on: date,
        points: int = BACKGROUND,
        more: Iterable[FairValue] = (),
        engines: Iterable[Engine] = QUICK,
    ) -> SideBySide:
        """The engines on one day, in their order, those that take no time unless told otherwise.

        `more` are values worked out elsewhere, such as by a running simulation; they come second.
        """
        values = tuple(self.value(on, engine, points) for engine in engines)
        values = (values[0], *more, *values[1:])
        main = values[0]
        case = self.case(on)
        price = case.quoter.rule.conversion_price_on(on).conversion_price
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
        for day in _quarter_ends(note.funding_date, last):
            found[day] = "quarter end"
        for happening in self.results.history.happenings:
            if happening.settled.total and happening.date <= end:
                found[happening.date] = happening.kind.value
        found.setdefault(end, "valuation date")
        return {day: found[day] for day in sorted(found) if note.funding_date <= day <= end}

    def run(
        self,
        dates: dict[date, str] | None = None,
        engine: Engine = Engine.TREE,
        points: int = BACKGROUND,
        cancel: Cancel | None = None,
    ) -> ValuationRun:
        """The note valued on each date by one engine, in date order, and the roll-forward between them."""
        asked = self.dates() if dates is None else dates
        rows: list[RunRow] = []
        marks: list[Mark] = []
        issues: list[Issue] = []
        for day in sorted(asked):
            row, mark = self._valued(day, asked[day], engine, points, cancel, is_new=not marks)
            rows.append(row)
            marks += [mark] if mark else []
            issues += list(row.found.issues)
        rolled = roll_forward(marks)
        total = in_sum(rolled)
        return ValuationRun(
            engine,
            BookTable("values", "Inputs and values", RUN, tuple(rows)),
            BookTable("roll_forward", "Level-3 roll-forward", ROLL_FORWARD, rolled, REMARK),
            tuple(dict.fromkeys(issues)),
            BookTable("total", "In all", ROLL_FORWARD, (total,) if total else ()),
        )

    def _valued(
        self,
        day: date,
        why: str,
        engine: Engine,
        points: int,
        cancel: Cancel | None,
        *,
        is_new: bool,
    ) -> tuple[RunRow, Mark | None]:
        """The row of one date, and its mark in the roll-forward; no mark without a value."""
        case = self.case(day)
        history = case.quoter.history
        owed = history.owed_on(day).in_cents().total
        found = self._or_nothing(day, engine, points, cancel, owed)
        price = case.quoter.rule.conversion_price_on(day).conversion_price
        row = RunRow(why, found, owed, price)
        before = found
        if day in history.first_settled:
            before = self.value(day, engine, points, cancel, with_entries=False)
        opening, closing = in_cents(before.right), in_cents(found.right)
        if opening is None or closing is None:
            return row, None
        return row, Mark(day, opening, closing, is_new)

    def _or_nothing(
        self, day: date, engine: Engine, points: int, cancel: Cancel | None, owed: Decimal
    ) -> FairValue:
        """The value; a note of which nothing is left is worth nothing."""
        if owed > NOTHING:
            return self.value(day, engine, points, cancel)
        inputs = inputs_on(self.case(day), day)
        return FairValue(day, engine, inputs, 0.0, 0.0)


def _quarter_ends(start: date, end: date) -> Iterable[date]:
    """The last days of the calendar quarters after the start and by the end."""
    for year in range(start.year, end.year + 1):
        for month in (4, 7, 10, 13):
            following = date(year + month // 13, month % 12, 1)
            day = following - ONE_DAY
            if start < day <= end:
                yield day
