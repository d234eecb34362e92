"""Random numbers: the same seed gives the same bits, in any order and however many are asked for."""

from decimal import Decimal

import numpy
import pytest

from notemodeler.domain.project import FIELDS
from notemodeler.domain.valuation import HolderPolicy, RatePoint
from notemodeler.engines.simulation.draws import FIRST_BLOCK, Seeded, blocks_of, drawn
from notemodeler.engines.simulation.models import (
    Diffusion,
    FatTails,
    JumpDiffusion,
    OwnHistory,
    Still,
    log_growth,
    mirrors,
)
from notemodeler.engines.simulation.statistics import mean_of
from tests.engines.simulation.simulated_notes import ON, case_of, document


def test_the_same_seed_gives_the_same_bits_and_another_seed_others():
    one, again, other = (drawn(Seeded(seed), 0, 1, 20) for seed in (5, 5, 6))
    assert one.tobytes() == again.tobytes()
    assert not numpy.array_equal(one, other)


def test_more_days_leave_the_days_before_as_they_were():
    assert numpy.array_equal(drawn(Seeded(5), 0, 0, 40)[:15], drawn(Seeded(5), 0, 0, 15))


def test_streams_and_purposes_share_no_numbers():
    base = drawn(Seeded(5), 0, 0, 5)
    assert not numpy.array_equal(base, drawn(Seeded(5, stream=1), 0, 0, 5))
    assert not numpy.array_equal(base, drawn(Seeded(5), 1, 0, 5))


def test_neighbouring_paths_are_mirror_images_with_variance_one():
    rows = drawn(Seeded(5), 0, 0, 10)
    assert numpy.array_equal(rows[:, 0::2], -rows[:, 1::2])
    assert numpy.allclose((rows.astype(float) ** 2).mean(axis=1), 1, atol=1e-5)


def test_blocks_cover_the_paths_and_do_not_hang_on_their_number():
    many = list(blocks_of(30_000))
    assert sum(block.paths for block in many) == 30_000
    assert many[0] == next(blocks_of(FIRST_BLOCK))
    assert many[:2] == list(blocks_of(2048 + 8192))


MODELS = (
    Diffusion(1.5),
    JumpDiffusion(0.8, 12.0, -0.1, 0.3),
    FatTails(1.0, 3.0),
    OwnHistory(tuple(numpy.random.default_rng(3).standard_t(4, 120) * 0.06), 5),
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_the_price_of_every_model_has_the_mean_one_on_every_day(model):
    days, blocks = (0, 2, 6, 11, 29), list(blocks_of(80_000))
    parts = [model.noise(Seeded(9), block, 30) for block in blocks]
    for day in days:
        walks = [
            part.scale * part.matrix[: day + 1].astype(float).sum(axis=0) + part.shift * (day + 1)
            for part in parts
        ]
        mean = mean_of(numpy.exp(numpy.concatenate(walks)), mirrored=mirrors(model, Seeded(9)))
        assert abs(mean.value - 1) < 4 * mean.error
        assert mean.error < 0.02


def test_runs_of_the_past_do_not_add_a_drift():
    trending = tuple([0.03] * 10 + [-0.03] * 10) * 6
    model = OwnHistory(trending, 10)
    walks = [model.noise(Seeded(3), block, 40).matrix.sum(axis=0) for block in blocks_of(80_000)]
    mean = mean_of(numpy.exp(numpy.concatenate(walks).astype(float)), mirrored=False)
    assert abs(mean.value - 1) < 4 * mean.error
    assert mean.error < 0.005


def test_the_cut_of_fat_tails_takes_nothing_off_the_volatility():
    model = FatTails(1.5, 2.5)
    parts = [model.noise(Seeded(9), block, 40) for block in blocks_of(40_000)]
    returns = [part.scale * part.matrix.astype(float).ravel() for part in parts]
    squares = numpy.concatenate(returns) ** 2
    error = squares.std() / numpy.sqrt(squares.size)
    assert abs(squares.mean() - 1.5**2 / 252) < 4 * error
    assert error < 0.01 * 1.5**2 / 252


@pytest.mark.parametrize("model", MODELS[:3], ids=lambda model: type(model).__name__)
def test_the_daily_deviation_is_what_the_returns_have(model):
    (block,) = blocks_of(FIRST_BLOCK)
    noise = model.noise(Seeded(9), block, 250)
    found = float((noise.scale * noise.matrix.astype(float)).std())
    assert found == pytest.approx(model.daily_deviation, rel=0.02)


def test_history_is_drawn_in_runs_of_its_own_returns():
    past = tuple((numpy.arange(40) - 20) / 1000)
    (block,) = blocks_of(100)
    rows = OwnHistory(past, 8).noise(Seeded(1), block, 16).matrix
    rows = rows + numpy.tile(log_growth(past, 8), 2)[:, None]
    assert set(numpy.unique(rows.round(5))) <= set(numpy.float32(past).round(5))
    inside = numpy.diff(rows[:8], axis=0)
    assert numpy.isclose(inside, 0.001, atol=1e-6).mean() > 0.7


def test_without_chance_nothing_moves():
    (block,) = blocks_of(4)
    noise = Still().noise(Seeded(1), block, 3)
    assert not noise.matrix.any()
    assert noise.shift == 0


@pytest.mark.parametrize("model", MODELS[:3], ids=lambda model: type(model).__name__)
def test_without_a_drift_of_its_own_the_discounted_price_is_a_martingale(model):
    rate = RatePoint(180, Decimal("0.30"))
    case = case_of(document(valuation__risk_free=(rate,)), model=model, policy=HolderPolicy.NEVER)
    prices = case.run(10_240, shown=10_240).prices.astype(float)
    years = (case.days[-1] - ON).days / 365
    discounted = prices[-1] * numpy.exp(-0.30 * years) / case.inputs.price
    mean = mean_of(discounted, mirrored=True)
    assert case.assumed.drift == pytest.approx(0.30)
    assert abs(mean.value - 1) < 4 * mean.error
    assert mean.error < 0.03


DRIFT = next(field for field in FIELDS if field.name == "valuation.drift_rate")


def test_a_stated_drift_is_how_fast_the_expected_price_grows():
    case = case_of(document(valuation__drift_rate=Decimal("0.8")), model=Diffusion(0.5))
    years = (case.days[-1] - ON).days / 365
    last = case.run(10_240, shown=10_240).prices[-1].astype(float) / case.inputs.price
    mean = mean_of(last, mirrored=True)
    assert abs(mean.value - numpy.exp(0.8 * years)) < 4 * mean.error
    # As a log drift it would be larger by half the variance, which is far outside.
    assert abs(mean.value - numpy.exp((0.8 + 0.125) * years)) > 6 * mean.error
    assert "expected price" in DRIFT.term.help
