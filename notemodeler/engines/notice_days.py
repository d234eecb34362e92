"""What a notice of conversion would come to on each of many days: window, balance, shares and limit, exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.numbers import total_of
from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.day_windows import DayWindow, ListedDays, day_windows
from notemodeler.engines.history import Owed
from notemodeler.engines.quote import Quoter
from notemodeler.engines.schedule import share_of
from notemodeler.engines.shares import ownership_limit_shares
from notemodeler.engines.trade import Trade


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """The figures of one notice day before its own ledger entries, the same as in `Quoter.on`.

    `fee` is converted on top of what is owed. `exact_shares` are those before a fraction is settled.
    None where there is no figure.
    """

    window: DayWindow
    owed: Owed
    fee: Decimal
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
    windows = day_windows(quoter.rule, listed, notices)
    return tuple(_notice_day(quoter, window) for window in windows)


def _notice_day(quoter: Quoter, window: DayWindow) -> NoticeDay:
    day, terms = window.notice_date, quoter.note.conversion
    owed = quoter.history.owed_before_entries(day).in_cents()
    fee = quoter.fee_on(owed.total)
    outstanding = quoter.register.outstanding(day, before_entries=True)
    held = quoter.stake.held(quoter.register, day, before_entries=True)
    limit = None
    if terms.ownership_limit is not None and outstanding is not None:
        limit = ownership_limit_shares(terms.ownership_limit, outstanding, held)
    trade, amount = _trade(terms, window), total_of(owed.total, fee)
    shares = trade.shares(amount) if trade else None
    part = share_of(shares, outstanding + shares) if shares and outstanding else None
    exact = trade.exact_shares(amount) if trade else None
    return NoticeDay(window, owed, fee, exact, shares, outstanding, held, limit, part)


def _trade(terms: ConversionTerms, window: DayWindow) -> Trade | None:
    """At what price the day counts shares; what a floor costs in cash is not looked at."""
    if window.conversion is None:
        return None
    adds = terms.rule.floor_effect is FloorEffect.ADD_PRINCIPAL
    return Trade(terms, window.conversion, (adds and window.unfloored) or None)
