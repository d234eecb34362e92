"""The remaining life of a note as the backward induction sees it: one step a trading day, per dollar converted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from notemodeler.domain.issues import UserError
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.windows import WindowRule

Cancel = Callable[[], bool]
"""Asked between the days; true ends the work."""


class Cancelled(UserError):
    """The work was no longer wanted."""

    def __init__(self) -> None:
        super().__init__("The valuation was ended before it was done.")


@dataclass(frozen=True)
class Life:
    """What time does to the note, in units of what a notice of the day would convert.

    There are n steps. Arrays of length n go from step i to step i + 1: waiting over it keeps `keep[i]`
    of the value at its end (discount, survival, and what a notice converts at the end over what it
    converts at the beginning) and yields `gain[i]` besides (recovery in a default). At the end of step
    i, if the holder does not convert, the value of what goes on is `rest[i]` of itself plus `cash[i]`
    (an instalment). `end` is what the note pays at the end if it was not converted, `first` the first
    step at whose end the holder may convert, counted from 0. `deviation` and `growth` are those of the
    log return of one step.
    """

    keep: Floats
    gain: Floats
    rest: Floats
    cash: Floats
    end: float
    first: int
    deviation: float
    growth: float

    @property
    def steps(self) -> int:
        return len(self.keep)

    def straight(self) -> float:
        """The value now of never converting."""
        value = self.end
        for step in reversed(range(self.steps)):
            value = self.waited(step, self.arrived(step, value))
        return value

    def arrived(self, step: int, value: float) -> float:
        """The value at the end of the step with its instalment, from that of what goes on."""
        return float(self.rest[step] * value + self.cash[step])

    def waited(self, step: int, value: float) -> float:
        """The value at the beginning of the step of something worth so much at its end."""
        return float(self.keep[step] * value + self.gain[step])


@dataclass(frozen=True)
class Bounds:
    """Between which prices the conversion price is kept at the end of each step, in dollars of the first day.

    `caps` is infinite and `floors` is zero where there is none; both have shape (n,).
    """

    caps: Floats
    floors: Floats


@dataclass(frozen=True)
class ShareLimit:
    """The most shares of the one conversion, in shares of the first day; `amounts` what a notice would
    convert at the end of each step, in dollars, shape (n,).
    """

    shares: float
    amounts: Floats


@dataclass(frozen=True)
class Problem:
    """A note to be valued: its life, the rule in force at the end of each step, and the prices so far.

    `known` are the latest prices over the very latest, newest first, NaN where there is none; None if
    every price of the look-back is unknown. `price` is the latest one in dollars; only `bounds` and
    `limit` need it.
    """

    life: Life
    rules: tuple[WindowRule, ...]
    known: Floats | None
    price: float = 1.0
    bounds: Bounds | None = None
    limit: ShareLimit | None = None

    @cached_property
    def digits(self) -> int:
        """How many latest returns the value of waiting depends on at most."""
        return max((rule.digits for rule in set(self.rules)), default=0)
