"""The marks of one look-back: its shade, how long it is, its qualifying lows and its reference price."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, nan

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from notemodeler.engines.pricing.finding import PriceFinding, WindowDay
from notemodeler.ui.charts.curves import Floats
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.theme import Theme

MOST_NUMBERED = 12
RING, LEAST_RING = 5.0, 3.2
SEAM = 3


@dataclass(frozen=True, slots=True)
class WindowSpan:
    """The columns of a look-back on the x axis: exactly as many units wide as it has days."""

    first: float
    last: float

    @property
    def wide(self) -> float:
        return self.last - self.first


def window_span(window: tuple[WindowDay, ...], desk: Desk) -> WindowSpan | None:
    """Where a look-back lies; None if it ends before the first day of the chart."""
    if not window or not desk.days or window[-1].date < desk.days[0]:
        return None
    end = desk.place(window[-1].date) + 0.5
    return WindowSpan(end - len(window), end)


@dataclass(frozen=True, slots=True)
class ShownWindow:
    """A look-back in sight. The second one has a dotted edge, so that it can be told from the first."""

    days: tuple[WindowDay, ...]
    levels: tuple[float, ...]
    """Where the price of each day stands in the chart: in dollars of that day, NaN for none."""
    reference: Decimal | None
    span: WindowSpan
    is_second: bool = False

    @property
    def words(self) -> str:
        count = f"{len(self.days)} trading day{'s' * (len(self.days) != 1)}"
        return f"second window, {count}" if self.is_second else count


def windows_of(finding: PriceFinding, desk: Desk, prices: Floats) -> Iterator[ShownWindow]:
    """The look-backs of a finding that lie in the days of the chart, with the prices drawn there."""
    for days, reference, is_second in (
        (finding.window, finding.reference_price, False),
        (finding.second, finding.second_reference, True),
    ):
        span = window_span(days, desk)
        if span is not None:
            start = round(span.first + 0.5)
            places = range(start, start + len(days))
            levels = tuple(
                float(prices[place]) if 0 <= place < len(prices) else nan for place in places
            )
            yield ShownWindow(days, levels, reference, span, is_second)


def paint_shades(
    painter: QPainter, plane: Plane, theme: Theme, windows: tuple[ShownWindow, ...]
) -> None:
    """The shades under the curves; days without a price in another shade."""
    for window in windows:
        band = plane.band(window.span.first, window.span.last)
        painter.fillRect(band, QColor(theme.window_shade))
        for k, day in enumerate(window.days):
            if day.price is None:
                cell = plane.band(window.span.first + k, window.span.first + k + 1)
                painter.fillRect(cell, QColor(theme.warning_shade))
                painter.fillRect(cell, hatch(theme))
        if window.is_second and band.width() > 0:
            painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
            painter.drawRect(band.adjusted(0.5, 0.5, -0.5, -0.5))


def hatch(theme: Theme) -> QBrush:
    """A pattern, so that it can be told from a plain shade without its colour."""
    return QBrush(QColor(theme.warning), Qt.BrushStyle.BDiagPattern)


@dataclass(frozen=True, slots=True)
class WindowMarks:
    """What is painted over the curves for each look-back in sight."""

    windows: tuple[ShownWindow, ...]
    cursor: float
    theme: Theme
    font: QFont

    def paint(self, painter: QPainter, plane: Plane) -> None:
        feet: list[QRectF] = []
        for window in self.windows:
            if plane.band(window.span.first, window.span.last).width() > 0:
                feet.append(self._paint_length(painter, plane, window, feet))
                self._paint_reference(painter, plane, window)
                self._paint_rings(painter, plane, window)

    def _paint_length(
        self, painter: QPainter, plane: Plane, window: ShownWindow, taken: list[QRectF]
    ) -> QRectF:
        """How long the window is, at its foot, over the words of one before it."""
        band = plane.band(window.span.first, window.span.last)
        metrics = QFontMetricsF(self.font)
        wide, high = metrics.horizontalAdvance(window.words) + 6, metrics.height()
        left = band.center().x() - wide / 2
        if wide > band.width():
            left = band.left() - wide if band.left() - wide > plane.rect.left() else band.right()
        foot = QRectF(left, band.bottom() - high - 2, wide, high)
        while any(foot.intersects(other) for other in taken):
            foot.translate(0, -high)
        at = QPointF(foot.left() + 3, foot.top() + metrics.ascent())
        seamed(painter, at, window.words, self.font, self.theme.muted, self.theme)
        return foot

    def _paint_reference(self, painter: QPainter, plane: Plane, window: ShownWindow) -> None:
        if window.reference is None:
            return
        y = plane.y(float(window.reference))
        right = max(plane.x(window.span.last), plane.x(self.cursor))
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        left = max(plane.rect.left(), plane.x(window.span.first))
        painter.drawLine(QLineF(left, y, right, y))

    def _paint_rings(self, painter: QPainter, plane: Plane, window: ShownWindow) -> None:
        """A ring around each qualifying price, numbered from the lowest."""
        days = window.days
        chosen = [k for k, day in enumerate(days) if day.qualifying and day.price is not None]
        ranked = sorted(chosen, key=lambda k: (days[k].price, k))
        radius = max(LEAST_RING, min(RING, 0.9 * plane.day_width))
        painter.setPen(QPen(QColor(self.theme.qualifying), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        found: list[tuple[QPointF, str]] = []
        for rank, k in enumerate(ranked, start=1):
            at = plane.point(window.span.first + 0.5 + k, window.levels[k])
            if isfinite(at.y()) and plane.rect.adjusted(-2, -2, 2, 2).contains(at):
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


def seamed(
    painter: QPainter, at: QPointF, text: str, font: QFont, colour: str, theme: Theme
) -> None:
    """Words with a seam around the letters, not a box: a line that breaks off means that a price is missing."""
    seam = QPainterPath()
    seam.addText(at, font, text)
    painter.strokePath(seam, QPen(QColor(theme.base), SEAM))
    painter.setPen(QColor(colour))
    painter.drawText(at, text)


def spread(columns: list[float], least: float) -> list[float]:
    """Ascending places moved apart until neighbours keep the least distance, about the same centre."""
    if not columns:
        return []
    moved = [columns[0]]
    for x in columns[1:]:
        moved.append(max(x, moved[-1] + least))
    back = (sum(moved) - sum(columns)) / len(columns)
    return [x - back for x in moved]
