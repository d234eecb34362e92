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
    valuation_dates_sheet,
    valuation_sheet,
    volatility_sheet,
    what_may_come_sheet,
)
from notemodeler.io.workbook.checks_sheet import write_checks
from notemodeler.io.workbook.conversion_sheet import write_conversion_prices
from notemodeler.io.workbook.fans import fan_pictures
from notemodeler.io.workbook.finishing import finished
from notemodeler.io.workbook.frame import new_sheets
from notemodeler.io.workbook.ledger_sheet import write_ledger
from notemodeler.io.workbook.pictures import pictures
from notemodeler.io.workbook.prices_sheet import write_prices
from notemodeler.io.workbook.schedule_sheet import write_schedule
from notemodeler.io.workbook.source import Beyond, WorkbookInput
from notemodeler.io.workbook.summary_sheet import write_summary
from notemodeler.io.workbook.terms_sheet import write_terms
from notemodeler.io.workbook.valuation_source import ValuationFound

__all__ = ["Beyond", "ValuationFound", "WorkbookInput", "workbook_bytes"]

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
    (valuation_sheet.TITLE, valuation_sheet.write_valuation),
    (volatility_sheet.TITLE, volatility_sheet.write_volatility),
    (valuation_dates_sheet.TITLE, valuation_dates_sheet.write_valuation_dates),
    (what_may_come_sheet.TITLE, what_may_come_sheet.write_what_may_come),
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

    def range_of(name: str) -> str:
        return str(workbook.defined_names[name].attr_text)

    drawn = pictures(source, range_of)
    write_summary(sheets["Summary"], source, drawn)
    fans = fan_pictures(source, range_of)
    whole = finished(workbook, tuple(sheets.values()), (*drawn, *fans))
    tell(1.0)
    return whole
