import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import Split
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.valuation import RatePoint, Valuation
from notemodeler.engines.market import Market
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.black_scholes import call_value, preparers_value
from notemodeler.engines.valuation.rates import Credit, credit_of, risk_free_rate
from notemodeler.engines.valuation.volatility import historical_volatility
from notemodeler.io.trading_calendar import nyse_calendar

WEEK = [date(2024, 1, day) for day in (8, 9, 10, 11, 12)]


def market_of(prices, splits=()):
    bars = tuple(PriceBar(day, price) for day, price in zip(WEEK, prices, strict=True))
    series = PriceSeries(bars=bars)
    return Market((series,), nyse_calendar(), splits), series


def volatility(prices, count=250, on=WEEK[-1], splits=(), year_days=252):
    market, series = market_of([None if p is None else Decimal(p) for p in prices], splits)
    return historical_volatility(market, series, on, count, year_days)


def test_the_volatility_is_the_sample_deviation_of_log_returns_annualised():
    logs = [math.log(2), math.log(0.5), math.log(3), math.log(2)]
    mean = sum(logs) / 4
    expected = math.sqrt(sum((each - mean) ** 2 for each in logs) / 3) * math.sqrt(252)
    found = volatility(["1", "2", "1", "3", "6"])
    assert found.yearly == pytest.approx(expected, rel=1e-12)
    assert (found.returns, found.first, found.last) == (4, WEEK[0], WEEK[-1])
    assert "√252" in found.words


def test_only_the_latest_returns_count_and_nothing_after_the_day():
    last_two = volatility(["9", "2", "1", "3", "6"], count=2)
    assert last_two.yearly == pytest.approx(volatility(["5", "7", "1", "3", "6"], count=2).yearly)
    early = volatility(["1", "2", "1", "3", "99"], on=WEEK[3])
    assert early.yearly == pytest.approx(volatility(["1", "2", "1", "3", None]).yearly)


def test_a_return_over_a_missing_day_counts_as_one_return_of_two_days():
    found = volatility(["1", "2", None, "1", "3"])
    logs, days = [math.log(2), math.log(0.5), math.log(3)], [1, 2, 1]
    mean = math.log(3) / 4
    squares = sum((each - mean * over) ** 2 / over for each, over in zip(logs, days, strict=True))
    assert found.yearly == pytest.approx(math.sqrt(squares / 2 * 252), rel=1e-12)


def test_a_split_makes_no_return():
    split = (Split(WEEK[2], 10, 1),)
    found = volatility(["1", "2", "10", "30", "60"], splits=split)
    assert found.yearly == pytest.approx(volatility(["1", "2", "1", "3", "6"]).yearly)


def test_too_few_prices_and_prices_that_never_move_have_no_volatility():
    assert volatility(["1", "2", None, None, None]) is None
    assert volatility(["1", "1", "1", "1", "1"]) is None


def test_the_risk_free_rate_runs_straight_between_terms_and_stays_outside():
    points = (RatePoint(365, Decimal("0.03")), RatePoint(91, Decimal("0.01")))
    assert risk_free_rate(points, 30) == 0.01
    assert risk_free_rate(points, 228) == pytest.approx(0.02)
    assert risk_free_rate(points, 3650) == 0.03
    assert risk_free_rate((), 100) == 0.0


def test_the_hazard_rate_is_the_spread_over_what_is_lost():
    inputs = Valuation(credit_spread=Decimal("0.3"), recovery_rate=Decimal("0.4"))
    assert credit_of(inputs).hazard == pytest.approx(0.5)
    assert credit_of(replace(inputs, hazard_rate=Decimal("0.2"))).hazard == 0.2


def test_what_is_kept_and_recovered_of_a_promise():
    credit = Credit(0.5, 0.4)
    assert credit.kept(0.02, 365) == pytest.approx(math.exp(-0.52))
    assert credit.recovered(0.02, 365) == pytest.approx(
        0.4 * (1 - math.exp(-0.5)) * math.exp(-0.02)
    )
    stated = Credit(0.5, 0.4, 0.15)
    assert stated.kept(0.02, 365) == pytest.approx(math.exp(-0.15))
    assert stated.recovered(0.02, 365) == 0.0


def test_the_call_is_that_of_the_textbook():
    """Hull, Options, Futures, and Other Derivatives: S 42, K 40, r 10 %, 20 %, half a year: 4.76."""
    assert call_value(42, 40, 0.2, 0.5, 0.1) == pytest.approx(4.76, abs=0.005)
    assert call_value(42, 40, 0.2, 0.0, 0.1) == 2.0


PUBLISHED = 27056
"""A report's $32,500 at $0.00198, share $0.0029, 241 %, 0.27 years, 0.03 %."""


def reported(volatility=2.41, years=0.27, share_price=0.0029, conversion_price=0.00198):
    return preparers_value(32500.0, conversion_price, share_price, volatility, years, 0.0003)


def test_the_published_value_of_a_conversion_right_lies_in_the_rounding_of_each_of_its_inputs():
    """The inputs as printed give $17 more; half a last place of any one of them is more than that."""
    assert reported() == pytest.approx(27072.64, abs=0.01)
    assert reported(volatility=2.405) < PUBLISHED < reported(volatility=2.41)
    assert reported(years=0.265) < PUBLISHED < reported(years=0.27)
    assert reported(share_price=0.00285) < PUBLISHED < reported(share_price=0.0029)
    assert reported(conversion_price=0.001985) < PUBLISHED < reported(conversion_price=0.00198)


def test_ninety_seven_days_of_a_banker_year_print_as_the_published_time_and_meet_the_value():
    """97/360 prints as 0.27 and comes to within a dollar; no count of days over 365 does."""
    assert reported(years=97 / 360) == pytest.approx(PUBLISHED, abs=1)
    assert round(97 / 360, 2) == 0.27
    over_365 = [
        reported(years=days / 365) for days in range(97, 101) if round(days / 365, 2) == 0.27
    ]
    assert min(abs(value - PUBLISHED) for value in over_365) > 20


def test_nothing_known_later_is_in_the_document_as_of_a_day():
    project = ascent_project()
    day = date(2019, 2, 28)
    early = as_of(project, day)
    assert early.prices[0].bars[-1].date <= day
    assert as_of(project, date(2030, 1, 1)) is project
    assert as_of(early, day) is early


def test_a_default_that_came_later_is_not_known():
    project = ascent_project()
    note = project.notes[0]
    default = replace(note.default, default_date=date(2019, 5, 1))
    project = project.with_note(replace(note, default=default))
    assert as_of(project, date(2019, 4, 30)).notes[0].default.default_date is None
    assert as_of(project, date(2019, 5, 1)).notes[0].default.default_date == date(2019, 5, 1)
