"""Prepay or let them convert: both sides day by day, and where they cross."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from notemodeler.app.decision_columns import PREPAY_COLUMNS
from notemodeler.app.decisions import PrepayChart
from notemodeler.domain.dates import show_date
from notemodeler.ui.charts.desk import LooseDesk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import MONEY
from notemodeler.ui.charts.shown import Dated, Line, Shown
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.decisions.page import Deciding, DecisionPage
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

CASH = Entry("cash to pay off", "bid", Mark.STRONG_LINE, "cash")
VALUE = Entry("worth of the shares", "conversion", Mark.DASHES, "shares worth")
FACE = Face(
    "prepay.chart",
    "Prepay or convert",
    "The cash that pays the note off against what the shares of a conversion are worth",
    (CASH, VALUE),
    10,
)


class PrepayPage(DecisionPage):
    """The chart has a cursor of its own: many of its days lie beyond the prices."""

    def __init__(
        self, document: Document, theme: Theme, deciding: Deciding, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, theme, deciding, "prepay", "Prepay or convert", parent)
        self.desk = LooseDesk(document)
        self.charts = LinePanel(
            "prepay.charts", FACE.title, (LineFace(FACE, MONEY),), self.desk, theme, self
        )
        self.table = ReadTable(
            document, theme, "prepay.days", "Day by day", PREPAY_COLUMNS, parent=self
        )
        self.stack(self.charts, self.table, sizes=(380, 300))
        self.desk.cursor_moved.connect(self._follow_cursor)
        self.table.row_chosen.connect(lambda row: self.desk.point_at(row))

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    def set_theme(self, theme: Theme) -> None:
        self.charts.set_theme(theme)
        self.table.set_theme(theme)

    def refresh(self) -> None:
        decisions = self.deciding.now
        days = [each.date for each in decisions.prepay_figures.days]
        if days and (not self.desk.days or self.desk.cursor_day not in days):
            first = min(max(self.document.cursor_day, days[0]), days[-1])
            self.desk.move_cursor(first)
        view = decisions.prepay(self.desk.cursor_day if days else self.document.cursor_day)
        assert isinstance(view.chart, PrepayChart)
        self.sentences.say(view.sentences, view.issues)
        self.charts.show_figures(days, (_shown(view.chart, view.sentences),), view.title)
        crossed = set(view.chart.crossings)
        marked = frozenset(at for at, day in enumerate(days) if day in crossed)
        self.table.show_rows(view.rows, caption=view.title, marked=marked)
        self._show_row()

    def _follow_cursor(self, day: date) -> None:
        if self.is_stale or not self.isVisible():
            return
        view = self.deciding.now.prepay(day)
        self.sentences.say(view.sentences, view.issues)
        self.charts.show_cursor()
        self._show_row()

    def _show_row(self) -> None:
        """The row of the day under the cursor."""
        here, count = self.table.view.currentIndex(), self.table.model.rowCount()
        row = self.desk.cursor if count else 0
        if here.row() != row and row < count:
            go_to(self.table.view, self.table.model.index(row, max(0, here.column())))


def _shown(chart: PrepayChart, sentences: tuple[str, ...]) -> Shown:
    events = [Dated(day, f"crossing {show_date(day)}", "text") for day in chart.crossings]
    if chart.days and chart.days[0] < chart.opens <= chart.days[-1]:
        events.append(Dated(chart.opens, f"conversion opens {show_date(chart.opens)}"))
    message = "" if chart.days else " ".join(sentences) or "There is no day to look at."
    lines = (
        Line(VALUE, chart.value, "Shares are worth"),
        Line(CASH, chart.cash, "Cash to pay off"),
    )
    return Shown(lines, tuple(events), message, " ".join(sentences), chart.recorded_until)
