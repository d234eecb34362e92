"""A table to read and to copy: a caption with a button, the grid, and a remark beneath."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.columns import Column
from notemodeler.ui.document import Document
from notemodeler.ui.tables.part import TablePart
from notemodeler.ui.tables.read_model import ReadModel
from notemodeler.ui.tables.status_line import StatusLine
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme


class ReadView(GridView):
    """A grid that says when it has another width."""

    widened = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()


class ReadTable(TablePart):
    """Shows rows that were worked out elsewhere; Copy takes all of them with their headings."""

    model: ReadModel

    row_chosen = Signal(int)
    """The user went to a row."""
    row_opened = Signal(int)
    """The user opened a row, by a double click."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        name: str,
        label: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.model = ReadModel(document, theme, columns, self)
        self.view = ReadView(self.model, f"{name}.table", label, self)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.stack_headings()
        self._stretch()
        self.caption = QLabel(label, self)
        self.caption.setObjectName(f"{name}.caption")
        self.copy_button = self._copy_button(name, label)
        self.status = StatusLine(theme, self)
        self._remark = ""
        self._lay_out()
        self.model.said.connect(self._say)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.widened.connect(self._fit)
        self.view.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))

    def _copy_button(self, name: str, label: str) -> QToolButton:
        copy = QToolButton(self)
        copy.setObjectName(f"{name}.copy")
        copy.setText("Copy table")
        copy.setAccessibleName(f"Copy the table with headings: {label}")
        copy.setToolTip("Copy the whole table with its headings, for Word or Excel.")
        copy.clicked.connect(lambda: self.copy_all())
        return copy

    def _lay_out(self) -> None:
        self._tools = tools = QHBoxLayout()
        tools.setContentsMargins(6, 3, 4, 3)
        tools.addWidget(self.caption)
        tools.addStretch(1)
        tools.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.view, 1)
        column.addWidget(self.status)

    def add_tool(self, tool: QWidget) -> None:
        """Put something to choose with before the button."""
        self._tools.insertWidget(self._tools.count() - 1, tool)

    def show_rows(
        self,
        rows: Sequence[Any],
        sums: frozenset[int] = frozenset(),
        *,
        caption: str = "",
        remark: str = "",
        marked: frozenset[int] = frozenset(),
        columns: Sequence[Column] | None = None,
    ) -> None:
        """Take other rows; the remark is a sentence to stand under them."""
        if caption:
            self.caption.setText(caption)
            self.view.setAccessibleName(caption)
        if self.model.show_rows(rows, sums, marked=marked, columns=columns):
            self._stretch()
            self._fit()
        self._remark = remark
        self.status.say(remark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns by what they hold; where that is too wide, long texts give way, and tips show them whole."""
        if self.isVisible():
            self.view.fit_columns()
            self.view.make_room()

    def _stretch(self) -> None:
        """A text at the end takes the room that is left; a figure would stand far from the others."""
        columns = self.model.columns
        is_text = bool(columns) and not columns[-1].is_numeric
        self.view.horizontalHeader().setStretchLastSection(is_text)

    def copy_all(self) -> None:
        """The whole table with its headings goes to the clipboard, as text and as HTML."""
        self.view.selectAll()
        self.view.copy(with_headings=True)

    def _say(self, sentence: str, is_refusal: bool) -> None:
        self.status.say(" ".join(each for each in (self._remark, sentence) if each), is_refusal)

    def _choose(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() != previous.row() and not self.view.is_arriving:
            self.row_chosen.emit(current.row())
