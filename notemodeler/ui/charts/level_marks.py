"""Labelled lines across a plot: fixed prices and limits level, dated events upright."""

from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

PAD = 4.0


@dataclass(frozen=True, slots=True)
class Level:
    """A dashed line at one value with its words at the left, over all days or from one place to another."""

    value: float
    text: str
    role: str
    first: float = -inf
    last: float = inf


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
        if level.last <= plane.first or plane.last <= level.first:
            continue
        colour = QColor(getattr(theme, level.role))
        inside = plane.has_value(level.value)
        if inside:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawLine(_part_of(plane, level))
        unit = plane.on_scale(level.value)
        text = level.text if inside else f"{level.text} {'↑' if unit > plane.high else '↓'}"
        y = plane.level(min(max(unit, plane.low), plane.high))
        top = y - metrics.height() - 1
        if top < plane.rect.top():
            top = y + 2
        painter.setPen(colour)
        wide = metrics.horizontalAdvance(text) + 2
        left = plane.rect.left() + PAD
        if (
            level.first > plane.first
        ):  # at its end: at its beginning stand the words of what moved it
            left = plane.x(min(level.last, plane.last)) - wide - PAD
        box = QRectF(left, top, wide, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def _part_of(plane: Plane, level: Level) -> QLineF:
    """The line of a level as far as it holds."""
    line = plane.across(level.value)
    left, right = max(level.first, plane.first), min(level.last, plane.last)
    return QLineF(plane.x(left), line.y1(), plane.x(right), line.y1())


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
