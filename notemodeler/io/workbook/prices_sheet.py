"""The Prices sheet: every trading day on a line of its own, so that a look-back is so many lines."""

from collections.abc import Iterator

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.rule_steps import StepTrigger
from notemodeler.io.workbook.cells import Formula, plain
from notemodeler.io.workbook.share_formulas import growth_on
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.step_columns import trigger_price
from notemodeler.io.workbook.styles import BAD

HEADING_ROW = 6
NO_QUOTE, NOT_RECORDED = "no quote", "not recorded"


def write_prices(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet with the series that the rule reads."""
    series = source.series
    label = f"Series: {series.kind.label}." if series else "No prices yet."
    sheet.head("Prices", f"{label} Every trading day has its line; a gap stays a gap.")
    sheet.put(3, 1, series.source if series else "", "user")
    _write_record(sheet, series)
    sheet.table(HEADING_ROW, _columns(source), filtered=True, working_last=True)
    sheet.heights[HEADING_ROW] = 30
    last = HEADING_ROW + len(source.listed.days)
    sheet.worksheet.conditional_formatting.add(
        f"A{HEADING_ROW + 1}:E{last}",
        FormulaRule(
            formula=[f'$C{HEADING_ROW + 1}<>""'],
            fill=PatternFill("solid", start_color=BAD, end_color=BAD),
        ),
    )
    if series:
        _write_closed_days(sheet, source, series)


def _write_record(sheet: Sheet, series: PriceSeries | None) -> None:
    """From when to when the record runs: a window beyond it has no price, whatever the terms say."""
    first, last = (series.dates[0], series.dates[-1]) if series else (None, None)
    sheet.put(4, 1, "Record from", "label")
    sheet.define("record_first", sheet.put(4, 2, first, "input.date"))
    sheet.put(4, 3, "to", "label")
    sheet.define("record_last", sheet.put(4, 4, last, "input.date"))


def _columns(source: WorkbookInput) -> tuple[Column, ...]:
    listed, series = source.listed, source.series
    bars = series.by_date if series else {}
    kinds = [
        bars[day].kind.label if day in bars and bars[day].kind else None for day in listed.days  # type: ignore[union-attr]  # asked for just before
    ]  # fmt: skip
    missing = {at: day for at, day in enumerate(listed.days) if listed.prices[at] is None}
    words = {at: NO_QUOTE if day in bars else NOT_RECORDED for at, day in missing.items()}
    statuses = [words.get(at, "") for at in range(len(listed.days))]
    return (
        Column("date", "Trading day", 15, "fixed.date", listed.days, defined_name="price_dates"),
        Column("price", "Price, $", 15, "input.price", listed.prices, defined_name="prices"),
        Column(
            "status", "Status", 15, "formula.text", statuses,
            f'IF(ISNUMBER([price]),"","{NO_QUOTE}")',
            {
                at: Formula(f'IF(ISNUMBER([price]),"","{NOT_RECORDED}")', NOT_RECORDED)
                for at, word in words.items()
                if word == NOT_RECORDED
            },
        ),
        Column("kind", "If another series", 20, "label.text", kinds),
        Column(
            "priced", "Days with a price so far", 15, "formula.count", listed.priced_by[1:],
            "COUNT([!price]:[price])", defined_name="priced_days",
            heading_style="working_heading",
        ),
        *_restated(source),
        *_fell(source),
    )  # fmt: skip


def _restated(source: WorkbookInput) -> Iterator[Column]:
    """The prices as if every split had come before them, so that a window across one compares like with like."""
    if not source.prices_are_restated:
        return
    growth = [source.growth_on(day) for day in source.listed.days]
    yield Column(
        "growth", "Price factor of later splits", 15, "formula.factor", growth, growth_on("[date]"),
        heading_style="working_heading",
    )  # fmt: skip
    product = "[price]*[growth]"
    yield Column(
        "restated", "Price after all splits, $", 18, "formula.price",
        [plain(price) for price in source.listed.restated],
        f'IF(ISNUMBER([price]),ROUND({product},14-INT(LOG10({product}))),"")',
        heading_style="working_heading", defined_name="restated_prices",
    )  # fmt: skip


def _fell(source: WorkbookInput) -> Iterator[Column]:
    """On which days since the issue date the price was below the trigger of a step."""
    limits = {place: source.trigger_on_list(step) for place, step in source.shape.price_steps()}
    name = "restated" if source.prices_are_restated else "price"
    for place, step in source.shape.price_steps():
        if step.trigger is not StepTrigger.PRICE_FELL:
            continue
        issued, limit = source.note.issue_date, limits[place]
        below = [
            int(price is not None and price < limit and day >= issued)
            for day, price in zip(source.listed.days, source.listed.restated, strict=True)
        ]
        yield Column(
            f"fell_{place}", f"Below the price of step {place}", 15, "formula.number", below,
            f"IF(AND(ISNUMBER([{name}]),[date]>=note_issue_date),"
            f"IF([{name}]<{trigger_price(source, place)},1,0),0)",
            heading_style="working_heading", defined_name=f"fell_{place}",
        )  # fmt: skip


def _write_closed_days(sheet: Sheet, source: WorkbookInput, series: PriceSeries) -> None:
    """Prices on days when the market was closed, beside the list: they count in no window."""
    listed = set(source.listed.days)
    closed = [bar for bar in series.bars if bar.date not in listed]
    if not closed:
        return
    columns = (
        Column("date", "Market closed", 15, "fixed.date", [bar.date for bar in closed]),
        Column("price", "Price not used", 15, "fixed.price", [bar.price for bar in closed]),
    )
    sheet.table(HEADING_ROW, columns, first_column=7)
