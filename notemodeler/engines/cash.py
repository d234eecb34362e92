"""Settling what is paid in cash: payments, prepayments, redemptions and instalments."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import CENT, MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.repayment import Instalment
from notemodeler.engines.conversion import Settlement
from notemodeler.engines.history import NOTHING, Owed
from notemodeler.engines.prepayment import PayOff, payoff_of, why_not
from notemodeler.engines.request import Request
from notemodeler.engines.words import dollars

Settled = tuple[Settlement | None, list[Issue]]


def pay(request: Request, owed: Decimal) -> Settled:
    """A payment of the amount, or of all that is owed."""
    amount, issues = _within_owed(request, owed)
    return (Settlement(amount, cash=amount) if amount > 0 else None), issues


def prepay(request: Request, note: Note, owed: Owed, day: date) -> Settled:
    """A prepayment at the percentage of its day: what is paid beyond what it settles is a premium."""
    if not owed.total:
        return None, []
    payoff = payoff_of(note, owed, day)
    if payoff is None:
        found, issues = pay(request, owed.total)
        consent = request.warning(f"is booked without a premium. {why_not(note, day)}")
        return found, [consent, *issues]
    return _part_of(request, payoff, owed.total)


def _part_of(request: Request, payoff: PayOff, owed: Decimal) -> Settled:
    """As much of the balance as the amount is of the whole pay-off."""
    asked = request.amount
    if asked is None or asked >= payoff.total:
        issues = []
        if asked is not None and asked > payoff.total:
            text = f"is more than the {dollars(payoff.total)} that pay off the note; only that is booked."
            issues.append(request.error(text))
        return Settlement(owed, cash=payoff.total), issues
    share = MONEY_CONTEXT.divide(MONEY_CONTEXT.multiply(asked, owed), payoff.total)
    return Settlement(min(owed, max(CENT, to_cents(share))), cash=asked), []


def redeem(request: Request, note: Note, owed: Decimal, month_left: Decimal | None) -> Settled:
    """A redemption that the holder asked for; what its terms do not give is remarked upon and booked."""
    amount, issues = _within_owed(request, owed)
    if request.amount is None and month_left is not None:
        amount = min(amount, month_left)
    issues += _against_terms(request, note, amount, month_left)
    return (Settlement(amount, cash=amount) if amount > 0 else None), issues


def _against_terms(
    request: Request, note: Note, amount: Decimal, month_left: Decimal | None
) -> Iterator[Issue]:
    if month_left is None:
        yield request.warning("is booked, although the note lets its holder redeem nothing.")
        return
    opens = note.issue_date + timedelta(days=note.repayment.redemption_opens_days)
    if request.day < opens:
        yield request.warning(f"comes before redemptions open on {show_date(opens)}.")
    if amount > month_left:
        yield request.warning(
            f"of {dollars(amount)} is more than the {dollars(month_left)} that could still be redeemed in "
            "its month."
        )


def pay_instalment(request: Request, instalment: Instalment, owed: Decimal) -> Settled:
    """An instalment in cash with its premium: the amount, or all that is owed if that is less."""
    amount = owed if request.amount is None else min(request.amount, owed)
    premium = to_cents(MONEY_CONTEXT.multiply(amount, instalment.premium))
    return (Settlement(amount, cash=total_of(amount, premium)) if amount > 0 else None), []


def penalty_amount(
    request: Request, days: int | None, per_day: Decimal
) -> tuple[Decimal, list[Issue]]:
    """What a penalty adds to principal: its amount, or its days at what each costs."""
    if request.amount is not None:
        return request.amount, []
    if days is None:
        return NOTHING, [request.error("is not booked: it has neither an amount nor days.")]
    amount = to_cents(MONEY_CONTEXT.multiply(Decimal(days), per_day))
    if amount > 0:
        return amount, []
    return NOTHING, [request.error("is not booked: the note says no penalty a day.")]


def _within_owed(request: Request, owed: Decimal) -> tuple[Decimal, list[Issue]]:
    amount = owed if request.amount is None else request.amount
    if amount <= owed:
        return amount, []
    text = f"of {dollars(amount)} is more than the {dollars(owed)} owed; only that is booked."
    return owed, [request.error(text)]
