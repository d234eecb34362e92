"""The steps of a note's account: what opened each stretch in which nothing happens but interest."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum

from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.engines.history import Happening, HappeningKind, NoteHistory, Stretch
from notemodeler.engines.run import interest_start


class StepKind(Enum):
    """What opens a stretch, in the words of the Ledger sheet."""

    WAITING = "Funded, no interest yet"
    START = "Interest starts"
    MONTH = "Interest added to the sum that bears interest"
    DEFAULT = "Default"
    CONVERSION = "Conversion"
    PAYMENT = "Payment"
    PREPAYMENT = "Prepayment"


SETTLING = (StepKind.CONVERSION, StepKind.PAYMENT, StepKind.PREPAYMENT)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the stretch that it opens and, if an event opened it, the event and its ledger entry."""

    kind: StepKind
    stretch: Stretch
    happening: Happening | None = None
    entry: LedgerEntry | None = None
    in_default: bool = False

    @property
    def date(self) -> date:
        return self.stretch.start

    @property
    def is_start(self) -> bool:
        return self.kind in (StepKind.WAITING, StepKind.START)

    @property
    def settles(self) -> bool:
        return self.kind in SETTLING


def account_steps(note: Note, history: NoteHistory, last: date) -> tuple[Step, ...]:
    """The steps up to the last day, in the order in which they were booked."""
    events = [each for each in history.happenings if each.kind is not HappeningKind.FUNDING]
    on_day = Counter(event.date for event in events)
    opened_on = Counter(stretch.start for stretch in history.stretches)
    steps: list[Step] = []
    seen: Counter[date] = Counter()
    in_default = False
    for stretch in history.stretches:
        seen[stretch.start] += 1
        # On one day the events come last: what the month or the start opens comes before them.
        if seen[stretch.start] <= opened_on[stretch.start] - on_day[stretch.start]:
            steps.append(Step(_quiet_kind(note, stretch, steps), stretch, in_default=in_default))
            continue
        event = events[sum(step.happening is not None for step in steps)]
        in_default = in_default or event.kind is HappeningKind.DEFAULT
        steps.append(Step(_event_kind(event), stretch, event, _entry_of(note, event), in_default))
    return tuple(step for step in steps if step.date <= last)


def _quiet_kind(note: Note, stretch: Stretch, before: list[Step]) -> StepKind:
    if any(step.kind is StepKind.START for step in before):
        return StepKind.MONTH
    return StepKind.WAITING if stretch.start < interest_start(note) else StepKind.START


def _event_kind(event: Happening) -> StepKind:
    return StepKind[event.kind.name]


def _entry_of(note: Note, event: Happening) -> LedgerEntry | None:
    return None if event.entry is None else note.ledger[event.entry]
