"""Charts of ready figures one below the other over the same days, in a panel of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.scales import Scale
from notemodeler.ui.charts.shown import NOTHING, Shown
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.line_chart import LineChart, MakeDrag


class LineFace(NamedTuple):
    """A chart to be made: its face, its scale, and what can be dragged in it."""

    face: Face
    scale: Scale
    hold: MakeDrag | None = None


class LinePanel(ChartStack):
    """Its owner hands it days and figures; the desk says whose cursor it has."""

    desk: Desk

    def __init__(
        self,
        name: str,
        label: str,
        faces: Sequence[LineFace],
        desk: Desk,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, [each.face for each in faces], theme, parent)
        desk.setParent(self)
        self.desk = desk
        self.title, self.source = label, ""
        self._faces = faces
        self._days: Sequence[date] = ()
        self._shown: Sequence[Shown] = [NOTHING] * len(faces)
        self.charts: tuple[LineChart, ...] = ()
        desk.span_changed.connect(self._draw)
        desk.pin_changed.connect(self._draw)

    @property
    def drawings(self) -> Sequence[Drawing]:
        return self.charts

    @property
    def heading(self) -> tuple[str, str]:
        return self.title, self.source

    def make_charts(self) -> None:
        from notemodeler.ui.charts.line_chart import LineChart

        last = len(self.frames) - 1
        self.charts = tuple(
            LineChart(
                frame, self.desk, self.theme, each.scale, shows_dates=k == last, hold=each.hold
            )
            for k, (frame, each) in enumerate(zip(self.frames, self._faces, strict=True))
        )

    def show_figures(self, days: Sequence[date], shown: Sequence[Shown], title: str) -> None:
        """Take other figures, in the order of the faces."""
        self._days, self._shown, self.title = days, shown, title
        self.is_stale = True
        self.bring_up_to_date()

    def refresh(self) -> None:
        super().refresh()
        self.desk.set_days(self._days)
        for chart, shown in zip(self.charts, self._shown, strict=True):
            chart.show(shown)
        self._draw()
        self.show_cursor()

    def _draw(self) -> None:
        for chart in self.charts:
            chart.draw()

    def show_cursor(self) -> None:
        """Follow the cursor of the desk."""
        for chart in self.charts:
            chart.show_cursor()
        self.describe_soon()

    def summaries(self) -> list[str]:
        return [shown.message or shown.summary for shown in self._shown]

    def table(self) -> str:
        from notemodeler.ui.charts.shown_data import table_of

        return table_of(self.desk, self.charts)
