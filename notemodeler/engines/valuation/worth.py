"""What a value is: the engine that worked it out, its figures, how sure they are, and what was left out."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from notemodeler.domain.issues import Issue
from notemodeler.domain.kinds import Choice
from notemodeler.engines.valuation.inputs import Inputs


class Engine(Choice):
    """What works out a value."""

    TREE = "tree", "window tree"
    LATTICE = "lattice", "level lattice"
    SIMULATION = "simulation", "simulation"
    BLACK_SCHOLES = "black-scholes", "Black-Scholes on today's conversion price"
    INTRINSIC = "intrinsic", "intrinsic (discount only)"


class Work(NamedTuple):
    """How a tree or lattice answered: `points` returns a day, `states` on the last day, `steps` trading days."""

    points: int
    states: int
    steps: int


@dataclass(frozen=True)
class FairValue:
    """What the note is worth to its holder, in dollars; None where an issue forbids a figure.

    `straight` is the note without its conversion right, `worth_now` what converting all of it on the
    day would give (None where that is not possible). `error` is by how much the value moves if one
    works with fewer returns a day; for a simulation, the standard error. `least` is the value if limits
    on shares let the holder convert only once; with them the truth lies between it and `note`. `engine`
    is what answered, or what must answer where `note` is None. `words` are sentences about when the
    holder converts.
    """

    on: date
    engine: Engine
    inputs: Inputs
    note: float | None
    straight: float | None
    worth_now: float | None = None
    error: float | None = None
    least: float | None = None
    work: Work | None = None
    words: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def right(self) -> float | None:
        """The conversion right: the note with it less the note without it."""
        if self.note is None or self.straight is None:
            return None
        return self.note - self.straight
