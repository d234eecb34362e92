"""What the price rule found on one day: the window, the steps and the conversion price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.issues import Issue
from notemodeler.domain.prices import PriceKind


@dataclass(frozen=True, slots=True)
class WindowDay:
    """One trading day of the look-back; `qualifying` says whether its price is part of the reference price."""

    date: date
    price: Decimal | None
    kind: PriceKind | None
    qualifying: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic: what it is, how it was reckoned, what came out."""

    label: str
    arithmetic: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class PriceFinding:
    """The conversion price on a notice date with everything that led to it.

    `reference_price` and `conversion_price` are None when an error among the issues forbids a figure.
    """

    notice_date: date
    window: tuple[WindowDay, ...]
    reference_price: Decimal | None
    conversion_price: Decimal | None
    steps: tuple[Step, ...]
    issues: tuple[Issue, ...]

    @property
    def qualifying(self) -> tuple[WindowDay, ...]:
        return tuple(day for day in self.window if day.qualifying)
