"""The frame of one chart: a title row with legend and values, and an empty plot until it is filled."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.legend import SAMPLE_WIDTH, Entry, Face, draw_sample
from notemodeler.ui.theme import Theme

TITLE_HEIGHT = 24
SIDE, GAP = 8.0, 14.0
WORD_GAP = 4.0
USUAL_WIDTH = 720

Values = tuple[tuple[str, str], ...]
"""Figures with the words before them, which may be empty."""


class ChartFrame(QWidget):
    """Paints the title row and the border itself: one widget a chart, no labels to lay out."""

    def __init__(self, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self._theme = theme
        self._values: Values = ()
        self._view: QWidget | None = None
        self.setObjectName(face.name)
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.purpose)
        self.setMinimumHeight(TITLE_HEIGHT + 40)

    def sizeHint(self) -> QSize:
        return QSize(USUAL_WIDTH, TITLE_HEIGHT + 8 * self.face.stretch)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show another legend."""
        if entries != self.face.entries:
            self.face = self.face._replace(entries=entries)
            self.update(self._title_rect())

    def set_title(self, title: str) -> None:
        """Put another title over the plot."""
        if title != self.face.title:
            self.face = self.face._replace(title=title)
            self.update(self._title_rect())

    def set_values(self, values: Values) -> None:
        """Show the values under the cursor at the right of the title row."""
        if values != self._values:
            self._values = values
            self.update(self._title_rect())

    @property
    def values(self) -> Values:
        return self._values

    def hold(self, view: QWidget) -> None:
        """Put the plot into the frame."""
        self._view = view
        view.setParent(self)
        view.setGeometry(self.plot_rect())
        view.show()

    def plot_rect(self) -> QRect:
        """Where the plot is, inside the border."""
        return self.rect().adjusted(1, TITLE_HEIGHT, -1, -1)

    def _title_rect(self) -> QRect:
        return QRect(0, 0, self.width(), TITLE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._view is not None:
            self._view.setGeometry(self.plot_rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if event.rect().bottom() >= TITLE_HEIGHT:
            painter.fillRect(self.rect(), QColor(self._theme.base))
            painter.setPen(QPen(QColor(self._theme.outline), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self.paint_title(painter, QRectF(self._title_rect()), self._theme)

    def paint_title(self, painter: QPainter, row: QRectF, theme: Theme) -> None:
        """The title, the values, and as many legend entries as there is room for between them."""
        painter.fillRect(row.adjusted(1, 1, -1, 0), QColor(theme.base))
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.drawLine(row.topLeft(), row.topRight())
        inside = row.adjusted(SIDE + 2, 1, -SIDE, 0)
        left = inside.left() + self._paint_heading(painter, inside, theme) + GAP
        metrics = QFontMetricsF(self.font())
        signs = {entry.figure: entry for entry in self.face.entries if entry.figure}
        values = fitting(self._values, metrics, inside.right() - left, frozenset(signs))
        right = inside.right() - self._paint_values(painter, inside, values, signs, theme) - GAP
        shown = {words for words, _ in values}
        for entry in self.face.entries:
            if entry.figure in shown:
                continue
            wide = SAMPLE_WIDTH + 5 + metrics.horizontalAdvance(entry.label)
            if left + wide > right:
                break
            self._paint_entry(
                painter, QRectF(left, inside.top(), wide, inside.height()), entry, theme
            )
            left += wide + GAP

    def _paint_heading(self, painter: QPainter, row: QRectF, theme: Theme) -> float:
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self.face.title)
        return QFontMetricsF(font).horizontalAdvance(self.face.title)

    def _paint_values(
        self, painter: QPainter, row: QRectF, values: Values, signs: dict[str, Entry], theme: Theme
    ) -> float:
        """The figures from the right, each after the sample of its line if it has one. How wide they are."""
        painter.setFont(self.font())
        metrics = QFontMetricsF(self.font())
        right = row.right()
        for words, figure in reversed(values):
            start = right - metrics.horizontalAdvance(figure)
            words_start = start - (metrics.horizontalAdvance(words) + WORD_GAP if words else 0.0)
            painter.setPen(QColor(theme.text))
            _draw_text(painter, row, start, figure)
            painter.setPen(QColor(theme.muted))
            _draw_text(painter, row, words_start, words)
            right = words_start
            if words in signs:
                right -= SAMPLE_WIDTH + WORD_GAP
                _paint_sample(painter, row, right, signs[words], theme)
            right -= GAP
        return row.right() - right

    def _paint_entry(self, painter: QPainter, box: QRectF, entry: Entry, theme: Theme) -> None:
        _paint_sample(painter, box, box.left(), entry, theme)
        painter.setPen(QColor(theme.muted))
        words = box.adjusted(SAMPLE_WIDTH + 5, 0, 2, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.label)


def _draw_text(painter: QPainter, row: QRectF, left: float, text: str) -> None:
    if text:
        box = QRectF(left, row.top(), row.right() - left + 2, row.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def _paint_sample(painter: QPainter, row: QRectF, left: float, entry: Entry, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_sample(painter, QRectF(left, row.center().y() - 8, SAMPLE_WIDTH, 16), entry, theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def fitting(
    values: Values, metrics: QFontMetricsF, room: float, signed: frozenset[str] = frozenset()
) -> Values:
    """The figures without those in the middle that there is no room for; before the words of the
    `signed` ones stands the sample of a line.
    """
    while len(values) > 1 and _width(values, metrics, signed) > room:
        values = (values[0], *values[2:])
    return values


def _width(values: Values, metrics: QFontMetricsF, signed: frozenset[str]) -> float:
    words = sum(metrics.horizontalAdvance(part) for pair in values for part in pair)
    signs = sum(SAMPLE_WIDTH + WORD_GAP for pair in values if pair[0] in signed)
    return words + signs + sum(WORD_GAP for pair in values if pair[0]) + GAP * (len(values) - 1)


def values_text(values: Values) -> str:
    """The figures as one line of text."""
    return ", ".join(" ".join(part for part in pair if part) for pair in values)


def small_font(font: QFont) -> QFont:
    """The font of axes and marks, a little smaller than that of the window."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    return small
