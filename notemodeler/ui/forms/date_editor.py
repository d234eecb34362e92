"""The line in which a date is typed in any sane way, with its weekday beside it and a calendar to pick from."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.dates import WEEKDAYS, is_ambiguous, read_date, show_date, show_long_date
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.line_editor import LineEditor, Listener

if TYPE_CHECKING:
    from notemodeler.ui.forms.day_picker import DayPicker


class DateEditor(LineEditor):
    """A date as `Aug 1, 2018`; while something else stands there, the date it is read as stands beside it."""

    def __init__(
        self,
        field: Field,
        listener: Listener,
        calendar: Callable[[], TradingCalendar],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, listener, parent)
        self._calendar = calendar
        self._picker: DayPicker | None = None
        self.setMouseTracking(True)

    def suffixes(self) -> tuple[str, ...]:
        if not isinstance(self.value, date) or self.unread:
            return ("",)
        shown = show_date(self.value)
        weekday = WEEKDAYS[self.value.weekday()]
        return (weekday,) if self.text() == shown else (f"= {weekday}, {shown}", f"= {shown}")

    def hint(self) -> str:
        """Both readings of a text in which day and month could be exchanged."""
        if self.unread or not is_ambiguous(self.text()):
            return ""
        style = self._listener.style_of_numbers
        other = read_date(self.text(), style._replace(day_first=not style.day_first))
        if other == self.value:
            return ""
        return f"Read as {show_long_date(self.value)}; for the other order type {other.isoformat()}"

    def room_after(self) -> int:
        return self.fontMetrics().height() + 4

    def open_calendar(self) -> None:
        """Show the calendar under the line; the day picked there becomes the date."""
        from notemodeler.ui.forms.day_picker import DayPicker

        if self._picker is None:
            self._picker = DayPicker(self._calendar, self)
            self._picker.picked.connect(self.take_value)
        self._picker.open_at(self.value)

    def _take_key(self, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_calendar()
            return True
        return super()._take_key(event)

    def _is_button(self, at: QPointF) -> bool:
        return at.x() >= self.width() - self.room_after() - 2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_button(event.position()):
            self.open_calendar()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._is_button(event.position())
        shape = Qt.CursorShape.ArrowCursor if over else Qt.CursorShape.IBeamCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1))
        side = round(self.fontMetrics().ascent() * 0.95)
        left = self.width() - self.room_after() + (self.room_after() - side) // 2 - 2
        box = QRectF(left + 0.5, (self.height() - side) // 2 + 1.5, side, side - 1)
        painter.drawRoundedRect(box, 1.5, 1.5)
        bar = box.top() + side * 0.3
        painter.drawLine(QPointF(box.left(), bar), QPointF(box.right(), bar))
        for part in (0.3, 0.7):
            x = box.left() + box.width() * part
            painter.drawLine(QPointF(x, box.top() - 2), QPointF(x, box.top() + 1.5))
        painter.end()
