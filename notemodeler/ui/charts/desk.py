"""What the three charts share: the days on the x axis, the part of them in sight, the cursor and its pin."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QObject, Signal

from notemodeler.ui.charts.ticks import Tick, day_ticks, place_of
from notemodeler.ui.document import Document

LEAST_DAYS = 8
"""How far zooming in goes."""
NEARLY = 1e-6
"""Places closer to each other than this are one: sums of fractions differ in their last digits."""


class Stride(Enum):
    """How far an arrow key moves the cursor."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Desk(QObject):
    """The x axis counts trading days, so a look-back of ten days is always ten units wide."""

    span_changed = Signal()
    """Another part of the days is in sight."""
    pin_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.days: Sequence[date] = ()
        self.first, self.last = -0.5, 0.5
        self.is_pinned = False

    def set_days(self, days: Sequence[date]) -> bool:
        """Take other days; whether they differ. A view of the whole stays a view of the whole."""
        if days == self.days:
            return False
        whole = (
            not self.days
            or self._is_whole()
            or not days
            or days[-1] < self._day_at(self.first)
            or self._day_at(self.last) < days[0]
        )
        ends = None if whole else (self._day_at(self.first), self._day_at(self.last))
        self.days = days
        if ends is None:
            self._set_span(*self._whole())
        else:
            self._set_span(self.place(ends[0]) - 0.5, self.place(ends[1]) + 0.5)
        return True

    def forget(self) -> None:
        """Another document comes: it is shown whole, and its cursor follows the mouse."""
        self.days = ()
        self.set_pinned(False)

    def _day_at(self, x: float) -> date:
        return self.days[max(0, min(len(self.days) - 1, round(x)))]

    def _whole(self) -> tuple[float, float]:
        count = len(self.days)
        room = max(1.0, 0.008 * count)
        return -0.5 - room, count - 0.5 + room

    def _is_whole(self) -> bool:
        low, high = self._whole()
        return abs(self.first - low) < NEARLY and abs(self.last - high) < NEARLY

    def _set_span(self, first: float, last: float) -> None:
        low, high = self._whole()
        wide = min(max(last - first, LEAST_DAYS), high - low)
        first = min(max(first, low), high - wide)
        if (first, first + wide) != (self.first, self.last):
            self.first, self.last = first, first + wide
            self.span_changed.emit()

    def zoom(self, at: float, factor: float) -> None:
        """Show `factor` times as many days, the day at `at` staying in its place."""
        self._set_span(at - (at - self.first) * factor, at + (self.last - at) * factor)

    def show_from(self, first: float) -> None:
        """Move what is in sight so that it begins at `first`."""
        self._set_span(first, first + self.last - self.first)

    def reset(self) -> None:
        """Show all days."""
        self._set_span(*self._whole())

    def place(self, day: date) -> int:
        """The x of a day, or of the next trading day."""
        return place_of(self.days, day)

    def day_ticks(self, first: float, last: float, most: int) -> list[Tick]:
        """Date labels for a part of the x axis."""
        return day_ticks(self.days, first, last, most)

    @property
    def cursor(self) -> int:
        """The x of the day under the cursor."""
        return self.place(self.cursor_day)

    @property
    def cursor_day(self) -> date:
        return self.document.cursor_day

    def point_at(self, x: float) -> None:
        """Move the cursor to the day at `x`."""
        if self.days:
            self.move_cursor(self._day_at(x))

    def move_cursor(self, day: date) -> None:
        """The cursor is the document's: everything follows it."""
        self.document.move_cursor(day)

    def set_pinned(self, pinned: bool) -> None:
        """Keep the cursor where it is while the mouse moves on, or let it follow again."""
        if pinned != self.is_pinned:
            self.is_pinned = pinned
            self.pin_changed.emit()

    def step(self, stride: Stride, forward: bool) -> None:
        """Move the cursor by a trading day, a week or a month, at least to the next trading day."""
        if not self.days:
            return
        here = self.cursor
        there = here + (1 if forward else -1)
        if stride is not Stride.DAY:
            aim = self.place(_shifted(self.days[here], stride, forward))
            there = max(there, aim) if forward else min(there, aim)
        self._go(there)

    def go_to_end(self, last: bool) -> None:
        """Move the cursor to the last day or the first."""
        self._go(len(self.days) - 1 if last else 0)

    def _go(self, place: int) -> None:
        place = max(0, min(len(self.days) - 1, place))
        if place < self.first:
            self.show_from(place - 1.0)
        elif place > self.last:
            self.show_from(place + 1.0 - (self.last - self.first))
        self.point_at(place)


class LooseDesk(Desk):
    """A desk with a cursor of its own, for days on which the note may have no prices yet."""

    cursor_moved = Signal(object)
    """The day under the cursor, a `date`."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(document, parent)
        self._own: date | None = None

    @property
    def cursor_day(self) -> date:
        """The day that was pointed at last; before that the first day, or the document's own."""
        return self._own or (self.days[0] if self.days else self.document.cursor_day)

    def move_cursor(self, day: date) -> None:
        if day != self._own:
            self._own = day
            self.cursor_moved.emit(day)


def _shifted(day: date, stride: Stride, forward: bool) -> date:
    sign = 1 if forward else -1
    if stride is Stride.WEEK:
        return day + timedelta(days=7 * sign)
    from calendar import monthrange  # rarely wanted, and slow to load

    year, month = divmod(day.year * 12 + day.month - 1 + sign, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
