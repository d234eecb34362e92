"""A fan over trading days: bands between quantiles, their outlines and names, and the known past before them."""

from typing import Protocol

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from notemodeler.ui.charts.curves import Floats
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.frame import ChartFrame, Values
from notemodeler.ui.charts.gestures import CLICK_PIXELS, Draggable
from notemodeler.ui.charts.legend import Entry, tint
from notemodeler.ui.charts.line_chart import LineChart
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column
from notemodeler.ui.charts.scales import Scale
from notemodeler.ui.charts.shown import Figures, Shown
from notemodeler.ui.theme import Theme

KNOWN = 1
"""The face of a fan has so many entries before those of its quantiles, highest first."""
OUTER, INNER = 0.16, 0.34
VEIL = 150
"""How opaque the veil over a picture is that no longer holds."""


class Pick(Protocol):
    """Told that the user pointed at a quantile of a day: its place among the days, and which line."""

    def __call__(self, place: int, line: int) -> None: ...


class FanChart(LineChart):
    """The lines of its face: what is known, then the quantiles from the highest to the lowest."""

    def __init__(
        self, frame: ChartFrame, desk: Desk, theme: Theme, scale: Scale, pick: Pick,
        *, shows_dates: bool = False,
    ) -> None:  # fmt: skip
        self.pick = pick
        self.is_old = False
        self.errors: tuple[Figures, ...] = ()
        self._bands: list[tuple[QPainterPath, float]] = []
        super().__init__(frame, desk, theme, scale, shows_dates=shows_dates)

    def make_drag(self) -> Draggable | None:
        return FanPick(self)

    @property
    def rows(self) -> list[Floats]:
        """The quantiles by day, highest first."""
        return [curve.values for curve in self.curves[KNOWN:]]

    @property
    def role(self) -> str:
        entries: tuple[Entry, ...] = tuple(curve.entry for curve in self.curves)
        return entries[0].role

    def show_fan(self, shown: Shown, errors: tuple[Figures, ...]) -> None:
        """Take other figures; `errors` are the standard errors of the quantiles, highest first."""
        self.errors = errors
        self.show(shown)
        rows, last = self.rows, len(self.rows) - 1
        self._bands = [
            (_band(rows[at], rows[last - at]), part) for at, part in ((0, OUTER), (1, INNER))
        ]

    def set_old(self, is_old: bool) -> None:
        """Veil a picture that no longer holds, until there is another."""
        if is_old is not self.is_old:
            self.is_old = is_old
            self.view.repaint_over()

    def figures(self) -> Values:
        """The median with its standard error."""
        at, middle = self.desk.cursor, len(self.rows) // 2
        found = list(super().figures())
        word = self.curves[KNOWN + middle].entry.figure
        for place, (name, text) in enumerate(found):
            if name == word and at < len(self.errors[middle]):
                error = self.errors[middle][at]
                if not np.isnan(error):
                    found[place] = (name, f"{text} ± {self.scale.text(error).lstrip('$')}")
        return tuple(found)

    def columns(self) -> list[Column]:
        """Every line, and the standard error of every quantile."""
        found = super().columns()
        names = [curve.entry.label for curve in self.curves[KNOWN:]]
        title = self.frame.face.title
        errors = zip(names, self.errors, strict=False)
        return [*found, *((f"{title}, {name}, s.e.", np.asarray(e)) for name, e in errors)]

    def paint_ground(self, painter: QPainter, plane: Plane) -> None:
        super().paint_ground(painter, plane)
        if not self.has_scale:
            return
        painter.save()
        painter.setClipRect(plane.rect)
        to_plane = QTransform.fromTranslate(plane.x(0.0), plane.level(0.0))
        to_plane.scale(plane.x(1.0) - plane.x(0.0), plane.level(1.0) - plane.level(0.0))
        for path, part in self._bands:
            painter.fillPath(to_plane.map(path), tint(self.theme, self.role, part))
        painter.restore()

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:
        super().paint_marks(painter, plane)
        if self.message or not self.desk.days:
            return
        if self.shown.recorded_until is not None and not self.shown.events:
            self._paint_border(painter, plane)
        self._paint_names(painter, plane)

    def paint_over(self, painter: QPainter, plane: Plane) -> None:
        super().paint_over(painter, plane)
        if self.is_old and not self.is_printing:
            veil = QColor(self.theme.base)
            veil.setAlpha(VEIL)
            painter.fillRect(plane.rect, veil)

    def _paint_border(self, painter: QPainter, plane: Plane) -> None:
        """Where the known past ends."""
        last = self.shown.recorded_until
        assert last is not None
        place = float(self.desk.place(last))
        if plane.has_place(place):
            painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashDotLine))
            painter.drawLine(plane.down(place))

    def _paint_names(self, painter: QPainter, plane: Plane) -> None:
        """The quantiles by name at the right, pushed apart where they would meet."""
        at = min(len(self.desk.days) - 1, int(plane.last))
        metrics = QFontMetricsF(self.font)
        high = metrics.height() - 2
        named = [
            (plane.y(values[at]), curve.entry.label)
            for curve, values in zip(self.curves[KNOWN:], self.rows, strict=True)
            if at < len(values) and not np.isnan(values[at]) and plane.has_value(values[at])
        ]
        if len(named) * high > plane.rect.height():
            named = named[::2]
        if len(named) * high > plane.rect.height():
            named = named[1:-1]
        painter.setPen(QColor(self.theme.muted))
        ys = spread_out([y for y, _ in named], high, plane.rect.top(), plane.rect.bottom())
        for y, (_, name) in zip(ys, named, strict=True):
            box = QRectF(plane.rect.right() + 5, y - high / 2, 64, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)

    def show_pointer(self, at: QPointF | None, near: bool) -> None:
        super().show_pointer(at, False)
        if near:
            self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)


class FanPick:
    """A click between the outermost quantiles picks the nearest one; a drag moves the days as elsewhere."""

    def __init__(self, chart: FanChart) -> None:
        self.chart = chart
        self._from = QPointF()
        self._first = 0.0
        self._is_moving = False

    def line_at(self, at: QPointF) -> tuple[int, int] | None:
        """The day and the nearest line there; None outside the fan."""
        plane, rows = self.chart.view.plane, self.chart.rows
        if self.chart.message or self.chart.is_old or not plane.rect.contains(at):
            return None
        place = round(plane.place_at(at.x()))
        until = self.chart.shown.recorded_until
        if not 0 <= place < len(rows[0]) or (until and place <= self.chart.desk.place(until)):
            return None
        ys = [plane.y(row[place]) for row in rows]
        if np.isnan(ys).any() or not ys[0] - CLICK_PIXELS <= at.y() <= ys[-1] + CLICK_PIXELS:
            return None
        return place, int(np.argmin([abs(y - at.y()) for y in ys]))

    def is_near(self, at: QPointF) -> bool:
        return self.line_at(at) is not None

    def start(self, at: QPointF) -> None:
        self._from, self._first, self._is_moving = at, self.chart.desk.first, False

    def move(self, at: QPointF) -> None:
        if abs(at.x() - self._from.x()) > CLICK_PIXELS:
            self._is_moving = True
        if self._is_moving:
            days = (at.x() - self._from.x()) / self.chart.view.plane.day_width
            self.chart.desk.show_from(self._first - days)

    def finish(self) -> None:
        found = None if self._is_moving else self.line_at(self._from)
        if found is not None:
            self.chart.pick(*found)

    def cancel(self) -> bool:
        return False


def spread_out(ys: list[float], apart: float, top: float, bottom: float) -> list[float]:
    """Places in order from the top, moved as little as one pass each way needs to keep them apart."""
    found = list(ys)
    limit = top + apart / 2
    for at in range(len(found)):
        found[at] = max(found[at], limit)
        limit = found[at] + apart
    limit = bottom - apart / 2
    for at in reversed(range(len(found))):
        found[at] = min(found[at], limit)
        limit = found[at] - apart
    return found


def _band(upper: Floats, lower: Floats) -> QPainterPath:
    """The area between two lines of steps in days and values."""
    known = np.flatnonzero(~(np.isnan(upper) | np.isnan(lower)))
    if not len(known):
        return QPainterPath()
    across = np.empty(2 * len(known))
    across[0::2], across[1::2] = known - 0.5, known + 0.5
    x = np.concatenate((across, across[::-1]))
    y = np.concatenate((np.repeat(upper[known], 2), np.repeat(lower[known], 2)[::-1]))
    path: QPainterPath = pg.arrayToQPath(x, y, connect="all")
    path.closeSubpath()
    return path
