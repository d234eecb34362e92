"""The issuer's prices laid over the trading calendar: which price counts on which day, in whose dollars."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issuer import Split
from notemodeler.domain.issues import Issue
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.engines.market_check import check_market
from notemodeler.engines.splits import UNCHANGED, new_for_old, price_carried

QuotedPrices = tuple[PriceBar, ...]


@dataclass(frozen=True, eq=False)
class Market:
    """Every price series of one issuer, the calendar of the exchange and the splits of the shares.

    Two markets are the same only if they are one object: nobody compares or hashes ten years of prices.
    """

    prices: tuple[PriceSeries, ...]
    calendar: TradingCalendar
    splits: tuple[Split, ...] = ()
    _quoted: dict[int, tuple[PriceSeries, QuotedPrices]] = field(default_factory=dict, repr=False)

    def series_for(self, kind: PriceKind) -> PriceSeries | None:
        """The first series of that kind with a price; failing it the first with any, to be warned about."""
        with_prices = [series for series in self.prices if series.has_prices]
        for series in with_prices:
            if series.kind is kind:
                return series
        empty = next((series for series in self.prices if series.bars), None)
        return with_prices[0] if with_prices else empty

    def shares_since(self, series: PriceSeries, quoted: date, day: date) -> Fraction:
        """How many shares of the day one share has become that the price listed for `quoted` is for.

        `price_carried(price, shares_since(...))` is that price in dollars of the day.
        """
        if not self.splits:
            return UNCHANGED
        return new_for_old(self.splits, date.max if series.is_split_adjusted else quoted, day)

    def last_price_by(self, series: PriceSeries, day: date) -> PriceBar | None:
        """The latest bar with a price on the day or before it, the price in dollars of the day."""
        bar = series.last_price_by(day)
        if bar is None or bar.price is None or not self.splits:
            return bar
        factor = self.shares_since(series, bar.date, day)
        return PriceBar(bar.date, price_carried(bar.price, factor), bar.kind)

    def quoted_on_trading_days(self, series: PriceSeries) -> QuotedPrices:
        """The bars with a price on days when the market was open, in date order."""
        if id(series) not in self._quoted:
            # The series is kept beside its bars, so that no other can take its id.
            self._quoted[id(series)] = series, self._quoted_on_trading_days(series)
        return self._quoted[id(series)][1]

    def _quoted_on_trading_days(self, series: PriceSeries) -> QuotedPrices:
        closures = self.calendar.closures
        return tuple(
            bar
            for bar in series.bars
            if bar.price is not None
            and bar.date.weekday() < 5
            and bar.date not in closures
            and self.covers(bar.date)
        )

    @cached_property
    def split_dates(self) -> tuple[date, ...]:
        """The days on which splits take effect, in order, each once."""
        return tuple(sorted({split.date for split in self.splits}))

    def era(self, day: date) -> int:
        """How many split dates have come by the day: prices of one era are in the same dollars a share."""
        return bisect_right(self.split_dates, day)

    def day_of_era(self, era: int) -> date:
        """The first day of an era."""
        return self.split_dates[era - 1] if era else date.min

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Prices that no window can count, and splits that the prices do not bear out."""
        return tuple(check_market(self))

    def covers(self, day: date) -> bool:
        """Whether the calendar knows the day."""
        return self.calendar.first <= day <= self.calendar.last
