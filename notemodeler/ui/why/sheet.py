"""The sheet that shows an explanation: painted in one go, pressed and walked through by its days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from notemodeler.ui.forms.marks import paint_icon, shade
from notemodeler.ui.theme import Theme
from notemodeler.ui.why.fonts import Fonts

if TYPE_CHECKING:
    from notemodeler.app.why import Why
    from notemodeler.ui.why.layout import SheetLayout

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
WEEK = 5


class Sheet(QWidget):
    """One explanation. Left and right ask for another day, up and down choose a day of the window."""

    day_asked = Signal(int)
    """Go so many trading days forward (back when negative)."""
    home_asked = Signal()
    day_chosen = Signal(object)
    """A `date` of the window was pressed or walked to."""
    day_opened = Signal(object)
    """A `date` of the window was double-clicked or confirmed: explain that day."""
    copy_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._why: Why | None = None
        self._room = QSize()
        self._layout: SheetLayout | None = None
        self._fonts = Fonts(self.font())
        self.chosen: date | None = None
        self.setObjectName("why_sheet")
        self.setAccessibleName("Why this price")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_why(self, why: Why, room: QSize) -> None:
        """Lay the explanation out for the width of the room, at least as high as it, and paint it."""
        if self._why is why and self._room == room:
            return
        self._room = room
        self._why = why
        from notemodeler.ui.why.layout import SheetLayout

        self._layout = SheetLayout(why, room.width(), self._fonts)
        if self.chosen and all(row.day != self.chosen for row in why.window):
            self.chosen = None
        self.resize(room.width(), max(room.height(), self._layout.height))
        self.update()

    @property
    def pieces(self) -> SheetLayout | None:
        """What is painted where."""
        return self._layout

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fonts = Fonts(self.font())
            why, self._why = self._why, None
            if why is not None:
                self.show_why(why, self._room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.base))
        if self._layout is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_grounds(painter, self._layout)
            self._paint_words(painter, self._layout, event.rect())
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_grounds(self, painter: QPainter, layout: SheetLayout) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for issue in layout.issues:
            ground = shade(self._theme, issue.severity)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(issue.box, 4, 4)
            paint_icon(painter, issue.mark, issue.severity, self._theme, ground)
        for rule in layout.rules:
            painter.fillRect(rule, QColor(self._theme.outline))
        self._paint_days(painter, layout)

    def _paint_days(self, painter: QPainter, layout: SheetLayout) -> None:
        shaded, ring = QColor(self._theme.window_shade), QPen(QColor(self._theme.qualifying), 1.4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for day in layout.days:
            if day.row.mark:
                painter.fillRect(day.box, shaded)
                painter.setPen(ring)
                painter.drawEllipse(QRectF(day.ring).adjusted(1, 1, -1, -1))
            if day.row.day == self.chosen:
                painter.setPen(QPen(QColor(self._theme.accent), 2))
                painter.drawRect(QRectF(day.box).adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter, layout: SheetLayout, area: QRect) -> None:
        inks = {
            "text": QColor(self._theme.text),
            "muted": QColor(self._theme.muted),
            "warning": QColor(self._theme.warning),
            "qualifying": QColor(self._theme.qualifying),
        }
        font = ink = ""
        for words in layout.words:
            if not words.box.intersects(area):
                continue
            if words.font != font:
                font = words.font
                painter.setFont(self._fonts.of[font])
            if words.ink != ink:
                ink = words.ink
                painter.setPen(inks[ink])
            painter.drawText(words.box, words.flags, words.text)

    def _day_under(self, event: QMouseEvent) -> date | None:
        at = event.position().toPoint()
        return self._layout.day_at(at.x(), at.y()) if self._layout else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_under(event)
        if day is not None:
            self._choose(day)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_under(event)
        if day is not None:
            self.day_opened.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._day_under(event) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() is not shape:
            self.setCursor(shape)

    def _choose(self, day: date) -> None:
        self.chosen = day
        self.update()
        self.day_chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.day_asked.emit(STEPS[key] * (WEEK if shifted else 1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(-1 if key is Qt.Key.Key_Up else 1)
        elif key is Qt.Key.Key_Home:
            self.home_asked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.day_opened.emit(self.chosen)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        days = [row.day for row in self._why.window] if self._why else []
        if not days:
            return
        if self.chosen in days:
            place = min(len(days) - 1, max(0, days.index(self.chosen) + step))
        else:
            place = 0 if step > 0 else len(days) - 1
        self._choose(days[place])
