"""A distribution as bars over a scale of values, its percentiles marked with their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from notemodeler.ui.charts.legend import tint
from notemodeler.ui.charts.scales import percent_ticks
from notemodeler.ui.charts.ticks import Tick
from notemodeler.ui.theme import Theme

LEFT, RIGHT, FOOT, GAP = 50.0, 14.0, 20.0, 10.0
PIXELS_A_TICK, PIXELS_A_LEVEL = 80, 28
NEAR = 4.0
VEIL = 150
PRIORITY = {"50 %": 0, "5 %": 1, "95 %": 1, "25 %": 2, "75 %": 2}
"""Which names stand where there is no room for all."""
STYLES = {
    "5 %": Qt.PenStyle.DotLine, "25 %": Qt.PenStyle.DashLine, "75 %": Qt.PenStyle.DashLine,
    "95 %": Qt.PenStyle.DotLine,
}  # fmt: skip


class Mark(NamedTuple):
    """A percentile: its name, where it is and within what, and how it reads."""

    name: str
    value: float
    error: float
    text: str


class Bars(NamedTuple):
    """A distribution to be painted: `parts[i]` of all paths lie between `edges[i]` and `edges[i + 1]`.

    `beyond` of them lie farther out, or never come to it, which `beyond_name` says. `ticks` gives the
    labels of the values between two bounds, `text` words one bar.
    """

    edges: tuple[float, ...]
    parts: tuple[float, ...]
    beyond: float
    beyond_name: str
    marks: tuple[Mark, ...]
    ticks: Callable[[float, float, int], list[Tick]]
    text: Callable[[float, float], str]


class HistogramView(QWidget):
    """Paints the bars; the mouse or arrow keys choose one, a click or Enter opens it."""

    bar_opened = Signal(int)
    """A bar by its place; the one of those beyond has the place after the last."""
    mark_opened = Signal(int)
    """A percentile by its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.theme = theme
        self.bars: Bars | None = None
        self.message = ""
        self.current = -1
        self.is_old = self.is_printing = False

    def show_bars(self, bars: Bars | None, message: str = "") -> None:
        """Take another distribution, or a sentence that says why there is none."""
        self.bars, self.message = bars, message
        self.current = min(self.current, len(self._shares) - 1)
        self.update()

    @property
    def _shares(self) -> tuple[float, ...]:
        """The parts of all bars, that of those beyond among them if there is one."""
        if self.bars is None:
            return ()
        return (*self.bars.parts, *((self.bars.beyond,) if self.bars.beyond else ()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """Everything inside a rectangle."""
        painter.fillRect(room, QColor(self.theme.base))
        painter.setFont(self.font())
        if self.bars is None:
            painter.setPen(QColor(self.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(20, 4, -20, -4), flags, self.message)
        else:
            self._paint_scale(painter, room)
            self._paint_bars(painter, room)
            self._paint_marks(painter, room, self.bars)
        if self.is_old and not self.is_printing:
            veil = QColor(self.theme.base)
            veil.setAlpha(VEIL)
            painter.fillRect(room, veil)
        if self.hasFocus() and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(0.5, 0.5, -1.5, -1.5))

    # Where things are.

    def _plot(self, room: QRectF) -> QRectF:
        head = 2 * QFontMetricsF(self.font()).height() + 4
        return room.adjusted(LEFT, head, -RIGHT - self._room_beyond(room), -FOOT)

    def _room_beyond(self, room: QRectF) -> float:
        if self.bars is None or not self.bars.beyond:
            return 0.0
        words = QFontMetricsF(self.font()).horizontalAdvance(self.bars.beyond_name)
        return GAP + max(room.width() * 0.04, words)

    def _x(self, plot: QRectF, value: float) -> float:
        assert self.bars is not None
        low, high = self.bars.edges[0], self.bars.edges[-1]
        return plot.left() + (min(value, high) - low) / (high - low) * plot.width()

    def _box(self, room: QRectF, place: int) -> QRectF:
        assert self.bars is not None
        plot, parts = self._plot(room), self._shares
        high = plot.height() * parts[place] / max(parts)
        if place < len(self.bars.parts):
            left, right = (self._x(plot, self.bars.edges[place + k]) for k in (0, 1))
        else:
            left, right = plot.right() + GAP, room.right() - RIGHT
        return QRectF(left, plot.bottom() - high, right - left, high)

    def _bar_at(self, at: QPointF) -> int:
        for place, part in enumerate(self._shares):
            box = self._box(QRectF(self.rect()), place)
            if part and box.left() <= at.x() <= box.right():
                return place
        return -1

    def _mark_at(self, at: QPointF) -> int:
        if self.bars is None:
            return -1
        plot = self._plot(QRectF(self.rect()))
        for place, mark in enumerate(self.bars.marks):
            if self._is_inside(mark) and abs(self._x(plot, mark.value) - at.x()) <= NEAR:
                return place
        return -1

    def _is_inside(self, mark: Mark) -> bool:
        assert self.bars is not None
        return self.bars.edges[0] <= mark.value <= self.bars.edges[-1]

    # Painting.

    def _paint_scale(self, painter: QPainter, room: QRectF) -> None:
        assert self.bars is not None
        plot, most = self._plot(room), max(self._shares)
        metrics = QFontMetricsF(self.font())
        count = max(2, int(plot.height() / PIXELS_A_LEVEL))
        for value, words in percent_ticks(0.0, most, count):
            y = round(plot.bottom() - value / most * plot.height()) + 0.5
            painter.setPen(QPen(QColor(self.theme.grid), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(QColor(self.theme.muted))
            box = QRectF(room.left(), y - metrics.height() / 2, LEFT - 6, metrics.height())
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )
        low, high = self.bars.edges[0], self.bars.edges[-1]
        ends = -1e9
        for value, words in self.bars.ticks(low, high, max(2, int(plot.width() / PIXELS_A_TICK))):
            wide = metrics.horizontalAdvance(words) + 6
            left = min(max(self._x(plot, value) - wide / 2, room.left()), plot.right() - wide + 10)
            if left < ends:
                continue
            ends = left + wide
            x = round(self._x(plot, value)) + 0.5
            painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 3))
            painter.drawText(
                QRectF(left, plot.bottom() + 3, wide, FOOT - 3), Qt.AlignmentFlag.AlignCenter, words
            )

    def _paint_bars(self, painter: QPainter, room: QRectF) -> None:
        assert self.bars is not None
        plot = self._plot(room)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line, shade = QColor(self.theme.shares), tint(self.theme, "shares", 0.4)
        chosen = tint(self.theme, "shares", 0.8)
        for place, part in enumerate(self._shares):
            if not part:
                continue
            box = self._box(room, place)
            box = QRectF(round(box.left()), box.top(), max(1.0, round(box.width())), box.height())
            is_current = place == self.current and not self.is_printing
            painter.fillRect(box, chosen if is_current else shade)
            painter.setPen(QPen(line, 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if box.width() > 3 else box)
        painter.setPen(QPen(QColor(self.theme.outline), 1))
        painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
        if self.bars.beyond:
            box = QRectF(
                plot.right() + GAP / 2, plot.bottom() + 3, room.right() - plot.right() - 5, FOOT - 3
            )
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.bars.beyond_name)

    def _paint_marks(self, painter: QPainter, room: QRectF, bars: Bars) -> None:
        """Each percentile as a line with its name, the median over the others; its error as a whisker."""
        plot = self._plot(room)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = [mark for mark in bars.marks if self._is_inside(mark)]
        for mark in inside:
            x = round(self._x(plot, mark.value)) + 0.5
            style = STYLES.get(mark.name, Qt.PenStyle.SolidLine)
            painter.setPen(QPen(QColor(self.theme.text), 1, style))
            painter.drawLine(QLineF(x, plot.top() - 3, x, plot.bottom()))
            half = mark.error / (bars.edges[-1] - bars.edges[0]) * plot.width()
            if half >= 1:
                self._paint_whisker(painter, QPointF(x, plot.top() + 4), half)
        painter.setPen(QPen(QColor(self.theme.text), 1))
        taken: list[QRectF] = []
        for mark in sorted(inside, key=lambda each: PRIORITY.get(each.name, 0)):
            box = self._free_box(mark, plot, room, taken)
            if box is not None:
                taken.append(box)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.name)

    def _paint_whisker(self, painter: QPainter, at: QPointF, half: float) -> None:
        painter.setPen(QPen(QColor(self.theme.text), 1))
        painter.drawLine(QLineF(at.x() - half, at.y(), at.x() + half, at.y()))
        for end in (at.x() - half, at.x() + half):
            painter.drawLine(QLineF(end, at.y() - 3, end, at.y() + 3))

    def _free_box(
        self, mark: Mark, plot: QRectF, room: QRectF, taken: list[QRectF]
    ) -> QRectF | None:
        """Where the name of a percentile stands, near its line; None where there is no room."""
        metrics = QFontMetricsF(self.font())
        wide, x = metrics.horizontalAdvance(mark.name) + 4, self._x(plot, mark.value)
        left = min(max(x - wide / 2, room.left()), room.right() - wide)
        for row in (1, 0):
            box = QRectF(left, room.top() + 1 + row * metrics.height(), wide, metrics.height())
            if not any(box.intersects(other) for other in taken):
                return box
        return None

    # Mouse and keys.

    def _words(self, at: QPointF) -> str:
        bars, mark, place = self.bars, self._mark_at(at), self._bar_at(at)
        if bars is None:
            return ""
        if mark >= 0:
            return f"{bars.marks[mark].name}: {bars.marks[mark].text}"
        return self.bar_words(place) if place >= 0 else ""

    def bar_words(self, place: int) -> str:
        """One bar in words."""
        assert self.bars is not None
        part = f"{100 * self._shares[place]:.1f} % of the paths"
        if place >= len(self.bars.parts):
            return f"{self.bars.beyond_name}: {part}"
        return f"{self.bars.text(self.bars.edges[place], self.bars.edges[place + 1])}: {part}"

    def _choose(self, place: int) -> None:
        if place != self.current:
            self.current = place
            self.setAccessibleDescription(self.bar_words(place) if place >= 0 else "")
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        words = self._words(event.position())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if words and not self.is_old else arrow)
        self._choose(self._bar_at(event.position()))
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def leaveEvent(self, event: object) -> None:
        if not self.hasFocus():
            self._choose(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is not Qt.MouseButton.LeftButton or self.is_old:
            return
        mark, place = self._mark_at(event.position()), self._bar_at(event.position())
        if mark >= 0:
            self.mark_opened.emit(mark)
        elif place >= 0:
            self.bar_opened.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, filled = Qt.Key(event.key()), [k for k, part in enumerate(self._shares) if part]
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and filled:
            step = 1 if key is Qt.Key.Key_Right else -1
            here = filled.index(self.current) if self.current in filled else -step * (step < 0)
            if self.current not in filled:
                here = -1 if step > 0 else len(filled)
            self._choose(filled[max(0, min(len(filled) - 1, here + step))])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current in filled:
            if not self.is_old:
                self.bar_opened.emit(self.current)
        else:
            super().keyPressEvent(event)
