"""A distribution in a frame of its own, in a panel with the menu and the pictures of every chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.frame import ChartFrame, small_font
from notemodeler.ui.charts.histogram import Bars, HistogramView
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.stack import ChartStack, Drawing
from notemodeler.ui.theme import Theme


class Histogram:
    """The bars in a frame of a stack."""

    def __init__(self, frame: ChartFrame, theme: Theme) -> None:
        self.frame = frame
        self.view = HistogramView(theme)
        self.view.setFont(small_font(frame.font()))
        self.view.setObjectName(f"{frame.objectName()}.plot")
        self.view.setAccessibleName(frame.accessibleName())
        frame.hold(self.view)

    def set_look(self, theme: Theme) -> None:
        self.view.theme = theme
        self.view.update()

    def set_printing(self, printing: bool) -> None:
        self.view.is_printing = printing

    def render(self, painter: QPainter, at: QPointF) -> None:
        self.view.paint(painter, QRectF(at, QRectF(self.view.rect()).size()))


class HistogramPanel(ChartStack):
    """One distribution in a panel."""

    def __init__(self, name: str, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name, face.title, (face,), theme, parent)
        self.title, self.source = face.title, ""
        self.chart = Histogram(self.frames[0], theme)
        self.setFocusProxy(self.chart.view)
        self.is_filled = True

    @property
    def drawings(self) -> Sequence[Drawing]:
        return (self.chart,)

    @property
    def heading(self) -> tuple[str, str]:
        return self.title, self.source

    def show_bars(self, title: str, source: str, bars: Bars | None, message: str = "") -> None:
        """Take another distribution."""
        self.title, self.source = title, source
        self.frames[0].set_title(title)
        self.chart.view.show_bars(bars, message)
        self.describe_soon()

    def set_old(self, is_old: bool) -> None:
        """Veil figures that no longer hold, or show that they do."""
        if self.chart.view.is_old is not is_old:
            self.chart.view.is_old = is_old
            self.chart.view.update()

    def summaries(self) -> list[str]:
        view = self.chart.view
        if view.bars is None:
            return [view.message]
        return [f"{self.title}: " + "; ".join(f"{m.name} {m.text}" for m in view.bars.marks)]

    def table(self) -> str:
        """From, to and the part of the paths of each bar."""
        bars = self.chart.view.bars
        lines = ["From\tTo\tPart of the paths"]
        if bars is not None:
            for (low, high), part in zip(pairwise(bars.edges), bars.parts, strict=True):
                lines.append(f"{low!r}\t{high!r}\t{part!r}")
            if bars.beyond:
                lines.append(f"{bars.beyond_name}\t\t{bars.beyond!r}")
        return "\n".join(lines) + "\n"
