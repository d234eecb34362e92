"""The document: which note is selected, and what undo brings back."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.project import field_value
from notemodeler.ui.document import Document

RATE = "note.interest.rate"


def a_book(count=3):
    sample = ascent_project()
    notes = tuple(
        dataclasses.replace(sample.notes[0], title=f"Note {place}") for place in range(count)
    )
    return dataclasses.replace(sample, notes=notes)


@pytest.fixture
def book(qapp):
    return Document(a_book())


@pytest.fixture
def heard(book):
    told = []
    book.changed.connect(lambda before, after: told.append(("changed", book.note_index)))
    book.note_selected.connect(lambda place: told.append(("selected", place)))
    return told


def without(project, place):
    notes = project.notes
    return dataclasses.replace(project, notes=(*notes[:place], *notes[place + 1 :]))


def test_selecting_a_note_is_told_once_and_is_no_edit(book, heard):
    book.select_note(2)
    book.select_note(2)
    assert heard == [("selected", 2)]
    assert book.note.title == "Note 2"
    assert book.results.note.title == "Note 2"
    assert not book.undo_stack.canUndo()


def test_a_place_beyond_the_book_selects_the_nearest_note(book):
    book.select_note(99)
    assert book.note_index == 2
    book.select_note(-1)
    assert book.note_index == 0


def test_undo_selects_the_note_that_the_edit_concerned(book):
    book.edit_field(RATE, Decimal("0.09"), "Change interest rate to 9 %")
    book.select_note(2)
    book.undo_stack.undo()
    assert book.note_index == 0
    book.select_note(1)
    book.undo_stack.redo()
    assert book.note_index == 0
    assert field_value(book.project, RATE, 0) == Decimal("0.09")


def test_undoing_what_concerns_no_note_leaves_the_selection(book):
    book.edit_field("issuer.name", "Other, Inc.", "Change issuer to Other, Inc.")
    book.select_note(2)
    book.undo_stack.undo()
    assert book.note_index == 2


def test_removing_the_last_note_selects_the_one_that_is_last_then(book, heard):
    book.select_note(2)
    heard.clear()
    book.edit(without(book.project, 2), "Remove Note 2", select=1)
    assert heard == [("changed", 1), ("selected", 1)]
    book.undo_stack.undo()
    assert book.note.title == "Note 2"


def test_removing_a_note_tells_even_if_its_place_is_taken_by_another(book, heard):
    book.edit(without(book.project, 0), "Remove Note 0", select=0)
    assert heard == [("changed", 0), ("selected", 0)]
    assert book.note.title == "Note 1"


def test_a_shorter_book_loaded_selects_its_first_note(book, heard):
    book.select_note(2)
    heard.clear()
    book.load(a_book(1))
    assert heard == [("changed", 0), ("selected", 0)]


def test_a_shorter_book_from_an_edit_that_names_no_note_keeps_the_selection_within(book, heard):
    book.select_note(2)
    book.edit(without(book.project, 2), "Remove Note 2")
    assert book.note_index == 1
    assert heard[-1] == ("selected", 1)
    book.undo_stack.undo()
    book.undo_stack.redo()
    assert book.note_index == 1


def test_edits_of_two_notes_never_become_one_step(book):
    book.edit_field(RATE, Decimal("0.09"), "Change interest rate to 9 %", "same")
    book.select_note(1)
    book.edit_field(RATE, Decimal("0.1"), "Change interest rate to 10 %", "same")
    assert book.undo_stack.count() == 2


def test_the_cursor_stays_on_its_day_when_another_note_is_selected(book):
    book.move_cursor(date(2019, 3, 1))
    book.select_note(1)
    assert book.cursor_day == date(2019, 3, 1)
