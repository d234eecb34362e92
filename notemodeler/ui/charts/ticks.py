"""Where the ticks of an axis stand and what they say: prices with all decimals, shares in words, months."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from math import ceil, floor, log10

from notemodeler.domain.dates import MONTH_NAMES

Tick = tuple[float, str]
LEAST_SPAN = 1e-6
"""Values closer to each other than this part of them are one value to an axis."""
WORDS = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"))


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that divides the span into at most `most` parts."""
    raw = span / max(1, most)
    magnitude: float = 10.0 ** floor(log10(raw))
    return next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= raw * (1 - 1e-9))


def step_decimals(step: float) -> int:
    """How many decimals tell the multiples of the step apart."""
    return max(0, -floor(log10(step) + 1e-9))


def linear_range(low: float, high: float) -> tuple[float, float]:
    """Round ends around the values, down to zero if they come near it; steady while the values move little."""
    if low > 0 and low < 0.45 * high:
        low = 0.0
    span = high - low
    if span <= LEAST_SPAN * abs(high):
        span = abs(high) or 1.0
    step = nice_step(span, 20)
    bottom = 0.0 if low == 0 else floor((low - 0.05 * span) / step) * step
    return bottom, ceil((high + 0.07 * span) / step) * step


def log_range(low: float, high: float) -> tuple[float, float]:
    """The same for logarithms: a tenth of a decade is the step, half a decade the least width."""
    short = max(0.0, 0.5 - (high - low)) / 2
    return floor((low - short - 0.06) * 10) / 10, ceil((high + short + 0.08) * 10) / 10


def multiples(low: float, high: float, step: float) -> list[float]:
    """The multiples of the step from `low` to `high`."""
    return [k * step for k in range(ceil(low / step - 1e-6), floor(high / step + 1e-6) + 1)]


def readable_step(low: float, high: float, most: int) -> float:
    """The step of at most `most` parts, or a finer one where that leaves a single label and there is room."""
    steps = [nice_step(high - low, parts) for parts in range(most, most + 4)]
    fitting = (step for step in steps if 2 <= len(multiples(low, high, step)) <= most + 1)
    return next(fitting, steps[0])


def price_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Prices in dollars, every label with the decimals of the step: `$0.0005`, never `500 µ`."""
    step = readable_step(low, high, most)
    places = max(2, step_decimals(step))
    return [(value, f"${value:,.{places}f}") for value in multiples(low, high, step)]


def log_price_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Prices on a log10 scale, each with the decimals that it needs."""
    return log_ticks(low, high, most, lambda price: f"${price:,.{max(2, step_decimals(price))}f}")


def money_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Amounts in dollars: `$50,000`; from ten million on in words, as they would not fit."""
    step = readable_step(low, high, most)
    if high >= 10**7:
        return [(value, f"${in_words(value)}") for value in multiples(low, high, step)]
    places = step_decimals(step)
    return [(value, f"${value:,.{places}f}") for value in multiples(low, high, step)]


def in_words(count: float) -> str:
    """`200K`, `10M`, `1.5B`: three figures at most, the rest in the word."""
    size, word = next((known for known in WORDS if abs(count) >= known[0]), (1, ""))
    return f"{count / size:.3g}{word}" if abs(count) < 10**15 else f"{count / 10**12:,.0f}T"


def log_ticks(low: float, high: float, most: int, text: Callable[[float], str]) -> list[Tick]:
    """Round values on a log10 scale: decades, with 2 and 5 between them, or only 3, where there is room."""
    first, last = floor(low), ceil(high)
    for figures in ((1, 2, 5), (1, 3), (1,)):
        found = [log10(f) + d for d in range(first, last + 1) for f in figures]
        shown = [value for value in found if low - 1e-9 <= value <= high + 1e-9]
        if len(shown) <= most:
            break
    thin = max(1, ceil(len(shown) / max(1, most)))
    return [(value, text(10.0**value)) for value in shown[::thin]]


def shares_text(value: float) -> str:
    """A share count on an axis."""
    return in_words(round(value))


def percent_text(fraction: float) -> str:
    """A fraction on an axis: `5 %`, `0.01 %`."""
    return f"{fraction * 100:.4g} %"


def _weeks(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _months(count: int) -> Callable[[date], int]:
    return lambda day: (day.year * 12 + day.month - 1) // count


LEVELS: tuple[tuple[Callable[[date], int], float], ...] = (
    (date.toordinal, 1), (_weeks, 5), (_months(1), 21), (_months(3), 63), (_months(6), 126),
    (_months(12), 252), (_months(24), 504), (_months(60), 1260), (_months(120), 2520),
)  # fmt: skip
"""What a label may count, with how many trading days that takes, from days to decades."""


def day_ticks(days: Sequence[date], first: float, last: float, most: int) -> list[Tick]:
    """Labels at the first trading day of each period, the finest that gives at most `most` of them."""
    start, stop = max(0, ceil(first)), min(len(days), floor(last) + 1)
    if stop <= start:
        return []
    period, length = next(
        (level for level in LEVELS if (last - first) / level[1] <= most), LEVELS[-1]
    )
    places, before = [], period(days[start - 1]) if start else None
    for place in range(start, stop):
        now = period(days[place])
        if now != before and before is not None:
            places.append(place)
        before = now
    return [(float(at), _day_text(days, at, k == 0, length)) for k, at in enumerate(places)]


def _day_text(days: Sequence[date], at: int, is_first: bool, length: float) -> str:
    day = days[at]
    month = MONTH_NAMES[day.month - 1][:3]
    new_year = is_first or (at > 0 and days[at - 1].year != day.year)
    if length >= 252:
        return str(day.year)
    if length >= 21:
        return f"{month} {day.year}" if new_year else month
    return f"{month} {day.day}, {day.year}" if new_year else f"{month} {day.day}"


def place_of(days: Sequence[date], day: date) -> int:
    """The place of the day, or of the next trading day, among the days; the last if it comes after all."""
    return max(0, min(len(days) - 1, bisect_left(days, day)))
