"""Writing a note's workbook: the results put into the file, the file put in its place whole."""

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from notemodeler import __version__
from notemodeler.app.book import book_on, latest_day
from notemodeler.app.decisions import Decisions
from notemodeler.app.results import Results, compute
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.decisions.all_in_cost import all_in_cost
from notemodeler.engines.decisions.cycle import holder_cycle
from notemodeler.engines.decisions.ladder import note_ladder
from notemodeler.io.atomic_file import write_atomically

if TYPE_CHECKING:
    from notemodeler.io.workbook import ValuationFound

VALUED_PART = 0.95
"""How much of the time the valuation takes."""
WRITING = "writing the sheets"


def workbook_bytes(
    results: Results,
    rows: RowDates = RowDates.MONTH_ENDS,
    report: Callable[[float], None] | None = None,
    valuation: "ValuationFound | None" = None,
) -> bytes:
    """The .xlsx file of the results with a schedule of those rows; `report` hears from 0 to 1.

    The sheets about the value and what may come are left out without a `valuation`.
    """
    from notemodeler.io import workbook  # openpyxl takes longer to import than a window to paint

    decisions, day = Decisions(results), notice_days(results)[-1]
    beyond = workbook.Beyond(
        case=decisions.case,
        prepay=decisions.prepay_figures,
        ladder=note_ladder(decisions.case, day),
        cycle=holder_cycle(decisions.case),
        cost=all_in_cost(decisions.case, day),
        book=book_on(results, latest_day(results)).at,
    )
    source = workbook.WorkbookInput(
        project=results.project,
        quoter=results.quoter,
        schedule=results.schedule(rows),
        days=notice_days(results),
        issues=results.issues,
        default_cost=results.default_cost,
        version=__version__,
        note_index=results.note_index,
        beyond=beyond,
        valuation=valuation,
    )
    return workbook.workbook_bytes(source, report)


def export_workbook(
    results: Results,
    path: str | os.PathLike[str],
    rows: RowDates = RowDates.MONTH_ENDS,
    report: Callable[[float], None] | None = None,
    *,
    with_valuation: bool = False,
) -> None:
    """Write the workbook; raises `UserError` if the place refuses, and then an old file is intact.

    With the sheets of the valuation it takes seconds, without them a moment.
    """
    if with_valuation:
        write_atomically(path, valued_workbook_bytes(results, rows))
    else:
        write_atomically(path, workbook_bytes(results, rows, report))


def valued_workbook_bytes(
    results: Results,
    rows: RowDates = RowDates.MONTH_ENDS,
    told: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The workbook with the sheets of the valuation, worked out from the document anew.

    `told` hears how much is done, from 0 to 1, and in words what comes next. Raises `Cancelled` of the
    valuation, a `UserError`, soon after `cancelled()` is true. May run beside a window.
    """
    from notemodeler.app.export_valuation import never, unheard, valuation_found

    tell, stops = told or unheard, cancelled or never
    own = compute(results.project, results.note_index)
    found = valuation_found(own, lambda done, words: tell(VALUED_PART * done, words), stops)
    return workbook_bytes(
        own, rows, lambda done: tell(VALUED_PART + (1 - VALUED_PART) * done, WRITING), found
    )


def notice_days(results: Results) -> tuple[date, ...]:
    """The trading days on which a notice could find a price: from funding to the day after the last price."""
    first, last = results.note.funding_date, results.next_notice_date
    days = tuple(day for day in results.chart_days if first <= day <= last)
    return days or (results.next_notice_date,)
