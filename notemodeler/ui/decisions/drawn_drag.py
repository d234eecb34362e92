"""Drawing how prices go on: the mouse takes hold of the assumed price of a day and moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from math import ceil, isnan, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from notemodeler.domain.dates import show_date
from notemodeler.domain.scenario import Continuation, DrawnPoint
from notemodeler.engines.words import price_text
from notemodeler.ui.document import Document

if TYPE_CHECKING:
    from notemodeler.ui.charts.line_chart import LineChart

NEAR_PIXELS = 7.0
LEAST_DECIMALS = 4
_serial = count(1)


class DrawnDrag:
    """Works while prices are drawn by hand; a day without a point gets one. One drag is one step to undo."""

    def __init__(self, document: Document, chart: LineChart) -> None:
        self._document = document
        self._chart = chart
        self._day: date | None = None
        self._merge_key = ""
        self._has_edited = False

    def is_near(self, at: QPointF) -> bool:
        return self._place(at) is not None

    def _place(self, at: QPointF) -> int | None:
        """The place of the assumed price under the mouse."""
        chart, scenario = self._chart, self._document.project.scenario
        shown = chart.shown
        if scenario.continuation is not Continuation.DRAWN or not shown.lines:
            return None
        plane, days, prices = chart.view.plane, chart.desk.days, shown.lines[0].values
        place = round(plane.place_at(at.x()))
        if not plane.rect.contains(at) or not 0 <= place < len(prices):
            return None
        until, price = shown.recorded_until, prices[place]
        if isnan(price) or (until is not None and days[place] <= until):
            return None
        return place if abs(plane.y(price) - at.y()) <= NEAR_PIXELS else None

    def start(self, at: QPointF) -> None:
        place = self._place(at)
        if place is not None:
            self._day = self._chart.desk.days[place]
            self._merge_key = f"draw price {next(_serial)}"
            self._has_edited = False

    def move(self, at: QPointF) -> None:
        if self._day is None:
            return
        plane = self._chart.view.plane
        y = min(max(at.y(), plane.rect.top()), plane.rect.bottom())
        decimals = max(LEAST_DECIMALS, ceil(-log10(plane.pixel_worth(plane.value_at(y)))))
        tick = Decimal(1).scaleb(-decimals)
        self._put(self._day, max(tick, Decimal(plane.value_at(y)).quantize(tick)))

    def _put(self, day: date, price: Decimal) -> None:
        project = self._document.project
        kept = [point for point in project.scenario.drawn if point.date != day]
        points = sorted([*kept, DrawnPoint(day, price)], key=lambda point: point.date)
        scenario = replace(project.scenario, drawn=tuple(points))
        sentence = f"Draw the price of {show_date(day)} at {price_text(price)}"
        self._has_edited |= scenario != project.scenario
        self._document.edit(replace(project, scenario=scenario), sentence, self._merge_key)

    def finish(self) -> None:
        self._day = None

    def cancel(self) -> bool:
        if self._day is None:
            return False
        if self._has_edited:
            stack = self._document.undo_stack
            given_up = stack.command(stack.index() - 1)
            given_up.undo()
            given_up.setObsolete(True)
            stack.undo()
        self.finish()
        return True
