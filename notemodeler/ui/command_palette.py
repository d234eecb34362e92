"""Find an action by typing what it is called."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from notemodeler.ui.actions import ActionRecord


class CommandPalette(QDialog):
    """A field and a list; Enter runs the chosen action."""

    def __init__(
        self, records: Iterable[ActionRecord], actions: dict[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find an action")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("Type what you want to do")
        self._field.setAccessibleName("Find an action")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Actions")
        for record in records:
            self._add(record, actions[record.id])
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self.resize(460, 380)
        self._field.textChanged.connect(self.narrow)
        self._field.returnPressed.connect(self.run_chosen)
        self._list.itemActivated.connect(lambda _item: self.run_chosen())
        self.narrow("")

    def _add(self, record: ActionRecord, action: QAction) -> None:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = f"{action.text()}   {keys}".replace("&", "").rstrip()
        item = QListWidgetItem(words, self._list)
        item.setData(Qt.ItemDataRole.UserRole, action)
        item.setToolTip(record.tip)

    def narrow(self, text: str) -> None:
        """Show only the actions that hold every typed word; one that is called so comes before one that only
        says so of itself.
        """
        words = text.lower().split()
        first = named = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            known = f"{item.text()} {item.toolTip()}".lower()
            fits = all(word in known for word in words)
            item.setHidden(not fits)
            first = item if fits and first is None else first
            if named is None and fits and all(word in item.text().lower() for word in words):
                named = item
        first = named or first
        if first is None:
            self._list.setCurrentRow(-1)
        else:
            self._list.setCurrentItem(first)

    def run_chosen(self) -> None:
        item = self._list.currentItem()
        if item is None:
            return
        action = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        action.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.setFocus()
            self._list.event(event)
            return
        super().keyPressEvent(event)
