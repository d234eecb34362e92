"""What the price rule found on one day: the windows, the steps and the conversion price."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from notemodeler.domain.issues import Issue
from notemodeler.domain.prices import PriceKind
from notemodeler.engines.splits import UNCHANGED


class WindowDay(NamedTuple):
    """One trading day of a look-back.

    `price` is in dollars of the notice day; `quoted` is what stands in the price table; between the two
    one share has become `factor` shares. `qualifying` says whether it is part of the reference price.
    """

    date: datetime.date
    price: Decimal | None
    kind: PriceKind | None
    qualifying: bool = False
    quoted: Decimal | None = None
    factor: Fraction = UNCHANGED


class Step(NamedTuple):
    """One line of the arithmetic: what it is, how it was reckoned, what came out."""

    label: str
    arithmetic: str
    value: Decimal


def no_steps() -> tuple[Step, ...]:
    """The arithmetic of a day without a price."""
    return ()


class Reckoned(NamedTuple):
    """What a rule makes of its reference prices, in dollars.

    `price` is the conversion price; `unrounded` the price after the floor and before a rounding;
    `unfloored` is rounded as the price is, and leaves the floor out.
    """

    price: Decimal
    unrounded: Decimal
    unfloored: Decimal
    floor_binds: bool
    """Whether the floor holds the price up (before rounding)."""


@dataclass(frozen=True)
class PriceFinding:
    """The conversion price on a notice date with everything that led to it, in dollars of that date.

    `reckoned` is None where an error among the issues forbids a figure; so are the references, and also
    where the rule in force has no such window, as under a fixed price.
    """

    notice_date: datetime.date
    window: tuple[WindowDay, ...]
    reference_price: Decimal | None
    issues: tuple[Issue, ...]
    second: tuple[WindowDay, ...] = ()
    """The days of a second window, if the rule in force has one."""
    second_reference: Decimal | None = None
    reckoned: Reckoned | None = None
    explain: Callable[[], tuple[Step, ...]] = field(default=no_steps, compare=False, repr=False)
    """Makes the steps, which only a reader asks for."""

    @property
    def conversion_price(self) -> Decimal | None:
        return self.reckoned.price if self.reckoned else None

    @property
    def unfloored_price(self) -> Decimal | None:
        """The conversion price as it would be without a floor, rounded in the same way."""
        return self.reckoned.unfloored if self.reckoned else None

    @property
    def floor_binds(self) -> bool:
        """Whether the floor holds the price up (before rounding)."""
        return self.reckoned is not None and self.reckoned.floor_binds

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The arithmetic line by line; empty where there is no price before rounding."""
        return self.explain()

    @property
    def qualifying(self) -> tuple[WindowDay, ...]:
        return tuple(day for day in self.window if day.qualifying)
