"""Trading days: the exchange's calendar against two libraries, and counting along it."""

from datetime import date, timedelta

import exchange_calendars
import pytest
import QuantLib
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.app.places import resource
from notemodeler.io.trading_calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    closures_from_library,
    nyse_calendar,
    table_text,
)

CALENDAR = nyse_calendar()
DAYS = st.dates(date(1985, 1, 1), date(2065, 12, 31))


def test_the_table_is_what_the_library_says_today():
    assert resource("calendars/nyse.json").read_text(encoding="utf-8") == table_text()
    assert set(closures_from_library(range(FIRST_YEAR, LAST_YEAR + 1))) == CALENDAR.closures


def test_trading_days_1990_to_2035_agree_with_a_second_library():
    start, end = date(1990, 1, 1), date(2035, 12, 31)
    other = exchange_calendars.get_calendar("XNYS", start=start.isoformat(), end=end.isoformat())
    assert CALENDAR.between(start, end) == tuple(session.date() for session in other.sessions)


def test_trading_days_1990_to_2035_agree_with_quantlib():
    other = QuantLib.UnitedStates(QuantLib.UnitedStates.NYSE)
    day, end = date(1990, 1, 1), date(2035, 12, 31)
    while day <= end:
        assert CALENDAR.is_trading_day(day) == other.isBusinessDay(
            QuantLib.Date(day.day, day.month, day.year)
        ), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "closed",
    [date(2018, 12, 5), date(2012, 10, 29), date(2001, 9, 11), date(2022, 6, 20), date(2025, 1, 9)],
)
def test_unscheduled_and_new_closures_are_known(closed):
    assert not CALENDAR.is_trading_day(closed)


@given(DAYS, st.integers(1, 300))
def test_the_days_before_a_day_are_counted_back_from_it(day, count):
    window = CALENDAR.last_before(day, count)
    assert len(window) == count
    assert window[-1] < day
    assert window == CALENDAR.between(window[0], day - timedelta(days=1))


@given(DAYS, st.integers(-200, 200))
def test_positions_and_shifts_agree(day, count):
    here = CALENDAR.shifted(day, 0)
    assert here >= day
    assert CALENDAR.position(CALENDAR.shifted(here, count)) == CALENDAR.position(here) + count


@given(DAYS)
def test_a_window_through_a_day_includes_it_if_it_trades(day):
    assert (CALENDAR.last_through(day, 1)[0] == day) == CALENDAR.is_trading_day(day)


def test_a_closure_of_the_user_counts_everywhere():
    closed = CALENDAR.with_closures((date(2019, 3, 7), date(2019, 3, 9)))
    assert not closed.is_trading_day(date(2019, 3, 7))
    assert closed.position(date(2019, 3, 8)) == CALENDAR.position(date(2019, 3, 8)) - 1
    assert closed.shifted(date(2019, 3, 7), 0) == date(2019, 3, 8)


def test_a_day_outside_the_calendar_is_refused_not_guessed():
    with pytest.raises(ValueError, match="outside the trading calendar"):
        CALENDAR.is_trading_day(date(1974, 12, 31))
