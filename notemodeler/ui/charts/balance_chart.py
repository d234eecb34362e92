"""The balance: principal, interest and default sum stacked as areas, and what was converted so far."""

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QPainter

from notemodeler.app.results import Results
from notemodeler.engines.quote import Quote
from notemodeler.engines.words import dollars
from notemodeler.ui.charts.axes import ChartAxis, MoneyAxis
from notemodeler.ui.charts.chart import Chart
from notemodeler.ui.charts.curves import StepCurve, ends_in_sight
from notemodeler.ui.charts.frame import Values, values_text
from notemodeler.ui.charts.legend import BALANCE
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column
from notemodeler.ui.charts.ticks import linear_range

if TYPE_CHECKING:
    from notemodeler.engines.daily import DailyFigures

NOTHING_OWED = "Nothing is owed on these days: enter the principal and the dates of the note."


class BalanceChart(Chart):
    """The areas lie on each other, the highest painted first, each filled down to zero in an opaque tint."""

    face = BALANCE

    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]:
        return MoneyAxis(), None

    def make_curves(self) -> list[StepCurve]:
        box = self.view.box
        principal, interest, default, converted = self.face.entries
        self.default = StepCurve(box, default, filled=True, height=1)
        self.interest = StepCurve(box, interest, filled=True, height=2)
        self.principal = StepCurve(box, principal, filled=True, height=3)
        self.converted = StepCurve(box, converted, height=4)
        return [self.default, self.interest, self.principal, self.converted]

    def show(self, results: Results, figures: "DailyFigures") -> None:
        self.figures = figures
        principal = np.nan_to_num(figures.principal)
        with_interest = principal + np.nan_to_num(figures.interest)
        total = with_interest + np.nan_to_num(figures.default_sum)
        is_owed = total > 0
        for curve, values in (
            (self.principal, principal), (self.interest, with_interest), (self.default, total)
        ):  # fmt: skip
            curve.set_values(np.where(is_owed, values, np.nan))
        self.converted.set_values(np.where(figures.converted > 0, figures.converted, np.nan))
        has_default, has_converted = total.sum() > with_interest.sum(), figures.converted.any()
        wanted = [True, True, bool(has_default), bool(has_converted)]
        entries = zip(self.face.entries, wanted, strict=True)
        self.frame.set_entries(tuple(entry for entry, shown in entries if shown))
        self.default.item.setVisible(wanted[2])
        self.converted.item.setVisible(wanted[3])
        self.message = "" if total.any() else NOTHING_OWED

    def values_range(self, first: float, last: float) -> tuple[float, float]:
        found = ends_in_sight([self.default.values, self.converted.values], first, last)
        return linear_range(0.0, found[1] if found and found[1] > 0 else 1.0)

    def figures_on(self, quote: Quote) -> Values:
        owed = quote.owed
        found = [("principal", dollars(owed.principal)), ("interest", dollars(owed.interest))]
        if owed.default_sum:
            found.append(("default sum", dollars(owed.default_sum)))
        return (*found, ("owed", dollars(owed.total)))

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:
        if self.pointer is not None:
            value = Decimal(max(0.0, plane.value_at(self.pointer.y()))).quantize(Decimal(1))
            at = self.pointer.__class__(plane.rect.left() - 2, self.pointer.y())
            self.tag(painter, at, f"${value:,}", self.theme.muted, left=True)

    def summary(self, results: Results) -> str:
        if self.message:
            return self.message
        quote = results.quote(self.desk.document.cursor_day)
        return f"{self.face.purpose}. On the day under the cursor: {values_text(self.figures_on(quote))}."

    def columns(self) -> list[Column]:
        found = self.figures
        return [
            ("Principal", found.principal),
            ("Interest", found.interest),
            ("Default sum", found.default_sum),
            ("Owed", found.owed),
            ("Converted so far", found.converted),
        ]
