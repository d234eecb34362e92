"""Settling one notice of conversion: at what price, for how much, into how many shares, within the limit."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.shares import amount_for, ownership_limit_shares, shares_for
from notemodeler.engines.words import dollars, percent

LEDGER_FIELD = ("note.ledger",)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an entry of the ledger takes off the balance, and the shares that it costs."""

    amount: Decimal
    price: Decimal | None = None
    shares: int = 0
    outstanding: int | None = None
    held: int = 0


def opening_date(note: Note) -> date:
    """The first day on which the holder may convert."""
    if note.conversion.opens_date is not None:
        return note.conversion.opens_date
    return note.issue_date + timedelta(days=note.conversion.opens_days)


def settle(
    entry: LedgerEntry,
    day: date,
    owed: Decimal,
    note: Note,
    market: Market,
    outstanding: int | None,
    held: int,
) -> tuple[Settlement | None, tuple[Issue, ...]]:
    """The settlement of a conversion; None, with an Issue that says why, if there is no price for it."""
    issues = [*_too_early(entry, note)]
    price = entry.stated_price
    if price is None:
        finding = compose(note.conversion.rule).conversion_price_on(day, market)
        price = finding.conversion_price
        if price is None:
            why = next(issue.text for issue in finding.issues if issue.is_error)
            issues.append(_error(entry, f"is not booked. {why}"))
            return None, tuple(issues)
    amount, over = _amount_asked(entry, owed)
    issues += over
    if entry.stated_shares is not None:
        shares = entry.stated_shares
        issues += _beyond_limit(entry, note, outstanding, held, shares)
    else:
        amount, cut = _within_limit(entry, amount, price, note, outstanding, held)
        issues += cut
        shares = shares_for(amount, price, note.conversion.share_rounding)
    if amount <= 0:
        return None, tuple(issues)
    return Settlement(amount, price, shares, outstanding, held), tuple(issues)


def _amount_asked(entry: LedgerEntry, owed: Decimal) -> tuple[Decimal, list[Issue]]:
    if entry.amount is None or entry.amount <= owed:
        return (owed if entry.amount is None else entry.amount), []
    text = f"asks for {dollars(entry.amount)} of {dollars(owed)} owed; only that is booked."
    return owed, [_error(entry, text)]


def _within_limit(
    entry: LedgerEntry,
    amount: Decimal,
    price: Decimal,
    note: Note,
    outstanding: int | None,
    held: int,
) -> tuple[Decimal, list[Issue]]:
    limit = note.conversion.ownership_limit
    if limit is None:
        return amount, []
    if outstanding is None:
        text = "is not held against the ownership limit: no count of shares outstanding is known by then."
        return amount, [_issue(Severity.WARNING, entry, text)]
    allowed = ownership_limit_shares(limit, outstanding, held)
    if shares_for(amount, price, note.conversion.share_rounding) <= allowed:
        return amount, []
    most = min(amount, amount_for(allowed, price))
    if entry.amount is None:
        return most, []
    text = f"is cut to {dollars(most)}: {allowed:,} shares are all that the {percent(limit)} limit allows."
    return most, [_error(entry, text)]


def _beyond_limit(
    entry: LedgerEntry, note: Note, outstanding: int | None, held: int, shares: int
) -> list[Issue]:
    limit = note.conversion.ownership_limit
    if limit is None or outstanding is None:
        return []
    allowed = ownership_limit_shares(limit, outstanding, held)
    if shares <= allowed:
        return []
    text = f"is reported with {shares:,} shares, {shares - allowed:,} more than the limit allowed."
    return [_issue(Severity.WARNING, entry, text)]


def _too_early(entry: LedgerEntry, note: Note) -> list[Issue]:
    opens = opening_date(note)
    if entry.date >= opens:
        return []
    return [
        _issue(Severity.WARNING, entry, f"comes before conversion opens on {show_date(opens)}.")
    ]


def _error(entry: LedgerEntry, words: str) -> Issue:
    return _issue(Severity.ERROR, entry, words)


def _issue(severity: Severity, entry: LedgerEntry, words: str) -> Issue:
    return Issue(
        severity, f"The conversion of {show_date(entry.date)} {words}", LEDGER_FIELD, (entry.date,)
    )
