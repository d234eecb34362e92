"""One case by hand for every series, statistic, window and composition, with its arithmetic.

Unless a case says otherwise the window is that of the notice of March 15, 2019: the ten closing bids of
March 1 to March 14 are 0.0012 0.0011 0.0013 0.0009 0.0010 0.0009 0.0014 0.0011 0.0012 0.0015.
"""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.issues import Severity
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.rule import (
    PriceComposition,
    SecondWindow,
    Statistic,
    WindowAnchor,
    WindowEnd,
)
from tests.engines.price_notes import HAND, find, price

LOWEST = {"statistic": Statistic.LOWEST}
"""0.0009 x 65 % = 0.000585."""


def dollars(text):
    return Decimal(text)


def labels(finding):
    return [step.label for step in finding.steps]


# Series


@pytest.mark.parametrize("kind", list(PriceKind))
def test_each_series_prices_the_rule_that_names_it(kind):
    """The lowest price of the named series, 0.0009, x 65 % = 0.000585, and nothing to warn about."""
    finding = find(HAND, kind=kind, series=kind, **LOWEST)
    assert finding.conversion_price == dollars("0.000585")
    assert finding.issues == ()


def test_a_rule_that_says_bid_fed_with_closes_is_warned_about():
    finding = find(HAND, kind=PriceKind.CLOSE, **LOWEST)
    assert finding.conversion_price == dollars("0.000585")
    assert [issue.severity for issue in finding.issues] == [Severity.WARNING]


# Statistics and windows


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"statistic": Statistic.LOWEST}, "0.000585"),
        ({"statistic": Statistic.MEAN_OF_LOWEST, "lowest_count": 2}, "0.000585"),
        ({"statistic": Statistic.MEAN_OF_LOWEST, "lowest_count": 4}, "0.00063375"),
        ({"statistic": Statistic.MEAN}, "0.000754"),
        ({"statistic": Statistic.LAST}, "0.000975"),
    ],
)
def test_each_statistic(terms, expected):
    """65 % of: the lowest 0.0009; (0.0009 + 0.0009) / 2; (0.0009 + 0.0009 + 0.0010 + 0.0011) / 4 = 0.000975;
    the sum 0.0116 / 10; the last 0.0015.
    """
    assert price(HAND, **terms) == dollars(expected)


@pytest.mark.parametrize(
    ("days", "expected"), [(1, "0.0015"), (5, "0.0009"), (4, "0.0011"), (7, "0.0009")]
)
def test_each_length_of_the_look_back(days, expected):
    """The lowest of the last 1: 0.0015; of 5 (from March 8, 0.0009): 0.0009; of 4: 0.0011; of 7: 0.0009."""
    assert price(HAND, lookback_days=days, multiplier=Decimal(1), **LOWEST) == dollars(expected)


@pytest.mark.parametrize(
    ("end", "expected"), [(WindowEnd.DAY_BEFORE, "0.0012"), (WindowEnd.NOTICE_DAY, "0.0015")]
)
def test_both_ends_of_the_window(end, expected):
    """A notice of March 14: the last price before it is the 0.0012 of March 13, with the day itself its 0.0015."""
    terms = {"statistic": Statistic.LAST, "multiplier": Decimal(1), "lookback_days": 1}
    assert price(HAND, date(2019, 3, 14), window_end=end, **terms) == dollars(expected)


@pytest.mark.parametrize(
    ("multiplier", "expected"), [("0.25", "0.000225"), ("0.58", "0.000522"), ("0.95", "0.000855")]
)
def test_multipliers(multiplier, expected):
    """25 %, 58 % and 95 % of the lowest, 0.0009."""
    finding = find(HAND, multiplier=Decimal(multiplier), **LOWEST)
    assert finding.conversion_price == dollars(expected)
    discount = (1 - Decimal(multiplier)) * 100
    assert f"Less {discount:.0f} % discount" in labels(finding)


# Compositions


def test_a_fixed_price_alone_needs_no_window():
    finding = find([], composition=PriceComposition.FIXED, fixed_price=dollars("0.005"))
    assert (finding.conversion_price, finding.reference_price) == (dollars("0.005"), None)
    assert finding.window == finding.issues == ()
    assert [step.arithmetic for step in finding.steps] == ["$0.0050"]


@pytest.mark.parametrize(
    ("composition", "fixed", "expected", "counts"),
    [
        (PriceComposition.LESSER_OF, "0.0005", "0.0005", "fixed"),
        (PriceComposition.LESSER_OF, "0.0006", "0.000585", "variable"),
        (PriceComposition.GREATER_OF, "0.0005", "0.000585", "variable"),
        (PriceComposition.GREATER_OF, "0.0006", "0.0006", "fixed"),
    ],
)
def test_lesser_and_greater_of_fixed_and_variable(composition, fixed, expected, counts):
    """Variable: 0.0009 x 65 % = 0.000585; against 0.0005 and 0.0006 fixed."""
    finding = find(HAND, composition=composition, fixed_price=dollars(fixed), **LOWEST)
    assert finding.conversion_price == dollars(expected)
    assert finding.steps[-1].arithmetic.endswith(f"the {counts} price counts")


@pytest.mark.parametrize(("fixed", "expected"), [("0.0010", "0.0007"), ("0.0008", "0.0007")])
def test_lesser_of_fixed_and_greater_of_floor_and_variable(fixed, expected):
    """Variable 0.000585, floor 0.0007: the greater is 0.0007, below either fixed price."""
    terms = {"fixed_price": dollars(fixed), "floor_price": dollars("0.0007")}
    assert price(HAND, composition=PriceComposition.LESSER_OF, **terms, **LOWEST) == dollars(
        expected
    )


def second(**terms):
    return SecondWindow(**{"anchor": WindowAnchor.NOTICE, **terms})


@pytest.mark.parametrize(("multiplier", "expected"), [("0.50", "0.00055"), ("0.60", "0.000585")])
def test_lesser_of_two_windows_before_the_notice(multiplier, expected):
    """Main: lowest of ten, 0.0009 x 65 % = 0.000585. Second: lowest of the last three, 0.0011, 0.0012 and
    0.0015, x 50 % = 0.00055 or x 60 % = 0.00066.
    """
    two = second(lookback_days=3, multiplier=Decimal(multiplier))
    finding = find(HAND, second=two, **LOWEST)
    assert finding.conversion_price == dollars(expected)
    assert finding.second_reference == dollars("0.0011")
    assert [day.date.day for day in finding.second] == [12, 13, 14]


def test_lesser_of_the_window_before_the_notice_and_the_one_before_signing():
    """Signed on March 8: the three days before are March 5 to 7 with 0.0013, 0.0009, 0.0010; their mean
    0.0032 / 3 x 50 % = 0.000533…, below 0.000585.
    """
    two = SecondWindow(
        WindowAnchor.ISSUE, Statistic.MEAN, lookback_days=3, multiplier=Decimal("0.5")
    )
    finding = find(HAND, issued=date(2019, 3, 8), second=two, **LOWEST)
    assert finding.conversion_price == pytest.approx(dollars("0.0016") / 3, rel=Decimal("1e-45"))
    assert [day.date.day for day in finding.second] == [5, 6, 7]
    assert "Lesser of two windows" in labels(finding)


def test_a_second_window_before_the_first_price_names_its_days():
    """Signed on March 4, with prices only from March 1 on: February 28 has none."""
    two = SecondWindow(WindowAnchor.ISSUE, lookback_days=2)
    finding = find(HAND, issued=date(2019, 3, 4), second=two, **LOWEST)
    assert (finding.conversion_price, finding.reference_price) == (None, dollars("0.0009"))
    assert (
        finding.issues[0].text == "The second window reaches before the first price: Feb 28, 2019."
    )


def test_fixed_for_the_first_180_days_then_the_lesser():
    """Signed on September 15, 2018: day 180 is March 14, 2019, and still 0.005; on March 15 the lesser of 0.005
    and 0.0009 x 65 % = 0.000585.
    """
    terms = {
        "issued": date(2018, 9, 15), "composition": PriceComposition.LESSER_OF,
        "fixed_price": dollars("0.005"), "fixed_for_days": 180, **LOWEST,
    }  # fmt: skip
    alone = find(HAND, date(2019, 3, 14), **terms)
    assert (alone.conversion_price, alone.window) == (dollars("0.005"), ())
    assert alone.steps[-1].arithmetic == "$0.0050 alone until Mar 14, 2019"
    assert [issue.text for issue in alone.issues] == [
        "Until Mar 14, 2019, 180 days after issue, the fixed price counts alone."
    ]
    assert price(HAND, **terms) == dollars("0.000585")
