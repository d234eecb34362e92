"""The level-3 roll-forward of a liability at fair value: opening + new - settled +/- change = closing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.numbers import MONEY_CONTEXT

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the liability is worth on a day, in cents: `before` and `after` that day's ledger entries.

    They differ where a conversion or payment settled a part. `is_new` marks its first recognition.
    """

    date: date
    before: Decimal
    after: Decimal
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class RollForwardRow:
    """From the mark before to this one, in dollars; the five figures add up to the cent.

    `change` is what is left for earnings: closing - opening - new + settled.
    """

    start: date | None
    end: date
    opening: Decimal
    new: Decimal
    settled: Decimal
    change: Decimal
    closing: Decimal


def roll_forward(marks: Iterable[Mark]) -> tuple[RollForwardRow, ...]:
    """A row for each mark, in date order; the first opens at nothing.

    Of a mark that is new, the value before its entries is what is recognised; a change of value on the
    day of recognition cannot be told apart from it.
    """
    rows = []
    start, opening = None, NOTHING
    for mark in sorted(marks, key=lambda mark: mark.date):
        settled = MONEY_CONTEXT.subtract(mark.before, mark.after)
        new = MONEY_CONTEXT.subtract(mark.before, opening) if mark.is_new else NOTHING
        change = NOTHING if mark.is_new else MONEY_CONTEXT.subtract(mark.before, opening)
        rows.append(RollForwardRow(start, mark.date, opening, new, settled, change, mark.after))
        start, opening = mark.date, mark.after
    return tuple(rows)


def in_sum(rows: tuple[RollForwardRow, ...]) -> RollForwardRow | None:
    """The rows as one, from the first opening to the last closing; None without rows."""
    if not rows:
        return None
    first, last = rows[0], rows[-1]
    return RollForwardRow(
        first.start,
        last.end,
        first.opening,
        _total(row.new for row in rows),
        _total(row.settled for row in rows),
        _total(row.change for row in rows),
        last.closing,
    )


def _total(amounts: Iterable[Decimal]) -> Decimal:
    total = NOTHING
    for amount in amounts:
        total = MONEY_CONTEXT.add(total, amount)
    return total
