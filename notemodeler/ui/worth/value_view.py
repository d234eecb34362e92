"""The valuation for a file: the engines side by side on one day, and one engine over the report dates."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme
from notemodeler.ui.worth.dates_page import DatesPage
from notemodeler.ui.worth.engines_page import EnginesPage
from notemodeler.ui.worth.worth_page import WorthPage


class PageKind(NamedTuple):
    """A page: its tab, its tip, and what makes it."""

    label: str
    tip: str
    make: type[EnginesPage] | type[DatesPage]


PAGES = (
    PageKind(
        "Inputs and engines", "What went in, and what each engine makes of it", EnginesPage
    ),
    PageKind(
        "Report dates", "Issue, quarter ends, conversions: values and the level-3 roll-forward", DatesPage
    ),
)  # fmt: skip


class ValueView(QTabWidget):
    """Follows nothing itself: its pages do."""

    picture_wanted = Signal(object, str)
    """A `ChartStack` is to be saved as a picture of that format."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("value")
        self.setAccessibleName("Value")
        self.setDocumentMode(True)
        self._document = document
        self._theme = theme
        self.pages: dict[int, WorthPage] = {}
        for kind in PAGES:
            page = QWidget(self)
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.setTabToolTip(self.addTab(page, kind.label), kind.tip)
        self.currentChanged.connect(self.page_at)

    def page_at(self, place: int) -> WorthPage:
        """The page of a tab, made now if it was not before."""
        if place not in self.pages:
            room = self.widget(place)
            assert room is not None
            layout = room.layout()
            assert layout is not None
            with QSignalBlocker(self):
                page = PAGES[place].make(self._document, self._theme, room)
                layout.addWidget(page)
                page.show()
            for stack in page.findChildren(ChartStack):
                stack.save_requested.connect(partial(self.picture_wanted.emit, stack))
            self.pages[place] = page
        return self.pages[place]

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts of the page in sight, if it has some."""
        return self.page_at(self.currentIndex()).shown_charts

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours; pages still to come will wear them too."""
        self._theme = theme
        for page in self.pages.values():
            page.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page_at(self.currentIndex())
