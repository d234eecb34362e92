"""What a decision is about: the book as it ran, one note of it, and what is assumed of the future."""

from dataclasses import dataclass, field
from datetime import date

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.scenario import Scenario
from notemodeler.engines.book import BookRun
from notemodeler.engines.market import Market
from notemodeler.engines.quote import Quoter, quoter


@dataclass(frozen=True, eq=False)
class Case:
    """The inputs of every decision; `place` is the note of the book that is looked at."""

    book: BookRun
    scenario: Scenario = field(default_factory=Scenario)
    place: int = 0
    _quoters: dict[int, Quoter] = field(default_factory=dict, repr=False)

    @property
    def note(self) -> Note:
        return self.book.notes[self.place]

    @property
    def issuer(self) -> Issuer:
        return self.book.issuer

    @property
    def market(self) -> Market:
        return self.book.market

    @property
    def quoter(self) -> Quoter:
        return self.quoter_of(self.place)

    def quoter_of(self, place: int) -> Quoter:
        """The quoter of any note of the book."""
        if place not in self._quoters:
            self._quoters[place] = quoter(self.book, place)
        return self._quoters[place]

    def authorised_on(self, day: date) -> int | None:
        """The shares that the charter authorises on the day, as it says them; None if that is not known."""
        rows = [row for row in self.issuer.shares_authorised if row.from_date <= day]
        return max(rows, key=lambda row: row.from_date).shares if rows else None
