"""One engine over the dates of the reports: inputs and values, the roll-forward, and the values drawn."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QToolButton, QWidget

from notemodeler.app.valuation_columns import ROLL_FORWARD, RUN
from notemodeler.domain.dates import show_date
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import MONEY
from notemodeler.ui.charts.shown import Dated, Line, Shown
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.document import Document
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme
from notemodeler.ui.worth.worth_page import WorthPage

if TYPE_CHECKING:
    from notemodeler.app.valuation import ValuationRun, Valuations
    from notemodeler.app.valuation_chart import RunFigures
    from notemodeler.domain.issues import Issue
    from notemodeler.ui.background import Cancelled, Report, Work

NOTE = Entry("note with its right", "conversion", Mark.STRONG_LINE, "note")
RIGHT = Entry("conversion right", "shares", Mark.LINE, "right")
STRAIGHT = Entry("straight debt", "bid", Mark.DASHES, "straight debt")
FACE = Face(
    "dates.chart",
    "Fair value by report date",
    "The fair value of the note, of its conversion right and of the debt alone, each as last reported",
    (NOTE, RIGHT, STRAIGHT),
    10,
)
NO_VALUES = "There is no value on any of these days."
NO_DATES = "There is no day on which this note could be valued."
ENGINE_CHOICES = (
    ("tree", "Window tree or lattice"),
    ("simulation", "Simulation"),
    ("black-scholes", "Black-Scholes"),
    ("intrinsic", "Intrinsic (discount only)"),
)
"""What each date may be valued by: the engine's word, and its line in the list."""


class Part(NamedTuple):
    """A run as far as it is, ready to be shown, and which part of its dates is done."""

    run: ValuationRun
    figures: RunFigures
    remarks: tuple[Issue, ...]
    done: float


class DatesPage(WorthPage):
    """Rows move the document's cursor; days of the user's own stand beside those of the calendar."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "dates", "Report dates", parent)
        self.own_days: dict[int, list[date]] = {}
        """Days that the user added, by the place of the note."""
        self.run: ValuationRun | None = None
        """What is in sight, None before the first time."""
        self.charts = LinePanel(
            "dates.charts", FACE.title, (LineFace(FACE, MONEY),), Desk(document), theme, self
        )
        self.values = ReadTable(
            document, theme, "dates.values", "Inputs and values", RUN, parent=self
        )
        self.rolled = ReadTable(
            document, theme, "dates.rolled", "Level-3 roll-forward", ROLL_FORWARD, parent=self
        )
        self.tables = QTabWidget(self)
        self.tables.setObjectName("dates.tables")
        self.tables.setAccessibleName("Tables of the report dates")
        self.tables.setDocumentMode(True)
        self.tables.addTab(self.values, "Inputs and values")
        self.tables.addTab(self.rolled, "Level-3 roll-forward")
        self.stack(self.charts, self.tables, self.words, sizes=(270, 300, 70))
        self._lay_out_tools()
        document.cursor_moved.connect(self._follow_cursor)
        self.values.row_chosen.connect(self._go_to_value)
        self.rolled.row_chosen.connect(self._go_to_roll)

    def _lay_out_tools(self) -> None:
        self.engine = QComboBox(self)
        self.engine.setObjectName("dates.engine")
        self.engine.setAccessibleName("Engine")
        for word, label in ENGINE_CHOICES:
            self.engine.addItem(label, word)
        adjusted = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.engine.setSizeAdjustPolicy(adjusted)
        self.engine.setMinimumContentsLength(18)
        self.engine.activated.connect(self.follow)
        words = QLabel("&Engine", self)
        words.setBuddy(self.engine)
        self.add_button = self._tool(
            "dates.add",
            "Add the cursor's day",
            "Value the note on the day under the cursor as well.",
        )
        self.add_button.clicked.connect(self.add_cursor_day)
        self.standard_button = self._tool(
            "dates.standard", "Only report dates", "Leave out the days that you added."
        )
        self.standard_button.clicked.connect(self.only_report_dates)
        self.standard_button.hide()
        row = self.line.layout()
        assert isinstance(row, QHBoxLayout)
        for place, part in enumerate((words, self.engine, self.add_button, self.standard_button)):
            row.insertWidget(place, part)

    def _tool(self, name: str, words: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (self.charts, self.values, self.rolled):
            part.set_theme(theme)

    # The days.

    @property
    def _own(self) -> list[date]:
        return self.own_days.setdefault(self.document.note_index, [])

    def add_cursor_day(self) -> None:
        """Value the note on the day under the cursor as well."""
        if self.document.cursor_day not in self._own:
            self._own.append(self.document.cursor_day)
            self.follow()

    def only_report_dates(self) -> None:
        """Leave out the days that the user added."""
        self._own.clear()
        self.follow()

    def _go_to_value(self, row: int) -> None:
        self.document.move_cursor(self.values.model.rows[row].found.on)

    def _go_to_roll(self, row: int) -> None:
        self.document.move_cursor(self.rolled.model.rows[row].end)

    def _follow_cursor(self, _day: date) -> None:
        if self.isVisible() and self.charts.desk.days:
            self.charts.show_cursor()

    # The work.

    def work(self) -> tuple[str, bool, Work]:
        from notemodeler.engines.valuation.worth import Engine

        self.standard_button.setVisible(bool(self._own))
        valuations = self.valuations()
        dates = valuations.dates_with(self._own)
        engine = Engine(self.engine.currentData())

        def work(report: Report, cancelled: Cancelled) -> Part:
            def told(run: ValuationRun, done: float) -> None:
                report(_part(valuations, run, done))

            run = valuations.run(dates, engine, cancel=cancelled, report=told, simulates=True)
            return _part(valuations, run, 1.0)

        return f"Valuing the note on {len(dates)} days…", True, work

    def show_part(self, found: object) -> None:
        assert isinstance(found, Part)
        self.run = run = found.run
        self.line.tell(found.done)
        self.sentences.say((), found.remarks)
        self.values.show_rows(run.values.rows)
        rolled = (*run.roll_forward.rows, *run.total.rows)
        sums = frozenset(range(len(run.roll_forward.rows), len(rolled)))
        self.rolled.show_rows(rolled, sums, remark=run.roll_forward.remark)
        self.charts.show_figures(found.figures.days, (_shown(found.figures),), FACE.title)

    def show_whole(self, found: object) -> None:
        self.show_part(found)
        assert isinstance(found, Part)
        count = len(found.run.values.rows)
        self.line.say(f"{count} day{'s' * (count != 1)}, up to the valuation date")


def _part(valuations: Valuations, run: ValuationRun, done: float) -> Part:
    """What is shown is made beside the window too."""
    from notemodeler.app.valuation_chart import run_figures, run_remarks

    return Part(run, run_figures(valuations, run), run_remarks(run), done)


def _shown(figures: RunFigures) -> Shown:
    lines = (
        Line(NOTE, figures.note, "Note"),
        Line(RIGHT, figures.right, "Conversion right"),
        Line(STRAIGHT, figures.straight, "Straight debt"),
    )
    events = tuple(Dated(day, f"{why} {show_date(day)}") for day, why in figures.events)
    message = "" if figures.days else NO_DATES
    if figures.days and all(isnan(value) for value in figures.note):
        message = NO_VALUES
    return Shown(lines, events, message, figures.summary)
