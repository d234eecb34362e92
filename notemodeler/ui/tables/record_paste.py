"""A pasted block as values of typed columns: by its headings if it has them, else from a column on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notemodeler.domain.issues import UserError
from notemodeler.domain.numbers import Style, Unreadable
from notemodeler.ui.tables.columns import TableColumn


@dataclass
class ReadBlock:
    """The values of each row that could be read, and why others could not."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_block(columns: Sequence[TableColumn], first: int, text: str, style: Style) -> ReadBlock:
    """Every row of the text over the columns."""
    from notemodeler.io.price_files import split_block

    block = ReadBlock()
    try:
        lines = [line for line in split_block(text) if any(cell.strip() for cell in line)]
    except UserError as error:
        block.refused.append(error.sentence)
        return block
    targets: list[TableColumn | None] = [each for each in columns[first:] if each.is_typed]
    named = _by_headings(columns, lines[0]) if lines else []
    if named:
        targets, lines = named, lines[1:]
    for number, line in enumerate(lines, start=2 if named else 1):
        try:
            block.rows.append(_values(targets, line, style))
        except Unreadable as error:
            block.refused.append(f"row {number}, {error}")
    return block


def _by_headings(columns: Sequence[TableColumn], line: Sequence[str]) -> list[TableColumn | None]:
    """The columns that a line of headings names, None for those that cannot be typed; empty if it is none."""
    known = {column.heading.lower(): column for column in columns}
    words = [cell.strip().lower() for cell in line]
    if not all(word in known for word in words):
        return []
    return [known[word] if known[word].is_typed else None for word in words]


def _values(
    targets: Sequence[TableColumn | None], line: Sequence[str], style: Style
) -> dict[str, Any]:
    return {
        column.name: column.read(cell, style)
        for column, cell in zip(targets, line, strict=False)
        if column is not None and (cell.strip() or (column.term and column.term.optional))
    }
