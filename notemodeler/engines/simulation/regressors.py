"""What the worth of waiting depends on: the price over the lows that stay in the window, and its level."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy

from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.formula import Formula, Sums
from notemodeler.engines.simulation.twin_days import Figure

PARTS = (1.0, 0.9, 0.6, 0.4)
"""The lows of these parts of the look-back, the most recent ones, are looked at."""


@dataclass(frozen=True)
class Regressors:
    """The regressors of one look-back of `length` days of which `count` prices qualify.

    For each recent part of the window: the price over the mean of its lows, the inverse and the
    logarithm with products; the logarithm of the price over the mean of the whole window. With
    `level` (dollars) the logarithm of the price over that level too, for limits, fixed prices and
    floors care for the level. `with_today` says that the sums already hold the day of the notice.
    With `bounded`, a formula of more than one window, the worth of the next day's notice at today's
    price and that of today's, as fixed prices, floors and all windows make them.
    """

    length: int
    count: int
    with_today: bool
    level: float | None = None
    bounded: Formula | None = None

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """The lengths of the parts, the day of the notice included."""
        if self.length < 2:
            return ()
        lengths = {max(1, round(self.length * part)) for part in PARTS}
        return tuple(sorted(lengths, reverse=True))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The sums that must be known of the windows."""
        wanted: list[Figure] = []
        for length in self.parts:
            wanted += self._figures_of(length, self.count)
        wanted += self._figures_of(self.length, self.length)
        for figure, _ in self.bounded.windows if self.bounded else ():
            wanted += [figure, *self._figures_of(*figure)]
        return tuple(dict.fromkeys(wanted))

    def _figures_of(self, length: int, count: int) -> list[Figure]:
        count = min(count, length)
        if self.with_today:
            return [(length, count)]
        if length == 1:
            return []
        if count == length:
            return [(length - 1, length - 1)]
        return [(length - 1, count)] + ([(length - 1, count - 1)] if count > 1 else [])

    def lows(self, sums: Sums, spot: Singles, length: int, count: int) -> Singles:
        """The sum of the lowest of the last days, the price of the notice day included."""
        count = min(count, length)
        if self.with_today:
            return sums[length, count]
        if length == 1:
            return spot
        if count == length:
            return sums[length - 1, length - 1] + spot
        before = sums[length - 1, count]
        highest = before - sums[length - 1, count - 1] if count > 1 else before
        made: Singles = before + numpy.minimum(spot - highest, 0)
        return made

    def rows(self, sums: Sums, spot: Singles) -> Singles:
        """The regressors, shape (regressors, paths), the first of them one."""
        made: list[Singles] = [numpy.ones_like(spot)]
        logs: list[Singles] = []
        for length in self.parts:
            over = spot * min(self.count, length) / self.lows(sums, spot, length, self.count)
            logs.append(numpy.log(over))
            made += [over, 1 / over]
        made += logs[:1] + [one * one for one in logs]
        made += [one * other for one, other in pairwise(logs)]
        if self.length > 1:
            whole = self.lows(sums, spot, self.length, self.length)
            mean = numpy.log(spot * self.length / whole)
            made += [mean, mean * mean] + ([mean * logs[0]] if logs else [])
        if self.level is not None:
            level = numpy.log(spot / numpy.float32(self.level))
            made += [level, level * level, level * level * level]
            made += [level * one for one in logs]
            made += [level * level * one for one in logs[:1]]
        if self.bounded is not None:
            made += self._bounded(self.bounded, sums, spot)
        return numpy.stack(made)

    def _bounded(self, formula: Formula, sums: Sums, spot: Singles) -> list[Singles]:
        coming = {figure: self.lows(sums, spot, *figure) for figure, _ in formula.windows}
        made: list[Singles] = []
        for each in (coming, sums):
            over = spot / formula.prices(each, numpy.empty_like(spot))
            made += [over, 1 / over, numpy.log(over)]
        made += [made[2] * made[2]]
        return made
