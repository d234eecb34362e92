"""Labelled lines across a plot: fixed prices and limits level, dated events upright."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

PAD = 4.0


@dataclass(frozen=True, slots=True)
class Level:
    """A dashed line at one value with its words at the left."""

    value: float
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Event:
    """An upright line at one day with its words at the top."""

    place: float
    text: str
    role: str


def paint_levels(
    painter: QPainter, plane: Plane, levels: tuple[Level, ...], theme: Theme, font: QFont
) -> None:
    """The lines in sight; one that lies above or below is named at the edge with an arrow."""
    metrics = QFontMetricsF(font)
    for level in levels:
        colour = QColor(getattr(theme, level.role))
        inside = plane.has_value(level.value)
        if inside:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawLine(plane.across(level.value))
        text = level.text if inside else f"{level.text} {'↑' if level.value > plane.high else '↓'}"
        y = plane.y(min(max(level.value, plane.low), plane.high))
        top = y - metrics.height() - 1
        if top < plane.rect.top():
            top = y + 2
        painter.setPen(colour)
        wide = metrics.horizontalAdvance(text) + 2
        box = QRectF(plane.rect.left() + PAD, top, wide, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def paint_events(
    painter: QPainter, plane: Plane, events: tuple[Event, ...], theme: Theme, font: QFont
) -> None:
    """The lines in sight; words that would meet go one row down, those at the right edge to the left side."""
    metrics = QFontMetricsF(font)
    taken: list[QRectF] = []
    for event in events:
        if not plane.has_place(event.place):
            continue
        colour = QColor(getattr(theme, event.role))
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashDotLine))
        painter.drawLine(plane.down(event.place))
        box = _free_box(plane, event, metrics, taken)
        taken.append(box)
        if len(taken) > 1 and box.top() > plane.rect.top() + 2:
            shade = QColor(theme.base)
            shade.setAlpha(215)
            painter.fillRect(box, shade)
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, event.text)


def _free_box(plane: Plane, event: Event, metrics: QFontMetricsF, taken: list[QRectF]) -> QRectF:
    wide = metrics.horizontalAdvance(event.text) + 2 * PAD
    x = plane.x(event.place)
    left = x + 2 if x + 2 + wide <= plane.rect.right() else x - 2 - wide
    box = QRectF(left, plane.rect.top() + 1, wide, metrics.height())
    while any(box.intersects(other) for other in taken):
        box.translate(0, metrics.height() + 1)
    return box
