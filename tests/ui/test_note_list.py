"""The list of notes: what it shows, how a note is chosen, and what the Note menu does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.app.sample import ascent_project
from notemodeler.ui.assembly import assemble
from notemodeler.ui.document import Document
from notemodeler.ui.note_list import NoteList
from notemodeler.ui.note_list_model import HOLDER, NOTE, OWED, STATE
from notemodeler.ui.theme import DARK, LIGHT


@pytest.fixture
def listed(qtbot, book):
    made = NoteList(book, LIGHT)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(listed, column=NOTE):
    model = listed.view.rows_model
    return [model.text(row, column).strip() for row in range(model.rowCount())]


def press(listed, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(listed.view, key, modifier)


def test_tranches_stand_together_over_their_sum(listed):
    assert shown(listed) == ["Alpha", "Beta 1", "Beta 2", "Beta agreement in all", "Gamma"]
    model = listed.view.rows_model
    tranches = sum(model.value(row, OWED) for row in (1, 2))
    assert model.value(3, OWED) == tranches
    assert model.font(3, NOTE).bold()
    assert model.font(1, NOTE) is None


def test_the_line_above_counts_the_notes_and_sums_the_book(listed):
    model = listed.view.rows_model
    owed = sum(model.value(row, OWED) for row in (0, 1, 2, 4))
    assert listed.line.text == f"4 notes, ${owed:,.2f} owed"


def test_a_state_is_a_shape_and_a_word(listed):
    assert shown(listed, STATE)[:2] == ["● convertible", "● convertible"]


def test_a_single_note_is_one_line_without_a_list(qtbot):
    made = NoteList(Document(ascent_project()), LIGHT)
    qtbot.addWidget(made)
    made.show()
    assert "view" not in made.__dict__
    assert "Power Up note" in made.line.text
    assert "$140,371.51 owed · ● convertible" in made.line.text
    assert made.height() < 40


def test_a_document_at_rest_is_listed_without_what_follows(qtbot, book_project):
    document = Document(book_project, is_at_rest=True)
    made = NoteList(document, LIGHT)
    qtbot.addWidget(made)
    made.show()
    assert shown(made) == ["Alpha", "Beta 1", "Gamma", "Beta 2"]
    assert made.line.text == "4 notes"
    document.wake()
    assert shown(made)[3] == "Beta agreement in all"


def test_arrows_select_notes_and_pass_over_sums(listed, book):
    listed.view.setFocus()
    for expected in (1, 3, 2):
        press(listed, Qt.Key.Key_Down)
        assert book.note_index == expected
    press(listed, Qt.Key.Key_Up)
    assert book.note_index == 3


def test_the_marked_row_follows_the_document(listed, book):
    book.select_note(2)
    assert listed.view.currentIndex().row() == 4
    book.edit(replace(book.project, notes=book.project.notes[:2]), "Remove two", select=1)
    assert shown(listed) == ["Alpha", "Beta 1"]
    assert listed.view.currentIndex().row() == 1
    book.undo_stack.undo()
    assert listed.view.currentIndex().row() == 4


def test_enter_and_delete_are_told(listed, qtbot):
    with qtbot.waitSignal(listed.chosen):
        press(listed, Qt.Key.Key_Return)
    with qtbot.waitSignal(listed.remove_wanted):
        press(listed, Qt.Key.Key_Delete)


def test_the_copy_has_headings_every_row_and_the_state_in_full(listed):
    listed.view.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Note\tHolder\tOwed, $\tState"
    assert len(lines) == 6
    assert lines[1].endswith("convertible")


def test_a_narrow_list_keeps_shapes_and_gives_the_room_to_titles(listed):
    listed.resize(250, 300)
    assert shown(listed, STATE)[0] == "●"
    assert listed.view.isColumnHidden(HOLDER)
    listed.resize(700, 300)
    assert shown(listed, STATE)[0] == "● convertible"
    assert not listed.view.isColumnHidden(HOLDER)


def test_a_hidden_list_works_nothing_out_until_it_is_seen(listed, book, monkeypatch):
    listed.hide()
    monkeypatch.setattr(listed, "refresh", lambda: pytest.fail("refreshed while hidden"))
    book.edit_field("note.title", "Renamed", "Change title to Renamed")
    monkeypatch.undo()
    listed.show()
    assert shown(listed)[0] == "Renamed"


def test_another_theme_repaints_the_list(listed):
    listed.set_theme(DARK)
    assert listed.view.rows_model.inked.name() == DARK.text


# The Note menu.


@pytest.fixture
def window(qtbot, book_project):
    made = assemble("light")
    made.document.load(book_project)
    qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    return made


def titles(window):
    return [note.title for note in window.document.project.notes]


def run(window, name):
    window.actions_by_id[name].trigger()


@pytest.mark.parametrize(
    ("action", "sentence", "title"),
    [
        ("note_new", "Add a note", "Convertible note"),
        ("note_duplicate", "Duplicate Alpha", "Alpha (2)"),
        ("note_tranche", "Draw a new tranche under Alpha", "Alpha, tranche 2"),
    ],
)
def test_a_note_made_is_selected_and_one_step_takes_it_back(window, action, sentence, title):
    run(window, action)
    assert window.document.note.title == title
    assert window.document.undo_stack.undoText() == sentence
    window.document.undo_stack.undo()
    assert titles(window) == ["Alpha", "Beta 1", "Gamma", "Beta 2"]
    assert window.document.note.title == "Alpha"


def test_the_title_of_a_new_note_waits_for_the_keys(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.form.focus_field("note.default.default_date")
    run(window, "note_new")
    assert window.focusWidget() is window.form.editor("note.title")
    assert window.form.editor("note.title").selectedText() == "Convertible note"


def test_a_note_removed_is_not_asked_about_and_comes_back(window):
    window.document.select_note(2)
    run(window, "note_remove")
    assert titles(window) == ["Alpha", "Beta 1", "Beta 2"]
    window.document.undo_stack.undo()
    assert window.document.note.title == "Gamma"


def test_the_only_note_stays_and_the_bar_says_why(window):
    window.document.load(ascent_project())
    run(window, "note_remove")
    assert len(window.document.project.notes) == 1
    assert "at least one note" in window.bar.text


def test_keys_walk_through_the_notes_as_they_are_listed(window):
    places = [window.document.note_index]
    for _ in range(4):
        run(window, "note_after")
        places.append(window.document.note_index)
    assert places == [0, 1, 3, 2, 2]
    run(window, "note_before")
    assert window.document.note_index == 3


def test_moving_a_note_keeps_it_selected(window):
    run(window, "note_down")
    assert titles(window) == ["Beta 1", "Beta 2", "Alpha", "Gamma"]
    assert window.document.note.title == "Alpha"
    assert window.document.undo_stack.undoText() == "Move Alpha down"


def test_everything_follows_another_note(window, qtbot):
    window.tabs.setCurrentWidget(window.ledger)
    assert window.ledger.model.rowCount() == 2
    window.document.select_note(2)
    assert window.ledger.model.rowCount() == 3
    assert "Gamma" in window.why.text
    assert "Gamma" in window.charts.heading[0]
    owed = dict(window.charts.charts[2].frame.values)["owed"]
    assert owed == f"${window.document.results.quote(window.document.cursor_day).owed.total:,.2f}"
    window.tabs.setCurrentWidget(window.schedule)
    sums = window.schedule.model.total
    before = sums([c.name for c in window.schedule.model.columns].index("converted"))
    window.document.select_note(1)
    assert sums([c.name for c in window.schedule.model.columns].index("converted")) != before


def test_a_row_being_filled_in_does_not_go_to_another_note(window):
    window.tabs.setCurrentWidget(window.ledger)
    model = window.ledger.model
    model.type_text(1, 0, "Jun 3, 2019")
    window.document.select_note(1)
    assert model.draft == {}
    assert window.document.project.notes[1].ledger == ()


def test_the_list_menu_holds_what_the_note_menu_does(window):
    menu = window.notes.note_menu()
    words = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert "New Tranche" in words
    assert words[-1] == "Copy the List"
    menu.deleteLater()


def test_a_preset_is_chosen_with_its_sources_in_sight(window):
    run(window, "note_from_preset")
    chooser = window.notes_desk.chooser
    names = [chooser.names.item(row).text() for row in range(chooser.names.count())]
    assert len(names) > 3
    page = chooser.page.toPlainText()
    assert "Sets" in page
    assert names[0] in page
    chooser.names.setCurrentRow(1)
    chooser.accept()
    assert window.document.note.title == names[1]
    assert window.document.undo_stack.undoText() == f"Add a note from the preset {names[1]}"


def test_the_terms_of_a_note_are_kept_as_a_preset_and_offered_then(window):
    run(window, "note_save_preset")
    saver = window.notes_desk.saver
    saver.name.setText("House terms of mine")
    saver.accept()
    assert "House terms of mine" in window.bar.text
    run(window, "note_from_preset")
    chooser = window.notes_desk.chooser
    names = [chooser.names.item(row).text() for row in range(chooser.names.count())]
    assert "House terms of mine" in names
    chooser.reject()
