"""What comes when in the life of one note, as far as its terms and its ledger say so."""

from collections.abc import Iterator
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from notemodeler.domain.note import Note
from notemodeler.domain.repayment import Settled
from notemodeler.engines.interest_charge import FOR_DAYS, charge_date, charge_end, interest_start


class EventKind(IntEnum):
    """What comes, in the order in which the events of one day are taken."""

    ISSUE = -1
    """The issue date of a note whose shares are capped by the count of that day."""
    FUNDING = 0
    CHARGE = 1
    ACCRUAL = 2
    """Interest begins to accrue after the days for which it was guaranteed or prepaid."""
    DEFAULT = 3
    ENTRY = 4
    INSTALMENT = 5


class Event(NamedTuple):
    """One event; `place` is that of the ledger entry or of the instalment."""

    day: date
    kind: EventKind
    place: int = 0


def earliest_date(note: Note) -> date:
    """Nothing is booked before the money has arrived and interest runs."""
    return max(interest_start(note), note.funding_date)


def agenda(note: Note) -> tuple[Event, ...]:
    """The events of a note in the order in which they are taken."""
    return tuple(sorted(_events(note)))


def _events(note: Note) -> Iterator[Event]:
    earliest = earliest_date(note)
    if note.conversion.exchange_cap is not None:
        yield Event(note.issue_date, EventKind.ISSUE)
    yield Event(note.funding_date, EventKind.FUNDING)
    charged = charge_date(note)
    if charged is not None:
        yield Event(charged, EventKind.CHARGE)
    if note.interest.charge in FOR_DAYS:
        yield Event(charge_end(note), EventKind.ACCRUAL)
    if note.default.default_date is not None:
        yield Event(max(note.default.default_date, earliest), EventKind.DEFAULT)
    for place, entry in enumerate(note.ledger):
        yield Event(max(entry.date, earliest), EventKind.ENTRY, place)
    for place, instalment in enumerate(note.repayment.instalments):
        if instalment.settled is not Settled.LEDGER:
            yield Event(max(instalment.date, earliest), EventKind.INSTALMENT, place)
