"""The Conversion price sheet: one line a notice day, from the window to the shares, every step visible."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from notemodeler.domain.rule import Statistic
from notemodeler.engines.day_windows import DayWindow
from notemodeler.engines.notice_days import NoticeDay
from notemodeler.io.workbook import price_formulas as rule
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Value, plain, serial
from notemodeler.io.workbook.interest_formulas import interest_formula
from notemodeler.io.workbook.pictures import drawn
from notemodeler.io.workbook.sheet import WORKING, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.terms_sheet import lows_shown

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
    lows = lows_shown(source.note)
    days = source.notice_days
    columns = (
        *_window_columns(days),
        *_low_columns(source, lows),
        *_price_columns(days, lows),
        *_balance_columns(source),
        *_share_columns(days),
        *_chart_columns(source),
    )
    sheet.table(HEADING_ROW, columns, filtered=True)
    sheet.heights[HEADING_ROW] = 54
    last = f"{get_column_letter(len(columns) - 2)}{HEADING_ROW + len(days)}"
    sheet.worksheet.conditional_formatting.add(
        f"A{HEADING_ROW + 1}:{last}",
        FormulaRule(formula=[f"$A{HEADING_ROW + 1}<opens_on"], font=Font(color="FF7B8794")),
    )


def _column_values(days: Sequence[NoticeDay], value: Callable[[DayWindow], Any]) -> list[Value]:
    return [plain(value(day.window)) for day in days]


def _window_columns(days: Sequence[NoticeDay]) -> Iterator[Column]:
    values = [day.window for day in days]
    yield Column(
        "date", "Notice day", 13, "fixed.date", [serial(each.notice_date) for each in values],
        defined_name="notice_date",
    )  # fmt: skip
    yield Column(
        "line", "Line of the day", 8, "formula.number", [each.line for each in values],
        "MATCH([date],price_dates,1)", heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "first", "Window: first line", 8, "formula.number", [each.first_line for each in values],
        rule.FIRST_LINE, heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "last", "Window: last line", 8, "formula.number", [each.last_line for each in values],
        "[line]-1+window_shift", defined_name="window_last", heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "found", "Prices found", 8, "formula.number", [each.found for each in values],
        f"IF([first]<1,0,COUNT({rule.WINDOW}))", heading_style=WORKING,
        defined_name="window_found",
    )  # fmt: skip


def _low_columns(source: WorkbookInput, lows: int) -> Iterator[Column]:
    days, listed = source.notice_days, source.listed.days
    spans = [(day.window.first_line, day.window.last_line) for day in days]
    inside = [
        (listed[first - 1], listed[last - 1]) if first >= 1 else None for first, last in spans
    ]
    yield Column(
        "first_day", "Window from", 13, "formula.date",
        [serial(each[0]) if each else None for each in inside],
        'IF([first]<1,"",INDEX(price_dates,[first]))',
    )  # fmt: skip
    yield Column(
        "last_day", "Window to", 13, "formula.date",
        [serial(each[1]) if each else None for each in inside],
        'IF([first]<1,"",INDEX(price_dates,[last]))',
    )  # fmt: skip
    yield Column(
        "standing", "Why no price", 17, "formula.text",
        [day.window.standing.label for day in days], rule.STANDING, defined_name="window_standing",
    )  # fmt: skip
    statistic = source.note.conversion.rule.statistic
    by_lows = statistic in (Statistic.LOWEST, Statistic.MEAN_OF_LOWEST)
    chosen = [day.window.qualifying if by_lows else () for day in days]
    for place in range(1, lows + 1):
        values = [plain(each[place - 1].price) if len(each) >= place else None for each in chosen]
        yield Column(f"low{place}", f"Low {place}, $", 13, "formula.price", values, rule.low(place))
    for place in range(1, lows + 1):
        values = [plain(each[place - 1].date) if len(each) >= place else None for each in chosen]
        yield Column(
            f"day{place}", f"Day of low {place}", 13, "formula.date", values, rule.low_day(place)
        )


def _price_columns(days: Sequence[NoticeDay], lows: int) -> Iterator[Column]:
    yield Column(
        "reference", "Reference price, $", 18, "formula.price",
        _column_values(days, lambda each: each.reference), rule.reference(lows),
        defined_name="reference_price",
    )  # fmt: skip
    yield Column(
        "unrounded", "Times multiplier, cap, floor, $", 18, "formula.price",
        _column_values(days, lambda each: each.unrounded), rule.UNROUNDED, heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "conversion", "Conversion price, $", 19, "key.price",
        _column_values(days, lambda each: each.conversion), rule.CONVERSION,
        defined_name="conversion_price",
    )  # fmt: skip


def _balance_columns(source: WorkbookInput) -> Iterator[Column]:
    """The balance on the notice day: the step in force, the interest since it, what is owed."""
    steps = _steps_in_force(source)
    since = [source.steps[step - 1].date if step else None for step in steps]
    yield Column(
        "step", "Ledger step", 8, "formula.number", steps,
        "IFERROR(MATCH([date],step_notices_from,1),0)", heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "since", "Interest since", 13, "formula.date", [plain(each) for each in since],
        'IF([step]=0,"",INDEX(step_date,[step]))', heading_style=WORKING,
    )  # fmt: skip
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start="[since]", end="[date]",
        bearing="INDEX(step_bearing,[step])", rate="INDEX(step_rate,[step])",
    )  # fmt: skip
    for each in growth.columns:
        pairs = zip(since, source.days, strict=True)
        values = [start and each.value(start, end) for start, end in pairs]
        yield Column(
            each.name, each.heading, 8, f"formula.{each.style}", values,
            f'IF([step]=0,"",{each.formula})', heading_style=WORKING,
        )  # fmt: skip
    owed = [day.owed for day in source.notice_days]
    yield Column(
        "interest", "Accrued interest, $", 13, "formula.money", [float(each.interest) for each in owed],
        f"IF([step]=0,0,ROUND(INDEX(step_interest,[step])+{growth.growth},2))",
    )  # fmt: skip
    yield Column(
        "balance", "Balance, $", 14, "formula.money", [float(each.total) for each in owed],
        "IF([step]=0,0,ROUND(INDEX(step_principal,[step])+[interest]+INDEX(step_default_sum,[step]),2))",
        defined_name="notice_balance",
    )  # fmt: skip


def _steps_in_force(source: WorkbookInput) -> list[int]:
    """The number of the last step that a notice on each day finds, 0 for none."""
    found, steps, at = [], source.steps, 0
    for day in source.days:
        while at < len(steps) and (
            steps[at].date < day or (steps[at].date == day and not steps[at].settles)
        ):
            at += 1
        found.append(at)
    return found


def _share_columns(days: Sequence[NoticeDay]) -> Iterator[Column]:
    quotient = count.fifteen_digits("([balance]/[conversion])")
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
        [day.outstanding for day in days], count.OUTSTANDING_BEFORE,
    )  # fmt: skip
    yield Column(
        "held", "Held by the holder", 14, "formula.count", [day.held for day in days],
        count.HELD_BEFORE, heading_style=WORKING,
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
