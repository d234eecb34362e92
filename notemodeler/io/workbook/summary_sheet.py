"""The Summary sheet: the note in a page: key figures by formula, the clause in words, charts, what is odd."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.engines.interest_charge import net_proceeds
from notemodeler.engines.notice_days import NoticeDay
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.charts import Picture, draw
from notemodeler.io.workbook.checks_sheet import every_check_holds
from notemodeler.io.workbook.sheet import Sheet
from notemodeler.io.workbook.source import WorkbookInput

WIDTHS = (34, 24, 4, 34, 24, 12)
CHART_ROWS = 18
LEGEND = (
    ("input.text", "Blue on pale blue", "an input: change it and every sheet follows"),
    ("formula.text", "Black", "a formula"),
    ("fixed.text", "Grey", "fixed when the workbook was written"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: its label, its formula and the program's own value."""

    label: str
    formula: str
    value: Value
    kind: str


def write_summary(sheet: Sheet, source: WorkbookInput, drawn: tuple[Picture, ...]) -> None:
    """Write the sheet with its charts."""
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.worksheet.column_dimensions[letter].width = width
    sheet.head(Formula('note_title&""', source.note.title), _parties(source))
    row = _write_wrapped(sheet, 3, source.project.remark, "remark.wrapped")
    row = _write_figures(sheet, row + 1, source)
    row = _write_clause(sheet, row + 1, source)
    row = _write_charts(sheet, row + 1, drawn)
    row = _write_issues(sheet, row, source)
    _write_legend(sheet, row + 1, source)


def _parties(source: WorkbookInput) -> Formula:
    issuer, note = source.project.issuer, source.note
    text = f"{issuer.name} ({issuer.ticker}) to {note.holder}"
    return Formula('issuer_name&" ("&issuer_ticker&") to "&note_holder', text)


def _write_wrapped(sheet: Sheet, row: int, text: str, style: str) -> int:
    """A text over the whole width; returns the row after it."""
    if not text:
        return row
    sheet.put(row, 1, text, style)
    # Not merge_cells: it would make cells, and the rows are not openpyxl's.
    sheet.worksheet.merged_cells.add(f"A{row}:F{row}")
    sheet.heights[row] = 4 + 13.5 * max(1, min(25, -(-len(text) // 140)))
    return row + 1


def _write_figures(sheet: Sheet, row: int, source: WorkbookInput) -> int:
    for column, heading, figures in (
        (1, "The note", list(_note_figures(source))),
        (4, "A conversion of the whole balance", list(_conversion_figures(source))),
    ):
        sheet.section(row, heading, range(column, column + 2))
        for place, figure in enumerate(figures, start=row + 1):
            sheet.put(place, column, figure.label, "label")
            formula = Formula(figure.formula, figure.value)
            sheet.put(place, column + 1, formula, f"key.{figure.kind}")
        last = row + len(figures)
    return last + 1


def _note_figures(source: WorkbookInput) -> Iterator[Figure]:
    note, history = source.note, source.history
    at_maturity = history.owed_on(note.maturity_date).in_cents()
    yield Figure("Principal", "note_principal_amount", note.principal_amount, "amount")
    yield Figure("Proceeds to the company", "proceeds", net_proceeds(note), "amount")
    yield Figure("Issue date", "note_issue_date", note.issue_date, "date")
    yield Figure("Maturity date", "note_maturity_date", note.maturity_date, "date")
    yield Figure(
        "Due on the maturity date",
        'IFERROR(INDEX(sched_total_due,MATCH(note_maturity_date,sched_date,1)),"")',
        _on_maturity(source, at_maturity.total), "amount",
    )  # fmt: skip
    yield Figure(
        "Interest over the whole schedule", "SUM(sched_accrual)",
        sum(row.accrual for row in source.schedule), "amount",
    )  # fmt: skip
    worth = to_cents(MONEY_CONTEXT.divide(note.principal_amount, note.conversion.rule.multiplier))
    yield Figure(
        "Principal over the multiplier", "ROUND(note_principal_amount/rule_multiplier,2)", worth,
        "amount",
    )  # fmt: skip
    yield Figure(
        "Shares issued so far", "SUM(step_shares)",
        sum(row.shares_issued for row in source.schedule), "count",
    )  # fmt: skip
    yield Figure(
        "Due at the end of the schedule", "INDEX(sched_total_due,ROWS(sched_total_due))",
        source.schedule[-1].closing.total, "amount",
    )  # fmt: skip
    yield Figure("Every check holds", "all_checks", every_check_holds(source), "flag")


def _on_maturity(source: WorkbookInput, due: Decimal) -> Value:
    return due if source.schedule[0].date <= source.note.maturity_date else None


def _conversion_figures(source: WorkbookInput) -> Iterator[Figure]:
    """The figures of the last notice day that has a price."""
    priced = [day for day in source.notice_days if day.window.conversion is not None]
    last = priced[-1] if priced else None

    def at_last(label: str, name: str, kind: str, value: Callable[[NoticeDay], Value]) -> Figure:
        return Figure(label, _at_last(name), value(last) if last else None, kind)

    rule = source.note.conversion.rule
    yield at_last(
        "Last notice day with a price", "notice_date", "date", lambda day: day.window.notice_date
    )
    yield at_last(
        "Reference price, $", "reference_price", "price", lambda day: day.window.reference
    )
    yield Figure("Multiplier", "rule_multiplier", rule.multiplier, "rate")
    yield Figure("which is a discount of", "discount", rule.discount, "rate")
    yield at_last(
        "Conversion price, $", "conversion_price", "price", lambda day: day.window.conversion
    )
    yield at_last("Balance, $", "notice_balance", "amount", lambda day: day.owed.total)
    yield at_last("Shares for the whole balance", "notice_shares", "count", lambda day: day.shares)
    yield at_last(
        "Percent of the company", "notice_part", "share", lambda day: day.share_of_company
    )
    yield at_last("Ownership limit, shares", "notice_limit", "count", lambda day: day.limit_shares)
    closed = sum(each.window.conversion is None for each in source.notice_days)
    yield Figure(
        "Notice days without a price", "ROWS(notice_date)-COUNT(conversion_price)", closed, "count"
    )


def _at_last(name: str) -> str:
    """The named column on the last row that has a conversion price: MATCH of a huge number finds it."""
    return f'IFERROR(INDEX({name},MATCH(9E+99,conversion_price,1)),"")'


def _write_clause(sheet: Sheet, row: int, source: WorkbookInput) -> int:
    sheet.section(row, "The conversion price in words, as exported", range(1, 7))
    clause = source.quoter.rule.recite()
    row = _write_wrapped(sheet, row + 1, clause[:1].upper() + clause[1:] + ".", "label.wrapped")
    cost = source.default_cost
    if cost is not None:
        text = (
            f"Default: {cost.due:,.2f} is due on {show_date(cost.on)}, against {cost.undisturbed_due:,.2f} "
            f"had there been none: {cost.extra:,.2f} more, of it {cost.default_sum:,.2f} default sum and "
            f"{cost.extra_interest:,.2f} interest (as exported)."
        )
        row = _write_wrapped(sheet, row, text, "label.wrapped")
    return row


def _write_charts(sheet: Sheet, row: int, drawn: tuple[Picture, ...]) -> int:
    for picture in drawn:
        draw(sheet, picture, row, CHART_ROWS - 1)
        row += CHART_ROWS
    return row


def _write_issues(sheet: Sheet, row: int, source: WorkbookInput) -> int:
    sheet.section(row, "What is wrong or odd in the document", range(1, 7))
    if not source.issues:
        sheet.put(row + 1, 1, "Nothing was found.", "label")
        return row + 2
    row += 1
    for issue in source.issues:
        text = f"{issue.severity.value.capitalize()}: {issue.text}"
        row = _write_wrapped(sheet, row, text, "user.wrapped")
    return row


def _write_legend(sheet: Sheet, row: int, source: WorkbookInput) -> None:
    sheet.section(row, "How to read this workbook", range(1, 7))
    for place, (style, colour, words) in enumerate(LEGEND, start=row + 1):
        sheet.put(place, 1, colour, style)
        sheet.put(place, 2, words, "label")
    sheet.put(
        row + len(LEGEND) + 1, 1,
        f"Written by Note Modeler {source.version}. Formulas need nothing newer than Excel 2010.", "note",
    )  # fmt: skip
