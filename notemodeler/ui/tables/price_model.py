"""The rows of the price table straight over the bars of one series, and what editing and sorting do to them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal

from notemodeler.domain.numbers import CANONICAL
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.tables import price_edits
from notemodeler.ui.tables.model import NOWHERE, Cell, Index
from notemodeler.ui.tables.price_cells import PriceCells
from notemodeler.ui.tables.price_columns import (
    CONVERSION,
    DAY,
    QUOTED,
    TAG,
    decimals_shown,
    price_columns,
)
from notemodeler.ui.tables.price_rows import (
    PriceRows,
    following_day,
    preceding_day,
    rows_for,
)
from notemodeler.ui.tables.sorting import order_of
from notemodeler.ui.theme import Theme


class PriceModel(PriceCells):
    """One series of a document as rows: its bars, the trading days between, and a day to type into."""

    paste_wanted = Signal(int, int, str)
    """Row, column and text of a block that is to be pasted."""

    def __init__(self, document: Document, theme: Theme, parent: QObject | None = None) -> None:
        self.shown_place = 0
        self.extra: tuple[date, ...] = ()
        super().__init__(document, theme, document.project.prices[0], parent)
        self._sorted_by: tuple[int, bool] = (DAY, False)
        self.rows = self._rows_now()
        self.look_at_window()

    # The rows.

    def row_of(self, day: date) -> int | None:
        """The row of the view for a day."""
        natural = self.rows.row_of(day)
        return natural if natural is None or self._order is None else self._order.index(natural)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @property
    def has_tags(self) -> bool:
        """Whether a bar is of another kind than the series."""
        return any(bar.kind is not None for bar in self._series.bars)

    def show_series(self, place: int) -> None:
        """Show another series of the project."""
        self.shown_place, self.extra = place, ()
        self._reset()

    def _rows_now(self) -> PriceRows:
        calendar = self.document.calendar
        note = self.document.project.notes[self.document.note_index]
        start = following_day(preceding_day(note.funding_date, calendar), calendar)
        self._decimals = decimals_shown(self._series.bars)
        return rows_for(self._series, calendar, self.extra, start)

    def _reset(self) -> None:
        self.beginResetModel()
        prices = self.document.project.prices
        self.shown_place = min(self.shown_place, len(prices) - 1)
        self._series = prices[self.shown_place]
        self.columns = price_columns(self._series)
        self._findings.clear()
        self.rows = self._rows_now()
        self._order = self._ordered()
        self.look_at_window()
        self.endResetModel()

    # Following the document.

    def follow(self, before: Project, after: Project) -> bool:
        """Take the document's new state in; whether only values changed and no row came or went."""
        old, same_closures = self._series, before.closures == after.closures
        if self.shown_place >= len(after.prices):
            self._reset()
            return False
        if before.issuer is not after.issuer and before.prices is not after.prices:
            self.extra = ()  # no single edit touches both: another document was loaded
        self._series = series = after.prices[self.shown_place]
        self._findings.clear()
        self.look_at_window()
        if series.kind is not old.kind:
            self.columns = price_columns(series)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, DAY, CONVERSION)
        if series.bars is old.bars and series.bars:
            return same_closures or self._follow_rows()
        if same_closures and _same_dates(old.bars, series.bars):
            return True
        return self._follow_rows()

    def _follow_rows(self) -> bool:
        """Work the rows out anew; rows at the end come and go without disturbing the view."""
        old, new = self.rows.days, self._rows_now()
        count = len(old)
        if new.days == old:
            self.rows = new
            return True
        if self._order is None and new.days[:count] == old:
            self.beginInsertRows(NOWHERE, count, len(new) - 1)
            self.rows = new
            self.endInsertRows()
            return True
        if self._order is None and new.days == old[: len(new)]:
            self.beginRemoveRows(NOWHERE, len(new), count - 1)
            self.rows = new
            self.endRemoveRows()
            return True
        self._reset()
        return False

    # Edits: see `price_edits`.

    def write(self, cells: Sequence[Cell], doing: str = "Change") -> None:
        price_edits.write(self, cells, doing)

    def remove(self, rows: Sequence[int]) -> None:
        price_edits.remove(self, rows)

    def insert(self, row: int) -> int | None:
        """Another empty day before the first row or after the last: all days between are there."""
        calendar = self.document.results.market.calendar
        if self.natural(row) == 0 and len(self.rows) > 1:
            day = preceding_day(self.rows.days[0], calendar)
        else:
            day = self.rows.days[-1]
            if self.natural(row) == len(self.rows) - 1:
                day = following_day(day, calendar)
        self.open_day(day)
        return self.row_of(day)

    def open_day(self, day: date, instead_of: date | None = None) -> None:
        """Show an empty row for a day that the series has no bar for."""
        self.extra = (*(each for each in self.extra if each != instead_of), day)
        if not self._follow_rows():
            return
        self.dataChanged.emit(self.index(0, DAY), self.index(0, CONVERSION))

    def paste(self, row: int, column: int, text: str) -> None:
        self.paste_wanted.emit(row, column, text)

    def paste_own(self, row: int, rows: list[list[str]]) -> None:
        columns = [column for column in self.columns if column.is_typed]
        bars = [
            PriceBar(
                *(column.read(text, CANONICAL) for column, text in zip(columns, line, strict=True))
            )
            for line in rows
        ]
        price_edits.put(self, bars, price_edits.counted_prices("Paste", len(bars)))

    # Sorting.

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column not in (DAY, QUOTED, TAG):
            return
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.natural(index.row())) for index in self.persistentIndexList()]
        self._sorted_by = column, order is Qt.SortOrder.DescendingOrder
        self._order = self._ordered()
        places = _inverse(self._order, [natural for _, natural in kept])
        self.changePersistentIndexList(
            [index for index, _ in kept],
            [self.index(places[natural], index.column()) for index, natural in kept],
        )
        self.layoutChanged.emit()

    def _ordered(self) -> list[int] | None:
        column, descending = self._sorted_by
        if column == DAY:
            return list(range(len(self.rows) - 1, -1, -1)) if descending else None
        if column == QUOTED:
            from notemodeler.engines.ordering import price_order  # brings numpy

            filled, missing = price_order(self._series, self.rows.places)
            return [*(reversed(filled) if descending else filled), *missing]
        bars, places = self._series.bars, self.rows.places
        tags = [
            self.columns[TAG].show(None if place < 0 else bars[place].kind) or "~"
            for place in places
        ]
        return order_of(tags, descending=descending)


def _same_dates(old: Sequence[PriceBar], new: Sequence[PriceBar]) -> bool:
    return len(old) == len(new) and all(
        a is b or a.date == b.date for a, b in zip(old, new, strict=True)
    )


def _inverse(order: list[int] | None, wanted: list[int]) -> dict[int, int]:
    """Where each wanted natural row stands in the view."""
    if order is None:
        return {natural: natural for natural in wanted}
    if len(wanted) < 10:
        return {natural: order.index(natural) for natural in wanted}
    return {natural: row for row, natural in enumerate(order)}
