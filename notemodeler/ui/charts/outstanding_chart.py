"""The shares outstanding through time, stacked by the notes that issued them, under what the charter allows."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from notemodeler.domain.dates import show_date
from notemodeler.domain.project import Project
from notemodeler.engines.company.outstanding_path import HolderLine, OutstandingPath
from notemodeler.engines.words import percent
from notemodeler.ui.charts.axes import ChartAxis
from notemodeler.ui.charts.curves import Floats, StepCurve, ends_in_sight
from notemodeler.ui.charts.frame import Values, values_text
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.level_marks import Event, Level, paint_events, paint_levels
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column, Plot
from notemodeler.ui.charts.scales import SHARES
from notemodeler.ui.charts.ticks import shares_text
from notemodeler.ui.charts.value_words import split_words

BESIDES = Entry("outstanding besides", "muted", Mark.AREA)
SELECTED = Entry("under the selected note", "conversion", Mark.AREA, "selected note")
OTHER = Entry("under other notes", "shares", Mark.AREA)
LIMIT = Entry("its holder's limit", "limit", Mark.DASHES, "limit")
AUTHORISED = Entry("authorised", "error", Mark.DASH_DOTS, "authorised")
FACE = Face(
    "book.outstanding",
    "Shares outstanding",
    "The shares outstanding through time, stacked by the notes that issued them",
    (BESIDES, OTHER, SELECTED, LIMIT, AUTHORISED),
    10,
)
NO_COUNT = "Enter a count of shares outstanding to see how the notes add to it."
MOST_OVER = 1.8
"""A line further above the stack than so many times its height is named at the edge instead."""
LABEL_ROOM = 150.0


class OutstandingChart(Plot):
    """Areas lie on each other, the highest painted first, each filled down to zero in an opaque tint."""

    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]:
        return ChartAxis("left", SHARES.ticks), None

    def make_curves(self) -> list[StepCurve]:
        self.path: OutstandingPath | None = None
        self.selected = 0
        self.titles: tuple[str, ...] = ()
        self.stack: list[StepCurve] = []
        self.tops: list[Floats] = []
        self.limit = StepCurve(self.view.box, LIMIT, height=900)
        self.authorised = StepCurve(self.view.box, AUTHORISED, height=901)
        return [self.limit, self.authorised]

    def show(self, path: OutstandingPath, project: Project, selected: int) -> None:
        """Take the path of the book, and which note is selected."""
        self.path, self.selected = path, selected
        self.titles = tuple(note.title or note.holder for note in project.notes)
        layers = [path.base, *path.layers]
        self.tops = list(np.cumsum(np.vstack(layers), axis=0))
        self._keep_curves(len(layers))
        for place, (curve, top) in enumerate(zip(self.stack, self.tops, strict=True)):
            self._dress(curve, place)
            issued = place == 0 or bool(np.nansum(layers[place]) > 0)
            curve.set_values(top if issued else np.full(len(top), np.nan))
        line = self._limit_line()
        self.limit.set_values(line.level if line else np.full(len(path.days), np.nan))
        self.authorised.set_values(path.authorised)
        self.message = "" if not np.isnan(path.total).all() else NO_COUNT
        self.frame.set_entries(tuple(self._entries(line)))

    def _keep_curves(self, count: int) -> None:
        while len(self.stack) < count:
            self.stack.append(StepCurve(self.view.box, OTHER, filled=True))
        for extra in self.stack[count:]:
            extra.item.getViewBox().removeItem(extra.item)
        del self.stack[count:]
        self.curves = [*reversed(self.stack), self.limit, self.authorised]

    def _dress(self, curve: StepCurve, place: int) -> None:
        """Its colour by what it is, and its height: what lies lower is painted later."""
        role = "bid" if place % 2 else "shares"
        entry = BESIDES if place == 0 else OTHER._replace(role=role)
        curve.entry = SELECTED if place == self.selected + 1 else entry
        curve.item.setZValue(500 - place)
        curve.set_look(self.theme, self.frame.devicePixelRatioF())

    def _limit_line(self) -> HolderLine | None:
        assert self.path is not None
        return next((each for each in self.path.holders if self.selected in each.places), None)

    def _entries(self, line: HolderLine | None) -> Iterator[Entry]:
        assert self.path is not None
        issued = self.path.layers.max(axis=1, initial=0.0, where=~np.isnan(self.path.layers)) > 0
        yield BESIDES
        if issued[self.selected]:
            yield SELECTED
        if issued.sum() > int(issued[self.selected]):
            yield OTHER
        if line is not None and self.limit.has_values:
            yield LIMIT._replace(label=f"{line.name}'s {percent(line.limit)} limit")
        if self.authorised.has_values:
            yield AUTHORISED

    def values_range(self, first: float, last: float) -> tuple[float, float]:
        path = self.path
        found = ends_in_sight([path.total], first, last) if path is not None else None
        if found is None:
            return 0.0, 1.0
        ends = [found[1]]
        for curve in (self.limit, self.authorised):
            top = ends_in_sight([curve.values], first, last)
            if top is not None and top[1] <= MOST_OVER * found[1]:
                ends.append(top[1])
        return SHARES.span(0.0, max(ends))

    def show_cursor(self) -> None:
        """The counts of the day under the cursor."""
        self.frame.set_values(self.figures())
        self.view.repaint_over()

    def figures(self) -> Values:
        """The day, the shares outstanding on it, and what the selected note has issued by then."""
        path = self.path
        if path is None or not path.days or self.message:
            return ()
        at = self.desk.cursor
        found = [("", show_date(path.days[at]))]
        for words, value in (  # where there is no room for all, the first ones give way
            ("authorised", path.authorised[at]),
            ("limit", self.limit.values[at]),
            ("selected note", path.layers[self.selected][at] or np.nan),
            ("outstanding", path.total[at]),
        ):
            if not np.isnan(value):
                found.append((words, f"{value:,.0f}"))
        return tuple(found)

    # Marks.

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:
        if self.path is None or self.message:
            return
        self._paint_names(painter, plane)
        events = tuple(
            Event(
                float(self.desk.place(split.date)),
                split_words(split),
                "text",
            )
            for split in self.path.splits
        )
        paint_events(painter, plane, events, self.theme, self.font)
        paint_levels(painter, plane, tuple(self._far_levels(plane)), self.theme, self.font)

    def _far_levels(self, plane: Plane) -> Iterator[Level]:
        """The charter, where it allows so much that its line is out of sight."""
        known = self.authorised.values[~np.isnan(self.authorised.values)]
        if known.size and known[-1] > plane.high:
            yield Level(float(known[-1]), f"authorised {shares_text(known[-1])}", AUTHORISED.role)

    def _paint_names(self, painter: QPainter, plane: Plane) -> None:
        """Whose shares a band is, at its right end, where the band is high enough for the words."""
        metrics = QFontMetricsF(self.font)
        at = max(0, min(len(self.tops[0]) - 1, int(plane.last)))
        right = min(plane.x(at), plane.rect.right()) - 4
        below = self.tops[0][at]
        for place, top in enumerate(self.tops[1:]):
            high, low = plane.y(top[at]), plane.y(below)
            below = top[at]
            if not low - high >= metrics.height():
                continue
            box = QRectF(right - LABEL_ROOM, high, LABEL_ROOM, low - high)
            words = metrics.elidedText(self.titles[place], Qt.TextElideMode.ElideRight, LABEL_ROOM)
            painter.setPen(QColor(self.theme.text))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, words)

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:
        if self.pointer is not None:
            value = max(0.0, plane.value_at(self.pointer.y()))
            at = QPointF(plane.rect.left() - 2, self.pointer.y())
            self.tag(painter, at, shares_text(value), self.theme.muted, left=True)

    def summary(self) -> str:
        """The chart in words."""
        return self.message or f"{FACE.purpose}. {values_text(self.figures())}."

    def columns(self) -> list[Column]:
        path = self.path
        if path is None:
            return []
        return [
            ("Outstanding besides", path.base),
            *((title, layer) for title, layer in zip(self.titles, path.layers, strict=True)),
            ("Outstanding", path.total),
            ("Authorised", path.authorised),
            *((f"Limit of {each.name}", each.level) for each in path.holders),
        ]
