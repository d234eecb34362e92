"""The Schedule sheet: the program's rows, each carried from the row above and closed by the Ledger's account."""

from collections.abc import Callable, Iterator
from typing import Any

from notemodeler.domain.columns import Column as TableColumn
from notemodeler.domain.kinds import MONEY, PRICE
from notemodeler.engines.history import Happening, HappeningKind
from notemodeler.engines.schedule import COLUMNS, ScheduleRow
from notemodeler.io.workbook.cells import Formula, Value, plain, serial
from notemodeler.io.workbook.interest_formulas import interest_formula
from notemodeler.io.workbook.share_formulas import growth_on
from notemodeler.io.workbook.sheet import WORKING, CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

HEADING_ROW = 5
PRICE_WIDTH = 18
STYLES_OF_KIND = {
    "date": "fixed.date", "text": "user", "money": "formula.money", "price": "formula.price",
    "shares": "formula.shares", "rate": "formula.share",
}  # fmt: skip
SPECIAL_STYLES = {"total_due": "key.amount", "shares_outstanding": "formula.count"}
SUMMED = (
    "advance", "accrual", "default_added", "added", "paid", "converted", "cash", "settled_interest",
    "shares_issued",
)  # fmt: skip
GROWN = "ROUND([exact_interest],2)"
IN_FORCE = "INDEX(step_{name},[step])"

PERIOD_FORMULAS = {
    "opening_principal": "N([^closing_principal])",
    "opening_interest": "N([^closing_interest])",
    "opening_default_sum": "N([^closing_default_sum])",
    "advance": "ROUND([closing_principal]-[opening_principal],2)",
    "accrual": "ROUND([closing_interest]-[opening_interest],2)",
    "closing_principal": f"IF([step]=0,0,{IN_FORCE.format(name='principal')})",
    "closing_interest": GROWN,
    "closing_default_sum": f"IF([step]=0,0,{IN_FORCE.format(name='default_sum')})",
    "total_due": "ROUND([closing_principal]+[closing_interest]+[closing_default_sum],2)",
    "cumulative_dilution": 'IF(N([shares_outstanding])=0,"",ROUND([issued]/[shares_outstanding],6))',
}
"""What holds in every row unless something happened on it."""

EVENT_FORMULAS = {
    "accrual": "ROUND(INDEX(step_interest_before,[step])-[opening_interest],2)",
    "closing_interest": "ROUND(INDEX(step_interest,[step]),2)",
}
CASH_FORMULAS = EVENT_FORMULAS | {
    "settled_interest": IN_FORCE.format(name="settled_interest"),
    "accrual": "ROUND(INDEX(step_interest_before,[step])-[opening_interest],2)",
    "paid": IN_FORCE.format(name="settled"),
    "cash": IN_FORCE.format(name="cash"),
}
CONVERSION_FORMULAS = EVENT_FORMULAS | {
    "settled_interest": IN_FORCE.format(name="settled_interest"),
    "converted": IN_FORCE.format(name="settled"),
    "cash": IN_FORCE.format(name="cash"),
    "conversion_price": IN_FORCE.format(name="price"),
    "shares_issued": IN_FORCE.format(name="shares"),
    "shares_outstanding": (
        f'IF({IN_FORCE.format(name="outstanding")}="","",'
        f"{IN_FORCE.format(name='outstanding')}+[shares_issued])"
    ),
    "holder_share": (
        'IF(N([shares_outstanding])*[shares_issued]=0,"",'
        "ROUND((INDEX(step_held,[step])+[shares_issued])/[shares_outstanding],6))"
    ),
}
EVENT_KINDS: dict[HappeningKind, dict[str, str]] = {
    HappeningKind.FUNDING: {},
    HappeningKind.CHARGE: EVENT_FORMULAS | {
        "accrual": "ROUND(INDEX(step_interest,[step])-[opening_interest],2)",
    },
    HappeningKind.DEFAULT: EVENT_FORMULAS | {"default_added": IN_FORCE.format(name="default_added")},
    HappeningKind.PENALTY: EVENT_FORMULAS | {"added": IN_FORCE.format(name="added")},
    HappeningKind.CONVERSION: CONVERSION_FORMULAS,
    HappeningKind.PAYMENT: CASH_FORMULAS,
    HappeningKind.PREPAYMENT: CASH_FORMULAS,
    HappeningKind.REDEMPTION: CASH_FORMULAS,
    HappeningKind.INSTALMENT: CASH_FORMULAS,
}  # fmt: skip
ADDING = {
    "converted": "ROUND(INDEX(step_settled,[step])+INDEX(step_added,[step]),2)",
    "added": IN_FORCE.format(name="added"),
}
"""Of a conversion, where a floor may add principal that is converted at once."""


def write_schedule(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet with a total of the flows under it."""
    sheet.head(
        "Schedule",
        "Opening + advanced + accrued + added - paid - converted = closing, in every row.",
        "Interest is rounded to the cent once a step of the Ledger, so a row's accrual is the difference "
        "of two rounded balances and adds up without a remainder. Pale headings are not printed.",
    )
    columns = (*_money_columns(source), *_working_columns(source))
    sheet.table(HEADING_ROW, columns, filtered=True, working_last=True)
    sheet.heights[HEADING_ROW] = 42
    _write_totals(sheet, source)


def _money_columns(source: WorkbookInput) -> Iterator[Column]:
    rows = source.schedule
    for each in COLUMNS:
        values = [plain(each.value(row)) for row in rows]
        if each.name == "date":
            dates: dict[int, CellContent] = dict(_dates(source))
            yield Column(
                "date", each.heading, 13, "fixed.date", values, own=dates,
                own_styles=dict.fromkeys(dates, "formula.date"), defined_name="sched_date",
            )  # fmt: skip
            continue
        style = SPECIAL_STYLES.get(each.name, STYLES_OF_KIND[each.kind.name])
        formula = PERIOD_FORMULAS.get(each.name)
        if each.name == "shares_outstanding":
            formula = source.counts.outstanding_after()
        own = {
            at: Formula(event_formula, values[at]) if event_formula else values[at]
            for at in range(len(rows))
            if (event_formula := _event_formula(source, each.name, at)) is not None
        }
        yield Column(
            each.name, each.heading, _width(each, values), style, values, formula, own,
            defined_name=f"sched_{each.name}",
        )  # fmt: skip


def _width(column: TableColumn, values: list[Any]) -> float:
    """As wide as the longest figure needs; texts keep the width that the column asks for."""
    if column.kind is PRICE:
        return PRICE_WIDTH
    if column.kind is not MONEY:
        return column.width
    return max(12.0, *(len(f"{value:,.2f}") + 2.5 for value in values))


def _event_formula(source: WorkbookInput, name: str, at: int) -> str | None:
    """The formula of an event's row where it differs from that of a period's end; empty for none."""
    event = source.schedule_events[at]
    if event is None:
        return None
    if name == "shares_outstanding" and event.outstanding is None:
        return _outstanding_after(source, at, event)
    if event.kind is HappeningKind.FUNDING:
        return None
    found = EVENT_KINDS[event.kind].get(name)
    if event.kind is HappeningKind.CONVERSION and source.shape.adds_principal:
        found = ADDING.get(name, found)
    return "" if name == "advance" else found


def _outstanding_after(source: WorkbookInput, at: int, event: Happening) -> str:
    """What was outstanding once an event without shares had happened, before what came later that day."""
    if at and source.schedule[at - 1].date == event.date:
        return "[^shares_outstanding]"
    converts_on = {day for day, _ in source.history.issued}
    counts = source.counts
    return counts.outstanding_before() if event.date in converts_on else counts.outstanding_after()


def _dates(source: WorkbookInput) -> Iterator[tuple[int, Formula]]:
    """The dates that follow from the terms; those of period ends are fixed at export."""
    note = source.note
    for at, (row, event) in enumerate(zip(source.schedule, source.schedule_events, strict=True)):
        if event is not None and event.kind is not HappeningKind.FUNDING:
            yield at, Formula("INDEX(step_date,[step])", row.date)
        elif event is not None:
            yield at, Formula("note_funding_date", row.date)
        elif row.date == note.maturity_date:
            yield at, Formula("note_maturity_date", row.date)


def _working_columns(source: WorkbookInput) -> Iterator[Column]:
    """How the closing interest comes about: the Ledger step in force and the interest since."""
    rows = source.schedule
    steps = _steps_in_force(source)
    since = [source.steps[step - 1] if step else None for step in steps]
    fixed: dict[int, CellContent] = {
        at: step
        for at, (step, begun) in enumerate(zip(steps, _begun(source), strict=True))
        if step != begun or _is_step(source.schedule_events[at])
    }
    if source.has_splits:
        yield Column(
            "growth", "Price factor of later splits", 10, "formula.factor",
            [source.growth_on(row.date) for row in rows], growth_on("[date]"), heading_style=WORKING,
        )  # fmt: skip
    yield Column(
        "issued", "Shares issued so far", 15, "formula.shares",
        [row.cumulative_shares for row in rows], source.counts.issued_so_far(),
        defined_name="sched_issued", heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "step", "Ledger step", 8, "formula.number", steps, "IFERROR(MATCH([date],step_date,1),0)", own=fixed,
        own_styles=dict.fromkeys(fixed, "fixed.number"), heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "since", "Interest since", 13, "formula.date", [serial(step.date) if step else None for step in since],
        'IF([step]=0,"",INDEX(step_date,[step]))', heading_style=WORKING,
    )  # fmt: skip
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start="[since]", end="[date]",
        bearing="INDEX(step_bearing,[step])", rate="INDEX(step_rate,[step])",
    )  # fmt: skip
    pairs = list(zip(since, rows, strict=True))
    for each in growth.columns:
        yield Column(
            each.name, each.heading, 8, f"formula.{each.style}",
            [each.value(step.date, row.date) if step else None for step, row in pairs],
            f'IF([step]=0,"",{each.formula})',
            heading_style=WORKING,
        )  # fmt: skip
    yield Column(
        "exact_interest", "Interest, exact", 17, "formula.exact",
        [float(step.stretch.owed_on(row.date).interest) if step else 0 for step, row in pairs],
        f"IF([step]=0,0,INDEX(step_interest,[step])+{growth.growth})", heading_style=WORKING,
    )  # fmt: skip


def _is_step(event: Happening | None) -> bool:
    return event is not None and event.kind is not HappeningKind.FUNDING


def _steps_in_force(source: WorkbookInput) -> list[int]:
    """The number of the step that each row closes with, 0 for none.

    It is an event's own step, at funding the one before all else of that day, else the last begun.
    """
    own = {id(step.happening): at for at, step in enumerate(source.steps, 1) if step.happening}
    found = []
    for row, event in zip(source.schedule, source.schedule_events, strict=True):
        begun = [step for step in source.steps if step.date <= row.date]
        if event is not None and not _is_step(event):
            begun = [step for step in begun if step.date < row.date or step.is_start]
        found.append(own[id(event)] if _is_step(event) else len(begun))
    return found


def _begun(source: WorkbookInput) -> list[int]:
    """How many steps have begun by the day of each row."""
    return [sum(step.date <= row.date for step in source.steps) for row in source.schedule]


def _write_totals(sheet: Sheet, source: WorkbookInput) -> None:
    row = HEADING_ROW + len(source.schedule) + 1
    sheet.put(row, 1, "Total", "total")
    for place, column in enumerate(COLUMNS, start=1):
        if column.name in SUMMED:
            kind = "shares" if column.name == "shares_issued" else "amount"
            total = Formula(f"SUM(sched_{column.name})", _sum(source.schedule, column.value))
            sheet.put(row, place, total, f"total.{kind}")
        elif place > 1:
            sheet.put(row, place, None, "total")


def _sum(rows: tuple[ScheduleRow, ...], value: Callable[[ScheduleRow], Any]) -> Value:
    total: Value = sum(value(row) for row in rows)
    return total
