"""The whole book: shares outstanding stacked by note, the Item 3.02 counter, and the tables beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from notemodeler.app.book_tables import (
    FULL_CONVERSION,
    HOLDERS,
    NEXT_DATES,
    POSITIONS,
    RESERVE,
    SALES,
    BookTable,
)
from notemodeler.domain.columns import Column
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.company.facts_line import FactsLine
from notemodeler.ui.company.outstanding_panel import OutstandingPanel
from notemodeler.ui.company.sales_bar import SalesBar
from notemodeler.ui.document import Document
from notemodeler.ui.following import Following
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.app.book import BookView as Book
    from notemodeler.app.book_facts import Fact

SIZES = [360, 380]
TABS: tuple[tuple[str, str, Sequence[Column], str | None], ...] = (
    ("next_dates", "Next dates", NEXT_DATES, None),
    ("full_conversion", "Full conversion", FULL_CONVERSION, "conversion_facts"),
    ("reserve", "Reserve", RESERVE, "reserve_facts"),
    ("holders", "Holders", HOLDERS, None),
    ("positions", "Notes", POSITIONS, None),
    ("sales", "Item 3.02", SALES, "sales_facts"),
)
"""Name, tab, columns, and which single figures stand under the table."""


class BookPage(QWidget):
    """One table of the book with the figures that belong to it."""

    def __init__(
        self, document: Document, theme: Theme, table: ReadTable, facts: str | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.facts = FactsLine(theme, self) if facts else None
        self._take_facts: Callable[[Book], tuple[Fact, ...]] = (
            (lambda book: getattr(book, facts)) if facts else (lambda book: ())
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.facts is not None:
            column.addWidget(self.facts)
        column.addWidget(table, 1)

    def show_book(self, book: Book, found: BookTable, selected: int) -> None:
        """Take another state; rows of the selected note are shaded."""
        own = frozenset(at for at in range(len(found.rows)) if found.note_of(at) == selected)
        self.table.show_rows(
            found.rows, found.sums, caption=found.title, remark=found.remark, marked=own
        )
        if self.facts is not None:
            self.facts.show_facts(self._take_facts(book))


class BookView(Following):
    """The book on its latest day; rows of notes select them."""

    picture_wanted = Signal(object, str)
    """A `ChartStack` is to be saved as a picture of that format."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "book", "The whole book", parent)
        self._rows: dict[str, BookTable] = {}
        self.charts = OutstandingPanel(document, theme, parent=self)
        self.sales_bar = SalesBar(theme, self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("book.tables")
        self.tabs.setAccessibleName("Tables of the book")
        self.tabs.setDocumentMode(True)
        self.pages = {each[0]: self._page(theme, *each) for each in TABS}
        self._lay_out()
        self.charts.save_requested.connect(partial(self.picture_wanted.emit, self.charts))
        self.tabs.currentChanged.connect(lambda _place: self._show_page())

    def _page(
        self, theme: Theme, name: str, words: str, columns: Sequence[Column], facts: str | None
    ) -> BookPage:
        table = ReadTable(self.document, theme, f"book.{name}", words, columns, parent=self)
        table.row_chosen.connect(partial(self._select_note, name))
        page = BookPage(self.document, theme, table, facts, self)
        self.tabs.addTab(page, words)
        return page

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setObjectName("book.split")
        split.setChildrenCollapsible(False)
        for part in (self.charts, self.tabs):
            split.addWidget(part)
        split.setSizes(SIZES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.sales_bar)
        column.addWidget(split, 1)

    def set_theme(self, theme: Theme) -> None:
        self.charts.set_theme(theme)
        self.sales_bar.set_theme(theme)
        for page in self.pages.values():
            page.table.set_theme(theme)
            if page.facts is not None:
                page.facts.set_theme(theme)

    @property
    def shown_charts(self) -> ChartStack:
        return self.charts

    def refresh(self) -> None:
        """Bring what is in sight up to date with the document."""
        self.charts.is_stale = True
        self.charts.bring_up_to_date()
        self.book = self.document.book
        self.sales_bar.show_counter(self.book.counter)
        self._show_page()

    def _show_page(self) -> None:
        """The table in sight; the others wait until they are."""
        name = TABS[self.tabs.currentIndex()][0]
        if self.is_stale:
            return
        found: BookTable = getattr(self.book, name)
        self._rows[name] = found
        self.pages[name].show_book(self.book, found, self.document.note_index)

    def _select_note(self, name: str, row: int) -> None:
        place = self._rows[name].note_of(row)
        if place is not None:
            self.document.select_note(place)
