"""A pyqtgraph curve over trading days: each day a level step, a day without a value a gap."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QTransform

from notemodeler.ui.charts.legend import Entry, line_pen, tint
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

Floats = np.ndarray[Any, np.dtype[np.float64]]
MOST_STEPS = 4000
"""Above so many days in sight, groups of days are drawn as the span from their lowest to their highest."""


class StepCurve:
    """Draws only what is in sight, and only when its values, its span or its look have changed."""

    def __init__(self, box: Any, entry: Entry, *, filled: bool = False, height: int = 0) -> None:
        self.entry = entry
        self._filled = filled
        self._values: Floats = np.empty(0)
        self._is_log = False
        self._drawn: tuple[int, int] | None = None
        self.item = pg.PlotCurveItem(
            connect="finite", antialias=False, fillLevel=0.0 if filled else None
        )
        self.item.setZValue(height)
        self.item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.addItem(self.item, ignoreBounds=True)

    @property
    def values(self) -> Floats:
        return self._values

    @property
    def has_values(self) -> bool:
        return not np.isnan(self._values).all()

    def set_values(self, values: Floats) -> bool:
        """Take the day's values, NaN for none; whether they differ from before."""
        if np.array_equal(values, self._values, equal_nan=True):
            return False
        self._values, self._drawn = values, None
        return True

    def show_logs(self, shown: bool) -> None:
        """Draw the logarithms of the values, or the values."""
        if shown is not self._is_log:
            self._is_log, self._drawn = shown, None

    def draw(self, first: float, last: float) -> None:
        """Hand what lies between two places of the x axis to pyqtgraph, if it has not got it already."""
        start = max(0, int(first))
        stop = max(start, min(len(self._values), int(last) + 2))
        if (start, stop) != self._drawn:
            self._drawn = (start, stop)
            values = self._values[start:stop]
            self.item.setData(*_steps(logs(values) if self._is_log else values, start))

    def set_look(self, theme: Theme, ratio: float) -> None:
        """Wear the theme with lines as wide as a screen of that pixel ratio needs them."""
        self.item.setPen(line_pen(theme, self.entry.role, self.entry.mark, ratio))
        if self._filled:
            self.item.setBrush(QBrush(tint(theme, self.entry.role)))

    def paint(self, painter: QPainter, plane: Plane, theme: Theme) -> None:
        """Draw the curve as it stands with a plain painter, as one path in the units of the picture."""
        if not self.item.isVisible():
            return
        to_plane = QTransform.fromTranslate(plane.x(0.0), plane.level(0.0))
        to_plane.scale(plane.x(1.0) - plane.x(0.0), plane.level(1.0) - plane.level(0.0))
        path = to_plane.map(self.item.getPath())
        if self._filled:
            foot = plane.level(0.0)
            for part in path.toSubpathPolygons():
                part.append(QPointF(part.last().x(), foot))
                part.append(QPointF(part.first().x(), foot))
                area = QPainterPath()
                area.addPolygon(part)
                painter.fillPath(area, tint(theme, self.entry.role))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line_pen(theme, self.entry.role, self.entry.mark, cosmetic=False))
        painter.drawPath(path)


def logs(values: Floats) -> Floats:
    """Logarithms to base ten; what is not above zero has none."""
    found: Floats = np.full(len(values), np.nan)
    np.log10(values, out=found, where=values > 0)
    return found


def _steps(values: Floats, start: int) -> tuple[Floats, Floats]:
    """The corners of the steps: every day from half a day before to half a day after."""
    count = len(values)
    if count > MOST_STEPS:
        return _spans(values, start)
    across = np.empty(2 * count)
    across[0::2] = np.arange(start, start + count) - 0.5
    across[1::2] = across[0::2] + 1
    return across, np.repeat(values, 2)


def _spans(values: Floats, start: int) -> tuple[Floats, Floats]:
    """The lowest and the highest of each group of days; a group without any value is a gap."""
    size = -(-len(values) // (MOST_STEPS // 2))
    at = np.arange(0, len(values), size)
    spans = np.empty(2 * len(at))
    spans[0::2] = np.fmin.reduceat(values, at)
    spans[1::2] = np.fmax.reduceat(values, at)
    return np.repeat(at + start + (size - 1) / 2, 2), spans


def ends_in_sight(curves: list[Floats], first: float, last: float) -> tuple[float, float] | None:
    """The lowest and the highest value between two places, None if there is none."""
    start, stop = max(0, int(first)), max(0, int(last) + 2)
    low, high = np.inf, -np.inf
    for values in curves:
        part = values[start:stop]
        if part.size:
            low = min(low, np.fmin.reduce(part, initial=np.inf))
            high = max(high, np.fmax.reduce(part, initial=-np.inf))
    return (float(low), float(high)) if low <= high else None
