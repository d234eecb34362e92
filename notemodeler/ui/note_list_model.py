"""The list of notes as a table: sums are bold, states have a shape and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont

from notemodeler.domain.kinds import MONEY, TEXT
from notemodeler.ui.document import Document
from notemodeler.ui.note_list_rows import INDENT, PRESSING, SIGNS, ListRow, rows_at_rest
from notemodeler.ui.tables.columns import TableColumn
from notemodeler.ui.tables.model import NOWHERE, READ_ONLY, ROLE, Index, TableModel
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE, HOLDER, OWED, STATE = range(4)
COLUMNS = (
    TableColumn("title", "Note", TEXT, 18, "The notes of the book, tranches of one agreement together."),
    TableColumn("holder", "Holder", TEXT, 12, "Who holds the note."),
    TableColumn("balance", "Owed, $", MONEY, 11, "Principal, interest and default sum on the day of the list."),
    TableColumn("state", "State", TEXT, 12, "How the note stands on the day of the list."),
)  # fmt: skip


class NoteListModel(TableModel):
    """Lines of the list; sums are bold and cannot be selected."""

    remove_wanted = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        self.rows: tuple[ListRow, ...] = rows_at_rest(document.project)
        self.has_words = True
        super().__init__(document, theme, COLUMNS, parent)

    def show_rows(self, rows: tuple[ListRow, ...]) -> bool:
        """Take other rows; whether lines came, went or changed places."""
        same = [row.place for row in rows] == [row.place for row in self.rows]
        if same:
            self.rows = rows
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def show_words(self, shown: bool) -> bool:
        """Show the states in words, or only their shapes; whether that is a change."""
        changed = shown is not self.has_words
        self.has_words = shown
        return changed

    def row_at(self, place: int) -> int:
        """The line of the note at a place of the book."""
        return next(k for k, row in enumerate(self.rows) if row.place == place)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def value(self, row: int, column: int) -> Any:
        return getattr(self.rows[row], COLUMNS[column].name)

    def text(self, row: int, column: int) -> str:
        line = self.rows[row]
        if column == NOTE:
            return (INDENT if line.is_tranche else "") + line.title
        if column == STATE:
            signs = SIGNS[line.state] if line.state else ()
            return " ".join(signs if self.has_words else signs[:1])
        return super().text(row, column)

    def copy_text(self, row: int, column: int) -> str:
        line = self.rows[row]
        return line.state_words if column == STATE else super().copy_text(row, column)

    def tip(self, row: int, column: int) -> str | None:
        line = self.rows[row]
        if column == STATE:
            return line.state_words or None
        return " — ".join(words for words in (line.title, line.holder) if words)

    def foreground(self, row: int, column: int) -> QColor | None:
        line = self.rows[row]
        if column == STATE and line.state in PRESSING:
            return self.warned
        return self.muted if column == HOLDER else self.inked

    def font(self, row: int, column: int) -> QFont | None:
        return self.bold if self.rows[row].place is None else None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.inked = QColor(theme.text)

    def remove(self, rows: Sequence[int]) -> None:
        self.remove_wanted.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_note = self.rows[index.row()].place is not None
        return READ_ONLY if is_note else Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if section == STATE and role == ROLE.DisplayRole and not self.has_words:
            return None
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = 0) -> Any:
        if role == ROLE.AccessibleTextRole and index.column() == STATE:
            return self.rows[index.row()].state_words
        return super().data(index, role)
