"""The four decisions behind a switch; each page is made when it is first shown."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.decisions.cost_page import CostPage
from notemodeler.ui.decisions.cycle_page import CyclePage
from notemodeler.ui.decisions.ladder_page import LadderPage
from notemodeler.ui.decisions.page import Deciding, DecisionPage
from notemodeler.ui.decisions.prepay_page import PrepayPage
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme


class Decision(NamedTuple):
    """A page: its tab, its tip, and what makes it."""

    label: str
    tip: str
    make: type[PrepayPage] | type[LadderPage] | type[CyclePage] | type[CostPage]


DECISIONS = (
    Decision("Prepay or convert", "Cash to pay off against shares given away", PrepayPage),
    Decision("Dilution ladder", "A conversion of everything at lower and lower prices", LadderPage),
    Decision("Holder's cycle", "Convert up to the limit, sell, convert again", CyclePage),
    Decision("All-in cost", "What the money costs a year, and why", CostPage),
)


class DecisionsView(QTabWidget):
    """Follows nothing itself: its pages do."""

    picture_wanted = Signal(object, str)
    """A `ChartStack` is to be saved as a picture of that format."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decisions")
        self.setAccessibleName("Decisions")
        self.setDocumentMode(True)
        self._document = document
        self._theme = theme
        self._deciding = Deciding(document)
        self.pages: dict[int, DecisionPage] = {}
        for decision in DECISIONS:
            page = QWidget(self)
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.setTabToolTip(self.addTab(page, decision.label), decision.tip)
        self.currentChanged.connect(self.page_at)

    def page_at(self, place: int) -> DecisionPage:
        """The page of a tab, made now if it was not before."""
        if place not in self.pages:
            room = self.widget(place)
            assert room is not None
            layout = room.layout()
            assert layout is not None
            with QSignalBlocker(self):
                page = DECISIONS[place].make(self._document, self._theme, self._deciding, room)
                layout.addWidget(page)
                page.show()
            for stack in page.findChildren(ChartStack):
                stack.save_requested.connect(partial(self.picture_wanted.emit, stack))
            self.pages[place] = page
        return self.pages[place]

    @property
    def shown_charts(self) -> ChartStack:
        """The charts of the page in sight."""
        return self.page_at(self.currentIndex()).shown_charts

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours; pages still to come will wear them too."""
        self._theme = theme
        for page in self.pages.values():
            page.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page_at(self.currentIndex())
