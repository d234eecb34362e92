"""A chart of ready figures over the days of a desk: lines, areas, dated events, one scale for all of them."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from notemodeler.domain.dates import show_date
from notemodeler.ui.charts.axes import ChartAxis
from notemodeler.ui.charts.curves import Floats, StepCurve, ends_in_sight
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.frame import ChartFrame, Values
from notemodeler.ui.charts.gestures import Draggable
from notemodeler.ui.charts.legend import Entry, Mark
from notemodeler.ui.charts.level_marks import Event, paint_events
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column, Plot
from notemodeler.ui.charts.scales import Scale
from notemodeler.ui.charts.shown import NOTHING, Figures, Shown
from notemodeler.ui.theme import Theme

ROOM_FOR_EVENTS = 0.12
"""The part of the scale that is kept free over the lines for the words of events."""


class LineChart(Plot):
    """Every line keeps its curve; what is shown may have fewer lines than before."""

    def __init__(
        self,
        frame: ChartFrame,
        desk: Desk,
        theme: Theme,
        scale: Scale,
        *,
        shows_dates: bool = False,
        hold: "MakeDrag | None" = None,
    ) -> None:
        self.scale = scale
        self.shown = NOTHING
        self._hold = hold
        super().__init__(frame, desk, theme, shows_dates=shows_dates)

    def make_drag(self) -> Draggable | None:
        return None if self._hold is None else self._hold(self)

    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]:
        return ChartAxis("left", self.scale.ticks), None

    def make_curves(self) -> list[StepCurve]:
        return [self._curve(entry, k) for k, entry in enumerate(self.frame.face.entries)]

    def _curve(self, entry: Entry, place: int) -> StepCurve:
        filled = entry.mark is Mark.AREA
        return StepCurve(self.view.box, entry, filled=filled, height=1 + place)

    def show(self, shown: Shown) -> None:
        """Take other figures, one line for each entry of the frame's face from the start, in its order."""
        self.shown, self.message = shown, shown.message
        given = {line.entry.label: line for line in shown.lines}
        entries = []
        for curve in self.curves:
            line = given.get(curve.entry.label)
            curve.set_values(_floats(line.values if line else ()))
            if curve.has_values:
                entries.append(curve.entry)
        self.frame.set_entries(tuple(entries))
        self.view.setAccessibleDescription(shown.summary)

    def values_range(self, first: float, last: float) -> tuple[float, float]:
        found = ends_in_sight([curve.values for curve in self.curves], first, last)
        if found is None:
            return 0.0, 1.0
        most = found[1] if self.shown.top is None else min(self.shown.top, found[1])
        low, high = self.scale.span(found[0], most)
        return low, high + (ROOM_FOR_EVENTS * (high - low) if self.shown.events else 0.0)

    def show_cursor(self) -> None:
        """The figures of the day under the cursor in the title row."""
        self.frame.set_values(self.figures())
        self.view.repaint_over()

    def figures(self) -> Values:
        """The day under the cursor and what each line says there."""
        if not self.desk.days or self.message:
            return ()
        at = self.desk.cursor
        word = self.shown.text or self.scale.text
        found = [("", show_date(self.desk.days[at]))]
        for line in self.shown.lines:
            value = line.values[at] if at < len(line.values) else np.nan
            if not np.isnan(value):
                found.append((line.entry.figure, word(value)))
        return tuple(found)

    def paint_ground(self, painter: QPainter, plane: Plane) -> None:
        """A shade over the days whose prices are assumed."""
        last = self.shown.recorded_until
        if last is None or not self.desk.days or last >= self.desk.days[-1]:
            return
        start = float(self.desk.place(last)) + (0.5 if last >= self.desk.days[0] else -0.5)
        painter.fillRect(plane.band(start, plane.last), QColor(self.theme.raised))

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:
        if self.pointer is not None and self.has_scale:
            value = self.scale.text(plane.value_at(self.pointer.y()))
            at = QPointF(plane.rect.left() - 2, self.pointer.y())
            self.tag(painter, at, value, self.theme.muted, left=True)

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:
        if not self.desk.days or self.message:
            return
        events = tuple(
            Event(float(self.desk.place(each.day)), each.text, each.role)
            for each in self.shown.events
        )
        paint_events(painter, plane, events, self.theme, self.font)

    def columns(self) -> list[Column]:
        return [(line.heading, _floats(line.values)) for line in self.shown.lines]


def _floats(values: Figures) -> Floats:
    return np.asarray(values, dtype=np.float64)


class MakeDrag(Protocol):
    """Makes what the mouse can take hold of in a chart."""

    def __call__(self, chart: LineChart) -> Draggable: ...
