"""One sheet in the making: cells and tables gathered as XML, beside the frame that openpyxl keeps."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import cast

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from notemodeler.io.workbook.cells import (
    Formula,
    NotAvailable,
    SharedTexts,
    Value,
    address,
    constant_xml,
    formula_xml,
    shared_formula_cells,
)
from notemodeler.io.workbook.styles import Styles

CellContent = Value | Formula
WORKING = "working_heading"
"""The style of a heading over a column that only leads to another."""

HERE = re.compile(r"\[([\^!]?)(\w+)\]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table on a sheet.

    `formula` holds for every row: `[name]` is the cell of another column in the row, `[^name]` that
    in the row above and `[!name]` that in the first row. `own` replaces it in single rows. `values`
    are what the program found; without a formula they are the cells. `defined_name` names the
    column for other sheets.
    """

    name: str
    heading: str
    width: float
    style: str
    values: Sequence[CellContent | NotAvailable]
    formula: str | None = None
    own: Mapping[int, CellContent] = field(default_factory=dict)
    own_styles: Mapping[int, str] = field(default_factory=dict)
    defined_name: str = ""
    heading_style: str = "heading"


@dataclass
class Sheet:
    """The cells of one worksheet. Rows and columns are counted from one."""

    worksheet: Worksheet
    styles: Styles
    texts: SharedTexts
    heights: dict[int, float] = field(default_factory=dict)
    _rows: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _last_column: int = 1
    _printed: int = 0
    _shared: Iterator[int] = field(default_factory=count)

    @property
    def title(self) -> str:
        return str(self.worksheet.title)

    def put(self, row: int, column: int, content: CellContent, style: str) -> str:
        """Write one cell; returns its absolute address with the sheet's name."""
        where, number = address(row, column), self.styles.number(style)
        if isinstance(content, Formula):
            xml = formula_xml(where, number, content)
        else:
            xml = constant_xml(where, number, content, self.texts)
        self._rows.setdefault(row, []).append((column, xml))
        self._last_column = max(self._last_column, column)
        return self.reference(row, column)

    def head(self, title: CellContent, subtitle: CellContent, note: str = "") -> None:
        """The lines at the top of the sheet."""
        self.put(1, 1, title, "title")
        self.put(2, 1, subtitle, "subtitle")
        self.heights[1], self.heights[2] = 26, 17
        if note:
            self.put(3, 1, note, "note")

    def section(self, row: int, words: str, columns: range) -> None:
        """A heading over several columns, with a line under it."""
        self.put(row, columns.start, words, "section")
        for column in columns[1:]:
            self.put(row, column, None, "section")
        self.heights[row] = 22

    def reference(
        self, row: int, column: int, last_row: int | None = None, last_column: int | None = None
    ) -> str:
        """`'Conversion price'!$B$7`, or the range down and across to the last row and column."""
        quoted = "'" + self.title.replace("'", "''") + "'"
        first = f"${get_column_letter(column)}${row}"
        if last_row is None:
            return f"{quoted}!{first}"
        return f"{quoted}!{first}:${get_column_letter(last_column or column)}${last_row}"

    def define(self, name: str, reference: str) -> None:
        """Give cells a name by which every sheet can call them."""
        names = self.worksheet.parent.defined_names
        names[name] = DefinedName(name, attr_text=reference)

    def table(
        self,
        heading_row: int,
        columns: Sequence[Column],
        first_column: int = 1,
        *,
        filtered: bool = False,
        working_last: bool = False,
    ) -> None:
        """Write headings and rows, and set the widths of the columns.

        Long tables should read from left to right: where the columns that a formula reads stood to
        its right, LibreOffice 7.4 (computing in several threads) left cells in error. In short ones
        `working_last` puts columns that only lead to others on the right, and off the paper unless
        what stands above is wider.
        """
        above = self._last_column if self._rows else 0
        if working_last:
            columns = sorted(columns, key=lambda each: each.heading_style == WORKING)
        places = {each.name: first_column + place for place, each in enumerate(columns)}
        for column in columns:
            self._head_column(heading_row, places[column.name], column)
        bodies = [self._body(column, places, heading_row + 1) for column in columns]
        for row, cells in enumerate(zip(*bodies, strict=True), start=heading_row + 1):
            self._rows.setdefault(row, []).append((first_column, "".join(cells)))
        if working_last and columns[-1].heading_style == WORKING:
            own = sum(each.heading_style != WORKING for each in columns)
            self._printed = max(own, above)
        if filtered:
            corner = address(heading_row + len(bodies[0]), first_column + len(columns) - 1)
            self.worksheet.auto_filter.ref = f"{address(heading_row, first_column)}:{corner}"

    def _body(self, column: Column, places: Mapping[str, int], first_row: int) -> list[str]:
        if column.formula is None:
            cells = [""] * len(column.values)
            own: Mapping[int, CellContent | NotAvailable] = {
                **dict(enumerate(column.values)),
                **column.own,
            }
        else:
            cells = self._shared_cells(column, places, first_row)
            own = column.own
        for index, content in own.items():
            cells[index] = self._own_cell(column, index, content, places, first_row)
        return cells

    def _shared_cells(self, column: Column, places: Mapping[str, int], first_row: int) -> list[str]:
        apart = frozenset(column.own)
        first = next((at for at in range(len(column.values)) if at not in apart), 0)
        formula = located(column.formula or "", first_row + first, places, first_row)
        return [""] * first + shared_formula_cells(
            get_column_letter(places[column.name]),
            first_row + first,
            self.styles.number(column.style),
            formula,
            next(self._shared),
            cast(Sequence[Value | NotAvailable], column.values[first:]),
            frozenset(at - first for at in apart),
        )

    def _own_cell(
        self,
        column: Column,
        index: int,
        content: CellContent | NotAvailable,
        places: Mapping[str, int],
        first_row: int,
    ) -> str:
        row = first_row + index
        where = address(row, places[column.name])
        style = self.styles.number(column.own_styles.get(index, column.style))
        if isinstance(content, Formula):
            found = Formula(located(content.text, row, places, first_row), content.cached)
            return formula_xml(where, style, found)
        if isinstance(content, NotAvailable):
            return formula_xml(where, style, Formula("NA()", content))
        return constant_xml(where, style, content, self.texts)

    def sheet_data(self) -> str:
        """All rows as the sheet's XML holds them."""
        parts = []
        for row in sorted(self._rows):
            cells = "".join(xml for _, xml in sorted(self._rows[row]))
            tall = self.heights.get(row)
            size = f' ht="{tall}" customHeight="1"' if tall else ""
            parts.append(f'<row r="{row}"{size}>{cells}</row>')
        return f"<sheetData>{''.join(parts)}</sheetData>"

    def _head_column(self, row: int, place: int, column: Column) -> None:
        self.put(row, place, column.heading, column.heading_style)
        self.worksheet.column_dimensions[get_column_letter(place)].width = column.width
        if column.defined_name:
            last_row = row + len(column.values)
            self.define(column.defined_name, self.reference(row + 1, place, last_row))

    def limit_print(self) -> None:
        """Keep working columns off the paper, once all rows are written."""
        if self._printed:
            self.worksheet.print_area = f"A1:{address(max(self._rows), self._printed)}"

    @property
    def dimension(self) -> str:
        """The range that the cells are in."""
        return f"A1:{address(max(self._rows, default=1), self._last_column)}"


def located(formula: str, row: int, places: Mapping[str, int], first_row: int) -> str:
    """The formula with `[name]`, `[^name]` and `[!name]` put into addresses for the row."""

    def cell(found: re.Match[str]) -> str:
        place = places[found[2]]
        if found[1] == "!":
            return f"{get_column_letter(place)}${first_row}"
        return address(row - 1 if found[1] else row, place)

    return HERE.sub(cell, formula)
