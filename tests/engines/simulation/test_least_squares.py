"""The least-squares engine against the published table of American puts."""

import numpy
import pytest

from notemodeler.engines.simulation.draws import Seeded
from notemodeler.engines.simulation.least_squares import between, decision
from notemodeler.engines.simulation.plain_option import Put, put_value

# Longstaff and Schwartz (2001), table 1, finite differences: K = 40, r = 6 %, 50 dates a year.
TABLE = (
    (36, 0.2, 1, 4.478), (36, 0.2, 2, 4.840), (36, 0.4, 1, 7.101), (36, 0.4, 2, 8.508),
    (38, 0.2, 1, 3.250), (38, 0.2, 2, 3.745), (38, 0.4, 1, 6.148), (38, 0.4, 2, 7.670),
    (40, 0.2, 1, 2.314), (40, 0.2, 2, 2.885), (40, 0.4, 1, 5.312), (40, 0.4, 2, 6.920),
    (42, 0.2, 1, 1.617), (42, 0.2, 2, 2.212), (42, 0.4, 1, 4.582), (42, 0.4, 2, 6.248),
    (44, 0.2, 1, 1.110), (44, 0.2, 2, 1.690), (44, 0.4, 1, 3.948), (44, 0.4, 2, 5.647),
)  # fmt: skip


@pytest.mark.parametrize(("price", "volatility", "years", "published"), TABLE)
def test_american_puts_come_out_as_published(price, volatility, years, published):
    put = Put(price, 40.0, 0.06, volatility, years, 50 * years)
    found = put_value(put, Seeded(2001), 26_624)
    assert found.error < 0.025
    # The table is rounded to a tenth of a cent.
    assert abs(found.value - published) < 3 * found.error + 0.0005


def test_worth_between_levels_is_straight_and_nothing_is_worth_nothing():
    table = numpy.array([[1.0], [4.0]])
    parts = (0.0, 0.25, 0.5, 0.75, 1.0)
    assert [float(between(table, numpy.array([part]))[0]) for part in parts] == [0, 0.5, 1, 2.5, 4]


def test_a_holder_who_may_take_nothing_does_not_exercise():
    payoff, waiting = numpy.array([2.0, 2.0]), numpy.array([[1.0, 1.0]])
    assert decision(payoff, numpy.array([0.0, 1.0]), numpy.ones(2), waiting).tolist() == [
        False,
        True,
    ]
