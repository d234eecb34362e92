"""Windows of many days at once are those of one day at a time."""

import dataclasses
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issuer import Issuer, Split
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRule,
    SecondWindow,
    Statistic,
    WindowAnchor,
)
from notemodeler.domain.rule_steps import RuleStep
from notemodeler.engines.day_windows import Standing, day_windows, listed_days
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from tests.engines.price_notes import note_with

CALENDAR = TradingCalendar(date(2010, 1, 1), date(2030, 12, 31), frozenset({date(2020, 7, 3)}))
DAYS = CALENDAR.between(date(2020, 6, 1), date(2020, 8, 31))


def series_of(prices: list[Decimal | None]) -> PriceSeries:
    return PriceSeries(
        bars=tuple(PriceBar(day, price) for day, price in zip(DAYS, prices, strict=False))
    )


def test_of_equal_lows_the_earliest_qualifies_first():
    series = series_of([Decimal("0.02"), Decimal("0.01"), Decimal("0.01")])
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
    series = series_of(prices)
    market = Market((series,), CALENDAR)
    notices = DAYS[:14]
    found = day_windows(compose(rule), listed_days(market, series, notices), notices)[day]
    assert found.standing is standing
    assert (found.conversion is None) == (standing is not Standing.COMPLETE)


def windows_of(note, market, notices):
    rule = rule_in_time(note, Issuer(par_price=Decimal("0.0020")), market)
    return day_windows(rule, listed_days(market, market.prices[0], notices), notices)


def test_a_day_tells_the_terms_in_force():
    """Signed on June 1; fixed alone through June 8 (7 days); a step to 50 % and five days from June 22.

    The second window ends on May 29, before the first price: it gives no price, and the line before the
    list is 0.
    """
    step = RuleStep(from_date=DAYS[15], multiplier=Decimal("0.5"), lookback_days=5)
    note = note_with(
        DAYS[0], composition=PriceComposition.LESSER_OF, fixed_price=Decimal("0.03"), fixed_for_days=7,
        floor_price=Decimal("0.001"), floor_at_par=True, steps=(step,), lookback_days=4,
        second=SecondWindow(WindowAnchor.ISSUE, lookback_days=2, multiplier=Decimal("0.6")),
    )  # fmt: skip
    market = Market((series_of([Decimal("0.01")] * 40),), CALENDAR)
    alone, plain, stepped = windows_of(note, market, (DAYS[5], DAYS[6], DAYS[15]))
    assert (alone.composition, alone.main, alone.second) == (PriceComposition.FIXED, None, None)
    assert (alone.conversion, alone.multiplier, alone.first_line) == (Decimal("0.03"), None, 0)
    assert (plain.composition, plain.multiplier) == (PriceComposition.LESSER_OF, Decimal("0.65"))
    assert (plain.main.lookback_days, plain.first_line, plain.last_line) == (4, 3, 6)
    assert (plain.second.standing, plain.second.last_line) == (Standing.BEFORE, 0)
    assert (plain.standing, plain.conversion) == (Standing.COMPLETE, None)
    assert (stepped.multiplier, stepped.main.lookback_days) == (Decimal("0.5"), 5)
    assert (stepped.fixed_price, stepped.floor_price) == (Decimal("0.03"), Decimal("0.0020"))


def test_restated_prices_times_the_split_factor_are_in_dollars_of_the_day():
    """Four old shares become one on June 15: $0.01 before is $0.04 after, and today's terms are the latter."""
    market = Market(
        (series_of([Decimal("0.01")] * 10 + [Decimal("0.04")] * 10),), CALENDAR,
        (Split(DAYS[10], 4, 1),),
    )  # fmt: skip
    before, after = windows_of(note_with(DAYS[0], lookback_days=5), market, (DAYS[8], DAYS[12]))
    listed = listed_days(market, market.prices[0], DAYS[:12])
    assert set(listed.restated[:20]) == {Decimal("0.04")}
    assert (before.split_factor, after.split_factor) == (Fraction(1, 4), 1)
    assert (before.reference, after.reference) == (Decimal("0.01"), Decimal("0.04"))
    assert [day.quoted for day in after.qualifying] == [Decimal("0.01")] * 3


def test_a_second_window_after_the_list_is_told():
    note = note_with(date(2021, 6, 1), second=SecondWindow(WindowAnchor.ISSUE))
    market = Market((series_of([Decimal("0.01")] * 40),), CALENDAR)
    (found,) = windows_of(note, market, DAYS[20:21])
    assert found.second.standing is Standing.AFTER
    assert found.second.last_line > 40
