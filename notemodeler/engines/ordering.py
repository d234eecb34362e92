"""The order of a table's rows by price, for tables too long to sort in Python."""

from collections.abc import Sequence

import numpy

from notemodeler.domain.prices import PriceSeries
from notemodeler.engines.price_arrays import bar_arrays


def price_order(series: PriceSeries, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """The rows in ascending order of their prices, equal ones as they stand, and the rows without one.

    `places` says for each row which bar of the series is its own, -1 for none.
    """
    keys = bar_arrays(series).prices
    if places != range(len(keys)):
        keys = numpy.append(keys, numpy.nan)[numpy.fromiter(places, numpy.intp, len(places))]
    order = numpy.argsort(keys, kind="stable")
    priced = len(keys) - int(numpy.isnan(keys).sum())
    return order[:priced].tolist(), order[priced:].tolist()
