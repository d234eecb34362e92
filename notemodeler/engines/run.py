"""Running a note through its events: from funding on, event by event, to what is owed after each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.conversion import AppliedFirst
from notemodeler.domain.dates import show_date
from notemodeler.domain.default import DefaultBase
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.repayment import Settled
from notemodeler.engines.agenda import Event, EventKind
from notemodeler.engines.cash import penalty_amount
from notemodeler.engines.conversion import Settlement
from notemodeler.engines.conversion_limits import Counts
from notemodeler.engines.history import (
    MOST_INTEREST,
    NOTHING,
    Happening,
    HappeningKind,
    NoteHistory,
    Owed,
    Stretch,
)
from notemodeler.engines.interest_charge import charge_amount
from notemodeler.engines.note_counts import NoteCounts
from notemodeler.engines.note_prices import NotePrices
from notemodeler.engines.request import of_entry
from notemodeler.engines.running_balance import RunningBalance
from notemodeler.engines.settler import Settler
from notemodeler.engines.words import dollars

DEFAULT_FIELD = ("note.default.default_date",)
RATE_FIELDS = ("note.interest.rate", "note.interest.default_rate", "note.interest.compounding")


class NoteRun:
    """One note while the book runs: its balance, and what has happened to it so far.

    A forecast may go on with other entries or other prices by setting `note` or `prices`.
    """

    def __init__(self, note: Note, prices: NotePrices, counts: NoteCounts) -> None:
        self.settler = Settler(note, prices, counts)
        self.balance = RunningBalance(note)
        self.happenings: list[Happening] = []
        self.issues: list[Issue] = []

    @property
    def note(self) -> Note:
        return self.settler.note

    @note.setter
    def note(self, note: Note) -> None:
        self.settler.note = note

    @property
    def prices(self) -> NotePrices:
        return self.settler.prices

    @prices.setter
    def prices(self, prices: NotePrices) -> None:
        self.settler.prices = prices

    def take(self, event: Event) -> None:
        """Let the event happen; events come in the order of the book."""
        day, place = event.day, event.place
        self.settler.begin()
        self.balance.add_interest_through(day)
        if event.kind is EventKind.ISSUE:
            self.settler.counts.set_exchange_cap(day)
        elif event.kind is EventKind.FUNDING:
            self._fund(day)
        elif event.kind is EventKind.CHARGE:
            self._charge(day)
        elif event.kind is EventKind.ACCRUAL:
            self.balance.resume(day)
        elif event.kind is EventKind.DEFAULT:
            self._default(day)
        elif event.kind is EventKind.INSTALMENT:
            self._instalment(day, place)
        elif self.note.ledger[place].kind is EntryKind.PENALTY:
            self._penalise(day, place)
        else:
            self._enter(day, place)

    def repeat(
        self,
        day: date,
        stretches: tuple[Stretch, ...],
        happenings: tuple[Happening, ...],
        issues: tuple[Issue, ...],
    ) -> None:
        """What an event of the day did in an earlier run of the note."""
        self.balance.stretches += stretches
        self.balance.added_through = day
        for happening in happenings:
            self._record(happening)
        self.issues += issues

    def history(self, stretches: tuple[Stretch, ...] | None = None) -> NoteHistory:
        """What became of the note; `stretches` are those of an earlier run that came out the same."""
        whole = self.balance.to_the_end() if stretches is None else stretches
        history = NoteHistory(whole, tuple(self.happenings), tuple(self.issues))
        outgrown = _outgrown(self.note, history)
        return history if outgrown is None else replace(history, issues=(*self.issues, outgrown))

    def _record(self, happening: Happening) -> None:
        """Keep what happened and what follows from it."""
        self.happenings.append(happening)
        self.settler.keep(happening)
        if happening.kind is HappeningKind.DEFAULT:
            self.balance.in_default = True

    def _fund(self, day: date) -> None:
        if day < self.balance.start:
            self.balance.wait_from(day)
        owed = self.balance.on(max(day, self.balance.start)).in_cents()
        self._record(Happening(day, HappeningKind.FUNDING, Owed(NOTHING, owed.interest), owed))

    def _charge(self, day: date) -> None:
        exact = self.balance.on(day)
        amount = charge_amount(self.note, exact.principal)
        if self.balance.in_default or not amount:
            return
        before = exact.in_cents()
        after = before.plus(interest=amount)
        self.balance.go_on(day, after, total_of(self.balance.pending(exact), amount))
        self._record(Happening(day, HappeningKind.CHARGE, before, after))

    def _default(self, day: date) -> None:
        exact = self.balance.on(day)
        before = exact.in_cents()
        if not before.total:
            text = f"The default of {show_date(day)} is not booked: nothing was owed any more."
            self.issues.append(Issue(Severity.WARNING, text, DEFAULT_FIELD, (day,)))
            return
        after = before.plus(default_sum=self._default_sum(exact, before))
        words = self.note.default.event.label
        self._record(Happening(day, HappeningKind.DEFAULT, before, after, remark=words))
        self.balance.go_on(day, after, self.balance.pending(exact))

    def _default_sum(self, exact: Owed, before: Owed) -> Decimal:
        """What the default adds, in cents: the multiple of the base less the base."""
        terms = self.note.default
        if terms.multiple_due == 1:
            return NOTHING
        if terms.base is DefaultBase.PRINCIPAL:
            return to_cents(MONEY_CONTEXT.multiply(exact.principal, terms.multiple_due - 1))
        due = to_cents(MONEY_CONTEXT.multiply(exact.total, terms.multiple_due))
        return MONEY_CONTEXT.subtract(due, before.total)

    def _penalise(self, day: date, place: int) -> None:
        self._remark_on_date(day, place)
        entry, exact = self.note.ledger[place], self.balance.on(day)
        per_day = self.note.default.penalty_per_day_amount
        added, issues = penalty_amount(of_entry(entry), entry.days, per_day)
        self.issues += issues
        if not added:
            return
        before = exact.in_cents()
        after = before.plus(principal=added)
        self.balance.go_on(day, after, self.balance.pending(exact))
        kind = HappeningKind.PENALTY
        self._record(
            Happening(day, kind, before, after, added=added, remark=entry.remark, entry=place)
        )

    def _enter(self, day: date, place: int) -> None:
        self._remark_on_date(day, place)
        entry, exact = self.note.ledger[place], self.balance.on(day)
        found, issues = self.settler.entry(day, place, exact.in_cents())
        self.issues += issues
        if found is not None:
            kind = HappeningKind(entry.kind.value)
            self._settle(day, kind, exact, found, remark=entry.remark, entry=place)

    def _remark_on_date(self, day: date, place: int) -> None:
        entry = self.note.ledger[place]
        if entry.date < day:
            words = f"is dated before the note's interest and money run; it is booked on {show_date(day)}."
            self.issues.append(of_entry(entry).warning(words))

    def _instalment(self, day: date, place: int) -> None:
        exact = self.balance.on(day)
        found, issues = self.settler.instalment(day, place, exact.in_cents())
        self.issues += issues
        if found is None:
            return
        if self.note.repayment.instalments[place].settled is Settled.CASH:
            self._settle(day, HappeningKind.INSTALMENT, exact, found, instalment=place)
        else:
            kind = HappeningKind.CONVERSION
            self._settle(day, kind, exact, found, remark="instalment", instalment=place)

    def _settle(
        self,
        day: date,
        kind: HappeningKind,
        exact: Owed,
        found: Settlement,
        *,
        remark: str = "",
        entry: int | None = None,
        instalment: int | None = None,
    ) -> None:
        before = exact.in_cents()
        off = _split(found.amount, before, self.note.conversion.applied_first)
        after = before.less(off)
        pending = MONEY_CONTEXT.subtract(self.balance.pending(exact), off.interest)
        self.balance.go_on(day, after, pending)
        at = self.settler.looked_at or Counts()
        self._record(
            Happening(
                day, kind, before, after, off.plus(principal=found.added), found.price, found.shares,
                at.outstanding, at.held, remark, entry, found.cash, found.fee, found.added, instalment,
            )
        )  # fmt: skip


def _outgrown(note: Note, history: NoteHistory) -> Issue | None:
    """Says so if interest has reached the most that is counted."""
    last = max(note.maturity_date, history.happenings[-1].date)
    highest = max(each.before.interest for each in history.happenings)
    if max(highest, history.owed_on(last).interest) < MOST_INTEREST:
        return None
    most = f"no figure above {dollars(MOST_INTEREST)} is given"
    text = f"Interest outgrows all bounds by {show_date(last)}: {most}."
    return Issue(Severity.ERROR, text, RATE_FIELDS, (last,))


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
