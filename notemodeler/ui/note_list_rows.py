"""The lines of the list of notes: what the document says at once, and later what each note has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from notemodeler.domain.note import Note
    from notemodeler.domain.project import Project
    from notemodeler.engines.company.positions import Position

SIGNS = {
    "not_funded": ("◌", "not funded"),
    "converted": ("✓", "converted"),
    "paid_off": ("✓", "paid off"),
    "in_default": ("◆", "in default"),
    "matured": ("▲", "past due"),
    "opens_later": ("○", "opens later"),
    "convertible": ("●", "convertible"),
}
"""A shape and a short word for each state, as colour alone tells nothing."""
PRESSING = frozenset({"in_default", "matured"})
INDENT = "   "


class ListRow(NamedTuple):
    """A note at its place of the book, or a sum of notes, without a place."""

    place: int | None
    title: str
    holder: str
    is_tranche: bool
    balance: Decimal | None = None
    state: str = ""
    state_words: str = ""


def rows_at_rest(project: Project) -> tuple[ListRow, ...]:
    """The notes as the document names them, before anything is worked out."""
    return tuple(
        ListRow(place, note_name(note, place), note.holder, False)
        for place, note in enumerate(project.notes)
    )


def rows_of(positions: Sequence[Position]) -> tuple[ListRow, ...]:
    """The positions without the sum of the book, which stands above the list."""
    summed = {row.agreement for row in positions if row.place is None and row.agreement}
    return tuple(_row_of(row, row.agreement in summed) for row in positions[:-1])


def _row_of(row: Position, is_tranche: bool) -> ListRow:
    state = "" if row.state is None else row.state.value
    tranche = is_tranche and row.place is not None
    return ListRow(row.place, row.title, row.holder, tranche, row.balance, state, row.state_words)


def note_name(note: Note, place: int) -> str:
    """What a sentence calls a note of the book."""
    return note.title or note.holder or f"note {place + 1}"
