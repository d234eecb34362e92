"""The questions that the window has to ask: which file, and what about unsaved work."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


class Answer(StrEnum):
    """What the user decided about unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Questions:
    """Asks with the system's own dialogs; tests put another object with the same methods in its place."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def about_unsaved_work(self, title: str) -> Answer:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Save the changes to “{title}”?")
        box.setInformativeText("If you do not save, the changes are lost.")
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.setDefaultButton(kinds.Save)
        answers = {kinds.Save: Answer.SAVE, kinds.Discard: Answer.DISCARD}
        return answers.get(kinds(box.exec()), Answer.CANCEL)

    def confirm(self, question: str, detail: str, yes: str) -> bool:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(question)
        box.setInformativeText(detail)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is agree

    def which_file_to_open(self, title: str, kinds: str, folder: Path) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self._parent, title, str(folder), kinds)
        return Path(name) if name else None

    def which_file_to_write(self, title: str, kinds: str, proposed: Path) -> Path | None:
        """The file to write; the dialog itself asks before an existing one is replaced."""
        name, _ = QFileDialog.getSaveFileName(self._parent, title, str(proposed), kinds)
        return Path(name) if name else None
