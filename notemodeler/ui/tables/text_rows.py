"""Plain rows of text to read, any number of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from notemodeler.ui.tables.model import NOWHERE, RIGHT, ROLE, Index


class TextRows(QAbstractTableModel):
    """Rows of ready texts under headings; figures stand on the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: tuple[str, ...] = ()
        self.rows: Sequence[Sequence[str]] = ()
        self.figures: frozenset[int] = frozenset()

    def show(
        self,
        headings: tuple[str, ...],
        rows: Sequence[Sequence[str]],
        figures: frozenset[int] = frozenset(),
    ) -> None:
        self.beginResetModel()
        self.headings, self.rows, self.figures = headings, rows, figures
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = 0) -> Any:
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return self.rows[index.row()][index.column()]
        return RIGHT if role == ROLE.TextAlignmentRole and index.column() in self.figures else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return self.headings[section]
        return None


def text_view(model: TextRows, name: str, label: str, parent: QWidget) -> QTableView:
    """A grid for such rows."""
    view = QTableView(parent)
    view.setObjectName(name)
    view.setAccessibleName(label)
    view.setModel(model)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(view.fontMetrics().height() + 6)
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setHighlightSections(False)
    return view
