"""The look-back part: which trading days a notice date looks at, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.rule import MissingPrices, WindowEnd
from notemodeler.engines.market import Market
from notemodeler.engines.market_check import split_words
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.splits import UNCHANGED, price_carried
from notemodeler.engines.words import counted, name_days, number_word

SERIES_FIELD = "note.conversion.rule.series"
MISSING_FIELD = "note.conversion.rule.missing_prices"
LONGEST_REACH = 60
"""How many days without a price a reaching-back window may step over before it gives up."""
NO_PRICES = "There are no prices yet: enter, paste or import them."


@dataclass(frozen=True, slots=True)
class LookBack:
    """So many trading days of one price series, ending before the notice date or on it.

    With an `anchor` they end before that day, whatever the notice date. `name` is what issues call it.
    """

    series: PriceKind
    length: int
    end: WindowEnd
    missing: MissingPrices
    anchor: date | None = None
    name: str = "window"

    def dates(self, notice: date, calendar: TradingCalendar, length: int = 0) -> tuple[date, ...]:
        """The trading days of the window, oldest first."""
        if self.anchor is not None:
            return calendar.last_before(self.anchor, length or self.length)
        take = calendar.last_before if self.end is WindowEnd.DAY_BEFORE else calendar.last_through
        return take(notice, length or self.length)

    def window(
        self, notice: date, market: Market
    ) -> tuple[tuple[WindowDay, ...], tuple[Issue, ...]]:
        """The days with their prices in dollars of the notice date, and what is missing, mixed or restated."""
        days = self.dates(notice, market.calendar)
        series = market.series_for(self.series)
        if series is None:
            none = tuple(WindowDay(day, None, None) for day in days)
            return none, (Issue(Severity.ERROR, NO_PRICES),)
        if self.missing is MissingPrices.REACH_BACK:
            days = self._reaching_back(notice, series, market.calendar)
        if market.splits:
            window = tuple(_restated(day, series, market, notice) for day in days)
        else:
            window = tuple(_window_day(day, series) for day in days)
        return window, (*self._oddities(window, series), *self._restatement(window, market, notice))

    def _oddities(self, window: tuple[WindowDay, ...], series: PriceSeries) -> Iterator[Issue]:
        yield from self._gaps(window, series)
        yield from self._too_few(window)
        yield from self._mixture(window)

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
        if self.missing is not MissingPrices.REACH_BACK:
            return
        found = sum(day.price is not None for day in window)
        if found < self.length:
            text = (
                f"The {self.name} finds only {counted(found, 'price')} of {number_word(self.length)} in the "
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
            text = f"The {self.name} reaches before the first price: {name_days(before)}."
            yield Issue(Severity.ERROR, text, (), before)
        if after:
            text = f"The {self.name} reaches past the last price: {name_days(after)}."
            yield Issue(Severity.ERROR, text, (), after)
        if inside:
            yield self._gap_inside(inside)

    def _gap_inside(self, days: tuple[date, ...]) -> Issue:
        text = f"The {self.name} has no {self.series.label} for {name_days(days)}"
        if self.missing is MissingPrices.REFUSE:
            text += ": enter the price, or say under “Days without a price” how the note reads."
            return Issue(Severity.ERROR, text, (MISSING_FIELD,), days)
        left_out = self.missing is MissingPrices.LEAVE_OUT
        text += "; left out, as agreed." if left_out else "; it reaches further back, as agreed."
        return Issue(Severity.WARNING, text, (MISSING_FIELD,), days)

    def _mixture(self, window: tuple[WindowDay, ...]) -> Iterator[Issue]:
        other = [day for day in window if day.kind is not self.series and day.price is not None]
        if not other:
            return
        days = tuple(day.date for day in other)
        found = " and ".join(sorted({day.kind.label for day in other if day.kind}))
        if len(other) == sum(day.price is not None for day in window):
            text = f"The note says {self.series.label}; these prices are {found}."
        else:
            text = f"The {self.name} mixes {self.series.label} with {found} on {name_days(days)}."
        yield Issue(Severity.WARNING, text, (SERIES_FIELD,), days)

    def _restatement(
        self, window: tuple[WindowDay, ...], market: Market, notice: date
    ) -> Iterator[Issue]:
        """Which splits lie between the prices as listed and the notice date."""
        if not market.splits:
            return
        days = tuple(day.date for day in window if day.factor != UNCHANGED)
        if not days:
            return
        later = [split for split in market.splits if split.date > notice]
        if later:
            text = (
                f"Prices are listed as after the {split_words(later[0])} and restated for this day."
            )
            yield Issue(Severity.NOTE, text, (), days)
        for split in market.splits:
            if days[0] < split.date <= notice and not later:
                text = f"Prices before the {split_words(split)} are restated."
                yield Issue(Severity.NOTE, text, (), tuple(day for day in days if day < split.date))

    def phrase(self) -> str:
        days = counted(self.length, "trading day")
        if self.anchor is not None:
            return f"during the {days} ending on the last complete trading day before the date of the note"
        if self.end is WindowEnd.DAY_BEFORE:
            return f"during the {days} ending on the last complete trading day before the notice of conversion"
        return f"during the {days} ending on, and including, the day of the notice of conversion"


def _window_day(day: date, series: PriceSeries) -> WindowDay:
    bar = series.by_date.get(day)
    if bar is None or bar.price is None:
        return WindowDay(day, None, None)
    return WindowDay(day, bar.price, bar.kind or series.kind, quoted=bar.price)


def _restated(day: date, series: PriceSeries, market: Market, notice: date) -> WindowDay:
    plain = _window_day(day, series)
    if plain.quoted is None:
        return plain
    factor = market.shares_since(series, day, notice)
    return plain._replace(price=price_carried(plain.quoted, factor), factor=factor)
