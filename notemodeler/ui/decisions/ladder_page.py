"""The dilution ladder: the table first, the bars second, the sentence over both."""

from __future__ import annotations

from math import isnan

from PySide6.QtWidgets import QWidget

from notemodeler.app.decision_columns import LADDER_COLUMNS
from notemodeler.app.decisions import LadderChart
from notemodeler.ui.charts.bars import Bar, BarPanel
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.scales import PERCENT, PRICES
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.decisions.page import Deciding, DecisionPage, beside
from notemodeler.ui.document import Document
from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme
from notemodeler.ui.tick_box import TickBox

FACE = Face(
    "ladder.bars",
    "New shares as a part of the company",
    "What a conversion of everything would take of the company at lower market prices",
    (),
    10,
)
OWN_PRICE = "scenario.own_price"
NO_RUNGS = "There is nothing to convert on this day."


class LadderPage(DecisionPage):
    """The ladder of the day under the cursor, of one note or of all."""

    follows_cursor = True

    def __init__(
        self, document: Document, theme: Theme, deciding: Deciding, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, theme, deciding, "ladder", "Dilution ladder", parent)
        self.whole_book = TickBox("All &notes together", self)
        self.whole_book.setObjectName("ladder.whole_book")
        self.whole_book.setToolTip("The ladder of every note of the book that owes something.")
        self.table = ReadTable(
            document, theme, "ladder.rungs", "Dilution ladder", LADDER_COLUMNS, parent=self
        )
        self.table.add_tool(self.whole_book)
        self.charts = BarPanel("ladder.charts", FACE, theme, self)
        self.form = FieldsForm(document, theme, [OWN_PRICE], parent=self)
        self.form.setAccessibleName("Assumptions")
        below = beside("ladder.split", self.charts, self.form, self)
        self.stack(self.table, below, sizes=(250, 380))
        self.whole_book.toggled.connect(self.follow)
        self.table.row_chosen.connect(self.charts.chart.view.choose)
        self.charts.chart.view.row_chosen.connect(
            lambda row: go_to(self.table.view, self.table.model.index(row, 0))
        )

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    def set_theme(self, theme: Theme) -> None:
        for part in (self.charts, self.table, self.form):
            part.set_theme(theme)

    def refresh(self) -> None:
        several = len(self.document.project.notes) > 1
        self.whole_book.setVisible(several)
        decisions, day = self.deciding.now, self.document.cursor_day
        of_all = several and self.whole_book.isChecked()
        view = decisions.book_ladder(day) if of_all else decisions.ladder(day)
        assert isinstance(view.chart, LadderChart)
        self.sentences.say(view.sentences, view.issues)
        self.table.show_rows(view.rows, caption=view.title)
        self.charts.show_bars(
            _bars(view.chart), view.title, ("Market price", "New shares"), NO_RUNGS
        )


def _bars(chart: LadderChart) -> list[Bar]:
    rows = zip(chart.labels, chart.market_prices, chart.shares, chart.share_of_company, strict=True)
    found = []
    for label, price, shares, part in rows:
        words = f"{label}, {PRICES.text(price)}"
        if isnan(part):
            found.append(Bar(words, 0.0, 0.0, "not known"))
        else:
            found.append(Bar(words, 0.0, part, f"{PERCENT.text(part)} · {shares:,.0f} shares"))
    return found
