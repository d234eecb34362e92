"""The views of the middle of the window: the selected note, its book, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from notemodeler.ui.charts.stack import ChartStack
    from notemodeler.ui.document import Document
    from notemodeler.ui.theme import Theme


class ViewKind(NamedTuple):
    """A view: its stable name, its tab, its line in the menu, what it shows."""

    name: str
    label: str
    action: str
    tip: str


VIEWS = (
    ViewKind("note", "Note", "Selected N&ote", "Price, shares and balance of the selected note"),
    ViewKind("book", "Book", "&Whole Book", "Shares outstanding, reserve, dates, Item 3.02"),
    ViewKind("decisions", "Decisions", "D&ecisions", "Prepay or convert, dilution, the holder's cycle, cost"),
    ViewKind("compare", "Compare", "&Compare", "The terms that differ between two notes, and what each costs"),
    ViewKind("value", "Value", "&Value", "What note and right are worth, by engine and on report dates"),
    ViewKind("outlook", "Outlook", "O&utlook", "What may come: prices, shares, chances, and what drives them"),
)  # fmt: skip


class View(Protocol):
    """What every view can do besides being a widget."""

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts that a picture of the view shows."""

    def set_theme(self, theme: Theme) -> None: ...


class ViewTabs(QTabWidget):
    """One view at a time; all but the first are made when they are first shown."""

    picture_wanted = Signal(object, str)
    """A `ChartStack` is to be saved as a picture of that format."""
    field_wanted = Signal(str)
    """The dotted name of a term that the user wants to see in the form."""

    def __init__(
        self, document: Document, theme: Theme, note_view: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self.setAccessibleName("Views")
        self.setDocumentMode(True)
        self.document = document
        self.theme = theme
        self._made: dict[str, View] = {}
        for kind in VIEWS:
            page = note_view if kind.name == "note" else _page(self)
            place = self.addTab(page, kind.label)
            self.setTabToolTip(place, f"{kind.tip} (Ctrl+{place + 1})")
        self.currentChanged.connect(self._make)

    @property
    def shown(self) -> str:
        """The name of the view in sight."""
        return VIEWS[self.currentIndex()].name

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts in sight, None while the note's own are."""
        view = self._made.get(self.shown)
        return None if view is None else view.shown_charts

    def show_view(self, name: str) -> None:
        """Bring a view to the front."""
        self.setCurrentIndex([kind.name for kind in VIEWS].index(name))

    def view(self, name: str) -> View:
        """A view, made now if it was not before."""
        self._make([kind.name for kind in VIEWS].index(name))
        return self._made[name]

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours; views still to come will wear them too."""
        self.theme = theme
        for view in self._made.values():
            view.set_theme(theme)

    def _make(self, place: int) -> None:
        name = VIEWS[place].name
        if name in self._made or name not in MAKERS:
            return
        page = self.widget(place)
        assert page is not None
        with QSignalBlocker(self):
            self._made[name] = MAKERS[name](self, page)


def _page(parent: QWidget) -> QWidget:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    return page


def _put(view: QWidget, page: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(view)
    view.show()  # a layout alone would show it with the next turn of the event loop


def _book(tabs: ViewTabs, page: QWidget) -> View:
    from notemodeler.ui.company.book_view import BookView

    view = BookView(tabs.document, tabs.theme, parent=page)
    view.picture_wanted.connect(tabs.picture_wanted)
    _put(view, page)
    return view


def _decisions(tabs: ViewTabs, page: QWidget) -> View:
    from notemodeler.ui.decisions.decisions_view import DecisionsView

    view = DecisionsView(tabs.document, tabs.theme, parent=page)
    view.picture_wanted.connect(tabs.picture_wanted)
    _put(view, page)
    return view


def _compare(tabs: ViewTabs, page: QWidget) -> View:
    from notemodeler.ui.compare.compare_view import CompareView

    view = CompareView(tabs.document, tabs.theme, parent=page)
    view.field_wanted.connect(tabs.field_wanted)
    _put(view, page)
    return view


def _value(tabs: ViewTabs, page: QWidget) -> View:
    from notemodeler.ui.worth.value_view import ValueView

    view = ValueView(tabs.document, tabs.theme, parent=page)
    view.picture_wanted.connect(tabs.picture_wanted)
    _put(view, page)
    return view


def _outlook(tabs: ViewTabs, page: QWidget) -> View:
    from notemodeler.ui.outlook.outlook_view import OutlookView

    view = OutlookView(tabs.document, tabs.theme, parent=page)
    view.picture_wanted.connect(tabs.picture_wanted)
    _put(view, page)
    return view


MAKERS: dict[str, Callable[[ViewTabs, QWidget], View]] = {
    "book": _book, "decisions": _decisions, "compare": _compare, "value": _value, "outlook": _outlook,
}  # fmt: skip
