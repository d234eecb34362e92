"""The line that says what is being worked out, how far it is, and lets the user end it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

STEPS = 1000
BAR_WIDTH, BAR_HEIGHT = 110, 10


class WorkingLine(QWidget):
    """Keeps its place while nothing is worked out, so that nothing moves when it begins."""

    cancel_asked = Signal()
    again_asked = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.words = QLabel(self)
        self.words.setObjectName(f"{name}.words")
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}.progress")
        self.bar.setAccessibleName("Progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(BAR_WIDTH, BAR_HEIGHT)
        self.button = QToolButton(self)
        self.button.setObjectName(f"{name}.cancel")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._press)
        rule = self.button.sizePolicy()
        rule.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(rule)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 4, 2)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.button)
        self._works = False
        self._label("Cancel")
        self.say("")

    @property
    def works(self) -> bool:
        """Whether something is being worked out."""
        return self._works

    def begin(self, words: str, *, knows_part: bool) -> None:
        """Something begins; its part done is told later if that can be known."""
        self._works = True
        self.words.setText(words)
        self.bar.setRange(0, STEPS if knows_part else 0)
        self.bar.setValue(0)
        self.bar.show()
        self._label("Cancel")
        self.button.show()

    def tell(self, part: float) -> None:
        """So much of it is done, from 0 to 1."""
        self.bar.setValue(round(part * STEPS))

    def say(self, words: str, *, can_begin_again: bool = False) -> None:
        """It is over; what was found, or that it was ended."""
        self._works = False
        self.words.setText(words)
        self.bar.setRange(0, STEPS)  # a bar without an end would go on moving unseen
        self.bar.hide()
        self._label("Work it out")
        self.button.setVisible(can_begin_again)

    def _label(self, words: str) -> None:
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def _press(self) -> None:
        (self.cancel_asked if self._works else self.again_asked).emit()
