"""What the up and down keys make of a value: one sensible step for its kind, within the hard bounds."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from notemodeler.domain.dates import EARLIEST, LATEST
from notemodeler.domain.terms import Term

PERCENT = Decimal("0.01")


def stepped(term: Term, value: Any, count: int) -> Any:
    """The value `count` steps up (down when negative)."""
    after = STEPS[term.kind.name](value, count)
    if term.minimum is not None:
        after = max(after, term.minimum)
    if term.maximum is not None:
        after = min(after, term.maximum)
    return after


def can_step(term: Term) -> bool:
    return term.kind.name in STEPS


def _days(value: date, count: int) -> date:
    """One day a step; ten steps, the page keys, are a month."""
    if abs(count) < 10:
        return min(LATEST, max(EARLIEST, value + timedelta(days=count)))
    year, month = divmod(value.year * 12 + value.month - 1 + (1 if count > 0 else -1), 12)
    from calendar import monthrange  # rarely wanted, and slow to load

    last = monthrange(year, month + 1)[1]
    return min(LATEST, max(EARLIEST, date(year, month + 1, min(value.day, last))))


def _unit(value: Decimal, digits: int, least: int) -> Decimal:
    """A one in the place of the value's last significant digit of so many, at least 10 to `least`."""
    place = value.adjusted() - digits + 1 if value else least
    return Decimal(1).scaleb(max(least, place))


def _amount(value: Decimal, count: int) -> Decimal:
    return value + count * _unit(value, 3, 0)


def _shares(value: int, count: int) -> int:
    return value + count * int(_unit(Decimal(value), 3, 0))


def _price(value: Decimal, count: int) -> Decimal:
    return value + count * _unit(value, 2, -12)


def _rate(value: Decimal, count: int) -> Decimal:
    return value + count * PERCENT


def _count(value: int, count: int) -> int:
    return value + count


STEPS: dict[str, Callable[[Any, int], Any]] = {
    "date": _days,
    "money": _amount,
    "price": _price,
    "rate": _rate,
    "shares": _shares,
    "count": _count,
    "days": _count,
}
"""The step of each kind by its name; kinds that are not listed do not step."""
