"""One plot: a pyqtgraph view box between fixed margins, with a layer painted under and one over its curves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from notemodeler.ui.charts.axes import ChartAxis
from notemodeler.ui.charts.gestures import Gestures
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

LEFT, RIGHT, TOP, BOTTOM, LEAST_FOOT = 80, 70, 6, 22, 9
UNDER_ALL, OVER_ALL = -1000, 1000
"""The margins are the same in every chart, so that one day stands above the other."""

Paint = Callable[[QPainter, Plane], None]


class Layer(QGraphicsItem):
    """Hands the painter to a function: many marks in one item are far cheaper than an item each."""

    def __init__(self, view: "PlotView", paint: Paint, height: int) -> None:
        super().__init__()
        self._view = view
        self._paint = paint
        self.setZValue(height)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._view.whole

    def moved(self) -> None:
        """The view has another size."""
        self.prepareGeometryChange()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._view.plane.rect.width() > 0:
            self._paint(painter, self._view.plane)


class PlotView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """The axes, the curves and the layers of one chart. Mouse and keys go to its gestures, none to pyqtgraph."""

    def __init__(
        self,
        left: ChartAxis,
        right: ChartAxis | None,
        bottom: ChartAxis | None,
        gestures: Gestures,
        under: Paint,
        over: Paint,
    ) -> None:
        super().__init__(background=None)
        self._gestures = gestures
        self.whole = QRectF(0, 0, 1, 1)
        self.plane = Plane(QRectF(), -0.5, 0.5, 0.0, 1.0)
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.scene().addItem(self.box)
        self.left, self.right, self.bottom = left, right, bottom
        for axis in self._axes():
            axis.linkToView(self.box)
            self.scene().addItem(axis)
        left.setWidth(LEFT)
        if right is not None:
            right.setWidth(RIGHT)
        if bottom is not None:
            bottom.setHeight(BOTTOM)
        self.under, self.over = Layer(self, under, UNDER_ALL), Layer(self, over, OVER_ALL)
        self.scene().addItem(self.under)
        self.scene().addItem(self.over)

    def _axes(self) -> list[ChartAxis]:
        return [axis for axis in (self.left, self.right, self.bottom) if axis is not None]

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Other colours for the background and the axes."""
        self.setBackground(theme.base)
        for axis in self._axes():
            axis.set_look(theme, font)
        self.repaint_layers()

    def set_range(
        self, first: float, last: float, low: float, high: float, *, is_log: bool = False
    ) -> None:
        """Show these days and these values, in units of the scale."""
        plane = Plane(self.plane.rect, first, last, low, high, is_log)
        if plane == self.plane:
            return
        self.plane = plane
        self.box.setRange(xRange=(first, last), yRange=(low, high), padding=0)
        self.repaint_layers()

    def show_scale(self, shown: bool) -> None:
        """Show the value axes, or hide them while there is nothing to measure."""
        for axis in (self.left, self.right):
            if axis is not None and axis.isVisible() != shown:
                axis.setVisible(shown)

    def repaint_layers(self) -> None:
        self.under.update()
        self.over.update()

    def repaint_over(self) -> None:
        """Only the cursor moved."""
        self.over.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is None:  # pyqtgraph calls it so while the view is still being made
            return
        wide, high = float(self.width()), float(self.height())
        foot = BOTTOM if self.bottom is not None else LEAST_FOOT  # half a label fits
        self.whole = QRectF(0, 0, wide, high)
        rect = QRectF(LEFT, TOP, max(10.0, wide - LEFT - RIGHT), max(10.0, high - TOP - foot))
        self.plane = replace(self.plane, rect=rect)
        self.box.setGeometry(rect)
        self.left.setGeometry(QRectF(0, rect.top(), LEFT, rect.height()))
        if self.right is not None:
            self.right.setGeometry(QRectF(rect.right(), rect.top(), RIGHT, rect.height()))
        if self.bottom is not None:
            self.bottom.setGeometry(QRectF(rect.left(), rect.bottom(), rect.width(), BOTTOM))
        self.under.moved()
        self.over.moved()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton:
            self._gestures.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        self._gestures.move(event.position(), held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._gestures.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._gestures.double_click()

    def leaveEvent(self, event: Any) -> None:
        self._gestures.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._gestures.wheel(event.position(), event.angleDelta())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._gestures.key(event.key(), event.modifiers()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu is the panel's."""
        event.ignore()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.over.update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.over.update()
