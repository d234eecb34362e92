"""A simulated path as a document: the exact engines find the prices and conversions that were simulated."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.measured import Measurer
from notemodeler.app.path_words import path_rows, path_sentences
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.app.simulated_path import simulated_path
from notemodeler.app.simulation import Simulation
from notemodeler.app.what_drives import middle_path
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.rule import FloorEffect, MissingPrices
from notemodeler.domain.valuation import HolderPolicy

ON = date(2019, 2, 1)
SINGLE = 1e-5
"""Prices of six digits in single precision."""


def project(**fields: object) -> Project:
    made = ascent_project()
    for name, value in fields.items():
        made = with_field(made, name.replace("__", "."), value)
    return made


def simulation(on: date = ON, **fields: object) -> Simulation:
    return Simulation(compute(project(**fields)), on, 3_000, 1)


def assert_prices_agree(made, picture, path):
    found = simulated_path(made, picture, path)
    trace = picture.trace(path)
    compared = 0
    for day, price in zip(trace.days, trace.conversion_prices, strict=True):
        exact = found.results.quote(day).price.conversion_price
        if price == price:
            assert float(exact) == pytest.approx(float(price), rel=SINGLE)
            compared += 1
    assert compared > len(trace.days) / 2
    return found


@pytest.mark.parametrize("level", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("policy", [HolderPolicy.OPTIMAL, HolderPolicy.SCHEDULE])
def test_prices_and_conversions_are_those_of_the_simulation(level, policy):
    made = simulation(valuation__policy=policy)
    picture = made.picture()
    path = picture.path_at(level)
    found = assert_prices_agree(made, picture, path)
    assert [each.date for each in found.booked] == [each.date for each in found.conversions]
    for booked, simulated in zip(found.booked[:-1], found.conversions, strict=False):
        assert booked.shares == pytest.approx(simulated.shares, rel=1e-3)
        assert float(booked.price) == pytest.approx(simulated.price, rel=SINGLE)
    issued = sum(each.shares for each in found.booked)
    assert issued == pytest.approx(float(picture.outcome.notes[0].issued[path]), rel=0.01)


def test_what_the_holder_takes_last_is_all_that_is_owed():
    made = simulation(valuation__policy=HolderPolicy.AT_ONCE)
    picture = made.picture()
    found = simulated_path(made, picture, picture.path_at(0.5))
    assert found.conversions[-1].takes_all
    assert float(found.results.history.owed_on(date(2019, 8, 1)).total) < 0.01


@pytest.mark.parametrize(
    "fields",
    [
        {"note__conversion__rule__floor_price": Decimal("0.0009")},
        {
            "note__conversion__rule__floor_price": Decimal("0.0009"),
            "note__conversion__rule__floor_effect": FloorEffect.CASH,
        },
        {"note__conversion__fee_amount": Decimal(750)},
        {"scenario__volume_shares": 30_000_000},
        {"valuation__impact": Decimal("0.05")},
        {"valuation__share_price": Decimal("0.0031")},
        {"note__conversion__rule__missing_prices": MissingPrices.REACH_BACK},
    ],
)
def test_other_terms_and_inputs_come_out_as_simulated_too(fields):
    made = simulation(**fields)
    picture = made.picture()
    path = picture.path_at(0.6)
    found = assert_prices_agree(made, picture, path)
    assert sum(each.shares for each in found.booked) == pytest.approx(
        float(picture.outcome.notes[0].issued[path]), rel=0.02
    )


def test_a_path_of_a_later_block_is_found_again():
    made = simulation()
    picture = made.picture()
    assert_prices_agree(made, picture, 2_500)


def test_a_path_of_a_cell_begins_at_the_price_of_the_cell():
    measurer = Measurer(simulation())
    changes = (("valuation.share_price", Decimal("0.004")),)
    made, picture, path, _ = middle_path(measurer, changes, "x")
    found = assert_prices_agree(made, picture, path)
    assert found.results.series.price_on(ON) == Decimal("0.004")
    assert any("another share price" in each for each in found.remarks)
    made, picture, path, _ = middle_path(measurer, (), "")
    assert not assert_prices_agree(made, picture, path).remarks


def test_a_day_without_a_quote_before_the_path_begins_is_taken_as_the_simulation_does():
    series = ascent_project().prices[0]
    bars = tuple(replace(bar, price=None) if bar.date == ON else bar for bar in series.bars)
    gap = ascent_project().with_series(series.with_bars(bars))
    made = Simulation(compute(gap), ON, 500, 1)
    picture = made.picture()
    assert_prices_agree(made, picture, picture.path_at(0.5))


def test_only_known_entries_stay_in_the_ledger_and_the_document_is_left_alone():
    made = simulation()
    before = made.results.project
    picture = made.picture()
    found = simulated_path(made, picture, 7)
    ledger = found.results.note.ledger
    assert [entry.date for entry in ledger] == sorted(entry.date for entry in ledger)
    assert all(entry.kind is EntryKind.CONVERSION for entry in ledger)
    assert made.results.project is before
    assert not before.notes[0].ledger


def test_in_a_book_the_other_notes_are_named_as_left_out():
    made = Simulation(compute(ascent_book(), 0), ON, 500, 1)
    picture = made.picture()
    found = assert_prices_agree(made, picture, picture.path_at(0.5))
    assert any("other notes of the book" in each for each in found.remarks)


def test_a_path_is_told_in_words_with_what_is_still_owed():
    made = simulation(valuation__policy=HolderPolicy.NEVER)
    picture = made.picture()
    words = " ".join(path_sentences(simulated_path(made, picture, 0)))
    assert "never converts" in words
    made = simulation(valuation__policy=HolderPolicy.AT_ONCE)
    picture = made.picture()
    found = simulated_path(made, picture, picture.path_at(0.9))
    rows = path_rows(found)
    assert rows[-1].issued == sum(row.happening.shares for row in rows)
    assert f"{rows[-1].issued:,} shares" in " ".join(path_sentences(found))
