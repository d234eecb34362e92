"""Tests of the ticks of the chart axes: what they say and where they stand."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.io.trading_calendar import nyse_calendar
from notemodeler.ui.charts.scales import even_price_text
from notemodeler.ui.charts.scales import price_text as price_on_scale
from notemodeler.ui.charts.ticks import (
    day_ticks,
    in_words,
    linear_range,
    log_range,
    log_ticks,
    money_ticks,
    percent_text,
    place_of,
    price_ticks,
    shares_text,
)
from notemodeler.ui.charts.value_words import short_price

prices = st.floats(min_value=1e-10, max_value=1e8)


def test_prices_far_below_a_cent_show_all_their_decimals_and_no_prefix():
    texts = [text for _, text in price_ticks(0.0, 0.0004, 8)]
    assert texts == [
        "$0.00000", "$0.00005", "$0.00010", "$0.00015", "$0.00020", "$0.00025", "$0.00030", "$0.00035", "$0.00040",
    ]  # fmt: skip


@given(low=prices, wide=prices, most=st.integers(2, 12))
def test_every_price_label_reads_back_as_its_place(low, wide, most):
    low = min(low, wide * 1e6)
    ticks = price_ticks(low, low + wide, most)
    assert len(ticks) <= most + 1
    for value, text in ticks:
        assert re.fullmatch(r"\$[0-9][0-9,]*\.[0-9]{2,}", text)
        assert float(text[1:].replace(",", "")) == pytest.approx(value, rel=1e-9, abs=wide * 1e-9)


@given(low=prices, wide=prices, most=st.integers(2, 12))
def test_no_two_price_labels_are_the_same(low, wide, most):
    texts = [
        text for _, text in price_ticks(min(low, wide * 1e6), min(low, wide * 1e6) + wide, most)
    ]
    assert len(set(texts)) == len(texts)


@given(low=prices, factor=st.floats(min_value=1.0, max_value=1e6))
def test_the_range_of_an_axis_holds_the_values_with_room_above(low, factor):
    high = low * factor
    bottom, top = linear_range(low, high)
    assert 0 <= bottom <= low
    assert top > high


def test_a_small_change_of_the_values_does_not_move_the_axis():
    assert linear_range(0.0012, 0.00401) == linear_range(0.00121, 0.00402)


def test_amounts_are_grouped_and_turn_to_words_when_they_would_not_fit():
    assert [text for _, text in money_ticks(0, 150_000, 3)] == [
        "$0",
        "$50,000",
        "$100,000",
        "$150,000",
    ]
    assert [text for _, text in money_ticks(0, 40_000_000, 2)] == ["$0", "$20M", "$40M"]


@pytest.mark.parametrize(
    ("count", "words"),
    [(950, "950"), (2_000, "2K"), (10_000_000, "10M"), (1_500_000_000, "1.5B"), (3 * 10**12, "3T")],
)
def test_large_counts_are_told_in_words(count, words):
    assert in_words(count) == words


def test_a_log_axis_shows_decades_and_what_fits_between_them():
    wide = log_ticks(6.0, 9.0, 5, shares_text)
    assert [text for _, text in wide] == ["1M", "10M", "100M", "1B"]
    narrow = log_ticks(7.6, 8.4, 5, shares_text)
    assert [text for _, text in narrow] == ["50M", "100M", "200M"]
    assert narrow[1][0] == pytest.approx(8.0)


def test_percent_of_the_company_keeps_its_small_parts():
    assert [text for _, text in log_ticks(-4.0, 0.0, 5, percent_text)] == [
        "0.01 %", "0.1 %", "1 %", "10 %", "100 %",
    ]  # fmt: skip


def test_a_log_range_is_never_flat():
    low, high = log_range(log10(5e7), log10(5e7))
    assert low < log10(5e7) < high
    assert high - low >= 0.5


DAYS = nyse_calendar().between(date(2018, 7, 2), date(2019, 8, 1))


def test_months_are_labelled_at_their_first_trading_day_and_years_where_they_begin():
    ticks = day_ticks(DAYS, -0.5, len(DAYS) - 0.5, 15)
    assert [text for _, text in ticks][:7] == [
        "Aug 2018",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Jan 2019",
        "Feb",
    ]
    assert DAYS[int(ticks[1][0])] == date(2018, 9, 4)


def test_days_are_labelled_when_few_are_in_sight():
    texts = [text for _, text in day_ticks(DAYS, 165.5, 172.5, 9)]
    assert texts[0].endswith(", 2019")
    assert len(texts) == 7


def test_decades_of_days_get_years():
    days = nyse_calendar().between(date(1995, 1, 3), date(2024, 12, 31))
    texts = [text for _, text in day_ticks(days, 0, len(days), 12)]
    assert texts == ["2000", "2005", "2010", "2015", "2020"]


@given(first=st.floats(-5, 270), wide=st.floats(1, 280), most=st.integers(2, 20))
def test_date_labels_are_in_order_and_not_too_many(first, wide, most):
    ticks = day_ticks(DAYS, first, first + wide, most)
    assert all(a < b for (a, _), (b, _) in pairwise(ticks))
    assert len(ticks) <= most + 2


def test_a_day_without_trading_stands_at_the_next_trading_day():
    saturday = date(2018, 7, 7)
    assert DAYS[place_of(DAYS, saturday)] == date(2018, 7, 9)
    assert place_of(DAYS, date(2030, 1, 1)) == len(DAYS) - 1


def test_an_amount_axis_of_little_height_has_a_second_label_to_measure_by():
    assert money_ticks(0.0, 420_000.0, 2) == [
        (0.0, "$0"), (200_000.0, "$200,000"), (400_000.0, "$400,000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("price", "shown"),
    [("0.0012935", "$0.0012935"), ("0.00171816666", "$0.00171816…"), ("0.05", "$0.0500")],
)
def test_the_digits_before_an_ellipsis_are_those_of_the_price(price, shown):
    assert short_price(Decimal(price)) == shown


@pytest.mark.parametrize(
    ("price", "even", "short"),
    [
        (0.00197, "$0.001970", "$0.00197"),
        (3.14159e-5, "$0.00003142", "$0.00003142"),
        (0.0, "$0.000000", "$0"),
    ],
)
def test_a_tiny_price_keeps_what_tells_it_apart(price, even, short):
    assert even_price_text(price) == even
    assert price_on_scale(price) == short
