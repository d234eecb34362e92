"""The line in which most terms are typed: strict reading, unit in the line, arrow keys, no text rewritten."""

from typing import Any, Protocol

from PySide6.QtCore import QMargins, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.domain.numbers import Style, Unreadable
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.marks import colour, paint_border
from notemodeler.ui.forms.readings import other_reading, read_term, show_term, unit_marks
from notemodeler.ui.forms.stepping import can_step, stepped
from notemodeler.ui.theme import Theme

STEP_KEYS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}
HELP_KEYS = (Qt.Key.Key_F1, Qt.Key.Key_Question)
GAP = 4


class Listener(Protocol):
    """What an editor tells the form, and the two facts that it asks of it.

    `rows_asked` opens or closes the table of a term; `rows_moved` says that an editor needs another height.
    """

    theme: Theme
    style_of_numbers: Style

    def value_typed(self, name: str, value: Any) -> None: ...
    def text_refused(self, name: str, sentence: str) -> None: ...
    def text_dropped(self, name: str) -> None: ...
    def entered(self, name: str) -> None: ...
    def left(self, name: str) -> None: ...
    def help_asked(self, name: str) -> None: ...
    def undo_asked(self, back: bool) -> None: ...
    def rows_asked(self, name: str) -> None: ...
    def rows_moved(self) -> None: ...


class LineEditor(QLineEdit):
    """One term as text. `unread` says whether the text stands for no value; the document has the last one."""

    def __init__(self, field: Field, listener: Listener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.unread = False
        self.value: Any = None
        self._listener = listener
        self._severity: Severity | None = None
        self._before, self._after = unit_marks(field.term)
        if field.term.empty:
            self.setPlaceholderText(field.term.empty)
        self.textEdited.connect(self._read)

    def show_value(self, value: Any) -> None:
        """Show a value in its canonical look, whatever was typed."""
        self.value, self.unread = value, False
        shown = show_term(self.field.term, value, self._listener.style_of_numbers)
        if shown != self.text():
            self.setText(shown)
            self.fit_marks()
            self.setCursorPosition(0)
        else:
            self.update()

    def mark(self, severity: Severity | None) -> None:
        """Paint the border of an issue, or none."""
        if severity is not self._severity:
            self._severity = severity
            self.update()

    def suffixes(self) -> tuple[str, ...]:
        """What may stand muted at the right end, best first: the other reading of the value, or its unit."""
        style = self._listener.style_of_numbers
        other = other_reading(self.field.term, self.value, self.text(), style)
        return (other, other.removeprefix("= ")) if other else (self._after,)

    def hint(self) -> str:
        """A sentence about how the typed text is read, if it could be read otherwise."""
        return ""

    def _read(self, text: str) -> None:
        self.fit_marks()
        try:
            value = read_term(self.field.term, text, self._listener.style_of_numbers)
        except Unreadable as refusal:
            self.unread = True
            self._listener.text_refused(self.field.name, str(refusal))
            return
        self.value, self.unread = value, False
        self._listener.value_typed(self.field.name, value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._listener.entered(self.field.name)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._settle()

    def _settle(self) -> None:
        if not self.unread:
            self.show_value(self.value)
        self._listener.left(self.field.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False leaves it to the line."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Undo):
            self._listener.undo_asked(True)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._listener.undo_asked(False)
        elif key in HELP_KEYS and (key is Qt.Key.Key_F1 or self.field.term.kind.name != "text"):
            self._listener.help_asked(self.field.name)
        elif key in STEP_KEYS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self._step(STEP_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            self.selectAll()
        elif key is Qt.Key.Key_Escape and self.unread:
            self._listener.text_dropped(self.field.name)
        else:
            return False
        return True

    def _step(self, count: int) -> bool:
        term = self.field.term
        if self.value is None or self.unread or not can_step(term):
            return False
        self.take_value(stepped(term, self.value, count))
        return True

    def take_value(self, value: Any) -> None:
        """Make a value that a gesture chose the term's own."""
        self.show_value(value)
        self.selectAll()
        self._listener.value_typed(self.field.name, value)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = self.palette()
        painter = QPainter(self)
        if self._severity:
            paint_border(self, painter, colour(self._listener.theme, self._severity), 2)
        elif not self.hasFocus():
            paint_border(self, painter, colours.color(QPalette.ColorRole.Mid), 1)
        painter.setPen(colours.color(QPalette.ColorRole.PlaceholderText))
        if self._before and self.text():
            box = QRect(GAP + 1, 0, self.width(), self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._before)
        self._paint_suffix(painter, self.suffixes())
        painter.end()

    def _paint_suffix(self, painter: QPainter, suffixes: tuple[str, ...]) -> None:
        """The first suffix that fits behind the text; none if none does."""
        metrics, margins = self.fontMetrics(), self.textMargins()
        text = self.text() or self.placeholderText()
        start = margins.left() + metrics.horizontalAdvance(text) + 3 * GAP
        room = self.width() - margins.right() - GAP - 2 - start
        for suffix in suffixes:
            if suffix and metrics.horizontalAdvance(suffix) <= room:
                box = QRect(start, 0, room, self.height())
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(box, flags, suffix)
                return

    def fit_marks(self) -> None:
        """Make room for what is painted before and after the text; called when the font changes too."""
        before = self.fontMetrics().horizontalAdvance(self._before) if self.text() else 0
        margins = QMargins(before + 2, 0, self.room_after(), 0)
        if margins != self.textMargins():
            self.setTextMargins(margins)

    def room_after(self) -> int:
        """Pixels at the right end that the text may not enter."""
        return 0
