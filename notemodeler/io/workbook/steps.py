"""The steps of a note's account: what opened each stretch in which nothing happens but interest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.repayment import Instalment
from notemodeler.engines.history import Happening, HappeningKind, NoteHistory, Stretch
from notemodeler.engines.interest_charge import FOR_DAYS, charge_end, interest_start


class StepKind(Enum):
    """What opens a stretch, in the words of the Ledger sheet."""

    WAITING = "Funded, no interest yet"
    START = "Interest starts"
    MONTH = "Interest added to the sum that bears interest"
    ACCRUAL = "Interest begins to accrue"
    CHARGE = "Interest charged"
    DEFAULT = "Default"
    PENALTY = "Penalty"
    CONVERSION = "Conversion"
    PAYMENT = "Payment"
    PREPAYMENT = "Prepayment"
    REDEMPTION = "Redemption"
    INSTALMENT = "Instalment"


SETTLING = (
    StepKind.CONVERSION, StepKind.PAYMENT, StepKind.PREPAYMENT, StepKind.REDEMPTION, StepKind.INSTALMENT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the stretch that it opens and, if an event opened it, the event and what asked for it."""

    kind: StepKind
    stretch: Stretch
    happening: Happening | None = None
    entry: LedgerEntry | None = None
    instalment: Instalment | None = None
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
    return tuple(step for step in _steps(note, history) if step.date <= last)


def _steps(note: Note, history: NoteHistory) -> Iterator[Step]:
    events = [each for each in history.happenings if each.kind is not HappeningKind.FUNDING]
    in_default = False
    for kind, stretch in zip(_kinds(note, history, events), history.stretches, strict=True):
        if kind is not None:
            yield Step(kind, stretch, in_default=in_default)
            continue
        event = events.pop(0)
        in_default = in_default or event.kind is HappeningKind.DEFAULT
        entry = None if event.entry is None else note.ledger[event.entry]
        due = None if event.instalment is None else note.repayment.instalments[event.instalment]
        yield Step(StepKind[event.kind.name], stretch, event, entry, due, in_default)


def _kinds(note: Note, history: NoteHistory, events: list[Happening]) -> Iterator[StepKind | None]:
    """What opened each stretch, None for an event.

    On one day the month comes first, then interest charged, then the end of the days for which it was
    guaranteed or prepaid, then all else.
    """
    waits = history.stretches[0].start < interest_start(note)
    first = [StepKind.WAITING, StepKind.START] if waits else [StepKind.START]
    yield from first
    later = Counter(stretch.start for stretch in history.stretches[len(first) :])
    accrual = _accrual_date(note, events)
    for day in sorted(later):
        own = [event for event in events if event.date == day]
        charges = sum(event.kind is HappeningKind.CHARGE for event in own)
        months = later[day] - len(own) - (day == accrual)
        yield from [StepKind.MONTH] * months
        yield from [None] * charges
        if day == accrual:
            yield StepKind.ACCRUAL
        yield from [None] * (len(own) - charges)


def _accrual_date(note: Note, events: list[Happening]) -> date | None:
    """The day on which interest begins to accrue after days guaranteed or prepaid, unless a default came first."""
    if note.interest.charge not in FOR_DAYS:
        return None
    day = charge_end(note)
    kinds = {event.kind for event in events if event.date < day}
    return None if HappeningKind.DEFAULT in kinds else day
