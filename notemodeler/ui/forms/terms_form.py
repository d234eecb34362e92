"""The form of a document's terms, made from the list of fields: a picture of the document to type into."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import Style
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, Project, field_value
from notemodeler.ui.document import Document
from notemodeler.ui.forms.editors import Editor, make_editor
from notemodeler.ui.forms.issue_bar import IssueBar
from notemodeler.ui.forms.line_editor import LineEditor
from notemodeler.ui.forms.locale_style import style_from_locale
from notemodeler.ui.forms.page import Page
from notemodeler.ui.forms.row import Row
from notemodeler.ui.forms.sentences import change_sentence
from notemodeler.ui.theme import Theme


class FormArea(QScrollArea):
    """The scrolled view of the page, which is always exactly as wide as there is room."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ground = QWidget(self)  # asking for Qt's own first loads every kind of widget, 12 ms
        self.setViewport(self.ground)
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.ground.width() != self._page.width():
            self._page.arrange(self.ground.width())


class TermsForm(QWidget):
    """Every term of the issuer and of the note in reading order, one editor each, named by the field.

    A text that cannot be read stays in its editor with the reason beneath it, and the document is
    left alone; one that can be read is one edit at once. All edits of one visit to an editor are one
    undo step.
    """

    help_wanted = Signal(str)
    """The dotted name of the field that the user asks about (F1)."""
    issue_elsewhere = Signal(object)
    """An `Issue` was chosen that concerns no field of the form, such as a day without a price."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        style: Style | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.style_of_numbers = style or style_from_locale(QLocale())
        self.document = document
        self._typing = ""
        self._visit = 0
        self._edited_visit = -1
        self._at_entry: Any = None
        self._stale = False
        self.setObjectName("terms")
        self.setAccessibleName("Terms")
        self.bar = IssueBar(theme, self)
        self.page = Page()
        self._rows = {field.name: self._make_row(field.name) for field in FIELDS}
        self._lay_out()
        self._fill()
        document.changed.connect(self._on_changed)
        document.woke.connect(self._tell)
        self.bar.chosen.connect(self.go_to)

    def _make_row(self, name: str) -> Row:
        field = FIELD_BY_NAME[name]
        editor = make_editor(field, self, lambda: self.document.results.market.calendar, self.page)
        row = Row(field, editor, self.page)
        self.page.add(row)
        return row

    def _lay_out(self) -> None:
        self.area = FormArea(self.page, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.area, 1)
        self.page.measure()
        self._take_width()

    def _take_width(self) -> None:
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.area.setMinimumWidth(self.page.least_width + bar)

    def editor(self, name: str) -> Editor:
        """The editor of a field by its dotted name."""
        return self._rows[name].editor

    def row(self, name: str) -> Row:
        """The row of a field by its dotted name."""
        return self._rows[name]

    def set_theme(self, theme: Theme) -> None:
        """Paint the marks in another theme's colours; the rest follows the palette."""
        self.theme = theme
        self.bar.set_theme(theme)
        for row in self._rows.values():
            row.show_message(theme)
            row.editor.update()

    def focus_field(self, name: str) -> None:
        """Scroll to a field, give it the focus and select its text."""
        editor = self._rows[name].editor
        self.area.ensureWidgetVisible(editor, 0, 3 * editor.height())
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(editor, LineEditor):
            editor.selectAll()

    def go_to(self, issue: Issue) -> None:
        """Show where an issue is: at its field, or elsewhere in the window."""
        here = [name for name in issue.fields if name in self._rows and self._rows[name].shown]
        if here:
            self.focus_field(here[0])
        else:
            self.issue_elsewhere.emit(issue)

    # What the editors tell.

    def value_typed(self, name: str, value: Any) -> None:
        row = self._rows[name]
        row.refusal, row.hint = "", row.editor.hint()
        self._typing = name
        before = self.document.project
        if self._edited_visit != self._visit:
            self._edited_visit = self._visit
            self._at_entry = field_value(before, name, self.document.note_index)
        sentence = change_sentence(row.field, value, self.style_of_numbers)
        self.document.edit_field(name, value, sentence, f"{name} {self._visit}")
        self._typing = ""
        if self.document.project is before:
            self._tell()

    def text_refused(self, name: str, sentence: str) -> None:
        self._take_back(name)
        self._rows[name].refusal = sentence
        self._rows[name].hint = ""
        self._tell()

    def _take_back(self, name: str) -> None:
        """What a text said on its way to one that cannot be read was not meant: 13 of 13o000."""
        if self._edited_visit != self._visit:
            return
        self._typing = name
        sentence = change_sentence(self._rows[name].field, self._at_entry, self.style_of_numbers)
        self.document.edit_field(name, self._at_entry, sentence, f"{name} {self._visit}")
        self._typing = ""

    def text_dropped(self, name: str) -> None:
        self._show_value(name)
        self._tell()

    def entered(self, name: str) -> None:
        self._visit += 1

    def left(self, name: str) -> None:
        self._visit += 1
        if self._rows[name].hint:
            self._rows[name].hint = ""
            self._tell()

    def help_asked(self, name: str) -> None:
        self.help_wanted.emit(name)

    def undo_asked(self, back: bool) -> None:
        stack = self.document.undo_stack
        stack.undo() if back else stack.redo()

    # What the document tells.

    def _on_changed(self, before: Project, after: Project) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if _is_another_document(before, after):
            self._fill()
            return
        note = self.document.note_index
        for name in self._rows:
            if name != self._typing and field_value(before, name, note) != field_value(
                after, name, note
            ):
                self._show_value(name)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._fill()

    def _fill(self) -> None:
        for name in self._rows:
            self._show_value(name)
        self._tell()

    def _show_value(self, name: str) -> None:
        row = self._rows[name]
        row.refusal = row.hint = ""
        row.editor.show_value(self._value(name))

    def _value(self, name: str) -> Any:
        return field_value(self.document.project, name, self.document.note_index)

    def _tell(self) -> None:
        """Say beneath each field what follows from it and what is wrong with it, and count the issues."""
        words, issues = self._what_follows()
        by_field = _by_field(issues)
        moved = False
        for name, row in self._rows.items():
            row.issues = by_field.get(name, ())
            moved |= row.set_shown(bool(row.issues) or self._applies(name))
            moved |= row.set_aside(row.hint or words.get(name, ""))
            moved |= row.show_message(self.theme)
        if moved:
            self.page.arrange(self.area.ground.width())
        self.bar.show_issues((*self._refusals(), *issues))

    def _what_follows(self) -> tuple[dict[str, str], tuple[Issue, ...]]:
        if self.document.is_at_rest:
            return {}, ()
        from notemodeler.app.asides import asides

        return asides(self.document.results), self.document.results.issues

    def _applies(self, name: str) -> bool:
        return FIELD_BY_NAME[name].term.applies(self._value)

    def _refusals(self) -> Iterator[Issue]:
        for name, row in self._rows.items():
            if row.refusal:
                text = f"{row.field.term.label}: {row.refusal}"
                yield Issue(Severity.ERROR, text, (name,))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_width()


def _is_another_document(before: Project, after: Project) -> bool:
    """Whether all of it was replaced, as loading does and no edit: then unread texts go too."""
    return not (
        before.issuer is after.issuer
        or before.notes is after.notes
        or before.prices is after.prices
    )


def _by_field(issues: tuple[Issue, ...]) -> dict[str, tuple[Issue, ...]]:
    """The issues of each field, errors first as they come; notes are left to the why-card."""
    found: dict[str, tuple[Issue, ...]] = {}
    for issue in issues:
        if issue.severity is not Severity.NOTE:
            for name in issue.fields:
                found[name] = (*found.get(name, ()), issue)
    return found
