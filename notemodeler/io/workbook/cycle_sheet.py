"""The Cycle sheet: how the holder would convert and sell lot by lot, under the assumptions of the document."""

from collections.abc import Iterator

from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELDS
from notemodeler.engines.decisions.cycle_figures import CycleEnd
from notemodeler.io.workbook.cells import Formula, Value, plain
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.shown_terms import ASSUMPTIONS
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.term_cells import STYLES_OF_KIND, allow, cell_value, unit_of

TITLE = "Cycle"
OWN_PRICE = "scenario.own_price"
WIDTHS = (26, 20, 20, 20, 18, 18, 20, 20)


def write_cycle(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet: assumptions, what the cycle comes to, and its lots."""
    sheet.head(
        "The holder's cycle",
        "The holder converts as much as the limits allow, sells, and converts again, until nothing is left.",
        "Each lot depends on the market, the balance and the shares held after the one before it: the lots "
        "are fixed at export. Sums and percentages are formulas. Your own price counts on the Ladder sheet.",
    )
    row = _write_assumptions(sheet, source, 5)
    row = _write_outcome(sheet, source, row + 1)
    _write_lots(sheet, source, row + 1)


def _write_assumptions(sheet: Sheet, source: WorkbookInput, row: int) -> int:
    sheet.section(row, "Assumptions", range(1, 6))
    for field in FIELDS:
        if not field.name.startswith(ASSUMPTIONS):
            continue
        row += 1
        value, kind = source.value_of(field.name), field.term.kind
        sheet.put(row, 1, field.term.label, "label")
        if kind.name == "rows":
            sheet.put(row, 2, kind.show(value, FORM), "user")
            continue
        role = "input" if field.name == OWN_PRICE else "fixed"
        style = f"{role}.{STYLES_OF_KIND[kind.name]}"
        where = sheet.put(row, 2, cell_value(field.term, value), style)
        sheet.put(row, 3, unit_of(field.term), "fixed")
        sheet.define(term_name(field), where)
        if role == "input":
            allow(sheet, where.rpartition("!")[2].replace("$", ""), field.term)
    return row + 1


def _write_outcome(sheet: Sheet, source: WorkbookInput, row: int) -> int:
    cycle = source.beyond.cycle
    has_lots = bool(cycle.lots)
    same_shares = not source.has_splits
    outcome: tuple[tuple[str, str, Value, str], ...] = (
        ("Starts on", "", cycle.start, "date"),
        ("Ends", "", cycle.end.label if cycle.end is CycleEnd.OVER else cycle.words or cycle.end.label, "text"),
        ("Over on", "", cycle.over_date, "date"),
        ("Notices", "COUNT(cycle_shares)" if has_lots else "0", len(cycle.lots), "count"),
        ("Converted, $", "SUM(cycle_amount)" if has_lots else "0", cycle.converted, "amount"),
        (
            "Shares issued", ("SUM(cycle_shares)" if has_lots else "0") if same_shares else "",
            cycle.shares, "count",
        ),
        ("Still owed, $", "", cycle.left, "money"),
        ("Proceeds of the holder, $", "", cycle.proceeds, "amount"),
        ("Shares outstanding at the end", "", cycle.outstanding, "count"),
    )  # fmt: skip
    sheet.section(row, "What it comes to", range(1, 6))
    for label, formula, value, kind in outcome:
        row += 1
        sheet.put(row, 1, label, "label")
        content = Formula(formula, value) if formula else value
        where = sheet.put(row, 2, content, f"{'key' if formula else 'fixed'}.{kind}")
        if label.startswith(("Shares issued", "Shares outstanding")):
            sheet.define("cycle_issued" if "issued" in label else "cycle_outstanding", where)
    sheet.put(row + 1, 1, "of the company", "label")
    part = 'IF(N(cycle_issued)*N(cycle_outstanding)=0,"",ROUND(cycle_issued/cycle_outstanding,6))'
    sheet.put(row + 1, 2, Formula(part, plain(cycle.share_of_company)), "key.share")
    return row + 2


def _write_lots(sheet: Sheet, source: WorkbookInput, row: int) -> None:
    if not source.beyond.cycle.lots:
        return
    sheet.section(row, "Lots", range(1, len(WIDTHS) + 1))
    sheet.table(row + 1, tuple(_lot_columns(source)))
    sheet.heights[row + 1] = 30


def _lot_columns(source: WorkbookInput) -> Iterator[Column]:
    lots = source.beyond.cycle.lots
    yield Column("date", "Date", WIDTHS[0], "fixed.date", [each.date for each in lots])
    yield Column(
        "price",
        "Conversion price, $",
        WIDTHS[1],
        "fixed.price",
        [plain(each.price) for each in lots],
    )
    yield Column(
        "market",
        "Market price, $",
        WIDTHS[2],
        "fixed.price",
        [plain(each.market_price) for each in lots],
    )
    yield Column(
        "amount", "Converted, $", WIDTHS[3], "fixed.amount", [each.amount for each in lots],
        defined_name="cycle_amount",
    )  # fmt: skip
    yield Column(
        "shares", "Shares", WIDTHS[4], "fixed.count", [each.shares for each in lots],
        defined_name="cycle_shares",
    )  # fmt: skip
    yield Column("held", "Held before", WIDTHS[5], "fixed.count", [each.held for each in lots])
    yield Column(
        "outstanding", "Outstanding after", WIDTHS[6], "fixed.count", [each.outstanding for each in lots],
        defined_name="cycle_after",
    )  # fmt: skip
    yield Column("owed", "Still owed, $", WIDTHS[7], "fixed.money", [each.owed for each in lots])
