"""What the window shows of a simulation: figures equal to the simulation's own, paths behind them, words."""

from datetime import date
from decimal import Decimal
from math import isnan

import pytest

from notemodeler.app.outlook import outlook_of
from notemodeler.app.outlook_past import past_of
from notemodeler.app.outlook_words import Amount, Told, Unit, about, outlook_sentences
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.app.simulation import Simulation
from notemodeler.domain.issuer import Split
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import HolderPolicy

ON = date(2019, 2, 1)


def simulation(project=None, paths=3_000, seed=5, **fields):
    made = with_field(project or ascent_project(), "valuation.policy", HolderPolicy.AT_ONCE)
    for name, value in fields.items():
        made = with_field(made, name.replace("__", "."), value)
    return Simulation(compute(made), ON, paths, seed)


@pytest.fixture(scope="module")
def one():
    made = simulation()
    return outlook_of(made, made.picture(), past_of(made))


@pytest.fixture(scope="module")
def book():
    made = simulation(ascent_book())
    return outlook_of(made, made.picture(), past_of(made))


def test_the_figures_are_those_of_the_simulation_for_the_same_seed(one):
    again = simulation().picture()
    note = again.notes[0]
    for name, distribution in (
        ("issued", note.issued), ("share_of_company", note.share_of_company),
        ("matured", note.matured), ("cost", note.cost),
    ):  # fmt: skip
        spread = one.note.row(name).spread
        assert spread.mean == distribution.mean
        assert spread.quantiles == distribution.quantiles
    assert one.note.row("gone_before").mean.value == note.gone.value
    assert one.note.fans[0].rows[2][one.known_days :] == again.price.rows[2]


def test_every_figure_has_its_standard_error_beneath(one):
    rows = one.note.rows
    for row, error in zip(rows[0::2], rows[1::2], strict=True):
        assert (row.name, row.is_error, error.is_error) == (error.name, False, True)
    spread = one.note.row("issued").spread
    errors = next(row for row in rows if row.name == "issued" and row.is_error)
    assert [each.value for each in errors.cells] == [
        each.error for each in (spread.mean, *spread.quantiles)
    ]


def test_a_percentile_leads_to_the_path_at_which_it_lands(one):
    paths = one.note.row("issued").spread.quantile_paths
    assert list(paths) == [one.picture.path_at(level) for level in (0.05, 0.25, 0.5, 0.75, 0.95)]
    issued = one.picture.outcome.notes[0].issued
    assert issued[paths[3]] == pytest.approx(one.note.row("issued").cells[4].value, rel=0.01)


def test_bars_hold_every_path_and_name_one_of_theirs(one):
    for name in ("issued", "share_of_company", "gone", "matured", "cost"):
        spread = one.note.row(name).spread
        assert sum(spread.counts) + spread.beyond == one.paths
        assert [path is None for path in spread.bar_paths] == [not count for count in spread.counts]
    spread, issued = one.note.row("issued").spread, one.picture.outcome.notes[0].issued
    for place, path in enumerate(spread.bar_paths):
        if path is not None:
            assert spread.edges[place] <= issued[path] <= spread.edges[place + 1]


def test_the_day_on_which_nothing_is_left_is_a_day_or_never(one):
    gone = one.note.row("gone")
    assert gone.mean is None
    places = one.picture.outcome.notes[0].gone
    path = gone.spread.quantile_paths[2]
    assert gone.cells[3].text == Amount(places[path], Unit.DAY, one.picture.days, 10**6).text
    assert Amount(200.0, Unit.DAY, one.picture.days, 100).text == "not before"


def test_the_known_past_stands_before_the_fan(one):
    fan = one.note.fans[0]
    series = one.simulation.results.series
    last = one.known_days - 1
    assert one.days[last] == ON
    assert fan.known[last] == pytest.approx(float(series.price_on(ON)))
    assert all(isnan(value) for value in fan.known[last + 1 :])
    assert {row[last] for row in fan.rows} == {fan.known[last]}
    paid = one.simulation.valued.quoter.on(one.days[last - 5]).price.conversion_price
    assert one.note.fans[1].known[last - 5] == pytest.approx(float(paid))


def test_the_past_is_told_in_dollars_of_the_valuation_day():
    split = Split(date(2019, 1, 15), 10, 1)
    made = simulation(issuer__splits=(split,))
    before = past_of(simulation())
    after = past_of(made)
    place = after.days.index(date(2019, 1, 4))
    assert after.price[place] == pytest.approx(10 * before.price[place])
    assert after.conversion_price[place] == pytest.approx(10 * before.conversion_price[place])


def test_a_day_of_a_fan_leads_to_a_path_that_is_there(one):
    fan, place = one.note.fans[0], one.known_days + 30
    path = one.path_in_fan(fan, place, 0.75)
    trace = one.picture.trace(path)
    assert trace.prices[30] == pytest.approx(fan.rows[3][place], rel=1e-6)
    assert one.path_in_fan(fan, 3, 0.75) is None


def test_the_book_adds_up_all_notes_that_owe_anything(book):
    notes = book.picture.outcome.notes
    total = sum(note.issued for note in notes)
    assert book.book.row("issued").mean.value == pytest.approx(float(total.mean()), rel=1e-6)
    means = [row.means.issued.value for row in book.notes]
    assert sum(means[:-1]) == pytest.approx(means[-1], rel=1e-6)
    outstanding = book.book.fans[2]
    end = book.picture.outcome.outstanding
    assert outstanding.rows[2][-1] == pytest.approx(sorted(end)[len(end) // 2], rel=1e-4)
    assert not isnan(outstanding.known[0])


def test_a_single_note_has_no_book(one):
    assert one.book is None
    assert one.notes == ()
    assert one.scope("book") is one.note


def test_sentences_say_the_range_and_the_chances(book):
    said = " ".join(book.book.sentences)
    assert said.startswith("In 9 of 10 paths the company issues ")
    assert "% of the company" in said
    assert 2 <= len(book.book.sentences) <= 4


def test_sentences_of_a_note_that_nothing_comes_of():
    told = Told("the holder receives", "the note", (0.0, 0.0, 0.0), None, None, 0.0, 1000.0, ())
    said = outlook_sentences(told)
    assert said[0] == "In 19 of 20 paths the holder receives no share."
    assert "on no path" in said[1]
    assert "$1,000 or more fall due in cash" in said[1]


def test_amounts_are_rounded_to_three_figures_in_prose():
    assert about(123_456_789) == "123,000,000"
    assert about(0.0) == "0"
    assert Amount(0.00003, Unit.PART).text == "0.0030 %"
    assert Amount(float("nan"), Unit.SHARES).text == "–"


def test_the_errors_say_how_many_paths_are_needed():
    fields = {"valuation__volatility": Decimal(2), "valuation__policy": HolderPolicy.OPTIMAL}
    rough = simulation(paths=400, **fields)
    found = outlook_of(rough, rough.picture(), past_of(rough))
    assert not found.is_precise
    more = simulation(paths=found.paths_needed, **fields)
    again = outlook_of(more, more.picture(), past_of(more))
    assert max(again.relative_errors) < 2 * 0.005 < max(found.relative_errors)


def test_a_policy_that_is_being_learnt_is_called_provisional():
    made = simulation(valuation__policy=HolderPolicy.OPTIMAL, paths=2_500)
    pictures = []
    made.refine(pictures.append)
    found = [outlook_of(made, picture, past_of(made)) for picture in (pictures[0], pictures[-1])]
    assert [each.is_provisional for each in found] == [True, False]
    words = [{fact.name: fact.value for fact in each.assumptions}["policy"] for each in found]
    assert words == ["at once when allowed, for now", "when it is worth most"]


def test_progress_is_told_after_every_batch():
    told = []
    simulation(paths=12_000).refine(lambda picture: None, progressed=told.append)
    assert told == [2_048, 10_240, 12_000]
