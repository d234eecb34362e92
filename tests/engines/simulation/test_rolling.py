"""Look-backs of all paths a day at a time, against sorting every window."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.engines.simulation.rolling import RollingSums


def by_sorting(days: numpy.ndarray, length: int, count: int) -> numpy.ndarray:
    return numpy.sort(days[-length:].astype(float), axis=0)[:count].sum(axis=0)


@given(st.integers(1, 30), st.data())
def test_sums_of_the_lowest_are_those_of_a_sorted_window(length, data):
    count = data.draw(st.integers(1, length))
    prices = numpy.random.default_rng(length).random((length + 13, 5)).astype(numpy.float32)
    rolling = RollingSums(((length, count), (length, length)), 5)
    for at, row in enumerate(prices):
        rolling.push(row)
        lowest, whole = rolling.sums
        if at + 1 < length:
            assert numpy.isnan(lowest).all()
        else:
            seen = prices[: at + 1]
            assert lowest == pytest.approx(by_sorting(seen, length, count), rel=1e-5)
            assert whole == pytest.approx(by_sorting(seen, length, length), rel=1e-5)


def test_a_day_without_a_price_leaves_every_window_over_it_without_a_sum():
    rolling = RollingSums(((3, 2),), 2)
    sums = []
    for price in (1.0, 2.0, float("nan"), 3.0, 4.0, 5.0, 6.0):
        rolling.push(price)
        sums.append(float(rolling.sums[0][0]))
    assert numpy.isnan(sums[:5]).all()
    assert sums[5:] == [7.0, 9.0]
