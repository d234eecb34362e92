"""What can be done with whole notes of the book: each makes another project, a sentence and a note to select."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from notemodeler.domain.kinds import DATE
from notemodeler.domain.note import Note
from notemodeler.domain.project import FIELDS, Project
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import value_at, with_value
from notemodeler.ui.note_list_rows import note_name

DEFAULTED = "note.default.default_date"
A_YEAR = timedelta(days=365)
BETWEEN_TRANCHES = timedelta(days=30)


class BookEdit(NamedTuple):
    """A project with other notes, the name of its undo step, and the place of the note to select."""

    project: Project
    sentence: str
    place: int


def blank_note(begins: date) -> Note:
    """A note without any terms of its own that begins on a day and runs for a year."""
    return replace(Note(), issue_date=begins, funding_date=begins, maturity_date=begins + A_YEAR)


def with_new_note(project: Project, note: Note, sentence: str = "") -> BookEdit:
    """The note at the end of the book."""
    place = len(project.notes)
    named = replace(note, title=_free_title(project, note.title))
    notes = (*project.notes, named)
    return BookEdit(
        replace(project, notes=notes), sentence or f"Add {note_name(named, place)}", place
    )


def with_duplicate(project: Project, place: int) -> BookEdit:
    """A copy of a note with its ledger, right after it."""
    note = project.notes[place]
    copy = replace(note, title=_free_title(project, note.title))
    return _inserted(project, copy, place + 1, f"Duplicate {note_name(note, place)}")


def with_tranche(project: Project, place: int, begins: date) -> BookEdit:
    """Another note under the same agreement and terms, with its own clock and an empty ledger.

    It begins on the day given, or thirty days after the latest tranche if that is later. A note
    that was drawn under nothing gives its title to the agreement.
    """
    first = project.notes[place]
    agreement = first.agreement or note_name(first, place)
    project = project.with_note(replace(first, agreement=agreement), place)
    drawn = [
        (where, each)
        for where, each in enumerate(project.notes)
        if _same_agreement(each, agreement)
    ]
    latest = max(each.issue_date for _, each in drawn)
    start = max(begins, latest + BETWEEN_TRANCHES)
    tranche = _shifted(project.notes[place], start - first.issue_date)
    title = _free_title(project, f"{agreement}, tranche {len(drawn) + 1}")
    tranche = replace(tranche, title=title, ledger=(), remark="")
    return _inserted(project, tranche, drawn[-1][0] + 1, f"Draw a new tranche under {agreement}")


def without_note(project: Project, place: int) -> BookEdit | None:
    """The book without a note; None for the only one, as a document holds at least one."""
    notes = project.notes
    if len(notes) == 1:
        return None
    left = (*notes[:place], *notes[place + 1 :])
    sentence = f"Remove {note_name(notes[place], place)}"
    return BookEdit(replace(project, notes=left), sentence, min(place, len(left) - 1))


def with_moved(project: Project, place: int, *, up: bool) -> BookEdit | None:
    """A note one line further up or down in the list, past a whole agreement if it is drawn under none.

    The first or the last tranche of an agreement takes the agreement along. None at the end of the
    list. The places matter: on one day the notes run in their order.
    """
    blocks = _blocks(project.notes)
    at = next(k for k, block in enumerate(blocks) if place in block)
    step = -1 if up else 1
    within = blocks[at].index(place) + step
    if 0 <= within < len(blocks[at]):
        _swap(blocks[at], within - step, within)
    elif 0 <= at + step < len(blocks):
        _swap(blocks, at, at + step)
    else:
        return None
    return _in_order(project, [each for block in blocks for each in block], place, up)


def _in_order(project: Project, order: list[int], place: int, up: bool) -> BookEdit:
    notes = tuple(project.notes[each] for each in order)
    sentence = f"Move {note_name(project.notes[place], place)} {'up' if up else 'down'}"
    return BookEdit(replace(project, notes=notes), sentence, order.index(place))


def shown_order(notes: Sequence[Note]) -> list[int]:
    """The places of the notes in the order in which the list shows them."""
    return [place for block in _blocks(notes) for place in block]


def _blocks(notes: Sequence[Note]) -> list[list[int]]:
    """The places as the list shows them: the tranches of an agreement together."""
    blocks: dict[str, list[int]] = {}
    for place, note in enumerate(notes):
        key = _key(note.agreement) or f"\n{place}"
        blocks.setdefault(key, []).append(place)
    return list(blocks.values())


def _swap(items: list[Any], one: int, other: int) -> None:
    items[one], items[other] = items[other], items[one]


def _key(agreement: str) -> str:
    return " ".join(agreement.lower().split())


def _same_agreement(note: Note, agreement: str) -> bool:
    return _key(note.agreement) == _key(agreement)


def _inserted(project: Project, note: Note, place: int, sentence: str) -> BookEdit:
    notes = (*project.notes[:place], note, *project.notes[place:])
    return BookEdit(replace(project, notes=notes), sentence, place)


def _free_title(project: Project, title: str) -> str:
    """The title, numbered if the book has it already."""
    taken = {note.title for note in project.notes}
    found, number = title, 2
    while found in taken and found:
        found, number = f"{title} ({number})", number + 1
    return found


def _shifted(note: Note, by: timedelta) -> Note:
    """Every date of the terms moved by as many days; a default is the old note's own."""
    for field in FIELDS:
        if not field.name.startswith("note."):
            continue
        value = value_at(note, field.path)
        moved = None if field.name == DEFAULTED else _moved(field.term.kind, value, by)
        if moved != value:
            note = with_value(note, field.path, moved)
    return note


def _moved(kind: Any, value: Any, by: timedelta) -> Any:
    if kind is DATE:
        return None if value is None else value + by
    if not isinstance(kind, RowsKind):
        return value
    dated = [column.leaf for column in kind.columns if column.term.kind is DATE]
    return tuple(_row_moved(row, dated, by) for row in value)


def _row_moved(row: Any, dated: Sequence[str], by: timedelta) -> Any:
    days = {name: getattr(row, name) for name in dated}
    return replace(row, **{name: day + by for name, day in days.items() if day is not None})
