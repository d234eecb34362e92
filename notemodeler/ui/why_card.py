"""The card that says why the conversion price of the day under the cursor is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme
from notemodeler.ui.why.fonts import tabular
from notemodeler.ui.why.sheet import Sheet

if TYPE_CHECKING:
    from notemodeler.app.why import Why

WIDEST_DAY = "Wed, Nov 30, 2000"


class _Area(QScrollArea):
    """The scrolled view of the sheet."""

    resized = Signal()

    def __init__(self, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class WhyCard(QWidget):
    """The explanation of `document.cursor_day`; it follows the cursor and every edit while it is visible."""

    day_chosen = Signal(object)
    """A `date` of the window was pressed: a table or a chart may show it."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._why: Why | None = None
        self.setObjectName("why")
        self.setAccessibleName("Why this price")
        self.sheet = Sheet(theme, self)
        self.before = self._button("previous_day", "Previous trading day (Left)")
        self.after = self._button("next_day", "Next trading day (Right)")
        self.copy_button = self._button("copy_explanation", "Copy explanation")
        self.day_label = QLabel(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.sheet)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words.partition(" (")[0])
        button.setToolTip(words)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self.before.setArrowType(Qt.ArrowType.LeftArrow)
        self.after.setArrowType(Qt.ArrowType.RightArrow)
        self.copy_button.setText("Copy")
        self.day_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit_day_label()
        head = QHBoxLayout()
        head.setContentsMargins(6, 4, 6, 4)
        head.setSpacing(4)
        head.addWidget(self.before)
        head.addWidget(self.day_label)
        head.addWidget(self.after)
        head.addStretch(1)
        head.addWidget(self.copy_button)
        self.area = _Area(self.sheet, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)

    def _fit_day_label(self) -> None:
        """A fixed size for every date, so that a move of the cursor lays nothing out anew."""
        self.day_label.setFont(tabular(self.font(), 1.15, True))
        metrics = self.day_label.fontMetrics()
        self.day_label.setFixedSize(metrics.horizontalAdvance(WIDEST_DAY) + 8, metrics.height() + 4)

    def _connect(self) -> None:
        self.document.changed.connect(self._show_again)
        self.document.note_selected.connect(self._show_again)
        self.document.woke.connect(self._show_again)
        self.document.cursor_moved.connect(self._show_again)
        self.area.resized.connect(self._show)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.copy_button.clicked.connect(self.copy)
        self.sheet.copy_asked.connect(self.copy)
        self.sheet.day_asked.connect(self.step)
        self.sheet.home_asked.connect(self.go_home)
        self.sheet.day_chosen.connect(self.day_chosen)
        self.sheet.day_opened.connect(self.document.move_cursor)

    @property
    def why(self) -> Why:
        """The explanation of the day under the cursor."""
        if self._why is None:
            from notemodeler.app.why import explain

            self._why = explain(self.document.results, self.document.cursor_day)
        return self._why

    @property
    def text(self) -> str:
        """The whole explanation in words."""
        from notemodeler.app.why_text import as_text

        return as_text(self.why)

    def step(self, count: int) -> None:
        """Move the cursor so many trading days on, back when negative."""
        from notemodeler.app.why import trading_day_beside

        day = trading_day_beside(self.document.results, self.document.cursor_day, count)
        if day is not None:
            self.document.move_cursor(day)

    def go_home(self) -> None:
        """Move the cursor to the next day on which a notice could come."""
        self.document.move_cursor(self.document.results.next_notice_date)

    def copy(self) -> None:
        """Put the explanation on the clipboard, as text and as HTML."""
        from notemodeler.app.why_text import as_html

        data = QMimeData()
        data.setText(self.text)
        data.setHtml(as_html(self.why))
        QGuiApplication.clipboard().setMimeData(data)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours."""
        self.sheet.set_theme(theme)

    def _show_again(self, _what: object = None, _after: object = None) -> None:
        self._why = None
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        if self.document.is_at_rest:
            return
        why = self.why
        self.sheet.show_why(why, self.area.viewport().size())
        if self.day_label.text() != why.date:
            self.day_label.setText(why.date)
        said = self.text
        self.setAccessibleDescription(said)
        self.sheet.setAccessibleDescription(said)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_day_label()
