"""What is odd in a note's interest charge, conversion extras, default sums and ledger."""

from collections import Counter
from collections.abc import Iterator

from notemodeler.domain.dates import show_date
from notemodeler.domain.interest import Compounding, InterestCharge
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.note import Note
from notemodeler.engines.interest_charge import FOR_DAYS, ONCE, charge_end
from notemodeler.engines.words import dollars

LEDGER_FIELD = ("note.ledger",)


def check_charges(note: Note) -> Iterator[Issue]:
    """Interest that is not earned day by day."""
    terms = note.interest
    if terms.charge is InterestCharge.ACCRUES:
        return
    if terms.rate == 0:
        text = f"Interest is earned {terms.charge.label}, but its rate is zero."
        yield Issue(Severity.WARNING, text, ("note.interest.rate", "note.interest.charge"))
    if terms.charge in ONCE and terms.compounding is not Compounding.SIMPLE:
        text = "Interest that is charged once does not compound as long as there is no default."
        yield Issue(Severity.WARNING, text, ("note.interest.compounding", "note.interest.charge"))
    counts_days = terms.charge in FOR_DAYS or terms.charge is InterestCharge.AFTER_DAYS
    if counts_days and charge_end(note) > note.maturity_date:
        text = (
            f"The {terms.charge_days:,} days of the interest charge end on {show_date(charge_end(note))}, "
            "after maturity."
        )
        yield Issue(Severity.WARNING, text, ("note.interest.charge_days",))


def check_conversion(note: Note, issuer: Issuer) -> Iterator[Issue]:
    """Smallest conversion, caps and default sums."""
    terms = note.conversion
    least, most = terms.minimum_amount, terms.monthly_cap_amount
    if least is not None and most is not None and least > most:
        text = (
            f"The smallest conversion of {dollars(least)} is more than may be converted in a month."
        )
        fields = ("note.conversion.minimum_amount", "note.conversion.monthly_cap_amount")
        yield Issue(Severity.ERROR, text, fields)
    counted = any(count.date <= note.issue_date for count in issuer.shares_outstanding)
    if terms.exchange_cap is not None and not counted:
        text = "No share count is known by the issue date, so that the exchange cap cannot be told."
        fields = ("note.conversion.exchange_cap", "issuer.shares_outstanding")
        yield Issue(Severity.WARNING, text, fields, (note.issue_date,))
    for event, rows in Counter(row.event for row in note.default.sums).items():
        if rows > 1:
            text = f"There are {rows} default sums for “{event.label}”: the first one counts."
            yield Issue(Severity.WARNING, text, ("note.default.sums",))


def check_ledger(note: Note) -> Iterator[Issue]:
    """Entries that say what their kind does not use."""
    for entry in note.ledger:
        name = f"The {entry.kind.label} of {show_date(entry.date)}"
        if entry.kind is EntryKind.PENALTY:
            if entry.amount is not None and entry.days is not None:
                text = f"{name} has an amount and days: the amount counts."
                yield Issue(Severity.WARNING, text, LEDGER_FIELD, (entry.date,))
        elif entry.days is not None:
            text = f"{name} says days late, which only a penalty has: they are not used."
            yield Issue(Severity.WARNING, text, LEDGER_FIELD, (entry.date,))
        stated = entry.stated_price is not None or entry.stated_shares is not None
        if stated and entry.kind is not EntryKind.CONVERSION:
            text = (
                f"{name} states a price or shares, which only a conversion has: they are not used."
            )
            yield Issue(Severity.WARNING, text, LEDGER_FIELD, (entry.date,))
