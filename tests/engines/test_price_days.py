"""Every way of pricing many days at once tells what the exact engine tells of each, for any rule."""

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.engines.daily_prices import daily_prices
from notemodeler.engines.day_windows import day_windows, listed_days
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from notemodeler.engines.splits import price_carried
from tests.engines.price_notes import random_cases, random_markets

TICKS = st.integers(1, 60).map(lambda ticks: Decimal(ticks).scaleb(-5))
AROUND = (date(2018, 11, 26), date(2019, 4, 1))


def ulps(found, exact):
    return abs(Fraction(found) - Fraction(exact)) / Fraction(math.ulp(float(exact)))


def is_near(found, exact, most=2):
    return math.isnan(found) if exact is None else ulps(found, exact) <= most


@settings(max_examples=200, deadline=None)
@given(random_cases())
def test_arrays_tell_what_the_exact_engine_tells(case):
    note, issuer, market = case
    rule = rule_in_time(note, issuer, market)
    days = market.calendar.between(*AROUND)
    found = daily_prices(rule, market, days)
    is_even = all(group.is_exact for group in found.exact.groups)
    for place, day in enumerate(days):
        exact = rule.conversion_price_on(day)
        assert is_near(found.reference[place], exact.reference_price, 2 if is_even else 4), day
        assert is_near(found.conversion[place], exact.conversion_price, 2 if is_even else 5), day
        if rule.on(day).makes_whole:
            assert is_near(found.unfloored[place], exact.unfloored_price, 2 if is_even else 5), day
        assert found.exact.reckoned(place) == exact.reckoned, day


@settings(max_examples=60, deadline=None)
@given(random_cases(markets=random_markets(TICKS)))
def test_reference_prices_are_correctly_rounded_across_splits(case):
    note, issuer, market = case
    rule = rule_in_time(note, issuer, market)
    days = market.calendar.between(*AROUND)
    found = daily_prices(rule, market, days)
    for place, day in enumerate(days):
        exact = rule.conversion_price_on(day).reference_price
        if exact is not None:
            assert found.reference[place] == float(exact)


@settings(max_examples=100, deadline=None)
@given(random_cases(), st.integers(0, 60))
def test_lines_of_windows_tell_what_the_exact_engine_tells(case, first):
    note, issuer, market = case
    rule = rule_in_time(note, issuer, market)
    notices = market.calendar.between(*AROUND)[first : first + 30]
    listed = listed_days(market, market.series_for(note.conversion.rule.series), notices)
    for notice, found in zip(notices, day_windows(rule, listed, notices), strict=True):
        exact = rule.conversion_price_on(notice)
        assert found.conversion == exact.conversion_price
        assert found.unfloored == exact.unfloored_price
        assert found.reference == exact.reference_price
        second = found.second.reference if found.second else None
        assert second == exact.second_reference
        if exact.reference_price is not None:
            assert_same_window(found, found.main, listed, exact.window, exact.qualifying)
        if exact.second_reference is not None:
            qualifying = tuple(day for day in exact.second if day.qualifying)
            assert_same_window(found, found.second, listed, exact.second, qualifying)


def assert_same_window(found, look, listed, window, qualifying):
    assert sorted(look.qualifying) == sorted(qualifying)
    days = [day.date for day in window]
    if look.first_line >= 1:
        assert list(listed.days[look.first_line - 1 : look.last_line]) == days
    restated = dict(zip(listed.days, listed.restated, strict=True))
    for day in qualifying:
        carried = price_carried(restated[day.date], 1 / found.split_factor)
        assert abs(carried - day.price) <= day.price * Decimal("1e-45")


@settings(max_examples=60, deadline=None)
@given(random_cases())
def test_the_last_known_price_is_in_dollars_of_the_day(case):
    note, issuer, market = case
    rule = rule_in_time(note, issuer, market)
    days = market.calendar.between(*AROUND)
    found = daily_prices(rule, market, days)
    series = market.prices[0]
    for place, day in enumerate(days):
        bar = market.last_price_by(series, day)
        assert is_near(found.last_known[place], bar.price if bar else None)
        own = bar is not None and bar.date == day
        assert is_near(found.own[place], bar.price if own else None)
