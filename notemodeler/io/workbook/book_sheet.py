"""The Book sheet: the company's notes on one day, what converting all would take, reserve, Item 3.02, dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notemodeler.domain.issuer import ReportingStatus
from notemodeler.engines.company.full_conversion import FullConversion, full_conversion
from notemodeler.engines.company.next_dates import next_dates
from notemodeler.engines.company.reserve import Reserve, reserve
from notemodeler.engines.company.sales_counter import sales_counter
from notemodeler.io.workbook.book_notes import note_columns, total_cells
from notemodeler.io.workbook.cells import Formula, Value, plain
from notemodeler.io.workbook.share_formulas import on_day
from notemodeler.io.workbook.sheet import CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

TITLE = "Book"
FIRST_ROW = 5
WIDTHS = (34, 26, 22, 16, 18, 16, 16, 17, 20, 18, 17, 13, 13, 17, 17, 17, 17)
REPORTED = "issuer_reporting"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the book: its label, its name, its formula and the program's own value."""

    label: str
    name: str
    formula: str
    value: Value
    kind: str


def write_book(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet as of the first trading day after the last price."""
    sheet.head(
        "The company's book",
        "Every note of the document at the end of one day, in shares of that day.",
        "The row of this workbook's note follows its own sheets; of the others, blue figures are fixed at "
        "export. Sums, percentages and shortfalls are formulas.",
    )
    for place, width in enumerate(WIDTHS):
        sheet.worksheet.column_dimensions["ABCDEFGHIJKLMNOPQ"[place]].width = width
    at = source.beyond.book
    found, kept = full_conversion(at), reserve(at)
    row = _write_facts(sheet, FIRST_ROW, "The day", _day_facts(source))
    row = _write_notes(sheet, row + 1, source)
    row = _write_facts(sheet, row + 1, "Everything converted", _conversion_facts(found))
    row = _write_facts(sheet, row + 1, "Reserve", _reserve_facts(kept))
    row = _write_holders(sheet, row + 1, found)
    row = _write_sales(sheet, row + 1, source)
    _write_dates(sheet, row + 1, source)


def _write_facts(sheet: Sheet, row: int, heading: str, facts: Iterator[Fact]) -> int:
    sheet.section(row, heading, range(1, 6))
    for fact in facts:
        row += 1
        sheet.put(row, 1, fact.label, "label")
        content: CellContent = Formula(fact.formula, fact.value) if fact.formula else fact.value
        role = "key" if fact.formula else "input"
        sheet.define(fact.name, sheet.put(row, 2, content, f"{role}.{fact.kind}"))
    return row + 1


def _day_facts(source: WorkbookInput) -> Iterator[Fact]:
    at = source.beyond.book
    yield Fact("As of the end of", "book_day", "", at.day, "date")
    yield Fact(
        "Shares outstanding", "book_outstanding",
        on_day(source.counts.outstanding_after(), "book_day"), at.outstanding, "count",
    )  # fmt: skip
    latest = "SUMPRODUCT(MAX((shares_authorised_from_date<=book_day)*shares_authorised_from_date))"
    authorised = (
        f'IFERROR(INDEX(shares_authorised_shares,MATCH({latest},shares_authorised_from_date,0)),"")'
        if source.project.issuer.shares_authorised
        else '""'
    )
    yield Fact("Shares authorised", "book_authorised", authorised, at.authorised, "count")


def _write_notes(sheet: Sheet, row: int, source: WorkbookInput) -> int:
    sheet.section(row, "Notes", range(1, len(WIDTHS) + 1))
    columns = tuple(note_columns(source, WIDTHS))
    sheet.table(row + 1, columns)
    sheet.heights[row + 1] = 42
    last = row + 1 + len(source.project.notes)
    sheet.put(last + 1, 1, "All notes", "total")
    totals = total_cells(source)
    for place, column in enumerate(columns[1:], start=2):
        if column.name not in totals:
            sheet.put(last + 1, place, None, "total")
            continue
        formula, value, kind = totals[column.name]
        where = sheet.put(last + 1, place, Formula(formula, value), f"total.{kind}")
        sheet.define(f"book_all_{column.name}", where)
    return last + 2


def _conversion_facts(found: FullConversion) -> Iterator[Fact]:
    both = 'OR(book_all_shares="",book_outstanding="")'
    yield Fact(
        "Shares outstanding then", "book_after", f'IF({both},"",book_outstanding+book_all_shares)',
        found.after, "count",
    )  # fmt: skip
    yield Fact(
        "Those who hold shares now keep", "book_old_holders",
        'IF(N(book_after)=0,"",ROUND(book_outstanding/book_after,6))', plain(found.old_holders), "share",
    )  # fmt: skip
    yield Fact(
        "Head-room of the charter", "book_head_room",
        'IF(OR(book_after="",book_authorised=""),"",book_authorised-book_after)', found.head_room, "shares",
    )  # fmt: skip


def _reserve_facts(kept: Reserve) -> Iterator[Fact]:
    unknown = 'OR(book_authorised="",book_outstanding="")'
    yield Fact(
        "Authorised, neither outstanding nor set aside", "book_free",
        f'IF({unknown},"",book_authorised-book_outstanding-book_all_reserved)', kept.free, "shares",
    )  # fmt: skip
    yield Fact(
        "The charter is short of", "book_lacking",
        'IF(OR(book_free="",book_all_shortfall=""),"",MAX(0,book_all_shortfall-book_free))',
        kept.lacking, "shares",
    )  # fmt: skip


def _write_holders(sheet: Sheet, row: int, found: FullConversion) -> int:
    sheet.section(row, "Holders, each with its affiliates", range(1, 7))
    sheet.heights[row + 1] = 30
    holders = found.holders
    after = 'IF(OR([shares]="",N(book_after)=0),"",ROUND(([held]+[shares])/book_after,6))'
    sheet.table(
        row + 1,
        (
            _column(0, "name", "Holder", "user", [each.name for each in holders]),
            _column(1, "held", "Held now", "input.count", [each.held for each in holders]),
            _column(2, "limit", "Ownership limit", "input.rate", [plain(each.limit) for each in holders]),
            _column(3, "shares", "Shares for all its notes", "input.count", [each.shares for each in holders]),
            _column(
                4, "after", "Would own of the company", "formula.share",
                [plain(each.share_after) for each in holders], after,
            ),
            _column(5, "allowed", "May take now", "input.count", [each.allowed for each in holders]),
        ),
    )  # fmt: skip
    return row + 2 + len(holders)


def _write_sales(sheet: Sheet, row: int, source: WorkbookInput) -> int:
    at = source.beyond.book
    counter = sales_counter(at.book, at.day)
    heading = "Unregistered sales since the last report (Form 8-K, Item 3.02)"
    if counter is None:
        sheet.section(row, heading, range(1, 6))
        sheet.put(row + 1, 1, "Nothing says since when they are counted.", "label")
        return row + 2
    sales = counter.sales
    facts = [
        Fact("Counted since", "sales_since", "", counter.since, "date"),
        Fact("Outstanding at that report", "sales_outstanding", "", counter.outstanding, "count"),
        Fact(
            "A report is due from", "sales_threshold",
            f'IF({REPORTED}="{ReportingStatus.SMALLER.label}",0.05,0.01)', plain(counter.threshold), "rate",
        ),
        Fact(
            "which is so many shares", "sales_threshold_shares",
            'IF(sales_outstanding="","",MAX(1,ROUNDUP(ROUND(sales_threshold*sales_outstanding,6),0)))',
            counter.threshold_shares, "count",
        ),
        Fact(
            "Shares sold so far", "sales_so_far", "SUM(sales_shares)" if sales else "0",
            counter.shares, "shares",
        ),
        Fact(
            "of the outstanding", "sales_part",
            'IF(N(sales_outstanding)=0,"",ROUND(sales_so_far/sales_outstanding,6))',
            plain(counter.share), "share",
        ),
        Fact(
            "Shares left before a report is due", "sales_left",
            'IF(sales_threshold_shares="","",MAX(0,sales_threshold_shares-sales_so_far))',
            counter.shares_left, "shares",
        ),
    ]  # fmt: skip
    row = _write_facts(sheet, row, heading, iter(facts))
    if not sales:
        return row
    sheet.table(
        row,
        (
            _column(0, "title", "Note", "user", [each.title for each in sales]),
            _column(1, "date", "Date", "fixed.date", [each.date for each in sales]),
            _column(2, "shares", "Shares", "input.count", [each.shares for each in sales], name="sales_shares"),
            _column(
                3, "sum", "Shares so far", "formula.count", [each.sum_shares for each in sales],
                "SUM([!shares]:[shares])",
            ),
            _column(
                4, "part", "of the outstanding", "formula.share", [plain(each.share) for each in sales],
                'IF(N(sales_outstanding)=0,"",ROUND([sum]/sales_outstanding,6))',
            ),
        ),
    )  # fmt: skip
    return row + 1 + len(sales)


def _write_dates(sheet: Sheet, row: int, source: WorkbookInput) -> None:
    dates = next_dates(source.beyond.book)
    sheet.section(row, "What comes next", range(1, 6))
    if not dates:
        sheet.put(row + 1, 1, "Nothing is to come.", "label")
        return
    sheet.table(
        row + 1,
        (
            _column(0, "title", "Note or company", "user", [each.title for each in dates]),
            _column(1, "date", "Date", "input.date", [each.date for each in dates]),
            _column(
                2, "days", "Days to go", "formula.number", [each.days_to_go for each in dates],
                "[date]-book_day",
            ),
            _column(3, "kind", "What", "label.text", [each.kind.label for each in dates]),
            _column(4, "sentence", "In words", "user", [each.sentence for each in dates]),
        ),
    )  # fmt: skip


def _column(
    place: int,
    key: str,
    heading: str,
    style: str,
    values: Sequence[CellContent],
    formula: str | None = None,
    name: str = "",
) -> Column:
    return Column(key, heading, WIDTHS[place], style, values, formula, defined_name=name)
