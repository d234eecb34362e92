"""The widget around a table of records: a caption, the grid and the line that speaks."""

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.part import TablePart
from notemodeler.ui.tables.record_model import RecordModel
from notemodeler.ui.tables.status_line import StatusLine
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme


class RecordTable(TablePart):
    """Shows and edits the records of a `RecordModel`."""

    model: RecordModel

    moves_cursor = False
    """Whether selecting a row moves the document's cursor to its day."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        model: RecordModel,
        name: str,
        label: str,
        caption: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._document = document
        self.model = model
        model.setParent(self)
        self.view = GridView(model, f"{name}.table", label, self)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.status = StatusLine(theme, self)
        self._behind: Project | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if caption:
            column.addWidget(self._caption(caption))
        column.addWidget(self.view, 1)
        column.addWidget(self.status)
        model.said.connect(self.status.say)
        self.view.selectionModel().currentChanged.connect(self._look_at_row)
        document.changed.connect(self._follow)
        document.note_selected.connect(self._show_another_note)

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setContentsMargins(6, 3, 6, 3)
        return label

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind is not None:
            before, self._behind = self._behind, None
            self._follow(before, self._document.project)

    def _follow(self, before: Project, after: Project) -> None:
        if not self.isVisible():
            self._behind = self._behind or before
            return
        here = self.view.currentIndex()
        row, column = here.row(), here.column()
        if not self.model.draft:
            self.model.say("")  # what was said of the edit before this one
        if self.model.follow(before, after):
            self.model.dataChanged.emit(
                self.model.index(0, 0),
                self.model.index(self.model.rowCount() - 1, self.model.columnCount() - 1),
            )
        elif row >= 0:
            last = self.model.rowCount() - 1
            go_to(self.view, self.model.index(min(row, last), column))

    def _show_another_note(self) -> None:
        """What was being filled in belonged to the note shown before."""
        self.model.draft = {}
        self.status.say("")
        self._follow(self._document.project, self._document.project)

    def _look_at_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        day = self.model.day_of(current.row()) if current.isValid() else None
        moved = current.row() != previous.row() and not self.view.is_arriving
        if self.moves_cursor and day is not None and moved:
            self._document.move_cursor(trading_day(self._document, day))


def trading_day(document: Document, day: date) -> date:
    """The day, or the next trading day if the market is closed on it."""
    calendar = document.results.market.calendar
    return calendar.shifted(day, 0) if calendar.first <= day < calendar.last else day
