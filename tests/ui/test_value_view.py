"""The value view: inputs, engines side by side, and the dates of the reports with their roll-forward."""

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QProgressBar

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.valuation.worth import Engine
from notemodeler.ui.assembly import assemble
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.theme import DARK, LIGHT
from notemodeler.ui.worth.value_view import ValueView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WAIT = 20_000
CONVERTED = date(2019, 4, 15)


@pytest.fixture
def document(qapp):
    """The sample with one conversion and a shorter window, valued before maturity on few paths."""
    project = with_field(ascent_project(), "note.conversion.rule.lookback_days", 8)
    entry = LedgerEntry(CONVERTED, EntryKind.CONVERSION, Decimal(40000))
    project = project.with_note(replace(project.notes[0], ledger=(entry,)))
    valuation = Valuation(valuation_date=date(2019, 6, 28), paths=400)
    made = Document(replace(project, valuation=valuation))
    yield made
    made.closing.emit()


def shown_on(qtbot, document):
    made = ValueView(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def view(qtbot, document):
    return shown_on(qtbot, document)


def settled(qtbot, page):
    qtbot.waitUntil(
        lambda: not (page.is_stale or page._settled.isActive() or page.background.is_running),
        timeout=WAIT,
    )


@pytest.fixture
def engines(qtbot, view):
    page = view.page_at(0)
    settled(qtbot, page)
    return page


@pytest.fixture
def dates(qtbot, view):
    view.setCurrentIndex(1)
    page = view.page_at(1)
    settled(qtbot, page)
    return page


def valuations(document):
    return Valuations(compute(document.project, document.note_index))


def column(table, name):
    at = [each.name for each in table.model.columns].index(name)
    return [table.model.text(row, at) for row in range(table.model.rowCount())]


def test_the_engines_stand_side_by_side_with_the_simulation_among_them(engines, document):
    assert column(engines.engines, "engine") == [
        "window tree", "simulation", "Black-Scholes on today's conversion price",
        "intrinsic (discount only)",
    ]  # fmt: skip
    by_cli = valuations(document)
    on = by_cli.default_date
    expected = [by_cli.value(on, value.engine) for value in engines.found.values]
    assert list(engines.found.values) == expected
    assert column(engines.engines, "note")[0] == f"{expected[0].note:,.2f}"


def test_the_inputs_have_their_values_and_sources(engines):
    shown = dict(
        zip(column(engines.inputs, "input"), column(engines.inputs, "source"), strict=True)
    )
    assert "daily log returns" in shown["Volatility"]
    assert {"Risk-free rate", "Hazard rate", "Recovery", "Owed"} <= set(shown)
    assert engines.inputs.caption.text() == "Inputs on Jun 28, 2019"


def test_the_differences_are_said_in_sentences(engines):
    words = engines.sentences.words
    assert "below the window tree" in words
    assert "with a standard error of" in words
    assert words in engines.sentences.label.text()


def test_the_form_changes_the_inputs(qtbot, engines, document):
    before = engines.found
    editor = engines.form.editor("valuation.volatility")
    editor.setFocus()
    qtbot.keyClicks(editor, "150")
    settled(qtbot, engines)
    assert document.project.valuation.volatility == Decimal("1.5")
    assert engines.found.values[0].note > before.values[0].note
    assert dict(zip(column(engines.inputs, "input"), column(engines.inputs, "value"), strict=True))[
        "Volatility"
    ].startswith("150")


def test_the_quick_engines_are_seen_before_the_simulation(qtbot, engines, document):
    document.edit_field("valuation.paths", 300_000, "Change paths to 300,000")
    qtbot.waitUntil(lambda: engines.engines.model.rowCount() == 3, timeout=WAIT)
    assert engines.line.works
    assert "300,000 paths" in engines.line.words.text()
    assert engines.line.button.text() == "Cancel"
    engines.line.button.click()
    assert not engines.background.is_running
    assert "Ended before it was done" in engines.line.words.text()
    assert engines.engines.model.rowCount() == 3
    document.undo_stack.undo()
    settled(qtbot, engines)
    assert engines.engines.model.rowCount() == 4


def test_what_was_ended_can_be_begun_again(qtbot, engines):
    engines.begin()
    engines.line.button.click()
    assert engines.line.button.text() == "Work it out"
    engines.line.button.click()
    assert engines.line.works
    settled(qtbot, engines)
    assert not engines.line.works


def test_the_report_dates_have_values_and_a_roll_forward(dates, document):
    expected = valuations(document).run()
    assert list(dates.run.values.rows) == list(expected.values.rows)
    assert dates.run.roll_forward.rows == expected.roll_forward.rows
    assert column(dates.values, "why") == [row.why for row in expected.values.rows]
    assert column(dates.rolled, "closing")[-1] == column(dates.rolled, "closing")[-2]
    assert dates.rolled.model.sums == {dates.rolled.model.rowCount() - 1}
    assert "to the cent" in dates.rolled.status.text()


def test_a_row_moves_the_cursor_of_the_document(dates, document):
    row = column(dates.values, "why").index("conversion")
    go_to(dates.values.view, dates.values.model.index(row, 0))
    assert document.cursor_day == CONVERTED
    go_to(dates.rolled.view, dates.rolled.model.index(0, 0))
    assert document.cursor_day == document.note.funding_date


def test_the_chart_holds_each_value_until_the_next_report(dates, document):
    dates.charts.fill()
    chart = dates.charts.charts[0]
    document.move_cursor(date(2019, 4, 12))
    before = dict(chart.figures())["note"]
    document.move_cursor(CONVERTED)
    after = dict(chart.figures())["note"]
    rows = {row.found.on: row.found for row in dates.run.values.rows}
    assert before == f"${rows[date(2019, 3, 31)].note:,.2f}"
    assert after == f"${rows[CONVERTED].note:,.2f}"
    assert "the note is worth" in chart.shown.summary


def test_another_engine_can_answer_for_all_dates(qtbot, dates, document):
    dates.engine.setCurrentIndex(dates.engine.findData("intrinsic"))
    dates.engine.activated.emit(dates.engine.currentIndex())
    settled(qtbot, dates)
    assert dates.run.engine is Engine.INTRINSIC
    assert set(column(dates.values, "engine")) == {"intrinsic (discount only)"}


def test_a_day_of_the_users_own_is_valued_too_and_can_be_left_out_again(qtbot, dates, document):
    count = dates.values.model.rowCount()
    document.move_cursor(date(2019, 5, 15))
    dates.add_button.click()
    settled(qtbot, dates)
    at = column(dates.values, "on").index("May 15, 2019")
    assert column(dates.values, "why")[at] == "own date"
    assert dates.values.model.rowCount() == count + 1
    dates.standard_button.click()
    settled(qtbot, dates)
    assert dates.values.model.rowCount() == count
    assert not dates.standard_button.isVisible()


def test_remarks_say_which_dates_they_are_about(dates):
    said = dates.sentences.label.text()
    assert "Sep 30, 2018: The look-back has no price for Sep 20, 2018" in said


def test_a_run_over_the_dates_shows_what_it_has_so_far(qtbot, dates):
    seen = []
    dates.background.reported.connect(lambda part: seen.append(part.done))
    dates.engine.setCurrentIndex(dates.engine.findData("simulation"))
    dates.begin()
    assert dates.line.works
    settled(qtbot, dates)
    assert seen == sorted(seen)
    assert 0 < seen[0] < 1


def test_the_table_is_copied_with_its_headings(dates):
    dates.values.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Valued on\tWhy\tOwed")
    assert len(lines) == dates.values.model.rowCount() + 1


def test_a_hidden_view_does_no_work(qtbot, view, engines, document):
    before = engines.found
    view.hide()
    document.edit_field("valuation.seed", 7, "Change seed to 7")
    qtbot.wait(120)
    assert engines.found is before
    assert not engines.background.is_running
    view.show()
    settled(qtbot, engines)
    assert "seed 7" in engines.sentences.words


def test_a_view_hidden_in_the_middle_begins_again_when_it_is_shown(qtbot, view, engines):
    engines.begin()
    view.hide()
    assert not engines.background.is_running
    assert not engines.line.works
    view.show()
    settled(qtbot, engines)
    assert engines.engines.model.rowCount() == 4


def test_without_prices_both_pages_say_so(qtbot, qapp):
    document = Document(replace(ascent_project(), prices=(PriceSeries(PriceKind.BID),)))
    view = shown_on(qtbot, document)
    page = view.page_at(0)
    settled(qtbot, page)
    assert "There is no price by Feb 1, 2019" in page.sentences.label.text()
    assert set(column(page.engines, "note")) == {"–"}
    view.setCurrentIndex(1)
    settled(qtbot, view.page_at(1))
    assert "There is no price by" in view.page_at(1).sentences.label.text()
    document.closing.emit()


def test_a_long_look_back_is_simulated_on_both_pages(qtbot, view, engines, document):
    document.edit_field("note.conversion.rule.lookback_days", 30, "Change look-back")
    settled(qtbot, engines)
    assert column(engines.engines, "engine")[0] == "simulation"
    assert "below the simulation" in engines.sentences.words
    view.setCurrentIndex(1)
    dates = view.page_at(1)
    settled(qtbot, dates)
    assert set(column(dates.values, "engine")) == {"simulation"}
    assert "–" not in column(dates.values, "note")


def test_a_day_that_cannot_be_valued_is_a_sentence(qtbot, engines, document):
    document.edit_field("valuation.valuation_date", date(1930, 1, 2), "Change valuation date")
    settled(qtbot, engines)
    assert "⚠" in engines.sentences.label.text()
    assert not engines.line.works


def test_everything_has_a_name_to_be_heard(view, engines, dates):
    for kind in (QAbstractButton, QComboBox, QProgressBar):
        for part in view.findChildren(kind):
            if not part.objectName().startswith("qt_"):
                assert part.accessibleName() or part.text(), part.objectName()
    for table in (engines.engines, engines.inputs, dates.values, dates.rolled):
        assert table.view.accessibleName()


def test_the_view_is_painted_in_another_theme(view, engines, dates):
    view.setCurrentIndex(0)
    light = engines.engines.grab().toImage()
    view.set_theme(DARK)
    assert dates.charts.theme is DARK
    assert engines.engines.grab().toImage() != light


def test_closing_the_window_in_the_middle_of_the_dates_leaves_no_thread(qtbot):
    window = assemble("light")
    window.show()
    qtbot.waitExposed(window)
    window.fill()
    window.show_view("value")
    view = window.views.view("value")
    view.setCurrentIndex(1)
    page = view.page_at(1)
    page.engine.setCurrentIndex(page.engine.findData("simulation"))
    page.begin()
    qtbot.waitUntil(lambda: page.run is not None, timeout=WAIT)
    assert page.background.is_running
    window.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("background")]
    window.deleteLater()


def test_the_picture_of_the_dates_is_the_charts(view, dates):
    wanted = []
    view.picture_wanted.connect(lambda stack, kind: wanted.append((stack, kind)))
    assert view.shown_charts is dates.charts
    dates.charts.save_requested.emit("png")
    assert wanted == [(dates.charts, "png")]
    view.setCurrentIndex(0)
    assert view.shown_charts is None
