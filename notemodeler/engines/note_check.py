"""What is wrong or odd in a note's terms: bounds of each field, and the fields against each other."""

from collections.abc import Iterator
from datetime import timedelta

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.project import FIELDS, Project
from notemodeler.domain.terms import value_at
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose


def check_project(project: Project, note: int, market: Market) -> tuple[Issue, ...]:
    """Every issue of the issuer, the prices and one note of the book, errors first."""
    found = [*_bounds(project, note), *market.issues]
    chosen = project.notes[note]
    found += [*_dates(chosen), *_money(chosen), *compose(chosen.conversion.rule).check()]
    return tuple(sorted(found, key=lambda issue: not issue.is_error))


def _bounds(project: Project, note: int) -> Iterator[Issue]:
    for field in FIELDS:
        owner = project.issuer if field.name.startswith("issuer.") else project.notes[note]
        yield from field.term.issues(field.name, value_at(owner, field.path))


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
    if note.interest.default_rate < note.interest.rate:
        text = "The default rate is below the interest rate."
        yield Issue(Severity.WARNING, text, ("note.interest.default_rate",))
