"""The explain view: prices, conversion price, and how it is made on the day under the cursor."""

from decimal import Decimal
from math import log10
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from notemodeler.app.results import Results
from notemodeler.domain.dates import show_date
from notemodeler.domain.numbers import show_decimal
from notemodeler.domain.prices import PriceKind
from notemodeler.engines.history import HappeningKind
from notemodeler.engines.quote import Quote
from notemodeler.engines.words import price_text
from notemodeler.ui.charts.axes import ChartAxis, PriceAxis
from notemodeler.ui.charts.bid_drag import BidDrag
from notemodeler.ui.charts.chart import Chart
from notemodeler.ui.charts.curves import Floats, StepCurve, ends_in_sight
from notemodeler.ui.charts.explain_lines import events_of, levels_of
from notemodeler.ui.charts.explain_marks import Explanation, paint_sign
from notemodeler.ui.charts.frame import Values, values_text
from notemodeler.ui.charts.gestures import Draggable
from notemodeler.ui.charts.legend import EXPLAIN, Entry, Mark
from notemodeler.ui.charts.level_marks import Event, Level, paint_events, paint_levels
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.plot import Column
from notemodeler.ui.charts.ticks import linear_range, log_price_ticks, log_range, price_ticks
from notemodeler.ui.charts.value_words import first_error, short_price
from notemodeler.ui.charts.window_marks import ShownWindow, paint_shades, windows_of

if TYPE_CHECKING:
    from notemodeler.engines.daily import DailyFigures

NO_PRICES = "Enter or import prices to see the conversion price."
SHORT_NAMES = {
    PriceKind.BID: "bid",
    PriceKind.CLOSE: "close",
    PriceKind.LOW: "low",
    PriceKind.VWAP: "VWAP",
}
NEAR_FACTOR = 1.6
"""A cap or floor this far beyond the prices would flatten them: it is named at the edge instead."""
LOG_FROM = 25.0
"""Prices of which the highest is so many times the lowest are drawn on a log scale: else all but the
highest would lie on the floor of the chart."""


class ExplainChart(Chart):
    """Shows what was read (the prices), what follows (the conversion price), and why."""

    face = EXPLAIN

    def make_axes(self) -> tuple[ChartAxis, ChartAxis | None]:
        return PriceAxis(), None

    def make_curves(self) -> list[StepCurve]:
        price, conversion = self.face.entries[:2]
        self.price = StepCurve(self.view.box, price, height=1)
        self.conversion = StepCurve(self.view.box, conversion, height=2)
        self.levels: tuple[Level, ...] = ()
        self.events: tuple[Event, ...] = ()
        self.no_quotes: tuple[int, ...] = ()
        self.conversions: tuple[tuple[int, float], ...] = ()
        self.windows: tuple[ShownWindow, ...] = ()
        return [self.price, self.conversion]

    def make_drag(self) -> Draggable | None:
        self.bid_drag = BidDrag(
            self.desk, lambda: self.price, lambda: self.view.plane, lambda: self.draw()
        )
        return self.bid_drag

    def show(self, results: Results, figures: "DailyFigures") -> None:
        self.results = results
        self.price.set_values(figures.price)
        self.conversion.set_values(figures.conversion_price)
        self.reference: Floats = figures.reference
        self.no_quotes = _no_quotes(figures.price)
        self.conversions = tuple(
            (self.desk.place(each.date), float(each.price))
            for each in results.history.happenings
            if each.kind is HappeningKind.CONVERSION and each.price is not None
        )
        self.levels = tuple(levels_of(results, self.desk))
        self.events = tuple(events_of(results, self.desk))
        if self.bid_drag.day is None:  # the scale stays while a price is held
            self._choose_scale()
        self.message = self._message(results)
        self.frame.set_entries(self._entries(results))

    def _message(self, results: Results) -> str:
        if results.series is None:
            return NO_PRICES
        if np.isnan(self.conversion.values).all():
            return first_error(results.quote(self.desk.document.cursor_day))
        return ""

    def _entries(self, results: Results) -> tuple[Entry, ...]:
        series = results.series
        kind = series.kind if series is not None else results.note.conversion.rule.series
        price = self.face.entries[0]._replace(label=kind.label, figure=SHORT_NAMES[kind])
        entries = [price, *self.face.entries[1:3]]
        if self.conversions:
            entries.append(Entry("converted", "shares", Mark.DIAMOND))
        return (*entries, *(self.face.entries[3:] if self.no_quotes else ()))

    def _choose_scale(self) -> None:
        found = ends_in_sight([curve.values for curve in self.curves], 0, len(self.price.values))
        is_log = found is not None and found[0] > 0 and found[1] > LOG_FROM * found[0]
        for curve in self.curves:
            curve.show_logs(is_log)
        if is_log is not self.is_log:
            self.is_log = is_log
            self.view.left.make_ticks = log_price_ticks if is_log else price_ticks
            self.view.left.forget_ticks()
            self.frame.set_title(f"{self.face.title}, log scale" if is_log else self.face.title)

    def values_range(self, first: float, last: float) -> tuple[float, float]:
        if self.bid_drag.day is not None:
            return self.view.plane.low, self.view.plane.high
        found = ends_in_sight([self.price.values, self.conversion.values], first, last)
        if found is None:
            highest = max((level.value * 1.2 for level in self.levels), default=1.0)
            return log_range(log10(highest / 10), log10(highest)) if self.is_log else (0.0, highest)
        low, high = found
        for level in self.levels:
            in_sight = level.first < last and first < level.last
            if in_sight and low / NEAR_FACTOR <= level.value <= high * NEAR_FACTOR:
                low, high = min(low, level.value), max(high, level.value)
        return log_range(log10(low), log10(high)) if self.is_log else linear_range(low, high)

    def show_cursor(self, quote: Quote) -> None:
        self.windows = tuple(windows_of(quote.price, self.desk, self.price.values))
        self.view.under.update()
        super().show_cursor(quote)

    def paint_ground(self, painter: QPainter, plane: Plane) -> None:
        if not self.message:
            paint_shades(painter, plane, self.theme, self.windows)

    def paint_marks(self, painter: QPainter, plane: Plane) -> None:
        paint_levels(painter, plane, self.levels, self.theme, self.font)
        paint_events(painter, plane, self.events, self.theme, self.font)
        foot = plane.rect.bottom() - 6
        for place in self.no_quotes:
            if plane.has_place(place):
                at = QPointF(plane.x(place), foot)
                paint_sign(painter, plane, at, "muted", Mark.CROSS, self.theme)
        for place, price in self.conversions:
            if plane.has_place(place):
                at = plane.point(place, price)
                paint_sign(painter, plane, at, "shares", Mark.DIAMOND, self.theme)
        if self.quote is not None and not self.message:
            self._paint_finding(painter, plane, self.quote)

    def _paint_finding(self, painter: QPainter, plane: Plane, quote: Quote) -> None:
        finding = quote.price
        composition = self.results.quoter.rule.on(quote.notice_date)
        Explanation(
            finding, composition, self.windows, self.desk.cursor, self.theme, self.font
        ).paint(painter, plane)
        edge = plane.rect.right() + 2
        tags = [
            (finding.reference_price, self.theme.muted),
            (finding.conversion_price, self.theme.conversion),
        ]
        rows = _apart(
            [plane.y(float(p)) for p, _ in tags if p is not None],
            QFontMetricsF(self.font).height() + 3,
        )
        shown = [(price, colour) for price, colour in tags if price is not None]
        for (price, colour), y in zip(shown, rows, strict=True):
            if plane.has_value(float(price)):
                self.tag(painter, QPointF(edge, y), tag_price(price), colour, left=False)
        if finding.conversion_price is None:
            self._paint_gap(painter, plane, first_error(quote))

    def _paint_gap(self, painter: QPainter, plane: Plane, words: str) -> None:
        """Why there is no conversion price on this day, beside the cursor."""
        metrics = QFontMetricsF(self.font)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        room = QRectF(0, 0, min(330.0, plane.rect.width() * 0.5), plane.rect.height())
        box = metrics.boundingRect(room, flags, words)
        x = plane.x(self.desk.cursor) + 10
        if x + box.width() + 8 > plane.rect.right():
            x = plane.x(self.desk.cursor) - 18 - box.width()
        down = min(46.0, plane.rect.height() / 4)
        box.moveTopLeft(QPointF(max(plane.rect.left() + 8, x), plane.rect.top() + down))
        painter.fillRect(box.adjusted(-6, -4, 6, 4), QColor(self.theme.warning_shade))
        painter.setPen(QColor(self.theme.warning))
        painter.drawRect(box.adjusted(-6, -4, 6, 4))
        painter.drawText(box, flags, words)

    def paint_pointer_value(self, painter: QPainter, plane: Plane) -> None:
        if self.pointer is not None:
            value = plane.value_at(self.pointer.y())
            text = pointer_price(value, plane.pixel_worth(value))
            at = QPointF(plane.rect.left() - 2, self.pointer.y())
            self.tag(painter, at, text, self.theme.muted, left=True)

    def figures_on(self, quote: Quote) -> Values:
        found = [("", show_date(quote.notice_date))]
        series = self.desk.document.results.series
        price = series.price_on(quote.notice_date) if series is not None else None
        if price is not None and series is not None:
            found.append((SHORT_NAMES[series.kind], price_text(price)))
        finding = quote.price
        if finding.conversion_price is None:
            return (*found, ("", "no conversion price"))
        if finding.reference_price is not None:
            found.append(("reference", short_price(finding.reference_price)))
        return (*found, ("conversion", short_price(finding.conversion_price)))

    def summary(self, results: Results) -> str:
        if self.message:
            return self.message
        day = self.desk.document.cursor_day
        quote = results.quote(day)
        words = [f"{self.face.purpose}.", f"{values_text(self.figures_on(quote))}."]
        values = self.price.values
        if not np.isnan(values).all():
            low, high = float(np.nanmin(values)), float(np.nanmax(values))
            words.append(
                f"Prices from {pointer_price(low, low / 100)} to {pointer_price(high, low / 100)}."
            )
        words += [issue.text for issue in quote.price.issues]
        return " ".join(words)

    def columns(self) -> list[Column]:
        return [
            (self.frame.face.entries[0].label.capitalize(), self.price.values),
            ("Reference price", self.reference),
            ("Conversion price", self.conversion.values),
        ]


def _no_quotes(price: Floats) -> tuple[int, ...]:
    """The days without a price between the first and the last that have one."""
    known = np.flatnonzero(~np.isnan(price))
    if not known.size:
        return ()
    inside = np.flatnonzero(np.isnan(price[known[0] : known[-1]])) + known[0]
    return tuple(int(place) for place in inside)


def _apart(rows: list[float], least: float) -> list[float]:
    """Two tags moved away from each other until they do not overlap."""
    if len(rows) == 2 and abs(rows[1] - rows[0]) < least:
        middle, sign = (rows[0] + rows[1]) / 2, 1 if rows[1] >= rows[0] else -1
        return [middle - sign * least / 2, middle + sign * least / 2]
    return rows


def tag_price(price: Decimal) -> str:
    """A price short enough for the margin, rounded."""
    return f"${show_decimal(price, least=4, most=max(4, 3 - price.adjusted()))}"


def pointer_price(value: float, per_pixel: float) -> str:
    """A price read off the plot, with the decimals that a pixel can tell apart."""
    places = max(2, -Decimal(per_pixel).adjusted())
    return f"${value:,.{places}f}"
