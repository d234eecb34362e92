"""What a map shows: heads of rows and columns, cells with their words, and where a value is on the scale."""

from math import log
from typing import NamedTuple

LEAST_RANGE, LOG_FROM = 1e-9, 5.0
Place = tuple[int, int]
"""Row and column of a cell."""


class Head(NamedTuple):
    """A row or a column: its value, and a remark such as `× 50 %`."""

    text: str
    remark: str = ""


class HeatCell(NamedTuple):
    """One cell; `value` is None if there is no figure, `is_known` false as long as it is being found."""

    text: str = ""
    error: str = ""
    value: float | None = None
    tip: str = ""
    is_known: bool = False


class HeatGrid(NamedTuple):
    """A whole map; `own` is the place of the note, `low` and `high` word the ends of the scale."""

    row_label: str
    column_label: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    own: Place
    low: str = ""
    high: str = ""

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest value."""
        found = [cell.value for line in self.cells for cell in line if cell.value is not None]
        return (min(found), max(found)) if found else (0.0, 0.0)

    @property
    def is_log(self) -> bool:
        """Whether the colours stand for ratios: else all but the highest cells would look alike."""
        low, high = self.span
        return low > 0 and high > LOG_FROM * low

    def part_of(self, value: float) -> float:
        """Where on the scale of colours a value is, from 0 to 1."""
        low, high = self.span
        if high - low <= LEAST_RANGE * abs(high):
            return 0.5
        if self.is_log:
            return log(value / low) / log(high / low)
        return (value - low) / (high - low)
