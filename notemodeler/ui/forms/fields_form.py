"""A form of any terms of a document, made from a list of their names: a picture of the document to type into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import Style
from notemodeler.domain.project import FIELD_BY_NAME, Project, applies, field_value
from notemodeler.domain.terms import Field
from notemodeler.ui.document import Document
from notemodeler.ui.forms.editors import Editor, make_editor
from notemodeler.ui.forms.field_issues import by_field, is_another_document
from notemodeler.ui.forms.folding import NONE, Folding, ValueOf, is_used
from notemodeler.ui.forms.form_area import FormArea
from notemodeler.ui.forms.line_editor import LineEditor
from notemodeler.ui.forms.locale_style import style_from_locale
from notemodeler.ui.forms.page import Page, Section
from notemodeler.ui.forms.row import Row
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.forms.drawers import Drawers
    from notemodeler.ui.forms.visit import Visit

FIRST_SEEN = 20
"""Rows that a window shows before it is scrolled: the first paint waits for no more of them."""


class FieldsForm(QWidget):
    """One editor for each named term, in the order of the names and under the heads of their groups.

    A text that cannot be read stays in its editor with the reason beneath it, and the document is
    left alone; one that can be read is one edit at once. All edits of one visit to an editor are one
    undo step. Editors are made when they are first seen. With `folds` the sections open and close.
    """

    help_wanted = Signal(str)
    """The dotted name of the field that the user asks about (F1)."""
    issue_elsewhere = Signal(object)
    """An `Issue` was chosen that concerns no field of the form, such as a day without a price."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        names: Iterable[str],
        style: Style | None = None,
        parent: QWidget | None = None,
        *,
        folds: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.style_of_numbers = style or style_from_locale(QLocale())
        self.document = document
        self._stale = self._must_arrange = False
        self._note = document.note_index
        self.folding = Folding(folds=folds)
        self.page = Page(theme, folds=folds)
        self._rows = {name: self._add_row(FIELD_BY_NAME[name]) for name in names}
        self._lay_out()
        self._fill()
        self._measure()
        document.changed.connect(self._on_changed)
        document.note_selected.connect(self.show_note)
        document.woke.connect(self._show_what_follows)
        self.page.toggled.connect(self._toggle)
        self.page.help_asked.connect(self._ask_of_section)

    @cached_property
    def _visit(self) -> Visit:
        from notemodeler.ui.forms.visit import Visit  # no edit comes before the first paint

        return Visit(self.document, self.style_of_numbers)

    @cached_property
    def _drawers(self) -> Drawers:
        from notemodeler.ui.forms.drawers import Drawers

        return Drawers(self)

    def _add_row(self, field: Field) -> Row:
        row = Row(field, self._make_editor, self._value, self.page)
        self.page.add(row)
        return row

    def _make_editor(self, field: Field) -> Editor:
        return make_editor(field, self, self._calendar, self.page)

    def _calendar(self) -> TradingCalendar:
        return self.document.results.market.calendar

    def _lay_out(self) -> None:
        self.area = FormArea(self.page, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)

    def _measure(self) -> None:
        self.page.measure()
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.area.setMinimumWidth(self.page.least_width + bar)
        self.rows_moved()

    def editor(self, name: str) -> Editor:
        """The editor of a field by its dotted name; made if it was not yet."""
        return self._rows[name].editor

    def row(self, name: str) -> Row:
        """The row of a field by its dotted name."""
        return self._rows[name]

    def set_theme(self, theme: Theme) -> None:
        """Paint the marks in another theme's colours; the rest follows the palette."""
        self.theme = theme
        self.page.set_theme(theme)
        for row in self._rows.values():
            row.set_theme(theme)

    # Going somewhere.

    def focus_field(self, name: str) -> None:
        """Open the section of a field, scroll to it, give it the focus and select its text.

        For a field that does not apply this is done with the one that decides it.
        """
        row = self._rows[name]
        while not row.applies and row.field.term.applies_when is not None:
            row = self._rows[row.field.term.applies_when[0]]
        if not row.is_open:
            self.folding.reveal(row.field.term.group)
            self._tell()
        editor = row.editor
        self.area.ensureWidgetVisible(editor, 0, 3 * self.fontMetrics().height())
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(editor, LineEditor):
            editor.selectAll()

    def go_to(self, issue: Issue) -> None:
        """Show where an issue is: at its field, or elsewhere in the window."""
        here = [name for name in issue.fields if name in self._rows and self._rows[name].applies]
        if here:
            self.focus_field(here[0])
        else:
            self.issue_elsewhere.emit(issue)

    def _toggle(self, group: str, is_open: bool) -> None:
        self.folding.say(group, is_open=is_open)
        self._tell()
        if is_open:
            section = self.page.sections[group]
            shown = [section.header, *(row.editor for row in section.rows if row.shown)]
            for part in reversed(shown):  # as much of it as there is room for, from the top
                self.area.ensureWidgetVisible(part, 0, 8)

    def _ask_of_section(self, group: str) -> None:
        self.help_wanted.emit(self.page.sections[group].rows[0].field.name)

    # What the editors tell.

    def value_typed(self, name: str, value: Any) -> None:
        row = self._rows[name]
        row.refusal, row.hint = "", row.editor.hint()
        if not self._visit.edit(name, value):
            self._tell()

    def text_refused(self, name: str, sentence: str) -> None:
        self._visit.take_back(name)
        self._rows[name].refusal = sentence
        self._rows[name].hint = ""
        self._tell()

    def text_dropped(self, name: str) -> None:
        self._show_value(self._rows[name])
        self._tell()

    def entered(self, name: str) -> None:
        self._visit.begin()

    def left(self, name: str) -> None:
        self._visit.begin()
        if self._rows[name].hint:
            self._rows[name].hint = ""
            self._tell()

    def help_asked(self, name: str) -> None:
        self.help_wanted.emit(name)

    def undo_asked(self, back: bool) -> None:
        stack = self.document.undo_stack
        stack.undo() if back else stack.redo()

    def rows_asked(self, name: str) -> None:
        """Open the table under a term, or close it."""
        self.focus_field(name)
        box = self._rows[name].box
        if box is not None:
            self._drawers.toggle(box)

    def rows_moved(self) -> None:
        self.page.arrange(self.area.ground.width())

    # What the document tells.

    def _on_changed(self, before: Project, after: Project) -> None:
        if not self.isVisible():
            self._stale = True
        elif self.document.note_index != self._note or is_another_document(before, after):
            self._fill()
        else:
            self._follow()

    def _show_what_follows(self) -> None:
        if self.isVisible():
            self._tell()
        else:
            self._stale = True

    def show_note(self) -> None:
        """Another note has been selected: all of it is shown, and texts that could not be read are gone."""
        if self.isVisible():
            self._fill()
        else:
            self._stale = True

    def _follow(self) -> None:
        """Rewrite the editors whose value is another now, save the one that is being typed in."""
        for name, row in self._rows.items():
            if row.is_made:
                value = self._value(name)
                if name == self._visit.typing:
                    row.value = value
                elif value is not row.value and value != row.value:
                    self._show_value(row)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._fill()

    def _fill(self) -> None:
        """Show all of a document or note that is new here."""
        self._note = self.document.note_index
        self.folding.begin(self._used(self._value))
        for row in self._rows.values():
            row.refusal = row.hint = ""
            if row.is_made:
                if row.box is not None:
                    self._drawers.close(row.box)
                self._show_value(row)
        self._tell()

    def _show_value(self, row: Row) -> None:
        row.refusal = row.hint = ""
        row.show_value()
        self._must_arrange |= row.box is not None

    def _value(self, name: str) -> Any:
        return field_value(self.document.project, name, self.document.note_index)

    def _tell(self) -> None:
        """Show the rows that apply in the sections that are open, and say what follows and what is wrong."""
        values = {name: self._value(name) for name in self._rows}

        def value_of(name: str) -> Any:
            return values[name] if name in values else self._value(name)

        words, issues = self._what_follows()
        self.folding.follow(self._used(value_of))
        moved = self._place_rows(value_of, by_field(issues)) or self._must_arrange
        self._must_arrange = False
        for name, row in self._rows.items():
            moved |= row.tell(row.hint or words.get(name, ""), self.theme)
        for section in self.page.sections.values():
            moved |= self._tell_section(section, value_of)
        if moved:
            self.rows_moved()
        self.count_issues((*self._refusals(), *issues))

    def count_issues(self, issues: tuple[Issue, ...]) -> None:
        """What a form with a bar does with all that is wrong in the document."""

    def _used(self, value_of: ValueOf) -> set[str]:
        """The groups of the closed sections in which something is set."""
        return {
            group
            for group, section in self.page.sections.items()
            if not self.folding.is_open(group) and is_used(section.fields, value_of)
        }

    def _place_rows(self, value_of: ValueOf, issues: dict[str, tuple[Issue, ...]]) -> bool:
        """Decide which rows are seen, and make those that are for the first time; whether any came or went."""
        moved = False
        for name, row in self._rows.items():
            row.issues = issues.get(name, ())
            is_open = self.folding.is_open(row.field.term.group)
            moved |= row.set_place(
                applies=bool(row.issues) or applies(name, value_of), is_open=is_open
            )
        new = [row for row in self._rows.values() if row.shown and not row.is_made]
        for row in new[:FIRST_SEEN] if self.document.is_at_rest else new:
            row.make()
        if new:
            self.page.chain()
        return moved or bool(new)

    def _tell_section(self, section: Section, value_of: ValueOf) -> bool:
        is_open = self.folding.is_open(section.group)
        summary, worst = "", section.worst
        if not is_open:
            summary = worst.message_text if worst else self._summary(section, value_of)
        severity = worst.severity if worst and not is_open else None
        return section.header.tell(is_open=is_open, summary=summary, severity=severity)

    def _summary(self, section: Section, value_of: ValueOf) -> str:
        if self.document.is_at_rest and not is_used(section.fields, value_of):
            return NONE  # the words are loaded after the first paint
        from notemodeler.ui.forms.summaries import section_summary

        return section_summary(section.group, section.fields, value_of, self.style_of_numbers)

    def _what_follows(self) -> tuple[dict[str, str], tuple[Issue, ...]]:
        if self.document.is_at_rest:
            return {}, ()
        from notemodeler.app.asides import asides

        return asides(self.document.results), self.document.results.issues

    def _refusals(self) -> Iterator[Issue]:
        for name, row in self._rows.items():
            if row.refusal:
                text = f"{row.field.term.label}: {row.refusal}"
                yield Issue(Severity.ERROR, text, (name,))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
