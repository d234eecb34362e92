"""Which rows the price table has: every bar, every trading day between them, and empty days to type into."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.ui.tables.sorting import ABSENT


class PriceRows:
    """The days of the rows in date order, and where each has its bar in the series, if it has one."""

    def __init__(self, bars: Sequence[PriceBar], gaps: Iterable[date]) -> None:
        """`gaps` are the days without a bar that have a row all the same, in date order."""
        self.days: list[date] = [bar.date for bar in bars]
        self.places: Sequence[int] = range(len(bars))
        self._add(list(gaps))

    def _add(self, gaps: list[date]) -> None:
        if not gaps:
            return
        places = list(self.places)
        first = bisect_left(self.days, gaps[0])
        tail = sorted(
            [*zip(self.days[first:], places[first:], strict=True), *((day, ABSENT) for day in gaps)]
        )
        self.days[first:] = [day for day, _ in tail]
        places[first:] = [place for _, place in tail]
        self.places = places

    def __len__(self) -> int:
        return len(self.days)

    def row_of(self, day: date) -> int | None:
        """The row of a day, None if it has none."""
        row = bisect_left(self.days, day)
        return row if row < len(self.days) and self.days[row] == day else None


def rows_for(
    series: PriceSeries, calendar: TradingCalendar, extra: Sequence[date], start: date
) -> PriceRows:
    """The rows of a series; a series without bars starts with `start`, which is then to be typed into.

    `extra` are days that the user asked for before or after the bars.
    """
    dates = [bar.date for bar in series.bars]
    if not dates:
        dates_shown = {*extra} or {start}
        return PriceRows((), sorted({*dates_shown, *_between(dates_shown, calendar)}))
    ends = {dates[0], dates[-1], following_day(dates[-1], calendar), *extra}
    wanted = _between(ends, calendar)
    known = (
        set(dates[bisect_left(dates, wanted[0]) : bisect_right(dates, wanted[-1])])
        if wanted
        else set()
    )
    gaps = [day for day in wanted if day not in known]
    strays = [day for day in (*extra, following_day(dates[-1], calendar)) if day not in known]
    taken = {*gaps, *(day for day in strays if not _has(dates, day))}
    return PriceRows(series.bars, sorted(taken) if len(taken) > len(gaps) else gaps)


def following_day(day: date, calendar: TradingCalendar) -> date:
    """The next trading day, or the next weekday where the calendar does not reach."""
    if calendar.first <= day < calendar.last - timedelta(days=10):
        return calendar.shifted(day + timedelta(days=1), 0)
    return day + timedelta(days=(1, 1, 1, 1, 3, 2, 1)[day.weekday()])


def preceding_day(day: date, calendar: TradingCalendar) -> date:
    """The trading day before, or the weekday before where the calendar does not reach."""
    if calendar.first + timedelta(days=10) < day <= calendar.last:
        return calendar.last_before(day, 1)[0]
    return day - timedelta(days=(3, 1, 1, 1, 1, 1, 2)[day.weekday()])


def _between(ends: set[date], calendar: TradingCalendar) -> tuple[date, ...]:
    start, end = max(min(ends), calendar.first), min(max(ends), calendar.last)
    return calendar.between(start, end) if start <= end else ()


def _has(dates: list[date], day: date) -> bool:
    place = bisect_left(dates, day)
    return place < len(dates) and dates[place] == day
