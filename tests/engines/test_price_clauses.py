"""The price clause in words, sentence by sentence, and what is wrong or odd in its terms."""

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
from tests.engines.price_notes import CALENDAR, HAND, rule_on

LESSER, GREATER = PriceComposition.LESSER_OF, PriceComposition.GREATER_OF
HALF, FIXED = Decimal("0.5"), Decimal("0.005")
LOWEST = {"statistic": Statistic.LOWEST}
MAIN = (
    "65 % of the lowest closing bid price during the ten trading days ending on the last complete trading day "
    "before the notice of conversion"
)
SECOND = (
    "50 % of the average of all closing bid prices during the one trading day ending on the last complete "
    "trading day before the {}"
)
AT_ISSUE = SecondWindow(WindowAnchor.ISSUE, Statistic.MEAN, lookback_days=1, multiplier=HALF)
AT_NOTICE = SecondWindow(WindowAnchor.NOTICE, Statistic.MEAN, lookback_days=1, multiplier=HALF)
PAR = Issuer(par_price=Decimal("0.001"))


@pytest.mark.parametrize(
    ("terms", "clause"),
    [
        ({"composition": PriceComposition.FIXED, "fixed_price": FIXED}, "$0.0050"),
        ({"composition": LESSER, "fixed_price": FIXED}, f"the lesser of $0.0050 and {MAIN}"),
        ({"composition": GREATER, "fixed_price": FIXED}, f"the greater of $0.0050 and {MAIN}"),
        (
            {"second": AT_NOTICE},
            f"the lesser of (i) {MAIN} and (ii) {SECOND.format('notice of conversion')}",
        ),
        (
            {"composition": LESSER, "fixed_price": FIXED, "second": AT_ISSUE},
            f"the lowest of (i) $0.0050, (ii) {MAIN} and (iii) {SECOND.format('date of the note')}",
        ),
        (
            {"composition": GREATER, "fixed_price": FIXED, "second": AT_ISSUE},
            f"the greater of (i) $0.0050 and (ii) the lesser of (A) {MAIN} and (B) "
            f"{SECOND.format('date of the note')}",
        ),
        ({"composition": LESSER}, f"the lesser of a fixed price and {MAIN}"),
        ({"floor_at_par": True}, f"{MAIN}, but not less than the par value of $0.0010 a share"),
        (
            {"floor_at_par": True, "floor_price": Decimal("0.0002"), "rounding": PriceRounding.UP},
            f"{MAIN}, but not less than the greater of $0.0002 and the par value of $0.0010 a share, rounded up "
            "to four decimals",
        ),
    ],
)
def test_the_main_clause(terms, clause):
    assert rule_on(HAND, issuer=PAR, **LOWEST, **terms).recite() == clause


def sentences(**terms):
    """What follows the main clause."""
    return (
        rule_on(HAND, issuer=PAR, issued=date(2018, 8, 1), **LOWEST, **terms)
        .recite()
        .split(". ")[1:]
    )


def test_a_time_of_a_fixed_price_alone():
    assert sentences(composition=LESSER, fixed_price=FIXED, fixed_for_days=180) == [
        "Until January 28, 2019, 180 days after the date of the note, the conversion price is $0.0050 alone"
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            RuleStep(from_date=date(2019, 3, 1), multiplier=HALF, lookback_days=20),
            "From March 1, 2019, the multiplier is 50 % instead of 65 % and the look-back is twenty trading days "
            "instead of ten",
        ),
        (
            RuleStep(StepTrigger.ON_DEFAULT, fixed_price=Decimal("0.001")),
            "From the day of an event of default, the fixed price is $0.0010 instead of $0.0050",
        ),
        (
            RuleStep(StepTrigger.PRICE_FELL, trigger_price=Decimal("0.01"), multiplier=HALF),
            "From the trading day after a closing bid price first falls below $0.0100, the multiplier is 50 % "
            "instead of 65 %",
        ),
        (
            RuleStep(StepTrigger.PRICE_LOW, trigger_price=Decimal("0.01"), extra_discount=Decimal("0.01")),
            "For a notice given while the last closing bid price is below $0.0100, 1 percentage point is taken "
            "off the multiplier",
        ),
        (
            RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1")),
            "While the shares are subject to a DTC chill, 10 percentage points are taken off the multiplier",
        ),
        (
            RuleStep(StepTrigger.NO_DEPOSIT, extra_discount=Decimal("0.05")),
            "While the shares are not accepted for deposit, 5 percentage points are taken off the multiplier",
        ),
        (
            RuleStep(StepTrigger.NOT_LISTED, multiplier=HALF),
            "While the shares are not quoted, the multiplier is 50 % instead of 65 %",
        ),
        (
            RuleStep(StepTrigger.LATE_REPORTS, multiplier=HALF),
            "While the company is late with its reports, the multiplier is 50 % instead of 65 %",
        ),
    ],
)  # fmt: skip
def test_each_step(step, sentence):
    assert sentences(composition=LESSER, fixed_price=FIXED, steps=(step,)) == [sentence]


def test_points_off_two_windows():
    step = RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1"))
    assert sentences(second=AT_NOTICE, steps=(step,)) == [
        "While the shares are subject to a DTC chill, 10 percentage points are taken off both multipliers"
    ]


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (FloorEffect.HOLDER, []),
        (
            FloorEffect.ADD_PRINCIPAL,
            ["If the price would otherwise be lower, the holder converts at that floor, and so much principal is "
             "added and converted with it that the number of shares is that of the lower price"],
        ),
        (
            FloorEffect.CASH,
            ["If the price would otherwise be lower, the company pays the holder the value of the shares that the "
             "floor withholds in cash"],
        ),
    ],
)  # fmt: skip
def test_who_bears_the_floor(effect, said):
    assert sentences(floor_price=Decimal("0.001"), floor_effect=effect) == said


def test_dollars_that_splits_have_carried():
    splits = (Split(date(2019, 3, 8), 10, 1),)
    assert sentences(floor_price=Decimal("0.001"), splits=splits) == [
        "Prices stated here are those of August 1, 2018 and are adjusted for splits since"
    ]
    assert sentences(splits=splits) == []


def issues(**terms):
    return [(issue.severity, issue.text) for issue in rule_on(HAND, **LOWEST, **terms).check()]


def error(text):
    return [(Severity.ERROR, text)]


def warning(text):
    return [(Severity.WARNING, text)]


@pytest.mark.parametrize("composition", [PriceComposition.FIXED, LESSER, GREATER])
def test_a_composition_that_lacks_its_fixed_price(composition):
    said = f"The price is “{composition.label}”, but no fixed price is given."
    assert issues(composition=composition) == error(said)
    assert (
        rule_on(HAND, composition=composition).conversion_price_on(date(2019, 3, 15)).reckoned
        is None
    )


def test_a_floor_over_the_fixed_price():
    terms = {"fixed_price": FIXED, "floor_price": Decimal("0.006")}
    assert issues(composition=LESSER, **terms) == error(
        "The floor is above the fixed price: no price can meet both."
    )
    assert issues(composition=GREATER, **terms) == []
    assert issues(composition=PriceComposition.VARIABLE, **terms) == []


def test_par_over_the_fixed_price():
    terms = {"composition": LESSER, "fixed_price": Decimal("0.0005"), "floor_at_par": True}
    assert issues(issuer=PAR, **terms) == warning(
        "Par is above the fixed price: the holder always converts at par."
    )


def test_a_floor_at_par_without_a_par_value():
    assert issues(floor_at_par=True) == error(
        "The price may not fall below par, but the par value of a share is not given."
    )


def test_more_lows_than_days_in_either_window():
    two = SecondWindow(
        WindowAnchor.NOTICE, Statistic.MEAN_OF_LOWEST, lowest_count=3, lookback_days=2
    )
    (issue,) = rule_on(HAND, second=two).check()
    assert issue.text == "The rule averages three prices, but the look-back has only two days."
    assert issue.fields == ("note.conversion.rule.second.lowest_count",)


def test_a_step_that_leaves_too_short_a_window_is_told_with_its_day():
    step = RuleStep(from_date=date(2019, 3, 1), lookback_days=2)
    found = rule_on(HAND, steps=(step,), statistic=Statistic.MEAN_OF_LOWEST, lowest_count=3).check()
    assert [issue.text for issue in found] == [
        "For notices from Mar 1, 2019: The rule averages three prices, but the look-back has only two days."
    ]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            RuleStep(multiplier=HALF),
            "Step 1 holds from a date, but gives no date: it never comes about.",
        ),
        (
            RuleStep(StepTrigger.PRICE_FELL, multiplier=HALF),
            "Step 1 holds once the price was below, but gives no price: it never comes about.",
        ),
        (
            RuleStep(StepTrigger.PRICE_LOW, multiplier=HALF),
            "Step 1 holds while the price is below, but gives no price: it never comes about.",
        ),
        (RuleStep(StepTrigger.ON_DEFAULT), "Step 1 changes nothing."),
        (
            RuleStep(StepTrigger.ON_DEFAULT, fixed_price=FIXED),
            "Step 1 changes the fixed price, but the rule has none.",
        ),
        (
            RuleStep(StepTrigger.ON_DEFAULT, extra_discount=Decimal("0.65")),
            "All extra discounts at once leave a multiplier below 1 %; it stays at 1 %.",
        ),
    ],
)
def test_odd_steps(step, said):
    assert issues(steps=(step,)) == warning(said)


def test_a_step_of_the_variable_price_where_the_price_is_fixed():
    step = RuleStep(StepTrigger.ON_DEFAULT, multiplier=HALF)
    fixed = {"composition": PriceComposition.FIXED, "fixed_price": FIXED}
    assert issues(steps=(step,), **fixed) == warning(
        "Step 1 changes the variable price, but the price is fixed."
    )
    assert issues(fixed_for_days=180, **fixed) == warning(
        "The fixed price counts alone at all times: a time for it says nothing."
    )


def test_dated_steps_that_overrule_each_other():
    late = RuleStep(from_date=date(2019, 3, 4), multiplier=HALF)
    early = RuleStep(from_date=date(2019, 3, 1), multiplier=Decimal("0.6"))
    assert issues(steps=(late, early)) == warning(
        "Step 2 overrules what step 1 says of the multiplier, from its first day on: put rows in the order of "
        "their dates."
    )
    assert issues(steps=(early, late)) == []


def market_issues(prices, split, is_split_adjusted=False):
    days = CALENDAR.last_before(date(2019, 3, 15), len(prices))
    bars = tuple(PriceBar(day, Decimal(each)) for day, each in zip(days, prices, strict=True))
    series = PriceSeries(PriceKind.BID, "", bars, is_split_adjusted)
    return [issue.text for issue in Market((series,), CALENDAR, (split,)).issues]


@pytest.mark.parametrize(
    ("prices", "is_adjusted", "said"),
    [
        (
            ["0.01", "0.01", "0.011"],
            False,
            ["said to be as quoted on their day", "look adjusted already"],
        ),
        (["0.01", "0.01", "0.10"], True, ["said to be adjusted for splits", "look as quoted"]),
        (["0.01", "0.01", "0.09"], False, []),
        (["0.01", "0.01", "0.012"], True, []),
    ],
)
def test_prices_that_do_not_bear_out_a_split(prices, is_adjusted, said):
    """A jump of ten between March 13 and 14 belongs to prices as quoted, none to adjusted ones."""
    found = market_issues(prices, Split(date(2019, 3, 14), 10, 1), is_adjusted)
    assert all(words in found[0] for words in said)
    assert len(found) == (1 if said else 0)


def test_a_split_that_changes_nothing():
    assert market_issues(["0.01"], Split(date(2019, 3, 14), 3, 3)) == [
        "The 3-for-3 split of Mar 14, 2019 changes nothing."
    ]
