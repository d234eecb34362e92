"""Running a note through its ledger: from funding on, event by event, to what is owed after each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import LATEST, show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import AppliedFirst, Compounding, InterestStart, Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.project import Issuer
from notemodeler.engines.accrual import month_days
from notemodeler.engines.conversion import Settlement, entry_issue, settle
from notemodeler.engines.history import (
    NOTHING,
    Happening,
    HappeningKind,
    NoteHistory,
    Owed,
    Stretch,
)
from notemodeler.engines.market import Market
from notemodeler.engines.shares import outstanding_on
from notemodeler.engines.words import dollars


def interest_start(note: Note) -> date:
    """The day from which the note bears interest."""
    return note.issue_date if note.interest.starts_on is InterestStart.ISSUE else note.funding_date


def run_note(note: Note, issuer: Issuer, market: Market) -> NoteHistory:
    """The history of a note under its terms and ledger, each event rounded to the cent once.

    On one day default comes first, then the ledger in its order. A conversion that cannot be priced,
    or that the ownership limit does not allow, is left out or cut, and an Issue says so; a conversion
    with stated shares is booked as reported and only remarked upon.
    """
    run = _Run(note, issuer, market)
    for day, what in _agenda(note):
        run.move_to(day, what)
    return NoteHistory(tuple(run.stretches), tuple(run.happenings), tuple(run.issues))


DEFAULT_FIELD = ("note.default.default_date",)
AgendaItem = HappeningKind | int | None


def _agenda(note: Note) -> Iterator[tuple[date, "AgendaItem"]]:
    """What comes when, nothing before funding.

    A number is a place in the ledger; None marks a day on which interest is added to what bears it.
    """
    start = interest_start(note)
    earliest = max(start, note.funding_date)
    items: list[tuple[date, int, AgendaItem]] = [(note.funding_date, 0, HappeningKind.FUNDING)]
    if note.default.default_date is not None:
        items.append((max(note.default.default_date, earliest), 2, HappeningKind.DEFAULT))
    items += [(max(entry.date, earliest), 3, place) for place, entry in enumerate(note.ledger)]
    if note.interest.compounding is Compounding.MONTHLY:
        items += [(day, 1, None) for day in month_days(start, LATEST)]
    for day, _, what in sorted(items, key=lambda item: item[:2]):
        yield day, what


@dataclass
class _Run:
    """The state of one run; it lives only inside `run_note`."""

    note: Note
    issuer: Issuer
    market: Market
    stretches: list[Stretch] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    in_default: bool = False

    def __post_init__(self) -> None:
        self._open(
            interest_start(self.note), Owed(self.note.principal_amount), self.note.principal_amount
        )

    def move_to(self, day: date, what: AgendaItem) -> None:
        if what is None:
            self._capitalise(day)
        elif what is HappeningKind.FUNDING:
            self._fund(day)
        elif what is HappeningKind.DEFAULT:
            self._default(day)
        elif isinstance(what, int):
            self._book(day, what)

    def _now(self, day: date) -> Owed:
        return self.stretches[-1].owed_on(day)

    def _open(self, day: date, owed: Owed, bearing: Decimal) -> None:
        terms = self.note.interest
        rate = terms.default_rate if self.in_default else terms.rate
        self.stretches.append(Stretch(day, owed, bearing, rate, terms.day_count, terms.compounding))

    def _bearing(self, owed: Owed, settled_interest: Decimal, accrued: Decimal) -> Decimal:
        """What bears interest once an event has settled part of the interest."""
        how = self.note.interest.compounding
        if how is Compounding.SIMPLE:
            return owed.principal
        if how is Compounding.DAILY:
            return total_of(owed.principal, owed.interest)
        fresh = max(NOTHING, accrued - settled_interest)
        return total_of(owed.principal, max(NOTHING, owed.interest - fresh))

    def _capitalise(self, day: date) -> None:
        owed = self._now(day)
        if owed.total:
            self._open(day, owed, total_of(owed.principal, owed.interest))

    def _fund(self, day: date) -> None:
        start = self.stretches[0].start
        if day < start:
            self.stretches[0] = self._waiting(day)
            self._open(start, Owed(self.note.principal_amount), self.note.principal_amount)
        owed = self._now(max(day, start)).in_cents()
        before = Owed(NOTHING, owed.interest)
        self.happenings.append(Happening(day, HappeningKind.FUNDING, before, owed))

    def _waiting(self, day: date) -> Stretch:
        """Funded before the date of the note: owed, but not yet bearing interest."""
        terms = self.note.interest
        owed = Owed(self.note.principal_amount)
        return Stretch(day, owed, NOTHING, NOTHING, terms.day_count, Compounding.SIMPLE)

    def _default(self, day: date) -> None:
        exact = self._now(day)
        before = exact.in_cents()
        if not before.total:
            text = f"The default of {show_date(day)} is not booked: nothing was owed any more."
            self.issues.append(Issue(Severity.WARNING, text, DEFAULT_FIELD, (day,)))
            return
        due = to_cents(MONEY_CONTEXT.multiply(exact.total, self.note.default.multiple_due))
        added = (
            MONEY_CONTEXT.subtract(due, before.total)
            if self.note.default.multiple_due != 1
            else NOTHING
        )
        after = Owed(before.principal, before.interest, total_of(before.default_sum, added))
        self.in_default = True
        accrued = exact.interest - (self.stretches[-1].bearing - exact.principal)
        self._open(day, after, self._bearing(after, NOTHING, accrued))
        self.happenings.append(
            Happening(
                day, HappeningKind.DEFAULT, before, after, remark=self.note.default.event.label
            )
        )

    def _book(self, day: date, place: int) -> None:
        entry = self.note.ledger[place]
        if entry.date < day:
            words = f"is dated before the note's interest and money run; it is booked on {show_date(day)}."
            self.issues.append(entry_issue(Severity.WARNING, entry, words))
        exact = self._now(day)
        before = exact.in_cents()
        if entry.kind is EntryKind.CONVERSION:
            settlement = self._convert(day, entry, before)
        else:
            settlement = self._pay(entry, before)
        if settlement is None:
            if not before.total:
                words = "is not booked: nothing was owed any more."
                self.issues.append(entry_issue(Severity.WARNING, entry, words))
            return
        settled = _split(settlement.amount, before, self.note.conversion.applied_first)
        after = before.less(settled)
        pending = exact.interest - (self.stretches[-1].bearing - exact.principal)
        self._open(day, after, self._bearing(after, settled.interest, max(NOTHING, pending)))
        self.happenings.append(
            Happening(
                day, HappeningKind(entry.kind.value), before, after, settled,
                settlement.price, settlement.shares, settlement.outstanding, settlement.held, entry.remark, place,
            )
        )  # fmt: skip

    def _convert(self, day: date, entry: LedgerEntry, before: Owed) -> Settlement | None:
        issued = [(each.date, each.shares) for each in self.happenings]
        outstanding = outstanding_on(day, self.issuer.shares_outstanding, issued)
        taken = 0 if self.note.conversion.lots_are_sold else sum(shares for _, shares in issued)
        held = self.note.conversion.holder_shares + taken
        settlement, issues = settle(
            entry, day, before.total, self.note, self.market, outstanding, held
        )
        self.issues += issues
        return settlement

    def _pay(self, entry: LedgerEntry, before: Owed) -> Settlement | None:
        amount = before.total if entry.amount is None else entry.amount
        if amount > before.total:
            text = (
                f"The {entry.kind.label} of {dollars(amount)} is more than the {dollars(before.total)} "
                f"owed; only that is booked."
            )
            self.issues.append(Issue(Severity.ERROR, text, ("note.ledger",), (entry.date,)))
            amount = before.total
        return Settlement(amount) if amount > 0 else None


def _split(amount: Decimal, owed: Owed, first: AppliedFirst) -> Owed:
    """The amount spread over principal, interest and default sum in the order of the terms."""
    order = (
        ("interest", "principal", "default_sum")
        if first is AppliedFirst.INTEREST
        else ("principal", "default_sum", "interest")
    )
    parts = {}
    for name in order:
        parts[name] = min(amount, getattr(owed, name))
        amount -= parts[name]
    return Owed(**parts)
