"""Settling one conversion: at what price, for how much, into how many shares, within the limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.conversion_limits import (
    Counts,
    ShareLimit,
    beyond_limits,
    cut_by_month,
    cut_by_shares,
    share_limits,
    unknown_limits,
)
from notemodeler.engines.request import Request
from notemodeler.engines.trade import NOTHING, Trade
from notemodeler.engines.words import dollars, price_text


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a request takes off the balance, the shares and the cash that it costs, and principal added.

    `is_free` says that no limit on shares had a part in it, so that it stands as long as they allow
    its shares.
    """

    amount: Decimal
    price: Decimal | None = None
    shares: int = 0
    cash: Decimal = NOTHING
    fee: Decimal = NOTHING
    added: Decimal = NOTHING
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class ConversionCase:
    """All that settles one conversion: who asks, what is owed, the day's trade, what the limits look at."""

    request: Request
    note: Note
    owed: Decimal
    trade: Trade
    counts: Counts
    month_left: Decimal | None

    @property
    def fee(self) -> Decimal:
        return self.note.conversion.fee_amount if self.request.is_notice else NOTHING


def opening_date(note: Note) -> date:
    """The first day on which the holder may convert."""
    if note.conversion.opens_date is not None:
        return note.conversion.opens_date
    return note.issue_date + timedelta(days=note.conversion.opens_days)


def settle(case: ConversionCase) -> tuple[Settlement | None, tuple[Issue, ...]]:
    """The settlement of a conversion; None, with an Issue that says why, if it comes to nothing."""
    limits = tuple(share_limits(case.note.conversion, case.counts))
    issues = [*too_early(case.request, case.note)]
    amount, over = _amount_asked(case)
    issues += over
    if case.request.stated_shares is not None:
        found, more = _as_stated(case, amount, case.request.stated_shares, limits)
    else:
        found, more = _as_computed(case, amount, limits)
    return found, (*issues, *more)


def too_early(request: Request, note: Note) -> Iterator[Issue]:
    """A notice before conversion opens."""
    opens = opening_date(note)
    if request.is_notice and request.day < opens:
        yield request.warning(f"comes before conversion opens on {show_date(opens)}.")


def _amount_asked(case: ConversionCase) -> tuple[Decimal, list[Issue]]:
    """The amount stated, or what the stated shares cost, or all; never more than is owed."""
    asked = case.request.amount
    if asked is None and case.request.stated_shares is not None:
        worth = MONEY_CONTEXT.multiply(Decimal(case.request.stated_shares), case.trade.counting)
        asked = max(NOTHING, to_cents(MONEY_CONTEXT.subtract(worth, case.fee)))
    if asked is None or asked <= case.owed:
        return (case.owed if asked is None else asked), []
    if not case.request.is_notice:
        return case.owed, []
    text = f"asks for {dollars(asked)} of {dollars(case.owed)} owed; only that is booked."
    return case.owed, [case.request.error(text)]


def _as_stated(
    case: ConversionCase, amount: Decimal, shares: int, limits: tuple[ShareLimit, ...]
) -> tuple[Settlement | None, list[Issue]]:
    """The shares as reported, with what is odd about them."""
    over = [*beyond_limits(case.request, amount, shares, limits, case.month_left)]
    issues = [*over, *_below_minimum(case, amount), *_far_apart(case, amount, shares)]
    if amount <= 0 or shares <= 0:
        return None, [*issues, _no_share(case)]
    free = not over and case.counts.exchange is None
    return Settlement(amount, case.trade.price, shares, fee=case.fee, is_free=free), issues


def _as_computed(
    case: ConversionCase, asked: Decimal, limits: tuple[ShareLimit, ...]
) -> tuple[Settlement | None, list[Issue]]:
    """What the limits leave of the amount, and its shares."""
    request, trade = case.request, case.trade
    unknown = [*unknown_limits(request, case.note.conversion, case.counts)]
    monthly, issues = cut_by_month(request, asked, case.month_left)
    amount, cut = cut_by_shares(request, monthly, trade, case.fee, limits)
    issues = [*unknown, *issues, *cut]
    with_fee = total_of(amount, case.fee)
    shares = trade.shares(with_fee) if amount > 0 else 0
    if shares <= 0:
        return None, [*issues, _no_share(case)]
    if too_small := [*_below_minimum(case, amount)]:
        return None, [*issues, *too_small]
    free = amount == monthly and not unknown and case.counts.exchange is None
    return Settlement(
        amount, trade.price, shares, trade.cash(with_fee), case.fee, trade.added(with_fee), free
    ), issues


def _no_share(case: ConversionCase) -> Issue:
    return case.request.error("is not booked: it comes to no whole share.")


def _below_minimum(case: ConversionCase, amount: Decimal) -> Iterator[Issue]:
    """A notice for less than the smallest conversion, unless less is owed."""
    least = case.note.conversion.minimum_amount
    if least is None or not case.request.is_notice or amount >= min(least, case.owed):
        return
    words = f"{dollars(amount)} is less than the smallest conversion of {dollars(least)}."
    if case.request.stated_shares is None:
        yield case.request.error(f"is not booked: {words}")
    else:
        yield case.request.warning(f"is booked as reported, although {words}")


def _far_apart(case: ConversionCase, amount: Decimal, shares: int) -> Iterator[Issue]:
    """Stated shares that the amount and the price do not give."""
    by_price = case.trade.shares(total_of(amount, case.fee))
    if abs(by_price - shares) > 1:
        yield case.request.warning(
            f"is booked with the {shares:,} shares stated; {dollars(amount)} at "
            f"{price_text(case.trade.price)} would be {by_price:,}."
        )
