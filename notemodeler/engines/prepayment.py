"""What it costs to pay a note off on a day: the percentage of the day's range, its base, and what comes at par."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.repayment import DaysFrom, PrepaymentBase
from notemodeler.engines.history import NoteHistory, Owed
from notemodeler.engines.words import dollars, percent

PAR = Decimal(1)


@dataclass(frozen=True, slots=True)
class PrepaymentPrice:
    """At what part of the base the company may prepay on a day; `last_date` ends the range, None if none does."""

    number: int
    percent: Decimal
    last_date: date | None


@dataclass(frozen=True, slots=True)
class PayOff:
    """What pays a note off on a day, in dollars.

    `number` counts the days since the date that the table counts from. `total` = percent x `base` +
    `at_par`, and is `premium` more than what is owed.
    """

    day: date
    number: int
    percent: Decimal
    base: Decimal
    at_par: Decimal
    premium: Decimal
    total: Decimal
    last_date: date | None
    words: str


def counted_from(note: Note) -> date:
    """The date from which the days of the prepayment table are counted."""
    if note.repayment.prepayment_days_from is DaysFrom.FUNDING:
        return note.funding_date
    return note.issue_date


def prepayment_price(note: Note, day: date) -> PrepaymentPrice | None:
    """The percentage on a day; None if the company may prepay only with the holder's consent.

    A note without a table is prepaid at par.
    """
    terms, start = note.repayment, counted_from(note)
    number = (day - start).days
    if not terms.prepayment_steps:
        return PrepaymentPrice(number, PAR, None)
    for row in terms.prepayment_steps:
        if row.first_day <= number <= row.last_day:
            return PrepaymentPrice(number, row.percent, start + timedelta(days=row.last_day))
    last = max(row.last_day for row in terms.prepayment_steps)
    if number > last and terms.prepayment_after is not None:
        return PrepaymentPrice(number, terms.prepayment_after, None)
    return None


def why_not(note: Note, day: date) -> str:
    """Why the note cannot be prepaid on the day without the holder's consent."""
    start = counted_from(note)
    number = (day - start).days
    return (
        f"{show_date(day)} is day {number:,} after {show_date(start)}, for which the prepayment table has "
        f"no percentage: prepayment needs the holder's consent."
    )


def payoff_on(note: Note, history: NoteHistory, day: date) -> PayOff | None:
    """The pay-off before the day's own entries; None, which `why_not` explains, where there is none."""
    return payoff_of(note, history.owed_before_entries(day).in_cents(), day)


def payoff_of(note: Note, owed: Owed, day: date) -> PayOff | None:
    """What pays off a balance in whole cents on the day."""
    price = prepayment_price(note, day)
    if price is None:
        return None
    base, at_par = total_of(owed.principal, owed.interest), owed.default_sum
    what = "principal and interest"
    if (
        note.repayment.prepayment_base is PrepaymentBase.PRINCIPAL
        and note.repayment.prepayment_steps
    ):
        base, at_par, what = owed.principal, total_of(owed.interest, owed.default_sum), "principal"
    total = total_of(to_cents(MONEY_CONTEXT.multiply(base, price.percent)), at_par)
    words = f"{percent(price.percent)} of {what} of {dollars(base)}"
    if at_par:
        words += f" and {dollars(at_par)} at par"
    return PayOff(
        day, price.number, price.percent, base, at_par, MONEY_CONTEXT.subtract(total, owed.total),
        total, price.last_date, words,
    )  # fmt: skip
