"""Means, shares and quantiles of simulated figures, each with its standard error."""

from math import sqrt
from typing import NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.policies import Flags

LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)
"""The quantiles that are shown of every distribution."""


class Estimate(NamedTuple):
    """A simulated figure, its standard error, and on how many paths it rests."""

    value: float
    error: float
    paths: int


def mean_of(values: Singles | Floats, *, mirrored: bool) -> Estimate:
    """The mean; of mirrored paths each pair is one observation."""
    known = values.astype(numpy.float64)
    if not len(known):
        return Estimate(float("nan"), float("nan"), 0)
    sample = known
    if mirrored and len(known) > 1:
        whole = len(known) - len(known) % 2
        sample = known[:whole].reshape(-1, 2).mean(axis=1)
    if len(sample) < 2:
        return Estimate(float(known.mean()), float("nan"), len(known))
    return Estimate(float(known.mean()), float(sample.std(ddof=1) / sqrt(len(sample))), len(known))


def share_of_paths(holds: Flags, *, mirrored: bool) -> Estimate:
    """The part of the paths on which something holds.

    If it holds on none or on all of n, the error is that with which one of n + 2 would be told.
    """
    found = mean_of(holds.astype(numpy.float64), mirrored=mirrored)
    if found.error == 0.0:
        part = 1 / (found.paths + 2)
        return found._replace(error=sqrt(part * (1 - part) / found.paths))
    return found


def quantile(values: Singles | Floats, level: float, ordered: Floats | None = None) -> Estimate:
    """A quantile; its standard error is half the distance between the order statistics one deviation apart.

    The places follow the binomial distribution of the number of values below (David and Nagaraja
    2003, section 7.1). Mirrored pairs are taken for independent, which they nearly are in the tails.
    """
    known = numpy.sort(values.astype(numpy.float64)) if ordered is None else ordered
    many = len(known)
    if not many:
        return Estimate(float("nan"), float("nan"), 0)
    spread = sqrt(many * level * (1 - level))
    low = known[max(0, int(many * level - spread))]
    high = known[min(many - 1, int(many * level + spread))]
    return Estimate(float(numpy.quantile(known, level)), float(high - low) / 2, many)


class Distribution(NamedTuple):
    """The mean and the usual quantiles of a figure, and bars over its range.

    `edges` has one entry more than `counts`; the bars reach from the lowest to the highest value.
    """

    mean: Estimate
    quantiles: tuple[Estimate, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


def distribution(values: Singles | Floats, *, mirrored: bool, bars: int = 40) -> Distribution:
    """The distribution of a figure over the paths."""
    ordered = numpy.sort(values.astype(numpy.float64))
    quantiles = tuple(quantile(ordered, level, ordered) for level in LEVELS)
    counts, edges = numpy.histogram(ordered, bars)
    return Distribution(
        mean_of(values, mirrored=mirrored), quantiles, tuple(edges.tolist()), tuple(counts.tolist())
    )
