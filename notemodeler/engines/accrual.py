"""Interest between two dates: exact, one division last, rounded by nobody here."""

import calendar
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import count, pairwise

from notemodeler.domain.interest import Compounding, DayCount
from notemodeler.domain.numbers import MONEY_CONTEXT

ONE_DAY = timedelta(days=1)


def year_fraction(start: date, end: date, day_count: DayCount) -> tuple[int, int]:
    """The fraction of a year from `start` to `end` as numerator and denominator, both whole.

    Actual/365 is Fixed, 30/360 US follows the SIA rules with end of February, 30E/360 is ISDA 2006
    section 4.16(g), actual/actual is ISDA 2006 section 4.16(b). `end` before `start` raises ValueError.
    """
    if end < start:
        raise ValueError(f"interest runs from {start} to {end}, which is backwards")
    if day_count is DayCount.ACT_365:
        return (end - start).days, 365
    if day_count is DayCount.ACT_360:
        return (end - start).days, 360
    if day_count is DayCount.ACT_ACT_ISDA:
        return _actual_actual(start, end)
    return _thirty_days(start, end, us=day_count is DayCount.THIRTY_360_US), 360


def _thirty_days(start: date, end: date, *, us: bool) -> int:
    first, last = start.day, end.day
    if us:
        if _is_end_of_february(start) and _is_end_of_february(end):
            last = 30
        if _is_end_of_february(start):
            first = 30
        if last == 31 and first >= 30:
            last = 30
        first = min(first, 30)
    else:
        first, last = min(first, 30), min(last, 30)
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _is_end_of_february(day: date) -> bool:
    return day.month == 2 and (day + ONE_DAY).month == 3


def _actual_actual(start: date, end: date) -> tuple[int, int]:
    in_common, in_leap = _common_and_leap_days(start, end)
    return in_common * 366 + in_leap * 365, 365 * 366


def _common_and_leap_days(start: date, end: date) -> tuple[int, int]:
    """The days of the period that lie in common years and in leap years."""
    in_common, in_leap = 0, 0
    at = start
    while at < end:
        stop = min(end, date(at.year + 1, 1, 1))
        days = (stop - at).days
        if calendar.isleap(at.year):
            in_leap += days
        else:
            in_common += days
        at = stop
    return in_common, in_leap


def simple_interest(
    principal: Decimal, rate: Decimal, start: date, end: date, by: DayCount
) -> Decimal:
    """Principal x rate x days / basis in dollars, unrounded."""
    days, basis = year_fraction(start, end, by)
    product = MONEY_CONTEXT.multiply(MONEY_CONTEXT.multiply(principal, rate), Decimal(days))
    return MONEY_CONTEXT.divide(product, Decimal(basis))


def accrue(
    bearing: Decimal, rate: Decimal, start: date, end: date, by: DayCount, how: Compounding
) -> Decimal:
    """The interest of a stretch in dollars, unrounded, on an amount that bears interest throughout.

    Monthly compounding is simple within a stretch; `month_days` says where its stretches end.
    """
    if how is not Compounding.DAILY:
        return simple_interest(bearing, rate, start, end, by)
    grown = MONEY_CONTEXT.multiply(bearing, daily_factor(rate, start, end, by))
    return MONEY_CONTEXT.subtract(grown, bearing)


@lru_cache(maxsize=4096)
def daily_factor(rate: Decimal, start: date, end: date, by: DayCount) -> Decimal:
    """What a dollar owed at `start` has grown to at `end` when interest is added every day."""
    if by in (DayCount.ACT_365, DayCount.ACT_360):
        basis = 365 if by is DayCount.ACT_365 else 360
        return _power(rate, 1, basis, (end - start).days)
    factor = Decimal(1)
    for (days, basis), times in _equal_days(start, end, by).items():
        factor = MONEY_CONTEXT.multiply(factor, _power(rate, days, basis, times))
    return factor


def _power(rate: Decimal, days: int, basis: int, times: int) -> Decimal:
    yearly = MONEY_CONTEXT.multiply(rate, Decimal(days))
    growth = MONEY_CONTEXT.add(Decimal(1), MONEY_CONTEXT.divide(yearly, Decimal(basis)))
    return MONEY_CONTEXT.power(growth, times)


def _equal_days(start: date, end: date, by: DayCount) -> dict[tuple[int, int], int]:
    """How many single days of the period have the same fraction of a year."""
    if by is DayCount.ACT_ACT_ISDA:
        in_common, in_leap = _common_and_leap_days(start, end)
        return {(1, 365): in_common, (1, 366): in_leap}
    us = by is DayCount.THIRTY_360_US
    so_far = [
        _thirty_days(start, start + timedelta(days=step), us=us)
        for step in range((end - start).days + 1)
    ]
    return Counter((later - earlier, 360) for earlier, later in pairwise(so_far))


def month_days(start: date, end: date) -> Iterator[date]:
    """The monthly anniversaries of `start` before `end`; a month too short for the day gives its last day."""
    year, month = start.year, start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
        if found >= end:
            return
        yield found


def anniversaries(start: date, after: date, through: date) -> Iterator[date]:
    """The monthly anniversaries of `start` later than `after`, up to and including `through`."""
    begin = max(start, after)
    for month in count(begin.year * 12 + begin.month - 1):
        year, place = divmod(month, 12)
        found = date(year, place + 1, min(start.day, calendar.monthrange(year, place + 1)[1]))
        if found > through:
            return
        if found > begin:
            yield found
