"""The grid of every table: spreadsheet keys, the clipboard, filling down and hidden columns."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QWidget,
)

from notemodeler.ui.tables import clipboard
from notemodeler.ui.tables.cell_editor import go_to, step_from, step_of
from notemodeler.ui.tables.filling import fill, jump
from notemodeler.ui.tables.grid import Grid
from notemodeler.ui.tables.model import TableModel

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
MOST_CELLS_CLEARED = 2_000_000


class GridView(Grid):
    """A table view over a `TableModel` with everything that keys and menus do."""

    def __init__(self, model: TableModel, name: str, label: str, parent: QWidget) -> None:
        super().__init__(model, name, label, parent)
        self.is_arriving = False
        self.selectionModel().currentChanged.connect(self._leave_row)

    # What the menus and buttons call.

    def copy(self, *, with_headings: bool = False) -> None:
        """The smallest block that holds the selection goes to the clipboard."""
        block = self._selected_block()
        if block is None:
            return
        top, left, bottom, right = block
        model = self.rows_model
        columns = [c for c in range(left, right + 1) if not self.isColumnHidden(c)]
        rows = range(top, bottom + 1)
        cells = [[model.copy_text(row, column) for column in columns] for row in rows]
        headings = [model.columns[column].heading for column in columns] if with_headings else []
        own = ""
        if all(column in columns for column, each in enumerate(model.columns) if each.is_typed
               and not self.isColumnHidden(column)):  # fmt: skip
            own = clipboard.own_text(self.objectName(), [model.own_row(row) for row in rows])
        clipboard.put_on_clipboard(cells, headings, own)
        model.say(f"{len(cells):,} row{'s' * (len(cells) != 1)} copied.")

    def paste(self) -> None:
        """What is on the clipboard goes in at the current cell."""
        index = self.currentIndex()
        row, column = max(0, index.row()), max(0, index.column())
        own = clipboard.own_rows(self.objectName())
        if own:
            self.rows_model.paste_own(row, own)
        elif text := clipboard.clipboard_text():
            self.rows_model.paste(row, column, text)
        else:
            self.rows_model.say("There is no text on the clipboard.")

    def clear_cells(self) -> None:
        cells = [
            (row, column)
            for area in self._areas()
            if (area.bottom() - area.top()) < MOST_CELLS_CLEARED
            for row in range(area.top(), area.bottom() + 1)
            for column in range(area.left(), area.right() + 1)
            if self.rows_model.can_edit(row, column)
        ]
        self.rows_model.clear(cells)

    def delete_rows(self) -> None:
        self.rows_model.remove(self.selected_rows())

    def insert_row(self) -> None:
        """An empty row, and an editor in its first cell that can be typed."""
        row = self.rows_model.insert(max(0, self.currentIndex().row()))
        if row is not None:
            go_to(self, self.rows_model.index(row, max(0, self.currentIndex().column())))

    def fill_down(self) -> None:
        """The top row of the selection, or the cell above it, goes into the rows below."""
        block = self._selected_block()
        if block is not None:
            fill(self.rows_model, *block)

    def jump(self, rows: int, columns: int, *, selecting: bool = False) -> None:
        """To the end of the run of filled or empty cells, as spreadsheets do."""
        here = self.currentIndex()
        row, column = jump(self.rows_model, here.row(), here.column(), rows, columns)
        target = self.rows_model.index(row, column)
        if not selecting:
            go_to(self, target)
            return
        flags = QItemSelectionModel.SelectionFlag
        start = self._far_corner(here)
        self.selectionModel().setCurrentIndex(target, flags.NoUpdate)
        self.selectionModel().select(_area(start, target), flags.ClearAndSelect)

    def _far_corner(self, here: QModelIndex) -> QModelIndex:
        """The corner of the selection that lies across from the current cell."""
        areas = self._areas()
        if not areas:
            return here
        area = areas[0]
        row = area.bottom() if here.row() == area.top() else area.top()
        column = area.right() if here.column() == area.left() else area.left()
        return self.rows_model.index(row, column)

    def _areas(self) -> list[QItemSelectionRange]:
        """The rectangles selected; asking for every single index would take long."""
        # The stubs forget that a QItemSelection is a list.
        areas: list[QItemSelectionRange] = list(self.selectionModel().selection())  # type: ignore[call-overload]
        return areas

    def _selected_block(self) -> tuple[int, int, int, int] | None:
        areas = self._areas()
        if not areas:
            return None
        return (
            min(area.top() for area in areas),
            min(area.left() for area in areas),
            max(area.bottom() for area in areas),
            max(area.right() for area in areas),
        )

    def selected_rows(self) -> list[int]:
        rows: set[int] = set()
        for area in self._areas():
            rows.update(range(area.top(), area.bottom() + 1))
        return sorted(rows)

    # Keys and menus.

    def event(self, event: QEvent) -> bool:
        # Without this, the window's own Copy and Paste actions would take the keys first.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._deed_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed_of(event)
        if deed is not None:
            deed()
            event.accept()
            return
        step = step_of(event)
        if step is not None and self.state() is not QAbstractItemView.State.EditingState:
            if step[1] and not self._can_step(step[1]) and not self._completes(step[1]):
                super().keyPressEvent(event)
                return
            step_from(self, *step)
            event.accept()
            return
        super().keyPressEvent(event)

    def _can_step(self, columns: int) -> bool:
        """At the end of a row Tab leaves the table, so that it is no trap."""
        place = self.currentIndex().column() + columns
        return self.currentIndex().isValid() and 0 <= place < self.rows_model.columnCount()

    def _completes(self, columns: int) -> bool:
        """Whether Tab stands at the end of a row in the making, which it adds."""
        here = self.currentIndex()
        return columns > 0 and here.isValid() and self.rows_model.is_in_the_making(here.row())

    def _deed_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        standard = QKeySequence.StandardKey
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key is Qt.Key.Key_C and held == CONTROL | SHIFT:
            return lambda: self.copy(with_headings=True)
        if event.matches(standard.Copy):
            return self.copy
        if event.matches(standard.Paste):
            return self.paste
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held:
            return self.clear_cells
        if not held & CONTROL:
            return None
        if key in ARROWS and not held & ~(CONTROL | SHIFT):
            step = ARROWS[key]
            return lambda: self.jump(*step, selecting=bool(held & SHIFT))
        return {
            Qt.Key.Key_D: self.fill_down,
            Qt.Key.Key_Plus: self.insert_row,
            Qt.Key.Key_Equal: self.insert_row,
            Qt.Key.Key_Minus: self.delete_rows,
        }.get(key)

    def _leave_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        if previous.isValid() and previous.row() != current.row():
            self.rows_model.leave_row(previous.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes the first cell current when a table gets the focus: nobody selected that row.
        self.is_arriving = True
        super().focusInEvent(event)
        self.is_arriving = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        taker = self.window().focusWidget()
        if self.currentIndex().isValid() and not (taker and self.isAncestorOf(taker)):
            self.rows_model.leave_row(self.currentIndex().row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(event.globalPos())

    def fill_menu(self, menu: QMenu) -> None:
        """The deeds of this table, with their keys."""
        deeds: list[tuple[str, str, Callable[[], None]]] = [
            ("&Copy", "Ctrl+C", self.copy),
            ("Copy with &headings", "Ctrl+Shift+C", lambda: self.copy(with_headings=True)),
        ]
        if any(column.is_typed for column in self.rows_model.columns):
            deeds += [
                ("&Paste", "Ctrl+V", self.paste),
                ("&Insert row", "Ctrl++", self.insert_row),
                ("&Delete rows", "Ctrl+-", self.delete_rows),
                ("Cl&ear cells", "Del", self.clear_cells),
                ("&Fill down", "Ctrl+D", self.fill_down),
            ]
        for text, keys, deed in deeds:
            menu.addAction(f"{text}\t{keys}").triggered.connect(lambda _=False, deed=deed: deed())


def _area(start: QModelIndex, end: QModelIndex) -> QItemSelection:
    model = start.model()
    top, bottom = sorted((start.row(), end.row()))
    left, right = sorted((start.column(), end.column()))
    return QItemSelection(model.index(top, left), model.index(bottom, right))
