"""How far a conversion may go on a day: ownership limit, exchange cap, monthly cap, and what they cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.issues import Issue
from notemodeler.domain.numbers import total_of
from notemodeler.engines.request import Request
from notemodeler.engines.shares import ownership_limit_shares
from notemodeler.engines.trade import Trade
from notemodeler.engines.words import dollars, percent


class Counts(NamedTuple):
    """The shares that the limits look at on a day, just before the conversion.

    `exchange` is how many the note may still issue under its exchange cap, None without a cap or
    as long as no report tells how many shares were outstanding on its issue date.
    """

    outstanding: int | None = None
    held: int = 0
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class ShareLimit:
    """So many new shares and no more, and why."""

    shares: int
    words: str


def ownership_room(terms: ConversionTerms, counts: Counts) -> int | None:
    """The most new shares that the ownership limit allows; None without a limit or a known count."""
    if terms.ownership_limit is None or counts.outstanding is None:
        return None
    return ownership_limit_shares(terms.ownership_limit, counts.outstanding, counts.held)


def share_limits(terms: ConversionTerms, counts: Counts) -> Iterator[ShareLimit]:
    """The limits on the number of new shares."""
    allowed = ownership_room(terms, counts)
    if allowed is not None and terms.ownership_limit is not None:
        yield ShareLimit(allowed, f"the {percent(terms.ownership_limit)} limit")
    if counts.exchange is not None and terms.exchange_cap is not None:
        yield ShareLimit(counts.exchange, f"the exchange cap of {percent(terms.exchange_cap)}")


def unknown_limits(request: Request, terms: ConversionTerms, counts: Counts) -> Iterator[Issue]:
    """What cannot be held against a limit because no share count is known."""
    if terms.ownership_limit is not None and counts.outstanding is None:
        yield request.warning(
            "is not held against the ownership limit: no count of shares outstanding is known by then."
        )
    if terms.exchange_cap is not None and counts.exchange is None:
        yield request.warning(
            "is not held against the exchange cap: no count of shares outstanding is known for the issue date."
        )


def cut_by_month(
    request: Request, amount: Decimal, month_left: Decimal | None
) -> tuple[Decimal, list[Issue]]:
    """The amount that the monthly cap leaves."""
    if month_left is None or amount <= month_left:
        return amount, []
    if request.amount is None:
        return month_left, []
    text = (
        f"is cut to {dollars(month_left)}: that is all that may still be converted in this month."
    )
    return month_left, [request.error(text)]


def cut_by_shares(
    request: Request, amount: Decimal, trade: Trade, fee: Decimal, limits: tuple[ShareLimit, ...]
) -> tuple[Decimal, list[Issue]]:
    """The amount that the limits on new shares leave."""
    issues = []
    for limit in limits:
        if trade.shares(total_of(amount, fee)) <= limit.shares:
            continue
        amount = min(amount, trade.amount(limit.shares, fee))
        if request.amount is not None:
            text = f"is cut to {dollars(amount)}: {limit.shares:,} shares are all that {limit.words} allows."
            issues.append(request.error(text))
    return amount, issues


def beyond_limits(
    request: Request,
    amount: Decimal,
    shares: int,
    limits: tuple[ShareLimit, ...],
    month_left: Decimal | None,
) -> Iterator[Issue]:
    """What reported shares and dollars pass, which is remarked upon and booked all the same."""
    for limit in limits:
        if shares > limit.shares:
            over = shares - limit.shares
            yield request.warning(
                f"is reported with {shares:,} shares, {over:,} more than {limit.words} allowed."
            )
    if month_left is not None and amount > month_left:
        yield request.warning(
            f"is reported with {dollars(amount)}; {dollars(month_left)} could still be converted in this month."
        )
