"""What is wrong or odd in a note's terms: bounds of each field, and the fields against each other."""

from collections.abc import Iterator
from datetime import timedelta

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.project import FIELDS, Project, field_value
from notemodeler.domain.rows import RowsKind
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.interest_charge import net_proceeds, prepaid_interest
from notemodeler.engines.issuer_check import check_issuer
from notemodeler.engines.market import Market
from notemodeler.engines.money_check import check_charges, check_conversion, check_ledger
from notemodeler.engines.pricing.rule_in_time import RuleInTime
from notemodeler.engines.repayment_check import check_repayment
from notemodeler.engines.words import dollars


def check_project(
    project: Project, place: int, market: Market, rule: RuleInTime
) -> tuple[Issue, ...]:
    """Every issue of the issuer, the prices and one note of the book with its rule, errors first."""
    note = project.notes[place]
    found = [*_bounds(project, place), *market.issues, *check_issuer(project.issuer)]
    found += [*_dates(note), *_money(note), *check_charges(note), *check_repayment(note)]
    found += [*check_conversion(note, project.issuer), *check_ledger(note), *rule.check()]
    return tuple(sorted(found, key=lambda issue: not issue.is_error))


def _bounds(project: Project, note: int) -> Iterator[Issue]:
    for field in FIELDS:
        value = field_value(project, field.name, note)
        yield from field.term.issues(field.name, value)
        if isinstance(field.term.kind, RowsKind):
            yield from field.term.kind.issues(field.name, value)


def _dates(note: Note) -> Iterator[Issue]:
    if note.maturity_date <= note.issue_date:
        text = "The note matures on or before its issue date."
        yield Issue(Severity.ERROR, text, ("note.maturity_date", "note.issue_date"))
    elif note.maturity_date > note.issue_date + timedelta(days=3660):
        yield Issue(
            Severity.WARNING, "The note runs for more than ten years.", ("note.maturity_date",)
        )
    if note.funding_date >= note.maturity_date:
        text = "The note is funded on or after its maturity date."
        yield Issue(Severity.ERROR, text, ("note.funding_date", "note.maturity_date"))
    elif abs((note.funding_date - note.issue_date).days) > 31:
        text = "Issue and funding are more than a month apart."
        yield Issue(Severity.WARNING, text, ("note.funding_date",))
    if opening_date(note) > note.maturity_date:
        text = "Conversion opens only after maturity."
        yield Issue(Severity.WARNING, text, ("note.conversion.opens_date",))
    since = note.default.default_date
    if since is not None and since < note.funding_date:
        text = "The default comes before funding; it is booked when the note is funded and bears interest."
        yield Issue(Severity.WARNING, text, ("note.default.default_date",))


def _money(note: Note) -> Iterator[Issue]:
    if note.paid_amount > note.principal_amount:
        text = (
            "The purchase price is above the principal: there is a premium instead of a discount."
        )
        yield Issue(Severity.WARNING, text, ("note.purchase_price_amount",))
    if note.proceeds <= 0:
        text = "The fees withheld leave the company nothing of the purchase price."
        yield Issue(Severity.ERROR, text, ("note.withheld_fees_amount",))
    elif net_proceeds(note) <= 0:
        text = (
            f"The prepaid interest of {dollars(prepaid_interest(note))} leaves the company nothing of the "
            f"{dollars(note.proceeds)} that the holder pays."
        )
        yield Issue(Severity.ERROR, text, ("note.interest.charge_days", "note.interest.rate"))
    if note.interest.default_rate < note.interest.rate:
        text = "The default rate is below the interest rate."
        yield Issue(Severity.WARNING, text, ("note.interest.default_rate",))
