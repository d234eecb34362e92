import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.engines.valuation.black_scholes import normal_below
from notemodeler.engines.valuation.fixed_date import fixed_date_worth
from notemodeler.engines.valuation.life import Cancelled, Life
from notemodeler.engines.valuation.window_tree import window_tree
from notemodeler.engines.valuation.windows import RollingWindow, WindowRule
from tests.engines.valuation import lives


@st.composite
def small_problems(draw):
    """Notes of few days and short windows with everything that a life may have."""
    steps = draw(st.integers(1, 5))
    array = st.lists(st.floats(0, 0.3), min_size=steps, max_size=steps).map(numpy.array)
    life = Life(
        1 - draw(array), draw(array), 1 - draw(array), draw(array), draw(st.floats(0, 2)),
        draw(st.integers(0, steps)), draw(st.floats(0.01, 0.3)), draw(st.floats(-0.01, 0.01)),
    )  # fmt: skip
    windows = []
    for _ in range(draw(st.integers(1, 2))):
        length = draw(st.integers(1, 5))
        windows.append(
            RollingWindow(
                length, draw(st.integers(0, length)), draw(st.floats(0.3, 1)), draw(st.booleans())
            )
        )
    rule = WindowRule(tuple(windows), draw(st.booleans()))
    past = draw(st.lists(st.floats(0.5, 2), min_size=6, max_size=6))
    return lives.problem(life, rule, numpy.array([1.0, *past]), 3.0)


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.sampled_from([2, 3]))
def test_the_tree_equals_going_through_every_path(asked, points):
    found = window_tree(asked, points).value
    assert found == pytest.approx(lives.by_every_path(asked, points), rel=1e-10, abs=1e-12)


def test_a_rule_that_changes_on_a_day_equals_every_path():
    life = lives.plain_life(6, 0.1, 0.001, 1, 0.9)
    asked = lives.problem(life, lives.SEED_RULE, numpy.array([1, 1.1, 0.9, 1.2, 1.05]))
    short, long = RollingWindow(2, 1, 0.7), RollingWindow(4, 2, 0.6)
    rules = (WindowRule((short,)),) * 3 + (WindowRule((long,)),) * 3
    asked = type(asked)(life, rules, asked.known)
    assert window_tree(asked, 3).value == pytest.approx(lives.by_every_path(asked, 3), rel=1e-10)


def test_a_missing_price_is_left_out_of_the_window():
    known = numpy.array([1, numpy.nan, 0.8, 1.3])
    rule = WindowRule((RollingWindow(4, 2, 0.65),))
    asked = lives.problem(lives.plain_life(5, 0.1), rule, known)
    assert window_tree(asked, 3).value == pytest.approx(lives.by_every_path(asked, 3), rel=1e-10)


def test_in_pieces_is_the_same_as_at_once(monkeypatch):
    for includes_today in (False, True):
        rule = WindowRule((RollingWindow(7, 2, 0.65),), includes_today)
        asked = lives.problem(lives.plain_life(20, 0.1, 0.0001, 3), rule)
        whole = window_tree(asked, 3).value
        monkeypatch.setattr("notemodeler.engines.valuation.window_tree.MOST_AT_ONCE", 1)
        monkeypatch.setattr("notemodeler.engines.valuation.window_tree.PIECE", 50)
        assert window_tree(asked, 3).value == pytest.approx(whole, rel=1e-13)
        monkeypatch.undo()


@pytest.mark.parametrize(("points", "published"), [(2, 2.42368), (3, 2.43057), (4, 2.43652)])
def test_the_seed_reproduces_the_reference_values(points, published):
    """One-year note, year of 250 trading days, 124 closed and 125 open, 150 %, 2 %."""
    assert window_tree(lives.seed_problem(1.5), points).value == pytest.approx(published, abs=1e-5)


@pytest.mark.parametrize(
    ("volatility", "low", "high"), [(0.6, 1.8440, 1.8457), (1.5, 2.4358, 2.4419), (3, 3.729, 3.763)]
)
def test_four_returns_a_day_lie_in_the_bracket(volatility, low, high):
    found = window_tree(lives.seed_problem(volatility), 4).value
    assert low * (1 - 0.0002) <= found <= high * (1 + 0.0002)


@pytest.mark.parametrize("volatility", [0.2, 1.5, 6])
def test_one_price_of_the_notice_day_is_worth_one_over_the_multiplier(volatility):
    rule = WindowRule((RollingWindow(1, 1, 0.65),), includes_today=True)
    asked = lives.problem(lives.plain_life(30, volatility / 252**0.5), rule)
    assert window_tree(asked, 4).value == pytest.approx(1 / 0.65, rel=1e-12)


@pytest.mark.parametrize("volatility", [0.2, 1.5, 6])
def test_one_price_before_the_notice_is_worth_one_over_the_multiplier_at_a_fixed_date(volatility):
    rule = WindowRule((RollingWindow(1, 1, 0.65),))
    asked = lives.problem(lives.plain_life(1, volatility / 252**0.5), rule)
    assert window_tree(asked, 4).value == pytest.approx(1 / 0.65, rel=1e-12)


@pytest.mark.parametrize("volatility", [0.6, 1.5, 3])
def test_two_closes_are_worth_the_exact_limit(volatility):
    deviation = volatility / 252**0.5
    rule = WindowRule((RollingWindow(2, 1, 0.65),), includes_today=True)
    exact = 2 * normal_below(deviation / 2) / 0.65
    asked = lives.problem(lives.plain_life(1, deviation), rule, numpy.ones(2))
    assert window_tree(asked, 64).value == pytest.approx(exact, rel=1e-3)
    assert fixed_date_worth(rule, deviation).worth == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize(
    ("volatility", "published"), [(1.0, 1.6729), (1.5, 1.7403), (2.0, 1.8075), (3.0, 1.9408)]
)
def test_a_conversion_at_a_fixed_date_reproduces_the_published_worth(volatility, published):
    """No rate, a year of 252 trading days, the whole window unknown."""
    found = fixed_date_worth(lives.SEED_RULE, volatility / 252**0.5, draws=1 << 15)
    assert found.standard_error < 0.0005
    assert found.worth == pytest.approx(published, abs=0.0005 + 2 * found.standard_error)


def test_at_a_fixed_date_the_tree_comes_close_to_the_draws():
    deviation = 1.5 / 252**0.5
    asked = lives.problem(lives.plain_life(1, deviation), lives.SEED_RULE)
    drawn = fixed_date_worth(lives.SEED_RULE, deviation).worth
    assert window_tree(asked, 4).value == pytest.approx(drawn, rel=0.002)


def test_more_returns_a_day_come_to_one_value():
    rule = WindowRule((RollingWindow(4, 2, 0.65),))
    asked = lives.problem(lives.plain_life(60, 0.1), rule)
    found = [window_tree(asked, points).value for points in (2, 4, 8, 16)]
    apart = [abs(value - found[-1]) for value in found[:-1]]
    assert apart[0] > apart[1] > apart[2]
    assert apart[2] < 0.001 * found[-1]


def test_the_value_rises_with_volatility_and_look_back_and_falls_with_the_prices_averaged():
    def value(deviation=0.1, length=6, count=2):
        rule = WindowRule((RollingWindow(length, count, 0.65),))
        return window_tree(lives.problem(lives.plain_life(40, deviation), rule), 4).value

    assert value(0.05) < value(0.1) < value(0.2)
    assert value(length=3) < value(length=5) < value(length=7)
    assert value(count=1) > value(count=2) > value(count=4)


def test_nothing_is_converted_before_the_right_opens():
    life = lives.plain_life(10, 0.1, 0.0, first=10, end=1.0)
    assert window_tree(lives.problem(life, lives.SEED_RULE, numpy.ones(10)), 3).value == 1.0


def test_the_thresholds_part_converting_from_waiting():
    asked = lives.seed_problem(1.5, closed=0)
    first, late = window_tree(asked, 3, watch=(10, 110)).thresholds
    assert first.step == 10
    assert late.step == 110
    assert late.converts_from < first.converts_from <= first.waits_until


def test_it_stops_when_told_to():
    with pytest.raises(Cancelled):
        window_tree(lives.seed_problem(1.5), 3, cancel=lambda: True)
