"""What the readers of a simulation get: pictures, paths to look into, drivers, maps and the command."""

import json
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.__main__ import main
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.simulation import Simulation
from notemodeler.app.simulation_words import figures, gone_date, sentences
from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.io.document_file import save_document

ON = date(2019, 2, 1)


def project(**fields: object) -> Project:
    made = with_field(ascent_project(), "valuation.policy", HolderPolicy.AT_ONCE)
    for name, value in fields.items():
        made = with_field(made, name.replace("__", "."), value)
    return made


def simulation(paths: int = 1_000, **fields: object) -> Simulation:
    return Simulation(compute(project(**fields)), ON, paths, 3)


def test_paths_and_seed_are_those_of_the_document_unless_given():
    stated = {"valuation__paths": 700, "valuation__seed": 9, "valuation__valuation_date": None}
    found = Simulation(compute(project(**stated)))
    assert (found.paths, found.seed) == (700, 9)
    assert found.on == date(2019, 7, 31)
    assert Simulation(compute(project(valuation__valuation_date=ON))).on == ON


def test_nothing_after_the_day_is_looked_at():
    whole = simulation().picture()
    cut = project()
    bars = tuple(bar for bar in cut.prices[0].bars if bar.date <= ON)
    cut = cut.with_series(PriceSeries(cut.prices[0].kind, bars=bars))
    again = Simulation(compute(cut), ON, 1_000, 3).picture()
    assert whole.notes[0].issued.mean == again.notes[0].issued.mean


def test_a_path_becomes_prices_that_the_explain_view_can_take():
    made = simulation()
    picture = made.picture()
    path = picture.path_at(0.95)
    series = made.series_of(picture, path)
    trace = picture.trace(path)
    assert series.dates[-1] == picture.days[-1]
    assert series.last_price_by(ON).price == made.results.series.last_price_by(ON).price
    later = made.known_project.with_series(series)
    day = picture.days[40]
    price = compute(later).quote(day).price.conversion_price
    assert float(price) == pytest.approx(trace.conversion_prices[40], rel=1e-4)


def test_the_figures_carry_their_errors_and_the_sentences_seed_and_paths():
    picture = simulation().picture()
    found = {each.name: each for each in figures(picture)}
    assert found["issued_mean"].estimate.paths == 1_000
    assert found["value"].estimate.error > 0
    assert "±" in found["value"].shown
    said = " ".join(sentences(picture))
    assert "1,000 paths" in said
    assert "seed 3" in said
    assert gone_date(picture, picture.notes[0]) in picture.days


def test_without_prices_a_sentence_says_what_is_lacking():
    empty = project().with_series(PriceSeries())
    with pytest.raises(UserError, match="no price"):
        Simulation(compute(empty), ON, 500, 1).picture()


def test_the_command_gives_the_same_figures_for_the_same_seed(tmp_path, capsys):
    path = tmp_path / "one.note"
    save_document(path, project(valuation__volatility=Decimal("1.2")))
    line = ["simulate", str(path), "--on", "2019-02-01", "--paths", "600", "--seed", "4"]
    assert main(line) == 0
    text = capsys.readouterr().out
    assert "600 paths" in text
    assert "seed 4" in text
    assert main([*line, "--json"]) == 0
    first = capsys.readouterr().out
    assert main([*line, "--json"]) == 0
    assert capsys.readouterr().out == first
    data = json.loads(first)
    assert (data["paths"], data["seed"], data["as_of"]) == (600, 4, "2019-02-01")
    assert data["figures"]["value"]["standard_error"] > 0
    assert len(data["price"]["quantiles"]["50"]) == len(data["days"])


def test_the_command_refuses_what_is_no_number_of_paths(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["simulate", "x.note", "--paths", "5"])
    assert "whole number from 100" in capsys.readouterr().err
