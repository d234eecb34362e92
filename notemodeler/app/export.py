"""Writing a note's workbook: the results put into the file, the file put in its place whole."""

import os
from collections.abc import Callable
from datetime import date

from notemodeler import __version__
from notemodeler.app.results import Results
from notemodeler.domain.row_dates import RowDates
from notemodeler.io.atomic_file import write_atomically


def workbook_bytes(
    results: Results,
    rows: RowDates = RowDates.MONTH_ENDS,
    report: Callable[[float], None] | None = None,
) -> bytes:
    """The .xlsx file of the results with a schedule of those rows; `report` hears from 0 to 1."""
    from notemodeler.io import workbook  # openpyxl takes longer to import than a window to paint

    source = workbook.WorkbookInput(
        project=results.project,
        quoter=results.quoter,
        schedule=results.schedule(rows),
        days=notice_days(results),
        issues=results.issues,
        default_cost=results.default_cost,
        version=__version__,
    )
    return workbook.workbook_bytes(source, report)


def export_workbook(
    results: Results,
    path: str | os.PathLike[str],
    rows: RowDates = RowDates.MONTH_ENDS,
    report: Callable[[float], None] | None = None,
) -> None:
    """Write the workbook; raises `UserError` if the place refuses, and then an old file is intact."""
    write_atomically(path, workbook_bytes(results, rows, report))


def notice_days(results: Results) -> tuple[date, ...]:
    """The trading days on which a notice could find a price: from funding to the day after the last price."""
    first, last = results.note.funding_date, results.next_notice_date
    days = tuple(day for day in results.chart_days if first <= day <= last)
    return days or (results.next_notice_date,)
