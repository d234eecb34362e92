"""The selected note beside another: the terms that differ, and what each difference costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from notemodeler.app.compare import compare_notes
from notemodeler.app.comparison import Comparison, Difference
from notemodeler.app.presets import presets
from notemodeler.domain.columns import Column
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import UserError
from notemodeler.domain.numbers import FORM, Unreadable
from notemodeler.domain.rows import RowsKind
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.compare.counterparts import Counterpart, of_book, of_document, of_presets
from notemodeler.ui.document import Document
from notemodeler.ui.following import Following
from notemodeler.ui.forms.row_words import row_words
from notemodeler.ui.questions import Questions
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

NOTE_FILES = "Note Modeler documents (*.note);;All files (*)"
SIZES = [420, 190]
FIELD = "field"
KEY_ROLE = int(Qt.ItemDataRole.UserRole)


class CompareView(Following):
    """Measured on the selected note's own situation: its ledger, its book, its prices."""

    field_wanted = Signal(str)
    """The dotted name of a term that the user opened."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "compare", "Compare", parent)
        self.questions = Questions(self)
        self._presets = tuple(of_presets(presets()))
        self._files: dict[Path, tuple[Counterpart, ...]] = {}
        self._known: dict[str, Counterpart] = {}
        self.selected = QLabel(self)
        self.selected.setObjectName("compare.selected")
        self.choice = QComboBox(self)
        self.choice.setObjectName("compare.with")
        self.choice.setAccessibleName("Compare with")
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(24)
        self.open_button = QPushButton("&Another document…", self)
        self.open_button.setObjectName("compare.open")
        self.open_button.setToolTip("Compare with a note of another document file.")
        self.said = QLabel(self)
        self.said.setObjectName("compare.said")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(8, 2, 8, 2)
        self.rows = ReadTable(
            document, theme, "compare.terms", "Terms that differ", NO_COLUMNS, parent=self
        )
        self.totals = ReadTable(
            document, theme, "compare.totals", "In all", NO_COLUMNS, parent=self
        )
        self._lay_out()
        self.choice.activated.connect(self.follow)
        self.open_button.clicked.connect(self.ask_for_document)
        self.rows.row_opened.connect(self._open_field)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 4, 2)
        words = QLabel("compared &with", self)
        words.setBuddy(self.choice)
        for part in (self.selected, words, self.choice):
            head.addWidget(part)
        head.addWidget(self.open_button)
        head.addStretch(1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for table in (self.rows, self.totals):
            split.addWidget(table)
        split.setSizes(SIZES)
        split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.said)
        column.addWidget(split, 1)

    @property
    def shown_charts(self) -> ChartStack | None:
        return None

    def set_theme(self, theme: Theme) -> None:
        self.rows.set_theme(theme)
        self.totals.set_theme(theme)

    # What it is compared with.

    def counterparts(self) -> list[Counterpart]:
        """Everything to choose from, group by group."""
        found = [*of_book(self.document.project, self.document.note_index), *self._presets]
        for notes in self._files.values():
            found += notes
        return found

    def choose(self, key: str) -> None:
        """Compare with another counterpart."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(key, KEY_ROLE)))
        self.follow()

    def ask_for_document(self) -> None:
        """Ask for a document file and offer its notes."""
        path = self.questions.which_file_to_open("Compare with a note of", NOTE_FILES, Path.home())
        if path is not None:
            self.take_document(path)

    def take_document(self, path: Path) -> None:
        """Offer the notes of a document file and choose its first one, or say why not."""
        from notemodeler.io.document_file import load_document

        try:
            project = load_document(path).project
        except UserError as error:
            self.said.setText(f"⚠ {error.sentence} {error.hint}".strip())
            return
        self._files[path] = tuple(of_document(path, project))
        self._offer()
        self.choose(self._files[path][0].key)

    def _offer(self) -> None:
        """Fill the list anew, keeping the choice if it is still there."""
        found = self.counterparts()
        if [each[:3] for each in found] == [each[:3] for each in self._known.values()]:
            self._known = {each.key: each for each in found}
            return
        chosen = self.choice.currentData(KEY_ROLE)
        self._known = {each.key: each for each in found}
        with QSignalBlocker(self.choice):
            self.choice.setModel(_lines(found, self.choice))
            at = self.choice.findData(chosen, KEY_ROLE) if chosen else -1
            self.choice.setCurrentIndex(at if at >= 0 else 1)

    # What differs.

    def refresh(self) -> None:
        self._offer()
        note = self.document.note
        self.selected.setText(f"<b>{_escaped(note.title)}</b>")
        counterpart = self._known.get(self.choice.currentData(KEY_ROLE))
        if counterpart is None:
            self.said.setText("There is nothing to compare with: add a note, or open a document.")
            return
        found = compare_notes(
            self.document.project,
            self.document.note_index,
            counterpart.note(note),
            title=counterpart.title,
        )
        self.said.setText(_summary(found))
        columns = [_in_words(column) for column in found.columns if column.name != FIELD]
        self.rows.show_rows(found.rows, columns=columns, caption="Terms that differ")
        self.totals.show_rows(
            found.totals, frozenset((2,)), columns=found.total_columns, caption="In all"
        )

    def _open_field(self, row: int) -> None:
        self.field_wanted.emit(self.rows.model.rows[row].field.name)


NO_COLUMNS = ()


def _lines(found: Sequence[Counterpart], parent: QWidget) -> QStandardItemModel:
    """The counterparts under the heads of their groups, which cannot be chosen."""
    model, group = QStandardItemModel(parent), ""
    for each in found:
        if each.group != group:
            group = each.group
            head = QStandardItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            model.appendRow(head)
        item = QStandardItem(each.title)
        item.setData(each.key, KEY_ROLE)
        model.appendRow(item)
    return model


def _in_words(column: Column) -> Column:
    """A column whose small tables read as the form shows them: `Days 0–30: 115 %`."""
    if column.name not in ("a", "b"):
        return column
    return replace(column, value=lambda row: _row_texts(row, column.value(row)))


def _row_texts(row: Difference, shown: str) -> str:
    kind = row.field.term.kind
    if not isinstance(kind, RowsKind):
        return shown
    try:
        rows = kind.read(shown)
    except Unreadable:  # the words for none
        return shown
    return "; ".join(row_words(each, FORM) for each in rows) or shown


def _summary(found: Comparison) -> str:
    count = len(found.rows)
    if not count:
        return "No term differs."
    words = "One term differs" if count == 1 else f"{count} terms differ"
    return (
        f"{words}. Each line says what changing that term alone would do to {found.title_a}: cash to pay "
        f"it off on {show_date(found.pay_off_day)}, and a conversion of everything on {show_date(found.on)}."
    )


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
