"""One term in the form: its label, its editor, and beneath it what follows from the value and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.editors import Editor
from notemodeler.ui.forms.message import Message
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.forms.rows_box import RowsBox
    from notemodeler.ui.forms.rows_drawer import RowsDrawer


class Row:
    """The widgets of one term; the page says where they stand. All of them are made when first needed.

    `applies` says whether the term means anything as the others stand, `is_open` whether its section
    is; the row is seen if both hold.
    """

    def __init__(
        self,
        field: Field,
        make: Callable[[Field], Editor],
        value_of: Callable[[str], Any],
        page: QWidget,
    ) -> None:
        self.field = field
        self.applies = True
        self.is_open = False
        self.refusal = ""
        self.hint = ""
        self.issues: tuple[Issue, ...] = ()
        self.value: Any = None
        """What the editor was last told to show."""
        self._make = make
        self._value_of = value_of
        self._page = page
        self._editor: Editor | None = None
        self._label: QLabel | None = None
        self._aside_text = ""
        self._aside: QLabel | None = None
        self._message: Message | None = None

    @property
    def is_made(self) -> bool:
        return self._editor is not None

    @property
    def editor(self) -> Editor:
        """The editor; made if it was not yet."""
        return self._editor or self.make()

    def make(self) -> Editor:
        """Make the label and the editor, which shows the document's value."""
        self._editor = editor = self._make(self.field)
        self._label = QLabel(self.field.term.label, self._page)
        self._label.setBuddy(editor)
        self._describe("")
        self.show_value()
        editor.fit_marks()
        self._show_parts()
        return editor

    def show_value(self) -> None:
        """Show the document's value in the editor."""
        self.value = self._value_of(self.field.name)
        self.editor.show_value(self.value)

    @property
    def label(self) -> QLabel:
        if self._label is None:
            self.make()
        assert self._label is not None
        return self._label

    @property
    def shown(self) -> bool:
        return self.applies and self.is_open

    @property
    def is_seen(self) -> bool:
        return self.shown and self.is_made

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

    @property
    def beneath(self) -> tuple[QWidget, ...]:
        """What stands under the editor now."""
        parts = (
            self._aside if self._aside_text else None,
            self._message if self.severity else None,
        )
        return tuple(part for part in (self._drawer, *parts) if part is not None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in the row, in reading order."""
        if self._editor is None:
            return ()
        drawer = self._drawer
        return (self._editor, *(drawer.stops if drawer is not None else ()))

    @property
    def _drawer(self) -> RowsDrawer | None:
        """The small table that is open under the row."""
        return self.box.drawer if self.box is not None else None

    @property
    def box(self) -> RowsBox | None:
        """The editor of a term that is a small table, once it is made."""
        if self._editor is None or self.field.term.kind.name != "rows":
            return None
        return cast("RowsBox", self._editor)

    def set_place(self, *, applies: bool, is_open: bool) -> bool:
        """Show or hide the whole row; True if that is a change."""
        before = self.shown
        self.applies, self.is_open = applies, is_open
        if before is self.shown:
            return False
        if self.is_made:
            self._show_parts()
        return True

    def tell(self, aside: str, theme: Theme) -> bool:
        """Say what follows and what is wrong, if the row is seen; True if it now needs another height."""
        if not self.is_seen:
            return False
        moved = self._set_aside(aside)
        return self.show_message(theme) or moved

    def _set_aside(self, text: str) -> bool:
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

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours what has been made."""
        if self._editor is None:
            return
        self.show_message(theme)
        self._editor.update()
        if self._drawer is not None:
            self._drawer.set_theme(theme)

    def _describe(self, problem: str) -> None:
        unit = f" Unit: {self.field.term.unit}." if self.field.term.unit else ""
        said = f"{problem} {self.field.term.help}{unit}".strip()
        if said != self.editor.accessibleDescription():
            self.editor.setAccessibleDescription(said)

    def _show_parts(self) -> None:
        for widget in (self.label, self.editor):
            widget.setVisible(self.shown)
        if self._drawer is not None:
            self._drawer.setVisible(self.shown)
        self._show_beneath()

    def _show_beneath(self) -> None:
        if self._aside is not None:
            self._aside.setVisible(self.shown and bool(self._aside_text))
        if self._message is not None:
            self._message.setVisible(self.shown and self.severity is not None)

    def place(self, label: QRect, editor: QRect) -> int:
        """Put the row's widgets there, what follows under the editor, a drawer and what is wrong under both.

        Returns the row's lowest pixel.
        """
        across = label.united(editor)
        if self.box is not None:
            editor = self.box.fitted(label, editor)
        self.label.setGeometry(label)
        self.editor.setGeometry(editor)
        bottom = editor.bottom() + 1
        if self._aside is not None and self._aside_text:
            bottom = _put_under(self._aside, editor, bottom + 2)
        if self._drawer is not None:
            height = self._drawer.height_for(across.width())
            self._drawer.setGeometry(across.x(), bottom + 3, across.width(), height)
            bottom += 3 + height
        if self._message is not None and self.severity is not None:
            bottom = _put_under(self._message, across, bottom + 3)
        return bottom


def _put_under(label: QLabel, above: QRect, top: int) -> int:
    height = label.heightForWidth(above.width())
    label.setGeometry(above.x(), top, above.width(), height)
    return top + height
