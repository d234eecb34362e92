from dataclasses import replace

import numpy
import pytest
import QuantLib as ql  # noqa: N813
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.engines.valuation.level_lattice import level_lattice
from notemodeler.engines.valuation.life import Bounds, Cancelled, Life, ShareLimit
from notemodeler.engines.valuation.window_tree import window_tree
from notemodeler.engines.valuation.windows import RollingWindow, WindowRule
from tests.engines.valuation import lives


@st.composite
def bounded_problems(draw):
    steps = draw(st.integers(1, 6))
    array = st.lists(st.floats(0, 0.3), min_size=steps, max_size=steps).map(numpy.array)
    life = Life(
        1 - draw(array), draw(array), 1 - draw(array), draw(array), draw(st.floats(0, 2)),
        draw(st.integers(0, steps)), draw(st.floats(0.01, 0.3)), draw(st.floats(-0.01, 0.01)),
    )  # fmt: skip
    length = draw(st.integers(1, 4))
    window = RollingWindow(length, draw(st.integers(0, length)), draw(st.floats(0.3, 1)))
    rule = WindowRule((window,) if draw(st.booleans()) else (), draw(st.booleans()))
    cap = st.floats(0.5, 3) if not rule.windows else st.sampled_from([numpy.inf, 1.0, 1.5])
    caps = numpy.array(draw(st.lists(cap, min_size=steps, max_size=steps)))
    floors = numpy.array(
        draw(st.lists(st.sampled_from([0.0, 0.5, 0.9]), min_size=steps, max_size=steps))
    )
    past = draw(st.lists(st.floats(0.5, 2), min_size=6, max_size=6))
    return lives.problem(life, rule, numpy.array([1.0, *past]), 1.3, Bounds(caps, floors))


@settings(max_examples=60, deadline=None)
@given(bounded_problems())
def test_the_lattice_equals_going_through_every_path(asked):
    found = level_lattice(asked)
    assert found == pytest.approx(lives.by_every_path(asked, 2), rel=1e-10, abs=1e-12)


def test_bounds_out_of_reach_change_nothing():
    life = lives.plain_life(40, 0.1, 0.0001, 5, 0.8)
    known = numpy.linspace(1, 1.2, 10)
    asked = lives.problem(life, lives.SEED_RULE, known)
    ones = numpy.ones(40)
    bounded = replace(asked, bounds=Bounds(ones * 1e9, ones * 1e-9))
    assert level_lattice(bounded) == pytest.approx(window_tree(asked, 2).value, rel=1e-12)


@pytest.mark.parametrize(("volatility", "fixed"), [(0.6, 1.1), (1.5, 0.9), (1.5, 2.0)])
def test_a_fixed_price_is_a_bond_and_american_calls(volatility, fixed):
    """$1 paid in a year of 252 days, or shares at a fixed price on any day, against QuantLib."""
    steps, rate = 252, 0.03
    life = lives.plain_life(steps, volatility / steps**0.5, rate / steps, 0, 1.0)
    ones = numpy.ones(steps)
    asked = lives.problem(
        life, WindowRule(()), numpy.ones(1), 1.0, Bounds(ones * fixed, ones * 0.0)
    )
    bond = numpy.exp(-rate)
    expected = bond + american_call(1.0, fixed, volatility, rate) / fixed
    assert level_lattice(asked) == pytest.approx(expected, rel=0.002)


def american_call(spot, strike, volatility, rate):
    today = ql.Date(2, 1, 2024)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()
    process = ql.BlackScholesProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, rate, count)),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(today, ql.NullCalendar(), volatility, count)
        ),
    )
    exercise = ql.AmericanExercise(today, today + 365)
    option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call, strike), exercise)
    option.setPricingEngine(ql.BinomialVanillaEngine(process, "crr", 2000))
    return option.NPV()


def test_a_limit_on_shares_lies_between_never_and_all():
    life = lives.plain_life(40, 0.1, 0.0, 0, 1.0)
    asked = lives.problem(life, lives.SEED_RULE, numpy.ones(10), 2.0)
    amounts = numpy.ones(40) * 1000.0

    def limited(shares):
        return level_lattice(replace(asked, limit=ShareLimit(shares, amounts)))

    assert limited(1e-9) == pytest.approx(1.0)
    assert 1.0 < limited(100.0) < limited(300.0) < level_lattice(asked)
    assert limited(1e9) == pytest.approx(level_lattice(asked))


def test_the_past_must_be_known():
    with pytest.raises(ValueError, match="prices so far"):
        level_lattice(lives.problem(lives.plain_life(3, 0.1), lives.SEED_RULE))


def test_it_stops_when_told_to():
    asked = lives.problem(lives.plain_life(3, 0.1), lives.SEED_RULE, numpy.ones(10))
    with pytest.raises(Cancelled):
        level_lattice(asked, cancel=lambda: True)
