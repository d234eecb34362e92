"""The Checks sheet: what must hold in every row, what was fixed at export, and one cell that says it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from notemodeler.domain.note import LARGEST_AMOUNT
from notemodeler.domain.rule import Statistic
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.sheet import Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.styles import BAD, GOOD
from notemodeler.io.workbook.terms_sheet import lows_shown

FIRST_ROW = 6
WIDTHS = (88, 20, 20, 16)
HALF_CENT = "0.005"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true, in words and as a formula."""

    words: str
    formula: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class TieOut:
    """A figure of the program beside the same figure by formula."""

    label: str
    formula: str
    figure: Value
    kind: str


def write_checks(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; the overall cell is named `all_checks`."""
    sheet.head(
        "Checks",
        "All must say TRUE. A change in a blue cell keeps them so, unless it breaks a rule.",
    )
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.worksheet.column_dimensions[letter].width = width
    groups = _groups(source)
    row = first = FIRST_ROW
    for heading, checks in groups:
        sheet.section(row, heading, range(1, 5))
        for place, check in enumerate(checks, start=row + 1):
            sheet.put(place, 1, check.words, "label")
            sheet.put(place, 2, Formula(check.formula, check.holds), "formula.flag")
        row += len(checks) + 2
    sheet.put(4, 1, "Everything below holds", "key")
    overall = sheet.put(
        4, 2, Formula(f"AND(B{first}:B{row - 2})", every_check_holds(source)), "key.flag"
    )
    sheet.define("all_checks", overall)
    _colour(sheet, row)
    _write_tie_outs(sheet, source, row)


def every_check_holds(source: WorkbookInput) -> bool:
    """What the overall cell says."""
    return all(check.holds for _, checks in _groups(source) for check in checks)


def _groups(source: WorkbookInput) -> tuple[tuple[str, tuple[Check, ...]], ...]:
    return (
        ("The account closes", tuple(_account_checks(source))),
        ("Prices and windows", tuple(_price_checks())),
        ("Fixed at export and unchanged since", tuple(_structure_checks(source))),
    )


def _colour(sheet: Sheet, last: int) -> None:
    for formula, colour in (("B4=TRUE", GOOD), ("AND(ISLOGICAL(B4),NOT(B4))", BAD)):
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        rule = FormulaRule(formula=[formula], fill=fill)
        sheet.worksheet.conditional_formatting.add(f"B4:B{last}", rule)


def _account_checks(source: WorkbookInput) -> Iterator[Check]:
    flows = (
        "SUMPRODUCT(--(ABS(sched_opening_principal+sched_opening_interest+sched_opening_default_sum"
        "+sched_advance+sched_accrual+sched_default_added-sched_paid-sched_converted-sched_total_due)"
        f">{HALF_CENT}))=0"
    )
    yield Check("Every row of the schedule closes to the cent: opening + flows = total due.", flows)
    yield Check(
        "Every row's interest closes by itself: opening + accrued - settled = closing.",
        "SUMPRODUCT(--(ABS(sched_opening_interest+sched_accrual-sched_settled_interest"
        f"-sched_closing_interest)>{HALF_CENT}))=0",
    )
    yield Check(
        "Paid + converted + what is left = principal + all interest + default sum.",
        "ABS(SUM(sched_paid)+SUM(sched_converted)+INDEX(sched_total_due,ROWS(sched_total_due))"
        f"-SUM(sched_advance)-SUM(sched_accrual)-SUM(sched_default_added))<{HALF_CENT}",
    )
    yield Check(
        "The whole principal was advanced, once.",
        f"ABS(SUM(sched_advance)-note_principal_amount)<{HALF_CENT}",
    )
    yield Check(
        "Shares issued foot: schedule, ledger and running count agree.",
        "AND(SUM(sched_shares_issued)=SUM(step_shares),"
        "INDEX(sched_issued,ROWS(sched_issued))=SUM(step_shares))",
    )
    yield Check(
        "No balance is below zero.",
        "AND(MIN(sched_closing_principal)>=0,MIN(sched_closing_interest)>=0,"
        "MIN(sched_closing_default_sum)>=0)",
    )
    yield Check(
        "No amount is so large that a cell would lose its cents.",
        f"MAX(sched_total_due,note_principal_amount)<={LARGEST_AMOUNT}",
        _largest(source) <= LARGEST_AMOUNT,
    )


def _largest(source: WorkbookInput) -> Decimal:
    return max(source.note.principal_amount, *(row.closing.total for row in source.schedule))


def _price_checks() -> Iterator[Check]:
    yield Check(
        "The trading days follow one another and every price is above zero.",
        f'AND({_steps_back("price_dates")}=0,COUNTIF(prices,"<=0")=0)',
    )
    yield Check(
        "Every conversion price stands on a window without a gap, or on the reading agreed for gaps.",
        'SUMPRODUCT((window_standing<>"")*(conversion_price<>""))=0',
    )
    yield Check(
        "No conversion price is above the cap or below the floor (rounding aside).",
        "AND(OR(rule_cap_price=\"\",COUNT(conversion_price)=0,"
        "MAX(conversion_price)<=MAX(rule_cap_price,rule_floor_price)+10^-rule_rounding_places),"
        "OR(rule_floor_price=\"\",COUNT(conversion_price)=0,"
        "MIN(conversion_price)>=rule_floor_price-10^-rule_rounding_places))",
    )  # fmt: skip
    yield Check(
        "Every notice day is a line of the Prices sheet.",
        "SUMPRODUCT(COUNTIF(price_dates,notice_date))=ROWS(notice_date)",
    )


def _structure_checks(source: WorkbookInput) -> Iterator[Check]:
    note = source.note
    terms, rule = note.interest, note.conversion.rule
    yield Check(
        f"Day count is still {terms.day_count.label}.",
        f'interest_day_count="{terms.day_count.label}"',
    )
    yield Check(
        f"Interest is still {terms.compounding.label}.",
        f'interest_compounding="{terms.compounding.label}"',
    )
    yield Check(
        f"The price series is still {rule.series.label}.", f'rule_series="{rule.series.label}"'
    )
    if note.default.default_date is None:
        yield Check("There is still no default.", 'default_default_date=""')
    else:
        yield Check("There is still a default.", "ISNUMBER(default_default_date)")
    lows = lows_shown(note) if rule.statistic in (Statistic.LOWEST, Statistic.MEAN_OF_LOWEST) else 1
    yield Check(
        f"No more lows are averaged than the Conversion price sheet has columns ({lows}).",
        f"OR(lows_taken<={lows},lows_taken>rule_lookback_days)",
    )
    yield Check(
        "The ledger's steps are in date order.",
        f"{_steps_back('step_date')}=0",
    )
    yield Check(
        "The rows of the schedule are in date order.",
        f"{_steps_back('sched_date')}=0",
    )


def _steps_back(dates: str) -> str:
    """How many of the dates come before the one above them."""
    later = f"INDEX({dates},MIN(2,ROWS({dates}))):INDEX({dates},ROWS({dates}))"
    earlier = f"INDEX({dates},1):INDEX({dates},MAX(1,ROWS({dates})-1))"
    return f"SUMPRODUCT(--({later}<{earlier}))"


def _write_tie_outs(sheet: Sheet, source: WorkbookInput, row: int) -> None:
    """The program's figures as constants: a difference shows what a change in a blue cell does."""
    sheet.section(row, "Against the program's own figures", range(1, 5))
    headings = ("Figure", "By formula", "As exported", "Difference")
    for column, heading in enumerate(headings, start=1):
        sheet.put(row + 1, column, heading, "heading")
    for place, each in enumerate(_tie_outs(source), start=row + 2):
        sheet.put(place, 1, each.label, "label")
        sheet.put(place, 2, Formula(each.formula, each.figure), f"formula.{each.kind}")
        sheet.put(place, 3, each.figure, f"fixed.{each.kind}")
        difference = Formula(f"N(B{place})-N(C{place})", 0)
        sheet.put(place, 4, difference, f"formula.{each.kind}")
    sheet.put(
        row + 7, 1,
        "These differences are not part of the overall check: they turn from zero as soon as a blue "
        "cell is changed, and then say by how much.", "note",
    )  # fmt: skip


def _tie_outs(source: WorkbookInput) -> Iterator[TieOut]:
    rows, days = source.schedule, source.notice_days
    yield TieOut(
        "Total due at the end of the schedule", "INDEX(sched_total_due,ROWS(sched_total_due))",
        rows[-1].closing.total, "amount",
    )  # fmt: skip
    yield TieOut(
        "Interest over the whole schedule", "SUM(sched_accrual)",
        sum(row.accrual for row in rows), "amount",
    )  # fmt: skip
    yield TieOut(
        "Conversion prices, added up", "SUM(conversion_price)",
        sum(day.window.conversion or 0 for day in days), "price",
    )  # fmt: skip
    yield TieOut(
        "Shares for the whole balance, added up", "SUM(notice_shares)",
        sum(day.shares or 0 for day in days), "count",
    )  # fmt: skip
    yield TieOut(
        "Shares issued", "SUM(step_shares)", sum(row.shares_issued for row in rows), "count"
    )
