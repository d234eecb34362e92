"""How a note stands at a glance on a day."""

from datetime import date

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import Choice
from notemodeler.domain.note import Note
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.history import Happening, HappeningKind, NoteHistory


class NoteState(Choice):
    """What can be said of a note in two words; the first that holds, from above."""

    NOT_FUNDED = "not_funded", "not yet funded"
    CONVERTED = "converted", "converted"
    PAID_OFF = "paid_off", "paid off"
    IN_DEFAULT = "in_default", "in default"
    MATURED = "matured", "matured unpaid"
    OPENS_LATER = "opens_later", "convertible later"
    CONVERTIBLE = "convertible", "convertible"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed any more."""
        return self in (NoteState.CONVERTED, NoteState.PAID_OFF)


def state_on(note: Note, history: NoteHistory, day: date) -> NoteState:
    """How the note stands at the end of the day, by what had happened until then."""
    if day < history.funded:
        return NoteState.NOT_FUNDED
    past = [each for each in history.happenings if each.date <= day]
    if past and not past[-1].after.total:
        return _how_settled(past)
    if any(each.kind is HappeningKind.DEFAULT for each in past):
        return NoteState.IN_DEFAULT
    if day > note.maturity_date:
        return NoteState.MATURED
    return NoteState.OPENS_LATER if day < opening_date(note) else NoteState.CONVERTIBLE


def state_words(state: NoteState, note: Note) -> str:
    """`convertible from Feb 1, 2019`, `in default`."""
    if state is NoteState.OPENS_LATER:
        return f"convertible from {show_date(opening_date(note))}"
    return state.label


def _how_settled(past: list[Happening]) -> NoteState:
    """The last event that took something off the balance tells how the note ended."""
    last = next((each for each in reversed(past) if each.settled.total), past[-1])
    converted = last.kind is HappeningKind.CONVERSION
    return NoteState.CONVERTED if converted else NoteState.PAID_OFF
