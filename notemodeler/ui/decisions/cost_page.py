"""The all-in cost: the rate by the day of conversion, and the waterfall of the day under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from notemodeler.app.decision_columns import COST_COLUMNS
from notemodeler.app.decisions import CostChart, CostSeries
from notemodeler.ui.charts.bars import Bar, BarPanel
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import MONEY, PERCENT
from notemodeler.ui.charts.shown import Line, Shown
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.decisions.page import Deciding, DecisionPage
from notemodeler.ui.document import Document
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

RATE = Entry("all-in cost a year", "conversion", Mark.STRONG_LINE, "a year")
LINE_FACE = Face(
    "cost.line",
    "Cost a year by the day of conversion",
    "What the money costs a year if all is converted and sold at the market on a day",
    (RATE,),
    10,
)
FALL_FACE = Face(
    "cost.waterfall",
    "From what came in to what goes out",
    "The proceeds, the parts of the cost one upon the other, and what the holder takes",
    (),
    10,
)
ROLES = {"Interest": "interest", "Default": "default"}
MOST_OVER_MIDDLE = 3.0
NO_COST = "There is no cost to show on this day."
NO_RATE = "No day has a cost a year yet: enter prices."


class CostPage(DecisionPage):
    """The cursor is the document's; moving it in the line changes the waterfall."""

    follows_cursor = True

    def __init__(
        self, document: Document, theme: Theme, deciding: Deciding, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, theme, deciding, "cost", "All-in cost", parent)
        faces = (LineFace(LINE_FACE, PERCENT),)
        self.line = LinePanel("cost.charts", LINE_FACE.title, faces, Desk(document), theme, self)
        self.waterfall = BarPanel("cost.bars", FALL_FACE, theme, self)
        self.table = ReadTable(document, theme, "cost.parts", "Parts", COST_COLUMNS, parent=self)
        lower = QSplitter(Qt.Orientation.Vertical, self)
        lower.setChildrenCollapsible(False)
        for part in (self.waterfall, self.table):
            lower.addWidget(part)
        self.stack(self.line, lower, sizes=(260, 420))
        self._series: CostSeries | None = None
        document.cursor_moved.connect(self._follow_cursor)
        self.table.row_chosen.connect(lambda row: self.waterfall.chart.view.choose(row + 1))

    @property
    def shown_charts(self) -> ChartStack:
        return self.line

    def set_theme(self, theme: Theme) -> None:
        for part in (self.line, self.waterfall, self.table):
            part.set_theme(theme)

    def _follow_cursor(self) -> None:
        if self.isVisible() and self.line.desk.days:
            self.line.show_cursor()

    def refresh(self) -> None:
        decisions = self.deciding.now
        view = decisions.cost(self.document.cursor_day)
        assert isinstance(view.chart, CostChart)
        self.sentences.say(view.sentences, view.issues)
        series = decisions.cost_series
        if series is not self._series:
            self._series = series
            self.line.show_figures(series.days, (_shown(series),), LINE_FACE.title)
        headings = ("Part", "Dollars")
        self.waterfall.show_bars(_bars(view.chart), view.title, headings, NO_COST, joins=True)
        self.table.show_rows(view.rows, caption=view.title)


def _shown(series: CostSeries) -> Shown:
    message = NO_RATE if all(isnan(rate) for rate in series.annual_rate) else ""
    lines = (Line(RATE, series.annual_rate, "Cost a year"),)
    return Shown(lines, (), message, f"{LINE_FACE.purpose}.", top=_top(series.annual_rate))


def _top(rates: Sequence[float]) -> float | None:
    """Days after funding a rate a year is beyond all measure: the middle of all rates sets the scale."""
    known = sorted(rate for rate in rates if not isnan(rate))
    return (
        MOST_OVER_MIDDLE * known[len(known) // 2] if known and known[len(known) // 2] > 0 else None
    )


def _bars(chart: CostChart) -> list[Bar]:
    rows = list(zip(chart.labels, chart.starts, chart.ends, strict=True))
    last = len(rows) - 1
    found = []
    for place, (label, start, end) in enumerate(rows):
        is_sum = place in (0, last)
        role = "bid" if is_sum else ROLES.get(label, "conversion")
        sign = "" if is_sum else "+" if end >= start else "−"
        text = f"{sign}{MONEY.text(abs(end - start))}"
        found.append(Bar(label, start, end, text, role, is_sum))
    return found
