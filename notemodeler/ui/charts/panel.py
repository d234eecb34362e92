"""The three linked charts: light frames at first, plots once `fill` is called."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notemodeler.domain.project import Project
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.frame import ChartFrame
from notemodeler.ui.charts.legend import FACES
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.chart import Chart

GAP = 6
COPY_SCALE = 2
SUMMARY_DELAY = 400


class ChartPanel(QWidget):
    """Explain view, shares and balance over the same days. Nothing is kept that the document does not say."""

    save_requested = Signal(str)
    """The user wants the picture saved in this format: png, svg or pdf."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("charts")
        self.setAccessibleName("Charts")
        self.document = document
        self.theme = theme
        self.desk = Desk(document, self)
        self.charts: tuple[Chart, ...] = ()
        self._is_stale = self._cursor_is_stale = True
        self._summaries = QTimer(self)
        self._summaries.setSingleShot(True)
        self._summaries.setInterval(SUMMARY_DELAY)
        self._summaries.timeout.connect(self.describe)
        self.frames = tuple(ChartFrame(face, theme, self) for face in FACES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for frame in self.frames:
            layout.addWidget(frame, frame.face.stretch)
        document.changed.connect(self._on_changed)
        document.cursor_moved.connect(self._on_cursor)
        self.desk.span_changed.connect(self._draw)
        self.desk.pin_changed.connect(self._draw)

    @property
    def is_filled(self) -> bool:
        return bool(self.charts)

    def fill(self) -> None:
        """Import pyqtgraph and make the plots; later calls do nothing."""
        if self.charts:
            return
        from notemodeler.ui.charts.balance_chart import BalanceChart
        from notemodeler.ui.charts.explain_chart import ExplainChart
        from notemodeler.ui.charts.shares_chart import SharesChart

        makers: tuple[Callable[..., Chart], ...] = (ExplainChart, SharesChart, BalanceChart)
        last = len(makers) - 1
        self.charts = tuple(
            make(frame, self.desk, self.theme, shows_dates=k == last)
            for k, (make, frame) in enumerate(zip(makers, self.frames, strict=True))
        )
        self.setFocusProxy(self.charts[0].view)
        self.refresh()

    def refresh(self) -> None:
        """Bring the plots up to date with the document."""
        self._is_stale = False
        if not self.charts:
            return
        results = self.document.results
        self.desk.set_days(results.chart_days)
        figures = results.daily
        for chart in self.charts:
            chart.show(results, figures)
        self._draw()
        self._show_cursor()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours at once."""
        self.theme = theme
        for frame in self.frames:
            frame.set_theme(theme)
        for chart in self.charts:
            chart.set_look(theme)

    def _on_changed(self, before: Project, after: Project) -> None:
        self._is_stale = True
        if before.issuer is not after.issuer and before.prices is not after.prices:
            self.desk.forget()  # no single edit touches both: another document was loaded
        if self.isVisible():
            self.refresh()

    def _on_cursor(self, day: date) -> None:
        self._cursor_is_stale = True
        if self.isVisible() and not self._is_stale:
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
        self._summaries.start()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.set_theme(self.theme)  # lines are as wide as the new screen needs them
        return super().event(event)

    def describe(self) -> None:
        """Put the charts into words for screen readers."""
        for chart in self.charts:
            words = chart.summary(self.document.results)
            chart.frame.setAccessibleDescription(words)
            chart.view.setAccessibleDescription(words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()
        elif self._cursor_is_stale:
            self._show_cursor()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from notemodeler.ui.charts.chart_menu import chart_menu

        self.fill()
        chart_menu(self).popup(event.globalPos())

    def picture(self, picture_format: str, scale: int = 1, *, dark: bool = False) -> bytes:
        """The charts with their title as `png` (`scale` 1 to 4), `svg` or `pdf`; light unless asked otherwise."""
        from notemodeler.ui.charts.pictures import picture_of

        self.fill()
        if self._is_stale:
            self.refresh()
        return picture_of(self, picture_format, scale, dark=dark)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard, light as documents are."""
        image = QImage.fromData(self.picture("png", COPY_SCALE))
        QGuiApplication.clipboard().setImage(image)

    def copy_data(self) -> None:
        """Put the figures in sight on the clipboard, ready for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.shown_data())

    def shown_data(self) -> str:
        """The figures of the days in sight as a table with headings, tabs between the columns."""
        from notemodeler.ui.charts.shown_data import table_of

        self.fill()
        if self._is_stale:
            self.refresh()
        return table_of(self.desk, self.charts)
