"""The tables under the charts: the prices at once, every other table when it is first shown or asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QTabWidget, QWidget

from notemodeler.ui.tables.price_table import PriceTable

if TYPE_CHECKING:
    from notemodeler.domain.issues import Issue
    from notemodeler.ui.document import Document
    from notemodeler.ui.tables.closures_table import ClosuresTable
    from notemodeler.ui.tables.ledger_table import LedgerTable
    from notemodeler.ui.tables.schedule_table import ScheduleTable
    from notemodeler.ui.tables.share_counts import ShareCountTable
    from notemodeler.ui.theme import Theme

    Late = TypeVar("Late", LedgerTable, ScheduleTable, ShareCountTable, ClosuresTable)

LEDGER, SCHEDULE, SHARE_COUNTS, CLOSURES = range(1, 5)
WORDS = ("&Ledger", "S&chedule", "Shares &outstanding", "&Market closures")


class TableTabs(QTabWidget):
    """Five tables over one document."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tables")
        self.setAccessibleName("Tables")
        self.setDocumentMode(True)
        self._document = document
        self._theme = theme
        self.prices = PriceTable(document, theme, parent=self)
        self.addTab(self.prices, "&Prices")
        for words in WORDS:
            self.addTab(QWidget(self), words)
        self._made: list[PriceTable | LedgerTable | ScheduleTable | ShareCountTable | ClosuresTable]
        self._made = [self.prices]
        self.currentChanged.connect(self.table_at)

    @cached_property
    def ledger(self) -> LedgerTable:
        from notemodeler.ui.tables.ledger_table import LedgerTable

        return self._put(LEDGER, LedgerTable(self._document, self._theme, parent=self))

    @cached_property
    def schedule(self) -> ScheduleTable:
        from notemodeler.ui.tables.schedule_table import ScheduleTable

        return self._put(SCHEDULE, ScheduleTable(self._document, self._theme, parent=self))

    @cached_property
    def share_counts(self) -> ShareCountTable:
        from notemodeler.ui.tables.share_counts import ShareCountTable

        return self._put(SHARE_COUNTS, ShareCountTable(self._document, self._theme, parent=self))

    @cached_property
    def closures(self) -> ClosuresTable:
        from notemodeler.ui.tables.closures_table import ClosuresTable

        return self._put(CLOSURES, ClosuresTable(self._document, self._theme, parent=self))

    def table_at(self, place: int) -> QWidget:
        """The table of a tab."""
        if place == LEDGER:
            return self.ledger
        if place == SCHEDULE:
            return self.schedule
        if place == SHARE_COUNTS:
            return self.share_counts
        return self.closures if place == CLOSURES else self.prices

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours; tables still to come will wear them too."""
        self._theme = theme
        for table in self._made:
            table.set_theme(theme)

    def show_issue(self, issue: Issue) -> None:
        """Open the table that an issue concerns; the cursor goes to the first day that it names."""
        from notemodeler.ui.tables.record_table import trading_day

        self.show()
        self.setCurrentWidget(self.table_at(_place_of(issue)))
        if issue.days:
            self._document.move_cursor(trading_day(self._document, issue.days[0]))

    def _put(self, place: int, table: Late) -> Late:
        """Let a table take the place of the empty page that stood for it."""
        stand_in, words = self.widget(place), self.tabText(place)
        is_current = self.currentIndex() == place
        with QSignalBlocker(self):
            self.removeTab(place)
            self.insertTab(place, table, words)
            if is_current:
                self.setCurrentIndex(place)
        if stand_in is not None:
            stand_in.deleteLater()
        self._made.append(table)
        return table


def _place_of(issue: Issue) -> int:
    """Where the rows that an issue is about can be edited; days without a field are days of prices."""
    if any(name.startswith("note.ledger") for name in issue.fields):
        return LEDGER
    return SHARE_COUNTS if "issuer.shares_outstanding" in issue.fields else 0
