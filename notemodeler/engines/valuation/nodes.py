"""The possible returns of one trading day: Gauss-Hermite points of a log-normal return."""

from functools import lru_cache
from typing import NamedTuple

import numpy

from notemodeler.engines.pricing.sliding import Floats


class Nodes(NamedTuple):
    """`growth` holds by what factor the price may change in one day, ascending; `weights` how likely each is."""

    growth: Floats
    weights: Floats

    @property
    def points(self) -> int:
        return len(self.growth)


@lru_cache(maxsize=64)
def day_nodes(points: int, deviation: float, growth: float = 0.0) -> Nodes:
    """The `points` nodes of a day whose log return has the standard deviation, normalised to one mean.

    `growth` is the log of the mean factor: the risk-free growth of one day. The nodes are the
    probabilists' Gauss-Hermite points; scaling them makes the mean of the factor exact.
    """
    places, weights = numpy.polynomial.hermite_e.hermegauss(points)
    weights = weights / weights.sum()
    factors = numpy.exp(deviation * places)
    factors *= numpy.exp(growth) / (weights @ factors)
    return Nodes(factors, weights)
