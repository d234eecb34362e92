"""Shares for the whole balance and their percent of the company on log scales, with the ownership limit."""

from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from notemodeler.app.results import Results
from notemodeler.engines.quote import Quote
from notemodeler.engines.words import percent
from notemodeler.ui.charts.axes import ChartAxis
from notemodeler.ui.charts.chart import Chart
from notemodeler.ui.charts.curves import Floats, StepCurve, ends_in_sight, logs
from notemodeler.ui.charts.explain_lines import split_events
from notemodeler.ui.charts.frame import Values, values_text
from notemodeler.ui.charts.legend import SHARES, Entry
from notemodeler.ui.charts.level_marks import Event, paint_events
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column
from notemodeler.ui.charts.ticks import Tick, log_range, log_ticks, percent_text, shares_text
from notemodeler.ui.charts.value_words import first_error

if TYPE_CHECKING:
    from notemodeler.engines.daily import DailyFigures

NO_PRICES = "The shares follow from the conversion price: enter or import prices."
LEAST_GAP = 0.35
"""How many decades, at least, the line of the percent is kept under the line of the shares."""


class SharesChart(Chart):
    """Plots logarithms itself, so that lines, layers and axes all speak of the same units.

    The percent is moved by a whole number of decades: both scales then share every grid line.
    """

    face = SHARES

    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]:
        self.shift = 0
        self.events: tuple[Event, ...] = ()
        return ChartAxis("left", _shares_ticks, 30), ChartAxis("right", self._percent_ticks, 30)

    def make_curves(self) -> list[StepCurve]:
        shares, limit, percents = self.face.entries
        self.percents = StepCurve(self.view.box, percents, height=1)
        self.limit = StepCurve(self.view.box, limit, height=2)
        self.shares = StepCurve(self.view.box, shares, height=3)
        return [self.percents, self.limit, self.shares]

    def _percent_ticks(self, low: float, high: float, most: int) -> list[Tick]:
        """The percent axis: the part of the scale up to the whole company."""
        down = self.shift
        found = log_ticks(low - down, min(0.0, high - down), most, percent_text)
        return [(value + down, text) for value, text in found]

    def show(self, results: Results, figures: "DailyFigures") -> None:
        self.figures = figures
        self.shares.set_values(logs(figures.shares))
        self.limit.set_values(logs(figures.limit_shares))
        fractions = logs(figures.share_of_company)
        shift = _shift(self.shares.values, fractions)
        if shift != self.shift and self.view.right is not None:
            self.shift = shift
            self.view.right.forget_ticks()
        self.percents.set_values(fractions + shift)
        self.events = tuple(split_events(results, self.desk, dated=False))
        self.message = self._message(results)
        self.frame.set_entries(self._entries(results))

    def _entries(self, results: Results) -> tuple[Entry, ...]:
        """Only what can be seen: without a share count there is neither a limit nor a percent."""
        shares, limit, percents = self.face.entries
        found = [shares]
        fraction = results.note.conversion.ownership_limit
        if fraction is not None and self.limit.has_values:
            found.append(limit._replace(label=f"{percent(fraction)} ownership limit"))
        return (*found, *([percents] if self.percents.has_values else ()))

    def draw(self) -> None:
        super().draw()
        axis = self.view.right
        if axis is not None and axis.isVisible() and not self.percents.has_values:
            axis.hide()

    def _message(self, results: Results) -> str:
        if results.series is None:
            return NO_PRICES
        if np.isnan(self.shares.values).all():
            return first_error(results.quote(self.desk.document.cursor_day))
        return ""

    def values_range(self, first: float, last: float) -> tuple[float, float]:
        found = ends_in_sight([curve.values for curve in self.curves], first, last)
        return log_range(*found) if found else (6.0, 9.0)

    def figures_on(self, quote: Quote) -> Values:
        if quote.shares is None:
            return (("", "no conversion price"),)
        found = [("shares", f"{quote.shares:,}")]
        if quote.share_of_company is not None:
            found.append(("of the company", f"{float(quote.share_of_company) * 100:.2f} %"))
        if quote.limit is not None and quote.limit.shares is not None:
            found.append(("limit", f"{quote.limit.shares:,}"))
        return tuple(found)

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:
        paint_events(painter, plane, self.events, self.theme, self.font)
        quote = self.quote
        if quote is None or not quote.shares or self.message:
            return
        y = plane.y(log10(quote.shares))
        edge = QPointF(plane.rect.left() - 2, y)
        self.tag(painter, edge, shares_text(quote.shares), self.theme.shares, left=True)
        if quote.share_of_company:
            fraction = float(quote.share_of_company)
            at = QPointF(plane.rect.right() + 2, plane.y(log10(fraction) + self.shift))
            text = f"{fraction * 100:.{2 if fraction < 0.1 else 1}f} %"
            self.tag(painter, at, text, self.theme.muted, left=False)

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:
        """The level line alone: the tags of the cursor day stand in the margins."""

    def summary(self, results: Results) -> str:
        if self.message:
            return self.message
        quote = results.quote(self.desk.document.cursor_day)
        words = f"{self.face.purpose}. On the day under the cursor: {values_text(self.figures_on(quote))}."
        if quote.limit is None or quote.limit.limit is None:
            return words
        over = np.count_nonzero(self.shares.values > self.limit.values)
        known = np.count_nonzero(~np.isnan(self.shares.values))
        return f"{words} Over the {percent(quote.limit.limit)} limit on {over:,} of {known:,} days."

    def columns(self) -> list[Column]:
        return [
            ("Shares for the whole balance", self.figures.shares),
            ("Ownership limit, shares", self.figures.limit_shares),
            ("Part of the company", self.figures.share_of_company),
        ]


def _shares_ticks(low: float, high: float, most: int) -> list[Tick]:
    return log_ticks(low, high, most, shares_text)


def _shift(shares: Floats, fractions: Floats) -> int:
    """The whole decades that put the percent under the shares, clear of them."""
    apart = shares - fractions
    # The middle one by sorting: np.median would import numpy.ma, 25 ms at the start.
    known = np.sort(apart[~np.isnan(apart)])
    return floor(float(known[known.size // 2]) - LEAST_GAP) if known.size else 8
