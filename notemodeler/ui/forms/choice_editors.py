"""The editors that are not typed into: a closed list and a check box."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.domain.kinds import Choice, ChoiceKind
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.line_editor import HELP_KEYS, Listener
from notemodeler.ui.forms.marks import colour, paint_border
from notemodeler.ui.tick_box import TickBox

TEXT_INSET = 8


class ChoiceEditor(QComboBox):
    """One of a closed list. The wheel turns it only while it has the focus."""

    unread = False

    def __init__(self, field: Field, listener: Listener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._listener = listener
        self._severity: Severity | None = None
        kind = field.term.kind
        if not isinstance(kind, ChoiceKind):
            raise TypeError(f"{field.name} is not a choice")
        self._choices: list[Choice] = list(kind.choices)
        self.addItems([choice.label for choice in self._choices])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._choose)

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(-1 if value is None else self._choices.index(value))

    def mark(self, severity: Severity | None) -> None:
        if severity is not self._severity:
            self._severity = severity
            self.update()

    def fit_marks(self) -> None:
        """Nothing is painted beside the text."""

    def hint(self) -> str:
        """A choice can be read in one way only."""
        return ""

    def _choose(self, place: int) -> None:
        self._listener.value_typed(self.field.name, self._choices[place])

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """The list opens wide enough for its longest line."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth() + 8)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._listener.entered(self.field.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in HELP_KEYS:
            self._listener.help_asked(self.field.name)
        else:
            super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """As the box fills it in, but with an ellipsis where the label is longer than the room for it."""
        super().initStyleOption(option)
        room = self.width() - self.height() - TEXT_INSET
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = shown

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self._severity:
            paint_border(self, painter, colour(self._listener.theme, self._severity), 2)
        elif not self.hasFocus():
            paint_border(self, painter, self.palette().color(QPalette.ColorRole.Mid), 1)
        painter.end()


class FlagEditor(TickBox):
    """Yes or no, said beside the box."""

    unread = False

    def __init__(self, field: Field, listener: Listener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._listener = listener
        self.clicked.connect(self._choose)

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))
        self.setText(self.field.term.kind.show(bool(value), self._listener.style_of_numbers))

    def mark(self, severity: Severity | None) -> None:
        """An issue of a flag is said under it; the box keeps its looks."""

    def fit_marks(self) -> None:
        """Nothing is painted beside the text."""

    def hint(self) -> str:
        """A choice can be read in one way only."""
        return ""

    def _choose(self, checked: bool) -> None:
        self.show_value(checked)
        self._listener.value_typed(self.field.name, checked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._listener.entered(self.field.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in HELP_KEYS:
            self._listener.help_asked(self.field.name)
        else:
            super().keyPressEvent(event)
