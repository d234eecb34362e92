"""The Excel workbook of a note: live formulas, and in every formula cell the program's own number."""

from collections.abc import Callable

from notemodeler.io.workbook import (
    book_sheet,
    cost_sheet,
    cycle_sheet,
    ladder_sheet,
    others_sheet,
    outstanding_sheet,
    payoff_sheet,
)
from notemodeler.io.workbook.checks_sheet import write_checks
from notemodeler.io.workbook.conversion_sheet import write_conversion_prices
from notemodeler.io.workbook.finishing import finished
from notemodeler.io.workbook.frame import new_sheets
from notemodeler.io.workbook.ledger_sheet import write_ledger
from notemodeler.io.workbook.pictures import pictures
from notemodeler.io.workbook.prices_sheet import write_prices
from notemodeler.io.workbook.schedule_sheet import write_schedule
from notemodeler.io.workbook.source import Beyond, WorkbookInput
from notemodeler.io.workbook.summary_sheet import write_summary
from notemodeler.io.workbook.terms_sheet import write_terms

__all__ = ["Beyond", "WorkbookInput", "workbook_bytes"]

WRITERS = (
    ("Terms", write_terms),
    ("Prices", write_prices),
    ("Conversion price", write_conversion_prices),
    ("Ledger", write_ledger),
    ("Schedule", write_schedule),
    (payoff_sheet.TITLE, payoff_sheet.write_payoff),
    (cycle_sheet.TITLE, cycle_sheet.write_cycle),
    (ladder_sheet.TITLE, ladder_sheet.write_ladder),
    (cost_sheet.TITLE, cost_sheet.write_cost),
    (book_sheet.TITLE, book_sheet.write_book),
    (outstanding_sheet.TITLE, outstanding_sheet.write_outstanding),
    (others_sheet.TITLE, others_sheet.write_other_issues),
    ("Checks", write_checks),
)


def workbook_bytes(source: WorkbookInput, report: Callable[[float], None] | None = None) -> bytes:
    """The .xlsx file of a note. `report` is told how much is done, from 0 to 1.

    The same input gives the same bytes.
    """
    tell = report or (lambda _: None)
    sheets = new_sheets(source)
    for done, (title, write) in enumerate(WRITERS, start=1):
        if title in sheets:
            write(sheets[title], source)
        tell(done / (len(WRITERS) + 3))
    workbook = sheets["Summary"].worksheet.parent
    drawn = pictures(source, lambda name: str(workbook.defined_names[name].attr_text))
    write_summary(sheets["Summary"], source, drawn)
    whole = finished(workbook, tuple(sheets.values()), drawn)
    tell(1.0)
    return whole
