"""One case by hand for every floor, rounding and split, with its arithmetic.

Unless a case says otherwise the window is that of the notice of March 15, 2019: the ten closing bids of
March 1 to March 14 are 0.0012 0.0011 0.0013 0.0009 0.0010 0.0009 0.0014 0.0011 0.0012 0.0015.
"""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.issuer import Issuer, Split
from notemodeler.domain.issues import Severity
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import (
    FloorEffect,
    PriceComposition,
    PriceRounding,
    SecondWindow,
    Statistic,
    WindowAnchor,
)
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from tests.engines.price_notes import CALENDAR, HAND, NOTICE, find, note_with, price

LOWEST = {"statistic": Statistic.LOWEST}
"""0.0009 x 65 % = 0.000585."""


def dollars(text):
    return Decimal(text)


# Floors and rounding


@pytest.mark.parametrize(
    ("effect"), [FloorEffect.HOLDER, FloorEffect.ADD_PRINCIPAL, FloorEffect.CASH]
)
def test_a_floor_and_the_price_it_holds_up(effect):
    """0.0009 x 65 % = 0.000585 is held up to 0.0007; what it would have been is kept whoever bears it."""
    finding = find(HAND, floor_price=dollars("0.0007"), floor_effect=effect, **LOWEST)
    assert finding.conversion_price == dollars("0.0007")
    assert finding.unfloored_price == dollars("0.000585")
    assert finding.floor_binds
    assert finding.steps[-1].arithmetic == "greater of $0.000585 and $0.0007: the floor binds"


def test_a_floor_that_does_not_bind():
    finding = find(HAND, floor_price=dollars("0.0001"), **LOWEST)
    assert finding.conversion_price == finding.unfloored_price == dollars("0.000585")
    assert not finding.floor_binds


@pytest.mark.parametrize(
    ("floor", "expected"), [(None, "0.001"), ("0.0008", "0.001"), ("0.0012", "0.0012")]
)
def test_the_floor_at_par_and_a_floor_beside_it(floor, expected):
    """Par is 0.001; beside it the floor of 0.0008 says nothing, that of 0.0012 more."""
    own = None if floor is None else dollars(floor)
    issuer = Issuer(par_price=dollars("0.001"))
    finding = find(HAND, issuer=issuer, floor_price=own, floor_at_par=True, **LOWEST)
    assert finding.conversion_price == dollars(expected)
    assert ("par" in finding.steps[-1].arithmetic) == (expected == "0.001")


@pytest.mark.parametrize(
    ("rounding", "places", "expected"),
    [
        (PriceRounding.NONE, 4, "0.000585"),
        (PriceRounding.DOWN, 4, "0.0005"),
        (PriceRounding.UP, 4, "0.0006"),
        (PriceRounding.HALF_UP, 4, "0.0006"),
        (PriceRounding.HALF_UP, 5, "0.00059"),
        (PriceRounding.DOWN, 5, "0.00058"),
    ],
)
def test_each_rounding(rounding, places, expected):
    """0.000585 to four and to five decimals."""
    terms = {"rounding": rounding, "rounding_places": places}
    assert price(HAND, **terms, **LOWEST) == dollars(expected)


def test_the_price_without_the_floor_is_rounded_too():
    """0.000585 rounds up to 0.0006, and so does the floor's 0.00065 to 0.0007."""
    terms = {"rounding": PriceRounding.UP, "rounding_places": 4, "floor_price": dollars("0.00065")}
    finding = find(HAND, **terms, **LOWEST)
    assert (finding.conversion_price, finding.unfloored_price) == (
        dollars("0.0007"),
        dollars("0.0006"),
    )


def test_a_make_whole_of_nothing_is_refused():
    """0.000585 down to three decimals is nothing: how much principal to add for it cannot be said."""
    terms = {"rounding": PriceRounding.DOWN, "rounding_places": 3, "floor_price": dollars("0.001")}
    held = find(HAND, **terms, **LOWEST)
    assert held.conversion_price == dollars("0.001")
    added = find(HAND, floor_effect=FloorEffect.ADD_PRINCIPAL, **terms, **LOWEST)
    assert added.conversion_price is None
    assert "Without its floor" in added.issues[-1].text


# Splits


def market_with(prices, split, is_split_adjusted=False):
    days = CALENDAR.last_before(NOTICE, len(prices))
    bars = tuple(PriceBar(day, Decimal(each)) for day, each in zip(days, prices, strict=True))
    series = PriceSeries(PriceKind.BID, "", bars, is_split_adjusted)
    return Market((series,), CALENDAR, (split,))


TEN_FOR_ONE = Split(date(2019, 3, 8), 10, 1)
"""A reverse split 1-for-10; the first five days of the window come before it."""
AS_QUOTED = [*HAND[:5], "0.009", "0.014", "0.011", "0.012", "0.015"]


def test_a_window_over_a_reverse_split_is_restated():
    """In shares after the split the bids are ten times HAND: lowest 0.009 (twice), x 65 % = 0.00585."""
    rule = rule_in_time(note_with(**LOWEST), Issuer(), market_with(AS_QUOTED, TEN_FOR_ONE))
    finding = rule.conversion_price_on(NOTICE)
    assert finding.conversion_price == dollars("0.00585")
    assert (finding.qualifying[0].price, finding.qualifying[0].quoted) == (
        dollars("0.009"),
        dollars("0.0009"),
    )
    assert [(issue.severity, issue.text) for issue in finding.issues] == [
        (Severity.NOTE, "Prices before the 1-for-10 reverse split of Mar 8, 2019 are restated.")
    ]
    before = rule.conversion_price_on(date(2019, 3, 7))
    assert before.window[-1].price == dollars("0.0009")


def test_a_series_that_is_adjusted_already_is_restated_backwards():
    """Listed as after the split: 0.012 … 0.010 stand for 0.0012 … 0.0010 on a notice of March 7 over four days."""
    adjusted = [str(Decimal(each) * 10) for each in HAND]
    market = market_with(adjusted, TEN_FOR_ONE, is_split_adjusted=True)
    rule = rule_in_time(note_with(lookback_days=4, **LOWEST), Issuer(), market)
    assert rule.conversion_price_on(NOTICE).conversion_price == dollars("0.00715")
    before = rule.conversion_price_on(date(2019, 3, 7))
    assert before.conversion_price == dollars("0.000585")
    assert "listed as after the 1-for-10 reverse split" in before.issues[0].text


@pytest.mark.parametrize(
    ("terms", "before", "after"),
    [
        ({"composition": PriceComposition.FIXED, "fixed_price": "0.0004"}, "0.0004", "0.004"),
        ({"lookback_days": 4, "floor_price": "0.0008"}, "0.0008", "0.008"),
        ({"lookback_days": 4, "floor_at_par": True}, "0.001", "0.01"),
    ],
)
def test_fixed_price_floor_and_par_are_carried_across_a_split(terms, before, after):
    """Ten old shares in one new: a price of the signing day is ten times as much after it. Par is 0.01 today,
    so it was 0.001.
    """
    terms = {
        key: dollars(each) if isinstance(each, str) and "price" in key else each
        for key, each in terms.items()
    }
    issuer = Issuer(par_price=dollars("0.01"))
    rule = rule_in_time(note_with(**LOWEST | terms), issuer, market_with(AS_QUOTED, TEN_FOR_ONE))
    assert rule.conversion_price_on(date(2019, 3, 7)).conversion_price == dollars(before)
    assert rule.conversion_price_on(date(2019, 3, 8)).conversion_price == dollars(after)


def test_a_trigger_price_is_carried_across_a_split():
    """0.00085 becomes 0.0085 with the split: no bid is below either. The 0.0009 of March 6 is below 0.00095."""
    market = market_with(AS_QUOTED, TEN_FOR_ONE)

    def starts(trigger):
        step = RuleStep(
            StepTrigger.PRICE_FELL, trigger_price=dollars(trigger), multiplier=Decimal("0.5")
        )
        rule = rule_in_time(note_with(steps=(step,), **LOWEST), Issuer(), market)
        return [change.start for change in rule.changes][1:]

    assert starts("0.00085") == []
    assert starts("0.00095") == [date(2019, 3, 7)]


def test_a_second_window_before_signing_is_restated_after_a_split():
    """Signed on March 8, the day of the split: March 6 and 7 at 0.0009 and 0.0010 are 0.009 and 0.010 a new share;
    their mean 0.0095 x 50 % = 0.00475 is below 0.00585.
    """
    two = SecondWindow(
        WindowAnchor.ISSUE, Statistic.MEAN, lookback_days=2, multiplier=Decimal("0.5")
    )
    note = note_with(date(2019, 3, 8), second=two, **LOWEST)
    rule = rule_in_time(note, Issuer(), market_with(AS_QUOTED, TEN_FOR_ONE))
    assert rule.conversion_price_on(NOTICE).conversion_price == dollars("0.00475")
