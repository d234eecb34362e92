"""When the holder converts: at once, at a threshold, on a schedule, never, or where a regression says so."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy

from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.formula import Sums

Flags = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]


@dataclass(slots=True)
class Sight:
    """What the holder sees on one day of a block, each of shape (paths,).

    `spot` and `price` are dollars a share, `left` the part of the note that is not converted yet,
    `most` the part that the limits allow on the day (None: all), `sums` the figures of the windows that
    the notice looks at. With `what_if` it is only asked what the holder would do if the charter did not
    hold it back.
    """

    day: int
    spot: Singles
    price: Singles
    left: Singles
    most: Singles | None
    sums: Sums
    what_if: bool = False


class Policy(Protocol):
    """One way of deciding; a new one is a class of this shape."""

    @property
    def words(self) -> str:
        """What the holder does, for a reader."""

    @property
    def amount(self) -> float | None:
        """The most dollars of one notice; None for as much as the limits allow."""

    def wants(self, sight: Sight) -> Flags:
        """On which paths the holder gives notice."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Converts all that is allowed on every day on which the shares are not dearer than the market."""

    words: str = "at once when allowed"
    amount: float | None = None

    def wants(self, sight: Sight) -> Flags:
        return numpy.greater_equal(sight.spot, sight.price)


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """Converts all that is allowed once a dollar converted is worth so much."""

    worth: float
    amount: float | None = None

    @property
    def words(self) -> str:
        return f"once the shares are worth {self.worth:.0%} of the amount converted"

    def wants(self, sight: Sight) -> Flags:
        reached: Flags = sight.spot >= sight.price * numpy.float32(self.worth)
        return reached


@dataclass(frozen=True, slots=True)
class OnSchedule:
    """Converts on every so-many-th trading day since conversion opened, if it does not pay above the market."""

    every: int
    first: int
    amount: float | None = None

    @property
    def words(self) -> str:
        return f"on every {self.every}th trading day"

    def wants(self, sight: Sight) -> Flags:
        if (sight.day - self.first) % self.every:
            return numpy.zeros(len(sight.spot), bool)
        return numpy.greater_equal(sight.spot, sight.price)


@dataclass(frozen=True, slots=True)
class Never:
    """Waits for the cash."""

    words: str = "never"
    amount: float | None = None

    def wants(self, sight: Sight) -> Flags:
        return numpy.zeros(len(sight.spot), bool)
