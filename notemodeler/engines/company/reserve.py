"""What must be kept in reserve, note by note, against the shares that the charter still leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.company.book_day import BookDay, Standing
from notemodeler.engines.company.levels import Level
from notemodeler.engines.company.positions import whole_sum
from notemodeler.engines.words import counted

CHARTER_FIELD, RESERVED_FIELD = "issuer.shares_authorised", "note.conversion.reserved_shares"
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """One note, or all of them: what is required, what is set aside, what is lacking, in shares of the day.

    `multiple` is None where the note states none: nothing is required then. `required` and
    `shortfall` are None where a conversion price is missing.
    """

    level: Level
    place: int | None
    title: str
    multiple: Decimal | None
    full_shares: int | None
    required: int | None
    reserved: int
    shortfall: int | None


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reserves of a day. `free` is what is authorised and neither outstanding nor set aside.

    A negative `free` is a shortfall. `lacking` is by how many shares the charter falls short of what
    is outstanding, set aside and still to be set aside; 0 if it does not. None where a count or a
    price is missing.
    """

    day: date
    rows: tuple[ReserveRow, ...]
    total: ReserveRow
    authorised: int | None
    outstanding: int | None
    free: int | None
    lacking: int | None

    def issues(self) -> Iterator[tuple[tuple[int, ...], Issue]]:
        """What the reserve lacks, with the places of the notes that it concerns, none for the company."""
        short = [row for row in self.rows if row.shortfall]
        if short:
            places = tuple(row.place for row in short if row.place is not None)
            yield places, _warning(self._short_words(short), RESERVED_FIELD, self.day)
        if self.lacking:
            yield (), _warning(self._lacking_words(self.lacking), CHARTER_FIELD, self.day)

    def _short_words(self, short: Sequence[ReserveRow]) -> str:
        on = show_date(self.day)
        if len(short) == 1:
            (row,) = short
            return (
                f"The reserve for {row.title} is {row.shortfall:,} shares short on {on}: "
                f"{row.required:,} are required, {row.reserved:,} set aside."
            )
        total = sum(row.shortfall or 0 for row in short)
        named = [f"{row.title} by {row.shortfall:,}" for row in short[:MOST_NAMED]]
        if len(short) > MOST_NAMED:
            named.append(counted(len(short) - MOST_NAMED, "more note"))
        return f"The reserves are {total:,} shares short on {on}: {'; '.join(named)}."

    def _lacking_words(self, lacking: int) -> str:
        free, short = self.free or 0, self.total.shortfall or 0
        if free < 0:
            words = (
                f"The shares outstanding and set aside are {-free:,} more than the {self.authorised:,} "
                f"authorised"
            ) + (f", and {short:,} are still to be set aside" if short else "")
        else:
            words = (
                f"Of the {self.authorised:,} shares authorised {free:,} are free, while {short:,} are "
                f"still to be set aside"
            )
        needed = (self.authorised or 0) + lacking
        return f"{words}: the charter would have to be amended by at least {lacking:,} shares, to {needed:,}."


def reserve(at: BookDay) -> Reserve:
    """The reserves at the end of the day."""
    rows = tuple(_row(at, each) for each in at.standings)
    total = _total(rows)
    free = lacking = None
    if at.authorised is not None and at.outstanding is not None:
        free = at.authorised - at.outstanding - total.reserved
        if total.shortfall is not None:
            lacking = max(0, total.shortfall - free)
    return Reserve(at.day, rows, total, at.authorised, at.outstanding, free, lacking)


def _row(at: BookDay, each: Standing) -> ReserveRow:
    terms = each.note.conversion
    required = required_shares(terms.reserve_multiple, each.shares)
    reserved = at.book.register.carried(terms.reserved_shares, date.max, at.day)
    shortfall = None if required is None else max(0, required - reserved)
    title = at.book.label(each.place)
    return ReserveRow(
        Level.NOTE, each.place, title, terms.reserve_multiple, each.shares, required, reserved, shortfall
    )  # fmt: skip


def _total(rows: tuple[ReserveRow, ...]) -> ReserveRow:
    return ReserveRow(
        Level.BOOK,
        None,
        "All notes",
        None,
        whole_sum(row.full_shares for row in rows),
        whole_sum(row.required for row in rows),
        sum(row.reserved for row in rows),
        whole_sum(row.shortfall for row in rows),
    )


def required_shares(multiple: Decimal | None, shares: int | None) -> int | None:
    """The multiple of a full conversion, in whole shares, rounded up; 0 if the note states no multiple."""
    if multiple is None:
        return 0
    if shares is None:
        return None
    exact = MONEY_CONTEXT.multiply(multiple, Decimal(shares))
    return int(exact.to_integral_value(rounding=ROUND_CEILING))


def _warning(text: str, field: str, day: date) -> Issue:
    return Issue(Severity.WARNING, text, (field,), (day,))
