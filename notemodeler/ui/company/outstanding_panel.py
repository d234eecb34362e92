"""The chart of the shares outstanding as a panel that follows the document and its cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.outstanding_chart import OutstandingChart

FACE = Face(
    "book.outstanding",
    "Shares outstanding",
    "The shares outstanding through time, stacked by the notes that issued them",
    (),
    10,
)


class OutstandingPanel(ChartStack):
    """One chart over the days of the book; its owner says when to refresh."""

    desk: Desk

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("book.charts", "Shares outstanding", (FACE,), theme, parent)
        self.document = document
        self.desk = Desk(document, self)
        self.chart: OutstandingChart | None = None
        document.cursor_moved.connect(self._on_cursor)
        self.desk.span_changed.connect(self._draw)
        self.desk.pin_changed.connect(self._draw)

    @property
    def drawings(self) -> Sequence[Drawing]:
        return () if self.chart is None else (self.chart,)

    @property
    def heading(self) -> tuple[str, str]:
        name = self.document.project.issuer.name
        return " — ".join(words for words in (name, FACE.title) if words), ""

    def make_charts(self) -> None:
        from notemodeler.ui.charts.outstanding_chart import OutstandingChart

        self.chart = OutstandingChart(self.frames[0], self.desk, self.theme, shows_dates=True)

    def refresh(self) -> None:
        super().refresh()
        if self.chart is None:
            return
        from notemodeler.app.book import path_of

        path = path_of(self.document.results)
        self.desk.set_days(path.days)
        self.chart.show(path, self.document.project, self.document.note_index)
        self._draw()
        self._on_cursor()

    def _draw(self) -> None:
        if self.chart is not None and self.chart.path is not None:
            self.chart.draw()

    def _on_cursor(self, _day: object = None) -> None:
        if self.chart is not None and self.isVisible() and not self.is_stale and self.desk.days:
            self.chart.show_cursor()
            self.describe_soon()

    def summaries(self) -> list[str]:
        return [] if self.chart is None else [self.chart.summary()]

    def table(self) -> str:
        from notemodeler.ui.charts.shown_data import table_of

        return table_of(self.desk, () if self.chart is None else (self.chart,))
