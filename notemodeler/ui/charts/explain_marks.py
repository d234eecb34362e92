"""The marks that explain one conversion price: its look-backs, the reference, and what makes the price of it."""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from notemodeler.engines.pricing.adjustments import Adjustment, FixedPrice, Rounding
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.pricing.floor import Floor
from notemodeler.engines.words import percent
from notemodeler.ui.charts.legend import Entry, Mark, draw_sign
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.window_marks import ShownWindow, WindowMarks, seamed
from notemodeler.ui.theme import Theme

NAMES: dict[type, str] = {FixedPrice: "fixed price", Floor: "floor", Rounding: "rounded"}
"""What a part that moved the price is called beside the arrow, where there is little room."""


class Counting(NamedTuple):
    """The look-back whose variable price counts: its reference price, what it is multiplied by, which it is."""

    reference: Decimal
    fraction: Decimal
    is_second: bool


def counting(finding: PriceFinding, composition: Composition) -> Counting | None:
    """The lesser of the variable prices; None where there is none."""
    pairs = zip(
        composition.variables, (finding.reference_price, finding.second_reference), strict=False
    )
    found = [
        Counting(reference, variable.multiplier.fraction, place > 0)
        for place, (variable, reference) in enumerate(pairs)
        if reference is not None
    ]
    return min(found, key=lambda each: each.reference * each.fraction, default=None)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The finding of the cursor day, ready to be painted over the curves."""

    finding: PriceFinding
    composition: Composition
    windows: tuple[ShownWindow, ...]
    cursor: float
    theme: Theme
    font: QFont

    def paint(self, painter: QPainter, plane: Plane) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        WindowMarks(self.windows, self.cursor, self.theme, self.font).paint(painter, plane)
        self._paint_drop(painter, plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_drop(self, painter: QPainter, plane: Plane) -> None:
        """The arrow from the reference price to the conversion price, and what it stands for."""
        price, base = self.finding.conversion_price, counting(self.finding, self.composition)
        if base is None or price is None or not plane.has_place(self.cursor):
            return
        start = plane.point(self.cursor, float(base.reference))
        end = plane.point(self.cursor, float(price))
        colour = QColor(self.theme.conversion)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(start, end)
        painter.setBrush(colour)
        self._paint_head(painter, start, end)
        painter.setPen(QPen(QColor(self.theme.base), 1.5))
        painter.drawEllipse(end, 4.5, 4.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_step(painter, plane, start, end)

    def _paint_head(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        sign = 1.0 if end.y() > start.y() else -1.0
        if abs(end.y() - start.y()) < 14:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        tip = end - QPointF(0, 5 * sign)
        painter.drawPolygon([tip, tip + QPointF(-4, -7 * sign), tip + QPointF(4, -7 * sign)])

    def _paint_step(self, painter: QPainter, plane: Plane, start: QPointF, end: QPointF) -> None:
        metrics = QFontMetricsF(self.font)
        lines = step_words(self.finding, self.composition)
        wide = max(map(metrics.horizontalAdvance, lines)) + 6
        high = metrics.height()
        left = start.x() + 7
        if left + wide > plane.rect.right():
            left = start.x() - 7 - wide
        # Beside the tail of the arrow: at its head run the conversion prices of the next days.
        way = end.y() - start.y()
        middle = start.y() + max(-0.7 * high, min(0.7 * high, way / 2))
        top = middle - high / 2 - (high * (len(lines) - 1) if way < 0 else 0)
        room = plane.rect.adjusted(0, 2, 0, -2)
        top = max(room.top(), min(top, room.bottom() - high * len(lines)))
        box = QRectF(left + 3, top, wide, high)
        for words in lines:
            at = QPointF(box.left(), box.top() + metrics.ascent())
            seamed(painter, at, words, self.font, self.theme.text, self.theme)
            box.translate(0, high)


def step_words(finding: PriceFinding, composition: Composition) -> list[str]:
    """`× 65 %`, and under it what else made the price: `second window`, `floor`."""
    base = counting(finding, composition)
    if base is None:
        return []
    words = [f"× {percent(base.fraction)}"]
    if base.is_second:
        words.append("second window")
    parts = composition.adjustments
    values = [step.value for step in finding.steps[-len(parts) - 1 :]]
    for part, before, after in zip(parts, values, values[1:], strict=False):
        if before != after:
            words.append(_name(part))
    return words


def _name(part: Adjustment) -> str:
    return NAMES.get(type(part), type(part).__name__.lower())


def paint_sign(
    painter: QPainter, plane: Plane, at: QPointF, role: str, mark: Mark, theme: Theme
) -> None:
    """A cross or a diamond in the plot, if it is in sight."""
    if plane.rect.adjusted(0, -8, 0, 8).contains(at) and isfinite(at.y()):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sign(painter, at, Entry("", role, mark), theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
