"""The scrolled view in which the page of a form stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from notemodeler.ui.forms.page import Page


class FormArea(QScrollArea):
    """The scrolled view of the page, which is always exactly as wide as there is room."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ground = QWidget(self)  # asking for Qt's own first loads every kind of widget, 12 ms
        self.setViewport(self.ground)
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.ground.width() != self._page.width():
            self._page.arrange(self.ground.width())
