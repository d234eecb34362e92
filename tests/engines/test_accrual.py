"""Interest: day counts against QuantLib, exact fractions, and the laws that hold for any note."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import QuantLib
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.interest import Compounding, DayCount
from notemodeler.domain.numbers import to_cents
from notemodeler.engines.accrual import (
    accrue,
    daily_factor,
    month_days,
    simple_interest,
    year_fraction,
)

ORACLES = {
    DayCount.ACT_365: QuantLib.Actual365Fixed(),
    DayCount.ACT_360: QuantLib.Actual360(),
    DayCount.THIRTY_360_US: QuantLib.Thirty360(QuantLib.Thirty360.USA),
    DayCount.THIRTY_E_360: QuantLib.Thirty360(QuantLib.Thirty360.European),
    DayCount.ACT_ACT_ISDA: QuantLib.ActualActual(QuantLib.ActualActual.ISDA),
}
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
MONTH_EDGES = st.builds(
    lambda year, month, back: date(year, month, 1) - timedelta(days=back),
    st.integers(1991, 2035),
    st.integers(1, 12),
    st.integers(0, 3),
)
ANY_DAY = DAYS | MONTH_EDGES
AMOUNTS = st.decimals("0.01", "1000000000", places=2)
RATES = st.decimals("0", "10", places=4)


def in_quantlib(day):
    return QuantLib.Date(day.day, day.month, day.year)


@pytest.mark.parametrize("day_count", list(DayCount))
@given(first=ANY_DAY, second=ANY_DAY)
def test_day_counts_agree_with_quantlib(day_count, first, second):
    start, end = sorted((first, second))
    days, basis = year_fraction(start, end, day_count)
    oracle = ORACLES[day_count].yearFraction(in_quantlib(start), in_quantlib(end))
    assert days / basis == pytest.approx(oracle, abs=1e-12)


def test_interest_never_runs_backwards():
    with pytest.raises(ValueError, match="backwards"):
        year_fraction(date(2020, 1, 2), date(2020, 1, 1), DayCount.ACT_365)


@given(AMOUNTS, RATES, ANY_DAY, ANY_DAY, st.sampled_from(list(DayCount)))
def test_decimal_interest_is_the_exact_fraction_to_the_cent(
    principal, rate, first, second, day_count
):
    start, end = sorted((first, second))
    exact = Fraction(principal) * Fraction(rate) * Fraction(*year_fraction(start, end, day_count))
    ours = simple_interest(principal, rate, start, end, day_count)
    assert abs(Fraction(ours) - exact) < Fraction(1, 10**25)
    doubled = exact * 100
    cents = (
        Fraction(int(doubled))
        if doubled - int(doubled) < Fraction(1, 2)
        else Fraction(int(doubled) + 1)
    )
    assert Fraction(to_cents(ours)) * 100 == cents


@given(AMOUNTS, RATES, st.tuples(ANY_DAY, ANY_DAY, ANY_DAY))
def test_actual_interest_is_additive_over_adjacent_periods(principal, rate, days):
    start, middle, end = sorted(days)
    for by in (DayCount.ACT_365, DayCount.ACT_360, DayCount.ACT_ACT_ISDA):
        whole = simple_interest(principal, rate, start, end, by)
        parts = simple_interest(principal, rate, start, middle, by) + simple_interest(
            principal, rate, middle, end, by
        )
        assert abs(whole - parts) < Decimal("1e-12")


@given(AMOUNTS, RATES, ANY_DAY, st.integers(0, 4000))
def test_interest_is_linear_and_zero_for_no_days(principal, rate, start, days):
    end = start + timedelta(days=days)
    once = simple_interest(principal, rate, start, end, DayCount.ACT_365)
    assert abs(
        simple_interest(2 * principal, rate, start, end, DayCount.ACT_365) - 2 * once
    ) < Decimal("1e-12")
    assert simple_interest(principal, rate, start, start, DayCount.ACT_360) == 0
    by_360 = simple_interest(principal, rate, start, end, DayCount.ACT_360)
    assert abs(by_360 * 360 - once * 365) < Decimal("1e-9")


@given(AMOUNTS, RATES, ANY_DAY, st.integers(0, 800), st.integers(-200, 200))
def test_moving_all_dates_by_weeks_leaves_actual_interest_unchanged(
    principal, rate, start, days, weeks
):
    end, shift = start + timedelta(days=days), timedelta(weeks=weeks)
    here = simple_interest(principal, rate, start, end, DayCount.ACT_365)
    assert simple_interest(principal, rate, start + shift, end + shift, DayCount.ACT_365) == here


@given(AMOUNTS, RATES, ANY_DAY, st.integers(0, 800), st.sampled_from(list(DayCount)))
def test_daily_compounding_is_at_least_simple(principal, rate, start, days, by):
    end = start + timedelta(days=days)
    simple = accrue(principal, rate, start, end, by, Compounding.SIMPLE)
    compound = accrue(principal, rate, start, end, by, Compounding.DAILY)
    assert compound >= simple - Decimal("1e-20")


@pytest.mark.parametrize(
    "by", [DayCount.THIRTY_360_US, DayCount.THIRTY_E_360, DayCount.ACT_ACT_ISDA]
)
def test_daily_compounding_multiplies_day_by_day(by):
    start, end = date(2019, 11, 15), date(2020, 3, 20)
    growth, before = Fraction(1), Fraction(0)
    for step in range(1, (end - start).days + 1):
        so_far = Fraction(*year_fraction(start, start + timedelta(days=step), by))
        growth *= 1 + Fraction(8, 100) * (so_far - before)
        before = so_far
    factor = Fraction(daily_factor(Decimal("0.08"), start, end, by))
    assert abs(factor - growth) < Fraction(1, 10**40)


def test_monthly_anniversaries_of_the_thirty_first():
    found = list(month_days(date(2019, 10, 31), date(2020, 4, 30)))
    assert found == [
        date(2019, 11, 30),
        date(2019, 12, 31),
        date(2020, 1, 31),
        date(2020, 2, 29),
        date(2020, 3, 31),
    ]


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("2.675", "2.68"),
        ("-2.5", "-2.50"),
        ("0.005", "0.01"),
        ("0.0049999999999", "0.00"),
        ("-0.005", "-0.01"),
    ],
)
def test_money_rounds_half_up_like_a_spreadsheet(amount, cents):
    assert to_cents(Decimal(amount)) == Decimal(cents)
    assert to_cents(to_cents(Decimal(amount))) == to_cents(Decimal(amount))
