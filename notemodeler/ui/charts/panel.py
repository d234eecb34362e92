"""The three linked charts of the selected note: light frames at first, plots once `fill` is called."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from notemodeler.domain.project import Project
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import FACES
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.chart import Chart


class ChartPanel(ChartStack):
    """Explain view, shares and balance over the same days. Nothing is kept that the document does not say."""

    desk: Desk

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("charts", "Charts", FACES, theme, parent)
        self.document = document
        self.desk = Desk(document, self)
        self.charts: tuple[Chart, ...] = ()
        self._cursor_is_stale = True
        document.changed.connect(self._on_changed)
        document.note_selected.connect(self._on_note_selected)
        document.cursor_moved.connect(self._on_cursor)
        self.desk.span_changed.connect(self._draw)
        self.desk.pin_changed.connect(self._draw)

    @property
    def drawings(self) -> Sequence[Drawing]:
        return self.charts

    @property
    def heading(self) -> tuple[str, str]:
        """Whose note it is, and where the prices come from."""
        results = self.document.results
        names = (results.project.issuer.name, results.note.title)
        source = results.series.source if results.series is not None else ""
        return " — ".join(name for name in names if name), source

    def make_charts(self) -> None:
        """Import pyqtgraph and make the plots."""
        from notemodeler.ui.charts.balance_chart import BalanceChart
        from notemodeler.ui.charts.explain_chart import ExplainChart
        from notemodeler.ui.charts.shares_chart import SharesChart

        makers: tuple[Callable[..., Chart], ...] = (ExplainChart, SharesChart, BalanceChart)
        last = len(makers) - 1
        self.charts = tuple(
            make(frame, self.desk, self.theme, shows_dates=k == last)
            for k, (make, frame) in enumerate(zip(makers, self.frames, strict=True))
        )

    def refresh(self) -> None:
        super().refresh()
        if not self.charts:
            return
        results = self.document.results
        self.desk.set_days(results.chart_days)
        figures = results.daily
        for chart in self.charts:
            chart.show(results, figures)
        self._draw()
        self._show_cursor()

    def _on_changed(self, before: Project, after: Project) -> None:
        self.is_stale = True
        if before.issuer is not after.issuer and before.prices is not after.prices:
            self.desk.forget()  # no single edit touches both: another document was loaded
        if self.isVisible():
            self.refresh()

    def _on_note_selected(self) -> None:
        self._on_changed(self.document.project, self.document.project)

    def _on_cursor(self, day: date) -> None:
        self._cursor_is_stale = True
        if self.isVisible() and not self.is_stale:
            self._show_cursor()

    def _draw(self) -> None:
        for chart in self.charts:
            chart.draw()

    def _show_cursor(self) -> None:
        self._cursor_is_stale = False
        if not self.charts or not self.desk.days:
            return
        quote = self.document.results.quote(self.document.cursor_day)
        for chart in self.charts:
            chart.show_cursor(quote)
        self.describe_soon()

    def summaries(self) -> list[str]:
        return [chart.summary(self.document.results) for chart in self.charts]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_stale:
            self.refresh()
        elif self._cursor_is_stale:
            self._show_cursor()

    def table(self) -> str:
        """The figures of the days in sight."""
        from notemodeler.ui.charts.shown_data import table_of

        return table_of(self.desk, self.charts)
