"""Random numbers: the same seed gives the same bits, in any order and however many are asked for."""

import numpy
import pytest

from notemodeler.engines.simulation.draws import FIRST_BLOCK, Seeded, blocks_of, drawn
from notemodeler.engines.simulation.models import (
    Diffusion,
    FatTails,
    JumpDiffusion,
    OwnHistory,
    Still,
)


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
def test_the_gross_return_of_every_model_has_the_mean_one(model):
    total, squares, many = 0.0, 0.0, 0
    for block in blocks_of(40_000):
        noise = model.noise(Seeded(9), block, 60)
        gross = numpy.exp(noise.scale * noise.matrix.astype(float) + noise.shift)
        total, squares, many = total + gross.sum(), squares + (gross**2).sum(), many + gross.size
    mean = total / many
    error = numpy.sqrt((squares / many - mean**2) / many)
    assert abs(mean - 1) < 4 * error


@pytest.mark.parametrize("model", MODELS[:3], ids=lambda model: type(model).__name__)
def test_the_daily_deviation_is_what_the_returns_have(model):
    (block,) = blocks_of(FIRST_BLOCK)
    noise = model.noise(Seeded(9), block, 250)
    found = float((noise.scale * noise.matrix.astype(float)).std())
    # The fat tails lose what is cut off them.
    assert found == pytest.approx(model.daily_deviation, rel=0.08)


def test_history_is_drawn_in_runs_of_its_own_returns():
    past = tuple((numpy.arange(40) - 20) / 1000)
    (block,) = blocks_of(100)
    rows = OwnHistory(past, 8).noise(Seeded(1), block, 16).matrix
    assert set(numpy.unique(rows)) <= set(numpy.float32(past))
    inside = numpy.diff(rows[:8], axis=0)
    assert numpy.isclose(inside, 0.001, atol=1e-6).mean() > 0.7


def test_without_chance_nothing_moves():
    (block,) = blocks_of(4)
    noise = Still().noise(Seeded(1), block, 3)
    assert not noise.matrix.any()
    assert noise.shift == 0
