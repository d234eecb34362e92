"""The price rule: hand cases for every part, and the laws that hold for any window."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.issues import Severity
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    PriceRule,
    Statistic,
    WindowEnd,
)
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import compose
from tests.engines.price_notes import CALENDAR, HAND, NOTICE, market

PRICES = st.lists(st.decimals("0.0001", "5", places=4), min_size=10, max_size=10)


def find(prices, notice=NOTICE, **rule):
    return compose(dataclasses.replace(PriceRule(), **rule)).conversion_price_on(
        notice, market(prices, notice)
    )


def price(prices, **rule):
    return find(prices, **rule).conversion_price


def errors(finding):
    return [issue for issue in finding.issues if issue.severity is Severity.ERROR]


def test_the_seed_by_hand():
    """Lows 0.0009, 0.0009, 0.0010: mean 0.00093333…, times 65 % = 0.00060666…"""
    finding = find(HAND)
    assert finding.reference_price == pytest.approx(Decimal("0.0028") / 3, rel=Decimal("1e-45"))
    assert finding.conversion_price == pytest.approx(Decimal("0.00182") / 3, rel=Decimal("1e-45"))
    assert [day.date.day for day in finding.qualifying] == [6, 7, 8]
    assert len(finding.window) == 10
    assert (finding.window[0].date, finding.window[-1].date) == (
        date(2019, 3, 1),
        date(2019, 3, 14),
    )


def test_of_equal_prices_the_earliest_qualify():
    finding = find(["0.002"] * 10)
    assert [day.date for day in finding.qualifying] == [day.date for day in finding.window[:3]]


@pytest.mark.parametrize(
    ("statistic", "reference"),
    [
        (Statistic.LOWEST, "0.0009"),
        (Statistic.LAST, "0.0015"),
        (Statistic.MEAN, "0.00116"),
    ],
)
def test_statistics_by_hand(statistic, reference):
    assert find(HAND, statistic=statistic).reference_price == Decimal(reference)


def test_a_window_on_the_notice_day_ends_there():
    """With the notice of March 14 the day itself counts, so the same ten days are looked at."""
    rule = dataclasses.replace(
        PriceRule(), window_end=WindowEnd.NOTICE_DAY, statistic=Statistic.LAST
    )
    finding = compose(rule).conversion_price_on(date(2019, 3, 14), market(HAND))
    assert finding.reference_price == Decimal("0.0015")
    assert finding.window[0].date == date(2019, 3, 1)


def test_cap_and_floor_by_hand():
    assert price(
        HAND, composition=PriceComposition.LESSER_OF, fixed_price=Decimal("0.0005")
    ) == Decimal("0.0005")
    assert price(HAND, floor_price=Decimal("0.0007")) == Decimal("0.0007")
    both = {
        "composition": PriceComposition.LESSER_OF,
        "fixed_price": Decimal("0.001"),
        "floor_price": Decimal("0.0001"),
    }
    assert price(HAND, **both) == price(HAND)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        (PriceRounding.DOWN, "0.0006"),
        (PriceRounding.UP, "0.0007"),
        (PriceRounding.HALF_UP, "0.0006"),
    ],
)
def test_rounding_to_four_decimals_by_hand(rounding, expected):
    assert price(HAND, rounding=rounding, rounding_places=4) == Decimal(expected)


def test_a_price_that_rounds_to_zero_is_an_issue():
    finding = find(HAND, rounding=PriceRounding.DOWN, rounding_places=3)
    assert finding.conversion_price is None
    assert "rounds to zero" in errors(finding)[0].text


def test_a_window_before_the_first_price_names_the_days():
    finding = find(HAND[3:])
    assert finding.conversion_price is None
    assert errors(finding)[0].days == (date(2019, 3, 1), date(2019, 3, 4), date(2019, 3, 5))
    assert "Mar 1, 2019" in errors(finding)[0].text


def test_a_window_past_the_last_price_names_the_days():
    rule = compose(PriceRule())
    finding = rule.conversion_price_on(date(2019, 3, 19), market(HAND))
    assert errors(finding)[0].days == (date(2019, 3, 15), date(2019, 3, 18))


def test_a_day_without_a_bid_is_refused_until_settled():
    gap = [*HAND[:4], None, *HAND[5:]]
    finding = find(gap)
    assert finding.conversion_price is None
    assert errors(finding)[0].days == (date(2019, 3, 7),)


def test_a_day_left_out_is_named_in_a_warning():
    """Without March 7 the lows are 0.0009, 0.0009 and 0.0011."""
    finding = find([*HAND[:4], None, *HAND[5:]], missing_prices=MissingPrices.LEAVE_OUT)
    assert finding.reference_price == pytest.approx(Decimal("0.0029") / 3, rel=Decimal("1e-45"))
    assert [issue.days for issue in finding.issues] == [(date(2019, 3, 7),)]
    assert not errors(finding)


def test_reaching_back_takes_one_day_more():
    """Eleven days, one without a bid: the eleventh day back, 0.0001, now counts."""
    prices = ["0.0001", *HAND[:4], None, *HAND[5:]]
    finding = find(prices, missing_prices=MissingPrices.REACH_BACK)
    assert len(finding.window) == 11
    assert finding.qualifying[0].price == Decimal("0.0001")
    assert [issue.severity for issue in finding.issues] == [Severity.WARNING]


def test_reaching_back_past_the_first_price_is_still_refused():
    finding = find([*HAND[:4], None, *HAND[5:]], missing_prices=MissingPrices.REACH_BACK)
    assert finding.conversion_price is None


def test_reaching_back_gives_up_rather_than_shorten():
    prices = ["0.0010"] * 5 + [None] * 80 + ["0.0012"] * 4
    finding = find(prices, missing_prices=MissingPrices.REACH_BACK)
    assert finding.conversion_price is None
    assert "finds only four prices of ten" in errors(finding)[0].text


@pytest.mark.parametrize("rounding", [PriceRounding.DOWN, PriceRounding.UP, PriceRounding.HALF_UP])
def test_a_price_that_is_exact_already_is_not_rounded_away(rounding):
    """Lows that sum to 0.00040, over three, times 60 %, are 0.00008 exactly."""
    prices = ["0.00012", "0.00014", "0.00014"] + ["0.001"] * 7
    rule = {"multiplier": Decimal("0.6"), "rounding": rounding, "rounding_places": 5}
    assert price(prices, **rule) == Decimal("0.00008")


def test_closes_under_a_rule_that_says_bid_are_warned_about():
    rule = compose(PriceRule())
    finding = rule.conversion_price_on(NOTICE, market(HAND, kind=PriceKind.CLOSE))
    assert finding.conversion_price is not None
    assert "last trade" in finding.issues[0].text
    assert finding.issues[0].severity is Severity.WARNING


def test_a_mixed_window_names_the_days_that_differ():
    rule = compose(PriceRule())
    finding = rule.conversion_price_on(NOTICE, market(HAND, kinds={4: PriceKind.CLOSE}))
    assert finding.issues[0].days == (date(2019, 3, 7),)
    assert "mixes" in finding.issues[0].text


def test_a_series_of_the_right_kind_is_preferred():
    bids, closes = market(HAND).prices[0], market(["1"] * 10, kind=PriceKind.CLOSE).prices[0]
    finding = compose(PriceRule()).conversion_price_on(NOTICE, Market((closes, bids), CALENDAR))
    assert finding.reference_price < Decimal("0.001")
    assert finding.issues == ()


def test_no_prices_at_all_is_one_plain_issue():
    finding = compose(PriceRule()).conversion_price_on(NOTICE, Market((PriceSeries(),), CALENDAR))
    assert [issue.text for issue in finding.issues] == [
        "There are no prices yet: enter, paste or import them."
    ]


def test_a_notice_on_a_saturday_is_remarked_upon():
    finding = compose(PriceRule()).conversion_price_on(
        date(2019, 3, 16), market([*HAND[1:], "0.002"], date(2019, 3, 16))
    )
    assert finding.conversion_price is not None
    assert finding.issues[0].severity is Severity.NOTE


def test_a_user_closure_moves_the_window_back():
    closed = CALENDAR.with_closures((date(2019, 3, 7),))
    finding = compose(PriceRule()).conversion_price_on(NOTICE, market(HAND, calendar=closed))
    assert finding.window[0].date == date(2019, 2, 28)
    assert date(2019, 3, 7) not in [day.date for day in finding.window]


def test_more_lows_than_days_is_an_error_in_the_terms():
    assert "only five days" in errors(find(HAND, lookback_days=5, lowest_count=6))[0].text


def test_a_floor_above_the_cap_is_an_error_in_the_terms():
    finding = find(
        HAND,
        composition=PriceComposition.LESSER_OF,
        fixed_price=Decimal("0.001"),
        floor_price=Decimal("0.002"),
    )
    assert finding.conversion_price is None


def test_every_step_is_explained():
    finding = find(
        HAND,
        composition=PriceComposition.LESSER_OF,
        fixed_price=Decimal("0.0005"),
        rounding=PriceRounding.UP,
        rounding_places=5,
    )
    assert [step.label for step in finding.steps] == [
        "Reference price",
        "Less 35 % discount",
        "Lesser of two",
        "Rounded",
    ]
    assert finding.steps[0].arithmetic == "($0.0009 + $0.0010 + $0.0009) ÷ 3"
    assert finding.steps[-1].value == finding.conversion_price


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        (
            {},
            "65 % of the average of the three lowest closing bid prices during the ten trading days ending on "
            "the last complete trading day before the notice of conversion",
        ),
        (
            {"series": PriceKind.LOW, "statistic": Statistic.LOWEST, "lookback_days": 20,
             "window_end": WindowEnd.NOTICE_DAY, "multiplier": Decimal("0.58")},
            "58 % of the lowest intraday trading price during the twenty trading days ending on, and "
            "including, the day of the notice of conversion",
        ),
        (
            {"composition": PriceComposition.LESSER_OF, "fixed_price": Decimal("0.01"),
             "floor_price": Decimal("0.0001"), "lookback_days": 1, "statistic": Statistic.LAST},
            "the lesser of $0.0100 and 65 % of the last closing bid price during the one trading day ending "
            "on the last complete trading day before the notice of conversion, but not less than $0.0001",
        ),
    ],
)  # fmt: skip
def test_the_clause_is_recited(rule, clause):
    assert compose(dataclasses.replace(PriceRule(), **rule)).recite() == clause


@given(PRICES, st.permutations(range(10)))
def test_permuting_the_window_leaves_the_price(prices, order):
    assert price([prices[place] for place in order]) == price(prices)


@given(PRICES, st.sampled_from([2, 5, 10, 1000]))
def test_scaling_prices_cap_and_floor_scales_the_price(prices, factor):
    """Exact up to the fiftieth digit of the one division by three."""
    bounds = {"fixed_price": Decimal("0.9"), "floor_price": Decimal("0.01")}
    scaled = {name: value * factor for name, value in bounds.items()}
    capped = {"composition": PriceComposition.LESSER_OF}
    once = price(prices, **capped, **bounds)
    many = price([each * factor for each in prices], **capped, **scaled)
    assert abs(many - once * factor) <= Decimal("1e-22")


@given(
    PRICES, st.integers(0, 9), st.decimals("0", "2", places=4), st.sampled_from(list(PriceRounding))
)
def test_raising_one_price_never_lowers_the_price(prices, place, rise, rounding):
    rule = {"rounding": rounding, "floor_price": Decimal("0.0001")}
    higher = [*prices[:place], prices[place] + rise, *prices[place + 1 :]]
    assert price(higher, **rule) >= price(prices, **rule)


@given(PRICES, st.integers(3, 9))
def test_a_longer_window_never_raises_the_price(prices, shorter):
    assert price(prices, lookback_days=10) <= price(prices, lookback_days=shorter)


@given(PRICES, st.decimals("0", "9", places=2))
def test_prices_above_the_lows_do_not_matter(prices, rise):
    lows = {day.date for day in find(prices).qualifying}
    days = CALENDAR.last_before(NOTICE, 10)
    changed = [each if day in lows else each + rise for day, each in zip(days, prices, strict=True)]
    assert price(changed) == price(prices)


@given(PRICES)
def test_the_price_lies_between_lowest_and_mean(prices):
    low, mean = min(prices), sum(prices) / Decimal(10)
    assert low * Decimal("0.65") <= price(prices) + Decimal("1e-40")
    assert price(prices) <= mean * Decimal("0.65") + Decimal("1e-40")


@given(PRICES, st.decimals("0.0001", "3", places=4), st.decimals("0.0001", "3", places=4))
def test_cap_and_floor_hold(prices, first, second):
    floor, cap = sorted((first, second))
    capped = {"composition": PriceComposition.LESSER_OF, "fixed_price": cap}
    assert floor <= price(prices, **capped, floor_price=floor) <= cap


@given(PRICES, st.decimals("0.2", "0.95", places=2), st.decimals("0.2", "0.95", places=2))
def test_a_deeper_discount_never_raises_the_price(prices, first, second):
    low, high = sorted((first, second))
    assert price(prices, multiplier=low) <= price(prices, multiplier=high)


@given(st.decimals("0.0001", "5", places=4), st.sampled_from(list(Statistic)))
def test_constant_prices_make_every_statistic_the_same(constant, statistic):
    assert find([constant] * 10, statistic=statistic).reference_price == constant


@given(PRICES, st.sampled_from([2, 4, 5, 10, 100]))
def test_a_split_divides_the_unrounded_price(prices, ratio):
    assert abs(price([each / ratio for each in prices]) * ratio - price(prices)) <= Decimal("1e-25")


@given(PRICES)
def test_value_of_unrounded_shares_at_the_reference(prices):
    """Shares at the reference price less the amount is the amount x (1 / multiplier - 1)."""
    finding = find(prices)
    amount = Decimal(130000)
    gain = amount / finding.conversion_price * finding.reference_price - amount
    assert abs(gain - amount * (1 / Decimal("0.65") - 1)) < Decimal("1e-15")
