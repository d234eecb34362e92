"""What is valued: one note of a book as it ran, with the inputs of the valuation."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.rule import WindowEnd
from notemodeler.domain.scenario import Scenario
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.book import BookRun
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.quote import Quoter, quoter
from notemodeler.engines.splits import price_carried


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

    def conversion_price_on(self, on: date) -> PriceFinding:
        """The conversion price for a notice on the valuation date, of which a stated share price is the price."""
        rule, stated = self.quoter.rule, self.valuation.share_price
        series = self.market.series_for(self.note.conversion.rule.series)
        reads_the_day = any(
            each.lookback.end is WindowEnd.NOTICE_DAY for each in rule.on(on).variables
        )
        if stated is None or series is None or not reads_the_day:
            return rule.conversion_price_on(on)
        listed = price_carried(stated, 1 / self.market.shares_since(series, on, on))
        bars = [bar for bar in series.bars if bar.date < on]
        now = replace(series, bars=(*bars, PriceBar(on, listed, series.kind)))
        prices = tuple(now if each is series else each for each in self.market.prices)
        market, change = replace(self.market, prices=prices, _quoted={}), rule.change_on(on)
        return change.composition.conversion_price_on(on, market, change.remarks)

    @cached_property
    def default_date(self) -> date:
        """The valuation date that the inputs state, else the day of the last price, never before funding."""
        if self.valuation.valuation_date is not None:
            return self.valuation.valuation_date
        series = self.market.series_for(self.note.conversion.rule.series)
        bars = [bar for bar in series.bars if bar.price is not None] if series else []
        funded = self.note.funding_date
        return max(bars[-1].date, funded) if bars else funded
