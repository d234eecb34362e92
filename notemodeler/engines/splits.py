"""Carrying prices and share counts across splits."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from notemodeler.domain.issuer import Split
from notemodeler.domain.numbers import MONEY_CONTEXT

UNCHANGED = Fraction(1)


def new_for_old(splits: Iterable[Split], after: date, through: date) -> Fraction:
    """How many shares one share of `after` has become by `through`, exact.

    A split counts from the beginning of its own day. With `through` before `after` it is undone.
    """
    if through < after:
        return 1 / new_for_old(splits, through, after)
    factor = UNCHANGED
    for split in splits:
        if after < split.date <= through:
            factor *= Fraction(split.new_shares, split.old_shares)
    return factor


def price_carried(price: Decimal, factor: Fraction) -> Decimal:
    """A price in dollars restated for shares that have become `factor` shares each."""
    if factor == UNCHANGED:
        return price
    times = MONEY_CONTEXT.multiply(price, Decimal(factor.denominator))
    return MONEY_CONTEXT.divide(times, Decimal(factor.numerator))


def shares_carried(shares: int, factor: Fraction) -> int:
    """Whole shares restated; a fraction of a share falls away, as when it is paid in cash."""
    carried = shares * factor
    return carried.numerator // carried.denominator
