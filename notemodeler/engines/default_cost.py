"""What a default costs: the note with it against the same note undisturbed."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.note import Note
from notemodeler.domain.project import Issuer
from notemodeler.engines.history import NOTHING, HappeningKind, NoteHistory
from notemodeler.engines.market import Market
from notemodeler.engines.run import run_note


@dataclass(frozen=True, slots=True)
class DefaultCost:
    """What has been taken by a day and is still due on it, with the default and without, in dollars."""

    on: date
    due: Decimal
    taken: Decimal
    undisturbed_due: Decimal
    undisturbed_taken: Decimal
    default_sum: Decimal
    """What the default added at once."""

    @property
    def extra(self) -> Decimal:
        return self.due + self.taken - self.undisturbed_due - self.undisturbed_taken

    @property
    def extra_interest(self) -> Decimal:
        return self.extra - self.default_sum


def default_cost(
    note: Note, issuer: Issuer, market: Market, history: NoteHistory, on: date
) -> DefaultCost | None:
    """The cost of the note's default as of the day, None if the note is not in default by then."""
    defaults = [each for each in history.happenings if each.kind is HappeningKind.DEFAULT]
    if not defaults or on < defaults[0].date:
        return None
    undisturbed = run_note(
        replace(note, default=replace(note.default, default_date=None)), issuer, market
    )
    return DefaultCost(
        on,
        history.owed_on(on).in_cents().total,
        _taken(history, on),
        undisturbed.owed_on(on).in_cents().total,
        _taken(undisturbed, on),
        defaults[0].after.default_sum - defaults[0].before.default_sum,
    )


def _taken(history: NoteHistory, on: date) -> Decimal:
    settled = (each.settled.total for each in history.happenings if each.date <= on)
    return sum(settled, NOTHING)
