"""The marks of an issue: a shape, a colour and a shade for each severity, painted by the widget itself."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from notemodeler.domain.issues import Severity
from notemodeler.ui.theme import Theme

WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


def colour(theme: Theme, severity: Severity) -> QColor:
    """The colour of text and lines; 4.5:1 on the theme's grounds."""
    return QColor(
        {Severity.ERROR: theme.error, Severity.WARNING: theme.warning}.get(severity, theme.accent)
    )


def shade(theme: Theme, severity: Severity) -> QColor:
    """The ground of a box that holds an issue."""
    shades = {Severity.ERROR: theme.error_shade, Severity.WARNING: theme.warning_shade}
    return QColor(shades.get(severity, theme.window_shade))


def paint_border(widget: QWidget, painter: QPainter, ink: QColor, width: int) -> None:
    """A line of so many pixels just inside the widget."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), 2, 2)


def paint_icon(
    painter: QPainter, square: QRect, severity: Severity, theme: Theme, ground: QColor
) -> None:
    """A round mark for an error, a triangle for a warning, a ring for a note, with a ! or an i in it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = colour(theme, severity)
    box = QRectF(square)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if severity is Severity.WARNING:
        top = QPointF(box.center().x(), box.top())
        painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
    else:
        painter.drawEllipse(box)
    _paint_sign(painter, box, severity, ground)
    painter.restore()


def _paint_sign(painter: QPainter, box: QRectF, severity: Severity, ground: QColor) -> None:
    """The stroke and the dot of a !, upside down for an i."""
    width, height = box.width(), box.height()
    middle = box.center().x()
    stroke = max(1.4, width * 0.13)
    painter.setPen(QPen(ground, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    top, bottom, dot = (0.38, 0.64, 0.83) if severity is Severity.WARNING else (0.26, 0.54, 0.74)
    if severity is Severity.NOTE:
        top, bottom, dot = 0.46, 0.74, 0.26
    at = box.top()
    painter.drawLine(QPointF(middle, at + top * height), QPointF(middle, at + bottom * height))
    painter.drawPoint(QPointF(middle, at + dot * height))
