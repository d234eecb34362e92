"""What is wrong or odd in a note's prepayment table, instalments and redemptions."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.note import Note
from notemodeler.domain.repayment import Instalment, PrepaymentStep, Settled

STEPS_FIELD = ("note.repayment.prepayment_steps",)
INSTALMENTS_FIELD = ("note.repayment.instalments",)


def check_repayment(note: Note) -> Iterator[Issue]:
    """Every issue of how the note is repaid in cash."""
    steps = note.repayment.prepayment_steps
    for row, step in enumerate(steps, start=1):
        if step.last_day < step.first_day:
            text = f"Row {row} of the prepayment table ends before it begins."
            yield Issue(Severity.ERROR, text, STEPS_FIELD)
    yield from _ranges(steps)
    booked = {entry.date for entry in note.ledger if entry.kind is not EntryKind.PENALTY}
    for row, instalment in enumerate(note.repayment.instalments, start=1):
        yield from _instalment(note, row, instalment, booked)
    opens = note.issue_date + timedelta(days=note.repayment.redemption_opens_days)
    if note.repayment.redemption_monthly_amount is not None and opens > note.maturity_date:
        text = "Redemptions open only after maturity."
        yield Issue(Severity.WARNING, text, ("note.repayment.redemption_opens_days",))


def _ranges(steps: tuple[PrepaymentStep, ...]) -> Iterator[Issue]:
    """Days that two rows claim, and days between rows that none does."""
    in_order = sorted(steps, key=lambda step: (step.first_day, step.last_day))
    for step, later in pairwise(in_order):
        if later.first_day <= step.last_day:
            last = min(step.last_day, later.last_day)
            text = f"Two rows of the prepayment table claim {_days(later.first_day, last)}: the upper one counts."
            yield Issue(Severity.ERROR, text, STEPS_FIELD)
        elif later.first_day > step.last_day + 1:
            days = _days(step.last_day + 1, later.first_day - 1)
            text = f"The prepayment table says nothing of {days}: prepayment needs the holder's consent then."
            yield Issue(Severity.WARNING, text, STEPS_FIELD)


def _days(first: int, last: int) -> str:
    return f"day {first:,}" if first == last else f"days {first:,} to {last:,}"


def _instalment(note: Note, row: int, instalment: Instalment, booked: set[date]) -> Iterator[Issue]:
    name, day = f"Instalment {row} of {show_date(instalment.date)}", (instalment.date,)
    if instalment.date < note.funding_date:
        text = f"{name} comes before funding; it is booked once the money has arrived."
        yield Issue(Severity.WARNING, text, (*INSTALMENTS_FIELD, "note.funding_date"), day)
    if instalment.date > note.maturity_date:
        text = f"{name} comes after maturity."
        yield Issue(Severity.WARNING, text, (*INSTALMENTS_FIELD, "note.maturity_date"), day)
    if instalment.premium and instalment.settled is not Settled.CASH:
        text = f"{name} is not taken to be paid in cash, so that its premium is not booked."
        yield Issue(Severity.WARNING, text, INSTALMENTS_FIELD, day)
    if instalment.settled is Settled.LEDGER and instalment.date not in booked:
        text = f"{name} is left to the ledger, which has no entry on that day."
        yield Issue(Severity.NOTE, text, INSTALMENTS_FIELD, day)
