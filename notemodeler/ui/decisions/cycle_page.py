"""The holder's cycle: prices, shares and balance to the day when it is over, the lots, and the assumptions."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from notemodeler.app.decision_columns import LOT_COLUMNS
from notemodeler.app.decisions import CycleChart
from notemodeler.domain.dates import show_date
from notemodeler.domain.project import FIELDS
from notemodeler.engines.decisions.cycle_figures import Cycle
from notemodeler.ui.charts.desk import LooseDesk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import MONEY, PRICES, SHARES
from notemodeler.ui.charts.shown import Dated, Line, Shown
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.decisions.drawn_drag import DrawnDrag
from notemodeler.ui.decisions.ladder_page import OWN_PRICE
from notemodeler.ui.decisions.page import Deciding, DecisionPage, beside
from notemodeler.ui.document import Document
from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

PRICE = Entry("market price", "bid", Mark.LINE, "market")
CONVERSION = Entry("conversion price", "conversion", Mark.STRONG_LINE, "conversion")
OUTSTANDING = Entry("outstanding", "shares", Mark.STRONG_LINE, "outstanding")
HELD = Entry("held, not yet sold", "limit", Mark.DASHES, "held")
OWED = Entry("still owed", "bid", Mark.AREA, "owed")
PRICE_FACE = Face(
    "cycle.price", "Prices", "The market price and the conversion price", (PRICE, CONVERSION), 16
)
SHARES_FACE = Face(
    "cycle.shares", "Shares", "The shares outstanding and what the holder has not sold yet",
    (OUTSTANDING, HELD), 12,
)  # fmt: skip
OWED_FACE = Face("cycle.owed", "Balance", "What is still owed", (OWED,), 11)


class CyclePage(DecisionPage):
    """The charts have a cursor of their own: the cycle runs on after the prices."""

    def __init__(
        self, document: Document, theme: Theme, deciding: Deciding, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, theme, deciding, "cycle", "The holder's cycle", parent)
        self.desk = LooseDesk(document)
        faces = (
            LineFace(PRICE_FACE, PRICES, lambda chart: DrawnDrag(document, chart)),
            LineFace(SHARES_FACE, SHARES),
            LineFace(OWED_FACE, MONEY),
        )
        self.charts = LinePanel("cycle.charts", "The holder's cycle", faces, self.desk, theme, self)
        self.table = ReadTable(document, theme, "cycle.lots", "Lots", LOT_COLUMNS, parent=self)
        names = [
            field.name
            for field in FIELDS
            if field.name.startswith("scenario.") and field.name != OWN_PRICE
        ]
        self.form = FieldsForm(document, theme, names, parent=self)
        self.form.setAccessibleName("Assumptions")
        top = beside("cycle.split", self.charts, self.form, self)
        self.stack(top, self.table, sizes=(460, 220))
        self.desk.cursor_moved.connect(self._follow_cursor)
        self.table.row_chosen.connect(self._go_to_lot)

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    def set_theme(self, theme: Theme) -> None:
        for part in (self.charts, self.table, self.form):
            part.set_theme(theme)

    def refresh(self) -> None:
        view = self.deciding.now.cycle
        chart, found = view.chart, view.found
        assert isinstance(chart, CycleChart)
        assert isinstance(found, Cycle)
        if chart.days and (not self.desk.days or self.desk.cursor_day not in chart.days):
            self.desk.move_cursor(chart.days[0])
        self.sentences.say(view.sentences, view.issues)
        shown = _shown(chart, found, " ".join(view.sentences))
        self.charts.show_figures(chart.days, shown, view.title)
        self.table.show_rows(view.rows, caption=view.title)

    def _follow_cursor(self, _day: date) -> None:
        if not self.is_stale and self.isVisible():
            self.charts.show_cursor()

    def _go_to_lot(self, row: int) -> None:
        self.desk.move_cursor(self.table.model.rows[row].date)


def _shown(chart: CycleChart, found: Cycle, words: str) -> tuple[Shown, Shown, Shown]:
    """The three charts; the day when it is over is named once."""
    message = "" if chart.days else words or found.words or "There is nothing to show."
    over = () if found.over_date is None else (
        Dated(found.over_date, f"over on {show_date(found.over_date)}", "text"),
    )  # fmt: skip
    until = chart.recorded_until or (chart.days[0] if chart.days else None)

    def shown(*lines: Line, events: tuple[Dated, ...] = ()) -> Shown:
        return Shown(lines, events, message, words, until)

    return (
        shown(
            Line(PRICE, chart.price, "Market price"),
            Line(CONVERSION, chart.conversion_price, "Conversion price"),
            events=over,
        ),
        shown(
            Line(OUTSTANDING, chart.outstanding, "Outstanding"),
            Line(HELD, chart.held, "Held"),
        ),
        shown(Line(OWED, chart.owed, "Owed")),
    )
