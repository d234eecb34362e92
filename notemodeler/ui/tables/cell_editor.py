"""Typing into a cell: an invalid text keeps its editor open, Enter goes down and Tab goes right.

Where a row ends, Tab goes on to the next one; it adds a row in the making as Enter does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QWidget,
)

from notemodeler.domain.numbers import Unreadable
from notemodeler.ui.tables.model import Index, TableModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

KEEP = QAbstractItemDelegate.EndEditHint.NoHint
KEYS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Where the current cell goes after a key: so many rows down, so many columns right."""


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """The step a key asks for; Shift turns Enter round."""
    step = KEYS.get(Qt.Key(event.key()))
    if step and step[0] and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return -1, 0
    return step


class CellDelegate(QStyledItemDelegate):
    """Editors of the cells of a `TableModel`: a line of text, or a list where the words are few."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = _model_of(index)
        column = model.columns[index.column()]
        editor: QWidget
        if column.choices:
            editor = QComboBox(parent)
            for text in (*model.empty_choice(column), *(each.label for each in column.choices)):
                editor.addItem(text)
        else:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            editor.setAlignment(
                Qt.AlignmentFlag.AlignRight if column.is_numeric else Qt.AlignmentFlag.AlignLeft
            )
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(column.heading)
        editor.setObjectName(f"cell.{column.name}")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = _model_of(index).edit_text(index.row(), index.column())
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(text)))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(model, TableModel)
        model.type_text(index.row(), index.column(), text_of(editor))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = step_of(event)
            if step is not None and isinstance(editor, QWidget):
                self._finish(editor, step)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._forget_refusal()
        return super().eventFilter(editor, event)

    def _forget_refusal(self) -> None:
        """What was said about a text that is given up is no longer so."""
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        _model_of(view.currentIndex()).say("")

    def _finish(self, editor: QWidget, step: tuple[int, int]) -> None:
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        index = view.currentIndex()
        model = _model_of(index)
        try:
            model.read(index.column(), text_of(editor))
        except Unreadable as error:
            model.said.emit(str(error), True)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, KEEP)
        step_from(view, *step, was_typing=True)


def step_from(
    view: QAbstractItemView, rows: int, columns: int, *, was_typing: bool = False
) -> None:
    """To the next cell. Enter also ends a row in the making, and the next one begins at its first cell.

    So does Tab in the last cell that can be typed, after typing or in a row in the making.
    """
    model, here = view.model(), view.currentIndex()
    assert isinstance(model, TableModel)
    before = model.rowCount()
    ends_row = (
        columns > 0
        and here.isValid()
        and (was_typing or model.is_in_the_making(here.row()))
        and is_last_typed(view, here.row(), here.column())
    )
    if (rows or ends_row) and here.isValid():
        model.leave_row(here.row())
    if model.adds_at_end and model.rowCount() > before:
        go_to(view, model.index(model.rowCount() - 1, 0))
    elif ends_row and model.adds_at_end and here.row() + 1 < before:
        go_to(view, model.index(here.row() + 1, 0))
    else:
        move_by(view, rows, columns)


def is_last_typed(view: QAbstractItemView, row: int, column: int) -> bool:
    """Whether nothing can be typed further right in the row."""
    model = view.model()
    assert isinstance(model, TableModel)
    beyond = range(column + 1, model.columnCount())
    return not any(model.can_edit(row, each) and not _is_hidden(view, each) for each in beyond)


def move_by(view: QAbstractItemView, rows: int, columns: int) -> None:
    """Make the cell so many rows down and columns right the current one, over hidden columns."""
    index = view.currentIndex()
    model = view.model()
    row, column = index.row() + rows, index.column() + columns
    while columns and 0 <= column < model.columnCount() and _is_hidden(view, column):
        column += columns
    if 0 <= row < model.rowCount() and 0 <= column < model.columnCount():
        go_to(view, model.index(row, column))


def go_to(view: QAbstractItemView, index: Index) -> None:
    """Make a cell the only one selected, whatever keys are held."""
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    if view.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows:
        flags |= QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(index, flags)


def _is_hidden(view: QAbstractItemView, column: int) -> bool:
    hidden: bool = view.isColumnHidden(column)  # type: ignore[attr-defined]  # every view here is a QTableView
    return hidden


def text_of(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def _model_of(index: QModelIndex | QPersistentModelIndex) -> TableModel:
    model = index.model()
    assert isinstance(model, TableModel)
    return model
