"""A column of charts: light frames at first, plots once `fill` is called; its menu, its pictures, its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notemodeler.ui.charts.frame import ChartFrame
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notemodeler.ui.charts.desk import Desk

GAP = 6
COPY_SCALE = 2
SUMMARY_DELAY = 400


class Drawing(Protocol):
    """What a stack needs to know of a chart in one of its frames."""

    @property
    def frame(self) -> ChartFrame: ...
    @property
    def view(self) -> QWidget: ...
    def set_look(self, theme: Theme) -> None: ...
    def set_printing(self, printing: bool) -> None: ...
    def render(self, painter: QPainter, at: QPointF) -> None:
        """Paint the chart with its upper left corner at a point of a picture."""


class ChartStack(QWidget):
    """The base of all panels of charts; a subclass makes the charts and says what they show."""

    save_requested = Signal(str)
    """The user wants the picture saved in this format: png, svg or pdf."""

    def __init__(
        self,
        name: str,
        label: str,
        faces: Sequence[Face],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.theme = theme
        self.desk: Desk | None = None
        self.is_filled = False
        self.is_stale = True
        self._summaries = QTimer(self)
        self._summaries.setSingleShot(True)
        self._summaries.setInterval(SUMMARY_DELAY)
        self._summaries.timeout.connect(self.describe)
        self.frames = tuple(ChartFrame(face, theme, self) for face in faces)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for frame in self.frames:
            layout.addWidget(frame, frame.face.stretch)

    # What a panel supplies.

    @property
    def drawings(self) -> Sequence[Drawing]:
        """The charts in the order of their frames, none before they are made."""
        raise NotImplementedError  # pragma: no cover - every panel has charts

    @property
    def heading(self) -> tuple[str, str]:
        """Over a picture: what it shows, and where the prices come from."""
        raise NotImplementedError  # pragma: no cover - every panel has one

    def make_charts(self) -> None:
        """Import what draws, and make the charts."""

    def refresh(self) -> None:
        """Bring the charts up to date with the document."""
        self.is_stale = False

    def summaries(self) -> list[str]:
        """Each chart in one or two sentences for those who cannot see it."""
        return [frame.face.purpose for frame in self.frames]

    def table(self) -> str:
        """The figures in sight with headings, tabs between the columns."""
        raise NotImplementedError  # pragma: no cover - every panel has figures

    # What all panels share.

    def fill(self) -> None:
        """Make the plots; later calls do nothing."""
        if self.is_filled:
            return
        self.is_filled = True
        self.make_charts()
        if self.drawings:
            self.setFocusProxy(self.drawings[0].view)
        self.refresh()

    def bring_up_to_date(self) -> None:
        """Fill and refresh if either is still to be done."""
        self.fill()
        if self.is_stale:
            self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours at once."""
        self.theme = theme
        for frame in self.frames:
            frame.set_theme(theme)
        for chart in self.drawings:
            chart.set_look(theme)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.set_theme(self.theme)  # lines are as wide as the new screen needs them
        return super().event(event)

    def describe_soon(self) -> None:
        """Put the charts into words once nothing has moved for a while."""
        self._summaries.start()

    def describe(self) -> None:
        """Put the charts into words for screen readers."""
        for chart, words in zip(self.drawings, self.summaries(), strict=True):
            chart.frame.setAccessibleDescription(words)
            chart.view.setAccessibleDescription(words)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from notemodeler.ui.charts.chart_menu import chart_menu

        self.fill()
        chart_menu(self).popup(event.globalPos())

    def picture(self, picture_format: str, scale: int = 1, *, dark: bool = False) -> bytes:
        """The charts with their title as `png` (`scale` 1 to 4), `svg` or `pdf`; light unless asked otherwise."""
        from notemodeler.ui.charts.pictures import picture_of

        self.bring_up_to_date()
        return picture_of(self, picture_format, scale, dark=dark)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard, light as documents are."""
        from PySide6.QtGui import QImage

        image = QImage.fromData(self.picture("png", COPY_SCALE))
        QGuiApplication.clipboard().setImage(image)

    def copy_data(self) -> None:
        """Put the figures in sight on the clipboard, ready for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.shown_data())

    def shown_data(self) -> str:
        """The figures in sight as a table with headings, tabs between the columns."""
        self.bring_up_to_date()
        return self.table()
