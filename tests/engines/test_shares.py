"""Counting shares: the ownership limit, rounding and lots."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.conversion import ShareRounding
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.shares import (
    MOST_LOTS,
    amount_for,
    lots_to_clear,
    ownership_limit_shares,
    shares_for,
)

LIMITS = st.decimals("0.0001", "0.9", places=4)
AMOUNTS = st.decimals("0.01", "1000000", places=2)
PRICES = st.decimals("0.000001", "50", places=6)


def test_limit_of_a_billion_shares():
    assert ownership_limit_shares(Decimal("0.0499"), 1_000_000_000, 0) == 52_520_787


@given(LIMITS, st.integers(1, 10**13), st.integers(0, 10**12))
def test_the_limit_is_the_most_that_is_allowed(limit, outstanding, held):
    shares = ownership_limit_shares(limit, outstanding, held)

    def allowed(new):
        return held + new <= limit * (outstanding + new)

    if shares:
        assert allowed(shares)
    assert not allowed(shares + 1)


@given(AMOUNTS, PRICES)
def test_rounding_down_and_up_bracket_the_amount(amount, price):
    down = shares_for(amount, price, ShareRounding.DOWN)
    up = shares_for(amount, price, ShareRounding.UP)
    assert down * price <= amount < (down + 1) * price
    assert (up - 1) * price < amount <= up * price
    assert shares_for(amount, price, ShareRounding.NEAREST) in (down, up)


@given(AMOUNTS, AMOUNTS, PRICES)
def test_two_amounts_lose_at_most_one_share_apart(first, second, price):
    together = shares_for(first + second, price, ShareRounding.DOWN)
    apart = sum(shares_for(amount, price, ShareRounding.DOWN) for amount in (first, second))
    assert 0 <= together - apart <= 1


@given(AMOUNTS, PRICES, PRICES)
def test_shares_rise_with_the_amount_and_fall_with_the_price(amount, price, other):
    low, high = sorted((price, other))
    assert shares_for(amount, low, ShareRounding.DOWN) >= shares_for(
        amount, high, ShareRounding.DOWN
    )
    assert shares_for(amount + 1, price, ShareRounding.DOWN) >= shares_for(
        amount, price, ShareRounding.DOWN
    )


@given(st.integers(0, 10**12), PRICES)
def test_an_amount_for_shares_never_buys_more(shares, price):
    assert shares_for(amount_for(shares, price), price, ShareRounding.UP) <= shares


@given(st.integers(0, 10**9), LIMITS, st.integers(10**3, 10**12))
def test_lots_clear_the_balance_and_each_keeps_the_limit(whole, limit, outstanding):
    lots = lots_to_clear(whole, limit, outstanding, 0, sold=True)
    if lots is None:
        assert ownership_limit_shares(limit, outstanding, 0) == 0
        return
    taken = [0]
    for _ in range(lots.count):
        taken.append(taken[-1] + ownership_limit_shares(limit, outstanding + taken[-1], 0))
    assert lots.complete is (lots.shares == whole)
    assert taken[-1] >= whole or lots.count == MOST_LOTS
    assert lots.count == 0 or taken[-2] < whole


def test_without_sales_the_limit_can_stop_the_balance_for_ever():
    assert lots_to_clear(10**8, Decimal("0.0499"), 10**8, 0, sold=False) is None


def test_very_many_lots_are_counted_so_far_and_said_to_be_more():
    lots = lots_to_clear(10**12, Decimal("0.0001"), 10**9, 0, sold=True)
    assert (lots.count, lots.complete) == (MOST_LOTS, False)


def test_an_exact_multiple_of_a_repeating_price_is_not_missed_by_a_hair():
    """Lows that sum to 0.00001, times 65 %, over three: 6,500 dollars buy 3,000,000,000 shares exactly."""
    price = MONEY_CONTEXT.multiply(
        MONEY_CONTEXT.divide(Decimal("0.00001"), Decimal(3)), Decimal("0.65")
    )
    for rounding in ShareRounding:
        assert shares_for(Decimal(6500), price, rounding) == 3_000_000_000
    assert amount_for(3_000_000_000, price) == Decimal(6500)
    mean_of_nine = MONEY_CONTEXT.divide(Decimal("0.00357"), Decimal(9)) / 2
    assert shares_for(Decimal("760.41"), mean_of_nine, ShareRounding.DOWN) == 3_834_000
