"""How much of a note could be converted at once on a day: opening, ownership limit, exchange cap, monthly cap."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.numbers import total_of
from notemodeler.engines.company.book_day import BookDay, Standing
from notemodeler.engines.company.states import NoteState
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.conversion_limits import Counts, ShareLimit, ownership_room
from notemodeler.engines.history import NOTHING
from notemodeler.engines.note_limits import exchange_cap_shares
from notemodeler.engines.words import dollars, percent


@dataclass(frozen=True, slots=True)
class Allowed:
    """The most new shares of a note now, and the limit that cuts the whole balance to them.

    `shares` is None where a price or the shares outstanding are not known; `cut_by` is then the
    reason, and empty where nothing cuts.
    """

    shares: int | None
    cut_by: str = ""


def allowed_alone(at: BookDay, each: Standing) -> Allowed:
    """What this note could convert now if no other note did."""
    own = allowed_by_note(at, each)
    terms = each.note.conversion
    if not own.shares or terms.ownership_limit is None:
        return own
    room = ownership_room(terms, Counts(at.outstanding, each.held))
    if room is None:
        return Allowed(None, "no count of shares outstanding is known")
    if room >= own.shares:
        return own
    return Allowed(room, f"the {percent(terms.ownership_limit)} limit")


def allowed_by_note(at: BookDay, each: Standing) -> Allowed:
    """What the note's own terms let go now, the ownership limit aside."""
    if each.shares is None:
        return Allowed(None, "no conversion price is known")
    if each.shares == 0:
        return Allowed(0)
    if not _is_open(at, each):
        return Allowed(0, f"conversion opens on {show_date(opening_date(each.note))}")
    least = min(_bounds(at, each), key=lambda bound: bound.shares, default=None)
    if least is None or least.shares >= each.shares:
        return Allowed(each.shares)
    return Allowed(least.shares, least.words)


def _is_open(at: BookDay, each: Standing) -> bool:
    funded = each.state is not NoteState.NOT_FUNDED
    return funded and at.day >= opening_date(each.note)


def _bounds(at: BookDay, each: Standing) -> Iterator[ShareLimit]:
    terms = each.note.conversion
    if terms.exchange_cap is not None:
        cap = _cap_shares(at, each, terms.exchange_cap)
        if cap is not None:
            words = f"the exchange cap of {percent(terms.exchange_cap)}"
            yield ShareLimit(max(0, cap - each.issued), words)
    if terms.monthly_cap_amount is not None and each.trade is not None:
        left = max(NOTHING, terms.monthly_cap_amount - converted_in_month(at, each.place))
        shares = each.trade.shares(total_of(left, terms.fee_amount)) if left > 0 else 0
        yield ShareLimit(shares, f"the cap of {dollars(terms.monthly_cap_amount)} a month")


def _cap_shares(at: BookDay, each: Standing, cap: Decimal) -> int | None:
    """The shares that the note may issue in all under the exchange cap, in shares of the day."""
    register, signed = at.book.register, each.note.issue_date
    outstanding = register.outstanding(signed, before_entries=True)
    if outstanding is None:
        return None
    return register.carried(exchange_cap_shares(cap, outstanding), signed, at.day)


def converted_in_month(at: BookDay, place: int) -> Decimal:
    """The dollars converted in the calendar month of the day, through the day, without what a floor added."""
    month = (at.day.year, at.day.month)
    return total_of(
        NOTHING,
        *(
            each.converted
            for each in at.book.run.histories[place].happenings
            if each.date <= at.day and (each.date.year, each.date.month) == month
        ),
    )
