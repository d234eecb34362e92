"""A figure over the paths as a reader looks into it: mean, quantiles and bars, each with a path that is there."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.statistics import LEVELS, Estimate, mean_of, quantile

Places = numpy.ndarray[Any, numpy.dtype[numpy.intp]]
BARS = 40
MOST_SHOWN, FAR_OUT = 0.995, 1.25
"""The bars end at this quantile if the highest value is so many times farther from the lowest."""


@dataclass(frozen=True)
class Spread:
    """A distribution with a path for each of its places.

    `quantiles[i]` and `quantile_paths[i]` belong to `LEVELS[i]`. Bar i reaches from `edges[i]` to
    `edges[i + 1]` and holds `counts[i]` paths, one of which is `bar_paths[i]` (None in an empty bar);
    `beyond` paths lie above the last edge, or never came to the event, one of them is `beyond_path`.
    """

    mean: Estimate
    quantiles: tuple[Estimate, ...]
    quantile_paths: tuple[int, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    bar_paths: tuple[int | None, ...]
    beyond: int
    beyond_path: int | None

    @property
    def paths(self) -> int:
        return self.mean.paths


def spread_of(values: Singles | Floats, *, mirrored: bool) -> Spread:
    """The spread of a figure of shape (paths,)."""
    known, order = _ordered(values)
    low, high = float(known[0]), float(known[-1])
    usual = float(known[int(MOST_SHOWN * (len(known) - 1))])
    if high - low > FAR_OUT * (usual - low) > 0:
        high = usual
    if high <= low:
        high = low + (abs(low) or 1.0)
    quantiles = tuple(quantile(known, level, known) for level in LEVELS)
    edges = numpy.linspace(low, high, BARS + 1)
    return _spread(known, order, mean_of(values, mirrored=mirrored), quantiles, edges)


def days_spread(days: Singles, end: int, *, mirrored: bool) -> Spread:
    """The spread of the number of a day; paths that reach `end` are those on which it never came.

    The mean is that of the days up to `end`, so a path that never came counts as `end`.
    """
    known, order = _ordered(numpy.minimum(days, end))
    many = len(known)
    quantiles = tuple(
        quantile(known, level, known)._replace(value=float(known[min(many - 1, int(level * many))]))
        for level in LEVELS
    )
    first = float(known[0])
    wide = max(1, -(-int(end - first) // BARS))
    edges = numpy.arange(first, end + wide, wide) - 0.5
    edges[-1] = end - 0.5
    if len(edges) < 2:  # it never came on any path
        edges = numpy.array([end - 1.5, end - 0.5])
    mean = mean_of(numpy.minimum(days, end), mirrored=mirrored)
    return _spread(known, order, mean, quantiles, edges)


def _ordered(values: Singles | Floats) -> tuple[Floats, Places]:
    order = numpy.argsort(values, kind="stable")
    return values[order].astype(numpy.float64), order


def _spread(
    known: Floats, order: Places, mean: Estimate, quantiles: tuple[Estimate, ...], edges: Floats
) -> Spread:
    many = len(known)
    bounds = numpy.searchsorted(known, edges, side="right").tolist()
    bounds[0] = 0
    pairs = list(pairwise(bounds))
    beyond = many - bounds[-1]
    return Spread(
        mean,
        quantiles,
        tuple(int(order[min(many - 1, int(level * many))]) for level in LEVELS),
        tuple(edges.tolist()),
        tuple(end - start for start, end in pairs),
        tuple(int(order[(start + end) // 2]) if end > start else None for start, end in pairs),
        beyond,
        int(order[(bounds[-1] + many) // 2]) if beyond else None,
    )
