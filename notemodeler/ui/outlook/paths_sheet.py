"""What stands on the page of simulated paths, and how an outlook is put on it; it simulates nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from notemodeler.app.outlook_columns import NOTES
from notemodeler.domain.project import FIELDS
from notemodeler.domain.valuation import HOLDER, PATHS, VALUATION
from notemodeler.ui.charts.desk import LooseDesk
from notemodeler.ui.charts.fan_panel import FanPanel
from notemodeler.ui.charts.histogram_panel import HistogramPanel
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.company.facts_line import FactsLine
from notemodeler.ui.decisions.page import Sentences, beside
from notemodeler.ui.document import Document
from notemodeler.ui.following import Following
from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.outlook.figures_table import FiguresTable, VeiledTable
from notemodeler.ui.outlook.painted import bars, fan
from notemodeler.ui.outlook.progress_row import ProgressRow
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.app.outlook import Outlook
    from notemodeler.app.outlook_scopes import Scope

DISTRIBUTION = Face(
    "outlook.distribution",
    "Distribution",
    "How often each amount comes, with the percentiles",
    (),
    20,
)
SALES = ("scenario.impact", "scenario.volume_shares", "scenario.volume_share")


class PathsSheet(Following):
    """The parts of the page; `outlook` is the one that is shown."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "outlook.paths", "What may come", parent)
        self.outlook: Outlook | None = None
        self.desk = LooseDesk(document)
        self._make_parts(theme)
        self._lay_out()
        self.progress.assumptions_shown.connect(self.form.setVisible)
        self.table.row_chosen.connect(lambda _row: self.show_distribution())
        self.desk.cursor_moved.connect(self._follow_cursor)

    def _make_parts(self, theme: Theme) -> None:
        document = self.document
        self.sentences = Sentences("outlook", self)
        self.progress = ProgressRow(self)
        self.facts = FactsLine(theme, self)
        self.charts = FanPanel(self.desk, theme, self)
        names = [
            field.name
            for field in FIELDS
            if field.name.startswith("valuation.")
            and field.term.group in (PATHS, HOLDER, VALUATION)
        ]
        self.form = FieldsForm(document, theme, [*names, *SALES], parent=self, folds=True)
        self.form.setAccessibleName("What the simulation assumes")
        self.table = FiguresTable(document, theme, self)
        self.notes = VeiledTable(document, theme, "outlook.notes", "Notes of the book", NOTES, self)
        self.distribution = HistogramPanel("outlook.distributions", DISTRIBUTION, theme, self)

    def _lay_out(self) -> None:
        figures = QSplitter(Qt.Orientation.Horizontal, self)
        figures.setChildrenCollapsible(False)
        figures.addWidget(self.table)
        figures.addWidget(self.distribution)
        figures.setSizes([760, 300])
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("outlook.tables")
        self.tabs.setAccessibleName("Figures of the outlook")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(figures, "Figures and distributions")
        self.tabs.addTab(self.notes, "By note")
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("outlook.split")
        split.setChildrenCollapsible(False)
        split.addWidget(beside("outlook.beside", self.charts, self.form, self))
        split.addWidget(self.tabs)
        split.setSizes([390, 260])
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.sentences, self.progress, self.facts):
            column.addWidget(part)
        column.addWidget(split, 1)

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    @property
    def scope(self) -> Scope | None:
        """The note's figures or the book's, as chosen."""
        return None if self.outlook is None else self.outlook.scope(self.progress.scope)

    def set_theme(self, theme: Theme) -> None:
        for part in (
            self.facts, self.charts, self.form, self.table, self.notes, self.distribution
        ):  # fmt: skip
            part.set_theme(theme)

    # Putting an outlook on the page, part by part.

    def show_words(self) -> None:
        outlook = self.outlook
        if outlook is None:
            return
        self.progress.allow_book(outlook.book is not None)
        scope = outlook.scope(self.progress.scope)
        self.sentences.say(scope.sentences, outlook.issues)
        self.facts.show_facts(outlook.assumptions)

    def show_fans(self) -> None:
        outlook, scope = self.outlook, self.scope
        if outlook is None or scope is None:
            return
        day = outlook.simulation.on
        if outlook.days and (not self.desk.days or self.desk.cursor_day not in outlook.days):
            self.desk.move_cursor(outlook.days[-1])
        fans = [fan(outlook, lines) for lines in scope.fans]
        self.charts.show_fans(outlook.days, day, fans, scope.title, _source(outlook))
        self.charts.set_old(False)

    def show_figures(self) -> None:
        outlook, scope = self.outlook, self.scope
        if outlook is None or scope is None:
            return
        caption = f"{scope.title}: {_source(outlook)}"
        marked = frozenset(at for at, row in enumerate(scope.rows) if not row.is_error)
        self.table.show_rows(scope.rows, caption=caption, marked=marked)
        self.table.set_old(False)

    def show_distribution(self) -> None:
        outlook, scope = self.outlook, self.scope
        if outlook is None or scope is None:
            return
        row = next((row for row in scope.rows if row.name == self.table.chosen), scope.rows[0])
        found = bars(outlook, row)
        message = ""
        if found is None and row.mean is not None:
            message = f"{row.label}: {row.mean.text}. A chance has no distribution."
        self.distribution.show_bars(row.label, _source(outlook), found, message)
        self.distribution.set_old(False)

    def show_notes(self) -> None:
        outlook = self.outlook
        if outlook is None:
            return
        self.tabs.setTabVisible(1, bool(outlook.notes))
        last = len(outlook.notes) - 1
        place = self.document.note_index
        own = frozenset(at for at, row in enumerate(outlook.notes) if row.place == place)
        sums = frozenset({last} if last > 0 else ())
        caption = f"Notes that owe anything: {_source(outlook)}"
        self.notes.show_rows(outlook.notes, sums, caption=caption, marked=own)
        self.notes.set_old(False)

    def set_old(self, is_old: bool) -> None:
        for part in (self.charts, self.table, self.notes, self.distribution):
            part.set_old(is_old)

    def _follow_cursor(self, _day: object) -> None:
        if self.isVisible() and self.charts.is_filled:
            self.charts.show_cursor()


def _source(outlook: Outlook) -> str:
    return f"{outlook.paths:,} paths, seed {outlook.seed:,}"
