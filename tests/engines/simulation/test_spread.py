"""Distributions with a path for each of their places."""

import numpy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from notemodeler.engines.simulation.spread import BARS, days_spread, spread_of

FIGURES = arrays(
    numpy.float32, st.integers(2, 300), elements=st.floats(0, 2**20, width=32, allow_nan=False)
)


@given(FIGURES)
def test_every_path_is_in_one_bar_or_beyond_and_every_bar_names_one_of_its_paths(values):
    found = spread_of(values, mirrored=False)
    assert len(found.counts) == BARS
    assert sum(found.counts) + found.beyond == len(values) == found.paths
    for place, path in enumerate(found.bar_paths):
        assert (path is None) == (found.counts[place] == 0)
        if path is not None:
            assert found.edges[place] <= values[path] <= found.edges[place + 1]
    if found.beyond_path is not None:
        assert values[found.beyond_path] > found.edges[-1]


def test_a_single_far_value_does_not_squeeze_the_bars():
    values = numpy.concatenate((numpy.linspace(1, 2, 999), [1e6])).astype(numpy.float32)
    found = spread_of(values, mirrored=False)
    assert found.edges[-1] < 2.1
    assert values[found.beyond_path] > found.edges[-1]


def test_a_figure_that_is_the_same_on_every_path_stands_in_one_bar():
    found = spread_of(numpy.full(50, 7, numpy.float32), mirrored=True)
    assert found.counts[0] == 50
    assert found.mean.error == 0


@given(arrays(numpy.float32, st.integers(2, 200), elements=st.integers(0, 130).map(float)))
def test_days_that_never_come_lie_beyond(days):
    found = days_spread(days, 100, mirrored=False)
    assert found.beyond == int((days >= 100).sum())
    assert sum(found.counts) == int((days < 100).sum())
    assert all(each.value == round(each.value) <= 100 for each in found.quantiles)
    for place, path in enumerate(found.bar_paths):
        if path is not None:
            assert found.edges[place] < days[path] < found.edges[place + 1]
