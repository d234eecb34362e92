"""The dates of one note: when it opens, steps, falls due and changes its price rule or its interest."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from notemodeler.domain.dates import show_date
from notemodeler.domain.interest import InterestCharge
from notemodeler.domain.issuer import Issuer, ReportingStatus
from notemodeler.domain.note import Note
from notemodeler.domain.repayment import Settled
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.company.coming import Coming, NextKind, months_after
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.interest_charge import (
    FOR_DAYS,
    ONCE,
    charge_amount,
    charge_date,
    charge_end,
    net_proceeds,
)
from notemodeler.engines.prepayment import counted_from
from notemodeler.engines.words import counted, dollars, percent, price_text

BOTH_PRICES = (PriceComposition.LESSER_OF, PriceComposition.GREATER_OF)
INSTALMENT_WORDS = {
    Settled.CASH: "in cash",
    Settled.SHARES: "in shares",
    Settled.LEDGER: "as the ledger will say",
}


def note_dates(note: Note, issuer: Issuer) -> Iterator[Coming]:
    """Everything that the terms of the note put on a day, in no order, whatever the ledger says."""
    yield Coming(note.funding_date, NextKind.FUNDING, f"{dollars(net_proceeds(note))} arrive.")
    yield _rule_144(note, issuer)
    text = "The holder may convert from this day on."
    yield Coming(opening_date(note), NextKind.CONVERSION_OPENS, text)
    for part in PARTS:
        yield from part(note)
    yield Coming(note.maturity_date, NextKind.MATURITY, "Principal and interest fall due.")


def _rule_144(note: Note, issuer: Issuer) -> Coming:
    months = issuer.reporting.holding_months
    text = (
        f"{counted(months, 'month').capitalize()} after funding: a holder who is no affiliate may sell under "
        "Rule 144"
    )
    if issuer.reporting is not ReportingStatus.NONE:
        text += ", if the company's reports are current"
    return Coming(months_after(note.funding_date, months), NextKind.RULE_144, f"{text}.")


def _prepayment(note: Note) -> Iterator[Coming]:
    """A step changes the price of prepayment on its first day; the last day is a day to act on."""
    terms = note.repayment
    if not terms.prepayment_steps:
        return
    start = counted_from(note)
    for step in terms.prepayment_steps:
        first, last = (_days_on(start, days) for days in (step.first_day, step.last_day))
        text = f"Prepayment costs {percent(step.percent)} from this day to {show_date(last)}."
        yield Coming(first, NextKind.PREPAYMENT_STEP, text)
    last = _days_on(start, max(step.last_day for step in terms.prepayment_steps))
    if terms.prepayment_after is None:
        text = "The last day to prepay without the holder's consent."
        yield Coming(last, NextKind.PREPAYMENT_ENDS, text)
    else:
        text = f"Prepayment costs {percent(terms.prepayment_after)} from this day on."
        yield Coming(_days_on(last, 1), NextKind.PREPAYMENT_STEP, text)


def _instalments(note: Note) -> Iterator[Coming]:
    for row in note.repayment.instalments:
        what = "All that is owed" if row.amount is None else dollars(row.amount)
        text = f"{what} due, settled {INSTALMENT_WORDS[row.settled]}"
        if row.premium and row.settled is not Settled.SHARES:
            text += f", with {percent(row.premium)} on top if it is cash"
        yield Coming(row.date, NextKind.INSTALMENT, f"{text}.")


def _redemption(note: Note) -> Iterator[Coming]:
    monthly = note.repayment.redemption_monthly_amount
    if monthly is not None:
        text = f"The holder may ask for {dollars(monthly)} in cash a month from this day on."
        day = _days_on(note.issue_date, note.repayment.redemption_opens_days)
        yield Coming(day, NextKind.REDEMPTION_OPENS, text)


def _interest(note: Note) -> Iterator[Coming]:
    terms, day = note.interest, charge_date(note)
    what = (
        "Interest" if terms.charge in ONCE else f"{counted(terms.charge_days, 'day')} of interest"
    )
    if terms.charge is InterestCharge.AFTER_DAYS and day is not None:
        text = f"Interest of {percent(terms.rate)} of the principal still owed is charged, once."
        yield Coming(day, NextKind.INTEREST, text)
    elif day is not None:
        amount = dollars(charge_amount(note, note.principal_amount))
        text = f"{what[0].upper()}{what[1:]} is earned at once: {amount}."
        yield Coming(day, NextKind.INTEREST, text)
    if terms.charge in FOR_DAYS:
        text = f"Interest begins to accrue: the {terms.charge_days:,} days {terms.charge.value} are over."
        yield Coming(charge_end(note), NextKind.INTEREST, text)


def _rule(note: Note) -> Iterator[Coming]:
    rule = note.conversion.rule
    if rule.fixed_for_days and rule.composition in BOTH_PRICES:
        text = f"The fixed price alone no longer holds: from this day the {rule.composition.label}."
        day = _days_on(note.issue_date, rule.fixed_for_days + 1)
        yield Coming(day, NextKind.RULE_CHANGES, text)
    for step in rule.steps:
        if step.trigger is StepTrigger.FROM_DATE and step.from_date is not None:
            yield Coming(step.from_date, NextKind.RULE_CHANGES, _step_words(step))


def _step_words(step: RuleStep) -> str:
    changes = []
    if step.multiplier is not None:
        changes.append(f"multiplier {percent(step.multiplier)}")
    if step.extra_discount is not None:
        changes.append(f"{percent(step.extra_discount)} more discount")
    if step.lookback_days is not None:
        changes.append(f"a look-back of {counted(step.lookback_days, 'trading day')}")
    if step.fixed_price is not None:
        changes.append(f"fixed price {price_text(step.fixed_price)}")
    return f"The price rule changes: {', '.join(changes) or 'nothing is said how'}."


def _days_on(start: date, days: int) -> date:
    return start + timedelta(days=days)


PARTS: tuple[Callable[[Note], Iterator[Coming]], ...] = (
    _prepayment, _instalments, _redemption, _interest, _rule,
)  # fmt: skip
