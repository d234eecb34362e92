"""The marks that explain one conversion price: the window, its qualifying lows, the reference, the multiplier."""

from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from notemodeler.domain.rule import PriceRule
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.words import percent
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Entry, Mark, draw_sign
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

MOST_NUMBERED = 12
RING, LEAST_RING = 5.0, 3.2


@dataclass(frozen=True, slots=True)
class WindowSpan:
    """The columns of a look-back on the x axis: exactly as many units wide as it has days."""

    first: float
    last: float

    @property
    def wide(self) -> float:
        return self.last - self.first


def window_span(finding: PriceFinding, desk: Desk) -> WindowSpan | None:
    """Where the look-back lies; None if it ends before the first day of the chart."""
    window = finding.window
    if not window or not desk.days or window[-1].date < desk.days[0]:
        return None
    end = desk.place(window[-1].date) + 0.5
    return WindowSpan(end - len(window), end)


def paint_window(
    painter: QPainter, plane: Plane, theme: Theme, finding: PriceFinding, span: WindowSpan
) -> None:
    """The shade under the curves; days without a price in another shade."""
    painter.fillRect(plane.band(span.first, span.last), QColor(theme.window_shade))
    for k, day in enumerate(finding.window):
        if day.price is None:
            cell = plane.band(span.first + k, span.first + k + 1)
            painter.fillRect(cell, QColor(theme.warning_shade))
            painter.fillRect(cell, hatch(theme))


def hatch(theme: Theme) -> QBrush:
    """A pattern, so that it can be told from a plain shade without its colour."""
    return QBrush(QColor(theme.warning), Qt.BrushStyle.BDiagPattern)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The finding of the cursor day, ready to be painted over the curves."""

    finding: PriceFinding
    rule: PriceRule
    span: WindowSpan | None
    cursor: float
    theme: Theme
    font: QFont

    def paint(self, painter: QPainter, plane: Plane) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.span is not None:
            self._paint_length(painter, plane, self.span)
            self._paint_reference(painter, plane, self.span)
            self._paint_rings(painter, plane, self.span)
        self._paint_drop(painter, plane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_length(self, painter: QPainter, plane: Plane, span: WindowSpan) -> None:
        """How long the window is, at its foot."""
        band = plane.band(span.first, span.last)
        count = len(self.finding.window)
        metrics = QFontMetricsF(self.font)
        text = f"{count} trading days"
        wide, high = metrics.horizontalAdvance(text) + 6, metrics.height()
        left = band.center().x() - wide / 2
        if wide > band.width():
            left = band.left() - wide if band.left() - wide > plane.rect.left() else band.right()
        foot = QRectF(left, band.bottom() - high - 2, wide, high)
        if wide > band.width():
            painter.fillRect(foot, QColor(self.theme.base))
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_reference(self, painter: QPainter, plane: Plane, span: WindowSpan) -> None:
        reference = self.finding.reference_price
        if reference is None:
            return
        y = plane.y(float(reference))
        right = max(plane.x(span.last), plane.x(self.cursor))
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(max(plane.rect.left(), plane.x(span.first)), y, right, y))

    def _paint_rings(self, painter: QPainter, plane: Plane, span: WindowSpan) -> None:
        """A ring around each qualifying price, numbered from the lowest."""
        window = self.finding.window
        chosen = [k for k, day in enumerate(window) if day.qualifying and day.price is not None]
        ranked = sorted(chosen, key=lambda k: (window[k].price, k))
        radius = max(LEAST_RING, min(RING, 0.9 * plane.day_width))
        painter.setPen(QPen(QColor(self.theme.qualifying), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        found: list[tuple[QPointF, str]] = []
        for rank, k in enumerate(ranked, start=1):
            at = plane.point(span.first + 0.5 + k, float(window[k].price or 0))
            if plane.rect.adjusted(-2, -2, 2, 2).contains(at):
                painter.drawEllipse(at, radius, radius)
                found.append((at, str(rank)))
        if len(found) > 0 and len(ranked) <= MOST_NUMBERED:
            self._paint_ranks(painter, plane, found, radius)

    def _paint_ranks(
        self, painter: QPainter, plane: Plane, found: list[tuple[QPointF, str]], radius: float
    ) -> None:
        """The numbers of the rings: under each where the days are wide, else side by side under them all."""
        metrics = QFontMetricsF(self.font)
        high = metrics.height()
        found = sorted(found, key=lambda ring: ring[0].x())
        columns = spread([at.x() for at, _ in found], metrics.horizontalAdvance("0") + 3)
        lowest = max(at.y() for at, _ in found)
        level = plane.day_width < 2 * RING
        painter.setPen(QColor(self.theme.text))
        for (at, number), x in zip(found, columns, strict=True):
            top = (lowest if level else at.y()) + radius + 1
            if top + high > plane.rect.bottom():
                top = at.y() - radius - 1 - high
            box = QRectF(x - 12, top, 24, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)

    def _paint_drop(self, painter: QPainter, plane: Plane) -> None:
        """The arrow from the reference price to the conversion price, and what it stands for."""
        reference, price = self.finding.reference_price, self.finding.conversion_price
        if reference is None or price is None or not plane.has_place(self.cursor):
            return
        start = plane.point(self.cursor, float(reference))
        end = plane.point(self.cursor, float(price))
        colour = QColor(self.theme.conversion)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(start, end)
        painter.setBrush(colour)
        self._paint_head(painter, start, end)
        painter.setPen(QPen(QColor(self.theme.base), 1.5))
        painter.drawEllipse(end, 4.5, 4.5)
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
        text = step_words(self.finding, self.rule)
        wide, high = metrics.horizontalAdvance(text) + 6, metrics.height()
        left = start.x() + 7
        if left + wide > plane.rect.right():
            left = start.x() - 7 - wide
        # Beside the tail of the arrow: at its head run the conversion prices of the next days.
        way = end.y() - start.y()
        middle = start.y() + max(-0.7 * high, min(0.7 * high, way / 2))
        box = QRectF(left, middle - high / 2, wide, high)
        foot = QPointF(box.left() + 3, box.top() + metrics.ascent())
        # A seam around the letters, not a box: a line that breaks off means that a price is missing.
        seam = QPainterPath()
        seam.addText(foot, self.font, text)
        painter.strokePath(seam, QPen(QColor(self.theme.base), 3))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(foot, text)


def step_words(finding: PriceFinding, rule: PriceRule) -> str:
    """`× 65 %`, and what else moved the price: `× 65 %, cap`."""
    words = [f"× {percent(rule.multiplier)}"]
    for before, step in zip(finding.steps[1:], finding.steps[2:], strict=False):
        if step.value != before.value:
            words.append(step.label.lower())
    return ", ".join(words)


def paint_sign(
    painter: QPainter, plane: Plane, at: QPointF, role: str, mark: Mark, theme: Theme
) -> None:
    """A cross or a diamond in the plot, if it is in sight."""
    if plane.rect.adjusted(0, -8, 0, 8).contains(at) and isfinite(at.y()):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sign(painter, at, Entry("", role, mark), theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def spread(columns: list[float], least: float) -> list[float]:
    """Ascending places moved apart until neighbours keep the least distance, about the same centre."""
    if not columns:
        return []
    moved = [columns[0]]
    for x in columns[1:]:
        moved.append(max(x, moved[-1] + least))
    back = (sum(moved) - sum(columns)) / len(columns)
    return [x - back for x in moved]
