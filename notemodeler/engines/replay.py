"""Running a note again after an edit: what an event did before is kept while nothing it read changed."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.engines.agenda import Event, EventKind, agenda
from notemodeler.engines.conversion_limits import Counts, share_limits
from notemodeler.engines.history import Happening, NoteHistory, Stretch
from notemodeler.engines.note_prices import NotePrices
from notemodeler.engines.run import NoteRun

ALWAYS_TAKEN = (EventKind.ISSUE, EventKind.FUNDING)
"""Events that set up a run; they are taken anew every time."""


class Trace(NamedTuple):
    """What one event did: what it appended, whether it asked for a price, and which share counts it read."""

    event: Event
    stretches: tuple[Stretch, ...]
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...]
    reads_price: bool
    counts: Counts | None
    is_free: bool

    def does_as(self, other: "Trace") -> bool:
        """Whether the note goes on from here as it would from the other."""
        return self.stretches == other.stretches and [
            replace(each, outstanding=None, held=0) for each in self.happenings
        ] == [replace(each, outstanding=None, held=0) for each in other.happenings]


@dataclass(frozen=True, eq=False)
class NoteTrace:
    """One note's whole run, kept for the run after the next edit."""

    note: Note
    agenda: tuple[Event, ...]
    prices: NotePrices
    traces: tuple[Trace, ...]
    history: NoteHistory


class Replay:
    """One note's run, which repeats the run before as far as that holds."""

    def __init__(self, run: NoteRun, before: NoteTrace | None) -> None:
        self.run = run
        self.traces: list[Trace] = []
        self._before = before if before is not None and before.note is run.note else None
        self._follows = self._before is not None
        self.agenda = self._before.agenda if self._before else agenda(run.note)

    def take_next(self) -> None:
        """Let the next event of the agenda happen, or repeat what it did."""
        place = len(self.traces)
        old = self._before.traces[place] if self._before and self._follows else None
        found = self._repeated(old) if old is not None else None
        if found is None:
            found = self._taken(self.agenda[place])
            if old is not None and found == old:
                found = old
            self._follows = old is not None and found.does_as(old)
        self.traces.append(found)

    def trace(self) -> NoteTrace:
        """The run as it went, with the very history of the run before if nothing in it changed."""
        history = self._history()
        prices = self.run.prices
        prices.forget_earlier()
        return NoteTrace(self.run.note, self.agenda, prices, tuple(self.traces), history)

    def _history(self) -> NoteHistory:
        before = self._before
        if before is None or not self._follows:
            return self.run.history()
        if all(new is old for new, old in zip(self.traces, before.traces, strict=True)):
            return before.history
        return self.run.history(before.history.stretches)

    def _taken(self, event: Event) -> Trace:
        run = self.run
        stretches, happenings = len(run.balance.stretches), len(run.happenings)
        issues = len(run.issues)
        run.take(event)
        return Trace(
            event, tuple(run.balance.stretches[stretches:]), tuple(run.happenings[happenings:]),
            tuple(run.issues[issues:]), run.settler.reads_price, run.settler.looked_at, run.settler.is_free,
        )  # fmt: skip

    def _repeated(self, old: Trace) -> Trace | None:
        """What the event does again; None if it must be taken anew."""
        if old.event.kind in ALWAYS_TAKEN:
            return None
        if old.reads_price and not self.run.prices.is_as_before(old.event.day):
            return None
        found = old
        if old.counts is not None:
            counts = self.run.settler.counts.on(old.event.day)
            if counts != old.counts:
                if not self._is_allowed(old, counts):
                    return None
                found = _with_counts(old, counts)
        self.run.repeat(found.event.day, found.stretches, found.happenings, found.issues)
        return found

    def _is_allowed(self, old: Trace, counts: Counts) -> bool:
        """Whether limits that had no part in a conversion have none under the new counts either."""
        if not old.is_free or counts.outstanding is None or counts.exchange is not None:
            return False
        shares = old.happenings[0].shares
        return all(
            shares <= limit.shares for limit in share_limits(self.run.note.conversion, counts)
        )


def _with_counts(old: Trace, counts: Counts) -> Trace:
    happening = replace(old.happenings[0], outstanding=counts.outstanding, held=counts.held)
    return old._replace(happenings=(happening,), counts=counts)
