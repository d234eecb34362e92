"""The figures that a reader takes from a simulation: fans, distributions and chances, each with its error."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.outcome import NoteOutcome, Outcome
from notemodeler.engines.simulation.policies import Flags
from notemodeler.engines.simulation.simulated import Simulated, Trace
from notemodeler.engines.simulation.statistics import (
    LEVELS,
    Distribution,
    Estimate,
    distribution,
    mean_of,
    share_of_paths,
)


@dataclass(frozen=True)
class Fan:
    """Quantiles by day: `rows[i]` belongs to `LEVELS[i]`, `errors` are their standard errors; one figure a day."""

    rows: tuple[tuple[float, ...], ...]
    errors: tuple[tuple[float, ...], ...]
    paths: int


@dataclass(frozen=True, eq=False)
class NotePicture:
    """What may come of one note; `place` is its place in the document.

    Distributions of shares issued, of their part of the shares outstanding at the end (None if no count
    is known), of dollars paid at maturity and of the cost: the shares at the market of their notice
    days and all cash. `gone_by` has for each simulated day the part of the paths on which nothing is
    left by its end; `gone` is that at the end, cash at maturity aside.
    """

    place: int
    title: str
    issued: Distribution
    share_of_company: Distribution | None
    matured: Distribution
    cost: Distribution
    value: Estimate
    gone_by: tuple[float, ...]
    gone: Estimate
    reserve_out: Estimate | None


@dataclass(frozen=True, eq=False)
class Picture:
    """What may come, as far as it is simulated; `is_final` once all paths are.

    Chances: that the charter's shares run out (None if it is not known), that the price falls under
    par (None without par). `notes` begins with the note looked at; `issued` is of all notes together.
    """

    case: Simulated
    outcome: Outcome
    is_final: bool

    @property
    def days(self) -> tuple[date, ...]:
        return self.case.days

    @property
    def paths(self) -> int:
        return self.outcome.paths

    @property
    def seed(self) -> int:
        return self.case.seeded.seed

    @cached_property
    def price(self) -> Fan:
        """The price by day."""
        return fan(self.outcome.prices, mirrored=self.case.mirrored)

    @cached_property
    def conversion_price(self) -> Fan:
        """The conversion price by day, NaN on days without one."""
        return fan(self.outcome.conversion_prices, mirrored=self.case.mirrored)

    @cached_property
    def notes(self) -> tuple[NotePicture, ...]:
        return tuple(self._note(place) for place in range(len(self.outcome.notes)))

    @cached_property
    def issued(self) -> Distribution:
        total = sum((note.issued for note in self.outcome.notes), numpy.zeros(self.paths))
        return distribution(total, mirrored=self.case.mirrored)

    @cached_property
    def outstanding(self) -> Distribution | None:
        """The shares outstanding at the end."""
        if self.case.setting.outstanding is None:
            return None
        return distribution(self.outcome.outstanding, mirrored=self.case.mirrored)

    @cached_property
    def authorised_out(self) -> Estimate | None:
        setting = self.case.setting
        if setting.outstanding is None or bool(numpy.isinf(setting.authorised).all()):
            return None
        return share_of_paths(self.outcome.stopped > 0, mirrored=self.case.mirrored)

    @cached_property
    def below_par(self) -> Estimate | None:
        par = self.case.known.issuer.par_price
        if par is None:
            return None
        return share_of_paths(self.outcome.lowest < float(par), mirrored=self.case.mirrored)

    @cached_property
    def proceeds(self) -> Estimate:
        """The present value of what the holders' sales bring, impact and volume counted."""
        return mean_of(self.outcome.proceeds, mirrored=self.case.mirrored)

    def path_at(self, level: float) -> int:
        """The path of which the shares issued under the note are that quantile of all paths."""
        order = numpy.argsort(self.outcome.notes[0].issued, kind="stable")
        return int(order[min(len(order) - 1, int(level * len(order)))])

    def trace(self, path: int) -> Trace:
        """One path day by day."""
        return self.case.trace(path)

    def _note(self, place: int) -> NotePicture:
        found, course = self.outcome.notes[place], self.case.setting.notes[place]
        mirrored = self.case.mirrored
        note = self.case.known.notes[course.place]
        by_day = _gone_by(found, len(self.days))
        gone = settled_in_shares(found, course.ends, len(self.days))
        part = None
        if self.case.setting.outstanding is not None:
            part = distribution(found.issued / self.outcome.outstanding, mirrored=mirrored)
        return NotePicture(
            course.place, note.title,
            distribution(found.issued, mirrored=mirrored), part,
            distribution(found.matured, mirrored=mirrored),
            distribution(cost_of(found), mirrored=mirrored),
            mean_of(found.value, mirrored=mirrored), by_day,
            share_of_paths(gone, mirrored=mirrored),
            None if course.reserved is None else share_of_paths(found.short > 0, mirrored=mirrored),
        )  # fmt: skip


def cost_of(note: NoteOutcome) -> Singles:
    """What the note costs the company on each path: shares at the market of their day, and cash."""
    return note.given + note.cash + note.matured


def settled_in_shares(found: NoteOutcome, ends: int, days: int) -> Flags:
    """On which paths nothing is left that must be paid; a conversion on the day of maturity comes in time."""
    by_end = found.gone <= ends if ends < days else found.gone < days
    settled: Flags = by_end & (found.matured <= 0)
    return settled


def _gone_by(found: NoteOutcome, days: int) -> tuple[float, ...]:
    counts = numpy.bincount(found.gone.astype(numpy.int64), minlength=days + 1)[:days]
    return tuple((numpy.cumsum(counts) / len(found.gone)).tolist())


def fan(rows: Singles, *, mirrored: bool) -> Fan:
    """The quantiles of each day with their errors, by order statistics; `rows` has the shape (days, paths)."""
    days, many = rows.shape
    ordered, every = numpy.sort(rows, axis=1), numpy.arange(days)
    values, errors = [], []
    for level in LEVELS:
        found = ordered[:, min(many - 1, int(many * level))]
        spread = _spread_of_count(rows, found, level, mirrored=mirrored)
        low = numpy.maximum(many * level - spread, 0).astype(int)
        high = numpy.minimum(many * level + spread, many - 1).astype(int)
        values.append(tuple(found.tolist()))
        errors.append(tuple(((ordered[every, high] - ordered[every, low]) / 2).tolist()))
    return Fan(tuple(values), tuple(errors), many if days else 0)


def _spread_of_count(rows: Singles, found: Singles, level: float, *, mirrored: bool) -> Floats:
    """The deviation of how many paths lie below a quantile on each day; mirrored pairs are one observation."""
    days, many = rows.shape
    if not mirrored or many < 2:
        return numpy.full(days, numpy.sqrt(many * level * (1 - level)))
    below = rows[:, : many - many % 2] <= found[:, None]
    both = (below[:, 0::2] & below[:, 1::2]).mean(axis=1)
    each: Floats = numpy.maximum(2 * level + 2 * both - 4 * level * level, 0)
    spread: Floats = numpy.sqrt(many / 2 * each)
    return numpy.maximum(spread, 1.0)
