"""One term in the form: its label, its editor, and beneath it what follows from the value and what is wrong."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.editors import Editor
from notemodeler.ui.forms.message import Message
from notemodeler.ui.theme import Theme


class Row:
    """The widgets of one term; the page says where they stand. The lines beneath are made when first needed."""

    def __init__(self, field: Field, editor: Editor, page: QWidget) -> None:
        self.field = field
        self.editor = editor
        self.label = QLabel(field.term.label, page)
        self.label.setBuddy(editor)
        self.shown = True
        self.refusal = ""
        self.hint = ""
        self.issues: tuple[Issue, ...] = ()
        self._page = page
        self._aside_text = ""
        self._aside: QLabel | None = None
        self._message: Message | None = None

    @property
    def severity(self) -> Severity | None:
        """The worst that is said about the term, None if nothing is."""
        if self.refusal or any(issue.is_error for issue in self.issues):
            return Severity.ERROR
        return self.issues[0].severity if self.issues else None

    @property
    def message_text(self) -> str:
        """What is said about the term; text that cannot be read comes before anything else."""
        return self.refusal or " ".join(issue.text for issue in self.issues)

    def set_shown(self, shown: bool) -> bool:
        """Show or hide the whole row; True if that is a change."""
        changed = shown is not self.shown
        if changed:
            self.shown = shown
            for widget in (self.label, self.editor):
                widget.setVisible(shown)
            self._show_beneath()
        return changed

    def set_aside(self, text: str) -> bool:
        """Say what follows from the value; True if the row now needs another height."""
        if text == self._aside_text:
            return False
        before = self._aside_text
        self._aside_text = text
        if text and self._aside is None:
            self._aside = QLabel(self._page)
            self._aside.setWordWrap(True)
            self._aside.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if self._aside is None:
            return False
        self._aside.setText(text)
        self._show_beneath()
        fits = self._aside.heightForWidth(self._aside.width()) == self._aside.height()
        return bool(before) is not bool(text) or not fits

    def show_message(self, theme: Theme) -> bool:
        """Say under the field what is wrong, mark its editor; True if the row now needs another height."""
        severity, text = self.severity, self.message_text
        before = self._message.text() if self._message else ""
        self.editor.mark(severity)
        if severity is not None:
            if self._message is None:
                self._message = Message(self._page)
            self._message.say(severity, text, theme)
        elif self._message is not None:
            self._message.clear()
        self._describe(text)
        self._show_beneath()
        return before != text

    def _describe(self, problem: str) -> None:
        unit = f" Unit: {self.field.term.unit}." if self.field.term.unit else ""
        said = f"{problem} {self.field.term.help}{unit}".strip()
        if said != self.editor.accessibleDescription():
            self.editor.setAccessibleDescription(said)

    def _show_beneath(self) -> None:
        if self._aside is not None:
            self._aside.setVisible(self.shown and bool(self._aside_text))
        if self._message is not None:
            self._message.setVisible(self.shown and self.severity is not None)

    def place(self, label: QRect, editor: QRect) -> int:
        """Put the row's widgets there, what follows under the editor and what is wrong under both.

        Returns the row's lowest pixel.
        """
        self.label.setGeometry(label)
        self.editor.setGeometry(editor)
        bottom = editor.bottom() + 1
        if self._aside is not None and self._aside_text:
            bottom = _put_under(self._aside, editor, bottom + 2)
        if self._message is not None and self.severity is not None:
            bottom = _put_under(self._message, label.united(editor), bottom + 3)
        return bottom


def _put_under(label: QLabel, above: QRect, top: int) -> int:
    height = label.heightForWidth(above.width())
    label.setGeometry(above.x(), top, above.width(), height)
    return top + height
