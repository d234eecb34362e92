"""The price rule of a note over all paths at once: one formula for each composition of parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy

from notemodeler.domain.rule import FloorEffect, Statistic
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.adjustments import Adjustment
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.reference import Reference
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.twin_days import Figure

Sums = Mapping[Figure, Singles]


@dataclass(frozen=True, eq=False)
class Formula:
    """The conversion price out of sums of windows.

    Each of `windows` is a figure and the factor that turns its sum into a variable price; `settled`
    is the lesser variable price of windows that ended before the simulation, infinite without any.
    Simulated prices are in dollars of the day as of which everything is known; `shares` is how many
    shares one share of that day has become by the day of the notice, in whose dollars the rule is.
    """

    windows: tuple[tuple[Figure, float], ...]
    settled: float
    composition: Composition
    shares: float = 1.0

    def prices(self, sums: Sums, out: Singles) -> Singles:
        """The conversion prices in dollars, shape (paths,), NaN where the rule gives none."""
        return self._adjusted(self._variable(sums, out), self.composition.adjustments)

    def unfloored(self, sums: Sums, out: Singles) -> Singles | None:
        """The prices without the floor, if the company bears what the floor withholds."""
        if not self.composition.makes_whole:
            return None
        return self._adjusted(self._variable(sums, out), self.composition.without_floor)

    @cached_property
    def pays_for_floor(self) -> bool:
        """Whether the company makes up for the floor in cash."""
        floor = self.composition.floor
        return floor is not None and floor.effect is FloorEffect.CASH

    @cached_property
    def is_plain(self) -> bool:
        """Whether the price scales with the prices of the market: no fixed price, floor or rounding."""
        settled = self.settled != numpy.inf
        return len(self.windows) == 1 and not self.composition.adjustments and not settled

    def _adjusted(self, made: Singles, parts: Sequence[Adjustment]) -> Singles:
        if self.shares != 1 and parts:
            made /= numpy.float32(self.shares)
        for part in parts:
            made = part.over(made)  # type: ignore[arg-type]  # single precision is enough here
        if self.shares != 1 and parts:
            made = made * numpy.float32(self.shares)
        return made

    def _variable(self, sums: Sums, out: Singles) -> Singles:
        """The lesser variable price in dollars of the day that is known."""
        out.fill(self.settled * self.shares)
        for place, (figure, factor) in enumerate(self.windows):
            if place == 0 and self.settled == numpy.inf:
                numpy.multiply(sums[figure], factor, out=out)
            else:
                numpy.minimum(out, sums[figure] * numpy.float32(factor), out=out)
        return out


def formula_of(
    composition: Composition, day: date, market: Market, shares: float = 1.0
) -> Formula | None:
    """The formula of a composition for notices from the day on; None where its terms allow no price.

    `shares` is how many shares one share of the day that is known has become by then.
    """
    if composition.is_refused:
        return None
    windows, settled = [], numpy.inf
    for variable in composition.variables:
        share = float(variable.multiplier.fraction)
        if variable.lookback.anchor is not None:
            reference = variable.find(day, market).reference
            if reference is None:
                return None
            settled = min(settled, share * float(reference))
            continue
        figure = figure_of(variable.lookback.length, variable.reference)
        windows.append((figure, share / figure[1]))
    return Formula(tuple(windows), settled, composition, shares)


def figure_of(length: int, reference: Reference) -> Figure:
    """Which sum of a window its reference price is made of."""
    if reference.statistic is Statistic.LAST:
        return 1, 1
    return length, reference.count or length
