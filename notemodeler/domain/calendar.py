"""The trading calendar: weekdays less the exchange's closures, over the years that are known."""

from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property

from notemodeler.domain.nouns import dataclass

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TradingCalendar:
    """The days between `first` and `last` on which the market was, or will be, open.

    Days outside that range raise `ValueError`: a calendar that does not know must not guess.
    """

    first: date
    last: date
    closures: frozenset[date]

    @cached_property
    def _closed_weekdays(self) -> tuple[date, ...]:
        return tuple(sorted(day for day in self.closures if day.weekday() < 5))

    def with_closures(self, more: tuple[date, ...]) -> "TradingCalendar":
        """The calendar with days closed besides, as the user knows of."""
        if not more:
            return self
        return TradingCalendar(self.first, self.last, self.closures | frozenset(more))

    def is_trading_day(self, day: date) -> bool:
        self._check(day)
        return day.weekday() < 5 and day not in self.closures

    def position(self, day: date) -> int:
        """How many trading days of the range lie before the day."""
        self._check(day)
        return _weekdays_before(day) - _weekdays_before(self.first) - self._closed_before(day)

    def last_before(self, day: date, count: int) -> tuple[date, ...]:
        """The `count` trading days that end before the day, oldest first."""
        self._check(day)
        return self._walk(day - ONE_DAY, count, -ONE_DAY)[::-1]

    def last_through(self, day: date, count: int) -> tuple[date, ...]:
        """The `count` trading days that end on the day, or before it if the market was closed."""
        self._check(day)
        return self._walk(day, count, -ONE_DAY)[::-1]

    def between(self, start: date, end: date) -> tuple[date, ...]:
        """The trading days from `start` to `end`, both included."""
        self._check(start)
        self._check(end)
        if end < start:
            return ()
        count = self.position(end) - self.position(start) + self.is_trading_day(end)
        return self._walk(start, count, ONE_DAY)

    def shifted(self, day: date, count: int) -> date:
        """The trading day `count` places after the day (before it when negative).

        Place 0 is the day itself, or the next trading day if the market is closed on it.
        """
        self._check(day)
        if count < 0:
            return self.last_before(day, -count)[0]
        return self._walk(day, count + 1, ONE_DAY)[-1]

    def _walk(self, start: date, count: int, step: timedelta) -> tuple[date, ...]:
        found: list[date] = []
        day, closures = start, self.closures
        while len(found) < count:
            if not self.first <= day <= self.last:
                raise ValueError(f"the calendar does not know {count} trading days from {start}")
            if day.weekday() < 5 and day not in closures:
                found.append(day)
            day += step
        return tuple(found)

    def _closed_before(self, day: date) -> int:
        return bisect_left(self._closed_weekdays, day)

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise ValueError(f"{day} is outside the trading calendar, {self.first} to {self.last}")


def _weekdays_before(day: date) -> int:
    """Mondays to Fridays from the year 1 to the day before (January 1 of year 1 was a Monday)."""
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest, 5)
