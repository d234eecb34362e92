"""What comes after a day, of every note and of the company, each with the days to go and a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from notemodeler.engines.company.book_day import BookDay, Standing
from notemodeler.engines.company.coming import Coming, NextKind
from notemodeler.engines.company.issuer_dates import issuer_dates
from notemodeler.engines.company.note_dates import note_dates


@dataclass(frozen=True, slots=True)
class NextDate:
    """Something that comes on a day: of the note at `place`, or of the company if that is None."""

    date: date
    kind: NextKind
    place: int | None
    title: str
    days_to_go: int
    sentence: str


def next_dates(at: BookDay) -> tuple[NextDate, ...]:
    """The dates from the day on, in order; of one day the company's first, then as the book stands.

    Dates of a note stop when nothing is owed any more. What the ledger holds after the day is not
    looked at: the list is what could be known on the day.
    """
    found = [_dated(at, None, each) for each in issuer_dates(at.book.issuer, at.day)]
    for standing in at.standings:
        found += [_dated(at, standing.place, each) for each in _of_note(at, standing)]
    return tuple(sorted(found, key=lambda each: (each.date, _order(each.place))))


def _of_note(at: BookDay, standing: Standing) -> Iterator[Coming]:
    if standing.state.is_settled:
        return
    for each in note_dates(standing.note, at.book.issuer):
        if each.date >= at.day:
            yield each


def _dated(at: BookDay, place: int | None, coming: Coming) -> NextDate:
    title = at.book.issuer.name or "The company" if place is None else at.book.label(place)
    days = (coming.date - at.day).days
    return NextDate(coming.date, coming.kind, place, title, days, coming.sentence)


def _order(place: int | None) -> int:
    return -1 if place is None else place
