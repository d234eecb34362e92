"""Interest that is not earned day by day: charged once, guaranteed for a time, or kept back from the proceeds."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from notemodeler.domain.interest import Compounding, InterestCharge, InterestStart
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.engines.accrual import accrue, month_days

NOTHING = Decimal(0)
ONCE = (InterestCharge.ONE_TIME, InterestCharge.AFTER_DAYS)
FOR_DAYS = (InterestCharge.GUARANTEED, InterestCharge.PREPAID)


def interest_start(note: Note) -> date:
    """The day from which the note bears interest."""
    return note.issue_date if note.interest.starts_on is InterestStart.ISSUE else note.funding_date


def charge_end(note: Note) -> date:
    """The day on which the days of a charge have passed, counted from the day interest runs."""
    return interest_start(note) + timedelta(days=note.interest.charge_days)


def accrues_from(note: Note) -> date | None:
    """The day from which interest accrues while there is no default; None if it never does."""
    charge = note.interest.charge
    if charge in ONCE:
        return None
    return charge_end(note) if charge in FOR_DAYS else interest_start(note)


def charge_date(note: Note) -> date | None:
    """The day on which interest is earned at once, if it ever is; never before the money arrived."""
    charge = note.interest.charge
    if charge is InterestCharge.AFTER_DAYS:
        return max(charge_end(note), note.funding_date)
    if charge in (InterestCharge.ONE_TIME, InterestCharge.GUARANTEED):
        return max(interest_start(note), note.funding_date)
    return None


def charge_amount(note: Note, principal: Decimal) -> Decimal:
    """The interest earned at once on the principal, in cents: one year's rate, or that of the days guaranteed."""
    if note.interest.charge is InterestCharge.GUARANTEED:
        return _of_the_days(note, principal)
    return to_cents(MONEY_CONTEXT.multiply(principal, note.interest.rate))


def prepaid_interest(note: Note) -> Decimal:
    """The interest kept back from the proceeds, in cents."""
    if note.interest.charge is not InterestCharge.PREPAID:
        return NOTHING
    return _of_the_days(note, note.principal_amount)


def net_proceeds(note: Note) -> Decimal:
    """What arrives at the company once fees and prepaid interest are kept back."""
    return MONEY_CONTEXT.subtract(note.proceeds, prepaid_interest(note))


def _of_the_days(note: Note, principal: Decimal) -> Decimal:
    """The interest of the days of the charge at the rate without default."""
    terms, start, end = note.interest, interest_start(note), charge_end(note)
    stops = [start, end]
    if terms.compounding is Compounding.MONTHLY:
        stops[1:1] = month_days(start, end)
    grown = principal
    for begin, stop in pairwise(stops):
        more = accrue(grown, terms.rate, begin, stop, terms.day_count, terms.compounding)
        grown = MONEY_CONTEXT.add(grown, more)
    return to_cents(MONEY_CONTEXT.subtract(grown, principal))
