"""Windows of many days at once are those of one day at a time."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.rule import (
    MissingPrices,
    PriceRounding,
    PriceRule,
    Statistic,
    WindowEnd,
)
from notemodeler.engines.day_windows import Standing, day_windows, listed_days
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose

CALENDAR = TradingCalendar(date(2010, 1, 1), date(2030, 12, 31), frozenset({date(2020, 7, 3)}))
REACH_BACK = MissingPrices.REACH_BACK
DAYS = CALENDAR.between(date(2020, 6, 1), date(2020, 8, 31))
TICKS = st.sampled_from([Decimal(tick) for tick in ("0.001", "0.002", "0.0025", "0.01", "0.3")])
RULES = st.builds(
    PriceRule,
    statistic=st.sampled_from(Statistic),
    lowest_count=st.integers(1, 5),
    lookback_days=st.integers(1, 8),
    window_end=st.sampled_from(WindowEnd),
    missing_prices=st.sampled_from(MissingPrices),
    cap_price=st.none() | TICKS,
    floor_price=st.none() | TICKS,
    rounding=st.sampled_from(PriceRounding),
    rounding_places=st.integers(2, 5),
)


def bars(prices: list[Decimal | str | None], start: int) -> tuple[PriceBar, ...]:
    placed = zip(DAYS[start:], prices, strict=False)
    return tuple(PriceBar(day, price) for day, price in placed if price != "absent")


def series_of(prices: list[Decimal | str | None], start: int) -> PriceSeries:
    return PriceSeries(bars=bars(prices, start))


@given(
    rule=RULES,
    prices=st.lists(TICKS | st.none() | st.just("absent"), min_size=1, max_size=30),
    start=st.integers(0, 25),
    first=st.integers(0, 30),
)
@settings(max_examples=300, deadline=None)
def test_every_window_is_that_of_the_single_day(rule, prices, start, first):
    series = series_of(prices, start)
    market = Market((series,), CALENDAR)
    used = market.series_for(rule.series)
    notices = DAYS[first : first + 25]
    composition = compose(rule)
    listed = listed_days(market, used, notices)
    for notice, found in zip(notices, day_windows(composition, listed, notices), strict=True):
        single = composition.conversion_price_on(notice, market)
        assert found.reference == single.reference_price
        assert found.conversion == single.conversion_price
        if single.reference_price is not None:
            qualifying = sorted(day.date for day in found.qualifying)
            assert qualifying == [day.date for day in single.qualifying]
        is_short = single.reference_price is None and rule.missing_prices is REACH_BACK
        if found.first_line >= 1 and not is_short:
            lines = listed.days[found.first_line - 1 : found.last_line]
            assert lines == tuple(day.date for day in single.window)


def test_of_equal_lows_the_earliest_qualifies_first():
    series = series_of([Decimal("0.02"), Decimal("0.01"), Decimal("0.01")], 0)
    rule = PriceRule(statistic=Statistic.LOWEST, lookback_days=3)
    market = Market((series,), CALENDAR)
    listed = listed_days(market, series, DAYS[3:4])
    (found,) = day_windows(compose(rule), listed, DAYS[3:4])
    assert [day.date for day in found.qualifying] == [DAYS[1]]


@pytest.mark.parametrize(
    ("change", "day", "standing"),
    [
        ({}, 2, Standing.BEFORE),
        ({}, 12, Standing.AFTER),
        ({}, 6, Standing.GAP),
        ({"missing_prices": MissingPrices.LEAVE_OUT}, 6, Standing.TOO_FEW),
        ({"lowest_count": 4}, 10, Standing.RULE),
        ({}, 10, Standing.COMPLETE),
    ],
)
def test_a_window_without_a_price_says_why(change, day, standing):
    prices = [Decimal("0.01")] * 10
    prices[5] = None
    rule = dataclasses.replace(PriceRule(lowest_count=3, lookback_days=3), **change)
    series = series_of(prices, 0)
    market = Market((series,), CALENDAR)
    notices = DAYS[:14]
    found = day_windows(compose(rule), listed_days(market, series, notices), notices)[day]
    assert found.standing is standing
    assert (found.conversion is None) == (standing is not Standing.COMPLETE)
