"""Where each piece of an explanation stands on the sheet: worked out once, painted as often as need be."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt

from notemodeler.app.why import Why, WindowRow, WindowTable
from notemodeler.app.why_figures import Line, Section
from notemodeler.domain.issues import Issue, Severity
from notemodeler.ui.why.fonts import WRAP, Fonts

MARGIN, GAP, SECTION_GAP = 12, 6, 16
LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value
RIGHT = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
WRAPPED = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value | WRAP


UNBROKEN_PERCENT = "\u00a0%"
"""No line breaks between a figure and its per cent sign."""


class Words(NamedTuple):
    """A text in its box; `ink` names a colour of the theme."""

    box: QRect
    flags: int
    text: str
    font: str
    ink: str


class IssueBox(NamedTuple):
    """The ground of an issue and the square of its mark."""

    box: QRect
    mark: QRect
    severity: Severity


class DayRow(NamedTuple):
    """One day of the window as a place to press; `ring` is where its mark stands."""

    box: QRect
    ring: QRect
    row: WindowRow


class SheetLayout:
    """The pieces of one explanation at one width."""

    def __init__(self, why: Why, width: int, fonts: Fonts) -> None:
        self.words: list[Words] = []
        self.issues: list[IssueBox] = []
        self.days: list[DayRow] = []
        self.rules: list[QRect] = []
        self._fonts = fonts
        self._left, self._room = MARGIN, width - 2 * MARGIN
        self._top = GAP
        self._price(why)
        for issue in why.issues:
            self._issue(issue)
        if why.clause:
            self._top += GAP
            self._wrapped(why.clause, "body", "text")
        for window in why.windows:
            self._window(window)
        for section in why.sections:
            self._section(section)
        self.height = self._top + MARGIN

    def day_at(self, x: int, y: int) -> date | None:
        """The day of the window row there."""
        for day in self.days:
            if day.box.contains(x, y):
                return day.row.day
        return None

    def _line_height(self, font: str) -> int:
        return self._fonts.metrics[font].height()

    def _say(self, text: str, font: str, ink: str, flags: int, top: int) -> None:
        box = QRect(self._left, top, self._room, self._line_height(font))
        self.words.append(Words(box, flags, text, font, ink))

    def _wrapped(self, text: str, font: str, ink: str, indent: int = 0) -> None:
        text = text.replace(" %", UNBROKEN_PERCENT)
        width = self._room - indent
        height = self._fonts.wrapped_height(text, font, width)
        box = QRect(self._left + indent, self._top, width, height)
        self.words.append(Words(box, WRAPPED, text, font, ink))
        self._top += height

    def _price(self, why: Why) -> None:
        self._wrapped(why.title, "body", "muted")
        self._top += 2
        font = next((size for size in ("huge", "large") if self._fits(why.price, size)), "strong")
        self._say(why.price, font, "text", LEFT, self._top)
        self._top += self._line_height(font) + GAP

    def _fits(self, text: str, font: str) -> bool:
        return self._fonts.metrics[font].horizontalAdvance(text) <= self._room

    def _issue(self, issue: Issue) -> None:
        start, pad = self._top, GAP
        side = round(self._fonts.metrics["body"].ascent() * 0.95)
        self._top += pad
        mark = QRect(
            self._left + pad, self._top + (self._line_height("body") - side) // 2, side, side
        )
        self._room -= pad
        self._wrapped(issue.text, "body", "text", indent=2 * pad + side)
        self._room += pad
        box = QRect(self._left, start, self._room, self._top + pad - start)
        self.issues.append(IssueBox(box, mark, issue.severity))
        self._top += pad + GAP

    def _heading(self, text: str) -> None:
        self._top += SECTION_GAP
        self._wrapped(text, "strong", "text")
        self._top += GAP // 2

    def _window(self, window: WindowTable) -> None:
        has_quotes = any(row.quoted for row in window.rows)
        self._heading(f"{window.title}, quoted and restated" if has_quotes else window.title)
        height = self._line_height("body") + 5
        side = height - 3
        for row in window.rows:
            box = QRect(self._left, self._top, self._room, height)
            ring = QRect(box.right() - side - 2, self._top + 1, side, side)
            self.days.append(DayRow(box, ring, row))
            font = "strong" if row.mark else "body"
            inner = box.adjusted(GAP, 0, -side - 2 * GAP, 0)
            self.words.append(Words(inner, LEFT, row.date, "body", "text"))
            shown = (row.price, font, "text") if row.price else (row.gap, "body", "warning")
            self.words.append(Words(inner, RIGHT, *shown))
            if row.quoted:
                self._quoted(row, inner)
            if row.mark:
                middle = Qt.AlignmentFlag.AlignCenter.value
                self.words.append(Words(ring, middle, row.mark, "body", "qualifying"))
            self._top += height

    def _quoted(self, row: WindowRow, inner: QRect) -> None:
        """What was quoted, between the day and the price that a split has restated it to."""
        metrics = self._fonts.metrics["body"]
        wide = self._fonts.metrics["strong"].horizontalAdvance(row.price) + GAP
        box = inner.adjusted(metrics.horizontalAdvance(row.date) + GAP, 0, -wide, 0)
        words = row.quoted.removeprefix("quoted ")
        self.words.append(Words(box, RIGHT, words, "body", "muted"))

    def _section(self, section: Section) -> None:
        self._heading(section.title)
        for line in section.lines:
            self._figure(line)

    def _figure(self, line: Line) -> None:
        font = "strong" if line.total else "body"
        metrics = self._fonts.metrics[font]
        if line.total and self._top:
            self.rules.append(QRect(self._left, self._top + 1, self._room, 1))
            self._top += 4
        self._say(line.label, font, "text", LEFT, self._top)
        both = metrics.horizontalAdvance(line.label) + metrics.horizontalAdvance(line.value)
        if both + 2 * GAP > self._room:
            self._top += self._line_height(font)
        self._say(line.value, font, "text", RIGHT, self._top)
        self._top += self._line_height(font)
        if line.detail:
            self._wrapped(line.detail, "body", "muted")
        self._top += GAP // 2
