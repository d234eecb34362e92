"""A map of cells: numbers on colours, one cell outlined as that of the note, and a cursor for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from notemodeler.ui.charts.heat_colours import CIVIDIS, ink_on, ramp
from notemodeler.ui.charts.heat_grid import Head, HeatCell, HeatGrid, Place
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.painted import OLD, PaintedPanel, PaintedView
from notemodeler.ui.theme import Theme

SIDE, GAP, SCALE_HEIGHT = 10.0, 6.0, 10.0
OLD_INK = 0.7


class HeatMapView(PaintedView):
    """Paints the cells; arrow keys move a cursor, Enter or a click opens the cell."""

    cell_chosen = Signal(int, int)
    cell_opened = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMouseTracking(True)
        self.grid: HeatGrid | None = None
        self.current: Place | None = None
        self._measured: tuple[object, QRectF] | None = None

    @property
    def is_empty(self) -> bool:
        return self.grid is None

    def show_grid(self, grid: HeatGrid | None, message: str = "") -> None:
        """Take another map; the cursor stays where it is if there still is such a cell."""
        if (grid, message) == (self.grid, self.message):
            return
        self.grid, self.message = grid, message
        if grid is None or not self._is_inside(self.current):
            self.current = None
        elif self.hasFocus():
            self._say()
        self.update()

    def _is_inside(self, place: Place | None) -> bool:
        grid = self.grid
        if grid is None or place is None:
            return False
        return 0 <= place[0] < len(grid.rows) and 0 <= place[1] < len(grid.columns)

    def cell_rect(self, row: int, column: int, room: QRectF | None = None) -> QRectF:
        """Where a cell is painted."""
        grid = self.grid
        assert grid is not None
        inner = self._cells_room(grid, QRectF(self.rect()) if room is None else room)
        wide, high = inner.width() / len(grid.columns), inner.height() / len(grid.rows)
        # Whole pixels, so that neighbours neither overlap nor leave a gap.
        left, right = round(inner.left() + column * wide), round(inner.left() + (column + 1) * wide)
        top, bottom = round(inner.top() + row * high), round(inner.top() + (row + 1) * high)
        return QRectF(left, top, right - left, bottom - top)

    def _cells_room(self, grid: HeatGrid, room: QRectF) -> QRectF:
        """Where all cells are; measured once for a map and a size, for every cell asks."""
        key = (id(grid), room.getRect(), self.font().key())
        if self._measured is None or self._measured[0] != key:
            self._measured = (key, self._measure(grid, room))
        return self._measured[1]

    def _measure(self, grid: HeatGrid, room: QRectF) -> QRectF:
        metrics = self.metrics()
        words = [f"{grid.row_label} ↓", *(text for head in grid.rows for text in head)]
        left = max(metrics.horizontalAdvance(each) for each in words) + GAP
        line = metrics.height()
        lines = 3 if any(head.remark for head in grid.columns) else 2
        foot = SCALE_HEIGHT + line + 3 * GAP
        return room.adjusted(SIDE + left, lines * line + GAP, -SIDE, -foot)

    def paint_content(self, painter: QPainter, room: QRectF) -> None:
        grid = self.grid
        assert grid is not None
        self._paint_heads(painter, grid, room)
        for row, line in enumerate(grid.cells):
            for column, cell in enumerate(line):
                self._paint_cell(painter, self.cell_rect(row, column, room), cell, grid)
        self._paint_own(painter, self.cell_rect(*grid.own, room))
        if self.current is not None and self.hasFocus() and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.accent), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.cell_rect(*self.current, room).adjusted(4, 4, -4, -4))
        self._paint_scale(painter, grid, room)

    def _paint_heads(self, painter: QPainter, grid: HeatGrid, room: QRectF) -> None:
        inner, line = self._cells_room(grid, room), self.metrics().height()
        painter.setPen(QColor(self.theme.muted))
        top = QRectF(inner.left(), room.top() + 2, inner.width(), line)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignHCenter), f"{grid.column_label} →")
        corner = QRectF(room.left() + SIDE, inner.top() - line - 2, inner.left() - SIDE, line)
        painter.drawText(corner, int(Qt.AlignmentFlag.AlignLeft), f"{grid.row_label} ↓")
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        for column, head in enumerate(grid.columns):
            cell = self.cell_rect(0, column, room)
            box = QRectF(
                cell.left() - 6, room.top(), cell.width() + 12, inner.top() - room.top() - 2
            )
            self._paint_head(painter, box, head, flags, is_own=column == grid.own[1])
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        for row, head in enumerate(grid.rows):
            cell = self.cell_rect(row, 0, room)
            box = QRectF(room.left(), cell.top(), inner.left() - room.left() - GAP, cell.height())
            self._paint_head(painter, box, head, flags, is_own=row == grid.own[0])

    def _paint_head(
        self, painter: QPainter, box: QRectF, head: Head, flags: int, *, is_own: bool
    ) -> None:
        line = self.metrics().height()
        has_room = bool(head.remark) and box.height() >= 2 * line
        painter.setFont(self.bold() if is_own else self.font())
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box.adjusted(0, 0, 0, -line) if has_room else box, flags, head.text)
        painter.setFont(self.font())
        if has_room:
            painter.setPen(QColor(self.theme.muted))
            below = (
                box if flags & int(Qt.AlignmentFlag.AlignBottom) else box.adjusted(0, line, 0, 0)
            )
            painter.drawText(below, flags, head.remark)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: HeatCell, grid: HeatGrid) -> None:
        inside = box.adjusted(0, 0, -1, -1)
        if cell.value is None:
            painter.fillRect(inside, QColor(self.theme.raised))
            if cell.is_known:
                shade = QBrush(QColor(self.theme.outline), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(inside, shade)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(
                inside, int(Qt.AlignmentFlag.AlignCenter), "–" if cell.is_known else "…"
            )
            return
        colour = ramp(grid.part_of(cell.value))
        painter.fillRect(inside, colour)
        if self.is_old:  # the colour is pale then, and its ink would be too
            painter.setOpacity(OLD_INK)
            painter.setPen(QColor(self.theme.text))
        else:
            painter.setPen(ink_on(colour))
        line = self.metrics().height()
        if cell.error and box.height() >= 2 * line + 2 and self._fits(cell.error, box):
            painter.setFont(self.bold())
            upper = inside.adjusted(0, 0, 0, -line)
            painter.drawText(upper, int(Qt.AlignmentFlag.AlignCenter), cell.text)
            painter.setFont(self.font())
            lower = inside.adjusted(0, line, 0, 0)
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignCenter), cell.error)
        else:
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter), cell.text)
        painter.setOpacity(OLD if self.is_old else 1.0)

    def _fits(self, text: str, box: QRectF) -> bool:
        return self.metrics().horizontalAdvance(text) + 4 <= box.width()

    def _paint_own(self, painter: QPainter, box: QRectF) -> None:
        """Two lines around the cell, one of them light and one dark, seen on every colour of the scale."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.base), 1))
        painter.drawRect(box.adjusted(2.5, 2.5, -3.5, -3.5))
        painter.setPen(QPen(QColor(self.theme.text), 3))
        painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))

    def _paint_scale(self, painter: QPainter, grid: HeatGrid, room: QRectF) -> None:
        """What the colours mean, and what the outline does."""
        inner, line = self._cells_room(grid, room), self.metrics().height()
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        row = QRectF(room.left() + SIDE, room.bottom() - line - GAP, room.width() - 2 * SIDE, line)
        sign = QRectF(row.left() + 1, row.center().y() - 5, 12, 10)
        painter.setPen(QPen(QColor(self.theme.text), 2))
        painter.drawRect(sign)
        painter.setPen(QColor(self.theme.muted))
        own = QRectF(sign.right() + GAP, row.top(), row.width(), line)
        painter.drawText(own, centre, "this note")
        ends = (grid.low, f"{grid.high}, log scale" if grid.is_log else grid.high)
        low, high = (self.metrics().horizontalAdvance(each) for each in ends)
        bar = QRectF(
            0, row.center().y() - SCALE_HEIGHT / 2, min(140.0, inner.width() / 2), SCALE_HEIGHT
        )
        bar.moveRight(row.right() - high - GAP)
        if not grid.low or bar.left() - low - GAP < own.left() + 60:
            return
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for at, colour in enumerate(CIVIDIS):
            gradient.setColorAt(at / (len(CIVIDIS) - 1), QColor(colour))
        painter.fillRect(bar, QBrush(gradient))
        painter.drawText(QRectF(bar.right() + GAP, row.top(), high + GAP, line), centre, ends[1])
        painter.drawText(
            QRectF(bar.left() - low - GAP, row.top(), low + GAP, line), centre, ends[0]
        )

    def place_at(self, at: QPointF) -> Place | None:
        """The cell under a point."""
        if self.grid is None:
            return None
        for row in range(len(self.grid.rows)):
            for column in range(len(self.grid.columns)):
                if self.cell_rect(row, column).contains(at):
                    return row, column
        return None

    def choose(self, place: Place) -> None:
        """Move the cursor to a cell."""
        if self._is_inside(place) and place != self.current:
            self.current = place
            self._say()
            self.update()
            self.cell_chosen.emit(*place)

    def _say(self) -> None:
        """The cell under the cursor, for those who hear it."""
        if self.grid is not None and self.current is not None:
            row, column = self.current
            self.setAccessibleDescription(self.grid.cells[row][column].tip)

    def open_current(self) -> None:
        """Open the cell under the cursor if it has a figure."""
        if self.grid is None or self.current is None:
            return
        row, column = self.current
        if self.grid.cells[row][column].value is not None:
            self.cell_opened.emit(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if self.grid is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_current()
        elif key is Qt.Key.Key_Home:
            self.choose(self.grid.own)
        elif key in steps:
            row, column = self.current or self.grid.own
            step = steps[key] if self.current is not None else (0, 0)
            self.choose((row + step[0], column + step[1]))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(place)
            self.open_current()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, opens = self.place_at(event.position()), False
        if place is not None and self.grid is not None:
            opens = self.grid.cells[place[0]][place[1]].value is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.grid is not None:
            place = self.place_at(QPointF(event.pos()))
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.grid.cells[place[0]][place[1]].tip, self)
            return True
        return super().event(event)


class HeatMapPanel(PaintedPanel):
    """One map in a panel; a copy is the table of its full figures."""

    def __init__(self, name: str, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        self.map = HeatMapView(theme)
        super().__init__(name, face, self.map, theme, parent)

    def show_grid(self, grid: HeatGrid | None, message: str = "") -> None:
        """Take another map."""
        self.map.show_grid(grid, message)
        self.describe_soon()

    def summaries(self) -> list[str]:
        grid = self.map.grid
        if grid is None:
            return [self.map.message]
        row, column = self.map.current or grid.own
        return [
            f"{grid.row_label} down, {grid.column_label.lower()} across, from {grid.low} to {grid.high}. "
            f"{grid.cells[row][column].tip}"
        ]

    def table(self) -> str:
        grid = self.map.grid
        if grid is None:
            return ""
        heads = [_named(head) for head in grid.columns]
        lines: list[Sequence[str]] = [(f"{grid.row_label} / {grid.column_label}", *heads)]
        for head, cells in zip(grid.rows, grid.cells, strict=True):
            lines.append((_named(head), *(_figure(cell) for cell in cells)))
        return "".join("\t".join(line) + "\n" for line in lines)


def _named(head: Head) -> str:
    return f"{head.text} ({head.remark})" if head.remark else head.text


def _figure(cell: HeatCell) -> str:
    return "" if cell.value is None else f"{cell.value:.0f}"
