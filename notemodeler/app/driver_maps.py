"""Maps of shares and cost over two inputs of a note: their axes, their cells, the place of the note itself."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from notemodeler.app.measured import Measured, Measurer
from notemodeler.app.variants import (
    LOOK_BACK,
    MULTIPLIER,
    PRICE_NOW,
    VOLATILITY,
    Changes,
    bounded,
    has_look_back,
    has_volatility,
    value_words,
)
from notemodeler.domain.project import field_value

MAP_PATHS = 2_048
"""Each cell is simulated on so many paths."""
LOOK_BACKS, DISCOUNTS = (5, 10, 15, 20, 25), (20, 30, 35, 40, 45, 50)
FACTORS = tuple(Decimal(each) for each in ("0.5", "0.75", "1", "1.5", "2"))
OWN = "this note"


class Axis(NamedTuple):
    """One side of a map: its values in words, how each stands to the note's own, and what they change."""

    label: str
    name: str
    values: tuple[str, ...]
    remarks: tuple[str, ...]
    changes: tuple[Changes, ...]
    own: int


@dataclass(frozen=True)
class HeatMap:
    """What comes of every pair of two inputs: `cells[row][column]`; `own` is the place of the note itself.

    A cell is None where the terms contradict each other, or as long as it is not in `known`.
    """

    row_axis: Axis
    column_axis: Axis
    cells: tuple[tuple[Measured | None, ...], ...]
    known: frozenset[tuple[int, int]]
    paths: int
    seed: int

    @property
    def title(self) -> str:
        return f"{self.row_axis.label} by {self.column_axis.label.lower()}"

    @property
    def rows(self) -> tuple[str, ...]:
        return self.row_axis.values

    @property
    def columns(self) -> tuple[str, ...]:
        return self.column_axis.values

    @property
    def own(self) -> tuple[int, int]:
        return self.row_axis.own, self.column_axis.own

    @property
    def is_complete(self) -> bool:
        return len(self.known) == len(self.rows) * len(self.columns)

    def changes(self, row: int, column: int) -> Changes:
        """What the cell changes about the note."""
        return (*self.row_axis.changes[row], *self.column_axis.changes[column])

    def words(self, row: int, column: int) -> str:
        """The cell by name: `look-back 5 days, discount 50 %`."""
        pairs = ((self.row_axis, row), (self.column_axis, column))
        return ", ".join(f"{axis.label.lower()} {axis.values[at]}" for axis, at in pairs)

    def with_cell(self, row: int, column: int, found: Measured | None) -> "HeatMap":
        line = self.cells[row]
        line = (*line[:column], found, *line[column + 1 :])
        cells = (*self.cells[:row], line, *self.cells[row + 1 :])
        return replace(self, cells=cells, known=self.known | {(row, column)})


def look_back_and_discount(measurer: Measurer) -> tuple[Axis, Axis]:
    """The usual look-backs and discounts of the trade, the note's own among them."""
    place = measurer.simulation.results.note_index
    rule = measurer.project.notes[place].conversion.rule
    has_rows = has_look_back(measurer.project, place)
    days = sorted({*(LOOK_BACKS if has_rows else ()), rule.lookback_days})
    own = days.index(rule.lookback_days)
    rows = Axis(
        "Look-back", LOOK_BACK,
        tuple(value_words(LOOK_BACK, each) if has_rows else "last price" for each in days),
        tuple(OWN if at == own else "" for at in range(len(days))),
        tuple(((LOOK_BACK, each),) for each in days), own,
    )  # fmt: skip
    parts = sorted({*(Decimal(each).scaleb(-2) for each in DISCOUNTS), rule.discount})
    own = parts.index(rule.discount)
    columns = Axis(
        "Discount", MULTIPLIER, tuple(value_words(MULTIPLIER, each) for each in parts),
        tuple(OWN if at == own else "" for at in range(len(parts))),
        tuple(((MULTIPLIER, 1 - each),) for each in parts), own,
    )  # fmt: skip
    return rows, columns


def price_and_volatility(measurer: Measurer) -> tuple[Axis, Axis]:
    """Halves and doubles of the share price and of the volatility."""
    has_columns = has_volatility(measurer.project)
    return (
        _multiples(measurer, PRICE_NOW, "Share price", FACTORS),
        _multiples(measurer, VOLATILITY, "Volatility", FACTORS if has_columns else (Decimal(1),)),
    )


def _multiples(measurer: Measurer, name: str, label: str, factors: tuple[Decimal, ...]) -> Axis:
    own = field_value(measurer.project, name)
    if own is None or factors == (Decimal(1),):
        return Axis(label, name, ("as drawn",), ("",), ((),), 0)
    values = [own if factor == 1 else bounded(name, own * factor) for factor in factors]
    remarks = [OWN if factor == 1 else f"× {factor * 100:.0f} %" for factor in factors]
    return Axis(
        label, name, tuple(value_words(name, each) for each in values), tuple(remarks),
        tuple(((name, each),) for each in values), factors.index(Decimal(1)),
    )  # fmt: skip


def blank_map(measurer: Measurer, rows: Axis, columns: Axis) -> HeatMap:
    cells = ((None,) * len(columns.values),) * len(rows.values)
    return HeatMap(rows, columns, cells, frozenset(), MAP_PATHS, measurer.simulation.seed)
