"""The sheet of the fair value: painted in one go, because its figures change with every keystroke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from notemodeler.domain.issues import Severity
from notemodeler.ui.theme import Theme
from notemodeler.ui.why.fonts import WRAP, Fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notemodeler.app.valuation_text import WorthCard, WorthLine
    from notemodeler.domain.issues import Issue

SIDE, TOP, GAP = 10, 3, 5
LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value
RIGHT = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignTop.value
WARNING_SIGN = "⚠"


class Words(NamedTuple):
    """A text in its box; `ink` names a colour of the theme."""

    box: QRect
    text: str
    font: str
    ink: str
    flags: int


class WorthSheet(QWidget):
    """One card from top to bottom, wrapped to the width that it is given."""

    copy_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = Fonts(self.font())
        self._card: WorthCard | None = None
        self._is_old, self._room = False, QSize()
        self.words: list[Words] = []
        self.setObjectName("fair_value.sheet")
        self.setAccessibleName("Fair value")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_card(self, card: WorthCard, room: QSize, *, is_old: bool) -> None:
        """Take another card; one that is old waits in muted ink for a newer one."""
        shown = (card, room, is_old)
        if shown == (self._card, self._room, self._is_old):
            return
        self._card, self._room, self._is_old = shown
        self._lay_out()

    @property
    def texts(self) -> list[str]:
        """What is painted, from top to bottom."""
        return [words.text for words in self.words]

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _lay_out(self) -> None:
        self.words = list(self._placed(max(120, self._room.width() - 2 * SIDE)))
        last = self.words[-1].box.bottom() if self.words else 0
        size = QSize(self._room.width(), max(self._room.height(), last + 2 * GAP))
        if size != self.size():
            self.resize(size)
        self.update()

    def _placed(self, width: int) -> Iterator[Words]:
        card, top, body = self._card, TOP, self._fonts.metrics["body"].height()
        if card is None:
            return
        if card.headline:
            yield self._line(top, width, card.label, "body", "muted", LEFT)
            huge = self._fonts.metrics["huge"].height()
            yield self._line(top + body, width, card.headline, "huge", "text", LEFT)
            top += body + huge + 2
            for line in card.lines:
                found = list(self._figure(top, width, line))
                yield from found
                top = found[-1].box.bottom() + 2
        elif card.status:
            yield self._line(top, width, card.status, "body", "muted", LEFT)
            top += body
        for sentence in card.sentences:
            words = self._wrapped(top + GAP, width, sentence, "text")
            yield words
            top = words.box.bottom() + 1
        for issue in card.issues:
            words = self._remark(top + GAP, width, issue)
            yield words
            top = words.box.bottom() + 1

    def _figure(self, top: int, width: int, line: WorthLine) -> Iterator[Words]:
        """A label with its figure at the right, or beneath where both do not fit; then the smaller line."""
        high = self._fonts.metrics["body"].height()
        yield self._line(top, width, line.label, "body", "text", LEFT)
        if self._wide(line.label, "body") + self._wide(line.value, "strong") + SIDE > width:
            top += high
        yield self._line(top, width, line.value, "strong", "text", RIGHT)
        if line.detail:
            yield self._wrapped(top + high, width, line.detail, "muted")

    def _wide(self, text: str, font: str) -> int:
        return self._fonts.metrics[font].horizontalAdvance(text)

    def _remark(self, top: int, width: int, issue: Issue) -> Words:
        if issue.severity is Severity.NOTE:
            return self._wrapped(top, width, issue.text, "muted")
        ink = "error" if issue.severity is Severity.ERROR else "warning"
        return self._wrapped(top, width, f"{WARNING_SIGN} {issue.text}", ink)

    def _line(self, top: int, width: int, text: str, font: str, ink: str, side: int) -> Words:
        box = QRect(SIDE, top, width, self._fonts.metrics[font].height())
        return Words(box, text, font, ink, side)

    def _wrapped(self, top: int, width: int, text: str, ink: str) -> Words:
        high = self._fonts.wrapped_height(text, "body", width)
        return Words(QRect(SIDE, top, width, high), text, "body", ink, LEFT | WRAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._theme.base))
        for words in self.words:
            if words.text and words.box.intersects(event.rect()):
                is_dimmed = self._is_old and words.ink == "text"
                ink = "muted" if is_dimmed else words.ink
                painter.setFont(self._fonts.of[words.font])
                painter.setPen(QColor(getattr(self._theme, ink)))
                painter.drawText(words.box, words.flags, words.text)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fonts = Fonts(self.font())
            self._lay_out()
