"""The Valuation dates sheet: inputs and values by date as a report shows them, and the level-3 roll-forward."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.numbers import to_cents
from notemodeler.engines.valuation.black_scholes import preparers_value
from notemodeler.engines.valuation.roll_forward import RollForwardRow, in_sum
from notemodeler.io.workbook.cells import Formula, Value, plain
from notemodeler.io.workbook.lines import write_lines
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import ValuationFound, ValuedDay, known

TITLE = "Valuation dates"
FIRST_ROW = 5
WIDTHS = (14, 16, 14, 12, 15, 15, 12, 12, 12, 10, 14, 14, 14, 14, 12, 15)
LETTERS = 195
BLACK_SCHOLES = (
    'IF(OR(COUNT([price],[conversion],[volatility])<3,[owed]<=0),"",'
    "[shares]*IF([volatility]*[years]>0,"
    "[price]*NORMSDIST((LN([price]/[conversion])+[rate]*[years])/([volatility]*SQRT([years]))"
    "+[volatility]*SQRT([years])/2)"
    "-[conversion]*EXP(-[rate]*[years])*NORMSDIST((LN([price]/[conversion])+[rate]*[years])"
    "/([volatility]*SQRT([years]))-[volatility]*SQRT([years])/2),"
    "MAX(0,[price]-[conversion]*EXP(-[rate]*[years]))))"
)


def write_valuation_dates(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet."""
    found = source.valuation
    assert found is not None
    sheet.head(
        "Valuation dates",
        "The note as of its issue, quarter ends, settlements and the valuation date, each with what was known by "
        "the end of the day.",
        "Inputs and the value of the note are fixed at export: past dates see neither later prices nor later "
        "entries. Terms, shares, Black-Scholes, the conversion right and the whole roll-forward are formulas.",
    )
    for place, width in enumerate(WIDTHS):
        sheet.worksheet.column_dimensions["ABCDEFGHIJKLMNOP"[place]].width = width
    sheet.section(FIRST_ROW, "Inputs and values", range(1, len(WIDTHS) + 1))
    sheet.table(FIRST_ROW + 1, tuple(_value_columns(found)))
    sheet.heights[FIRST_ROW + 1] = 44
    row = FIRST_ROW + 2 + len(found.dates)
    row = _write_roll_forward(sheet, row + 1, found)
    _write_words(sheet, row + 1, found)


def _value_columns(found: ValuationFound) -> Iterator[Column]:
    rows = found.dates

    def column(
        place: int, name: str, heading: str, kind: str, value: Callable[[ValuedDay], Value], formula: str = "",
    ) -> Column:  # fmt: skip
        role = "formula" if formula else "fixed"
        values = [value(row) for row in rows]
        return Column(
            name, heading, WIDTHS[place], f"{role}.{kind}", values, formula or None,
            defined_name=f"dates_{name}",
        )  # fmt: skip

    yield column(0, "on", "Valued on", "date", lambda row: row.found.on)
    yield column(1, "why", "Why", "text", lambda row: row.why)
    yield column(2, "owed", "Owed, $", "amount", lambda row: row.owed)
    yield column(3, "price", "Share price, $", "price", lambda row: known(row.found.inputs.price))
    yield column(
        4, "conversion", "Conversion price, $", "price", lambda row: plain(row.conversion_price)
    )
    yield column(
        5, "shares", "Shares at that price", "count", lambda row: _shares(row, found),
        'IF(AND(ISNUMBER([conversion]),[owed]>0),([owed]+valued_fee)/[conversion],"")',
    )  # fmt: skip
    yield column(
        6, "volatility", "Expected volatility", "rate", lambda row: known(row.found.inputs.volatility)
    )  # fmt: skip
    yield column(7, "rate", "Risk-free rate", "rate", lambda row: row.found.inputs.risk_free)
    yield column(
        8, "years", "Expected term, years", "quantity", lambda row: row.found.inputs.years,
        "MAX(0,valued_maturity-[on])/365",
    )  # fmt: skip
    yield column(9, "dividend", "Dividend yield", "rate", lambda row: 0)
    yield column(10, "engine", "Engine", "text", lambda row: row.found.engine.label)
    yield column(11, "note", "Note, $", "amount", lambda row: known(row.found.note))
    yield column(
        12, "straight", "Without the right, $", "amount",
        lambda row: known(row.found.straight) if row.found.note is not None else None,
    )  # fmt: skip
    yield column(
        13, "right", "Conversion right, $", "amount", lambda row: _cents(row.found.right),
        'IF(COUNT([note],[straight])=2,ROUND([note]-[straight],2),"")',
    )  # fmt: skip
    yield column(14, "error", "Uncertain by, $", "amount", lambda row: known(row.found.error))
    yield column(
        15, "black_scholes", "The right by Black-Scholes, $", "amount",
        lambda row: _black_scholes(row, found), BLACK_SCHOLES,
    )  # fmt: skip


def _shares(row: ValuedDay, found: ValuationFound) -> float | None:
    if not row.conversion_price or row.owed <= 0:
        return None
    return float(row.owed + found.fee) / float(row.conversion_price)


def _black_scholes(row: ValuedDay, found: ValuationFound) -> float | None:
    inputs = row.found.inputs
    if inputs.price is None or inputs.volatility is None or not _shares(row, found):
        return None
    return preparers_value(
        float(row.owed + found.fee), float(row.conversion_price or 0), inputs.price, inputs.volatility,
        inputs.years, inputs.risk_free,
    )  # fmt: skip


def _cents(value: float | None) -> Decimal | None:
    return None if value is None else to_cents(Decimal(repr(value)))


def _write_roll_forward(sheet: Sheet, row: int, found: ValuationFound) -> int:
    """The conversion right from date to date; returns the row after it."""
    rows = found.rolled
    sheet.section(row, "Level-3 roll-forward of the conversion right, $", range(1, len(WIDTHS) + 1))
    if not rows:
        sheet.put(row + 1, 1, "There is no value on any date: see below what is lacking.", "label")
        return row + 2
    sheet.table(row + 1, tuple(_roll_columns(rows)))
    sheet.heights[row + 1] = 44
    last = row + 2 + len(rows)
    total = in_sum(rows)
    assert total is not None
    sheet.put(last, 1, "In all", "total")
    sheet.put(last, 2, None, "total")
    for place, (name, formula, value) in enumerate(
        (
            ("opening", "INDEX(rolled_opening,1)", total.opening),
            ("new", "SUM(rolled_new)", total.new),
            ("settled", "SUM(rolled_settled)", total.settled),
            ("change", "SUM(rolled_change)", total.change),
            ("closing", "INDEX(rolled_closing,ROWS(rolled_closing))", total.closing),
        ),
        start=3,
    ):
        where = sheet.put(last, place, Formula(formula, value), "total.amount")
        sheet.define(f"rolled_in_all_{name}", where)
    for place in range(8, 11):
        sheet.put(last, place, None, "total")
    note = "Opening + new - settled + change = closing, each to the cent. The change goes through earnings."
    sheet.put(last + 1, 1, note, "note")
    return last + 2


def _roll_columns(rows: tuple[RollForwardRow, ...]) -> Iterator[Column]:
    """Of a date with settlements the right is valued twice; all else follows."""
    before = [row.closing + row.settled for row in rows]
    first_is_new = bool(rows[0].new)
    first = {0: Formula("0", rows[0].opening)}
    yield Column(
        "start", "From", WIDTHS[0], "formula.date", [row.start for row in rows], "[^end]",
        {0: rows[0].start}, {0: "fixed.date"},
    )  # fmt: skip
    yield Column("end", "To", WIDTHS[1], "fixed.date", [row.end for row in rows])
    yield Column(
        "opening", "Opening", WIDTHS[2], "formula.amount", [row.opening for row in rows], "[^closing]",
        first, defined_name="rolled_opening",
    )  # fmt: skip
    yield Column(
        "new", "New", WIDTHS[3], "formula.money", [row.new for row in rows], "0",
        {0: Formula("[before]" if first_is_new else "0", rows[0].new)}, defined_name="rolled_new",
    )  # fmt: skip
    yield Column(
        "settled", "Settled", WIDTHS[4], "formula.money", [row.settled for row in rows],
        "ROUND([before]-[after],2)", defined_name="rolled_settled",
    )  # fmt: skip
    yield Column(
        "change", "Change of fair value", WIDTHS[5], "formula.money", [row.change for row in rows],
        "ROUND([before]-[opening]-[new],2)", defined_name="rolled_change",
    )  # fmt: skip
    yield Column(
        "closing", "Closing", WIDTHS[6], "key.amount", [row.closing for row in rows],
        "ROUND([opening]+[new]-[settled]+[change],2)", defined_name="rolled_closing",
    )  # fmt: skip
    yield Column(
        "before", "The right before the day's entries", WIDTHS[7], "fixed.amount", before,
        heading_style="working_heading",
    )  # fmt: skip
    yield Column(
        "after", "The right at the end of the day", WIDTHS[8], "formula.amount",
        [row.closing for row in rows], "INDEX(dates_right,MATCH([end],dates_on,0))",
        heading_style="working_heading", defined_name="rolled_after",
    )  # fmt: skip
    yield Column(
        "exported", "Closing, as exported", WIDTHS[9], "fixed.amount", [row.closing for row in rows],
        heading_style="working_heading", defined_name="rolled_exported",
    )  # fmt: skip


def _write_words(sheet: Sheet, row: int, found: ValuationFound) -> None:
    columns = len(WIDTHS)
    sheet.section(row, "Where the volatility of each date comes from", range(1, columns + 1))
    words = [
        f"{show_date(each.found.on)}: {each.found.inputs.volatility_words or 'there is none'}"
        for each in found.dates
    ]
    row = write_lines(sheet, row + 1, words, columns, LETTERS)
    sheet.section(row + 1, "What is left out or odd", range(1, columns + 1))
    write_lines(sheet, row + 2, _said(found) or ["Nothing was found."], columns, LETTERS)


def _said(found: ValuationFound) -> list[str]:
    """Every issue once, with the dates that it concerns."""
    days: dict[str, list[str]] = {}
    for each in found.dates:
        for issue in dict.fromkeys(each.found.issues):
            text = f"{issue.severity.value.capitalize()}: {issue.text}"
            days.setdefault(text, []).append(show_date(each.found.on))
    return [
        f"{text} (On every date.)"
        if len(when) == len(found.dates)
        else f"{text} ({'; '.join(when)})"
        for text, when in days.items()
    ]
