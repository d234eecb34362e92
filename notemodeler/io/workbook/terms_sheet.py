"""The Terms sheet: every term of the note as a named input, the reported share counts, and what follows."""

from datetime import date
from itertools import groupby
from typing import Any

from notemodeler.domain.kinds import TextKind
from notemodeler.domain.project import Project
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import Field
from notemodeler.domain.valuation import VALUATION
from notemodeler.io.workbook.consequences import write_consequences
from notemodeler.io.workbook.names import column_name, term_name
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.shown_terms import VALUED
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.splits_table import write_splits
from notemodeler.io.workbook.term_cells import STYLES_OF_KIND, allow, cell_value, unit_of

HEADING_ROW = 5
WIDTHS = (28, 30, 38, 28, 84)
TABLE_WIDTHS = (*WIDTHS, 18, 18)


def write_terms(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; every value gets a defined name that the other sheets use."""
    sheet.head(
        "Terms",
        "Blue cells are inputs: change one and every sheet follows. Pale ones say nothing as the others stand.",
        "Fixed at export, so that changing them here needs a new export: how many rows a table has and "
        "what the Checks sheet lists under “fixed at export”. Terms that the note does not use are left out.",
    )
    headings = ("Term", "Value", "Unit", "Name in formulas", "What it means")
    for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True), start=1):
        sheet.put(HEADING_ROW, column, heading, "heading")
        sheet.worksheet.column_dimensions["ABCDE"[column - 1]].width = width
    row = _write_groups(sheet, source)
    row = _write_share_counts(sheet, source.project, row + 1)
    row = write_splits(sheet, source, row + 1)
    write_consequences(sheet, source, row + 1)


def _write_groups(sheet: Sheet, source: WorkbookInput) -> int:
    row = HEADING_ROW + 1
    for group, fields in groupby(source.terms_shown, lambda field: field.term.group):
        together = tuple(fields)
        sheet.section(row, _heading(group, together[0]), range(1, 6))
        row += 1
        for field in together:
            row = _write_field(sheet, row, field, source)
    return row


def _heading(group: str, first: Field) -> str:
    """The heading of a group; those of the valuation say so."""
    if not first.name.startswith(VALUED):
        return group
    return "Valuation inputs" if group == VALUATION else f"Valuation inputs: {group.lower()}"


def _write_field(sheet: Sheet, row: int, field: Field, source: WorkbookInput) -> int:
    """One term; returns the row after it and, if it is a table, after its rows."""
    term = field.term
    value = source.value_of(field.name)
    sheet.put(row, 1, term.label, "label")
    sheet.put(row, 3, unit_of(term), "fixed")
    sheet.put(row, 5, term.help, "label.wrapped")
    if len(term.help) > 95:
        sheet.heights[row] = 29
    if isinstance(term.kind, RowsKind):
        sheet.put(row, 2, _counted(value), "fixed")
        columns = term.kind.columns
        return _write_rows(sheet, row + 1, field, columns, value) if value else row + 1
    is_text = isinstance(term.kind, TextKind)
    role = "user_input" if is_text else "input" if source.applies(field.name) else "idle"
    where = sheet.put(row, 2, cell_value(term, value), f"{role}.{STYLES_OF_KIND[term.kind.name]}")
    sheet.put(row, 4, term_name(field), "fixed")
    sheet.define(term_name(field), where)
    if not is_text:
        allow(sheet, where.rpartition("!")[2].replace("$", ""), term)
    return row + 1


def _counted(rows: tuple[Any, ...]) -> str:
    return "none" if not rows else f"{len(rows)} rows" if len(rows) > 1 else "1 row"


def _write_rows(
    sheet: Sheet, row: int, field: Field, fields: tuple[Field, ...], rows: tuple[Any, ...]
) -> int:
    """The table of a term that is one, each column with a name; returns the row after it."""
    columns = [
        Column(
            each.leaf, each.term.label, TABLE_WIDTHS[place],
            f"input.{STYLES_OF_KIND[each.term.kind.name]}",
            [cell_value(each.term, getattr(entry, each.leaf)) for entry in rows],
            defined_name=column_name(field, each), heading_style="working_heading",
        )
        for place, each in enumerate(fields)
    ]  # fmt: skip
    sheet.table(row, columns)
    for place, each in enumerate(fields):
        letter = "ABCDEFG"[place]
        allow(sheet, f"{letter}{row + 1}:{letter}{row + len(rows)}", each.term)
    return row + 1 + len(rows)


def _write_share_counts(sheet: Sheet, project: Project, row: int) -> int:
    counts = project.issuer.shares_outstanding
    sheet.section(row, "Shares outstanding, as reported", range(1, 6))
    dates: tuple[date | None, ...] = tuple(count.date for count in counts) or (None,)
    shares: tuple[int | None, ...] = tuple(count.shares for count in counts) or (None,)
    sheet.table(
        row + 1,
        (
            Column("date", "As of", WIDTHS[0], "input.date", dates, defined_name="count_dates"),
            Column("shares", "Shares", WIDTHS[1], "input.count", shares, defined_name="count_shares"),
        ),
    )  # fmt: skip
    return row + 2 + len(dates)
