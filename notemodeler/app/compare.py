"""Two notes side by side: the terms that differ, and what each difference costs on the first one's situation."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from notemodeler.app.comparison import PAY_OFF_DAY, Comparison, Difference, Measure
from notemodeler.app.results import Results, compute
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import FORM, Style
from notemodeler.domain.project import FIELDS, Project, applies, field_value, with_field
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import Field
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.prepayment import payoff_on
from notemodeler.engines.quote import Quote

PARTIES = ("note.holder", "note.affiliate_group", "note.agreement")
"""Who holds a note has no price."""
CALLED = ("note.title", "note.remark")
RATE_PLACES = Decimal("0.000001")


def compare_notes(
    project: Project,
    place: int,
    other: Note,
    *,
    on: date | None = None,
    title: str = "",
) -> Comparison:
    """Note A of the project at its place against note B, wherever B is from.

    `on` is the day of the full conversion; without one it is the day on which A opens, or the first
    day after the last price if that is earlier. `title` is what to call B.
    """
    now = compute(project, place)
    day, pay_off_day = on or conversion_day(now), now.note.issue_date + timedelta(days=PAY_OFF_DAY)
    differing = tuple(_differing(now.note, other))
    measured = _Measurer(now, other, day, pay_off_day)
    counted = [field for field in differing if not _uncounted(field, now.note, other)]
    return Comparison(
        now.note.title,
        title or other.title,
        day,
        pay_off_day,
        tuple(_rows(now.note, other, differing, measured)),
        measured.now,
        measured.with_terms(counted)[0],
    )


def conversion_day(results: Results) -> date:
    """A day to compare full conversions on."""
    calendar = results.market.calendar
    opens = calendar.shifted(max(opening_date(results.note), results.note.funding_date), 0)
    return min(opens, results.next_notice_date)


class _Measurer:
    """Measures note A with some of B's terms in the place of its own."""

    def __init__(self, now: Results, other: Note, on: date, pay_off_day: date) -> None:
        self._results, self._other = now, other
        self._on, self._pay_off_day = on, pay_off_day
        self.now = self.with_terms(())[0]

    def with_terms(self, fields: Iterable[Field]) -> tuple[Measure, str]:
        """The figures, and why one cannot be had."""
        project, place = self._results.project, self._results.note_index
        for field in fields:
            project = with_field(project, field.name, _value(self._other, field), place)
        results = compute(project, place, self._results)
        quote = results.quote(self._on)
        why = next((issue.text for issue in quote.issues if issue.is_error), "")
        return self._measure(results, quote), why

    def _measure(self, results: Results, quote: Quote) -> Measure:
        cost = results.quoter.annual_cost(quote)
        return Measure(
            _pay_off(results, self._pay_off_day),
            quote.price.conversion_price,
            quote.shares,
            quote.share_of_company,
            None if cost is None else Decimal(cost).quantize(RATE_PLACES),
        )


def _pay_off(results: Results, day: date) -> Decimal:
    found = payoff_on(results.note, results.history, day)
    return results.history.owed_on(day).in_cents().total if found is None else found.total


def _differing(a: Note, b: Note) -> Iterator[Field]:
    """The terms that differ and say something in one of the two notes at least."""
    for field in FIELDS:
        if not field.name.startswith("note.") or field.name in CALLED:
            continue
        if _value(a, field) != _value(b, field) and (_says(a, field) or _says(b, field)):
            yield field


def _rows(
    a: Note, b: Note, differing: tuple[Field, ...], measured: _Measurer
) -> Iterator[Difference]:
    for field in differing:
        shown = _shown(a, field), _shown(b, field)
        if uncounted := _uncounted(field, a, b):
            yield Difference(field, *shown, None, uncounted)
        elif (root := _root(field, differing)) is not field:
            yield Difference(field, *shown, None, f"counted with “{root.term.label}”")
        else:
            found, why = measured.with_terms(
                each for each in differing if _root(each, differing) is field
            )
            yield Difference(field, *shown, found.more_than(measured.now), why)


def _uncounted(field: Field, a: Note, b: Note) -> str:
    """Why a difference is not measured, if it is not."""
    if field.name in PARTIES:
        return "who holds the note has no price"
    if a.issue_date != b.issue_date and _is_dated(field):
        return "both are measured on the dates of the first"
    return ""


def _is_dated(field: Field) -> bool:
    kind = field.term.kind
    if not isinstance(kind, RowsKind):
        return kind.name == "date"
    return any(
        column.term.kind.name == "date" and not column.term.optional for column in kind.columns
    )


def _root(field: Field, differing: tuple[Field, ...]) -> Field:
    """The differing term without which this one means nothing; itself, if there is none."""
    decides = field.term.applies_when
    while decides is not None:
        above = next(each for each in FIELDS if each.name == decides[0])
        if above in differing:
            return _root(above, differing)
        decides = above.term.applies_when
    return field


def _value(note: Note, field: Field) -> Any:
    return field_value(Project(notes=(note,)), field.name)


def _says(note: Note, field: Field) -> bool:
    project = Project(notes=(note,))
    return applies(field.name, lambda name: field_value(project, name))


def _shown(note: Note, field: Field, style: Style = FORM) -> str:
    if not _says(note, field):
        return "does not apply"
    value = _value(note, field)
    if value is None:
        return field.term.empty or "none"
    return field.term.kind.show(value, style) or "none"
