"""Historical volatility of a price series: sample deviation of daily log returns, annualised."""

from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from notemodeler.domain.prices import PriceSeries
from notemodeler.engines.market import Market
from notemodeler.engines.splits import new_for_old


@dataclass(frozen=True, slots=True)
class HistoricalVolatility:
    """`yearly` is the deviation of `returns` log returns from `first` to `last`, times sqrt(`year_days`)."""

    yearly: float
    returns: int
    first: date
    last: date
    year_days: int

    @property
    def words(self) -> str:
        """How it was made."""
        return (
            f"sample standard deviation of {self.returns} daily log returns, "
            f"{self.first.isoformat()} to {self.last.isoformat()}, times √{self.year_days}"
        )


def historical_volatility(
    market: Market, series: PriceSeries, on: date, count: int, year_days: int
) -> HistoricalVolatility | None:
    """The volatility of the latest `count` returns of the series by the end of the day.

    Days without a price are stepped over: a return over g trading days counts once, as one daily return
    of its size over sqrt(g), after its mean. Prices are restated for splits. None with fewer than two
    returns, or if the price never moved. The sample deviation takes n - 1 (Hull, Options, Futures, and
    Other Derivatives, "Estimating volatility from historical data").
    """
    bars = [bar for bar in market.quoted_on_trading_days(series) if bar.date <= on][-count - 1 :]
    if len(bars) < 3:
        return None
    logs = [_log_price(float(bar.price or 0), bar.date, series, market) for bar in bars]
    places = [market.calendar.position(bar.date) for bar in bars]
    days = places[-1] - places[0]
    mean = (logs[-1] - logs[0]) / days
    squares = sum(
        (logs[at] - logs[at - 1] - mean * (places[at] - places[at - 1])) ** 2
        / (places[at] - places[at - 1])
        for at in range(1, len(bars))
    )
    daily = sqrt(squares / (len(bars) - 2))
    if daily <= 0:
        return None
    return HistoricalVolatility(
        daily * sqrt(year_days), len(bars) - 1, bars[0].date, bars[-1].date, year_days
    )


def _log_price(price: float, day: date, series: PriceSeries, market: Market) -> float:
    """The log price in shares of the first day, so that a split makes no return."""
    if not market.splits or series.is_split_adjusted:
        return log(price)
    return log(price) + log(float(new_for_old(market.splits, date.min, day)))
