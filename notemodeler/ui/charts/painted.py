"""Charts that a widget paints by itself, without a plot, as frame, menu and pictures need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.frame import ChartFrame, small_font
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

OLD = 0.35
"""How strongly a picture that no longer counts is painted."""


class PaintedView(QWidget):
    """The base of such charts: a message in the place of a picture, a border with the focus, old pictures grey."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.theme = theme
        self.message = ""
        self.is_printing = False
        self.is_old = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to paint but the message."""
        raise NotImplementedError  # pragma: no cover - every chart knows

    def paint_content(self, painter: QPainter, room: QRectF) -> None:
        """Everything inside a rectangle."""
        raise NotImplementedError  # pragma: no cover - every chart paints

    def set_old(self, old: bool) -> None:
        """Whether the picture belongs to inputs that have changed since."""
        if old != self.is_old:
            self.is_old = old
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint(painter, QRectF(self.rect()))

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """The whole chart inside a rectangle of the widget or of a picture."""
        painter.fillRect(room, QColor(self.theme.base))
        painter.setFont(self.font())
        if self.is_empty:
            painter.setPen(QColor(self.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(20, 4, -20, -4), flags, self.message)
        else:
            painter.setOpacity(OLD if self.is_old else 1.0)
            self.paint_content(painter, room)
            painter.setOpacity(1.0)
        if self.hasFocus() and not self.is_printing:
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(0.5, 0.5, -1.5, -1.5))

    def bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setBold(True)
        return bold

    def metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class Painted:
    """Such a chart in a frame of a stack."""

    def __init__(self, frame: ChartFrame, view: PaintedView) -> None:
        self.frame = frame
        self.view = view
        view.setFont(small_font(frame.font()))
        view.setObjectName(f"{frame.objectName()}.plot")
        view.setAccessibleName(frame.accessibleName())
        frame.hold(view)

    def set_look(self, theme: Theme) -> None:
        self.view.theme = theme
        self.view.update()

    def set_printing(self, printing: bool) -> None:
        self.view.is_printing = printing

    def render(self, painter: QPainter, at: QPointF) -> None:
        self.view.paint(painter, QRectF(at, QRectF(self.view.rect()).size()))


class PaintedPanel(ChartStack):
    """One painted chart in a panel, with the picture and the copy of the other charts."""

    def __init__(
        self, name: str, face: Face, view: PaintedView, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, face.title, (face,), theme, parent)
        self.view = view
        self.chart = Painted(self.frames[0], view)
        self.title, self.source = face.title, ""
        self.setFocusProxy(view)
        self.is_filled = True

    @property
    def drawings(self) -> Sequence[Drawing]:
        return (self.chart,)

    @property
    def heading(self) -> tuple[str, str]:
        return self.title, self.source

    def set_heading(self, title: str, source: str) -> None:
        """What a picture is called, and on what it rests."""
        self.title, self.source = title, source
        self.frames[0].set_title(title)
        self.chart.view.setAccessibleName(title)
