"""The sheet on which the rows of the form stand: groups with headings, labels beside or above the editors."""

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.ui.forms.row import Row

MARGIN, ROW_GAP, GROUP_GAP, COLUMN_GAP = 12, 5, 16, 10
EDITOR_CHARACTERS = 20
"""Labels go above the editors when beside them fewer characters than this would be seen."""


class Page(QWidget):
    """Rows in reading order under the headings of their groups. `arrange` is the whole layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._headings: dict[str, QLabel] = {}
        self._lines: list[QRect] = []
        self._measures = (0, 0, 0)

    def add(self, row: Row) -> None:
        """Put a row under the heading of its group."""
        group = row.field.term.group
        if group not in self._headings:
            heading = QLabel(group, self)
            font = QFont(heading.font())
            font.setWeight(QFont.Weight.DemiBold)
            heading.setFont(font)
            self._headings[group] = heading
        self.rows.append(row)

    def measure(self) -> None:
        """Take the widths and heights that follow from the font."""
        metrics = self.fontMetrics()
        labels = max(metrics.horizontalAdvance(row.label.text()) for row in self.rows) + 2
        editors = metrics.averageCharWidth() * EDITOR_CHARACTERS
        height = max(row.editor.sizeHint().height() for row in self.rows[:1])
        self._measures = (labels, editors, max(height, metrics.height() + 8))
        for row in self.rows:
            row.editor.fit_marks()

    @property
    def least_width(self) -> int:
        """The width below which a label would be clipped."""
        labels, editors, _ = self._measures
        return max(labels, editors) + 2 * MARGIN

    def arrange(self, width: int) -> None:
        """Place everything for a width and take the height that it needs."""
        labels, editors, _ = self._measures
        room = width - 2 * MARGIN
        beside = labels + COLUMN_GAP + editors <= room
        top, group = MARGIN - GROUP_GAP, ""
        self._lines = []
        for row in self.rows:
            if not row.shown:
                continue
            if row.field.term.group != group:
                group = row.field.term.group
                top = self._place_heading(group, top + GROUP_GAP, room)
            top = self._place_row(row, top, room, beside) + ROW_GAP
        self._hide_empty_headings()
        self.resize(width, top + MARGIN)

    def _place_heading(self, group: str, top: int, room: int) -> int:
        heading = self._headings[group]
        size = heading.sizeHint()
        heading.setGeometry(MARGIN, top, min(room, size.width()), size.height())
        start = MARGIN + size.width() + 8
        middle = top + size.height() // 2
        self._lines.append(QRect(start, middle, max(0, MARGIN + room - start), 1))
        return top + size.height() + ROW_GAP + 1

    def _place_row(self, row: Row, top: int, room: int, beside: bool) -> int:
        labels, _, height = self._measures
        if beside:
            left = MARGIN + labels + COLUMN_GAP
            editor = QRect(left, top, MARGIN + room - left, height)
            return row.place(QRect(MARGIN, top, labels, height), editor)
        above = self.fontMetrics().height() + 2
        editor = QRect(MARGIN, top + above, room, height)
        return row.place(QRect(MARGIN, top, room, above), editor) + 2

    def _hide_empty_headings(self) -> None:
        used = {row.field.term.group for row in self.rows if row.shown}
        for group, heading in self._headings.items():
            heading.setVisible(group in used)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.rows:
            self._refont_headings()
            self.measure()
            self.arrange(self.width())

    def _refont_headings(self) -> None:
        for heading in self._headings.values():
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            heading.setFont(font)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.Mid)
        for line in self._lines:
            if line.intersects(event.rect()):
                painter.fillRect(line, ink)
        painter.end()
