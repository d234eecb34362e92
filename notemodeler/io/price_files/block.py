"""Blocks of cells pasted into a table that has its dates already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.issues import UserError
from notemodeler.domain.numbers import Unreadable
from notemodeler.io.price_files.headings import Role, role_of
from notemodeler.io.price_files.limits import MOST_BYTES, MOST_ROWS, too_large, too_many_rows
from notemodeler.io.price_files.number_column import (
    DecimalMark,
    MarkEvidence,
    PriceReader,
    looks_like_number,
)
from notemodeler.io.price_files.proposal import Question, RejectedRow
from notemodeler.io.price_files.tables import Refusals

LINE_END = re.compile(r"\r\n|\r|\n")
QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\r|\n|\Z)')
PLAIN = re.compile(r"[^\t\r\n]*")


@dataclass(frozen=True)
class NumbersColumn:
    """One pasted column of prices: a value a row, None where nobody quoted or the row was refused."""

    heading: str = ""
    values: tuple[Decimal | None, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    questions: tuple[Question, ...] = ()


def split_block(text: str) -> list[list[str]]:
    """The rows and cells of a block as spreadsheets copy it: tabs, and quotes around cells that need them.

    A cell in quotes may hold line ends, tabs and doubled quotes; a quote that is never closed is
    part of the text. The line end after the last row makes no row.
    """
    if len(text) > MOST_BYTES:
        raise too_large()
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _cell_at(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            return rows if text else []
        if text[place] == "\t":
            place += 1
            continue
        end = LINE_END.match(text, place)
        place = end.end() if end else place + 1
        if place >= len(text):
            return rows
        rows.append([])


def _cell_at(text: str, place: int) -> tuple[str, int]:
    if text.startswith('"', place) and (quoted := QUOTED.match(text, place)):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = PLAIN.match(text, place)
    return (plain[0], plain.end()) if plain else ("", place)


def read_numbers_column(
    cells: str | Sequence[str], *, answers: Mapping[str, str] | None = None
) -> NumbersColumn:
    """Prices pasted as one column, one a row: pasted text or the cells of a column of `split_block`.

    A heading in the first row is set apart. Row numbers count from 1 with the heading. An open
    decimal mark is asked, and then there are no values.
    """
    column = _first_cells(cells) if isinstance(cells, str) else list(cells)
    if len(column) > MOST_ROWS:
        raise too_many_rows()
    heading = column[0].strip() if column and _is_heading(column[0]) else ""
    start = 1 if heading else 0
    evidence = MarkEvidence()
    for cell in column[start:]:
        evidence.add(cell)
    mark = evidence.settled
    if mark is None and not evidence.says_nothing:
        answer = (answers or {}).get("decimal_mark")
        if answer is None:
            question = Question(
                "decimal_mark", "Which sign is the decimal mark?", evidence.readings
            )
            return NumbersColumn(heading, questions=(question,))
        mark = DecimalMark(answer)
    return _read_cells(heading, column, start, PriceReader(mark or DecimalMark.POINT))


def _first_cells(text: str) -> list[str]:
    rows = split_block(text)
    if any(len(row) > 1 for row in rows):
        raise UserError("The pasted text has more than one column.", "Copy one column of prices.")
    return [row[0] for row in rows]


def _is_heading(cell: str) -> bool:
    return not looks_like_number(cell) and role_of(cell) is not Role.UNKNOWN


def _read_cells(heading: str, column: list[str], start: int, reader: PriceReader) -> NumbersColumn:
    refusals = Refusals()
    values: list[Decimal | None] = []
    for number, cell in enumerate(column[start:], start=start + 1):
        try:
            values.append(reader.read(cell.strip()))
        except Unreadable as error:
            values.append(None)
            refusals.add(number, cell, f"Column {heading or 1}: {error}")
    return NumbersColumn(heading, tuple(values), tuple(refusals.listed))
