from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import escape

import pytest

from notemodeler.app.results import Results
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.app.valuation_chart import run_figures, run_remarks
from notemodeler.app.valuation_text import card_html, card_text, worth_card
from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.valuation.life import Cancelled
from notemodeler.engines.valuation.worth import Engine

ON = date(2019, 3, 29)
CONVERTED = date(2019, 4, 15)


def undated_project():
    """The sample, valued on the day of its last price."""
    return replace(ascent_project(), valuation=Valuation())


def converted_project(amount=Decimal(40000)):
    project = undated_project()
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
    assert valuations.default_date == date(2019, 2, 1)
    assert Valuations(Results(undated_project())).default_date == date(2019, 7, 31)


def test_the_answer_is_the_tree_where_it_reaches_and_tells_how_far_it_is(valuations):
    told = []
    found = valuations.answer(ON, 4, report=told.append)
    assert found == valuations.value(ON, points=4)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (pytest.approx(1 / found.work.steps), 1.0)


def long_look_back():
    project = with_field(undated_project(), "note.conversion.rule.lookback_days", 30)
    return Valuations(Results(with_field(project, "valuation.paths", 400)))


def test_where_the_tree_does_not_reach_the_simulation_answers_and_says_why():
    valuations = long_look_back()
    live = valuations.live(ON)
    assert (live.note, live.engine) == (None, Engine.SIMULATION)
    found = valuations.answer(ON)
    simulated = valuations.value(ON, Engine.SIMULATION)
    assert (found.note, found.error, found.engine) == (
        simulated.note, simulated.error, Engine.SIMULATION,
    )  # fmt: skip
    assert "The simulation must answer" in " ".join(issue.text for issue in found.issues)
    finer = valuations.answer(ON, 6)
    assert "1,600 paths" in finer.words[0]
    assert finer.error < found.error


def test_a_run_simulates_where_the_tree_does_not_reach_only_if_told():
    valuations = long_look_back()
    dates = {ON: "valuation date"}
    assert valuations.run(dates).values.rows[0].found.note is None
    found = valuations.run(dates, simulates=True).values.rows[0].found
    assert found == valuations.answer(ON)


def test_the_simulation_stands_in_the_place_of_a_tree_that_does_not_reach():
    found = long_look_back().all_engines(ON, lambda: False, lambda found: None)
    assert [value.engine for value in found.values] == [
        Engine.SIMULATION, Engine.BLACK_SCHOLES, Engine.INTRINSIC,
    ]  # fmt: skip
    assert "below the simulation" in " ".join(found.sentences)


def test_a_day_that_the_calendar_does_not_know_is_refused(valuations):
    for asked in (valuations.live, valuations.answer):
        with pytest.raises(UserError, match="No value as of Jan 2, 1930"):
            asked(date(1930, 1, 2))
    with pytest.raises(UserError, match="No value as of Jan 2, 1930"):
        valuations.all_engines(date(1930, 1, 2), lambda: False, lambda found: None)


def test_a_cancelled_answer_ends(valuations):
    with pytest.raises(Cancelled):
        valuations.answer(ON, 6, lambda: True)


def test_all_engines_report_the_quick_ones_first():
    told = []
    valuations = Valuations(Results(with_field(undated_project(), "valuation.paths", 400)))
    found = valuations.all_engines(ON, lambda: False, told.append)
    assert [len(each.values) for each in told] == [3]
    assert [value.engine for value in found.values] == [
        Engine.TREE, Engine.SIMULATION, Engine.BLACK_SCHOLES, Engine.INTRINSIC,
    ]  # fmt: skip
    assert told[0].values == (found.values[0], *found.values[2:])


def test_a_run_reports_each_date_as_it_is_done():
    told = []
    valuations = Valuations(Results(converted_project()))
    run = valuations.run(points=3, report=lambda run, done: told.append((run, done)))
    assert [len(so_far.values.rows) for so_far, _ in told] == list(range(1, 8))
    assert told[-1] == (run, 1.0)
    assert told[0][0].values.rows == run.values.rows[:1]
    assert told[3][0].roll_forward.rows == run.roll_forward.rows[:4]


def test_own_dates_stand_among_the_report_dates_and_do_not_hide_their_reasons():
    valuations = Valuations(Results(converted_project()))
    own = [date(2019, 5, 15), CONVERTED, date(2018, 1, 2)]
    dates = valuations.dates_with(own)
    assert dates[date(2019, 5, 15)] == "own date"
    assert dates[CONVERTED] == "conversion"
    assert list(dates) == sorted({*valuations.dates(), date(2019, 5, 15)})


def test_the_figures_of_a_run_hold_until_the_next_date_and_stand_on_each_date():
    valuations = Valuations(Results(converted_project()))
    run = valuations.run(points=3)
    figures = run_figures(valuations, run)
    rows = {row.found.on: row.found for row in run.values.rows}
    assert set(rows) <= set(figures.days)
    assert figures.note[figures.days.index(date(2018, 9, 30))] == rows[date(2018, 9, 30)].note
    assert figures.note[figures.days.index(date(2018, 9, 28))] == rows[date(2018, 8, 2)].note
    assert (CONVERTED, "conversion") in figures.events
    assert len(figures.days) == len(figures.right) == len(figures.straight)


def test_remarks_of_a_run_name_their_dates_unless_they_concern_all():
    run = Valuations(Results(converted_project())).run(points=3)
    remarks = [issue.text for issue in run_remarks(run)]
    plain = [row.found.issues for row in run.values.rows]
    assert len(remarks) == len({issue for issues in plain for issue in issues})
    assert (
        "Sep 30, 2018: The look-back has no price for Sep 20, 2018; the valuation leaves them out."
        in remarks
    )
    whole = valuation_run_with_one_remark()
    assert [issue.text for issue in run_remarks(whole)] == ["A remark."]


def valuation_run_with_one_remark():
    run = Valuations(Results(undated_project())).run(points=3, engine=Engine.INTRINSIC)
    remark = Issue(Severity.NOTE, "A remark.")
    rows = tuple(
        row._replace(found=replace(row.found, issues=(remark,))) for row in run.values.rows
    )
    return replace(run, values=replace(run.values, rows=rows))


def test_the_card_says_value_right_error_and_engine(valuations):
    found = valuations.value(ON, points=4)
    card = worth_card(found)
    shown = {line.label: line for line in card.lines}
    assert card.headline == f"${found.note:,.2f}"
    assert shown["Conversion right"].value == f"${found.right:,.2f}"
    assert shown["Discretisation error"].value == f"± ${found.error:,.2f}"
    assert "4 returns a day, 262,144 states" in shown["Discretisation error"].detail
    assert card.sentences == found.words
    text = card_text(card)
    assert text.startswith(f"Fair value on Mar 29, 2019: {card.headline}")
    for issue in found.issues:
        assert issue.text in text
        assert escape(issue.text) in card_html(card)


def test_a_card_without_a_value_gives_the_reasons_alone(valuations):
    found = valuations.value(date(2019, 8, 1), Engine.SIMULATION)
    card = worth_card(found)
    assert (card.headline, card.lines) == ("", ())
    assert "no trading day is left" in card_text(card)
    assert card_text(worth_card(None, "working…")) == "Fair value: working…\n"


def test_errors_come_before_warnings_and_notes_on_the_card(valuations):
    issues = tuple(Issue(each, each.value) for each in reversed(Severity))
    card = worth_card(replace(valuations.value(ON, points=3), issues=issues))
    assert [issue.severity for issue in card.issues] == [
        Severity.ERROR, Severity.WARNING, Severity.NOTE,
    ]  # fmt: skip


def test_every_column_reads_every_row():
    run = Valuations(Results(converted_project())).run(points=3)
    side = Valuations(Results(converted_project())).side_by_side(ON, 3)
    for table in (run.values, run.roll_forward, run.total, side.inputs, side.engines):
        for column in table.columns:
            for row in table.rows:
                value = column.value(row)
                assert value is None or column.kind.show(value) is not None
