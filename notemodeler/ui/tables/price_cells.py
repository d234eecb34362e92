"""What each cell of the price table holds, shows and looks like; nothing is formatted before it is seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont

from notemodeler.domain.kinds import PRICE
from notemodeler.domain.numbers import show_decimal
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.ui.document import Document
from notemodeler.ui.tables.model import TableModel
from notemodeler.ui.tables.price_columns import (
    DAY,
    DECIMALS_SHOWN,
    LOW,
    NO_FIGURE,
    NO_QUOTE,
    NO_RECORD,
    QUOTED,
    REFERENCE,
    TAG,
    price_columns,
)
from notemodeler.ui.tables.price_rows import PriceRows
from notemodeler.ui.tables.sorting import ABSENT
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.engines.pricing.finding import PriceFinding

MOST_FINDINGS_KEPT = 5_000


class PriceCells(TableModel):
    """The cells over one series; which rows there are is settled by `PriceModel`."""

    rows: PriceRows

    def __init__(
        self, document: Document, theme: Theme, series: PriceSeries, parent: QObject | None
    ) -> None:
        self._series = series
        super().__init__(document, theme, price_columns(series), parent)
        self._order: list[int] | None = None
        self._decimals = 4
        self._findings: dict[date, PriceFinding | None] = {}
        self.lows: dict[date, int] = {}

    @property
    def series(self) -> PriceSeries:
        """The series as it is shown."""
        return self._series

    def natural(self, row: int) -> int:
        """The row in date order of a row of the view."""
        return row if self._order is None else self._order[row]

    def day(self, row: int) -> date:
        return self.rows.days[self.natural(row)]

    def bar(self, row: int) -> PriceBar | None:
        place = self.rows.places[self.natural(row)]
        return None if place == ABSENT else self._series.bars[place]

    def look_at_window(self) -> None:
        """Which days are in the look-back of the cursor: 0 in it, from 1 on a qualifying low by rank."""
        rests = self.document.is_at_rest
        finding = None if rests else self.finding(self.document.cursor_day)
        if finding is None or self.document.results.series is not self._series:
            self.lows = {}
            return
        self.lows = dict.fromkeys((day.date for day in finding.window), 0)
        ranked = sorted(finding.qualifying, key=lambda day: (day.price or Decimal(0), day.date))
        self.lows.update((day.date, rank) for rank, day in enumerate(ranked, start=1))

    def finding(self, day: date) -> PriceFinding | None:
        """What the rule finds for a notice on the day; None where the calendar does not reach."""
        if self.document.is_at_rest:
            return None
        if day not in self._findings:
            if len(self._findings) > MOST_FINDINGS_KEPT:
                self._findings.clear()
            results = self.document.results
            try:
                found = results.quoter.rule.conversion_price_on(day)
            except ValueError:
                found = None
            self._findings[day] = found
        return self._findings[day]

    # Cells.

    def value(self, row: int, column: int) -> Any:
        if column == DAY:
            return self.day(row)
        if column >= REFERENCE:
            finding = self.finding(self.day(row))
            if finding is None:
                return None
            return finding.reference_price if column == REFERENCE else finding.conversion_price
        if column == LOW:
            return self.lows.get(self.day(row))
        bar = self.bar(row)
        return None if bar is None else bar.price if column == QUOTED else bar.kind

    def text(self, row: int, column: int) -> str:
        if column == QUOTED:
            bar = self.bar(row)
            if bar is None:
                return NO_RECORD
            if bar.price is None:
                return NO_QUOTE
            return show_decimal(bar.price, self.style, least=self._decimals)
        value = self.value(row, column)
        if column >= REFERENCE and not self.document.is_at_rest:
            return NO_FIGURE if value is None else self._short(value)
        if column == LOW:
            return f"● {value}" if value else ""
        return self.columns[column].show(value, self.style)

    def _short(self, price: Decimal) -> str:
        places = max(DECIMALS_SHOWN, self._decimals)
        return show_decimal(price, self.style, least=places, most=places)

    def edit_text(self, row: int, column: int) -> str:
        value = self.value(row, column)
        if column == LOW or value is None:
            return ""
        if column >= REFERENCE:
            return show_decimal(value, self.style, least=4, most=PRICE.most)
        return self.columns[column].show(value, self.style)

    def tip(self, row: int, column: int) -> str | None:
        if column >= REFERENCE:
            finding = self.finding(self.day(row))
            wrong = [issue.text for issue in finding.issues if issue.is_error] if finding else []
            return wrong[0] if wrong else self.edit_text(row, column) or None
        calendar = self.document.results.market.calendar
        day = self.day(row)
        if calendar.first <= day <= calendar.last and not calendar.is_trading_day(day):
            return "The market was closed on this day: the price counts in no window."
        if column == QUOTED and self.bar(row) is None:
            return "No price is recorded for this trading day: type it, or “no quote” if nobody quoted one."
        return None

    def foreground(self, row: int, column: int) -> QColor | None:
        if column >= REFERENCE:
            return self.muted
        if column == LOW:
            return self.marked
        bar = self.bar(row)
        return self.muted if bar is None or (column == QUOTED and bar.price is None) else None

    def background(self, row: int, column: int) -> QColor | None:
        return self.shade if self.day(row) in self.lows else None

    def font(self, row: int, column: int) -> QFont | None:
        return self.bold if column == QUOTED and self.lows.get(self.day(row)) else None

    def own_row(self, row: int) -> list[str]:
        return [] if self.bar(row) is None else super().own_row(row)

    def can_edit(self, row: int, column: int) -> bool:
        if column == QUOTED:
            return True
        if column == DAY:
            return self.bar(row) is not None or self._is_at_an_end(row)
        return column == TAG and self.bar(row) is not None

    def _is_at_an_end(self, row: int) -> bool:
        return self.natural(row) in (0, len(self.rows) - 1)

    def is_blank(self, row: int, column: int) -> bool:
        return (column != LOW and self.value(row, column) is None) or not self.value(row, column)
