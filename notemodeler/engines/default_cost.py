"""What a default costs: the note with it against the same note undisturbed."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.note import Note
from notemodeler.domain.project import Issuer
from notemodeler.engines.history import NoteHistory
from notemodeler.engines.market import Market
from notemodeler.engines.run import run_note


@dataclass(frozen=True, slots=True)
class DefaultCost:
    """What is due on a day with the default and without it, in dollars."""

    on: date
    due: Decimal
    undisturbed_due: Decimal
    default_sum: Decimal

    @property
    def extra(self) -> Decimal:
        return self.due - self.undisturbed_due

    @property
    def extra_interest(self) -> Decimal:
        return self.extra - self.default_sum


def default_cost(
    note: Note, issuer: Issuer, market: Market, history: NoteHistory, on: date
) -> DefaultCost | None:
    """The cost of the note's default as of the day, None if the note is not in default by then."""
    since = note.default.default_date
    if since is None or on < since:
        return None
    undisturbed = run_note(
        replace(note, default=replace(note.default, default_date=None)), issuer, market
    )
    due, without = history.owed_on(on).in_cents(), undisturbed.owed_on(on).in_cents()
    return DefaultCost(on, due.total, without.total, due.default_sum)
