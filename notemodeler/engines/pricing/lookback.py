"""The look-back part: which trading days a notice date looks at, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.rule import MissingPrices, WindowEnd
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.words import counted, name_days, number_word

SERIES_FIELD = "note.conversion.rule.series"
MISSING_FIELD = "note.conversion.rule.missing_prices"
LONGEST_REACH = 60
"""How many days without a price a reaching-back window may step over before it gives up."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """So many trading days of one price series, ending before the notice date or on it."""

    series: PriceKind
    length: int
    end: WindowEnd
    missing: MissingPrices

    def dates(self, notice: date, calendar: TradingCalendar, length: int = 0) -> tuple[date, ...]:
        """The trading days of the window, oldest first."""
        take = calendar.last_before if self.end is WindowEnd.DAY_BEFORE else calendar.last_through
        return take(notice, length or self.length)

    def window(
        self, notice: date, market: Market
    ) -> tuple[tuple[WindowDay, ...], tuple[Issue, ...]]:
        """The days with their prices, and the issues that name what is missing or mixed."""
        days = self.dates(notice, market.calendar)
        series = market.series_for(self.series)
        if series is None:
            text = "There are no prices yet: enter, paste or import them."
            return tuple(WindowDay(day, None, None) for day in days), (Issue(Severity.ERROR, text),)
        if self.missing is MissingPrices.REACH_BACK:
            days = self._reaching_back(notice, series, market.calendar)
        window = tuple(_window_day(day, series) for day in days)
        return window, (*self._gaps(window, series), *self._too_few(window), *self._mixture(window))

    def _reaching_back(
        self, notice: date, series: PriceSeries, calendar: TradingCalendar
    ) -> tuple[date, ...]:
        """Enough days that `length` of them have a price; if there are too few, days before the first."""
        days = self.dates(notice, calendar, self.length + LONGEST_REACH)
        priced = [place for place, day in enumerate(days) if series.price_on(day) is not None]
        if len(priced) >= self.length:
            return days[priced[-self.length] :]
        first = priced[0] if priced else len(days)
        return days[max(0, first - (self.length - len(priced))) :]

    def _too_few(self, window: tuple[WindowDay, ...]) -> Iterator[Issue]:
        """A window that reaches back must find all its prices within the reach."""
        found = sum(day.price is not None for day in window)
        if self.missing is MissingPrices.REACH_BACK and found < self.length:
            text = (
                f"The window finds only {counted(found, 'price')} of {number_word(self.length)} in the "
                f"{counted(self.length + LONGEST_REACH, 'trading day')} that it may reach back."
            )
            yield Issue(Severity.ERROR, text, (MISSING_FIELD,))

    def _gaps(self, window: tuple[WindowDay, ...], series: PriceSeries) -> Iterator[Issue]:
        empty = tuple(day.date for day in window if day.price is None)
        if not empty:
            return
        first, last = series.dates[0], series.dates[-1]
        before = tuple(day for day in empty if day < first)
        after = tuple(day for day in empty if day > last)
        inside = tuple(day for day in empty if first <= day <= last)
        if before:
            yield _error(f"The window reaches before the first price: {name_days(before)}.", before)
        if after:
            yield _error(f"The window reaches past the last price: {name_days(after)}.", after)
        if inside:
            yield self._gap_inside(inside)

    def _gap_inside(self, days: tuple[date, ...]) -> Issue:
        text = f"The window has no {self.series.label} for {name_days(days)}"
        if self.missing is MissingPrices.REFUSE:
            text += ": enter the price, or say under “Days without a price” how the note reads."
            return Issue(Severity.ERROR, text, (MISSING_FIELD,), days)
        left_out = self.missing is MissingPrices.LEAVE_OUT
        text += "; left out, as agreed." if left_out else "; it reaches further back, as agreed."
        return Issue(Severity.WARNING, text, (MISSING_FIELD,), days)

    def _mixture(self, window: tuple[WindowDay, ...]) -> Iterator[Issue]:
        priced = [day for day in window if day.price is not None]
        other = tuple(day.date for day in priced if day.kind is not self.series)
        if not other:
            return
        kinds = sorted({day.kind.label for day in priced if day.kind not in (None, self.series)})
        found = " and ".join(kinds)
        if len(other) == len(priced):
            text = f"The note says {self.series.label}; these prices are {found}."
        else:
            text = f"The window mixes {self.series.label} with {found} on {name_days(other)}."
        yield Issue(Severity.WARNING, text, (SERIES_FIELD,), other)

    def phrase(self) -> str:
        days = counted(self.length, "trading day")
        if self.end is WindowEnd.DAY_BEFORE:
            return f"during the {days} ending on the last complete trading day before the notice of conversion"
        return f"during the {days} ending on, and including, the day of the notice of conversion"

    def check(self) -> Iterator[Issue]:
        """Nothing can be wrong with a look-back beyond the bounds of its terms."""
        return iter(())


def _window_day(day: date, series: PriceSeries) -> WindowDay:
    bar = series.by_date.get(day)
    if bar is None or bar.price is None:
        return WindowDay(day, None, None)
    return WindowDay(day, bar.price, series.kind_of(bar))


def _error(text: str, days: tuple[date, ...]) -> Issue:
    return Issue(Severity.ERROR, text, (), days)
