"""The live card: the fair value at every keystroke, finer behind it, and finest when asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.valuation.fineness import AT_ONCE, BACKGROUND, LIVE, ON_REQUEST
from notemodeler.engines.valuation.worth import Engine
from notemodeler.ui.document import Document
from notemodeler.ui.theme import DARK, LIGHT
from notemodeler.ui.worth import fair_card
from notemodeler.ui.worth.fair_card import FairCard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WAIT = 10_000
ON = date(2019, 2, 1)
MULTIPLIER = "note.conversion.rule.multiplier"


def shown_on(qtbot, document):
    made = FairCard(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(320, 260)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def document(qapp):
    made = Document(ascent_project())
    yield made
    made.closing.emit()


@pytest.fixture
def card(qtbot, document):
    made = shown_on(qtbot, document)
    settled(qtbot, made)
    return made


@pytest.fixture
def only_live(monkeypatch):
    """Nothing finer comes, and no machine is too slow for the live value."""
    monkeypatch.setattr(fair_card, "SETTLE_MILLISECONDS", 10_000_000)
    monkeypatch.setattr(fair_card, "IN_FRAME_SECONDS", 60.0)
    monkeypatch.setattr(fair_card, "LIVE_SECONDS", 60.0)


def is_settled(card):
    return not (card.is_stale or card._settled.isActive() or card.background.is_running)


def settled(qtbot, card):
    qtbot.waitUntil(lambda: is_settled(card), timeout=WAIT)


def type_multiplier(document, value="0.6"):
    document.edit_field(MULTIPLIER, Decimal(value), f"Change multiplier to {value}")


def value_of(document, points, engine=Engine.TREE):
    valuations = Valuations(compute(document.project, document.note_index))
    return valuations.value(valuations.default_date, engine, points)


def painted(card):
    return " ".join(card.parts.sheet.texts)


def test_a_typed_change_shows_the_live_value_before_the_edit_is_over(qtbot, document, only_live):
    card = shown_on(qtbot, document)
    qtbot.waitUntil(lambda: card.found is not None, timeout=WAIT)
    type_multiplier(document)
    assert card.found == value_of(document, LIVE)
    assert f"{card.found.note:,.2f}" in painted(card)
    assert "refining" in painted(card)


def test_a_machine_that_is_too_slow_for_the_frame_takes_the_coarser_value(
    qtbot, document, only_live, monkeypatch
):
    card = shown_on(qtbot, document)
    qtbot.waitUntil(lambda: card.found is not None, timeout=WAIT)
    monkeypatch.setattr(fair_card, "IN_FRAME_SECONDS", 0.0)
    for value in ("0.6", "0.61", "0.62"):
        type_multiplier(document, value)
        qtbot.waitUntil(lambda: not card.is_stale, timeout=WAIT)
    assert card.found == value_of(document, AT_ONCE)
    assert card.found.work.points == 2
    assert "two returns a day" not in painted(card)


def test_the_background_replaces_the_live_value_and_tells_its_error(qtbot, card, document):
    type_multiplier(document)
    settled(qtbot, card)
    expected = value_of(document, BACKGROUND)
    assert card.found == expected
    assert f"± ${expected.error:,.2f}" in painted(card)
    assert f"{expected.right:,.2f}" in painted(card)
    assert f"{expected.straight:,.2f}" in painted(card)
    assert "window tree: 4 returns a day" in painted(card)
    assert "refining" not in painted(card)
    assert expected.words[0] in painted(card)


def test_undo_brings_the_value_of_before_back(qtbot, card, document):
    before = card.found
    type_multiplier(document)
    settled(qtbot, card)
    assert card.found != before
    document.undo_stack.undo()
    settled(qtbot, card)
    assert card.found == before


@pytest.fixture
def short_look_back(document):
    """A window so short that the finest tree is quick."""
    name = "note.conversion.rule.lookback_days"
    document.edit_field(name, 4, "Change look-back to 4 trading days")


def test_sharpening_takes_the_finest_tree(qtbot, short_look_back, card, document):
    coarse = card.found
    card.parts.sharpen_button.click()
    assert card.parts.sharpen_button.text() == "Stop"
    settled(qtbot, card)
    assert card.found == value_of(document, ON_REQUEST)
    assert card.found.work.points > coarse.work.points
    assert card.parts.sharpen_button.text() == "Sharpen"


def test_sharpening_can_be_stopped_and_the_value_stays(qtbot, card):
    before = card.found
    card.parts.sharpen_button.click()
    qtbot.waitUntil(lambda: "%" in painted(card), timeout=WAIT)
    assert "sharpening" in painted(card)
    card.parts.sharpen_button.click()
    assert not card.background.is_running
    assert card.found is before
    assert "sharpening" not in painted(card)


def test_an_edit_ends_the_sharpening(qtbot, card, document):
    card.parts.sharpen_button.click()
    type_multiplier(document)
    settled(qtbot, card)
    assert card.found == value_of(document, BACKGROUND)


@pytest.fixture
def long_look_back(document):
    project = with_field(document.project, "note.conversion.rule.lookback_days", 30)
    project = with_field(project, "valuation.paths", 400)
    document.edit(project, "Change look-back to 30 trading days")


def test_a_long_look_back_is_answered_by_the_simulation_which_says_so(
    qtbot, long_look_back, card, document
):
    found = value_of(document, BACKGROUND, Engine.SIMULATION)
    assert card.found.engine is Engine.SIMULATION
    assert (card.found.note, card.found.error) == (found.note, found.error)
    assert "Standard error" in painted(card)
    assert "400 paths from seed 1" in painted(card)
    assert "The simulation must answer" in painted(card)
    assert "is left out" not in painted(card)


def test_the_old_digits_stay_while_the_simulation_works(qtbot, card, document, only_live):
    before = card.found
    document.edit_field("note.conversion.rule.lookback_days", 30, "Change look-back")
    qtbot.waitUntil(lambda: not card.is_stale, timeout=WAIT)
    assert card.found is before
    assert f"{before.note:,.2f}" in painted(card)
    assert "working" in painted(card)


def test_a_simulation_is_sharpened_with_four_times_the_paths(qtbot, long_look_back, card):
    coarse = card.found
    card.parts.sharpen_button.click()
    settled(qtbot, card)
    assert "1,600 paths" in painted(card)
    assert card.found.error < coarse.error


def test_without_a_price_a_sentence_stands_in_place_of_the_value(qtbot, qapp):
    project = replace(ascent_project(), prices=(PriceSeries(PriceKind.BID),))
    document = Document(project)
    card = shown_on(qtbot, document)
    settled(qtbot, card)
    assert card.found.note is None
    assert "There is no price by Feb 1, 2019" in painted(card)
    assert not card.parts.sharpen_button.isEnabled()
    document.closing.emit()


def test_a_day_beyond_the_calendar_is_refused_in_a_sentence_and_the_next_edit_is_valued(
    qtbot, card, document
):
    document.edit_field("valuation.valuation_date", date(1930, 1, 2), "Change valuation date")
    settled(qtbot, card)
    assert "⚠" in painted(card)
    assert card.found is None or card.found.note is None
    document.undo_stack.undo()
    settled(qtbot, card)
    assert card.found.note > 0


def test_without_a_valuation_date_the_day_of_the_last_price_is_valued(qtbot, qapp):
    document = Document(replace(ascent_project(), valuation=Valuation()))
    card = shown_on(qtbot, document)
    settled(qtbot, card)
    assert card.found.on == date(2019, 7, 31)
    assert "Note with its right, Jul 31, 2019" in painted(card)
    document.closing.emit()


def test_the_day_of_the_cursor_becomes_the_valuation_date_in_one_step(qtbot, card, document):
    document.move_cursor(date(2019, 5, 15))
    assert "May 15, 2019" in card.parts.day_button.text()
    card.parts.day_button.click()
    settled(qtbot, card)
    assert document.project.valuation.valuation_date == date(2019, 5, 15)
    assert document.undo_stack.undoText() == "Change valuation date to May 15, 2019"
    assert card.found.on == date(2019, 5, 15)
    assert not card.parts.day_button.isEnabled()
    document.undo_stack.undo()
    settled(qtbot, card)
    assert card.found.on == ON


def test_a_hidden_card_does_no_work(qtbot, card, document):
    before = card.found
    card.hide()
    type_multiplier(document)
    qtbot.wait(80)
    assert card.found is before
    assert not card.background.is_running
    card.show()
    settled(qtbot, card)
    assert card.found == value_of(document, BACKGROUND)


def test_a_document_at_rest_has_an_empty_card(qtbot, qapp):
    document = Document(ascent_project(), is_at_rest=True)
    card = shown_on(qtbot, document)
    qtbot.wait(60)
    assert card.found is None
    assert not card.children() or card._parts is None
    document.wake()
    settled(qtbot, card)
    assert card.found.note > 0
    document.closing.emit()


def test_another_note_of_the_book_is_valued_by_itself(qtbot, qapp, book_project):
    document = Document(book_project)
    card = shown_on(qtbot, document)
    settled(qtbot, card)
    document.select_note(2)
    assert card.found is None
    settled(qtbot, card)
    assert card.found == value_of(document, BACKGROUND)
    document.closing.emit()


def test_a_figure_goes_below_its_label_where_the_card_is_narrow(card):
    def boxes():
        words = card.parts.sheet.words
        at = next(k for k, each in enumerate(words) if each.text.startswith("Without it"))
        return words[at].box, words[at + 1].box

    label, figure = boxes()
    assert label.top() == figure.top()
    card.resize(170, 260)
    label, figure = boxes()
    assert figure.top() > label.top()


def test_the_copy_has_the_figures_and_the_words(card):
    card.parts.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == card.text
    assert data.text().startswith(f"Fair value on Feb 1, 2019: ${card.found.note:,.2f}")
    assert "Conversion right" in data.html()
    assert card.found.words[0] in data.text()


def test_everything_on_the_card_can_be_heard(card):
    assert card.accessibleName() == "Fair value"
    assert card.parts.sheet.accessibleDescription() == card.text
    for button in card.findChildren(QAbstractButton):
        assert button.accessibleName()
        assert button.objectName().startswith("fair_value.")


def test_the_card_is_painted_in_another_theme(card):
    light = card.grab().toImage()
    card.set_theme(DARK)
    assert card.grab().toImage() != light


def test_after_a_refused_day_a_slow_machine_still_values_the_next_edit(
    qtbot, card, document, monkeypatch
):
    document.edit_field("valuation.valuation_date", date(1930, 1, 2), "Change valuation date")
    settled(qtbot, card)
    monkeypatch.setattr(fair_card, "LIVE_SECONDS", -1.0)
    document.undo_stack.undo()
    settled(qtbot, card)
    assert card.found == value_of(document, BACKGROUND)
