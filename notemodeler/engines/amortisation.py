"""Straight-line release of a debt discount, by days or by whole months (ASC 835-30 as practised)."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.numbers import MONEY_CONTEXT


def straight_line_by_days(discount: Decimal, start: date, end: date, on: date) -> Decimal:
    """The discount not yet released on a day between `start` and `end`, in dollars, unrounded."""
    whole = (end - start).days
    left = min(whole, max(0, (end - on).days))
    return MONEY_CONTEXT.divide(MONEY_CONTEXT.multiply(discount, Decimal(left)), Decimal(whole))


def straight_line_by_months(discount: Decimal, months: int, months_left: int) -> Decimal:
    """The discount not yet released with so many of its months left, in dollars, unrounded."""
    product = MONEY_CONTEXT.multiply(discount, Decimal(months_left))
    return MONEY_CONTEXT.divide(product, Decimal(months))
