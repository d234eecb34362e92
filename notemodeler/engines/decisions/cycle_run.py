"""The note of a holder's cycle: its real history up to the start, and from then on what the cycle books."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.engines.agenda import Event, EventKind, agenda
from notemodeler.engines.book import BookRun
from notemodeler.engines.conversion_limits import Counts
from notemodeler.engines.history import Happening
from notemodeler.engines.holders import stake_of
from notemodeler.engines.note_counts import NoteCounts
from notemodeler.engines.note_limits import exchange_room
from notemodeler.engines.note_prices import NotePrices
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.pricing.rule_in_time import RuleInTime
from notemodeler.engines.run import NoteRun
from notemodeler.engines.share_register import GrowingRegister, ShareRegister, Tally
from notemodeler.engines.trade import Trade


@dataclass
class CycleCounts(NoteCounts):
    """The counts of the book until the cycle begins; then what the book reports, with the lots on top.

    No report knows of the lots, so they come on top of every one. Shares not yet sold are held.
    """

    base: ShareRegister | None = None
    unsold: int = 0
    lots: Tally = field(default_factory=lambda: Tally(()))

    def begin(self, base: ShareRegister) -> None:
        """From now on the lots are counted upon what the rest of the book issues."""
        self.base, self.lots = base, Tally(base.issuer.splits, start=0)

    def on(self, day: date) -> Counts:
        if self.base is None:
            return super().on(day)
        held = self.stake.held(self.base, day) + self.unsold
        room = exchange_room(self.note, self.place, self.base, day)
        left = None if room is None else max(0, room - self.issued(day))
        return Counts(self.outstanding(day), held, left)

    def issue(self, day: date, shares: int) -> None:
        if self.base is None:
            super().issue(day, shares)
            return
        self.lots.move_to(day)
        self.lots.add(day, shares)
        self.unsold += shares

    def issued(self, day: date) -> int:
        """What the cycle has issued by now, in shares of the day, which may only go forward."""
        return self.lots.move_to(day) or 0

    def outstanding(self, day: date) -> int | None:
        """The shares outstanding by now with what the cycle issued."""
        known = self.base.outstanding(day) if self.base else None
        return None if known is None else known + self.issued(day)

    def carry_unsold(self, since: date, day: date) -> None:
        """What is left to sell, in shares of a later day."""
        if self.unsold and self.base is not None:
            self.unsold = self.base.carried(self.unsold, since, day)


class CycleRun:
    """One note of the book that goes on from a day with lots instead of what its ledger says."""

    def __init__(self, book: BookRun, place: int, start: date) -> None:
        note = book.notes[place]
        self.dropped = tuple(entry for entry in note.ledger if entry.date >= start)
        kept = tuple(entry for entry in note.ledger if entry.date < start)
        self.counts, self._run, self._coming = _begun(
            book, place, replace(note, ledger=kept), start
        )
        self.seen = len(self._run.happenings)

    def use(self, rule: RuleInTime) -> None:
        """From now on prices are those that this rule finds."""
        self._run.prices = NotePrices(self._run.note.conversion, rule)

    def finding(self, day: date) -> PriceFinding:
        return self._run.prices.finding(day)

    def trade(self, day: date) -> Trade | None:
        return self._run.prices.trade(day)

    def owed(self, day: date) -> Decimal:
        """What is owed by now, in cents; days may only go forward."""
        self._run.balance.add_interest_through(day)
        return self._run.balance.on(day).in_cents().total

    def go_to(self, day: date) -> None:
        """What the terms themselves bring by the day: a default, a charge, an instalment."""
        while self._coming and self._coming[0].day <= day:
            self._run.take(self._coming.pop(0))

    def convert(self, day: date, amount: Decimal | None) -> str:
        """A notice for the amount, or for as much as the limits allow; why, if nothing came of it."""
        note, before = self._run.note, len(self._run.happenings)
        entry = LedgerEntry(day, EntryKind.CONVERSION, amount)
        self._run.note = replace(note, ledger=(*note.ledger, entry))
        self._run.take(Event(day, EventKind.ENTRY, len(note.ledger)))
        if len(self._run.happenings) > before:
            return ""
        self._run.note = note
        return self._run.issues[-1].text

    def new_issues(self) -> list[Happening]:
        """What has issued shares since this was asked the last time."""
        new = self._run.happenings[self.seen :]
        self.seen = len(self._run.happenings)
        return [each for each in new if each.shares]


def _begun(
    book: BookRun, place: int, note: Note, start: date
) -> tuple[CycleCounts, NoteRun, list[Event]]:
    """The note as it stands when the cycle begins, and what its terms will bring from then on.

    The rest of the book runs to its end: what it issues does not wait for the cycle.
    """
    register = GrowingRegister(book.issuer)
    notes = (*book.notes[:place], note, *book.notes[place + 1 :])
    cycle = CycleCounts(note, place, stake_of(notes, place), register)
    runs = [
        NoteRun(
            each,
            NotePrices(each.conversion, book.rule(at)),
            cycle if at == place else NoteCounts(each, at, stake_of(notes, at), register),
        )
        for at, each in enumerate(notes)
    ]
    events = sorted(
        (event.day, at, event) for at, each in enumerate(notes) for event in agenda(each)
    )
    coming = []
    for day, at, event in events:
        if at == place and day >= start:
            coming.append(event)
        else:
            runs[at].take(event)
    cycle.begin(register.frozen())
    return cycle, runs[place], coming
