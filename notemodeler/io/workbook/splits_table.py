"""What the company's splits do to prices: a table on the Terms sheet by which other sheets carry them."""

import datetime

from notemodeler.domain.issuer import Split
from notemodeler.io.workbook.cells import Formula, address
from notemodeler.io.workbook.sheet import CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

BEGINNING = datetime.date(1900, 1, 1)


def write_splits(sheet: Sheet, source: WorkbookInput, row: int) -> int:
    """Write the table from the row on, in date order; returns the row after it."""
    splits = source.project.issuer.splits
    if not splits:
        return row
    sheet.section(row, "What splits do to prices", range(1, 6))
    days, factors = _days(splits), _factors(source, splits, first_row=row + 2)
    sheet.table(
        row + 1,
        (
            Column(
                "date", "Days from", 28, "formula.date", days, defined_name="split_from",
                heading_style="working_heading",
            ),
            Column(
                "growth", "Prices times", 30, "formula.factor", factors,
                defined_name="split_growth", heading_style="working_heading",
            ),
        ),
    )  # fmt: skip
    sheet.put(
        row + 2, 5,
        "A price of these days, times the factor, is one of shares after every split.", "note",
    )  # fmt: skip
    return row + 3 + len(splits)


def in_order(splits: tuple[Split, ...]) -> list[int]:
    """The places of the splits in date order."""
    return sorted(range(len(splits)), key=lambda place: splits[place].date)


def _days(splits: tuple[Split, ...]) -> list[CellContent]:
    named: list[CellContent] = [
        Formula(f"INDEX(splits_date,{place + 1})", splits[place].date) for place in in_order(splits)
    ]
    return [BEGINNING, *named]


def _factors(source: WorkbookInput, splits: tuple[Split, ...], first_row: int) -> list[CellContent]:
    """Each row's factor is that of the row below times the old shares for a new one of the split between."""
    order = in_order(splits)
    starts = [BEGINNING, *(splits[place].date for place in order)]
    found: list[CellContent] = [
        Formula(
            f"{address(first_row + at + 1, 2)}*INDEX(splits_old_shares,{place + 1})"
            f"/INDEX(splits_new_shares,{place + 1})",
            source.growth_on(starts[at]),
        )
        for at, place in enumerate(order)
    ]
    return [*found, 1]
