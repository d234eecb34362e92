"""What the sheets of the valuation are written from: values with what went into them, and what may come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from notemodeler.domain.issues import Issue
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.roll_forward import RollForwardRow
from notemodeler.engines.valuation.worth import Engine, FairValue

if TYPE_CHECKING:
    from notemodeler.engines.simulation.picture import Fan
    from notemodeler.engines.simulation.statistics import Distribution, Estimate

SHARES, DOLLARS, PART = "shares", "dollars", "part"
"""The units of simulated figures; a part is a fraction of one."""


@dataclass(frozen=True)
class ValuedDay:
    """One valuation date: why it is one, the value, what is owed at its end, its price of conversion."""

    why: str
    found: FairValue
    owed: Decimal
    conversion_price: Decimal | None


@dataclass(frozen=True)
class ReturnPrice:
    """A price that the historical volatility is made from.

    `place` counts trading days; `factor` restates the price for the splits before the day.
    """

    date: date
    price: Decimal
    place: int
    factor: float


@dataclass(frozen=True)
class Foreseen:
    """A figure over the paths: its mean and the quantiles of `LEVELS`, each with its standard error."""

    label: str
    unit: str
    found: Distribution


@dataclass(frozen=True)
class Chance:
    """A single figure over the paths with its standard error."""

    label: str
    unit: str
    found: Estimate


@dataclass(frozen=True)
class DriverRow:
    """What comes of one input at its low and its high end: shares issued and cost, as means over the paths."""

    label: str
    low_words: str
    high_words: str
    shares: tuple[Estimate, Estimate]
    cost: tuple[Estimate, Estimate]


@dataclass(frozen=True)
class Outlook:
    """What may come as it was simulated; `words` say how, or why there is nothing.

    Fans have one figure a day for each of `LEVELS`, NaN on days without one; `gone_by` is the part of
    the paths on which nothing is left of the note by the end of each day. The drivers were simulated
    on `driver_paths` paths around `base`.
    """

    words: tuple[str, ...]
    issues: tuple[Issue, ...]
    seed: int = 0
    paths: int = 0
    shown_paths: int = 0
    days: tuple[date, ...] = ()
    price: Fan | None = None
    conversion_price: Fan | None = None
    gone_by: tuple[float, ...] = ()
    figures: tuple[Foreseen, ...] = ()
    chances: tuple[Chance, ...] = ()
    base: DriverRow | None = None
    drivers: tuple[DriverRow, ...] = ()
    driver_paths: int = 0


@dataclass(frozen=True)
class ValuationFound:
    """The valuation of a note as the workbook shows it.

    `day` is the valuation date with the value that the others are held against, the first of `values`;
    `fee` is what a notice adds, `due` what the note owes on its maturity date. `returns` are the prices
    behind the historical volatility, empty if it was stated or cannot be made. `document` is the SHA-256
    of the document as it would be saved.
    """

    day: ValuedDay
    fee: Decimal
    due: Decimal
    values: tuple[FairValue, ...]
    sentences: tuple[str, ...]
    issues: tuple[Issue, ...]
    returns: tuple[ReturnPrice, ...]
    dates: tuple[ValuedDay, ...]
    rolled: tuple[RollForwardRow, ...]
    outlook: Outlook
    document: str

    @property
    def on(self) -> date:
        return self.day.found.on

    @property
    def inputs(self) -> Inputs:
        return self.day.found.inputs

    def of(self, engine: Engine) -> FairValue | None:
        """The value by that engine, if it was asked."""
        return next((each for each in self.values if each.engine is engine), None)


def known(value: float | None) -> float | None:
    """A figure as a cell can hold it: what is not a number is nothing."""
    return (
        None if value is None or value != value or value in (float("inf"), -float("inf")) else value
    )
