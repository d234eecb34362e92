"""The book at a glance: one line for a single note, a list to choose from as soon as there are more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from notemodeler.ui.document import Document
from notemodeler.ui.note_list_rows import SIGNS, ListRow, rows_at_rest
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from notemodeler.ui.note_list_view import NoteListView

MOST_LINES = 14
MANY = 10**6
NO_LIMIT = 16777215
GAP = 12


class BookLine(QWidget):
    """Two texts in one line, bold at the left and muted at the right; the left one gives way."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notes.line")
        self._theme = theme
        self._left = self._right = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return ", ".join(words for words in (self._left, self._right) if words)

    def say(self, left: str, right: str, short: str = "") -> None:
        """The `short` words stand at the right where all of them would cut the left ones."""
        if (left, right) != (self._left, self._right):
            self._left, self._right, self._short = left, right, short or right
            self.setToolTip(self.text)
            self.setAccessibleName(self.text)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height() + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = QRectF(self.rect()).adjusted(10, 0, -4, 0)
        plain, bold = self.font(), QFont(self.font())
        bold.setBold(True)
        metrics, wanted = QFontMetricsF(plain), QFontMetricsF(bold).horizontalAdvance(self._left)
        right = self._right
        if wanted + GAP + metrics.horizontalAdvance(right) > row.width():
            right = self._short
        wide = metrics.horizontalAdvance(right) + 2
        painter.setPen(QColor(self._theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row, flags | Qt.AlignmentFlag.AlignRight, right)
        painter.setFont(bold)
        painter.setPen(QColor(self._theme.text))
        room = max(0.0, row.width() - wide - GAP)
        shown = QFontMetricsF(bold).elidedText(self._left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(row, flags, shown)


class NoteList(QWidget):
    """Follows the document; what it is told to do goes to the window's actions."""

    chosen = Signal()
    """The selected note was opened, by Enter or a double click."""
    remove_wanted = Signal()
    grown = Signal()
    """There are more or fewer lines than before."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes")
        self.setAccessibleName("Notes of the book")
        self.document = document
        self.theme = theme
        self.menu_actions: Callable[[], Sequence[QAction | None]] = tuple
        self._is_stale = False
        self._count = 0
        self.line = BookLine(theme, self)
        self.add = self._add_button()
        self._lay_out()
        document.changed.connect(self._follow)
        document.note_selected.connect(self._follow_selection)
        document.woke.connect(self._follow)
        self.refresh()

    def _add_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("notes.add")
        button.setText("+")
        button.setAccessibleName("Add, copy or remove notes")
        button.setToolTip("Add, copy or remove notes")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(
            lambda: self.note_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
        )
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 1, 4, 1)
        head.setSpacing(2)
        head.addWidget(self.line)
        head.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.setAlignment(head, Qt.AlignmentFlag.AlignTop)

    @cached_property
    def view(self) -> NoteListView:
        """The list, made for the first book of more than one note."""
        from notemodeler.ui.note_list_view import NoteListView

        view = NoteListView(self.document, self.theme, self)
        view.chosen.connect(self.chosen)
        view.rows_model.remove_wanted.connect(self.remove_wanted)
        view.menu_wanted.connect(lambda at: self.note_menu().popup(at))
        self._column.addWidget(view, 1)
        return view

    def note_menu(self) -> QMenu:
        """What can be done with notes, and copying the list."""
        menu = QMenu(self)
        menu.setObjectName("notes.menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for action in self.menu_actions():
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        if self._count > 1:
            menu.addSeparator()
            menu.addAction("Copy the &List", self.view.copy)
        return menu

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.line.set_theme(theme)
        if "view" in self.__dict__:
            self.view.set_theme(theme)

    def sizeHint(self) -> QSize:
        wide = super().sizeHint().width()
        high = self.line.sizeHint().height() + 2
        return QSize(wide, high + (self.view.height_of(MOST_LINES) if self._count > 1 else 0))

    # Following the document.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()
        if self._count == 1:
            self.grown.emit()  # a splitter gives a part more room than it may have

    def _follow(self, _before: object = None, _after: object = None) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _follow_selection(self) -> None:
        """A single note's line is that of the selected note; in a list only the mark moves."""
        if self._is_stale or self._count == 1:
            self._follow()
        else:
            self.view.select_row()

    def refresh(self) -> None:
        """Show the notes as the document has them, with what they have come to once it is awake."""
        self._is_stale = False
        rows, owed = self._rows()
        notes = [row for row in rows if row.place is not None]
        self._say(notes, owed)
        had_list, self._count = self._count > 1, len(notes)
        if self._count > 1:
            self.setMaximumHeight(NO_LIMIT)
            self.view.show()
            if self.view.show_rows(rows) or not had_list:
                self.grown.emit()
        elif had_list or self.maximumHeight() == NO_LIMIT:
            if "view" in self.__dict__:
                self.view.hide()
            self.setMaximumHeight(self.line.sizeHint().height() + 2)
            self.grown.emit()

    def _rows(self) -> tuple[tuple[ListRow, ...], str]:
        document = self.document
        if document.is_at_rest:
            return rows_at_rest(document.project), ""
        from notemodeler.domain.kinds import MONEY
        from notemodeler.ui.note_list_rows import rows_of

        positions = document.book.positions.rows
        return rows_of(positions), f"${MONEY.show(positions[-1].balance)} owed"

    def _say(self, notes: Sequence[ListRow], owed: str) -> None:
        if len(notes) > 1:
            self.line.say(f"{len(notes)} notes", owed)
            return
        state = SIGNS.get(notes[0].state)
        right = " · ".join(words for words in (owed, " ".join(state) if state else "") if words)
        short = " ".join((owed.removesuffix(" owed"), state[0])) if state else owed
        self.line.say(notes[0].title, right, short)
