"""The rows of the schedule as a table to read, and their sums."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor, QFont

from notemodeler.domain.kinds import RATE
from notemodeler.domain.numbers import show_decimal
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.schedule import COLUMNS, ScheduleRow
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn
from notemodeler.ui.tables.model import NOWHERE, ROLE, Index, TableModel
from notemodeler.ui.theme import Theme

TAKE: tuple[Callable[[ScheduleRow], Any], ...] = tuple(column.value for column in COLUMNS)
SUMMED = frozenset(
    (
        "advance",
        "accrual",
        "default_added",
        "paid",
        "converted",
        "settled_interest",
        "shares_issued",
    )
)
"""Columns whose sum means something: flows, not balances."""
ALWAYS_SHOWN = frozenset(("date", "what", "closing_principal", "total_due"))
NOTHING_SHOWN = "–"
EVENT_MARK = "◆ "


class ScheduleModel(TableModel):
    """The schedule on the days that the user chose."""

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        self.rows: tuple[ScheduleRow, ...] = ()
        self.row_dates = RowDates.MONTH_ENDS
        self._event_days: frozenset[date] = frozenset()
        columns = tuple(
            TableColumn(each.name, each.heading, each.kind, each.width, each.help)
            for each in COLUMNS
        )
        super().__init__(document, theme, columns, parent)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def refresh(self) -> None:
        """Take the schedule of the document's results."""
        results = self.document.results
        rows = results.schedule(self.row_dates)
        days = frozenset(each.date for each in results.history.happenings)
        if len(rows) == len(self.rows):
            self.rows, self._event_days = rows, days
            return
        self.beginResetModel()
        self.rows, self._event_days = rows, days
        self.endResetModel()

    def is_event(self, row: int) -> bool:
        """Whether something happened, other than the end of a period."""
        return self.rows[row].date in self._event_days

    def value(self, row: int, column: int) -> Any:
        return TAKE[column](self.rows[row])

    def text(self, row: int, column: int) -> str:
        value = TAKE[column](self.rows[row])
        spec = self.columns[column]
        if spec.is_numeric and not value:
            return NOTHING_SHOWN
        if spec.name == "conversion_price":
            return show_decimal(value, self.style, least=4, most=8)
        if spec.name == "what" and self.is_event(row):
            return EVENT_MARK + str(value)
        if spec.kind is RATE:
            return show_decimal(value * 100, self.style, least=2, most=4) + " %"
        return spec.show(value, self.style)

    def foreground(self, row: int, column: int) -> QColor | None:
        if self.columns[column].is_numeric and not self.value(row, column):
            return self.muted
        return None

    def font(self, row: int, column: int) -> QFont | None:
        return self.bold if self.is_event(row) else None

    def tip(self, row: int, column: int) -> str | None:
        return self.rows[row].what if self.columns[column].name == "what" else None

    def is_idle(self, column: int) -> bool:
        """Whether a column says nothing in any row."""
        if self.columns[column].name in ALWAYS_SHOWN:
            return False
        take = TAKE[column]
        return not any(take(row) for row in self.rows)

    def total(self, column: int) -> Any:
        """The sum of a column of flows, None for the others."""
        if self.columns[column].name not in SUMMED:
            return None
        take = TAKE[column]
        return sum(take(row) for row in self.rows)

    def text_below(self, column: int) -> str:
        """The sum as it is shown."""
        spec, total = self.columns[column], self.total(column)
        if spec.name == "date":
            return "Sum"
        if total is None:
            return ""
        return spec.show(total, self.style) if total else NOTHING_SHOWN


class TotalsModel(QAbstractTableModel):
    """One row of sums under a schedule."""

    def __init__(self, schedule: ScheduleModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._schedule = schedule

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._schedule.columns)

    def data(self, index: Index, role: int = 0) -> Any:
        if role == ROLE.DisplayRole:
            return self._schedule.text_below(index.column())
        if role == ROLE.FontRole:
            return self._schedule.bold
        if role == ROLE.TextAlignmentRole:
            return self._schedule.headerData(index.column(), Qt.Orientation.Horizontal, role)
        return None
