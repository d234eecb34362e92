"""The table of the list of notes: one row selected, Enter opens it, Delete removes it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QWidget

from notemodeler.ui.document import Document
from notemodeler.ui.note_list_model import HOLDER, NOTE, STATE, NoteListModel
from notemodeler.ui.note_list_rows import ListRow
from notemodeler.ui.tables import clipboard
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme

HOLDER_PART, SIGN_WIDTH = 0.24, 26
ROOM_FOR_WORDS, ROOM_FOR_HOLDER = 330, 440
"""Pixels from which on states have words, and holders a column of their own; below, tips tell both."""


class NoteListView(GridView):
    """The notes in their order; the selected row is the selected note."""

    rows_model: NoteListModel

    chosen = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        model = NoteListModel(document, theme)
        super().__init__(model, "notes.table", "Notes", parent)
        model.setParent(self)
        self.rows_model = model
        self._document = document
        self._is_following = False
        self._is_fitted = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._select_note)
        self.doubleClicked.connect(lambda _index: self.chosen.emit())

    def set_theme(self, theme: Theme) -> None:
        self.rows_model.set_theme(theme)
        self.viewport().update()

    def height_of(self, most: int) -> int:
        """The pixels for the heading and all lines, or for the most that may stand without scrolling."""
        lines = min(most, self.rows_model.rowCount())
        return self.horizontalHeader().sizeHint().height() + lines * self.rowHeight(0) + 2

    def show_rows(self, rows: tuple[ListRow, ...]) -> bool:
        """Take other rows; whether lines came, went or changed places."""
        self._is_following = True
        moved = self.rows_model.show_rows(rows)
        self._is_following = False
        if not self._is_fitted or moved:
            self._fit()
        self.select_row()
        return moved

    def _fit(self) -> None:
        self._is_fitted = True
        self.fit_columns()
        self._make_room()

    def _make_room(self) -> None:
        """The holder where there is room for it, or where the user asked for it."""
        wide, said = self.viewport().width(), self.shown_by_user(HOLDER)
        hidden = wide < ROOM_FOR_HOLDER if said is None else not said
        has_words = wide >= ROOM_FOR_WORDS
        if self.rows_model.show_words(has_words) and self._is_fitted:
            self.fit_columns()
        if not has_words:
            self.setColumnWidth(STATE, SIGN_WIDTH)
        if self.isColumnHidden(HOLDER) is not hidden:
            self.setColumnHidden(HOLDER, hidden)
        if not hidden:
            self.setColumnWidth(HOLDER, int(wide * HOLDER_PART))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def select_row(self) -> None:
        """Mark the row of the selected note."""
        row = self.rows_model.row_at(self._document.note_index)
        self._is_following = True
        if self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            go_to(self, self.rows_model.index(row, NOTE))
        self._is_following = False

    def _select_note(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._is_following or self.is_arriving or not current.isValid():
            return
        place = self.rows_model.rows[current.row()].place
        if place is not None:
            self._document.select_note(place)

    def copy(self, *, with_headings: bool = True) -> None:
        """The whole list with its headings goes to the clipboard."""
        model = self.rows_model
        columns = range(len(model.columns))
        cells = [[model.copy_text(row, c) for c in columns] for row in range(model.rowCount())]
        clipboard.put_on_clipboard(cells, [column.heading for column in model.columns])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.rows_model.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())
