"""Settling one notice of conversion: at what price, for how much, into how many shares, within the limit."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.shares import amount_for, ownership_limit_shares, shares_for
from notemodeler.engines.words import dollars, percent, price_text

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
        issues += _carried_over(entry, finding)
    if owed <= 0:
        return None, tuple(issues)
    amount, over = _amount_asked(entry, owed, price)
    issues += over
    if entry.stated_shares is not None:
        shares = entry.stated_shares
        issues += _beyond_limit(entry, note, outstanding, held, shares)
        issues += _far_apart(entry, amount, price, note)
    else:
        amount, cut = _within_limit(entry, amount, price, note, outstanding, held)
        issues += cut
        shares = shares_for(amount, price, note.conversion.share_rounding)
    if amount <= 0 or shares <= 0:
        issues.append(_error(entry, "is not booked: it comes to no whole share."))
        return None, tuple(issues)
    return Settlement(amount, price, shares, outstanding, held), tuple(issues)


def _carried_over(entry: LedgerEntry, finding: PriceFinding) -> list[Issue]:
    """What is odd about the window that priced the conversion."""
    return [
        entry_issue(issue.severity, entry, f"is priced all the same. {issue.text}")
        for issue in finding.issues
    ]


def _far_apart(entry: LedgerEntry, amount: Decimal, price: Decimal, note: Note) -> list[Issue]:
    """Stated shares that the amount and the price do not give."""
    by_price = shares_for(amount, price, note.conversion.share_rounding)
    if entry.stated_shares is None or abs(by_price - entry.stated_shares) <= 1:
        return []
    words = (
        f"is booked with the {entry.stated_shares:,} shares stated; {dollars(amount)} at "
        f"{price_text(price)} would be {by_price:,}."
    )
    return [entry_issue(Severity.WARNING, entry, words)]


def _amount_asked(entry: LedgerEntry, owed: Decimal, price: Decimal) -> tuple[Decimal, list[Issue]]:
    """The amount stated, or what the stated shares cost, or all; never more than is owed."""
    asked = entry.amount
    if asked is None and entry.stated_shares is not None:
        asked = to_cents(MONEY_CONTEXT.multiply(Decimal(entry.stated_shares), price))
    if asked is None or asked <= owed:
        return (owed if asked is None else asked), []
    text = f"asks for {dollars(asked)} of {dollars(owed)} owed; only that is booked."
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
        return amount, [entry_issue(Severity.WARNING, entry, text)]
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
    return [entry_issue(Severity.WARNING, entry, text)]


def _too_early(entry: LedgerEntry, note: Note) -> list[Issue]:
    opens = opening_date(note)
    if entry.date >= opens:
        return []
    return [
        entry_issue(
            Severity.WARNING, entry, f"comes before conversion opens on {show_date(opens)}."
        )
    ]


def _error(entry: LedgerEntry, words: str) -> Issue:
    return entry_issue(Severity.ERROR, entry, words)


def entry_issue(severity: Severity, entry: LedgerEntry, words: str) -> Issue:
    """A sentence about one entry of the ledger, which it names by kind and date."""
    text = f"The {entry.kind.label} of {show_date(entry.date)} {words}"
    return Issue(severity, text, LEDGER_FIELD, (entry.date,))
