"""One case by hand for every trigger and every step of a price rule, with its arithmetic.

Unless a case says otherwise the window is that of the notice of March 15, 2019: the ten closing bids of
March 1 to March 14 are 0.0012 0.0011 0.0013 0.0009 0.0010 0.0009 0.0014 0.0011 0.0012 0.0015.
"""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.issuer import Issuer, StatusEvent, StatusKind
from notemodeler.domain.rule import (
    PriceComposition,
    SecondWindow,
    Statistic,
    WindowAnchor,
    WindowEnd,
)
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from tests.engines.price_notes import CALENDAR, HAND, NOTICE, find, price, rule_on

LOWEST = {"statistic": Statistic.LOWEST}
"""0.0009 x 65 % = 0.000585."""


def dollars(text):
    return Decimal(text)


def labels(finding):
    return [step.label for step in finding.steps]


def second(**terms):
    return SecondWindow(**{"anchor": WindowAnchor.NOTICE, **terms})


@pytest.mark.parametrize(
    ("since", "expected"), [("2019-03-15", "0.00045"), ("2019-03-16", "0.000585")]
)
def test_a_step_from_a_date(since, expected):
    """0.0009 x 50 % = 0.00045 from the date on, x 65 % before."""
    step = RuleStep(from_date=date.fromisoformat(since), multiplier=Decimal("0.5"))
    assert price(HAND, steps=(step,), **LOWEST) == dollars(expected)


@pytest.mark.parametrize(("default", "expected"), [("2019-03-15", "0.00045"), (None, "0.000585")])
def test_a_step_on_default(default, expected):
    """0.0009 x 50 % = 0.00045 from the day of the default, x 65 % without one."""
    step = RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.5"))
    day = date.fromisoformat(default) if default else None
    finding = find(HAND, default_date=day, steps=(step,), **LOWEST)
    assert finding.conversion_price == dollars(expected)
    assert [issue.text for issue in finding.issues] == [
        f"Since the default on Mar {day:%d}, 2019, the multiplier is 50 % instead of 65 %." for day in [day] if day
    ]  # fmt: skip


def test_a_step_to_a_longer_look_back_and_another_fixed_price():
    """Five days: lowest 0.0009 → 0.000585; with the step ten days of which 0.0005 is the lowest: 0.000325, and the
    fixed price falls from 0.0010 to 0.0003, which is less.
    """
    prices = ["0.0005", *HAND[1:]]
    terms = {
        "composition": PriceComposition.LESSER_OF, "fixed_price": dollars("0.001"), "lookback_days": 5, **LOWEST
    }  # fmt: skip
    longer = RuleStep(from_date=NOTICE, lookback_days=10)
    lower = RuleStep(from_date=NOTICE, fixed_price=dollars("0.0003"))
    assert price(prices, **terms) == dollars("0.000585")
    assert price(prices, steps=(longer,), **terms) == dollars("0.000325")
    assert price(prices, steps=(longer, lower), **terms) == dollars("0.0003")


CHILL = RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.10"))
DEPOSIT = RuleStep(StepTrigger.NO_DEPOSIT, extra_discount=Decimal("0.05"))


def standing(*kinds, until=None):
    return Issuer(status_events=tuple(StatusEvent(kind, date(2019, 3, 1), until) for kind in kinds))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "0.000585"),
        ((StatusKind.DTC_CHILL,), "0.000495"),
        ((StatusKind.NO_DEPOSIT,), "0.00054"),
        ((StatusKind.DTC_CHILL, StatusKind.NO_DEPOSIT), "0.00045"),
        ((StatusKind.NOT_LISTED, StatusKind.LATE_REPORTS), "0.000585"),
    ],
)
def test_chill_and_refused_deposit_take_points_off(kinds, expected):
    """0.0009 x 65 %; chill 65 - 10 = 55 %; deposit 65 - 5 = 60 %; both 65 - 15 = 50 %."""
    issuer = standing(*kinds)
    assert price(HAND, issuer=issuer, steps=(CHILL, DEPOSIT), **LOWEST) == dollars(expected)


@pytest.mark.parametrize(
    ("trigger", "kind"),
    [
        (StepTrigger.NOT_LISTED, StatusKind.NOT_LISTED),
        (StepTrigger.LATE_REPORTS, StatusKind.LATE_REPORTS),
    ],
)
def test_not_quoted_and_late_reports_step_too(trigger, kind):
    """0.0009 x (65 - 20) % = 0.000405."""
    step = RuleStep(trigger, extra_discount=Decimal("0.2"))
    assert price(HAND, issuer=standing(kind), steps=(step,), **LOWEST) == dollars("0.000405")


@pytest.mark.parametrize(
    ("until", "expected"), [("2019-03-15", "0.000495"), ("2019-03-14", "0.000585")]
)
def test_a_chill_lasts_through_its_last_day(until, expected):
    """55 % of 0.0009 on the last day of the chill, 65 % the day after."""
    issuer = standing(StatusKind.DTC_CHILL, until=date.fromisoformat(until))
    assert price(HAND, issuer=issuer, steps=(CHILL,), **LOWEST) == dollars(expected)


def test_points_come_off_both_windows_and_are_explained():
    """Main 0.0009 x (65 - 10) % = 0.000495; second 0.0011 x (50 - 10) % = 0.00044, the lesser."""
    two = second(lookback_days=3, multiplier=Decimal("0.5"))
    finding = find(
        HAND, issuer=standing(StatusKind.DTC_CHILL), steps=(CHILL,), second=two, **LOWEST
    )
    assert finding.conversion_price == dollars("0.00044")
    assert finding.steps[1].arithmetic == "$0.0009 × (65 % − 10 %)"
    assert labels(finding)[2:] == [
        "Second window: reference price", "Second window: less 60 % discount", "Lesser of two windows"
    ]  # fmt: skip


def test_a_new_multiplier_does_not_touch_the_second_window():
    """Main 0.0009 x 80 % = 0.00072; second 0.0011 x 60 % = 0.00066, as it was."""
    step = RuleStep(from_date=NOTICE, multiplier=Decimal("0.8"))
    two = second(lookback_days=3, multiplier=Decimal("0.6"))
    assert price(HAND, steps=(step,), second=two, **LOWEST) == dollars("0.00066")


def test_points_never_take_the_multiplier_below_one_per_cent():
    """65 - 70 points leave 1 %: 0.0009 x 1 % = 0.000009."""
    step = RuleStep(from_date=NOTICE, extra_discount=Decimal("0.70"))
    assert price(HAND, steps=(step,), **LOWEST) == dollars("0.000009")


@pytest.mark.parametrize(
    ("notice", "trigger", "expected"),
    [
        (date(2019, 3, 6), "0.0010", "0.0011"),
        (date(2019, 3, 7), "0.0010", "0.00045"),
        (NOTICE, "0.0010", "0.00045"),
        (NOTICE, "0.0009", "0.000585"),
    ],
)
def test_once_the_price_was_below_a_trigger(notice, trigger, expected):
    """The bid of March 6, 0.0009, is the first below 0.0010: from March 7 on 50 % for good.

    It is not below 0.0009. On March 6 the window of three days is 0.0012 0.0011 0.0013; 100 % of 0.0011.
    """
    step = RuleStep(
        StepTrigger.PRICE_FELL, trigger_price=dollars(trigger), multiplier=Decimal("0.5")
    )
    terms = {"steps": (step,), **LOWEST}
    if notice < date(2019, 3, 7):
        terms |= {"lookback_days": 3, "multiplier": Decimal(1)}
    if notice == date(2019, 3, 7):
        terms |= {"lookback_days": 3}
    assert price(HAND, notice, **terms) == dollars(expected)


def test_a_price_below_the_trigger_before_the_note_was_signed_does_not_count():
    """Signed on March 7: the 0.0009 of March 6 came before, that of March 8 comes after; from March 11 on 50 %."""
    step = RuleStep(
        StepTrigger.PRICE_FELL, trigger_price=dollars("0.0010"), multiplier=Decimal("0.5")
    )
    rule = rule_on(HAND, issued=date(2019, 3, 7), steps=(step,), **LOWEST)
    starts = [change.start for change in rule.changes]
    assert starts[1:] == [date(2019, 3, 11)]


@pytest.mark.parametrize(
    ("end", "days"),
    [(WindowEnd.DAY_BEFORE, [7, 11]), (WindowEnd.NOTICE_DAY, [6, 8])],
)
def test_while_the_price_is_below_a_trigger(end, days):
    """Below 0.0010 are the bids of March 6 and March 8 (a Friday). They are the last known before the notices of
    March 7 and March 11, and those of their own days where the notice day counts.
    """
    step = RuleStep(
        StepTrigger.PRICE_LOW, trigger_price=dollars("0.0010"), multiplier=Decimal("0.5")
    )
    rule = rule_on(HAND, steps=(step,), window_end=end)
    trading = CALENDAR.between(date(2019, 3, 4), date(2019, 3, 14))
    low = [day.day for day in trading if rule.on(day).main.multiplier.fraction == Decimal("0.5")]
    assert low == days


def test_a_gap_does_not_end_a_low_price():
    """0.0009 on March 6, nobody on March 7: the notice of March 8 still finds 0.0009 the last known."""
    step = RuleStep(
        StepTrigger.PRICE_LOW, trigger_price=dollars("0.0010"), multiplier=Decimal("0.5")
    )
    rule = rule_on([*HAND[:4], None, *HAND[5:]], steps=(step,))
    assert rule.on(date(2019, 3, 8)).main.multiplier.fraction == Decimal("0.5")
    assert rule.change_on(date(2019, 3, 8)).reasons == (
        "While the closing bid price is below $0.0010, since Mar 6, 2019, the multiplier is 50 % instead of 65 %.",
    )


def test_rows_in_force_apply_in_their_order():
    """50 %, then 40 % by the later row; the points of both come off: 40 - 5 - 5 = 30 % of 0.0009 = 0.00027."""
    steps = (
        RuleStep(from_date=NOTICE, multiplier=Decimal("0.5"), extra_discount=Decimal("0.05")),
        RuleStep(
            from_date=date(2019, 3, 1), multiplier=Decimal("0.4"), extra_discount=Decimal("0.05")
        ),
    )
    assert price(HAND, steps=steps, **LOWEST) == dollars("0.00027")
