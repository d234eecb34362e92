"""The picture that refines: quick at first, with errors that shrink, and gone at once when cancelled."""

import threading
import time
from decimal import Decimal

import numpy
import pytest

from notemodeler.domain.issuer import AuthorisedShares
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import HolderPolicy, PriceModel
from notemodeler.engines.simulation.models import Diffusion
from notemodeler.engines.simulation.picture import Picture, fan
from notemodeler.engines.simulation.simulated import refine
from notemodeler.engines.simulation.statistics import mean_of, quantile, share_of_paths
from tests.engines.simulation.simulated_notes import ON, case_of, document, in_dollars


def pictures(case, paths: int) -> list[Picture]:
    found: list[Picture] = []
    refine(case, paths, lambda *parts: found.append(Picture(*parts)))
    return found


def test_pictures_come_as_paths_double_and_the_last_one_is_final():
    found = pictures(case_of(document(), policy=HolderPolicy.AT_ONCE), 30_000)
    assert [picture.paths for picture in found] == [2_048, 10_240, 26_624, 30_000]
    assert [picture.is_final for picture in found] == [False, False, False, True]
    errors = [picture.notes[0].issued.mean.error for picture in found]
    assert errors[0] > errors[-1] > 0


def test_the_best_policy_is_shown_after_one_that_converts_at_once():
    found = pictures(case_of(document(), policy=HolderPolicy.OPTIMAL), 4_096)
    words = [picture.case.policy_words for picture in found]
    assert words[0] == "at once when allowed"
    assert words[-1].startswith("when it is worth most")
    assert found[-1].notes[0].value.value > found[0].notes[0].value.value


def test_the_first_picture_comes_in_no_time():
    case = case_of(document())
    pictures(case, 2_048)  # the network and the normals are made once
    start, first = time.perf_counter(), []

    def report(*parts):
        picture = Picture(*parts)
        assert len(picture.price.rows) == len(picture.conversion_price.rows) == 5
        assert picture.notes[0].gone_by
        first.append(time.perf_counter() - start)

    refine(case_of(document()), 2_048, report)
    assert first[0] < 0.5  # 0.02 s on an idle machine


def test_a_simulation_that_is_cancelled_ends_at_once_and_tells_nothing_more():
    case, told, stop, done = case_of(document()), [], threading.Event(), []

    def work():
        done.append(refine(case, 2_000_000, lambda *parts: told.append(parts), stop.is_set))

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    stop.set()
    asked = time.perf_counter()
    thread.join(5)
    assert time.perf_counter() - asked < 1.0  # well under 0.2 s on an idle machine
    assert done == [None]


def test_the_fan_is_made_of_the_quantiles_of_each_day():
    (picture,) = pictures(case_of(document(), model=Diffusion(1.0)), 2_000)[-1:]
    fan = picture.price
    day = picture.outcome.prices[50].astype(float)
    assert fan.paths == 2_000
    assert fan.rows[2][50] == pytest.approx(numpy.quantile(day, 0.5), rel=5e-3)
    assert fan.rows[0][50] < fan.rows[1][50] < fan.rows[2][50] < fan.rows[3][50] < fan.rows[4][50]


@pytest.mark.parametrize("level", [0, 2, 4])
def test_the_errors_of_a_fan_are_those_that_other_seeds_show(level):
    found = []
    for seed in range(24):
        case = case_of(
            document(valuation__seed=seed), model=Diffusion(1.0), policy=HolderPolicy.NEVER
        )
        outcome = case.run(2_000, shown=2_000)
        found.append(fan(outcome.prices[[50]], mirrored=case.mirrored))
    claimed = numpy.mean([each.errors[level][0] for each in found])
    spread = numpy.std([each.rows[level][0] for each in found], ddof=1)
    assert 0.4 < spread / claimed < 1.6


def test_chances_are_told_where_charter_and_par_are_known():
    project = in_dollars(document(valuation__policy=HolderPolicy.AT_ONCE))
    assert pictures(case_of(project), 500)[-1].authorised_out is None
    project = with_field(project, "issuer.par_price", Decimal("0.9"))
    rows = (AuthorisedShares(ON, 1_410_000),)
    picture = pictures(case_of(with_field(project, "issuer.shares_authorised", rows)), 500)[-1]
    assert picture.authorised_out.value > 0.9
    assert 0.3 < picture.below_par.value < 1.0


def test_the_path_at_a_quantile_is_the_path_with_those_shares():
    (picture,) = pictures(case_of(document(), policy=HolderPolicy.AT_ONCE), 2_000)[-1:]
    path = picture.path_at(0.95)
    wanted = picture.notes[0].issued.quantiles[4].value
    assert picture.trace(path).issued.sum() == pytest.approx(wanted, rel=1e-3)


def test_a_note_is_gone_by_a_day_on_as_many_paths_as_have_nothing_left():
    (picture,) = pictures(case_of(document(), policy=HolderPolicy.AT_ONCE), 2_000)[-1:]
    parts = picture.notes[0].gone_by
    assert len(parts) == len(picture.days)
    assert list(parts) == sorted(parts)
    assert parts[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("model", list(PriceModel))
def test_every_model_of_prices_gives_a_picture(model):
    picture = pictures(case_of(document(valuation__price_model=model)), 512)[-1]
    assert picture.notes[0].issued.mean.value > 0


def test_errors_are_those_of_independent_pairs():
    values = numpy.tile([1.0, -1.0], 50)
    assert mean_of(values, mirrored=True).error == 0
    assert mean_of(values, mirrored=False).error == pytest.approx(1 / numpy.sqrt(99), rel=1e-3)
    never = share_of_paths(numpy.zeros(400, bool), mirrored=False)
    assert never.value == 0 < never.error < 0.01
    assert quantile(numpy.arange(10_001.0), 0.5).value == 5_000
