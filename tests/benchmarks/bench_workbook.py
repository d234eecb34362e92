"""How long a ten-year note's workbook takes, against plain openpyxl writing the same cells and charts.

Run it by hand: `python tests/benchmarks/bench_workbook.py`. It exits with 1 if the ratio is above 0.10.
"""

import copy
import dataclasses
import io
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import openpyxl
from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.workbook.defined_name import DefinedName

from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.project import Project
from notemodeler.domain.row_dates import RowDates
from notemodeler.io.trading_calendar import nyse_calendar

DAYS = 2_500
LIMIT = 0.10
ROUNDS = 5
FUNDED = date(2014, 1, 2)


def ten_year_project() -> Project:
    """A note with 2,500 days of prices, and a ledger of conversions over its years."""
    project, draw = ascent_project(), random.Random(7)
    calendar = nyse_calendar()
    days = calendar.between(calendar.shifted(FUNDED, -30), calendar.shifted(FUNDED, DAYS - 2))
    bars, price = [], 0.05
    for day in days:
        price *= 1 + draw.gauss(-0.0005, 0.03)
        bars.append(PriceBar(day, Decimal(f"{max(price, 0.0001):.5f}")))
    ledger = tuple(
        LedgerEntry(calendar.shifted(FUNDED, at), EntryKind.CONVERSION, Decimal(2000))
        for at in range(300, DAYS, 100)
    )
    note = dataclasses.replace(
        project.notes[0],
        issue_date=FUNDED,
        funding_date=FUNDED,
        maturity_date=date(2023, 12, 29),
        ledger=ledger,
    )
    series = project.prices[0].with_bars(tuple(bars))
    return project.with_note(note).with_series(series)


@dataclasses.dataclass(frozen=True)
class Content:
    """What a workbook holds, as openpyxl reads it: cells with their looks by sheet, names, charts."""

    cells: dict[str, list[tuple[int, int, Any, Any]]]
    names: dict[str, str]
    widths: dict[str, dict[str, float]]

    @property
    def count(self) -> int:
        return sum(len(cells) for cells in self.cells.values())


def content_of(data: bytes) -> Content:
    """Every cell with its value or formula; looks that repeat are the same objects, made once."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    looks: dict[int, Any] = {}
    cells: dict[str, list[tuple[int, int, Any, Any]]] = {}
    for sheet in book:
        found = cells.setdefault(sheet.title, [])
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.value is None and not cell.has_style:
                continue
            if cell.style_id not in looks:
                parts = (cell.font, cell.fill, cell.border, cell.alignment)
                looks[cell.style_id] = (*map(copy.copy, parts), cell.number_format)
            found.append((cell.row, cell.column, cell.value, looks[cell.style_id]))
    names = {name: each.attr_text for name, each in book.defined_names.items()}
    widths = {
        sheet.title: {at: each.width for at, each in sheet.column_dimensions.items()}
        for sheet in book
    }
    return Content(cells, names, widths)


def written_plainly(content: Content) -> bytes:
    """The same cells, looks, names and charts by openpyxl alone."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in content.cells.items():
        sheet = book.create_sheet(title)
        for row, column, value, (font, fill, border, alignment, number_format) in cells:
            cell = sheet.cell(row, column, value)
            cell.font, cell.fill, cell.border = font, fill, border
            cell.alignment, cell.number_format = alignment, number_format
        for letter, width in content.widths[title].items():
            sheet.column_dimensions[letter].width = width
    for name, where in content.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=where)
    for x, lines in charts(content.names):
        chart = ScatterChart()
        for line in lines:
            chart.series.append(Series(Reference(range_string=line), Reference(range_string=x)))
        book.worksheets[0].add_chart(chart, "A20")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def charts(names: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    yield names["notice_date"], [names["drawn_price"], names["drawn_conversion"]]
    yield names["sched_date"], [names["sched_total_due"], names["sched_closing_principal"]]


def seconds(act: Callable[[], object], rounds: int) -> float:
    """The best time of so many rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    project = ten_year_project()

    def ours() -> bytes:
        # From the document on: prices, balances and shares of every day are worked out in this time.
        return workbook_bytes(compute(dataclasses.replace(project)), RowDates.MONTH_ENDS)

    content = content_of(ours())
    mine, plain = seconds(ours, ROUNDS), seconds(lambda: written_plainly(content), 1)
    ratio = mine / plain
    print(
        f"workbook of {DAYS} days, {content.count:,} cells: {mine:.3f} s; "
        f"plain openpyxl {plain:.2f} s; ratio {ratio:.3f} (at most {LIMIT:.2f})"
    )
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
