from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import Results
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.valuation.worth import Engine

ON = date(2019, 3, 29)
CONVERTED = date(2019, 4, 15)


def converted_project(amount=Decimal(40000)):
    project = ascent_project()
    entry = LedgerEntry(CONVERTED, EntryKind.CONVERSION, amount)
    return project.with_note(replace(project.notes[0], ledger=(entry,)))


@pytest.fixture(scope="module")
def valuations():
    return Valuations(Results(ascent_project()))


def test_the_engines_stand_side_by_side_over_their_inputs(valuations):
    found = valuations.side_by_side(ON, 3)
    assert [value.engine for value in found.values] == [
        Engine.TREE, Engine.BLACK_SCHOLES, Engine.INTRINSIC,
    ]  # fmt: skip
    shown = {row.name: row for row in found.inputs.rows}
    assert (shown["share_price"].value, shown["conversion_price"].value) == ("0.00278", "0.001755")
    assert "183 daily log returns" in shown["volatility"].source
    assert shown["owed"].value == "$136,809.86"


def test_the_differences_are_said_with_their_amounts(valuations):
    found = valuations.side_by_side(ON, 3)
    tree, preparers, intrinsic = found.values
    words = " ".join(found.sentences)
    assert f"{tree.right - preparers.right:,.2f}" in words
    assert "below the window tree" in words
    assert f"{tree.note - intrinsic.note:,.2f}" in words
    assert "fixed date" in words


def test_one_engine_alone_and_values_from_elsewhere(valuations):
    alone = valuations.side_by_side(ON, 3, engines=[Engine.INTRINSIC])
    assert [value.engine for value in alone.values] == [Engine.INTRINSIC]
    tree = valuations.value(ON, points=3)
    simulated = replace(tree, engine=Engine.SIMULATION, note=tree.note - 1000, error=250.0)
    found = valuations.side_by_side(ON, 3, more=(simulated,))
    words = " ".join(found.sentences)
    assert "The simulation is $1,000.00 below the window tree" in words
    assert "$250.00" in words


def test_the_simulation_agrees_with_the_tree_where_nothing_limits_the_holder():
    project = ascent_project()
    note = project.notes[0]
    free = replace(note, conversion=replace(note.conversion, ownership_limit=None))
    project = replace(project.with_note(free), valuation=Valuation(paths=8000))
    valuations = Valuations(Results(project))
    simulated = valuations.value(ON, Engine.SIMULATION)
    tree = valuations.value(ON, points=4)
    assert simulated.straight == pytest.approx(tree.straight)
    assert abs(simulated.note - tree.note) < 4 * simulated.error + tree.error
    assert "8,000 paths from seed 1" in simulated.words[0]


def test_a_simulation_of_no_days_says_so(valuations):
    found = valuations.value(date(2019, 8, 1), Engine.SIMULATION)
    assert found.note is None
    assert "no trading day is left" in found.issues[0].text


def test_reports_value_at_issue_quarter_ends_conversions_and_on_the_valuation_date():
    dates = Valuations(Results(converted_project())).dates()
    assert dates == {
        date(2018, 8, 2): "issue", date(2018, 9, 30): "quarter end",
        date(2018, 12, 31): "quarter end", date(2019, 3, 31): "quarter end",
        CONVERTED: "conversion", date(2019, 6, 30): "quarter end",
        date(2019, 7, 31): "valuation date",
    }  # fmt: skip


def test_a_run_gives_values_and_a_roll_forward_to_the_cent():
    run = Valuations(Results(converted_project())).run(points=3)
    rows = run.roll_forward.rows
    assert len(rows) == len(run.values.rows) == 7
    assert rows[0].new == rows[0].closing > 0
    for row in rows:
        assert row.opening + row.new - row.settled + row.change == row.closing
        assert row.closing == round(row.closing, 2)
    settled = {row.end: row.settled for row in rows if row.settled}
    assert list(settled) == [CONVERTED]
    total = run.total.rows[0]
    assert total.settled == settled[CONVERTED]
    assert total.closing == rows[-1].closing


def test_a_conversion_settles_its_part_of_the_right():
    valuations = Valuations(Results(converted_project()))
    before = valuations.value(CONVERTED, points=3, with_entries=False)
    after = valuations.value(CONVERTED, points=3)
    owed = float(
        valuations.case(CONVERTED, with_entries=False).quoter.history.owed_on(CONVERTED).total
    )
    assert after.note == pytest.approx(before.note * (1 - 40000 / owed), rel=0.005)


def test_a_note_that_was_converted_whole_closes_at_nothing():
    project = converted_project(None)
    note = project.notes[0]
    free = replace(note, conversion=replace(note.conversion, ownership_limit=None))
    run = Valuations(Results(project.with_note(free))).run(points=3)
    of_day = {row.end: row for row in run.roll_forward.rows}[CONVERTED]
    assert of_day.closing == 0
    assert of_day.settled == of_day.opening + of_day.change > 0
    assert run.roll_forward.rows[-1].closing == 0


def test_a_stated_price_counts_on_the_valuation_date_alone():
    inputs = Valuation(valuation_date=ON, share_price=Decimal("0.004"))
    valuations = Valuations(Results(replace(ascent_project(), valuation=inputs)))
    assert valuations.default_date == ON
    assert valuations.value(ON, points=3).inputs.price == 0.004
    assert valuations.value(date(2018, 12, 31), points=3).inputs.price == 0.00191


def test_without_a_date_the_last_price_counts(valuations):
    assert valuations.default_date == date(2019, 7, 31)


def test_every_column_reads_every_row():
    run = Valuations(Results(converted_project())).run(points=3)
    side = Valuations(Results(converted_project())).side_by_side(ON, 3)
    for table in (run.values, run.roll_forward, run.total, side.inputs, side.engines):
        for column in table.columns:
            for row in table.rows:
                value = column.value(row)
                assert value is None or column.kind.show(value) is not None
