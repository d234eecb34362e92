"""Terms that are small tables: rows of one noun, written in one line as cells, `;` between rows."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from notemodeler.domain.issues import Issue
from notemodeler.domain.numbers import FORM, Style, Unreadable
from notemodeler.domain.terms import Field, fields_of

CELL, ROW = "|", ";"
MOST_ROWS = 500


class RowsKind:
    """Rows of a noun whose fields are terms that are neither texts nor tables themselves.

    As text: `0 | 30 | 115 %; 31 | 60 | 120 %`. An empty cell is an empty optional field, cells
    left out at the end are the defaults.
    """

    name = "rows"

    def __init__(self, noun: type) -> None:
        self.noun = noun

    @property
    def columns(self) -> tuple[Field, ...]:
        """The terms of a row, named by their field."""
        return fields_of(self.noun, "row")

    def read(self, text: str, style: Style = FORM) -> tuple[Any, ...]:
        """The rows of a text; raises `Unreadable` naming row and column."""
        rows = [row for row in text.replace("\n", ROW).split(ROW) if row.strip()]
        if len(rows) > MOST_ROWS:
            raise Unreadable(f"At most {MOST_ROWS} rows can be given here.")
        return tuple(self._row(place, row, style) for place, row in enumerate(rows, start=1))

    def show(self, value: tuple[Any, ...], style: Style = FORM) -> str:
        return f"{ROW} ".join(self._shown(row, style) for row in value)

    def to_data(self, value: Any) -> Any:
        return [
            {column.leaf: _cell_data(column, getattr(row, column.leaf)) for column in self.columns}
            for row in value
        ]

    def from_data(self, data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            raise Unreadable("A list of rows was expected here.")
        return tuple(self._from_data(place, row) for place, row in enumerate(data, start=1))

    def issues(self, name: str, value: tuple[Any, ...]) -> Iterator[Issue]:
        """What the bounds of the columns say of each row."""
        for place, row in enumerate(value, start=1):
            for column in self.columns:
                for issue in column.term.issues(name, getattr(row, column.leaf)):
                    yield issue._replace(text=f"Row {place}: {issue.text}")

    def _row(self, place: int, text: str, style: Style) -> Any:
        cells = text.split(CELL)
        columns = self.columns
        if len(cells) > len(columns):
            names = f" {CELL} ".join(column.term.label.lower() for column in columns)
            raise Unreadable(f"Row {place} has more cells than there are columns: {names}.")
        values = {
            column.leaf: _read_cell(place, column, cell, style)
            for column, cell in zip(columns, cells, strict=False)
        }
        return self.noun(**self._complete(place, values))

    def _complete(self, place: int, values: dict[str, Any]) -> dict[str, Any]:
        for column in self.columns:
            value = values.setdefault(column.leaf, column.default)
            if value is None and not column.term.optional:
                raise Unreadable(f"Row {place}: {column.term.label} is missing.")
        return values

    def _shown(self, row: Any, style: Style) -> str:
        cells = []
        for column in self.columns:
            value = getattr(row, column.leaf)
            cells.append("" if value is None else column.term.kind.show(value, style))
        while cells and not cells[-1] and self.columns[len(cells) - 1].default is None:
            cells.pop()
        return f" {CELL} ".join(cells)

    def _from_data(self, place: int, row: dict[str, Any]) -> Any:
        values = {}
        for column in self.columns:
            if column.leaf in row and row[column.leaf] is not None:
                values[column.leaf] = column.term.within(
                    column.term.kind.from_data(row[column.leaf])
                )
        if unknown := sorted(set(row) - {column.leaf for column in self.columns}):
            raise Unreadable(f"Row {place} has cells that are not known: {', '.join(unknown)}.")
        return self.noun(**self._complete(place, values))


def row_noun(noun: type) -> type:
    """Refuses, as the module of a noun is read, columns that a line of cells cannot hold."""
    for part in dataclasses.fields(noun):
        if part.metadata["term"].kind.name in ("text", "rows"):
            raise TypeError(f"{noun.__name__}.{part.name} cannot be a cell")
    return noun


def _read_cell(place: int, column: Field, text: str, style: Style) -> Any:
    if not text.strip():
        return column.default
    try:
        return column.term.within(column.term.kind.read(text, style))
    except Unreadable as problem:
        raise Unreadable(f"Row {place}, {column.term.label.lower()}: {problem}") from None


def _cell_data(column: Field, value: Any) -> Any:
    return None if value is None else column.term.kind.to_data(value)
