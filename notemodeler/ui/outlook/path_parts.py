"""What a simulated path is shown in: the note's own charts, the card that says why, the conversions as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from notemodeler.app.path_words import PATH_COLUMNS, PathRow, path_rows
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.outlook.path_document import PathDocument
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme
from notemodeler.ui.why_card import WhyCard

if TYPE_CHECKING:
    from notemodeler.app.simulated_path import SimulatedPath

CAPTION = "Conversions of this path"
NEVER = "The holder never converts on this path."
CARD_WIDTH = 300


class PathParts(QSplitter):
    """Charts over the table at the left, the card at the right; all follow the cursor of the path's document."""

    def __init__(self, path: SimulatedPath, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("path.parts")
        self.setChildrenCollapsible(False)
        self.document = PathDocument(path, self)
        self.charts = ChartPanel(self.document, theme)
        self.charts.setObjectName("path.charts")
        self.table = ReadTable(self.document, theme, "path.conversions", CAPTION, PATH_COLUMNS)
        self.why = WhyCard(self.document, theme)
        self.why.setObjectName("path.why")
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.setChildrenCollapsible(False)
        left.addWidget(self.charts)
        left.addWidget(self.table)
        left.setStretchFactor(0, 1)
        left.setSizes([420, 140])
        self.addWidget(left)
        self.addWidget(self.why)
        self.setStretchFactor(0, 1)
        self.setSizes([720, CARD_WIDTH])
        self._rows: tuple[PathRow, ...] = ()
        self._show_rows(path)
        self.table.row_chosen.connect(self._go_to)

    def show_path(self, path: SimulatedPath) -> None:
        """Another path takes the place of this one."""
        self.document.show(path)
        self._show_rows(path)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.charts, self.table, self.why):
            part.set_theme(theme)

    def _show_rows(self, path: SimulatedPath) -> None:
        self._rows = path_rows(path)
        self.table.show_rows(self._rows, caption=CAPTION, remark="" if self._rows else NEVER)

    def _go_to(self, row: int) -> None:
        self.document.move_cursor(self._rows[row].happening.date)
