"""The door for prices: a file, bytes or pasted text in, a proposal with questions out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files.date_column import DateReader, OrderIsOpenError
from notemodeler.io.price_files.encodings import read_source
from notemodeler.io.price_files.evidence import Settled, gather, presumed, settle
from notemodeler.io.price_files.headings import Role, plain_heading
from notemodeler.io.price_files.layout import SAMPLE_ROWS, Layout, Sample, find_layout
from notemodeler.io.price_files.limits import Report, report_nothing, shown
from notemodeler.io.price_files.number_column import DOLLARS, PriceReader
from notemodeler.io.price_files.proposal import PriceColumn, PriceProposal, Question
from notemodeler.io.price_files.tables import Cells, Table, cell_text, is_blank, row_text
from notemodeler.io.price_files.taking import ColumnTaking, Taking
from notemodeler.io.price_files.text_tables import open_text_table
from notemodeler.io.price_files.workbook import SheetTable, read_workbook

ZIP = b"PK\x03\x04"
GATHERING_SHARE = 0.4
"""The first walk's share of the time."""
MOST_PREAMBLE_SHOWN = 6
NO_TABLE = "No column of dates with prices beside it was found."
NO_TABLE_HINT = "Give each row a date and a price, such as 2024-03-01 and 0.0512."
CURRENCY_WORDS = frozenset({"currency", "wahrung", "waluta", "devise", "moneda", "valuta"})


def read_price_table(
    source: bytes | str | Path,
    *,
    name: str = "",
    answers: Mapping[str, str] | None = None,
    report: Report = report_nothing,
) -> PriceProposal:
    """What a price table holds, as a proposal.

    `source` is a file's path or bytes (CSV, TSV, pipes, .xlsx) or pasted text; `name` is shown as its
    source. `answers` maps the ids of questions that an earlier reading asked to the chosen keys.
    Raises `UserError` for what is no price table or too large; whatever `report` raises ends the
    reading. Bad rows raise nothing: they are listed.
    """
    given = dict(answers or {})
    name = shown(name or (source.name if isinstance(source, Path) else "pasted prices"), 150)
    data, encoding = read_source(source)
    report(0.0)
    if data.startswith(ZIP):
        sheets = read_workbook(data, report)
        table, question = _chosen_sheet(sheets, given)
        if question:
            return PriceProposal(name, questions=(question,), answers=given)
    else:
        table, question = open_text_table(data, encoding), None
    proposal = _read_table(table, PriceProposal(name, answers=given), report)
    report(1.0)
    return proposal


def _sample(table: Table) -> list[tuple[int, Cells]]:
    sample = []
    for number, cells in table.rows(None, report_nothing):
        if not is_blank(cells):
            sample.append((number, cells))
        if len(sample) == SAMPLE_ROWS:
            break
    return sample


def _holds_prices(sheet: SheetTable) -> bool:
    layout = find_layout(_sample(sheet))
    return layout is not None and bool(layout.taken)


def _chosen_sheet(
    sheets: Sequence[SheetTable], answers: Mapping[str, str]
) -> tuple[Table, Question | None]:
    """The one sheet that holds prices, or the first and the question which."""
    with_prices = [sheet for sheet in sheets if _holds_prices(sheet)]
    if not with_prices:
        raise UserError(NO_TABLE, NO_TABLE_HINT)
    if len(with_prices) == 1:
        others = [sheet.name for sheet in sheets if sheet is not with_prices[0]]
        note = (f"Only the sheet “{with_prices[0].name}” holds prices.",) if others else ()
        return replace(with_prices[0], notes=note), None
    for sheet in with_prices:
        if sheet.name == answers.get("sheet"):
            return sheet, None
    options = tuple((sheet.name, f"{sheet.name}: {len(sheet.cells)} rows") for sheet in with_prices)
    return with_prices[0], Question("sheet", "Which sheet holds the prices?", options)


def _read_table(table: Table, empty: PriceProposal, report: Report) -> PriceProposal:
    sample = _sample(table)
    layout = _checked_layout(sample)
    settled = presumed(table, layout, sample)
    if settled:
        with suppress(OrderIsOpenError):
            return _taken(table, layout, settled, empty, report)
    evidence = gather(table, layout, lambda done: report(done * GATHERING_SHARE))
    settled = settle(table, layout, evidence, empty.answers)
    if len(layout.unsaid) > 1 and "price_column" in empty.answers:
        layout = layout.with_price_column(int(empty.answers["price_column"]) - 1)
    if settled.questions:
        notes = (*table.notes, *_preamble_notes(layout), *settled.notes)
        return replace(empty, columns=_planned(layout), questions=settled.questions, notes=notes)
    return _taken(table, layout, settled, empty, _second_part_of(report))


def _second_part_of(report: Report) -> Report:
    return lambda done: report(GATHERING_SHARE + (1 - GATHERING_SHARE) * done)


def _checked_layout(sample: Sample) -> Layout:
    layout = find_layout(sample)
    if layout is None:
        raise UserError(NO_TABLE, NO_TABLE_HINT)
    if not layout.taken:
        names = ", ".join(column.heading for column in layout.columns)
        raise UserError(
            f"The table has no price that a note uses, only {names}.",
            layout.columns[0].ignored_reason,
        )
    return layout


def _taken(
    table: Table, layout: Layout, settled: Settled, empty: PriceProposal, report: Report
) -> PriceProposal:
    """The proposal of all rows taken as settled."""
    columns = [ColumnTaking(plan, PriceReader(settled.marks[plan.index])) for plan in layout.taken]
    from_1904 = isinstance(table, SheetTable) and table.from_1904
    dates = DateReader(settled.date_order, from_1904=from_1904)
    taking = Taking(layout, dates, columns, settled.ticker)
    taking.take_rows(table.rows(taking.refusals, report))
    if not taking.refusals.count and not any(column.kept for column in taking.columns):
        raise UserError("The table has headings, but no row of prices.", NO_TABLE_HINT)
    return replace(
        empty,
        columns=_columns(layout, taking),
        rejected=tuple(sorted(taking.refusals.listed, key=lambda row: row.row_number)),
        rejected_count=taking.refusals.count,
        doubtful=taking.doubtful(),
        notes=(*table.notes, *_preamble_notes(layout), *settled.notes, *taking.notes),
    )


def _planned(layout: Layout) -> tuple[PriceColumn, ...]:
    return tuple(
        PriceColumn(plan.heading, plan.kind, (), plan.ignored_reason) for plan in layout.columns
    )


def _columns(layout: Layout, taking: Taking) -> tuple[PriceColumn, ...]:
    """All columns in the order of the table, the taken ones with their bars."""
    taken = {column.plan.index: column.column() for column in taking.columns}
    return tuple(
        taken.get(plan.index) or PriceColumn(plan.heading, plan.kind, (), plan.ignored_reason)
        for plan in layout.columns
    )


def _preamble_notes(layout: Layout) -> tuple[str, ...]:
    rows = [(number, cells) for number, cells in layout.preamble if not is_blank(cells)]
    notes = [
        f"The source gives its prices in {cell_text(cells[1])}; this program counts in dollars a share."
        for _, cells in rows
        if len(cells) > 1
        and plain_heading(cell_text(cells[0])) in CURRENCY_WORDS
        and cell_text(cells[1]).upper() not in DOLLARS
    ]
    notes += [
        f"“{column.heading}” is not used: {column.ignored_reason}"
        for column in layout.columns
        if column.role is Role.ADJUSTED
    ]
    for number, cells in rows[:MOST_PREAMBLE_SHOWN]:
        notes.append(f"Row {number} stands before the table: “{row_text(cells)}”")
    if len(rows) > MOST_PREAMBLE_SHOWN:
        notes.append(f"{len(rows) - MOST_PREAMBLE_SHOWN} more rows stand before the table.")
    return tuple(notes)
