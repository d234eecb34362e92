"""What is left on a day under a note's exchange cap and under its cap of the calendar month."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, ROUNDING_CONTEXT
from notemodeler.engines.history import NOTHING, NoteHistory
from notemodeler.engines.share_register import ShareRegister


def exchange_cap_shares(cap: Decimal, outstanding: int) -> int:
    """The most shares that the note may issue in all, in shares of its issue date."""
    exact = ROUNDING_CONTEXT.multiply(cap, Decimal(outstanding))
    return int(exact.to_integral_value(rounding=ROUND_FLOOR))


def exchange_room(note: Note, place: int, register: ShareRegister, day: date) -> int | None:
    """The shares that the note may still issue before the day's own entries; None without a cap or a count."""
    cap = note.conversion.exchange_cap
    outstanding = register.outstanding(note.issue_date, before_entries=True)
    if cap is None or outstanding is None:
        return None
    most = register.carried(exchange_cap_shares(cap, outstanding), note.issue_date, day)
    return max(0, most - register.taken(frozenset((place,)), day, before_entries=True))


def left_in_month(note: Note, history: NoteHistory, day: date) -> Decimal | None:
    """The dollars that may still be converted in the month before the day's own entries; None without a cap."""
    most = note.conversion.monthly_cap_amount
    if most is None:
        return None
    used = sum(
        (
            each.converted
            for each in history.happenings
            if (each.date.year, each.date.month) == (day.year, day.month) and each.date < day
        ),
        NOTHING,
    )
    return max(NOTHING, MONEY_CONTEXT.subtract(most, used))
