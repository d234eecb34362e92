"""What the money cost: the yearly rate that turns what came in into what went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import exp, expm1

LARGEST_LOG, HALVINGS = 700.0, 80
"""The largest logarithm that a float can undo, and enough halvings of it for 15 digits."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars on a day: negative when the company received them, positive when the holder took them out."""

    date: date
    amount: Decimal


def annual_rate(flows: Sequence[Flow]) -> float | None:
    """The internal rate of return a year as a fraction, as Excel's XIRR; None if there is none.

    Over a few days a rate can be too large for the library's search; if all that is received comes
    before all that is taken out there is exactly one, and it is bracketed.
    """
    import pyxirr

    dates = [flow.date for flow in flows]
    if len(set(dates)) < 2:
        return None
    amounts = [float(flow.amount) for flow in flows]
    rate = pyxirr.xirr(dates, amounts, silent=True)
    return _bracketed(dates, amounts) if rate is None else rate


def _bracketed(dates: Sequence[date], amounts: Sequence[float]) -> float | None:
    """The rate by halving, for one payment in and only payments out after it."""
    if (
        amounts[0] >= 0
        or min(amounts[1:]) < 0
        or max(amounts[1:]) <= 0
        or min(dates[1:]) <= dates[0]
    ):
        return None
    years = [(day - dates[0]).days / 365 for day in dates]
    low, high = -LARGEST_LOG, LARGEST_LOG
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        logs = ((amount, -middle * year) for amount, year in zip(amounts, years, strict=True))
        value = sum(amount * exp(min(power, LARGEST_LOG)) for amount, power in logs)
        low, high = (middle, high) if value > 0 else (low, middle)
    return expm1(high) if high < LARGEST_LOG - 1 else None
