"""Look-backs of all paths a day at a time, against sorting every window."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.engines.simulation.rolling import RollingSums
from notemodeler.engines.simulation.twin_days import TwinPlan


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


FIGURES = st.tuples(st.integers(1, 35), st.integers(1, 35)).map(lambda both: (max(both), min(both)))


@settings(max_examples=40, deadline=None)
@given(st.lists(FIGURES, min_size=1, max_size=6, unique=True), st.integers(0, 1000))
def test_figures_that_share_their_work_are_each_those_of_their_own_window(figures, seed):
    prices = numpy.random.default_rng(seed).random((90, 3)).astype(numpy.float32)
    rolling = RollingSums(figures, 3)
    for at, row in enumerate(prices):
        rolling.push(row)
        for (length, count), found in zip(figures, rolling.sums, strict=True):
            if at + 1 >= length:
                expected = by_sorting(prices[: at + 1], length, count)
                assert found == pytest.approx(expected, rel=1e-5)


def test_the_seeds_rule_costs_eleven_operations_a_day():
    """Two neighbouring days share all but one of their prices; a window alone would take seventeen."""
    (final,) = (plan := TwinPlan(((10, 3),))).finals
    assert len(plan.steps) / 2 + (1 if final[0] is None else 2) == 11


@given(st.integers(2, 35), st.integers(1, 8), st.integers(0, 34))
def test_a_day_that_is_left_out_never_counts(length, count, out):
    count, out = min(count, length - 1), out % length
    prices = numpy.random.default_rng(length).random((length, 1)).astype(numpy.float32)
    prices[out] = numpy.inf
    rolling = RollingSums(((length, count),), 1)
    for row in prices:
        rolling.push(float(row[0]))
    known = numpy.delete(prices, out)
    assert rolling.sums[0][0] == pytest.approx(float(numpy.sort(known)[:count].sum()), rel=1e-5)


def test_a_day_without_a_price_leaves_every_window_over_it_without_a_sum():
    rolling = RollingSums(((3, 2),), 2)
    sums = []
    for price in (1.0, 2.0, float("nan"), 3.0, 4.0, 5.0, 6.0):
        rolling.push(price)
        sums.append(float(rolling.sums[0][0]))
    assert numpy.isnan(sums[:5]).all()
    assert sums[5:] == [7.0, 9.0]
