"""The laws that a conversion price obeys whatever its rule: random compositions, steps, floors and splits."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from notemodeler.domain.issuer import Issuer, Split
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import (
    PriceComposition,
    PriceRounding,
    SecondWindow,
    Statistic,
    WindowAnchor,
)
from notemodeler.domain.rule_steps import StepTrigger
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from tests.engines.price_notes import CALENDAR, DAYS, NOTICE, note_with, random_rules
from tests.strategies import nouns

PRICES = st.lists(
    st.integers(1, 90).map(lambda ticks: Decimal(ticks).scaleb(-5)), min_size=30, max_size=30
)
SPLIT_DAY = DAYS[-6]
NEAR = Decimal("1e-40")
UNROUNDED = st.just(PriceRounding.NONE)
LOWS = st.sampled_from([Statistic.LOWEST, Statistic.MEAN_OF_LOWEST])
ORDERLESS = st.sampled_from([each for each in Statistic if each is not Statistic.LAST])
PLAIN = {
    "composition": st.just(PriceComposition.VARIABLE), "second": st.just(SecondWindow()),
    "floor_price": st.none(), "floor_at_par": st.just(False), "rounding": UNROUNDED, "steps": st.just(()),
}  # fmt: skip
AT_NOTICE = nouns(
    SecondWindow, anchor=st.sampled_from([WindowAnchor.NONE, WindowAnchor.NOTICE]), statistic=LOWS,
    lookback_days=st.integers(3, 9), lowest_count=st.integers(1, 3),
)  # fmt: skip


def rules(**parts):
    """Rules that no price triggers, for a trigger is no law of one window."""
    drawn = random_rules(
        **{"lookback_days": st.integers(3, 14), "lowest_count": st.integers(1, 3), **parts}
    )
    return drawn.map(without_price_triggers)


def without_price_triggers(rule):
    by_price = (StepTrigger.PRICE_FELL, StepTrigger.PRICE_LOW)
    return dataclasses.replace(
        rule, steps=tuple(step for step in rule.steps if step.trigger not in by_price)
    )


def find(rule, prices, par="0.00005", splits=(), note=None):
    """For a notice of March 15, 2019, of a note signed on January 29, between the prices."""
    days = CALENDAR.last_through(NOTICE, len(prices))
    bars = tuple(PriceBar(day, price) for day, price in zip(days, prices, strict=True))
    made = note or note_with(DAYS[39])
    made = dataclasses.replace(made, conversion=dataclasses.replace(made.conversion, rule=rule))
    market = Market((PriceSeries(PriceKind.BID, "", bars),), CALENDAR, splits)
    return rule_in_time(made, Issuer(par_price=Decimal(par)), market).conversion_price_on(NOTICE)


def price(rule, prices, **more):
    found = find(rule, prices, **more).conversion_price
    assume(found is not None)
    return found


@given(rules(statistic=ORDERLESS, second=st.just(SecondWindow())), PRICES, st.randoms())
def test_permuting_the_window_leaves_the_price(rule, prices, chance):
    found = find(rule, prices)
    assume(found.conversion_price is not None)
    days = CALENDAR.last_through(NOTICE, len(prices))
    inside = [
        place for place, day in enumerate(days) if day in {each.date for each in found.window}
    ]
    other = list(inside)
    chance.shuffle(other)
    permuted = list(prices)
    for place, taken in zip(inside, other, strict=True):
        permuted[place] = prices[taken]
    assert price(rule, permuted) == found.conversion_price


@given(rules(rounding=UNROUNDED), PRICES, st.sampled_from([2, 5, 10, 1000]))
def test_scaling_every_dollar_scales_the_unrounded_price(rule, prices, factor):
    def scaled(value):
        return None if value is None else value * factor

    dearer = dataclasses.replace(
        rule,
        fixed_price=scaled(rule.fixed_price),
        floor_price=scaled(rule.floor_price),
        steps=tuple(
            dataclasses.replace(step, fixed_price=scaled(step.fixed_price)) for step in rule.steps
        ),
    )
    par = Decimal("0.00005")
    more = price(dearer, [each * factor for each in prices], par=str(par * factor))
    once = Fraction(price(rule, prices, par=str(par)))
    assert abs(Fraction(more) - once * factor) <= Fraction(NEAR)


@given(rules(), PRICES, st.integers(0, 29), st.integers(0, 50))
def test_raising_one_price_never_lowers_the_price(rule, prices, place, ticks):
    higher = [*prices[:place], prices[place] + Decimal(ticks).scaleb(-5), *prices[place + 1 :]]
    assert price(rule, higher) >= price(rule, prices)


@given(rules(statistic=LOWS, second=AT_NOTICE, steps=st.just(())), PRICES, st.integers(1, 9))
def test_a_longer_window_never_raises_the_price_of_the_lowest(rule, prices, more):
    longer = dataclasses.replace(rule, lookback_days=rule.lookback_days + more)
    assert price(longer, prices) <= price(rule, prices)


@given(rules(statistic=LOWS, second=st.just(SecondWindow())), PRICES, st.integers(0, 50))
def test_prices_above_the_lows_do_not_matter(rule, prices, ticks):
    lows = {day.date for day in find(rule, prices).qualifying}
    days = CALENDAR.last_through(NOTICE, len(prices))
    rise = Decimal(ticks).scaleb(-5)
    raised = [each if day in lows else each + rise for day, each in zip(days, prices, strict=True)]
    assert price(rule, raised) == price(rule, prices)


@given(rules(**PLAIN), PRICES)
def test_the_price_lies_between_lowest_and_highest_times_the_multiplier(rule, prices):
    found = find(rule, prices)
    window = [day.price for day in found.window]
    assert min(window) * rule.multiplier - NEAR <= found.conversion_price
    assert found.conversion_price <= max(window) * rule.multiplier + NEAR
    if rule.statistic is not Statistic.LAST:
        mean = sum(map(Fraction, window)) / len(window) * Fraction(rule.multiplier)
        assert Fraction(found.conversion_price) <= mean + Fraction(NEAR)


@given(rules(rounding=UNROUNDED), PRICES)
def test_floors_and_fixed_prices_hold(rule, prices):
    found = price(rule, prices)
    floors = [rule.floor_price, Decimal("0.00005") if rule.floor_at_par else None]
    floor = max((each for each in floors if each is not None), default=Decimal(0))
    assert floor <= found
    fixed = rule.fixed_price
    if any(step.fixed_price is not None for step in rule.steps) or fixed is None:
        return
    if rule.composition is PriceComposition.LESSER_OF:
        assert found <= max(fixed, floor)
    if rule.composition is PriceComposition.GREATER_OF:
        assert found >= fixed
    if rule.composition is PriceComposition.FIXED:
        assert found == max(fixed, floor)


@given(rules(), PRICES, st.sampled_from(["0.2", "0.5"]), st.sampled_from(["0.5", "0.95"]))
def test_a_deeper_discount_never_raises_the_price(rule, prices, low, high):
    deep, shallow = (dataclasses.replace(rule, multiplier=Decimal(each)) for each in (low, high))
    assert price(deep, prices) <= price(shallow, prices)


@given(rules(), PRICES, st.sampled_from(["0", "0.05"]), st.sampled_from(["0.05", "0.3"]))
def test_extra_discounts_never_raise_the_price(rule, prices, few, many):
    def with_points(points):
        steps = tuple(
            dataclasses.replace(step, extra_discount=Decimal(points)) for step in rule.steps
        )
        return dataclasses.replace(rule, steps=steps)

    assert price(with_points(many), prices) <= price(with_points(few), prices)


@given(rules(), st.integers(1, 90))
def test_constant_prices_make_every_statistic_and_window_the_same(rule, ticks):
    constant = Decimal(ticks).scaleb(-5)
    found = find(rule, [constant] * 30)
    assert {found.reference_price, found.second_reference} <= {None, constant}


@settings(max_examples=200)
@given(rules(rounding=UNROUNDED), PRICES, st.integers(1, 12), st.integers(1, 7))
def test_a_split_divides_the_unrounded_price_and_multiplies_the_shares(rule, prices, old, new):
    """To fifty digits: 420 of anything comes out even whatever the split."""
    prices, par = [each * 420 for each in prices], Decimal("0.021")
    before = price(rule, prices, par=str(par))
    days = CALENDAR.last_through(NOTICE, len(prices))
    quoted = [
        each * old / new if day >= SPLIT_DAY else each
        for day, each in zip(days, prices, strict=True)
    ]
    after = price(rule, quoted, par=str(par * old / new), splits=(Split(SPLIT_DAY, old, new),))
    expected = Fraction(before) * old / new
    assert abs(Fraction(after) - expected) <= expected * Fraction(1, 10**45)
    amount = Fraction(130_000)
    more = amount / Fraction(before) * new / old
    assert abs(amount / Fraction(after) - more) <= more * Fraction(1, 10**45)


@given(rules(), PRICES)
def test_the_price_without_its_floor_is_never_above_the_price(rule, prices):
    found = find(rule, prices)
    assume(found.reckoned is not None)
    assert found.unfloored_price <= found.conversion_price
    if not found.floor_binds:
        assert found.unfloored_price == found.conversion_price
