"""The valuation for a file: the same figures as its readers have, told step by step, ended when asked."""

import hashlib

import pytest

from notemodeler.app.export import export_workbook, valued_workbook_bytes, workbook_bytes
from notemodeler.app.export_valuation import valuation_found
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.simulation import Simulation
from notemodeler.app.valuation import Valuations
from notemodeler.engines.valuation.life import Cancelled
from notemodeler.engines.valuation.worth import Engine
from notemodeler.io.document_file import save_document
from tests.io.valuation_notes import FRIDAY, notes_that_lack_something, valued


@pytest.fixture(scope="module")
def project():
    return valued(ascent_project(), valuation_date=FRIDAY)


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def found(project, told):
    return valuation_found(compute(project), lambda done, words: told.append((done, words)))


def test_the_engines_stand_side_by_side_with_the_simulation_second(found, project):
    assert [each.engine for each in found.values] == [
        Engine.TREE, Engine.SIMULATION, Engine.BLACK_SCHOLES, Engine.INTRINSIC,
    ]  # fmt: skip
    own = Valuations(compute(project))
    for each in found.values:
        assert each.note == own.value(FRIDAY, each.engine).note
    assert found.sentences
    assert found.on == FRIDAY


def test_dates_and_roll_forward_are_those_of_the_run(found, project):
    run = Valuations(compute(project)).run()
    assert found.rolled == tuple(run.roll_forward.rows)
    assert [each.found.note for each in found.dates] == [row.found.note for row in run.values.rows]


def test_what_may_come_is_the_picture_of_the_same_seed(found, project):
    picture = Simulation(compute(project)).picture()
    outlook = found.outlook
    assert (outlook.paths, outlook.seed, outlook.days) == (
        picture.paths,
        picture.seed,
        picture.days,
    )
    assert outlook.price == picture.price
    issued = next(each for each in outlook.figures if each.label == "Shares issued")
    assert issued.found == picture.notes[0].issued
    assert len(outlook.drivers) >= 4


def test_the_document_is_named_by_the_digest_of_its_file(found, project, tmp_path):
    save_document(tmp_path / "a.note", project)
    content = (tmp_path / "a.note").read_bytes()
    assert found.document == hashlib.sha256(content).hexdigest()


def test_the_prices_of_the_volatility_are_those_that_the_engine_took(found):
    words = found.inputs.volatility_words
    assert f"of {len(found.returns) - 1} daily" in words
    assert found.returns[0].date.isoformat() in words
    assert found.returns[-1].date == FRIDAY


def test_progress_never_goes_back_and_ends_at_all(found, told):
    parts = [done for done, _ in told]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert len({words for _, words in told}) >= 5


@pytest.mark.parametrize("asked_before", [0, 3, 60, 200])
def test_it_ends_when_it_is_no_longer_wanted(project, asked_before):
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > asked_before

    with pytest.raises(Cancelled):
        valued_workbook_bytes(compute(project), cancelled=cancelled)
    assert asked < asked_before + 50


@pytest.mark.parametrize("name", notes_that_lack_something())
def test_what_a_note_lacks_is_said_in_words(name):
    found = valuation_found(compute(notes_that_lack_something()[name]))
    main = found.values[0]
    assert main.note is not None or any(issue.is_error for issue in found.issues)
    assert found.outlook.days or found.outlook.words


def test_the_sheets_are_left_out_unless_they_are_asked_for(project, tmp_path):
    results = compute(project)
    export_workbook(results, tmp_path / "plain.xlsx")
    assert (tmp_path / "plain.xlsx").read_bytes() == workbook_bytes(results)
    export_workbook(results, tmp_path / "whole.xlsx", with_valuation=True)
    assert (tmp_path / "whole.xlsx").read_bytes() == valued_workbook_bytes(results)
