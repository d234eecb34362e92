"""What every kind of table is to the reader: numbered rows of cells that can be walked more than once."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from notemodeler.io.price_files.limits import MOST_LISTED, Report, shown
from notemodeler.io.price_files.proposal import RejectedRow

Cell = str | Decimal | datetime.date
"""Text as written; numbers and dates where the workbook knows them."""

Cells = Sequence[Cell]
"""One row; rows are as wide as the source wrote them."""


class Table(Protocol):
    """Rows in file order. `name` is the sheet's, if there are sheets."""

    @property
    def name(self) -> str: ...

    @property
    def comma_separates(self) -> bool:
        """Whether bare commas part the cells, so that no number of the file has a decimal comma."""

    @property
    def notes(self) -> tuple[str, ...]: ...

    def rows(self, refusals: "Refusals | None", report: Report) -> Iterator[tuple[int, Cells]]:
        """Each row's number and cells, blank rows left out; unreadable rows go to `refusals`."""


@dataclass
class Refusals:
    """The rows that were not taken: the first ones listed, the rest counted."""

    listed: list[RejectedRow] = field(default_factory=list)
    count: int = 0
    last_row: int = 0

    def add(self, row_number: int, text: str, reason: str) -> None:
        """Lists a row, or counts it when the list is full."""
        if self.is_full:
            self.count_unlisted(row_number)
            return
        self.count += 1
        self.listed.append(RejectedRow(row_number, shown(text), reason))

    def add_row(self, row_number: int, cells: Cells, reason: str) -> None:
        self.add(row_number, "" if self.is_full else row_text(cells), reason)

    @property
    def is_full(self) -> bool:
        return len(self.listed) >= MOST_LISTED

    def count_unlisted(self, row_number: int) -> None:
        self.count += 1
        self.last_row = row_number

    @property
    def notes(self) -> tuple[str, ...]:
        unlisted = self.count - len(self.listed)
        if not unlisted:
            return ()
        return (
            f"{unlisted:,} more rows were not taken, up to row {self.last_row:,}; "
            f"only the first {len(self.listed):,} are listed.",
        )


def cell_text(cell: Cell) -> str:
    """The cell as text, numbers without an exponent."""
    if isinstance(cell, str):
        return cell.strip()
    return format(cell, "f") if isinstance(cell, Decimal) else cell.isoformat()


def row_text(cells: Cells) -> str:
    """The row on one line for a reader."""
    return shown(" | ".join(shown(cell_text(cell), 80) for cell in cells[:40]))


def is_blank(cells: Cells) -> bool:
    return not any(not isinstance(cell, str) or cell.strip() for cell in cells)
