"""The counter of Item 3.02 as a labelled bar: what was sold since the last report against the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from notemodeler.domain.dates import show_date
from notemodeler.ui.charts.legend import tint
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from decimal import Decimal

    from notemodeler.engines.company.sales_counter import SalesCounter

TITLE = "Item 3.02"
UNKNOWN = "Item 3.02: enter a share count, or the day through which sales were reported."
BAR_HEIGHT, SIDE, GAP = 12.0, 10.0, 12.0


class SalesBar(QWidget):
    """One line: the words at the left, the bar with its mark in the middle, what is left at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("book.sales_bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._counter: SalesCounter | None = None
        self.show_counter(None)

    def show_counter(self, counter: SalesCounter | None) -> None:
        """Take the counter; None as long as nothing says since when it counts."""
        self._counter = counter
        self.setAccessibleName(self.text)
        self.setToolTip(self.text)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def text(self) -> str:
        """The counter in words."""
        counter = self._counter
        if counter is None or counter.share is None:
            return UNKNOWN
        words = (
            f"{TITLE}: {_percent(counter.share)} of the outstanding sold since "
            f"{show_date(counter.since)}, report from {_percent(counter.threshold)}"
        )
        return f"{words}; {self._left}"

    @property
    def _left(self) -> str:
        counter = self._counter
        if counter is None or counter.shares_left is None:
            return ""
        if counter.shares_left == 0:
            return "▲ report due"
        return f"{counter.shares_left:,} shares left"

    def sizeHint(self) -> QSize:
        return QSize(400, self.fontMetrics().height() * 2 + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.base))
        painter.setPen(QPen(QColor(self._theme.outline), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        row = QRectF(self.rect()).adjusted(SIDE, 0, -SIDE, 0)
        counter = self._counter
        if counter is None or counter.share is None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, UNKNOWN)
            return
        left = row.left() + self._paint_title(painter, row) + GAP
        right = row.right() - self._paint_left(painter, row) - GAP
        self._paint_bar(painter, QRectF(left, row.top(), max(20.0, right - left), row.height()))

    def _paint_title(self, painter: QPainter, row: QRectF) -> float:
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, TITLE)
        painter.setFont(self.font())
        return QFontMetricsF(bold).horizontalAdvance(TITLE)

    def _paint_left(self, painter: QPainter, row: QRectF) -> float:
        counter = self._counter
        is_due = counter is not None and counter.shares_left == 0
        painter.setPen(QColor(self._theme.warning if is_due else self._theme.text))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(row, flags, self._left)
        return QFontMetricsF(self.font()).horizontalAdvance(self._left)

    def _paint_bar(self, painter: QPainter, room: QRectF) -> None:
        counter = self._counter
        assert counter is not None
        assert counter.share is not None
        share, threshold = float(counter.share), float(counter.threshold)
        full = max(threshold * 1.5, share * 1.1)
        track = QRectF(room.left(), room.bottom() - BAR_HEIGHT - 5, room.width(), BAR_HEIGHT)
        painter.fillRect(track, QColor(self._theme.grid))
        role = "warning" if share >= threshold else "shares"
        filled = QRectF(track)
        filled.setWidth(track.width() * share / full)
        painter.fillRect(filled, tint(self._theme, role, 0.75))
        at = round(track.left() + track.width() * threshold / full) + 0.5
        painter.setPen(QPen(QColor(self._theme.text), 2))
        painter.drawLine(QLineF(QPointF(at, track.top() - 3), QPointF(at, track.bottom() + 3)))
        self._paint_words(painter, room, filled.right(), at)

    def _paint_words(self, painter: QPainter, room: QRectF, end: float, mark: float) -> None:
        """The part at the left over the bar, the threshold over its mark, clear of each other."""
        counter = self._counter
        assert counter is not None
        assert counter.share is not None
        metrics = QFontMetricsF(self.font())
        line = QRectF(room.left(), room.top() + 2, room.width(), metrics.height())
        sold = f"{_percent(counter.share)} sold since {show_date(counter.since)}"
        threshold = f"report from {_percent(counter.threshold)}"
        wide = metrics.horizontalAdvance(threshold)
        start = min(mark - wide / 2, room.right() - wide)
        painter.setPen(QColor(self._theme.text))
        if room.left() + metrics.horizontalAdvance(sold) + 8 > start:
            start = room.right() - wide
        if room.left() + metrics.horizontalAdvance(sold) + 8 > start:
            sold = _percent(counter.share)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, sold)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(
            QRectF(start, line.top(), wide + 2, line.height()),
            Qt.AlignmentFlag.AlignVCenter,
            threshold,
        )


def _percent(part: Decimal) -> str:
    return f"{float(part) * 100:,.2f}".rstrip("0").rstrip(".") + " %"
