"""What it would take to convert every note at once on a day, and what the limits allow of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.numbers import total_of
from notemodeler.engines.company.allowed import allowed_alone, allowed_by_note
from notemodeler.engines.company.book_day import BookDay, Standing
from notemodeler.engines.company.holder_groups import HolderGroup, holder_groups
from notemodeler.engines.company.levels import Level
from notemodeler.engines.company.positions import whole_sum
from notemodeler.engines.history import NOTHING
from notemodeler.engines.schedule import share_of
from notemodeler.engines.shares import ownership_limit_shares


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """One note, or all: the whole balance in dollars and in shares at the price of the day.

    `share_after` is its part of the company once everything is converted. `allowed` is the most new
    shares that this note alone could bring now, `cut_by` the limit that binds. Of the sum, `allowed`
    is what all holders together could take. None where a price or a count is missing.
    """

    level: Level
    place: int | None
    title: str
    balance: Decimal
    conversion_price: Decimal | None
    shares: int | None
    share_after: Decimal | None
    allowed: int | None
    cut_by: str


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A holder with its affiliates: what it holds, what all its notes would bring and may bring now.

    `share_after` is the part of the company that it would have, shares held included, once every
    note of the book is converted; `limit` the lowest that its notes state.
    """

    name: str
    places: tuple[int, ...]
    held: int
    limit: Decimal | None
    shares: int | None
    share_after: Decimal | None
    allowed: int | None


@dataclass(frozen=True, slots=True)
class FullConversion:
    """The company before and after; `old_holders` is what those who hold shares now keep of it.

    `head_room` is what the charter would still leave, negative if it does not allow so many shares.
    `unpriced` are the places of notes without a price: no sum is given as long as there are any.
    """

    day: date
    rows: tuple[ConversionRow, ...]
    total: ConversionRow
    holders: tuple[HolderRow, ...]
    outstanding: int | None
    after: int | None
    old_holders: Decimal | None
    authorised: int | None
    head_room: int | None
    unpriced: tuple[int, ...]


def full_conversion(at: BookDay) -> FullConversion:
    """Everything converted at the end of the day, each note at its own price, whatever the limits say.

    What the limits allow is reckoned for each holder on the shares outstanding now, as if no other
    holder converted.
    """
    shares = whole_sum(each.shares for each in at.standings)
    after = None if shares is None or at.outstanding is None else at.outstanding + shares
    holders = tuple(_holder(at, group, after) for group in holder_groups(at.book.notes))
    rows = tuple(_row(at, each, after) for each in at.standings)
    head_room = None if after is None or at.authorised is None else at.authorised - after
    old = None if after is None or at.outstanding is None else share_of(at.outstanding, after)
    return FullConversion(
        at.day,
        rows,
        _total(rows, holders, shares, after),
        holders,
        at.outstanding,
        after,
        old,
        at.authorised,
        head_room,
        tuple(each.place for each in at.unpriced),
    )


def _row(at: BookDay, each: Standing, after: int | None) -> ConversionRow:
    allowed = allowed_alone(at, each)
    return ConversionRow(
        Level.NOTE,
        each.place,
        at.book.label(each.place),
        each.owed.total,
        each.conversion_price,
        each.shares,
        _part(each.shares, after),
        allowed.shares,
        allowed.cut_by,
    )


def _total(
    rows: Sequence[ConversionRow],
    holders: Sequence[HolderRow],
    shares: int | None,
    after: int | None,
) -> ConversionRow:
    balance = total_of(NOTHING, *(row.balance for row in rows))
    allowed = whole_sum(each.allowed for each in holders)
    part = _part(shares, after)
    return ConversionRow(
        Level.BOOK, None, "All notes", balance, None, shares, part, allowed, ""
    )  # fmt: skip


def _holder(at: BookDay, group: HolderGroup, after: int | None) -> HolderRow:
    notes = [at.standings[place] for place in group.places]
    limits = [each.note.conversion.ownership_limit for each in notes]
    held = max(each.held for each in notes)
    shares = whole_sum(each.shares for each in notes)
    together = None if shares is None else held + shares
    return HolderRow(
        group.name,
        group.places,
        held,
        min((limit for limit in limits if limit is not None), default=None),
        shares,
        _part(together, after),
        _allowed_together(at, notes),
    )


def _allowed_together(at: BookDay, notes: Sequence[Standing]) -> int | None:
    """The most new shares of all notes of one holder at once.

    Notes with a lower ownership limit go first: what they bring counts against the others. In which
    order notes of one limit go changes nothing in the sum.
    """
    taken = 0
    for each in sorted(notes, key=lambda each: each.note.conversion.ownership_limit or Decimal(1)):
        own = allowed_by_note(at, each).shares
        if own is None:
            return None
        limit = each.note.conversion.ownership_limit
        if own and limit is not None:
            if at.outstanding is None:
                return None
            room = ownership_limit_shares(limit, at.outstanding + taken, each.held + taken)
            own = min(own, room)
        taken += own
    return taken


def _part(shares: int | None, whole: int | None) -> Decimal | None:
    return None if shares is None else share_of(shares, whole)
