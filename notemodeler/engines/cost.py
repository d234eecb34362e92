"""What the money cost: the yearly rate that turns what came in into what went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars on a day: negative when the company received them, positive when the holder took them out."""

    date: date
    amount: Decimal


def annual_rate(flows: Sequence[Flow]) -> float | None:
    """The internal rate of return a year as a fraction, as Excel's XIRR; None if there is none."""
    import pyxirr

    dates = [flow.date for flow in flows]
    if len(set(dates)) < 2:
        return None
    return pyxirr.xirr(dates, [float(flow.amount) for flow in flows], silent=True)
