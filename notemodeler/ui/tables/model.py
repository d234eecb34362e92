"""What every table model here does: cells from columns, looks from the theme, edits as single named steps."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from notemodeler.domain.kinds import DATE, TEXT
from notemodeler.domain.numbers import CANONICAL, FORM, Style, Unreadable
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn
from notemodeler.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROLE = Qt.ItemDataRole
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
TYPED = READ_ONLY | Qt.ItemFlag.ItemIsEditable


class Cell(NamedTuple):
    """A value on its way into a cell."""

    row: int
    column: int
    value: Any


class TableModel(QAbstractTableModel):
    """Rows of typed and worked-out columns over a document. Rows are those of the view, sorted as it is."""

    said = Signal(str, bool)
    """A sentence for the line under the table, and whether it is a refusal."""
    adds_at_end = False
    """Whether the last row is always the one in which the next record is made."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        columns: tuple[TableColumn, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.set_columns(columns)
        self.style: Style = FORM
        self.heading_flags = 0
        self.bold = QFont()
        self.bold.setBold(True)
        self._answers = {
            int(ROLE.DisplayRole): self.text,
            int(ROLE.EditRole): self.edit_text,
            int(ROLE.ToolTipRole): self.tip,
            int(ROLE.TextAlignmentRole): self._alignment,
            int(ROLE.ForegroundRole): self.foreground,
            int(ROLE.BackgroundRole): self.background,
            int(ROLE.FontRole): self.font,
        }
        self.set_theme(theme)

    # What a table supplies.

    def value(self, row: int, column: int) -> Any:
        """The value of a cell; None for nothing."""
        raise NotImplementedError  # pragma: no cover - every table has values

    def write(self, cells: Sequence[Cell], doing: str = "Change") -> None:
        """Put the values into the document as one undo step; `doing` begins its sentence."""
        self.said.emit("This table is worked out and cannot be typed into.", True)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty the cells that may be empty, as one undo step."""
        empty = []
        for row, column in cells:
            term = self.columns[column].term
            if term and (term.optional or term.kind is TEXT) and not self.is_blank(row, column):
                empty.append(Cell(row, column, None if term.optional else ""))
        self.write(empty, "Clear")

    def remove(self, rows: Sequence[int]) -> None:
        """Take whole rows out of the document as one undo step."""
        self.said.emit("The rows of this table are worked out and cannot be deleted.", True)

    def insert(self, row: int) -> int | None:
        """Make an empty row near `row`; the row to go to, if there is one."""
        return None

    def paste(self, row: int, column: int, text: str) -> None:
        """Put a block of text in at a cell as one undo step."""
        self.said.emit("This table is worked out; nothing can be pasted into it.", True)

    def leave_row(self, row: int) -> None:
        """The user is done with a row: one that was being filled in becomes part of the document."""

    def is_in_the_making(self, row: int) -> bool:
        """Whether the row has cells filled in and is not yet part of the document."""
        return False

    def paste_own(self, row: int, rows: list[list[str]]) -> None:
        """Put rows in that this very table copied, in the canonical form of `own_row`."""
        self.paste(row, 0, "")

    def can_fill(self, column: int) -> bool:
        """Whether a value may be repeated down the column: anything typed but dates."""
        return self.columns[column].is_typed and self.columns[column].kind is not DATE

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        return self.columns[column].show(self.value(row, column), self.style)

    def text_below(self, column: int) -> str:
        """What stands under the column in a line of sums, if there is one."""
        return ""

    def tip(self, row: int, column: int) -> str | None:
        return None

    def foreground(self, row: int, column: int) -> QColor | None:
        return None if self.columns[column].is_typed else self.muted

    def background(self, row: int, column: int) -> QColor | None:
        return None

    def font(self, row: int, column: int) -> QFont | None:
        return None

    # What all tables share.

    def edit_text(self, row: int, column: int) -> str:
        """What an editor opens with: the whole value."""
        return self.columns[column].show(self.value(row, column), self.style)

    def copy_text(self, row: int, column: int) -> str:
        """What goes to the clipboard."""
        return self.edit_text(row, column)

    def own_row(self, row: int) -> list[str]:
        """The typed cells of a row in the canonical form, for a copy to this very table."""
        return [
            column.show(self.value(row, place), CANONICAL)
            for place, column in enumerate(self.columns)
            if column.is_typed
        ]

    def read(self, column: int, text: str) -> Any:
        """The value of a typed text; raises `Unreadable`."""
        return self.columns[column].read(text, self.style)

    def type_text(self, row: int, column: int, text: str) -> None:
        """Take over what was typed into a cell, or say why not."""
        if text == self.edit_text(row, column):
            return
        try:
            value = self.read(column, text)
        except Unreadable as error:
            self.said.emit(str(error), True)
            return
        self.said.emit("", False)
        self.write([Cell(row, column, value)])

    def can_edit(self, row: int, column: int) -> bool:
        return self.columns[column].is_typed

    def is_blank(self, row: int, column: int) -> bool:
        return self.value(row, column) in (None, "")

    def empty_choice(self, column: TableColumn) -> tuple[str, ...]:
        """The word for an empty cell in a list of choices, if it may be empty."""
        return (column.term.empty,) if column.term and column.term.optional else ()

    def set_columns(self, columns: tuple[TableColumn, ...]) -> None:
        """Take the columns; a table that has others later does so while it is reset."""
        self.columns = columns
        self._alignments = [RIGHT if column.is_numeric else LEFT for column in columns]

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; the view has to repaint."""
        self.muted = QColor(theme.muted)
        self.shade = QColor(theme.window_shade)
        self.warned = QColor(theme.warning)
        self.warning_shade = QColor(theme.warning_shade)
        self.marked = QColor(theme.conversion)

    def say(self, sentence: str) -> None:
        self.said.emit(sentence, False)

    # What Qt asks for.

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = 0) -> Any:
        answer = self._answers.get(role)
        return answer(index.row(), index.column()) if answer is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == ROLE.DisplayRole:
            return self.columns[section].heading
        if role == ROLE.ToolTipRole:
            return self.columns[section].help or None
        if role == ROLE.TextAlignmentRole:
            return self._alignments[section] | self.heading_flags
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return TYPED if self.can_edit(index.row(), index.column()) else READ_ONLY

    def setData(self, index: Index, value: Any, role: int = int(ROLE.EditRole)) -> bool:
        if role != ROLE.EditRole:
            return False
        self.type_text(index.row(), index.column(), str(value))
        return True

    def _alignment(self, row: int, column: int) -> int:
        return self._alignments[column]
