"""The array side of the price rule against the exact engine, and its sums against plain sorting."""

import dataclasses
import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    PriceRule,
    SecondWindow,
    Statistic,
    WindowAnchor,
    WindowEnd,
)
from notemodeler.engines.daily_prices import daily_prices
from notemodeler.engines.market import Market
from notemodeler.engines.pricing import sliding
from notemodeler.engines.pricing.composition import Setting, compose
from notemodeler.engines.pricing.kernel import conversion_prices, ticks_per_dollar
from notemodeler.engines.pricing.lookback import LONGEST_REACH
from notemodeler.engines.pricing.network import Design, in_order
from notemodeler.engines.pricing.sliding import lowest_sums, window_sums
from notemodeler.io.trading_calendar import nyse_calendar
from tests.engines.price_notes import random_rules
from tests.strategies import decimals, nouns

CALENDAR = nyse_calendar()
SEED = compose(PriceRule())
TICKS = st.lists(st.integers(0, 60) | st.none(), max_size=90)


def rules(**parts):
    """Rules whose windows all end with the notice, none of them changed by a step."""
    no_anchor = st.sampled_from([WindowAnchor.NONE, WindowAnchor.NOTICE])
    second = nouns(
        SecondWindow, anchor=no_anchor, lookback_days=st.integers(2, 9), lowest_count=st.just(2)
    )
    return random_rules(second=second, steps=st.just(()), floor_at_par=st.just(False), **parts)


def exact_prices(rule, market, day):
    finding = compose(rule).conversion_price_on(day, market)
    return finding.reference_price, finding.conversion_price


def ulps(found, exact):
    return abs(Fraction(found) - Fraction(exact)) / Fraction(math.ulp(float(exact)))


def is_near(found, exact):
    return math.isnan(found) if exact is None else ulps(found, exact) <= 2


@given(rules(missing_prices=st.just(MissingPrices.REACH_BACK)))
def test_a_window_never_reaches_back_over_too_long_a_gap(rule):
    days = CALENDAR.last_before(date(2019, 6, 3), 130)
    bars = [PriceBar(day, Decimal("0.01")) for day in (*days[:20], *days[-2:])]
    market = Market((PriceSeries(PriceKind.BID, "", tuple(bars)),), CALENDAR)
    found = daily_prices(compose(rule), market, (days[-1],)).reference[0]
    assert is_near(found, exact_prices(rule, market, days[-1])[0])
    if rule.lookback_days > 2:
        assert math.isnan(found)


@pytest.mark.parametrize(
    ("without", "reaches"), [(LONGEST_REACH, True), (LONGEST_REACH + 1, False)]
)
def test_a_window_reaches_back_over_so_many_days_and_no_more(without, reaches):
    rule = dataclasses.replace(PriceRule(), missing_prices=MissingPrices.REACH_BACK)
    days = CALENDAR.last_before(date(2019, 6, 3), without + 11)
    bars = [PriceBar(day, Decimal("0.01")) for day in (*days[:9], *days[-2:])]
    market = Market((PriceSeries(PriceKind.BID, "", tuple(bars)),), CALENDAR)
    found = daily_prices(compose(rule), market, (days[-1],)).reference[0]
    assert (not math.isnan(found)) == reaches
    assert is_near(found, exact_prices(rule, market, days[-1])[0])


@pytest.mark.parametrize("price", ["1234.567899", "1234567.567899999", "0.000000000001", "0.56785"])
@pytest.mark.parametrize("rounding", list(PriceRounding))
def test_a_price_next_to_a_step_of_the_rounding_falls_on_the_right_side(price, rounding):
    rule = PriceRule(lookback_days=1, lowest_count=1, multiplier=Decimal(1), rounding=rounding)
    days = CALENDAR.last_before(date(2019, 6, 3), 2)
    market = Market(
        (PriceSeries(PriceKind.BID, "", (PriceBar(days[0], Decimal(price)),)),), CALENDAR
    )
    found = daily_prices(compose(rule), market, (days[1],)).conversion[0]
    assert is_near(found, exact_prices(rule, market, days[1])[1])


@given(TICKS, st.integers(1, 40), st.integers(1, 12))
def test_lowest_sums_are_those_of_sorted_windows(ticks, length, count):
    prices = numpy.array([math.nan if each is None else each / 1e5 for each in ticks])
    found = lowest_sums(prices, length, count, 1e5)
    assert len(found) == len(ticks)
    for end, total in enumerate(found):
        window = ticks[max(0, end + 1 - length) : end + 1]
        if len(window) < length or None in window or count > length:
            assert math.isnan(total)
        else:
            assert total == sum(sorted(window)[:count])


@pytest.mark.parametrize("largest", [40, 2**24, 2**40])
@pytest.mark.parametrize("count", [1, 3, 9, 10])
def test_long_arrays_are_worked_on_in_blocks_without_a_seam(count, largest):
    draw = numpy.random.default_rng(8)
    ticks = draw.integers(1, largest, 3 * sliding.BLOCK + 17).astype(float)
    ticks[[5, sliding.BLOCK + 3]] = numpy.nan
    windows = numpy.lib.stride_tricks.sliding_window_view(ticks, 10)
    lowest = numpy.sort(windows, axis=1)[:, :count].sum(axis=1)
    expected = numpy.where(numpy.isnan(windows).any(axis=1), numpy.nan, lowest)
    found = lowest_sums(ticks / 1e5, 10, count, 1e5)
    assert numpy.array_equal(found[9:], expected, equal_nan=True)
    assert numpy.isnan(found[:9]).all()


@pytest.mark.parametrize("length", [1, 2, 3, 7, 30, 250])
def test_sums_of_whole_windows(length):
    ticks = numpy.random.default_rng(5).integers(1, 9999, 700).astype(float)
    windows = numpy.lib.stride_tricks.sliding_window_view(ticks, length)
    assert numpy.array_equal(window_sums(ticks, length, 1.0)[length - 1 :], windows.sum(axis=1))


def test_a_result_is_not_overwritten_by_the_next_run():
    first = lowest_sums(numpy.full(40, 2.0), 10, 3, 1.0)
    lowest_sums(numpy.full(40, 5.0), 10, 3, 1.0)
    assert (first[9:] == 6).all()


def test_the_seed_takes_seventeen_operations_a_window():
    assert len(in_order(Design().lowest_sum(10, 3))) == 17


@given(st.lists(decimals(Decimal(0), Decimal(9), 12), min_size=1, max_size=20))
def test_prices_are_whole_in_ticks(prices):
    per_dollar = ticks_per_dollar(numpy.array([float(price) for price in prices]))
    assert per_dollar is not None
    assert all(price * int(per_dollar) % 1 == 0 for price in prices)


def test_prices_with_more_digits_than_a_float_have_no_tick():
    assert ticks_per_dollar(numpy.array([1e-12, 123456.0])) is None
    assert ticks_per_dollar(numpy.array([0.1 + 0.2])) is None
    assert ticks_per_dollar(numpy.array([math.nan, 2.5])) == 10


@settings(max_examples=60)
@given(
    rules(window_end=st.just(WindowEnd.NOTICE_DAY)),
    st.lists(st.integers(1, 60), min_size=20, max_size=40),
)
def test_conversion_prices_by_window_end(rule, ticks):
    """Where no price is missing every trading day of the series is a window end."""
    days = CALENDAR.last_before(date(2019, 6, 3), len(ticks))
    prices = [Decimal(each).scaleb(-5) for each in ticks]
    bars = tuple(PriceBar(day, price) for day, price in zip(days, prices, strict=True))
    market = Market((PriceSeries(PriceKind.BID, "", bars),), CALENDAR)
    found = conversion_prices(numpy.array([float(price) for price in prices]), compose(rule), 1e5)
    expected = daily_prices(compose(rule), market, days)
    close = numpy.isclose(found, expected.conversion, rtol=1e-15, atol=0, equal_nan=True)
    next_to_step = numpy.abs(found - expected.conversion) <= 1.01 * 10.0**-rule.rounding_places
    assert (close | next_to_step | numpy.isnan(expected.conversion)).all()


def test_a_rule_that_contradicts_itself_has_no_price():
    rule = dataclasses.replace(PriceRule(), statistic=Statistic.MEAN_OF_LOWEST, lowest_count=11)
    assert numpy.isnan(conversion_prices(numpy.full(50, 0.01), compose(rule), 100.0)).all()
    refused = dataclasses.replace(
        PriceRule(),
        composition=PriceComposition.LESSER_OF,
        fixed_price=Decimal("0.01"),
        floor_price=Decimal("0.02"),
    )
    assert numpy.isnan(conversion_prices(numpy.full(50, 0.01), compose(refused), 100.0)).all()


def test_a_window_before_the_issue_date_is_not_one_of_every_day():
    rule = PriceRule(second=SecondWindow(anchor=WindowAnchor.ISSUE))
    anchored = compose(rule, Setting(date(2019, 1, 2)))
    with pytest.raises(ValueError, match="a date of its own"):
        conversion_prices(numpy.full(50, 0.01), anchored, 100.0)


def test_a_plain_rule_on_flat_prices():
    assert conversion_prices(numpy.full(50, 0.01), SEED, 100.0)[9:] == pytest.approx(
        0.0065, rel=1e-15
    )
