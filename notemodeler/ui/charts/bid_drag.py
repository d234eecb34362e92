"""Dragging one price of the line up and down; everything follows, and it is one step to undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from math import ceil, isnan, log10

from PySide6.QtCore import QPointF

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project
from notemodeler.engines.splits import price_carried
from notemodeler.engines.words import price_text
from notemodeler.ui.charts.curves import StepCurve
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.plane import Plane

NEAR_PIXELS = 6.0
LEAST_DECIMALS = 2
_serial = count(1)


class BidDrag:
    """Takes hold of the step of a day that has a price. The price is rounded as its series is."""

    def __init__(
        self,
        desk: Desk,
        curve: Callable[[], StepCurve],
        plane: Callable[[], Plane],
        released: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._curve = curve
        self._plane = plane
        self._released = released
        self._day: date | None = None
        self._merge_key = ""
        self._offset = 0.0
        self._decimals = LEAST_DECIMALS
        self._has_edited = False

    @property
    def day(self) -> date | None:
        """The day whose price is held."""
        return self._day

    def is_near(self, at: QPointF) -> bool:
        """Whether the mouse is on the step of a price that may be moved."""
        return not self._desk.document.is_read_only and self._held_price(at) is not None

    def _held_price(self, at: QPointF) -> float | None:
        plane, values = self._plane(), self._curve().values
        place = round(plane.place_at(at.x()))
        if not plane.rect.contains(at) or not 0 <= place < len(values):
            return None
        value = float(values[place])
        if isnan(value) or abs(plane.y(value) - at.y()) > NEAR_PIXELS:
            return None
        return value

    def start(self, at: QPointF) -> None:
        held = self._held_price(at)
        series = self._desk.document.results.series
        if held is None or series is None:
            return
        plane = self._plane()
        self._day = self._desk.days[round(plane.place_at(at.x()))]
        self._offset = plane.y(held) - at.y()
        self._decimals = _decimals(series, plane.pixel_worth(held))
        self._merge_key = f"drag price {next(_serial)}"
        self._has_edited = False

    def move(self, at: QPointF) -> None:
        if self._day is None:
            return
        plane = self._plane()
        y = min(max(at.y() + self._offset, plane.rect.top()), plane.rect.bottom())
        self._put(self._day, self._rounded(plane.value_at(y)))

    def _rounded(self, value: float) -> Decimal:
        tick = Decimal(1).scaleb(-self._decimals)
        return max(tick, Decimal(value).quantize(tick))

    def _put(self, day: date, price: Decimal) -> None:
        document = self._desk.document
        series = document.results.series
        if series is None:
            return
        # The chart shows dollars of the day; a series adjusted for splits lists those of today.
        listed = price_carried(price, 1 / document.results.market.shares_since(series, day, day))
        if series.price_on(day) == listed:
            return
        sentence = f"Drag {_noun(series)} of {show_date(day)} to {price_text(price)}"
        self._has_edited = True
        document.edit(with_price(document.project, series, day, listed), sentence, self._merge_key)

    def finish(self) -> None:
        self._day = None
        self._released()

    def cancel(self) -> bool:
        if self._day is None:
            return False
        if self._has_edited:
            stack = self._desk.document.undo_stack
            given_up = stack.command(stack.index() - 1)
            given_up.undo()
            given_up.setObsolete(True)  # the stack then drops it: there is nothing to do again
            stack.undo()
        self.finish()
        return True


def with_price(project: Project, series: PriceSeries, day: date, price: Decimal) -> Project:
    """The project with one price of a series replaced."""
    at = next(k for k, known in enumerate(project.prices) if known is series)
    bars = tuple(replace(bar, price=price) if bar.date == day else bar for bar in series.bars)
    return project.with_series(replace(series, bars=bars), at)


def _noun(series: PriceSeries) -> str:
    return "bid" if series.kind.value == "bid" else series.kind.label


def _decimals(series: PriceSeries, per_pixel: float) -> int:
    """The decimals that the series uses, but no more than one pixel can tell apart."""
    used = max((decimals_of(bar.price) for bar in series.bars if bar.price), default=0)
    visible = max(0, ceil(-log10(per_pixel)))
    return max(LEAST_DECIMALS, min(used, visible)) if used else min(LEAST_DECIMALS, visible)
