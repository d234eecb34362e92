"""The widgets of the live card: its head, the scrolled sheet, and the offer of another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.dates import show_date
from notemodeler.ui.theme import Theme
from notemodeler.ui.why.fonts import tabular
from notemodeler.ui.worth.worth_sheet import WorthSheet

if TYPE_CHECKING:
    from datetime import date

    from notemodeler.app.valuation_text import WorthCard

SHARPEN, STOP = "Sharpen", "Stop"
SHARPEN_TIP = (
    "Work the value out with six returns a day, or with four times the paths where the simulation "
    "answers. It can take many seconds; the window goes on."
)


class Area(QScrollArea):
    """The scrolled view of the sheet."""

    resized = Signal()

    def __init__(self, sheet: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class CardParts(QWidget):
    """What stands on the card, without knowing where its figures come from."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel("Fair value", self)
        self.title.setObjectName("fair_value.title")
        self.title.setFont(tabular(self.font(), 1.0, True))
        self.sharpen_button = self._button(
            "sharpen", SHARPEN, "Sharpen the fair value", SHARPEN_TIP
        )
        self.copy_button = self._button(
            "copy", "Copy", "Copy the fair value", "Copy the fair value with its words."
        )
        self.day_button = self._button("day", "", "Value on the day of the cursor", "")
        self.sheet = WorthSheet(theme, self)
        self.area = Area(self.sheet, self)
        self._lay_out()

    def _button(self, name: str, text: str, label: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"fair_value.{name}")
        button.setText(text)
        button.setAccessibleName(label)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 3, 6, 2)
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.sharpen_button)
        head.addWidget(self.copy_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 3)
        foot.addWidget(self.day_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    def say(self, card: WorthCard, *, is_sharpening: bool) -> None:
        """What the head says of the card in sight."""
        self.sharpen_button.setEnabled(is_sharpening or bool(card.headline))
        words = STOP if is_sharpening else SHARPEN
        if words != self.sharpen_button.text():
            self.sharpen_button.setText(words)
            label = "Stop sharpening" if is_sharpening else "Sharpen the fair value"
            self.sharpen_button.setAccessibleName(label)
        self.copy_button.setEnabled(bool(card.headline or card.issues))

    def offer(self, day: date, shown: date | None) -> None:
        """Offer to value the note on another day than the one shown."""
        self.day_button.setEnabled(day != shown)
        self.day_button.setText(f"Value on {show_date(day)} instead")
        tip = f"Make {show_date(day)}, the day of the cursor, the valuation date."
        self.day_button.setToolTip(tip)
        self.day_button.setAccessibleName(f"Value on the day of the cursor, {show_date(day)}")

    def set_theme(self, theme: Theme) -> None:
        self.sheet.set_theme(theme)
