"""The second walk over a table: every cell to a price of a day, or to the row that says why not."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import Unreadable
from notemodeler.domain.prices import PriceBar, PriceKind
from notemodeler.io.price_files.date_column import DateReader
from notemodeler.io.price_files.headings import Role
from notemodeler.io.price_files.layout import ColumnPlan, Layout
from notemodeler.io.price_files.limits import MOST_COLUMNS
from notemodeler.io.price_files.number_column import PriceReader
from notemodeler.io.price_files.proposal import DoubtfulRow, PriceColumn
from notemodeler.io.price_files.tables import Cell, Cells, Refusals, cell_text, is_blank, row_text

DIVIDEND = re.compile(r"\b(?:dividend|dividende|dywidenda|dividendo)\b", re.IGNORECASE)
SPLIT = re.compile(r"\b(?:stock )?splits?\b", re.IGNORECASE)
CLOSING_LINE = re.compile(r"(?:downloaded from|source\b|quelle\b|data provided|copyright|©)", re.I)
KIND = ChoiceKind(PriceKind)
SATURDAY = 5
MOST_ROWS_NAMED = 10

Kept = tuple[Decimal | None, int, PriceKind | None]


@dataclass
class ColumnTaking:
    """The prices of one column so far: the first row of a day holds, later ones are compared."""

    plan: ColumnPlan
    reader: PriceReader
    kept: dict[datetime.date, Kept] = field(default_factory=dict)
    repeats: int = 0
    repeated_rows: list[int] = field(default_factory=list)

    def repeat(self, number: int) -> None:
        """Counts a row that says again what an earlier one said."""
        self.repeats += 1
        if self.repeats <= MOST_ROWS_NAMED:
            self.repeated_rows.append(number)

    def column(self) -> PriceColumn:
        kinds = Counter(kind for _, _, kind in self.kept.values())
        # Rows that say nothing are of the table's own kind, which then nobody has said.
        kind = self.plan.kind or (
            kinds.most_common(1)[0][0] if kinds and None not in kinds else None
        )
        bars = tuple(
            PriceBar(day, price, row_kind if row_kind is not kind else None)
            for day, (price, _, row_kind) in sorted(self.kept.items(), key=lambda item: item[0])
        )
        return PriceColumn(self.plan.heading, kind, bars)

    def notes(self) -> list[str]:
        notes = []
        heading = self.plan.heading
        if self.repeats:
            rows = ", ".join(map(str, self.repeated_rows))
            unnamed = self.repeats - len(self.repeated_rows)
            more = f" and {unnamed:,} more" if unnamed else ""
            notes.append(
                f"Column {heading}: a day stands again with the same price in row {rows}{more}."
            )
        if self.reader.has_rounded:
            notes.append(f"Column {heading}: prices with more than 12 decimals were rounded to 12.")
        if self.reader.foreign_currency:
            notes.append(
                f"Column {heading}: prices are marked {self.reader.foreign_currency}; "
                "this program counts in dollars a share."
            )
        if self.kept and all(price is None for price, _, _ in self.kept.values()):
            notes.append(
                f"Column {heading} holds no price at all. If its cells are formulas, open and save the "
                "workbook in Excel first, so that it holds their values."
            )
        return notes


def _shown(price: Decimal | None) -> str:
    return "no quote" if price is None else format(price, "f")


class Taking:
    """Takes the rows of one table, whose layout and ways of writing are settled."""

    def __init__(
        self, layout: Layout, dates: DateReader, columns: list[ColumnTaking], ticker: str
    ) -> None:
        self.refusals = Refusals()
        self.columns = columns
        self._layout = layout
        self._dates = dates
        self._ticker = ticker
        self._ticker_index = layout.index_of(Role.TICKER) if ticker else None
        self._series_index = layout.index_of(Role.SERIES)
        self._adjusted = AdjustedWatch(layout, columns)
        self._footers: list[str] = []

    def take_rows(self, rows: Iterator[tuple[int, Cells]]) -> None:
        """Takes every row below the headings, or refuses it or some of its columns."""
        if self._ticker_index is None and self._series_index is None:
            self._take_quickly(rows)
            return
        for number, cells in rows:
            if number > self._layout.last_heading_row and self._is_of_ticker(cells):
                self._take_with_care(number, cells)

    def _take_quickly(self, rows: Iterator[tuple[int, Cells]]) -> None:
        """The loop that a million rows go through: sound rows end here, others are taken with care."""
        first, width = self._layout.last_heading_row + 1, self._layout.width or MOST_COLUMNS
        date_index, known_day, read_day = (
            self._layout.date_index,
            self._dates.known.get,
            self._dates.read,
        )
        columns = [
            (column, column.plan.index, column.reader.read, column.kept) for column in self.columns
        ]
        adjusted, watches = self._adjusted, self._adjusted.is_watching
        for number, cells in rows:
            if number < first:
                continue
            place = 0
            try:
                day = known_day(cells[date_index]) or read_day(cells[date_index])
                for column, index, read, kept in columns:
                    price = read(cells[index])
                    if price is None or len(cells) > width:
                        self._take_with_care(number, cells, place)
                        break
                    old = kept.get(day)
                    if old is None:
                        kept[day] = price, number, None
                    elif old[0] == price:
                        column.repeat(number)
                    else:
                        self._conflict(column, number, cells, day, price)
                    place += 1
            except (Unreadable, IndexError):
                self._take_with_care(number, cells, place)
            if watches and adjusted.is_watching:
                adjusted.look(number, cells)

    def _take_with_care(self, number: int, cells: Cells, from_place: int = 0) -> None:
        """Takes what can be taken of a row from one price column on, and says what could not."""
        if is_blank(cells) or self._is_repeated_heading(cells) or self._is_set_aside(number, cells):
            return
        try:
            day = self._dates.read(_at(cells, self._layout.date_index))
        except Unreadable as error:
            self.refusals.add_row(number, cells, f"Column {self._layout.date_heading}: {error}")
            return
        try:
            kind = self._kind_of(cells)
        except Unreadable as error:
            self.refusals.add_row(number, cells, str(error))
            return
        for column in self.columns[from_place:]:
            try:
                price = column.reader.read(_at(cells, column.plan.index))
            except Unreadable as error:
                self.refusals.add_row(number, cells, f"Column {column.plan.heading}: {error}")
                continue
            self._keep(column, number, cells, day, (price, number, kind))

    def _is_set_aside(self, number: int, cells: Cells) -> bool:
        """Whether the row as a whole is no price: a closing line, a dividend, too many cells."""
        text, width = row_text(cells), self._layout.width
        if CLOSING_LINE.match(text):
            self._footers.append(f"Row {number} is not a price: “{text}”")
            return True
        reason = _event(text)
        if not reason and width and len(cells) > width and not is_blank(cells[width:]):
            reason = f"The row has {len(cells)} cells, the headings have {width}."
        if reason:
            self.refusals.add_row(number, cells, reason)
        return bool(reason)

    def _is_of_ticker(self, cells: Cells) -> bool:
        index = self._ticker_index
        if index is None:
            return True
        return len(cells) > index and cell_text(cells[index]) == self._ticker

    def _keep(
        self, column: ColumnTaking, number: int, cells: Cells, day: datetime.date, new: Kept
    ) -> None:
        old = column.kept.setdefault(day, new)
        if old is new:
            return
        if old[0] == new[0]:
            column.repeat(number)
        else:
            self._conflict(column, number, cells, day, new[0])

    def _conflict(
        self,
        column: ColumnTaking,
        number: int,
        cells: Cells,
        day: datetime.date,
        price: Decimal | None,
    ) -> None:
        """The first row of a day holds; a later one with another price is listed, not taken."""
        if self.refusals.is_full:
            self.refusals.count_unlisted(number)
            return
        old, old_number, _ = column.kept[day]
        self.refusals.add_row(
            number,
            cells,
            f"Column {column.plan.heading}: {show_date(day)} has {_shown(old)} from row "
            f"{old_number}; {_shown(price)} was not taken.",
        )

    def _kind_of(self, cells: Cells) -> PriceKind | None:
        index = self._series_index
        if index is None:
            return None
        text = cell_text(cells[index]) if len(cells) > index else ""
        kind = KIND.read(text) if text and text != "as the series" else None
        return kind if isinstance(kind, PriceKind) else None

    def _is_repeated_heading(self, cells: Cells) -> bool:
        texts = tuple(map(cell_text, cells))
        is_same = bool(self._layout.headings) and texts == self._layout.headings
        if is_same and not any("headings again" in note for note in self._footers):
            self._footers.append("The table shows its headings again between the rows.")
        return is_same

    @property
    def notes(self) -> tuple[str, ...]:
        of_columns = [note for column in self.columns for note in column.notes()]
        return (
            *self._adjusted.notes,
            *of_columns,
            *self._footers[:MOST_ROWS_NAMED],
            *self.refusals.notes,
        )

    def doubtful(self) -> tuple[DoubtfulRow, ...]:
        """The rows that are dated on a Saturday or Sunday."""
        rows = {
            number: DoubtfulRow(
                number,
                f"{show_date(day)}: {_shown(price)}",
                f"{show_date(day)} is a {'Saturday' if day.weekday() == SATURDAY else 'Sunday'}.",
            )
            for column in self.columns
            for day, (price, number, _) in column.kept.items()
            if day.weekday() >= SATURDAY
        }
        return tuple(rows[number] for number in sorted(rows))


def _at(cells: Cells, index: int) -> Cell:
    if len(cells) <= index:
        raise Unreadable("the row ends before this column.")
    return cells[index]


def _event(text: str) -> str:
    if DIVIDEND.search(text):
        return "The row tells of a dividend, not of a price."
    return "The row tells of a stock split, not of a price." if SPLIT.search(text) else ""


class AdjustedWatch:
    """Looks whether an adjusted column differs from the close beside it, which betrays a split or dividend."""

    def __init__(self, layout: Layout, columns: list[ColumnTaking]) -> None:
        self._adjusted = layout.index_of(Role.ADJUSTED)
        closes = [column for column in columns if column.plan.role is Role.CLOSE]
        self._close = closes[0] if closes and self._adjusted is not None else None
        self.notes: tuple[str, ...] = ()

    @property
    def is_watching(self) -> bool:
        """Whether there are two columns to compare and no difference was found yet."""
        return self._close is not None and not self.notes

    def look(self, number: int, cells: Cells) -> None:
        index = self._adjusted
        if self._close is None or index is None or not self.is_watching or len(cells) <= index:
            return
        close = cells[self._close.plan.index]
        if cells[index] == close:
            return
        try:
            adjusted = self._close.reader.read(cells[index])
        except Unreadable:
            return
        if adjusted is not None and adjusted != self._close.reader.read(close):
            self.notes = (
                f"Close and adjusted close differ, first in row {number}: {cell_text(close)} against "
                f"{cell_text(cells[index])}. The close is used. Some sources restate the close itself "
                "after a split: check it against the prices quoted at the time.",
            )
