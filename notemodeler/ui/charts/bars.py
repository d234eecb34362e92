"""Labelled bars, one row each: plain ones from zero, or the steps of a waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.frame import ChartFrame, small_font
from notemodeler.ui.charts.legend import Face, tint
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.theme import Theme

SIDE, GAP, ROW_ROOM = 12.0, 10.0, 7.0
LEAST_BAR = 2.0


class Bar(NamedTuple):
    """One row: from where to where, and the words at its ends; `is_sum` stands out."""

    label: str
    start: float
    end: float
    text: str
    role: str = "shares"
    is_sum: bool = False


class BarView(QWidget):
    """Paints the rows; arrow keys and the mouse choose one."""

    row_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bars: tuple[Bar, ...] = ()
        self.message = ""
        self.joins = False
        self.is_printing = False
        self.current = -1
        self.theme = theme

    def show_bars(self, bars: Sequence[Bar], message: str, *, joins: bool) -> None:
        """Take other rows; `joins` draws a line from the end of each bar to the start of the next."""
        self.bars, self.message, self.joins = tuple(bars), message, joins
        self.current = min(self.current, len(self.bars) - 1)
        self.update()

    def choose(self, row: int) -> None:
        """Mark a row."""
        if row != self.current:
            self.current = row
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """All rows inside a rectangle."""
        painter.fillRect(room, QColor(self.theme.base))
        painter.setFont(self.font())
        if not self.bars:
            painter.setPen(QColor(self.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(20, 4, -20, -4), flags, self.message)
            return
        self._paint_rows(painter, room.adjusted(SIDE, 4, -SIDE, -4))
        if self.hasFocus() and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(0.5, 0.5, -1.5, -1.5))

    def _paint_rows(self, painter: QPainter, room: QRectF) -> None:
        metrics = QFontMetricsF(self._bold())
        labels = max(metrics.horizontalAdvance(bar.label) for bar in self.bars)
        texts = max(metrics.horizontalAdvance(bar.text) for bar in self.bars)
        labels = min(labels, room.width() * 0.4)
        plot = room.adjusted(labels + GAP, 0, -(texts + GAP), 0)
        low = min(0.0, *(min(bar.start, bar.end) for bar in self.bars))
        high = max(0.0, *(max(bar.start, bar.end) for bar in self.bars)) or 1.0
        scale = plot.width() / (high - low)
        ends: list[float] = []
        for place, bar in enumerate(self.bars):
            row = self._row(room, place)
            if place == self.current and not self.is_printing:
                painter.fillRect(row.adjusted(-SIDE, 0, SIDE, 0), QColor(self.theme.window_shade))
            self._paint_words(painter, row, labels, bar)
            left, right = (plot.left() + (x - low) * scale for x in sorted((bar.start, bar.end)))
            box = QRectF(left, row.top(), max(LEAST_BAR, right - left), row.height())
            self._paint_bar(painter, box.adjusted(0, 3, 0, -3), bar)
            ends.append(plot.left() + (bar.end - low) * scale)
        if self.joins:
            self._paint_joins(painter, room, ends)
        if low < 0:
            zero = round(plot.left() - low * scale) + 0.5
            painter.setPen(QPen(QColor(self.theme.outline), 1))
            painter.drawLine(QLineF(zero, room.top(), zero, room.bottom()))

    def _paint_words(self, painter: QPainter, row: QRectF, labels: float, bar: Bar) -> None:
        painter.setFont(self._bold() if bar.is_sum else self.font())
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, labels)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, words)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row, flags, bar.text)

    def _paint_bar(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        painter.fillRect(box, tint(self.theme, bar.role, 0.85 if bar.is_sum else 0.55))
        painter.setPen(QPen(QColor(getattr(self.theme, bar.role)), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_joins(self, painter: QPainter, room: QRectF, ends: list[float]) -> None:
        painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
        for place, x in enumerate(ends[:-1]):
            top, bottom = self._row(room, place).bottom() - 3, self._row(room, place + 1).top() + 3
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _row(self, room: QRectF, place: int) -> QRectF:
        most = self.fontMetrics().height() + 2 * ROW_ROOM
        high = min(most, room.height() / len(self.bars))
        return QRectF(room.left(), room.top() + place * high, room.width(), high)

    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setBold(True)
        return bold

    def _go(self, row: int) -> None:
        if 0 <= row < len(self.bars) and row != self.current:
            self.choose(row)
            self.row_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(max(0, self.current + step))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        room = QRectF(self.rect()).adjusted(SIDE, 4, -SIDE, -4)
        for place in range(len(self.bars)):
            if self._row(room, place).adjusted(-SIDE, 0, SIDE, 0).contains(event.position()):
                self._go(place)


class Bars:
    """The rows in a frame of a stack."""

    def __init__(self, frame: ChartFrame, theme: Theme) -> None:
        self.frame = frame
        self.view = BarView(theme)
        self.view.setFont(small_font(frame.font()))
        self.view.setObjectName(f"{frame.objectName()}.plot")
        self.view.setAccessibleName(frame.accessibleName())
        frame.hold(self.view)

    def set_look(self, theme: Theme) -> None:
        self.view.theme = theme
        self.view.update()

    def set_printing(self, printing: bool) -> None:
        self.view.is_printing = printing

    def render(self, painter: QPainter, at: QPointF) -> None:
        self.view.paint(painter, QRectF(at, QRectF(self.view.rect()).size()))


class BarPanel(ChartStack):
    """One chart of bars in a panel."""

    def __init__(self, name: str, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, face.title, (face,), theme, parent)
        self.title = face.title
        self.chart = Bars(self.frames[0], theme)
        self._headings = ("", "")
        self.setFocusProxy(self.chart.view)
        self.is_filled = True

    @property
    def drawings(self) -> Sequence[Drawing]:
        return (self.chart,)

    @property
    def heading(self) -> tuple[str, str]:
        return self.title, ""

    def show_bars(
        self,
        bars: Sequence[Bar],
        title: str,
        headings: tuple[str, str],
        message: str = "",
        *,
        joins: bool = False,
    ) -> None:
        """Take other rows; `headings` are those of a copy, for the labels and for the texts."""
        self.title, self._headings = title, headings
        self.chart.view.show_bars(bars, message, joins=joins)
        self.describe_soon()

    def summaries(self) -> list[str]:
        view = self.chart.view
        return [view.message or "; ".join(f"{bar.label} {bar.text}" for bar in view.bars)]

    def table(self) -> str:
        rows = [self._headings, *((bar.label, bar.text) for bar in self.chart.view.bars)]
        return "".join("\t".join(row) + "\n" for row in rows)
