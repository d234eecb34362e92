"""The tables of an outlook: percentiles of each figure with their errors, and the notes of the book in short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton, QWidget

from notemodeler.app.outlook_columns import FIGURES, FIRST_LEVEL
from notemodeler.domain.columns import Column
from notemodeler.ui.document import Document
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.app.outlook_columns import FigureRow

HINT = (
    "Look into a path that lands at the chosen percentile. A double click on it does the same, "
    "and so does a click in a fan, on a bar or on a percentile of the distribution."
)


class VeiledTable(ReadTable):
    """A table whose figures can be shown as those of before."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        name: str,
        label: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, theme, name, label, columns, parent)
        self._theme, self.is_old = theme, False

    def set_old(self, is_old: bool) -> None:
        """Grey figures that no longer hold, or show that they do."""
        if is_old is not self.is_old:
            self.is_old = is_old
            self._colour()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        self.model.inked = QColor(self._theme.muted if self.is_old else self._theme.text)
        self.view.viewport().update()


class FiguresTable(VeiledTable):
    """A row is chosen to see its distribution, a percentile is opened to see its path."""

    level_opened = Signal(str, int)
    """The name of a figure and the place of a percentile."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "outlook.figures", "Figures", FIGURES, parent)
        self.path_button = QToolButton(self)
        self.path_button.setObjectName("outlook.figures.path")
        self.path_button.setText("Show path")
        self.path_button.setToolTip(HINT)
        self.view.setAccessibleDescription(HINT)
        self.path_button.setEnabled(False)
        self.path_button.clicked.connect(lambda: self.open_at(self.view.currentIndex()))
        self.add_tool(self.path_button)
        self.view.doubleClicked.connect(self.open_at)
        self.view.selectionModel().currentChanged.connect(self._follow_cell)

    @property
    def chosen(self) -> str:
        """The name of the figure of the current row, the first one before any is chosen."""
        row = self.view.currentIndex().row()
        rows: Sequence[FigureRow] = self.model.rows
        return rows[row].name if 0 <= row < len(rows) else "issued"

    def open_at(self, index: QModelIndex) -> None:
        """Open the percentile of a cell, if there is one."""
        level = self._level(index)
        if level is not None and not self.is_old:
            self.level_opened.emit(self.model.rows[index.row()].name, level)

    def _level(self, index: QModelIndex) -> int | None:
        level = index.column() - FIRST_LEVEL
        if not index.isValid() or level < 0:
            return None
        row: FigureRow = self.model.rows[index.row()]
        return None if row.spread is None else level

    def _follow_cell(self, current: QModelIndex) -> None:
        self.path_button.setEnabled(self._level(current) is not None)
