"""A rule through time: when it changes, what it keeps, and what it would give at another price."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.issuer import Issuer, Split, StatusEvent, StatusKind
from notemodeler.domain.rule import PriceComposition, SecondWindow, Statistic, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.daily_prices import daily_prices
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.pricing.rule_in_time import rule_in_time, unchanging
from tests.engines.price_notes import HAND, NOTICE, market, note_with, rule_on

CHILL = RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1"))


def event(first, last):
    return StatusEvent(StatusKind.DTC_CHILL, date(2019, 3, first), last and date(2019, 3, last))


def starts(rule):
    return [change.start for change in rule.changes][1:]


def test_a_plain_rule_never_changes():
    rule = rule_on(HAND, splits=(Split(date(2019, 3, 8), 10, 1),))
    assert len(rule.changes) == 1
    assert rule.change_on(NOTICE).reasons == ()


def test_overlapping_times_of_one_trigger_are_one_time():
    """A chill of March 4 to 8 and one of March 6 to 12: from the 4th through the 12th, never twice."""
    issuer = Issuer(status_events=(event(4, 8), event(6, 12)))
    rule = rule_on(HAND, issuer=issuer, steps=(CHILL,))
    points = {
        day: rule.on(date(2019, 3, day)).main.multiplier.points for day in (3, 4, 7, 9, 12, 13)
    }
    tenth = Decimal("0.1")
    assert points == {3: 0, 4: tenth, 7: tenth, 9: tenth, 12: tenth, 13: 0}


def test_a_time_that_ends_before_it_begins_is_none():
    assert starts(rule_on(HAND, issuer=Issuer(status_events=(event(8, 4),)), steps=(CHILL,))) == []


def test_equal_compositions_are_one_object():
    issuer = Issuer(status_events=(event(4, 5), event(8, 11)))
    rule = rule_on(HAND, issuer=issuer, steps=(CHILL,))
    assert len(rule.changes) == 5
    assert len({id(change.composition) for change in rule.changes}) == 2


def test_the_reasons_name_what_is_in_force():
    rule = rule_on(
        HAND, issuer=Issuer(status_events=(event(4, 8),)), steps=(CHILL,),
        composition=PriceComposition.LESSER_OF, fixed_price=Decimal("0.01"),
        issued=date(2019, 3, 1), fixed_for_days=5, splits=(Split(date(2019, 3, 7), 1, 3),),
    )  # fmt: skip
    chill = (
        "While the shares are subject to a DTC chill, from Mar 4, 2019 until Mar 8, 2019, 10 percentage points "
        "are taken off the multiplier."
    )
    alone = "Until Mar 6, 2019, five days after issue, the fixed price counts alone."
    split = "Prices that the note states are carried across the 3-for-1 split of Mar 7, 2019."
    assert rule.change_on(date(2019, 3, 2)).reasons == (alone,)
    assert rule.change_on(date(2019, 3, 6)).reasons == (alone, chill)
    assert rule.change_on(date(2019, 3, 8)).reasons == (chill, split)
    assert rule.change_on(date(2019, 3, 9)).reasons == (split,)


def test_a_day_is_priced_once():
    rule = rule_on(HAND)
    assert rule.conversion_price_on(NOTICE) is rule.conversion_price_on(NOTICE)


def test_no_series_is_hashed_or_compared():
    """Two markets of equal prices are two markets, and a rule can be the key of a cache."""
    assert market(HAND) != market(HAND)
    assert len({rule_on(HAND), rule_on(HAND)}) == 2


def test_a_flat_price_in_place_of_the_window():
    """At 0.002 flat: 65 % = 0.0013; the second window keeps the mean of March 5 and 6, 0.0011 x 50 % = 0.00055."""
    second = SecondWindow(
        WindowAnchor.ISSUE, Statistic.MEAN, lookback_days=2, multiplier=Decimal("0.5")
    )
    flat = Decimal("0.002")
    assert rule_on(HAND).price_if_flat(NOTICE, flat).price == Decimal("0.0013")
    both = rule_on(HAND, issued=date(2019, 3, 7), second=second)
    assert both.price_if_flat(NOTICE, flat).price == Decimal("0.00055")
    early = rule_on(HAND, issued=date(2019, 3, 1), second=second)
    assert early.price_if_flat(NOTICE, flat) is None
    assert rule_on(HAND, floor_at_par=True).price_if_flat(NOTICE, flat) is None


def test_a_composition_alone_is_a_rule_that_never_changes():
    note, prices = note_with(), market(HAND)
    alone = unchanging(compose(note.conversion.rule), prices)
    in_time = rule_in_time(note, Issuer(), prices)
    assert alone.recite() == in_time.recite()
    assert alone.series is in_time.series
    days = (NOTICE,)
    found = daily_prices(compose(note.conversion.rule), prices, days)
    assert found.conversion == daily_prices(in_time, prices, days).conversion


def test_no_days_and_no_prices_have_no_prices():
    fixed = {"composition": PriceComposition.FIXED, "fixed_price": Decimal("0.01")}
    rule = rule_on([], **fixed)
    assert daily_prices(rule, rule.market, (NOTICE,)).conversion.tolist() == [0.01]
    assert len(daily_prices(rule, rule.market, ()).conversion) == 0
    assert len(daily_prices(rule_on(HAND), market(HAND), ()).conversion) == 0
