"""What drives a note: ends of every driver, maps that grow, policies shared honestly, words a reader knows."""

import dataclasses
from datetime import date
from decimal import Decimal
from itertools import pairwise
from time import perf_counter

import pytest

from notemodeler.app.driver_maps import MAP_PATHS
from notemodeler.app.driver_words import cell_tip, change_words, sentences, short_figure
from notemodeler.app.measured import Measurer, Yield, measured
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.app.simulation import Simulation
from notemodeler.app.variants import (
    LOOK_BACK,
    MULTIPLIER,
    VOLATILITY,
    bounded,
    drivers,
    value_words,
)
from notemodeler.app.what_drives import (
    lookback_by_discount,
    middle_path,
    price_by_volatility,
    tornado,
    what_drives,
)
from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.rule import PriceComposition, Statistic
from notemodeler.domain.valuation import HolderPolicy, PriceModel
from notemodeler.engines.simulation.holder import never_cancelled
from notemodeler.engines.simulation.statistics import Estimate

ON = date(2019, 2, 1)


def project(**fields: object) -> Project:
    made = with_field(ascent_project(), "valuation.policy", HolderPolicy.AT_ONCE)
    for name, value in fields.items():
        made = with_field(made, name.replace("__", "."), value)
    return made


def simulation(paths: int = 1_000, **fields: object) -> Simulation:
    return Simulation(compute(project(**fields)), ON, paths, 3)


def test_the_tornado_puts_the_strongest_driver_first():
    found = tornado(simulation())
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    bars = {bar.label: bar for bar in found.bars}
    assert bars["Multiplier"].low.shares.value > bars["Multiplier"].high.shares.value
    assert bars["Price impact"].high.shares.value >= bars["Price impact"].low.shares.value
    assert {"Volatility", "Drift a year", "Look-back", "Ownership limit"} <= set(bars)
    by_cost = [bar.swing_of(Yield.COST) for bar in found.ranked(Yield.COST)]
    assert by_cost == sorted(by_cost, reverse=True)


def test_the_ends_of_a_driver_are_told_as_they_are_and_not_as_half_or_twice():
    found = {bar.label: bar for bar in tornado(simulation(valuation__volatility=Decimal(1))).bars}
    words = {label: (bar.own_words, bar.low_words, bar.high_words) for label, bar in found.items()}
    assert words["Volatility"] == ("100 %", "50 %", "200 %")
    assert words["Look-back"] == ("10 days", "5 days", "20 days")
    assert words["Multiplier"] == ("65 %", "55 %", "75 %")
    assert words["Ownership limit"] == ("4.99 %", "2.5 %", "no limit")
    assert words["Price impact"] == ("none", "none", "2 %")
    assert words["Drift a year"] == ("0 %", "−50 %", "50 %")


def test_a_change_on_the_same_paths_is_known_far_better_than_the_figures():
    found = tornado(simulation(valuation__policy=HolderPolicy.SCHEDULE))
    bar = next(bar for bar in found.bars if bar.name == LOOK_BACK)
    assert bar.high_change.shares.value == pytest.approx(
        bar.high.shares.value - found.base.shares.value, rel=1e-4
    )
    assert bar.high_change.shares.error < bar.high.shares.error / 2


def test_an_end_that_is_the_note_itself_changes_nothing():
    bar = next(bar for bar in tornado(simulation()).bars if bar.label == "Price impact")
    assert bar.low_change.shares == Estimate(0.0, 0.0, bar.low.shares.paths)


def test_a_map_marks_the_note_itself():
    made = simulation()
    found = lookback_by_discount(made)
    row, column = found.own
    assert (found.rows[row], found.columns[column]) == ("10 days", "35 %")
    deeper = [cell.shares.value for cell in found.cells[row]]
    assert deeper == sorted(deeper)
    prices = price_by_volatility(made)
    of_price = [line[prices.own[1]].shares.value for line in prices.cells]
    assert of_price == sorted(of_price, reverse=True)


@pytest.mark.parametrize("policy", [HolderPolicy.AT_ONCE, HolderPolicy.OPTIMAL])
def test_the_marked_cells_are_the_note_measured_on_the_same_paths(policy):
    made = simulation(valuation__policy=policy)
    measurer = Measurer(made)
    case, outcome = measurer.outcome((), MAP_PATHS, never_cancelled)
    base = measured(outcome, mirrored=case.mirrored)
    for find in (lookback_by_discount, price_by_volatility):
        found = find(made)
        assert found.cells[found.own[0]][found.own[1]] == base


def test_the_axes_name_prices_in_dollars_and_volatilities_in_percent():
    stated = price_by_volatility(
        simulation(valuation__share_price=Decimal("0.002"), valuation__volatility=Decimal("1.5"))
    )
    assert stated.rows == ("$0.001", "$0.0015", "$0.002", "$0.003", "$0.004")
    assert stated.columns == ("75 %", "112.5 %", "150 %", "225 %", "300 %")
    assert stated.row_axis.remarks == ("× 50 %", "× 75 %", "this note", "× 150 %", "× 200 %")
    made = simulation()
    found = price_by_volatility(made)
    assert found.rows[2] == value_words("valuation.share_price", Decimal(repr(made.inputs.price)))
    assert found.columns[2] == f"{made.inputs.volatility * 100:.1f} %"


def test_a_map_leaves_out_what_the_terms_do_not_allow():
    found = lookback_by_discount(simulation(note__conversion__rule__lowest_count=8))
    rows = dict(zip(found.rows, found.cells, strict=True))
    assert set(rows["5 days"]) == {None}
    assert None not in rows["10 days"]
    assert found.is_complete
    assert "no price" in cell_tip(found, 0, 0, Yield.SHARES)


def test_everything_is_reported_as_it_grows():
    told = []
    found = what_drives(Measurer(simulation()), lambda drives, part: told.append((drives, part)))
    fractions = [part for _, part in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)
    known = [sum(len(each.known) for each in drives.maps) for drives, _ in told]
    assert known == sorted(known)
    assert {later - before for before, later in pairwise(known)} <= {0, 1}
    first = next(drives.maps[0] for drives, _ in told if drives.maps[0].known)
    assert first.known == {first.own}
    assert told[0][0].tornado.bars == ()
    assert not told[0][0].tornado.is_complete
    assert found.tornado.is_complete
    assert told[-1][0] == found


def test_a_cancelled_map_and_tornado_give_nothing():
    assert tornado(simulation(), lambda: True) is None
    assert lookback_by_discount(simulation(), lambda: True) is None
    assert what_drives(Measurer(simulation()), cancelled=lambda: True) is None


def test_it_stops_soon_after_it_was_told_to():
    measurer = Measurer(simulation(valuation__policy=HolderPolicy.OPTIMAL))
    asked: list[float] = []

    def cancelled() -> bool:
        if len(reports) == 2 and not asked:
            asked.append(perf_counter())
        return bool(asked)

    reports: list[float] = []
    found = what_drives(measurer, lambda _drives, part: reports.append(part), cancelled)
    assert found is None
    assert perf_counter() - asked[0] < 0.05


def test_a_policy_is_learnt_once_where_it_cannot_differ(monkeypatch):
    from notemodeler.engines.simulation import choice

    learnt = []
    original = choice.best_policy

    def counted(setting, *rest):
        learnt.append(setting)
        return original(setting, *rest)

    monkeypatch.setattr(choice, "best_policy", counted)
    measurer = Measurer(simulation(valuation__policy=HolderPolicy.OPTIMAL))
    found = what_drives(measurer)
    assert found.is_reused
    # The note, both ends of five drivers, the look-backs of 15 and 25 days, and the map of prices, in
    # which the note and its volatilities at half and twice are known by then.
    assert len(learnt) == 1 + 2 * 5 + 2 + (25 - 3)


def test_the_policy_of_another_discount_is_as_good_as_one_learnt_for_it():
    measurer = Measurer(simulation(valuation__policy=HolderPolicy.OPTIMAL))
    own = ((MULTIPLIER, Decimal("0.65")),)
    measurer.outcome(own, MAP_PATHS, never_cancelled)
    for multiplier in ("0.5", "0.8"):
        changes = ((MULTIPLIER, Decimal(multiplier)),)
        values = []
        for like in (own, None):
            case, outcome = measurer.outcome(changes, MAP_PATHS, never_cancelled, like)
            values.append(measured(outcome, mirrored=case.mirrored).value)
        assert values[0].value == pytest.approx(values[1].value, abs=2 * values[1].error)


def test_where_a_fixed_price_or_a_floor_counts_no_policy_is_taken_over():
    floored = simulation(
        valuation__policy=HolderPolicy.OPTIMAL,
        note__conversion__rule__floor_price=Decimal("0.0005"),
    )
    told = []
    what_drives(Measurer(floored), lambda drives, _part: told.append(drives), lambda: bool(told))
    assert not told[0].is_reused


def test_a_note_with_a_fixed_price_has_neither_look_backs_nor_discounts():
    fixed = simulation(
        note__conversion__rule__composition=PriceComposition.FIXED,
        note__conversion__rule__fixed_price=Decimal("0.001"),
    )
    found = what_drives(Measurer(fixed))
    assert [each.title for each in found.maps] == ["Share price by volatility"]
    names = {bar.name for bar in found.tornado.bars}
    assert not {LOOK_BACK, MULTIPLIER} & names
    assert any("fixed" in each for each in sentences(found, Yield.SHARES))


def test_a_note_at_the_last_price_has_one_row_of_discounts():
    last = simulation(
        note__conversion__rule__statistic=Statistic.LAST, note__conversion__rule__lookback_days=1
    )
    found = what_drives(Measurer(last))
    assert found.maps[0].rows == ("last price",)
    assert LOOK_BACK not in {bar.name for bar in found.tornado.bars}


def test_prices_drawn_from_the_table_have_no_volatility_to_move():
    drawn = simulation(valuation__price_model=PriceModel.BOOTSTRAP)
    found = what_drives(Measurer(drawn))
    assert found.maps[1].columns == ("as drawn",)
    assert VOLATILITY not in {bar.name for bar in found.tornado.bars}
    assert any("volatility does not count" in each for each in found.remarks)


def test_without_prices_or_without_a_rule_a_sentence_says_what_is_lacking():
    empty = Simulation(compute(project().with_series(PriceSeries())), ON, 500, 1)
    with pytest.raises(UserError, match="no price"):
        what_drives(Measurer(empty))
    refused = simulation(note__conversion__rule__lowest_count=20)
    with pytest.raises(UserError, match="no conversion price"):
        what_drives(Measurer(refused))


def test_ends_stay_within_what_a_term_allows():
    assert bounded(VOLATILITY, Decimal(40)) == 20
    assert bounded(MULTIPLIER, Decimal("-0.02")) == Decimal("0.01")
    wild = drivers(project(valuation__volatility=Decimal(15)), 0)
    driver = next(each for each in wild if each.name == VOLATILITY)
    assert (driver.low, driver.high) == (Decimal("7.5"), 20)


def test_the_middle_path_of_a_cell_is_the_middle_of_its_paths():
    measurer = Measurer(simulation())
    changes = ((LOOK_BACK, 20), (MULTIPLIER, Decimal("0.5")))
    made, picture, path, title = middle_path(measurer, changes, "look-back 20 days, discount 50 %")
    issued = picture.outcome.notes[0].issued
    assert issued[path] == sorted(issued)[len(issued) // 2]
    assert title == (
        f"Path {path + 1:,} of seed 3: middle of shares issued with look-back 20 days, discount 50 %"
    )
    assert made.results.note.conversion.rule.lookback_days == 20
    assert middle_path(measurer, changes, "", lambda: True) is None


def test_another_note_of_a_book_of_sixteen_has_its_own_drivers():
    book = with_field(ascent_book(), "valuation.policy", HolderPolicy.AT_ONCE)
    found = what_drives(Measurer(Simulation(compute(book, 3), ON, 500, 1)))
    rule = book.notes[3].conversion.rule
    row, column = found.maps[0].own
    assert found.maps[0].rows[row] == value_words(LOOK_BACK, rule.lookback_days)
    assert found.maps[0].columns[column] == value_words(MULTIPLIER, rule.discount)
    assert found.tornado.base.shares.value > 0


def test_figures_are_short_and_a_change_within_chance_is_not_told_as_one():
    assert short_figure(217_360_012, "shares") == "217M"
    assert short_figure(1_349_000_000, "shares") == "1.35B"
    assert short_figure(297_609, "dollars") == "$298K"
    assert short_figure(999_900, "shares") == "1.00M"
    assert short_figure(-12.4, "dollars") == "−$12"
    assert "chance" in change_words(Estimate(100.0, 50.0, 10), "shares")
    assert change_words(Estimate(-300.0, 50.0, 10), "shares").startswith("300 less")


def test_a_document_may_hold_the_volume_too():
    made = simulation(scenario__volume_shares=40_000_000)
    labels = [bar.label for bar in tornado(made).bars]
    assert "Daily volume" in labels
    assert dataclasses.is_dataclass(tornado(made).base)
