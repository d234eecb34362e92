"""Risk-free rates by term, and what waiting for the company costs: hazard, recovery, discount."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, expm1

from notemodeler.domain.valuation import RatePoint, Valuation

YEAR = 365.0
"""Days of a year by which rates and hazards run (actual/365)."""


def risk_free_rate(points: Sequence[RatePoint], days: float) -> float:
    """The continuously compounded zero rate of the term.

    Straight between two terms, flat before the first and after the last, 0 without any.
    """
    if not points:
        return 0.0
    rows = sorted((float(point.term_days), float(point.rate)) for point in points)
    if days <= rows[0][0]:
        return rows[0][1]
    for (left, low), (right, high) in pairwise(rows):
        if left < days <= right:
            return low + (high - low) * (days - left) / (right - left)
    return rows[-1][1]


@dataclass(frozen=True, slots=True)
class Credit:
    """How the company's credit bears on what the holder waits for.

    A default that ends the note comes at the yearly intensity `hazard`; the holder then gets `recovery`
    of its claim. The share price itself is not taken to move on it. With `discount`, a yearly rate that
    replaces risk-free rate, hazard and recovery, there is none of that.
    """

    hazard: float
    recovery: float
    discount: float | None = None

    def kept(self, risk_free_log: float, days: float) -> float:
        """What is left of a dollar promised after so many days, apart from what a default yields."""
        years = days / YEAR
        if self.discount is not None:
            return exp(-self.discount * years)
        return exp(-risk_free_log - self.hazard * years)

    def recovered(self, risk_free_log: float, days: float) -> float:
        """What is had now for a dollar of claim if a default comes within so many days."""
        if self.discount is not None:
            return 0.0
        comes = -expm1(-self.hazard * days / YEAR)
        return exp(-risk_free_log) * comes * self.recovery


def credit_of(valuation: Valuation) -> Credit:
    """The credit that the inputs state: a hazard rate, or the spread over what is lost in a default."""
    recovery = float(valuation.recovery_rate)
    discount = valuation.discount_rate
    if valuation.hazard_rate is not None:
        hazard = float(valuation.hazard_rate)
    else:
        hazard = float(valuation.credit_spread) / (1 - recovery)
    return Credit(hazard, recovery, None if discount is None else float(discount))
