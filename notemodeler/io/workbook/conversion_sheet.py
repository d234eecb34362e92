"""The Conversion price sheet: one line a notice day, from the window to the shares, every step visible."""

from collections.abc import Iterator

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.balance_columns import balance_columns
from notemodeler.io.workbook.cells import plain, serial
from notemodeler.io.workbook.pictures import drawn
from notemodeler.io.workbook.share_formulas import growth_on
from notemodeler.io.workbook.sheet import WORKING, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.step_columns import step_columns
from notemodeler.io.workbook.window_columns import price_columns

HEADING_ROW = 5


def write_conversion_prices(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet, one row a notice day."""
    sheet.head(
        "Conversion price",
        "What a notice of conversion of the whole balance would come to on each trading day.",
        "Lines count the trading days of the Prices sheet. Of equal lows the earliest day counts. "
        "Balances are those before the day's own ledger entries. Grey rows come before conversion "
        "opens: their figures are hypothetical.",
    )
    days = source.notice_days
    columns = (
        *_day_columns(source),
        *step_columns(source),
        *price_columns(source),
        *balance_columns(source, source.days, [day.owed for day in source.notice_days], "notice"),
        *_share_columns(source),
        *_chart_columns(source),
    )
    sheet.table(HEADING_ROW, columns, filtered=True)
    sheet.heights[HEADING_ROW] = 54
    last = f"{get_column_letter(len(columns) - 2)}{HEADING_ROW + len(days)}"
    sheet.worksheet.conditional_formatting.add(
        f"A{HEADING_ROW + 1}:{last}",
        FormulaRule(formula=[f"$A{HEADING_ROW + 1}<opens_on"], font=Font(color="FF7B8794")),
    )


def _day_columns(source: WorkbookInput) -> Iterator[Column]:
    values = [day.window for day in source.notice_days]
    yield Column(
        "date", "Notice day", 13, "fixed.date", [serial(each.notice_date) for each in values],
        defined_name="notice_date",
    )  # fmt: skip
    if source.has_splits:
        yield Column(
            "growth", "Price factor of later splits", 10, "formula.factor",
            [source.growth_on(each.notice_date) for each in values], growth_on("[date]"),
            heading_style=WORKING, defined_name="notice_growth",
        )  # fmt: skip
    yield Column(
        "line", "Line of the day", 8, "formula.number", [each.line for each in values],
        "MATCH([date],price_dates,1)", heading_style=WORKING,
    )  # fmt: skip


def _share_columns(source: WorkbookInput) -> Iterator[Column]:
    days = source.notice_days
    counting = "[unfloored]" if source.shape.adds_principal else "[conversion]"
    amount = "([balance]+IF([balance]>0,conversion_fee_amount,0))"
    quotient = count.fifteen_digits(f"({amount}/{counting})")
    yield Column(
        "exact", "Shares before rounding", 19, "formula.quantity",
        [plain(day.exact_shares) for day in days], f'IF([conversion]="","",{quotient})',
        heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "shares", "Shares for the whole balance", 17, "key.count", [day.shares for day in days],
        f'IF([exact]="","",{count.whole_shares("[exact]")})', defined_name="notice_shares",
    )  # fmt: skip
    yield Column(
        "outstanding", "Shares outstanding", 17, "formula.count",
        [day.outstanding for day in days], source.counts.outstanding_before(),
        defined_name="notice_outstanding",
    )  # fmt: skip
    yield Column(
        "held", "Held by the holder", 14, "formula.count", [day.held for day in days],
        source.counts.held_before(), heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "limit", "Ownership limit, shares", 16, "formula.count",
        [day.limit_shares for day in days], count.LIMIT, defined_name="notice_limit",
    )  # fmt: skip
    yield Column(
        "part", "Percent of the company", 11, "formula.share",
        [plain(day.share_of_company) for day in days],
        'IF(N([shares])*N([outstanding])=0,"",ROUND([shares]/([outstanding]+[shares]),6))',
        defined_name="notice_part",
    )  # fmt: skip


def _chart_columns(source: WorkbookInput) -> Iterator[Column]:
    """What the chart draws: #N/A, unlike an empty text, leaves a gap in a line."""
    price_on = dict(zip(source.listed.days, source.listed.prices, strict=True))
    yield Column(
        "drawn_price", "Price, for the chart", 15, "faint.price",
        [drawn(price_on[day]) for day in source.days],
        "IF(COUNT(INDEX(prices,[line]))=0,NA(),INDEX(prices,[line]))",
        heading_style=WORKING, defined_name="drawn_price",
    )  # fmt: skip
    yield Column(
        "drawn_conversion", "Conversion price, for the chart", 15, "faint.price",
        [drawn(day.window.conversion) for day in source.notice_days],
        'IF([conversion]="",NA(),[conversion])', heading_style=WORKING,
        defined_name="drawn_conversion",
    )  # fmt: skip
