"""Rows worked out elsewhere as a table to read: any columns, any rows, sums in bold."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont

from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import FLAG, PRICE, RATE, Kind, decimals_of
from notemodeler.domain.numbers import show_decimal
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn
from notemodeler.ui.tables.model import NOWHERE, Index, TableModel
from notemodeler.ui.theme import Theme

NOTHING_SHOWN = "–"
DECIMALS_OF_PRICES = 8
ROWS_MEASURED = 300
HUNDRED = Decimal(100)
FULL_WIDTH_TIP = 12
"""Texts longer than this show whole in a tip."""


class ReadModel(TableModel):
    """A table of values and how to take them; the copy has every digit, the cell those that can be read."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        columns: Sequence[Column],
        parent: QObject | None = None,
    ) -> None:
        self.rows: Sequence[Any] = ()
        self.sums: frozenset[int] = frozenset()
        self.marked_rows: frozenset[int] = frozenset()
        self._places: list[int] = [0] * len(columns)
        self._take: tuple[Callable[[Any], Any], ...] = tuple(each.value for each in columns)
        super().__init__(document, theme, _shown(columns), parent)

    def show_rows(
        self,
        rows: Sequence[Any],
        sums: frozenset[int] = frozenset(),
        *,
        marked: frozenset[int] = frozenset(),
        columns: Sequence[Column] | None = None,
    ) -> bool:
        """Take other rows, perhaps with other columns; whether lines or columns came or went.

        `sums` are rows in bold, `marked` rows on a shade.
        """
        heads = None if columns is None else _shown(columns)
        same_columns = heads is None or [each[:4] for each in heads] == [
            each[:4] for each in self.columns
        ]
        if columns is not None:
            self._take = tuple(each.value for each in columns)
        self._places = [
            self._decimals(each.kind, take, rows)
            for each, take in zip(heads or self.columns, self._take, strict=True)
        ]
        if len(rows) == len(self.rows) and same_columns:
            self.rows, self.sums, self.marked_rows = rows, sums, marked
            if rows:
                last = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        self.beginResetModel()
        self.rows, self.sums, self.marked_rows = rows, sums, marked
        if heads is not None:
            self.set_columns(heads)
        self.endResetModel()
        return True

    def _decimals(self, kind: Kind, take: Callable[[Any], Any], rows: Sequence[Any]) -> int:
        """As many as any of the first rows needs, so that the points stand under each other."""
        if kind not in (PRICE, RATE):
            return 0
        scale = HUNDRED if kind is RATE else Decimal(1)
        least, most = (0, 2) if kind is RATE else (4, DECIMALS_OF_PRICES)
        values = (take(row) for row in rows[:ROWS_MEASURED])
        used = (decimals_of(value * scale) for value in values if value is not None)
        return min(most, max(least, max(used, default=least)))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def value(self, row: int, column: int) -> Any:
        return self._take[column](self.rows[row])

    def text(self, row: int, column: int) -> str:
        value, spec = self.value(row, column), self.columns[column]
        if value is None:
            return NOTHING_SHOWN if spec.is_numeric else ""
        if spec.kind is FLAG:
            return spec.kind.show(value, self.style) if value else ""
        if spec.kind is PRICE:
            places = self._places[column]
            return show_decimal(value, self.style, least=places, most=places)
        if spec.kind is RATE:
            places = self._places[column]
            return show_decimal(value * HUNDRED, self.style, least=places, most=places) + " %"
        return spec.show(value, self.style)

    def tip(self, row: int, column: int) -> str | None:
        text = self.text(row, column)
        return text if len(text) > FULL_WIDTH_TIP else None

    def foreground(self, row: int, column: int) -> QColor | None:
        if self.columns[column].is_numeric and not self.value(row, column):
            return self.muted
        return self.inked

    def background(self, row: int, column: int) -> QColor | None:
        return self.shade if row in self.marked_rows else None

    def font(self, row: int, column: int) -> QFont | None:
        return self.bold if row in self.sums else None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.inked = QColor(theme.text)


def _shown(columns: Sequence[Column]) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(each.name, each.heading, each.kind, each.width, each.help) for each in columns
    )
