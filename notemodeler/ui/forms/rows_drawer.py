"""The small table that opens under a term which is one: its rows, a row to add, and what can be done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from notemodeler.domain.numbers import Style
from notemodeler.domain.terms import Field
from notemodeler.ui.document import Document
from notemodeler.ui.forms.rows_model import RowsModel
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.record_table import RecordTable
from notemodeler.ui.theme import Theme

MOST_ROWS = 9
"""Rows that are seen at once; more of them scroll."""
GAP, HEADING_ROOM = 4, 10


class RowsDrawer(QWidget):
    """Edits go straight to the document, one undo step each; Escape or Done closes the drawer."""

    done = Signal()
    resized = Signal()
    """The drawer needs another height."""

    def __init__(
        self, document: Document, theme: Theme, field: Field, style: Style, parent: QWidget
    ) -> None:
        super().__init__(parent)
        name, label = f"{field.name}.rows", field.term.label.removeprefix("… ")
        self.setObjectName(f"{name}.drawer")
        self.model = RowsModel(document, theme, field, style)
        self.table = RecordTable(document, theme, self.model, name, label, "", self)
        self.view = self.table.view
        self.view.horizontalHeader().setStretchLastSection(False)
        self._buttons = (
            self._button(f"{name}.delete", "Delete row", "Take the row out (Ctrl+−)", self._delete),
            self._button(f"{name}.paste", "Paste", "Put in rows from a spreadsheet (Ctrl+V)", self.view.paste),
            self._button(f"{name}.done", "Done", "Close the table (Esc)", self.done.emit),
        )  # fmt: skip
        self._lay_out()
        self.model.modelReset.connect(self.resized)
        self.model.dataChanged.connect(self.resized)
        self.model.said.connect(self.resized)

    def _button(self, name: str, text: str, tip: str, deed: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(f"{text}, {self.view.accessibleName()}")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: deed())
        return button

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        for button in self._buttons[:-1]:
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._buttons[-1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in reading order."""
        return (self.view, *self._buttons)

    def begin(self) -> None:
        """The focus goes to the first row, or to the empty one if there is no other."""
        self.view.setFocus()
        go_to(self.view, self.model.index(0, 0))

    def height_for(self, width: int) -> int:
        """Pixels for up to `MOST_ROWS` rows, the buttons and what is said; the columns take that width."""
        view, rows = self.view, self.model.rowCount()
        room = width - 2 * view.frameWidth()
        if rows > MOST_ROWS:
            room -= view.verticalScrollBar().sizeHint().width()
        fits = self._share_width(room)
        height = view.horizontalHeader().height() + 2 * view.frameWidth()
        height += min(rows, MOST_ROWS) * view.verticalHeader().defaultSectionSize()
        if not fits:
            height += view.horizontalScrollBar().sizeHint().height()
        if not self.table.status.isHidden():
            height += self.table.status.heightForWidth(width)
        return height + self._buttons[0].sizeHint().height() + 2 * GAP

    def _share_width(self, room: int) -> bool:
        """Columns as wide as they need to be; room that is left goes to all of them alike. Whether they fit."""
        view, columns, metrics = self.view, self.model.columns, self.view.fontMetrics()
        view.stack_headings()
        view.fit_columns()
        needed = sum(view.columnWidth(place) for place in range(len(columns)))
        spare = max(0, room - needed) // len(columns)
        for place in range(len(columns)):
            view.setColumnWidth(place, view.columnWidth(place) + spare)
        if all(
            metrics.horizontalAdvance(column.heading) + HEADING_ROOM < view.columnWidth(place)
            for place, column in enumerate(columns)
        ):
            view.horizontalHeader().setFixedHeight(metrics.height() + 8)
        return needed <= room

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)

    def finish(self) -> None:
        """Give up a row that is not complete."""
        self.model.draft = {}

    def _delete(self) -> None:
        self.view.delete_rows()
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)
