"""A tornado: for each driver a bar from its low end to its high end around the figure as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from notemodeler.ui.charts.legend import Entry, Face, Mark, tint
from notemodeler.ui.charts.painted import PaintedPanel, PaintedView
from notemodeler.ui.theme import Theme

SIDE, GAP, ROW_ROOM, LEAST_BAR = 12.0, 8.0, 9.0, 2.0
LOW, HIGH = 0, 1
ROLES = ("bid", "conversion")
ENTRIES = (Entry("input low", "bid", Mark.AREA), Entry("input high", "conversion", Mark.AREA))
Place = tuple[int, int]


class TornadoEnd(NamedTuple):
    """One end of a driver: the input in words, the figure that comes of it, its error, and all of it as a tip."""

    words: str
    value: float
    error: float
    text: str
    tip: str


class TornadoRow(NamedTuple):
    """A driver, what it is now, and its ends low and high."""

    label: str
    own: str
    ends: tuple[TornadoEnd, TornadoEnd]


class TornadoView(PaintedView):
    """Paints the rows; up and down move between drivers, left and right between ends, Enter or a click opens."""

    end_chosen = Signal(int, int)
    end_opened = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMouseTracking(True)
        self.rows: tuple[TornadoRow, ...] = ()
        self.base, self.base_words = 0.0, ""
        self.current: Place | None = None

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def show_rows(
        self, rows: Sequence[TornadoRow], base: float, base_words: str, message: str = ""
    ) -> None:
        """Take other rows around a base; the cursor stays on its driver."""
        new = (tuple(rows), base, base_words, message)
        if new == (self.rows, self.base, self.base_words, self.message):
            return
        label = self.rows[self.current[0]].label if self.current is not None else ""
        self.rows, self.base, self.base_words, self.message = new
        labels = [row.label for row in self.rows]
        if self.current is not None:
            self.current = (labels.index(label), self.current[1]) if label in labels else None
        self.update()

    def paint_content(self, painter: QPainter, room: QRectF) -> None:
        plot, labels = self._plot(room)
        low, high = self._span()
        scale = plot.width() / (high - low)
        x_base = plot.left() + (self.base - low) * scale
        for place, row in enumerate(self.rows):
            box = self._row(room, place)
            if self.current is not None and place == self.current[0] and not self.is_printing:
                shade = QColor(self.theme.window_shade)
                painter.fillRect(box.adjusted(-SIDE, 0, SIDE, 0), shade)
            self._paint_label(painter, box, labels, row)
            self._paint_bars(painter, box, row, x_base, plot.left() - low * scale, scale)
            self._paint_ends(painter, box, row, place, plot.left() - low * scale, scale)
        self._paint_base(painter, room, x_base)

    def _span(self) -> tuple[float, float]:
        values = [self.base, *(end.value for row in self.rows for end in row.ends)]
        low, high = min(values), max(values)
        return (low, high) if high > low else (low - 1, high + 1)

    def _plot(self, room: QRectF) -> tuple[QRectF, float]:
        """Where the bars are, and how wide the labels before them."""
        metrics = self.metrics()
        labels = max(metrics.horizontalAdvance(f"{row.label}  {row.own}") for row in self.rows) + 6
        labels = min(labels, room.width() * 0.34)
        words = max(metrics.horizontalAdvance(_said(end)) for row in self.rows for end in row.ends)
        words = min(words + GAP, room.width() * 0.24)
        inner = room.adjusted(SIDE + labels + GAP + words, 0, -(SIDE + words), 0)
        return inner, labels

    def _row(self, room: QRectF, place: int) -> QRectF:
        line = self.metrics().height()
        head = line + 4
        most = line + 2 * ROW_ROOM
        high = min(most, (room.height() - head - 4) / len(self.rows))
        return QRectF(
            room.left() + SIDE, room.top() + head + place * high, room.width() - 2 * SIDE, high
        )

    def _paint_label(self, painter: QPainter, box: QRectF, wide: float, row: TornadoRow) -> None:
        metrics, centre = self.metrics(), int(Qt.AlignmentFlag.AlignVCenter)
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, wide)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(box.left(), box.top(), wide, box.height()), centre, label)
        painter.setPen(QColor(self.theme.muted))
        flags = centre | int(Qt.AlignmentFlag.AlignRight)
        if metrics.horizontalAdvance(f"{row.label}  {row.own}") <= wide:
            painter.drawText(QRectF(box.left(), box.top(), wide, box.height()), flags, row.own)

    def _paint_bars(
        self,
        painter: QPainter,
        box: QRectF,
        row: TornadoRow,
        base: float,
        zero: float,
        scale: float,
    ) -> None:
        """From the base to both ends; where both lie on one side, the shorter lies over the longer."""
        ends = sorted((LOW, HIGH), key=lambda at: -abs(row.ends[at].value - self.base))
        for at in ends:
            end = zero + row.ends[at].value * scale
            left, right = min(base, end), max(base, end)
            bar = QRectF(left, box.top() + 3, max(LEAST_BAR, right - left), box.height() - 6)
            painter.fillRect(bar, tint(self.theme, ROLES[at], 0.55))
            painter.setPen(QPen(QColor(getattr(self.theme, ROLES[at])), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar)

    def _paint_ends(
        self, painter: QPainter, box: QRectF, row: TornadoRow, place: int, zero: float, scale: float
    ) -> None:
        """The words of the lesser figure at the left of the bars, those of the greater at their right."""
        metrics = self.metrics()
        lesser = LOW if row.ends[LOW].value <= row.ends[HIGH].value else HIGH
        xs = [zero + end.value * scale for end in row.ends] + [zero + self.base * scale]
        for at in (LOW, HIGH):
            words = _said(row.ends[at])
            wide = metrics.horizontalAdvance(words) + 2
            left = min(xs) - GAP / 2 - wide if at == lesser else max(xs) + GAP / 2
            spot = QRectF(left, box.top(), wide, box.height())
            if self.current == (place, at) and self.hasFocus() and not self.is_printing:
                painter.setPen(QPen(QColor(self.theme.accent), 1.5, Qt.PenStyle.DashLine))
                painter.drawRect(spot.adjusted(-3, 2, 2, -2))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_base(self, painter: QPainter, room: QRectF, x: float) -> None:
        bottom = self._row(room, len(self.rows) - 1).bottom()
        line = self.metrics().height()
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        painter.drawLine(QLineF(x, room.top() + line + 3, x, bottom))
        wide = self.metrics().horizontalAdvance(self.base_words) + 4
        left = min(max(room.left() + SIDE, x - wide / 2), room.right() - SIDE - wide)
        painter.drawText(
            QRectF(left, room.top() + 2, wide, line),
            int(Qt.AlignmentFlag.AlignHCenter),
            self.base_words,
        )

    def place_at(self, at: QPointF) -> Place | None:
        """The end of a driver at a point: of the half of the row in which it lies."""
        if not self.rows:
            return None
        room = QRectF(self.rect())
        plot, _ = self._plot(room)
        low, high = self._span()
        base = plot.left() + (self.base - low) * plot.width() / (high - low)
        for place, row in enumerate(self.rows):
            if self._row(room, place).adjusted(-SIDE, 0, SIDE, 0).contains(at):
                lesser = LOW if row.ends[LOW].value <= row.ends[HIGH].value else HIGH
                return place, lesser if at.x() < base else 1 - lesser
        return None

    def choose(self, place: Place) -> None:
        """Move the cursor to the end of a driver."""
        if place != self.current and 0 <= place[0] < len(self.rows):
            self.current = place
            self.setAccessibleDescription(self.rows[place[0]].ends[place[1]].tip)
            self.update()
            self.end_chosen.emit(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, place = Qt.Key(event.key()), self.current
        if not self.rows:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if place is not None:
                self.end_opened.emit(*place)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key is Qt.Key.Key_Up else 1
            self.choose((0, LOW) if place is None else (place[0] + step, place[1]))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            row = 0 if place is None else place[0]
            ends = self.rows[row].ends
            lesser = LOW if ends[LOW].value <= ends[HIGH].value else HIGH
            self.choose((row, lesser if key is Qt.Key.Key_Left else 1 - lesser))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(place)
            self.end_opened.emit(*place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        opens = self.place_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.rows[place[0]].ends[place[1]].tip, self)
            return True
        return super().event(event)


def _said(end: TornadoEnd) -> str:
    return f"{end.words}: {end.text}"


class TornadoPanel(PaintedPanel):
    """One tornado in a panel; a copy has every figure with its error."""

    def __init__(self, name: str, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        self.tornado = TornadoView(theme)
        super().__init__(name, face._replace(entries=ENTRIES), self.tornado, theme, parent)

    def show_rows(
        self, rows: Sequence[TornadoRow], base: float, base_words: str, message: str = ""
    ) -> None:
        """Take other rows."""
        self.tornado.show_rows(rows, base, base_words, message)
        self.describe_soon()

    def summaries(self) -> list[str]:
        view = self.tornado
        if not view.rows:
            return [view.message]
        found = [
            f"{row.label}: {_said(row.ends[LOW])}, {_said(row.ends[HIGH])}" for row in view.rows
        ]
        return [f"{view.base_words}; " + "; ".join(found)]

    def table(self) -> str:
        heads = (
            "Driver",
            "Now",
            "Low",
            "Figure",
            "± s.e. of change",
            "High",
            "Figure",
            "± s.e. of change",
        )
        lines: list[Sequence[str]] = [heads]
        for row in self.tornado.rows:
            cells = [
                cell
                for end in row.ends
                for cell in (end.words, f"{end.value:.0f}", f"{end.error:.0f}")
            ]
            lines.append((row.label, row.own, *cells))
        return "".join("\t".join(line) + "\n" for line in lines)
