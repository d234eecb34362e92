"""What is valued: one note of a book as it ran, with the inputs of the valuation."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from notemodeler.domain.note import Note
from notemodeler.domain.scenario import Scenario
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.book import BookRun
from notemodeler.engines.market import Market
from notemodeler.engines.quote import Quoter, quoter


@dataclass(frozen=True, eq=False)
class ValuationCase:
    """The note at `place` of a book that ran with what was known on the valuation date (see `as_of`)."""

    book: BookRun
    valuation: Valuation = field(default_factory=Valuation)
    place: int = 0
    scenario: Scenario = field(default_factory=Scenario)
    """Volume and impact of sales, which the simulation counts."""

    @property
    def note(self) -> Note:
        return self.book.notes[self.place]

    @property
    def market(self) -> Market:
        return self.book.market

    @cached_property
    def quoter(self) -> Quoter:
        return quoter(self.book, self.place)

    @cached_property
    def default_date(self) -> date:
        """The valuation date that the inputs state, else the day of the last price, never before funding."""
        if self.valuation.valuation_date is not None:
            return self.valuation.valuation_date
        series = self.market.series_for(self.note.conversion.rule.series)
        bars = [bar for bar in series.bars if bar.price is not None] if series else []
        funded = self.note.funding_date
        return max(bars[-1].date, funded) if bars else funded
