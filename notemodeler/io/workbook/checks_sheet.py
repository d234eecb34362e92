"""The Checks sheet: what must hold in every row, what was fixed at export, and one cell that says it all."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.checks import check_groups
from notemodeler.io.workbook.sheet import Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.styles import BAD, GOOD

FIRST_ROW = 6
WIDTHS = (88, 20, 20, 16)


@dataclass(frozen=True, slots=True)
class TieOut:
    """A figure of the program beside the same figure by formula."""

    label: str
    formula: str
    figure: Value
    kind: str


def write_checks(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; the overall cell is named `all_checks`."""
    sheet.head(
        "Checks",
        "All must say TRUE. A change in a blue cell keeps them so, unless it breaks a rule.",
    )
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.worksheet.column_dimensions[letter].width = width
    groups = check_groups(source)
    row = first = FIRST_ROW
    for heading, checks in groups:
        sheet.section(row, heading, range(1, 5))
        for place, check in enumerate(checks, start=row + 1):
            sheet.put(place, 1, check.words, "label")
            sheet.put(place, 2, Formula(check.formula, check.holds), "formula.flag")
        row += len(checks) + 2
    sheet.put(4, 1, "Everything below holds", "key")
    overall = sheet.put(
        4, 2, Formula(f"AND(B{first}:B{row - 2})", every_check_holds(source)), "key.flag"
    )
    sheet.define("all_checks", overall)
    _colour(sheet, row)
    _write_tie_outs(sheet, source, row)


def every_check_holds(source: WorkbookInput) -> bool:
    """What the overall cell says."""
    return all(check.holds for _, checks in check_groups(source) for check in checks)


def _colour(sheet: Sheet, last: int) -> None:
    for formula, colour in (("B4=TRUE", GOOD), ("AND(ISLOGICAL(B4),NOT(B4))", BAD)):
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        rule = FormulaRule(formula=[formula], fill=fill)
        sheet.worksheet.conditional_formatting.add(f"B4:B{last}", rule)


def _write_tie_outs(sheet: Sheet, source: WorkbookInput, row: int) -> None:
    """The program's figures as constants: a difference shows what a change in a blue cell does."""
    sheet.section(row, "Against the program's own figures", range(1, 5))
    headings = ("Figure", "By formula", "As exported", "Difference")
    for column, heading in enumerate(headings, start=1):
        sheet.put(row + 1, column, heading, "heading")
    for place, each in enumerate(_tie_outs(source), start=row + 2):
        sheet.put(place, 1, each.label, "label")
        sheet.put(place, 2, Formula(each.formula, each.figure), f"formula.{each.kind}")
        sheet.put(place, 3, each.figure, f"fixed.{each.kind}")
        difference = Formula(f"N(B{place})-N(C{place})", 0)
        sheet.put(place, 4, difference, f"formula.{each.kind}")
    sheet.put(
        row + 7, 1,
        "These differences are not part of the overall check: they turn from zero as soon as a blue "
        "cell is changed, and then say by how much.", "note",
    )  # fmt: skip


def _tie_outs(source: WorkbookInput) -> Iterator[TieOut]:
    rows, days = source.schedule, source.notice_days
    yield TieOut(
        "Total due at the end of the schedule", "INDEX(sched_total_due,ROWS(sched_total_due))",
        rows[-1].closing.total, "amount",
    )  # fmt: skip
    yield TieOut(
        "Interest over the whole schedule", "SUM(sched_accrual)",
        sum(row.accrual for row in rows), "amount",
    )  # fmt: skip
    yield TieOut(
        "Conversion prices, added up", "SUM(conversion_price)",
        sum(day.window.conversion or 0 for day in days), "price",
    )  # fmt: skip
    yield TieOut(
        "Shares for the whole balance, added up", "SUM(notice_shares)",
        sum(day.shares or 0 for day in days), "count",
    )  # fmt: skip
    yield TieOut(
        "Shares issued", "SUM(step_shares)", sum(row.shares_issued for row in rows), "count"
    )
