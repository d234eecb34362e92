"""What a value axis measures: how its ticks stand, which values it shows, how a figure is worded."""

from collections.abc import Callable
from math import floor, isfinite, log10
from typing import NamedTuple

from notemodeler.ui.charts.ticks import (
    Tick,
    linear_range,
    money_ticks,
    multiples,
    price_ticks,
    readable_step,
    shares_text,
    step_decimals,
)


class Scale(NamedTuple):
    """A linear scale."""

    ticks: Callable[[float, float, int], list[Tick]]
    span: Callable[[float, float], tuple[float, float]]
    text: Callable[[float], str]


def from_zero(low: float, high: float) -> tuple[float, float]:
    """A range that shows zero whatever the values are."""
    return linear_range(min(0.0, low), max(0.0, high) or 1.0)


def shares_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Share counts in words: `200M`, `1.5B`."""
    step = readable_step(low, high, most)
    return [(value, shares_text(value)) for value in multiples(low, high, step)]


def percent_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Fractions as percent: `50 %`, `0.5 %`."""
    step = readable_step(low, high, most)
    places = max(0, step_decimals(step) - 2)
    return [(value, f"{value * 100:,.{places}f} %") for value in multiples(low, high, step)]


def price_text(value: float) -> str:
    """A price with up to six decimals, a tiny one with as many as tell it apart."""
    return even_price_text(value).rstrip("0").rstrip(".")


def even_price_text(value: float) -> str:
    """The same with its zeros at the end, for figures that stand side by side."""
    first = floor(log10(abs(value))) if isfinite(value) and value else 0
    return f"${value:,.{max(6, 3 - first)}f}"


PRICES = Scale(price_ticks, linear_range, price_text)
MONEY = Scale(money_ticks, from_zero, lambda value: f"${value:,.2f}")
SHARES = Scale(shares_ticks, from_zero, lambda value: f"{value:,.0f}")
PERCENT = Scale(percent_ticks, from_zero, lambda value: f"{value * 100:,.1f} %")
