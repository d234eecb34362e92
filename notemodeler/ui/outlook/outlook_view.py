"""What may come: simulated paths, what drives them, and single paths to look into."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.app.simulation import Simulation
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.ui.background import Background
    from notemodeler.ui.outlook.drivers_page import DriversPage
    from notemodeler.ui.outlook.path_page import PathPage
    from notemodeler.ui.outlook.paths_page import PathsPage

PATHS, DRIVERS, PATH = range(3)


class Page(Protocol):
    """What every page can do besides being a widget."""

    background: Background

    @property
    def shown_charts(self) -> ChartStack | None: ...
    def set_theme(self, theme: Theme) -> None: ...


class Tab(NamedTuple):
    """A page before it is made."""

    label: str
    tip: str


TABS = (
    Tab("Paths", "Prices, shares, cash and chances on simulated paths"),
    Tab("What drives it", "Which assumptions and terms move shares and cost most"),
    Tab("One path", "A single simulated path, day by day, with its conversion prices explained"),
)


class OutlookView(QTabWidget):
    """Follows nothing itself: its pages do, each made when it is first shown."""

    picture_wanted = Signal(object, str)
    """A `ChartStack` is to be saved as a picture of that format."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlook")
        self.setAccessibleName("What may come")
        self.setDocumentMode(True)
        self.document = document
        self.theme = theme
        self.pages: dict[int, Page] = {}
        self._came_from = PATHS
        for tab in TABS:
            room = QWidget(self)
            QVBoxLayout(room).setContentsMargins(0, 0, 0, 0)
            self.setTabToolTip(self.addTab(room, tab.label), tab.tip)
        self.setTabVisible(PATH, False)
        self.currentChanged.connect(self.page_at)
        keys = QShortcut(QKeySequence("Alt+Left"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.go_back)

    def page_at(self, place: int) -> Page:
        """The page of a tab, made now if it was not before."""
        if place == PATHS:
            return self.paths
        return self.drivers if place == DRIVERS else self.path

    @cached_property
    def paths(self) -> PathsPage:
        from notemodeler.ui.outlook.paths_page import PathsPage

        page = PathsPage(self.document, self.theme, self.widget(PATHS))
        page.path_wanted.connect(self.show_path)
        self._put(page, PATHS)
        self.pages[PATHS] = page
        return page

    @cached_property
    def drivers(self) -> DriversPage:
        from notemodeler.ui.outlook.drivers_page import DriversPage

        page = DriversPage(self.document, self.theme, self.show_path, self.widget(DRIVERS))
        self._put(page, DRIVERS)
        self.pages[DRIVERS] = page
        return page

    @cached_property
    def path(self) -> PathPage:
        from notemodeler.ui.outlook.path_page import PathPage

        page = PathPage(self.document, self.theme, self.widget(PATH))
        page.back_wanted.connect(self.go_back)
        page.filled.connect(lambda: self._connect_charts(page))
        self._put(page, PATH)
        self.pages[PATH] = page
        return page

    def _put(self, page: QWidget, place: int) -> None:
        room = self.widget(place)
        assert room is not None
        layout = room.layout()
        assert layout is not None
        with QSignalBlocker(self):
            layout.addWidget(page)
            page.show()
        self._connect_charts(page)

    def _connect_charts(self, page: QWidget) -> None:
        for stack in page.findChildren(ChartStack):
            stack.save_requested.connect(partial(self.picture_wanted.emit, stack))

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts of the page in sight."""
        return self.page_at(self.currentIndex()).shown_charts

    @property
    def is_settled(self) -> bool:
        """Whether the page in sight has simulated and shown all that was asked for."""
        if self.currentIndex() == PATHS:
            return self.paths.is_settled
        return not self.page_at(self.currentIndex()).background.is_running

    def show_path(self, simulation: Simulation, picture: Picture, path: int, title: str) -> None:
        """Bring one simulated path to the front; its Back button, Esc or Alt+Left lead back."""
        if self.currentIndex() != PATH:
            self._came_from = self.currentIndex()
        self.setTabVisible(PATH, True)
        self.setCurrentIndex(PATH)
        self.path.show_path(simulation, picture, path, title)

    def go_back(self) -> None:
        """From a path to the page from which it was opened."""
        if self.currentIndex() == PATH:
            self.setCurrentIndex(self._came_from)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours; pages still to come will wear them too."""
        self.theme = theme
        for page in self.pages.values():
            page.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page_at(self.currentIndex())
