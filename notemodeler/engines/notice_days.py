"""What a notice of conversion would come to on each of many days: window, balance, shares and limit, exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.day_windows import DayWindow, ListedDays, day_windows
from notemodeler.engines.history import Owed
from notemodeler.engines.quote import Quoter
from notemodeler.engines.schedule import share_of
from notemodeler.engines.shares import outstanding_on, ownership_limit_shares, shares_for


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """The figures of one notice day before its own ledger entries, the same as in `Quoter.on`.

    `exact_shares` are the shares before a fraction is settled. None where there is no figure.
    """

    window: DayWindow
    owed: Owed
    exact_shares: Decimal | None
    shares: int | None
    outstanding: int | None
    held: int
    limit_shares: int | None
    share_of_company: Decimal | None


def notice_days(
    quoter: Quoter, listed: ListedDays, notices: Sequence[date]
) -> tuple[NoticeDay, ...]:
    """The figures of each notice day; the days are trading days of the list, in order."""
    windows = day_windows(quoter.composition, listed, notices)
    return tuple(_notice_day(quoter, window) for window in windows)


def _notice_day(quoter: Quoter, window: DayWindow) -> NoticeDay:
    day, terms = window.notice_date, quoter.note.conversion
    owed = quoter.history.owed_before_entries(day).in_cents()
    issued = [(when, shares) for when, shares in quoter.history.issued if when < day]
    outstanding = outstanding_on(day, quoter.issuer.shares_outstanding, issued)
    held = terms.holder_shares
    if not terms.lots_are_sold:
        held += sum(shares for _, shares in issued)
    limit = None
    if terms.ownership_limit is not None and outstanding is not None:
        limit = ownership_limit_shares(terms.ownership_limit, outstanding, held)
    exact, shares = _shares(quoter, owed.total, window.conversion)
    part = share_of(shares, outstanding + shares) if shares and outstanding else None
    return NoticeDay(window, owed, exact, shares, outstanding, held, limit, part)


def _shares(
    quoter: Quoter, amount: Decimal, price: Decimal | None
) -> tuple[Decimal | None, int | None]:
    if price is None:
        return None, None
    rounding = quoter.note.conversion.share_rounding
    return MONEY_CONTEXT.divide(amount, price), shares_for(amount, price, rounding)
