"""The issuer's prices laid over the trading calendar: which price counts on which day."""

from collections.abc import Iterator
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
        """The first series of that kind with a price; failing it the first with any, to be warned about."""
        with_prices = [series for series in self.prices if series.has_prices]
        for series in with_prices:
            if series.kind is kind:
                return series
        empty = next((series for series in self.prices if series.bars), None)
        return with_prices[0] if with_prices else empty

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Prices on days when the market was closed: no window can count them."""
        found = [*self._unused()]
        for series in self.prices:
            known = (day for day in series.dates if self._covers(day))
            closed = tuple(day for day in known if not self.calendar.is_trading_day(day))
            if closed:
                text = f"The market was closed on {name_days(closed)}: the prices there count in no window."
                found.append(Issue(Severity.WARNING, text, days=closed))
        return tuple(found)

    def _unused(self) -> Iterator[Issue]:
        """Series that no rule can reach, because one of their kind stands before them."""
        seen = set()
        for series in self.prices:
            if series.has_prices and series.kind in seen:
                text = f"A second series of {series.kind.label} prices is not used: merge it into the first."
                yield Issue(Severity.WARNING, text)
            seen.add(series.kind if series.has_prices else None)

    def _covers(self, day: date) -> bool:
        return self.calendar.first <= day <= self.calendar.last
