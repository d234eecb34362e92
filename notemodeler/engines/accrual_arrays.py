"""Interest over many periods at once in float64, with a bound on how far it may be from the exact interest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy

from notemodeler.domain.interest import Compounding, DayCount
from notemodeler.engines.history import Stretch
from notemodeler.engines.price_arrays import Ints
from notemodeler.engines.pricing.sliding import Floats

EPOCH = date(1970, 1, 1).toordinal()
ROUNDOFF = 2.0**-53
MOST_GROWTH = 200.0
"""The logarithm of growth that takes a cent past all interest that is counted."""
Days = numpy.ndarray[Any, numpy.dtype[numpy.datetime64]]


def year_fractions(start: Ints, end: Ints, day_count: DayCount) -> tuple[Ints, int]:
    """The fractions of a year between day ordinals, as whole numerators and their one denominator.

    The same conventions as `accrual.year_fraction`; `start` and `end` are of one shape or broadcast.
    """
    if day_count is DayCount.ACT_365:
        return end - start, 365
    if day_count is DayCount.ACT_360:
        return end - start, 360
    if day_count is DayCount.ACT_ACT_ISDA:
        leap = _leap_days_before(end) - _leap_days_before(start)
        return (end - start - leap) * 366 + leap * 365, 365 * 366
    return _thirty_days(start, end, us=day_count is DayCount.THIRTY_360_US), 360


def _leap_days_before(ordinals: Ints) -> Ints:
    """How many days before each day lie in leap years, counted from the year 1."""
    days = _calendar_days(ordinals)
    years = days.astype("M8[Y]")
    before = years.astype(numpy.int64) + 1969
    leap_years = before // 4 - before // 100 + before // 400
    year = before + 1
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    of_year = (days - years.astype("M8[D]")).astype(numpy.int64)
    found: Ints = leap_years * 366 + numpy.where(is_leap, of_year, 0)
    return found


def _thirty_days(start: Ints, end: Ints, *, us: bool) -> Ints:
    start_month, first, start_ends_february = _month_and_day(start)
    end_month, last, end_ends_february = _month_and_day(end)
    if us:
        last = numpy.where(start_ends_february & end_ends_february, 30, last)
        first = numpy.where(start_ends_february, 30, first)
        last = numpy.where((last == 31) & (first >= 30), 30, last)
    else:
        last = numpy.minimum(last, 30)
    first = numpy.minimum(first, 30)
    return 30 * (end_month - start_month) + last - first


def _month_and_day(ordinals: Ints) -> tuple[Ints, Ints, Any]:
    """Months since 1970, the day of the month, and whether it is the last of a February."""
    days = _calendar_days(ordinals)
    months = days.astype("M8[M]")
    day = (days - months.astype("M8[D]")).astype(numpy.int64) + 1
    number = months.astype(numpy.int64)
    ends_february = (number % 12 == 1) & ((days + 1).astype("M8[M]") != months)
    return number, day, ends_february


def _calendar_days(ordinals: Ints) -> Days:
    return (numpy.asarray(ordinals) - EPOCH).astype("M8[D]")


def growth(stretches: Sequence[Stretch], of_day: Ints, ordinals: Ints) -> tuple[Floats, Floats]:
    """The interest in dollars since the start of each day's stretch, and its largest relative error.

    `of_day` says which stretch each day belongs to; a day before its stretch has no interest.
    """
    start = numpy.array([stretch.start.toordinal() for stretch in stretches])[of_day]
    bearing = numpy.array([stretch.bearing for stretch in stretches], numpy.float64)[of_day]
    rate = numpy.array([stretch.rate for stretch in stretches], numpy.float64)[of_day]
    ends = numpy.maximum(ordinals, start)
    day_count = stretches[-1].day_count
    if stretches[-1].compounding is Compounding.DAILY:
        exponent, roundings = _daily_exponents(start, ends, rate, of_day, day_count)
        exponent = numpy.minimum(exponent, MOST_GROWTH)
        error = (8 + (1 + exponent) * roundings) * ROUNDOFF
        return bearing * numpy.expm1(exponent), error
    numerator, basis = year_fractions(start, ends, day_count)
    return bearing * rate * numerator / basis, numpy.full(len(ends), 8 * ROUNDOFF)


def _daily_exponents(
    start: Ints, end: Ints, rate: Floats, of_day: Ints, day_count: DayCount
) -> tuple[Floats, Floats]:
    """The logarithm of what a dollar grows to when interest is added every day, and how often it is rounded."""
    many = end - start
    if day_count in (DayCount.ACT_365, DayCount.ACT_360):
        basis = 365 if day_count is DayCount.ACT_365 else 360
        exact_days = many.astype(numpy.float64)
        return exact_days * numpy.log1p(rate / basis), numpy.full(len(many), 8.0)
    exponents: Floats = numpy.zeros(len(many))
    for stretch in numpy.unique(of_day).tolist():
        here = of_day == stretch
        first = int(start[here][0])
        steps = first + numpy.arange(int(many[here].max()) + 1)
        numerators, basis = year_fractions(numpy.array([first]), steps, day_count)
        each = numpy.log1p(rate[here][0] * numpy.diff(numerators) / basis)
        exponents[here] = numpy.append(0.0, numpy.cumsum(each))[many[here]]
    return exponents, many.astype(numpy.float64) + 8.0
