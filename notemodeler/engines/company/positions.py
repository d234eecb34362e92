"""The notes of the book as of a day, one row each, with the sums of each agreement and of the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.numbers import total_of
from notemodeler.engines.company.book_day import BookDay, Standing
from notemodeler.engines.company.levels import Level, by_agreement
from notemodeler.engines.company.next_dates import NextDate, next_dates
from notemodeler.engines.company.states import NoteState, state_words
from notemodeler.engines.history import NOTHING
from notemodeler.engines.schedule import share_of


@dataclass(frozen=True, slots=True)
class Position:
    """A note, or a sum of notes, at the end of a day, in dollars and in shares of that day.

    `place` and `state` are None for a sum. `shares` would be issued for the whole balance at the
    conversion price of the day, the limits aside; None if a note among them has no price.
    `share_of_company` is what they would be of the shares outstanding after them.
    """

    level: Level
    place: int | None
    title: str
    holder: str
    agreement: str
    principal: Decimal
    balance: Decimal
    converted: Decimal
    paid: Decimal
    shares_issued: int
    state: NoteState | None
    state_words: str
    conversion_price: Decimal | None
    shares: int | None
    share_of_company: Decimal | None
    next_date: NextDate | None


def positions(at: BookDay) -> tuple[Position, ...]:
    """A row for each note, the tranches of an agreement together and then their sum; the book last."""
    coming = _first_dates(next_dates(at))
    rows: list[Position] = []
    for agreement, standings in by_agreement(at.standings):
        notes = [_row(at, each, coming.get(each.place)) for each in standings]
        rows += notes
        if len(notes) > 1:
            rows.append(_sum(at, Level.AGREEMENT, agreement, notes))
    of_notes = [row for row in rows if row.level is Level.NOTE]
    return (*rows, _sum(at, Level.BOOK, "", of_notes))


def _first_dates(dates: Iterable[NextDate]) -> dict[int, NextDate]:
    """The first date of each note; dates of the issuer concern none in particular."""
    found: dict[int, NextDate] = {}
    for each in dates:
        if each.place is not None:
            found.setdefault(each.place, each)
    return found


def _row(at: BookDay, each: Standing, coming: NextDate | None) -> Position:
    note = each.note
    return Position(
        Level.NOTE,
        each.place,
        at.book.label(each.place),
        note.holder,
        note.agreement,
        note.principal_amount,
        each.owed.total,
        each.converted,
        each.paid,
        each.issued,
        each.state,
        state_words(each.state, note),
        each.conversion_price,
        each.shares,
        part_of_company(each.shares, at.outstanding),
        coming,
    )


def _sum(at: BookDay, level: Level, agreement: str, rows: Sequence[Position]) -> Position:
    shares = whole_sum(row.shares for row in rows)
    title = f"{agreement} in all" if level is Level.AGREEMENT else "All notes"
    return Position(
        level,
        None,
        title,
        "",
        agreement,
        total_of(NOTHING, *(row.principal for row in rows)),
        total_of(NOTHING, *(row.balance for row in rows)),
        total_of(NOTHING, *(row.converted for row in rows)),
        total_of(NOTHING, *(row.paid for row in rows)),
        sum(row.shares_issued for row in rows),
        None,
        "",
        None,
        shares,
        part_of_company(shares, at.outstanding),
        next(iter(sorted(_dates(rows), key=lambda each: each.date)), None),
    )


def _dates(rows: Iterable[Position]) -> Iterator[NextDate]:
    return (row.next_date for row in rows if row.next_date is not None)


def whole_sum(counts: Iterable[int | None]) -> int | None:
    """The sum, or None if one of them is not known: a part is never passed off as the whole."""
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total


def part_of_company(shares: int | None, outstanding: int | None) -> Decimal | None:
    """New shares as a part of the shares outstanding after them."""
    if shares is None or outstanding is None:
        return None
    return share_of(shares, outstanding + shares)
