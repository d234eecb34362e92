"""The Other issues sheet: the shares that other notes of the book issued, so that outstanding and held follow."""

from notemodeler.engines.share_register import ShareIssue
from notemodeler.io.workbook.cells import Value
from notemodeler.io.workbook.share_formulas import growth_on
from notemodeler.io.workbook.sheet import WORKING, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

TITLE = "Other issues"
HEADING_ROW = 5


def write_other_issues(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet, one row an issue, in the order in which they came."""
    sheet.head(
        TITLE,
        "Shares issued under the other notes of the document, in shares of their day.",
        "They count into the shares outstanding, and against the ownership limit where the same holder or "
        "an affiliate keeps them (1). Of issues on the day of this note's own, those marked 1 come first.",
    )
    sheet.table(HEADING_ROW, _columns(source), filtered=True)
    sheet.heights[HEADING_ROW] = 42


def _columns(source: WorkbookInput) -> tuple[Column, ...]:
    issues, notes = source.other_issues, source.project.notes
    columns = [
        Column(
            "date", "Date", 13, "input.date", [each.date for each in issues], defined_name="other_date"
        ),
        Column(
            "number", "Note, by its place in the book", 11, "input.number",
            [each.note + 1 for each in issues], defined_name="other_number",
        ),
        Column("note", "Note", 34, "user", [notes[each.note].title for each in issues]),
        Column("holder", "Holder", 30, "user", [notes[each.note].holder for each in issues]),
        Column(
            "shares", "Shares issued", 17, "input.count", [each.shares for each in issues],
            defined_name="other_shares",
        ),
        Column(
            "kept", "Counts against this note's limit", 16, "input.number",
            [int(each.note in source.quoter.stake.kept) for each in issues], defined_name="other_kept",
        ),
        Column(
            "first", "Comes first on its day", 13, "input.number",
            [int(each.note < source.note_index) for each in issues], defined_name="other_first",
        ),
    ]  # fmt: skip
    if source.has_splits:
        columns.append(_growth_column(source, issues))
    return tuple(columns)


def _growth_column(source: WorkbookInput, issues: tuple[ShareIssue, ...]) -> Column:
    """By what later splits a price of each issue's day is multiplied."""
    values: list[Value] = [source.growth_on(each.date) for each in issues]
    return Column(
        "growth", "Price factor of later splits", 14, "formula.factor", values,
        growth_on("[date]"), heading_style=WORKING, defined_name="other_growth",
    )  # fmt: skip
