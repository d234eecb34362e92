"""The price rule of a note over all paths at once: one formula for each composition of parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy

from notemodeler.domain.rule import FloorEffect, Statistic
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.reference import Reference
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.rolling import Figure

Sums = Mapping[Figure, Singles]


@dataclass(frozen=True, eq=False)
class Formula:
    """The conversion price out of sums of windows.

    Each of `windows` is a figure and the factor that turns its sum into a variable price; `settled`
    is the lesser variable price of windows that ended before the simulation, infinite without any.
    """

    windows: tuple[tuple[Figure, float], ...]
    settled: float
    composition: Composition

    def prices(self, sums: Sums, out: Singles) -> Singles:
        """The conversion prices in dollars, shape (paths,), NaN where the rule gives none."""
        made = self._variable(sums, out)
        for part in self.composition.adjustments:
            made = part.over(made)  # type: ignore[arg-type]  # single precision is enough here
        return made

    def unfloored(self, sums: Sums, out: Singles) -> Singles | None:
        """The prices without the floor, if the company bears what the floor withholds."""
        if not self.composition.makes_whole:
            return None
        made = self._variable(sums, out)
        for part in self.composition.without_floor:
            made = part.over(made)  # type: ignore[arg-type]  # as above
        return made

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

    def _variable(self, sums: Sums, out: Singles) -> Singles:
        out.fill(self.settled)
        for place, (figure, factor) in enumerate(self.windows):
            if place == 0 and self.settled == numpy.inf:
                numpy.multiply(sums[figure], factor, out=out)
            else:
                numpy.minimum(out, sums[figure] * numpy.float32(factor), out=out)
        return out


def formula_of(composition: Composition, day: date, market: Market) -> Formula | None:
    """The formula of a composition for notices from the day on; None where its terms allow no price."""
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
    return Formula(tuple(windows), settled, composition)


def figure_of(length: int, reference: Reference) -> Figure:
    """Which sum of a window its reference price is made of."""
    if reference.statistic is Statistic.LAST:
        return 1, 1
    return length, reference.count or length
