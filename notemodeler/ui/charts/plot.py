"""What every chart over days has: curves in a plot in a frame, a grid, a cross-hair, a reason when empty."""

from abc import ABC, abstractmethod

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from notemodeler.ui.charts.axes import PIXELS_A_DATE, ChartAxis
from notemodeler.ui.charts.curves import Floats, StepCurve
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.frame import ChartFrame, small_font
from notemodeler.ui.charts.gestures import Draggable, Gestures
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.view import PlotView
from notemodeler.ui.theme import Theme

Column = tuple[str, Floats]
"""A heading and a figure for each day."""


class Plot(ABC):
    """One chart over the days of a desk."""

    def __init__(
        self, frame: ChartFrame, desk: Desk, theme: Theme, *, shows_dates: bool = False
    ) -> None:
        self.frame, self.desk, self.theme = frame, desk, theme
        self.font = small_font(frame.font())
        self.pointer: QPointF | None = None
        self.message = ""
        self.has_scale = True
        self.is_log = False
        self.is_printing = False
        self.drag = self.make_drag()
        gestures = Gestures(desk, lambda: self.view.plane, self.show_pointer, self.drag, frame)
        dates = ChartAxis("bottom", desk.day_ticks, PIXELS_A_DATE) if shows_dates else None
        left, right = self.make_axes()
        self.view = PlotView(left, right, dates, gestures, self.paint_under, self.paint_over)
        self.view.setAccessibleName(frame.accessibleName())
        self.view.setObjectName(f"{frame.objectName()}.plot")
        self.curves = self.make_curves()
        self.set_look(theme)
        frame.hold(self.view)

    @abstractmethod
    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]: ...

    @abstractmethod
    def make_curves(self) -> list[StepCurve]: ...

    @abstractmethod
    def values_range(self, first: float, last: float) -> tuple[float, float]:
        """The values to show for these days, in units of the scale."""

    @abstractmethod
    def columns(self) -> list[Column]:
        """What the chart shows as columns over all days: heading and values."""

    def make_drag(self) -> Draggable | None:
        return None

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:  # noqa: B027 - may be nothing
        """Marks over the curves besides the cross-hair."""

    def paint_ground(self, painter: QPainter, plane: Plane) -> None:  # noqa: B027 - may be nothing
        """Marks under the curves besides the grid."""

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:  # noqa: B027 - may be nothing
        """The value at the mouse on the axis."""

    def set_look(self, theme: Theme) -> None:
        """Wear a theme, with lines as wide as the screen needs them."""
        self.theme = theme
        for curve in self.curves:
            curve.set_look(theme, self.frame.devicePixelRatioF())
        self.view.set_look(theme, self.font)

    def draw(self) -> None:
        """Bring the plot up to date with the values and the days in sight."""
        first, last = self.desk.first, self.desk.last
        for curve in self.curves:
            curve.draw(first, last)
        self.has_scale = any(curve.has_values for curve in self.curves)
        self.view.show_scale(self.has_scale)
        self.view.set_range(first, last, *self.values_range(first, last), is_log=self.is_log)
        self.view.repaint_layers()

    def show_pointer(self, at: QPointF | None, near: bool) -> None:
        """Follow the mouse with the level line; `near` says that something can be taken hold of."""
        shape = Qt.CursorShape.SizeVerCursor if near else Qt.CursorShape.CrossCursor
        if at is None:
            shape = Qt.CursorShape.ArrowCursor
        if self.view.viewport().cursor().shape() is not shape:
            self.view.viewport().setCursor(shape)
        if at != self.pointer:
            self.pointer = at
            self.view.repaint_over()

    def paint_under(self, painter: QPainter, plane: Plane) -> None:
        self.paint_ground(painter, plane)
        painter.setPen(QPen(QColor(self.theme.grid), 1))
        if self.has_scale:
            ticks = self.view.left.ticks_for(plane.low, plane.high, plane.rect.height())
            painter.drawLines([plane.across_level(unit) for unit, _ in ticks])
        most = max(2, int(plane.rect.width() / PIXELS_A_DATE))
        dates = self.desk.day_ticks(plane.first, plane.last, most)
        painter.drawLines([plane.down(place) for place, _ in dates])
        if self.is_printing:
            painter.save()
            painter.setClipRect(plane.rect)
            for curve in self.curves:
                curve.paint(painter, plane, self.theme)
            painter.restore()

    def set_printing(self, printing: bool) -> None:
        """Paint for a picture: without focus and mouse, and the curves in the units of the picture.

        pyqtgraph's own curves rely on pens that ignore the scale, which few readers of SVG know.
        """
        self.is_printing = printing
        for curve in self.curves:
            curve.item.setOpacity(0.0 if printing else 1.0)

    def render(self, painter: QPainter, at: QPointF) -> None:
        """Paint the plot with its upper left corner at a point of a picture."""
        source = QRectF(self.view.whole)
        self.view.scene().render(painter, QRectF(at, source.size()), source)

    def paint_over(self, painter: QPainter, plane: Plane) -> None:
        painter.setFont(self.font)
        painter.save()
        painter.setClipRect(plane.rect)
        cursor = self.desk.cursor
        if self.desk.days and plane.has_place(cursor):
            self._paint_cursor(painter, plane.down(cursor))
        painter.restore()
        self.paint_marks(painter, plane)
        if self.desk.is_pinned and self.desk.days and plane.has_place(cursor):
            self._paint_pin(painter, plane.down(cursor).p1())
        if self.pointer is not None and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(plane.across(plane.value_at(self.pointer.y())))
            self.paint_pointer_value(painter, plane)
        if self.message:
            self._paint_message(painter, plane)
        if self.view.hasFocus() and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.view.whole.adjusted(0.5, 0.5, -1.5, -1.5))

    def _paint_cursor(self, painter: QPainter, line: QLineF) -> None:
        """The day under the cursor."""
        colour = QColor(self.theme.accent if self.desk.is_pinned else self.theme.muted)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(line)

    def _paint_pin(self, painter: QPainter, top: QPointF) -> None:
        """The head of a pinned day, over the words at the top."""
        colour = QColor(self.theme.accent)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        painter.drawPolygon([top + QPointF(-5, 0), top + QPointF(5, 0), top + QPointF(0, 7)])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_message(self, painter: QPainter, plane: Plane) -> None:
        room = plane.rect.adjusted(30, 4, -30, -4)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        box = QFontMetricsF(self.font).boundingRect(room, flags, self.message)
        painter.fillRect(box.adjusted(-10, -6, 10, 6), QColor(self.theme.base))
        painter.setPen(QPen(QColor(self.theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-10, -6, 10, 6))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(room, flags, self.message)

    def tag(self, painter: QPainter, at: QPointF, text: str, colour: str, *, left: bool) -> None:
        """A value in a filled box in the margin, level with the value."""
        metrics = QFontMetricsF(self.font)
        wide, high = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        whole = self.view.whole
        y = min(max(at.y(), whole.top() + high / 2 + 1), whole.bottom() - high / 2 - 2)
        self._clear_labels(painter, y, high, left=left)
        x = max(1.0, at.x() - wide) if left else min(at.x(), whole.right() - wide - 1)
        box = QRectF(round(x), round(y - high / 2), round(wide), round(high))
        painter.fillRect(box, QColor(colour))
        painter.setPen(QColor(self.theme.base))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _clear_labels(self, painter: QPainter, y: float, high: float, *, left: bool) -> None:
        """Hide the labels of the axis that a tag would cover in part."""
        axis, plane = self.view.left if left else self.view.right, self.view.plane
        if axis is None or not axis.isVisible():
            return
        margin = QRectF(0, 0, plane.rect.left() - 3, high)
        if not left:
            start = plane.rect.right() + 3
            margin = QRectF(start, 0, self.view.whole.right() - start, high)
        for unit, _ in axis.ticks_for(plane.low, plane.high, plane.rect.height()):
            level = plane.level(unit)
            if abs(level - y) < high - 1:
                margin.moveTop(level - high / 2)
                painter.fillRect(margin, QColor(self.theme.base))
