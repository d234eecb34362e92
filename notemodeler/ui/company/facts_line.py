"""Single figures in a row, each under its label, wrapped where the row is too narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from notemodeler.domain.kinds import RATE
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notemodeler.app.book_facts import Fact

SIDE, GAP, TOP = 8.0, 22.0, 5.0


class FactsLine(QWidget):
    """Painted, not laid out: figures change often and labels rarely."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: Sequence[tuple[str, str]] = ()
        rule = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        rule.setHeightForWidth(True)
        self.setSizePolicy(rule)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Take other figures."""
        self._facts = [(fact.label, _figure(fact)) for fact in facts]
        words = "; ".join(f"{label}: {figure}" for label, figure in self._facts)
        details = "\n".join(f"{fact.label}: {fact.detail}" for fact in facts if fact.detail)
        self.setAccessibleName(words)
        self.setToolTip(details)
        self.setVisible(bool(self._facts))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def heightForWidth(self, width: int) -> int:
        places = self._places(float(width))
        return int((places[-1].bottom() if places else 0) + TOP)

    def _bold(self) -> QFont:
        bold = QFont(self.font())
        bold.setBold(True)
        return bold

    def _places(self, width: float) -> list[QRectF]:
        """A box for each figure, row after row."""
        plain, strong = QFontMetricsF(self.font()), QFontMetricsF(self._bold())
        high = plain.height() + strong.height()
        boxes, left, top = [], SIDE, TOP
        for label, figure in self._facts:
            wide = max(plain.horizontalAdvance(label), strong.horizontalAdvance(figure)) + 2
            if left > SIDE and left + wide > width - SIDE:
                left, top = SIDE, top + high + 4
            boxes.append(QRectF(left, top, wide, high))
            left += wide + GAP
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bold = self._bold()
        places = self._places(float(self.width()))
        for box, (label, figure) in zip(places, self._facts, strict=True):
            painter.setFont(self.font())
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignTop, label)
            painter.setFont(bold)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom, figure)


def _figure(fact: Fact) -> str:
    """A part of the company to a hundredth of a percent; everything else as it is."""
    if fact.kind is RATE and fact.value is not None:
        return f"{float(fact.value) * 100:,.2f} %"
    return fact.text()
