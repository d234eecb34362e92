"""What a price table leaves open, asked with both readings in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from notemodeler.io.price_files import Question


class QuestionBox(QWidget):
    """One question and a radio button for each reading; answered ones stay, to be answered otherwise."""

    answered = Signal(str, str)
    """The id of the question and the key of the option."""

    def __init__(self, question: Question, answer: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        sentence = QLabel(question.sentence, self)
        sentence.setWordWrap(True)
        column.addWidget(sentence)
        self.group = QButtonGroup(self)
        for key, reading in question.options:
            button = QRadioButton(reading.replace("&", "&&"), self)
            button.setObjectName(f"import.{question.id}.{key}")
            button.setAccessibleName(f"{question.sentence} {reading}")
            button.setChecked(key == answer)
            button.clicked.connect(lambda _=False, key=key: self.answered.emit(question.id, key))
            self.group.addButton(button)
            column.addWidget(button)
