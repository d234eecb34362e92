"""What a default costs: the note with it against the same note undisturbed."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.numbers import total_of
from notemodeler.engines.book import BookRun, run_book
from notemodeler.engines.history import NOTHING, HappeningKind, NoteHistory


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


def default_cost(book: BookRun, place: int, on: date) -> DefaultCost | None:
    """The cost of a note's default as of the day, None if the note is not in default by then.

    Undisturbed means: the whole book run with that note as if it had not defaulted.
    """
    history, notes = book.histories[place], book.notes
    defaults = [each for each in history.happenings if each.kind is HappeningKind.DEFAULT]
    if not defaults or on < defaults[0].date:
        return None
    without = replace(notes[place], default=replace(notes[place].default, default_date=None))
    others = (*notes[:place], without, *notes[place + 1 :])
    undisturbed = run_book(others, book.issuer, book.market, book).histories[place]
    return DefaultCost(
        on,
        history.owed_on(on).in_cents().total,
        _taken(history, on),
        undisturbed.owed_on(on).in_cents().total,
        _taken(undisturbed, on),
        defaults[0].after.default_sum - defaults[0].before.default_sum,
    )


def _taken(history: NoteHistory, on: date) -> Decimal:
    """What was settled by the day, with the premiums paid in cash for it."""
    return total_of(
        NOTHING,
        *(
            total_of(each.settled.total, each.premium)
            for each in history.happenings
            if each.date <= on
        ),
    )
