"""What may come as the window shows it: fans with the known past, figures with their errors, sentences.

Everything is worked out from a picture of a simulation at once, in the thread that simulates; whoever
shows it only paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from notemodeler.app.book_facts import Fact
from notemodeler.app.outlook_assumptions import assumptions
from notemodeler.app.outlook_past import Past
from notemodeler.app.outlook_scopes import (
    FanLines,
    NoteRow,
    Scope,
    book_scope,
    note_row,
    note_scope,
    total_row,
)
from notemodeler.app.simulation import Simulation
from notemodeler.domain.issues import Issue
from notemodeler.engines.simulation.picture import Picture
from notemodeler.engines.simulation.scope import path_on_day

ENOUGH = 0.005
"""Mean shares and mean cost are known well enough if their standard errors are under this part of them."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """All that is shown of one picture. `days` are the known days, `known_days` of them, and the simulated ones.

    `book` is None if no other note owes anything; else the last of `notes` is their sum.
    """

    simulation: Simulation
    picture: Picture
    days: tuple[date, ...]
    known_days: int
    note: Scope
    book: Scope | None
    notes: tuple[NoteRow, ...]
    assumptions: tuple[Fact, ...]
    issues: tuple[Issue, ...]

    @property
    def paths(self) -> int:
        return self.picture.paths

    @property
    def seed(self) -> int:
        return self.picture.seed

    @property
    def is_provisional(self) -> bool:
        """Whether the holder does not follow its best policy yet, as that is still being learnt."""
        return not self.picture.case.is_learnt

    @property
    def relative_errors(self) -> tuple[float, float]:
        """The standard errors of mean shares and mean cost as parts of the means."""
        return self.note.relative_error("issued"), self.note.relative_error("cost")

    @property
    def is_precise(self) -> bool:
        """Whether these errors are small."""
        return not self.is_provisional and max(self.relative_errors) < ENOUGH

    @property
    def paths_needed(self) -> int:
        """How many paths would make them so, to the next thousand: errors fall with the root of the paths."""
        wanted = self.paths * (max(self.relative_errors) / ENOUGH) ** 2
        return 1000 * ceil(1.05 * wanted / 1000)

    def scope(self, name: str) -> Scope:
        """The scope of that name; the note's where there is no book."""
        return self.book if name == "book" and self.book is not None else self.note

    def path_in_fan(self, fan: FanLines, place: int, level: float) -> int | None:
        """The path that is at that quantile of a fan on a day of `days`; None on a known day."""
        outcome, day = self.picture.outcome, place - self.known_days
        if day < 0:
            return None
        rows = {
            "price": outcome.prices,
            "conversion_price": outcome.conversion_prices,
            "issued": outcome.issued_by,
        }.get(fan.name, outcome.all_issued_by)
        return path_on_day(rows, day, level)


def outlook_of(simulation: Simulation, picture: Picture, past: Past) -> Outlook:
    """The outlook of a picture; to be called where the simulation runs, as it takes some milliseconds."""
    notes = len(picture.outcome.notes)
    is_book = notes > 1
    return Outlook(
        simulation,
        picture,
        (*past.days, *picture.days),
        len(past.days),
        note_scope(picture, past),
        book_scope(picture, past) if is_book else None,
        (*(note_row(picture, at) for at in range(notes)), total_row(picture)) if is_book else (),
        tuple(assumptions(simulation, picture)),
        tuple(dict.fromkeys(simulation.issues)),
    )
