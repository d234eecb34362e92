"""Interest of a stretch as worksheet formulas: one way of counting days and compounding, written out in full.

The day count and the way of compounding are fixed when the workbook is written; dates, amounts and
rates stay live. Formulas name their cells as `[start]`, `[end]`, `[bearing]` and `[rate]`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from notemodeler.domain.interest import Compounding, DayCount
from notemodeler.engines.accrual import year_fraction

COMMON, LEAP = 365, 366


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A visible step on the way to the interest: its formula and the program's own value."""

    name: str
    heading: str
    style: str
    formula: str
    value: Callable[[date, date], int | float]


@dataclass(frozen=True, slots=True)
class InterestFormula:
    """The day columns that a stretch needs and the interest that follows from them."""

    columns: tuple[DayColumn, ...]
    growth: str

    def over(self, **cells: str) -> "InterestFormula":
        """The same with other cells in the place of `[start]`, `[end]`, `[bearing]` and `[rate]`."""
        columns = tuple(
            replace(column, formula=_named(column.formula, cells)) for column in self.columns
        )
        return InterestFormula(columns, _named(self.growth, cells))


def written_out(growth: InterestFormula) -> str:
    """The interest as one formula, the day counts written out in it."""
    whole = growth.growth
    for _ in growth.columns:
        for column in growth.columns:
            whole = whole.replace(f"[{column.name}]", f"({column.formula})")
    return whole


def interest_formula(day_count: DayCount, compounding: Compounding) -> InterestFormula:
    """The formula of one variant; monthly compounding is simple between two of its months."""
    if compounding is Compounding.DAILY:
        return _daily(day_count)
    if day_count is DayCount.ACT_ACT_ISDA:
        column = DayColumn("days", "Years counted", "factor", ACTUAL_ACTUAL, _years)
        return InterestFormula((column,), "[bearing]*[rate]*[days]")
    basis = 365 if day_count is DayCount.ACT_365 else 360
    return InterestFormula((_day_column(day_count),), f"[bearing]*[rate]*[days]/{basis}")


def _daily(day_count: DayCount) -> InterestFormula:
    if day_count in (DayCount.ACT_365, DayCount.ACT_360):
        basis = 365 if day_count is DayCount.ACT_365 else 360
        growth = f"[bearing]*((1+[rate]/{basis})^[days]-1)"
        return InterestFormula((_day_column(day_count),), growth)
    if day_count is DayCount.ACT_ACT_ISDA:
        leap = DayColumn("leap", "of them in leap years", "number", LEAP_DAYS, _leap_days)
        growth = "[bearing]*((1+[rate]/365)^([days]-[leap])*(1+[rate]/366)^[leap]-1)"
        return InterestFormula((_day_column(DayCount.ACT_365), leap), growth)
    shift = END_OF_FEBRUARY if day_count is DayCount.THIRTY_360_US else "0"
    us = day_count is DayCount.THIRTY_360_US
    ends = DayColumn(
        "ends", "Ends of February", "number", _februaries(shift), lambda a, b: _ends(a, b, us)[0]
    )
    leap = DayColumn(
        "leap", "of them in leap years", "number", _leaps(shift), lambda a, b: _ends(a, b, us)[1]
    )
    # A day counts as one, but as three or two where February gives way to March.
    growth = (
        "[bearing]*((1+[rate]/360)^([days]-3*([ends]-[leap])-2*[leap])"
        "*(1+3*[rate]/360)^([ends]-[leap])*(1+2*[rate]/360)^[leap]-1)"
    )
    return InterestFormula((_day_column(day_count), ends, leap), growth)


START_YEAR = "(DATE(YEAR([start])+1,1,1)-DATE(YEAR([start]),1,1))"
END_YEAR = "(DATE(YEAR([end])+1,1,1)-DATE(YEAR([end]),1,1))"
ACTUAL_ACTUAL = (
    f"IF(YEAR([end])=YEAR([start]),([end]-[start])/{START_YEAR},"
    f"(DATE(YEAR([start])+1,1,1)-[start])/{START_YEAR}+YEAR([end])-YEAR([start])-1"
    f"+([end]-DATE(YEAR([end]),1,1))/{END_YEAR})"
)
LEAP_DAYS = f"ROUND((([end]-[start])/365-({ACTUAL_ACTUAL}))*365*366,0)"
END_OF_FEBRUARY = "IF(AND(MONTH([start])=2,DAY([start]+1)=1),1,0)"
ENDS_IN_FEBRUARY = "AND(MONTH([end])=2,DAY([end]+1)=1)"
DAYS_30E = (
    "360*(YEAR([end])-YEAR([start]))+30*(MONTH([end])-MONTH([start]))"
    "+MIN(DAY([end]),30)-MIN(DAY([start]),30)"
)
DAYS_30_US = (
    "360*(YEAR([end])-YEAR([start]))+30*(MONTH([end])-MONTH([start]))"
    f"+IF(AND({END_OF_FEBRUARY}=1,{ENDS_IN_FEBRUARY}),30,"
    f"IF(AND(DAY([end])=31,OR(DAY([start])>=30,{END_OF_FEBRUARY}=1)),30,DAY([end])))"
    f"-IF({END_OF_FEBRUARY}=1,30,MIN(DAY([start]),30))"
)
DAY_FORMULAS = {
    DayCount.ACT_365: "[end]-[start]",
    DayCount.ACT_360: "[end]-[start]",
    DayCount.THIRTY_360_US: DAYS_30_US,
    DayCount.THIRTY_E_360: DAYS_30E,
}


def _day_column(day_count: DayCount) -> DayColumn:
    heading = "Days" if day_count in (DayCount.ACT_365, DayCount.ACT_360) else "Days of 30/360"
    return DayColumn(
        "days",
        heading,
        "number",
        DAY_FORMULAS[day_count],
        lambda start, end: year_fraction(start, end, day_count)[0],
    )


def _named(formula: str, cells: Mapping[str, str]) -> str:
    for name, cell in cells.items():
        formula = formula.replace(f"[{name}]", cell)
    return formula


def _years(start: date, end: date) -> float:
    return float(Fraction(*year_fraction(start, end, DayCount.ACT_ACT_ISDA)))


def _leap_days(start: date, end: date) -> int:
    numerator, _ = year_fraction(start, end, DayCount.ACT_ACT_ISDA)
    return (end - start).days * LEAP - numerator


def _year_of_march(cell: str, shift: str) -> str:
    """The last year whose first of March has come by the day."""
    return f"(YEAR({cell}+{shift})-IF(MONTH({cell}+{shift})<3,1,0))"


def _februaries(shift: str) -> str:
    return f"{_year_of_march('[end]', shift)}-{_year_of_march('[start]', shift)}"


def _leaps(shift: str) -> str:
    until, since = _year_of_march("[end]", shift), _year_of_march("[start]", shift)
    return "-".join(f"(INT({year}/4)-INT({year}/100)+INT({year}/400))" for year in (until, since))


def _ends(start: date, end: date, us: bool) -> tuple[int, int]:
    """How many times February gives way to March in the period, and how often in a leap year."""
    tomorrow = start + timedelta(days=1)
    at_end = us and start.month == 2 and tomorrow.month == 3
    shift = timedelta(days=1) if at_end else timedelta(0)
    years = [day.year - (day.month < 3) for day in (start + shift, end + shift)]
    leaps = [year // 4 - year // 100 + year // 400 for year in years]
    return years[1] - years[0], leaps[1] - leaps[0]
