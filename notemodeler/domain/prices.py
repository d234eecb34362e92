"""Prices as the market made them: one series a kind, one bar a day, gaps left as gaps."""

import dataclasses
import datetime
from bisect import bisect_left
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from notemodeler.domain.kinds import DATE, FLAG, PRICE, TEXT, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.terms import term


class PriceKind(Choice):
    """Which figure of the day a price is: a note that says bid means bid."""

    BID = "bid", "closing bid"
    CLOSE = "close", "last trade (close)"
    LOW = "low", "intraday low"
    VWAP = "vwap", "daily VWAP"


SMALLEST_PRICE, LARGEST_PRICE = Decimal("0.000000000001"), Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class PriceBar:
    """One row of the price table. No price means: nobody quoted one that day, and it was looked up."""

    date: datetime.date = term(None, "Date", DATE, "The trading day of the price.")
    price: Decimal | None = term(
        None,
        "Price",
        PRICE,
        "The price of that day in dollars a share, empty when nobody quoted one.",
        unit="$",
        minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
        optional=True,
        empty="no quote",
    )
    kind: PriceKind | None = term(
        None,
        "Series",
        ChoiceKind(PriceKind),
        "What this price is, if it is not what the rest of the series is.",
        optional=True,
        empty="as the series",
    )


@dataclass(frozen=True)
class PriceSeries:
    """The bars of one kind in date order, each date once, with where they come from."""

    kind: PriceKind = term(
        PriceKind.BID, "Series", ChoiceKind(PriceKind), "Which figure of each day the prices are."
    )
    source: str = term(
        "", "Source", TEXT, "Where the prices come from, for the reader of the workbook."
    )
    bars: tuple[PriceBar, ...] = ()
    is_split_adjusted: bool = term(
        False, "Adjusted for splits", FLAG,
        "Whether the prices before a split are already stated in shares of today, as many price services "
        "give them, or as they were quoted on their day.",
    )  # fmt: skip

    def __post_init__(self) -> None:
        dates = [bar.date for bar in self.bars]
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise ValueError("the bars of a price series are in date order, each date once")

    @cached_property
    def by_date(self) -> dict[datetime.date, PriceBar]:
        return {bar.date: bar for bar in self.bars}

    @cached_property
    def has_prices(self) -> bool:
        return any(bar.price is not None for bar in self.bars)

    @cached_property
    def dates(self) -> tuple[datetime.date, ...]:
        return tuple(bar.date for bar in self.bars)

    def kind_of(self, bar: PriceBar) -> PriceKind:
        return bar.kind or self.kind

    def price_on(self, day: datetime.date) -> Decimal | None:
        bar = self.by_date.get(day)
        return bar.price if bar else None

    def last_price_by(self, day: datetime.date) -> PriceBar | None:
        """The latest bar with a price on the day or before it."""
        place = bisect_left(self.dates, day)
        if place < len(self.bars) and self.bars[place].date == day:
            place += 1
        for bar in reversed(self.bars[:place]):
            if bar.price is not None:
                return bar
        return None

    def with_bars(self, bars: tuple[PriceBar, ...]) -> "PriceSeries":
        """The series with other bars, put into date order; of two bars of one date the later given wins."""
        latest = {bar.date: bar for bar in bars}
        return dataclasses.replace(self, bars=tuple(latest[day] for day in sorted(latest)))
