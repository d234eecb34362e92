"""A dated thing to come, and the kinds there are."""

import calendar
from dataclasses import dataclass
from datetime import date

from notemodeler.domain.kinds import Choice


class NextKind(Choice):
    """What can be waited for."""

    FUNDING = "funding", "funding"
    RULE_144 = "rule_144", "Rule 144"
    CONVERSION_OPENS = "conversion_opens", "conversion opens"
    PREPAYMENT_STEP = "prepayment_step", "prepayment step"
    PREPAYMENT_ENDS = "prepayment_ends", "prepayment ends"
    INSTALMENT = "instalment", "instalment"
    REDEMPTION_OPENS = "redemption_opens", "redemption opens"
    INTEREST = "interest", "interest"
    RULE_CHANGES = "rule_changes", "conversion price"
    MATURITY = "maturity", "maturity"
    STATUS = "status", "deliverability"
    CHARTER = "charter", "charter"
    SPLIT = "split", "split"


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing to come: when, what, and a sentence with a full stop."""

    date: date
    kind: NextKind
    sentence: str


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
