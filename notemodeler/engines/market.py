"""The issuer's prices laid over the trading calendar: which price counts on which day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.engines.words import name_days


@dataclass(frozen=True)
class Market:
    """Every price series of one issuer and the calendar of the exchange."""

    prices: tuple[PriceSeries, ...]
    calendar: TradingCalendar

    def series_for(self, kind: PriceKind) -> PriceSeries | None:
        """The series of that kind with bars; failing it the first that has bars, to be warned about."""
        with_bars = [series for series in self.prices if series.bars]
        for series in with_bars:
            if series.kind is kind:
                return series
        return with_bars[0] if with_bars else None

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Prices on days when the market was closed: no window can count them."""
        found = []
        for series in self.prices:
            known = (day for day in series.dates if self._covers(day))
            closed = tuple(day for day in known if not self.calendar.is_trading_day(day))
            if closed:
                text = f"The market was closed on {name_days(closed)}: the prices there count in no window."
                found.append(Issue(Severity.WARNING, text, days=closed))
        return tuple(found)

    def _covers(self, day: date) -> bool:
        return self.calendar.first <= day <= self.calendar.last
