"""What is done with whole notes: new ones, copies, tranches, places."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from notemodeler.domain.project import Project
from notemodeler.domain.repayment import Instalment
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.ui.note_list_edits import (
    blank_note,
    shown_order,
    with_duplicate,
    with_moved,
    with_new_note,
    with_tranche,
    without_note,
)

BEGINS = date(2019, 8, 1)


def titles(project):
    return [note.title for note in project.notes]


def test_a_new_note_comes_last_and_is_selected(book_project):
    edit = with_new_note(book_project, blank_note(BEGINS))
    assert edit.place == 4
    assert edit.project.notes[4].issue_date == BEGINS
    assert edit.project.notes[4].maturity_date == BEGINS + timedelta(days=365)
    assert edit.sentence == "Add Convertible note"


def test_a_title_that_is_taken_is_numbered(book_project):
    edit = with_duplicate(book_project, 0)
    again = with_duplicate(edit.project, 0)
    assert titles(again.project)[:3] == ["Alpha", "Alpha (3)", "Alpha (2)"]


def test_a_duplicate_stands_behind_its_original_with_its_ledger(book_project):
    edit = with_duplicate(book_project, 2)
    assert edit.place == 3
    assert edit.project.notes[3].ledger == book_project.notes[2].ledger
    assert edit.sentence == "Duplicate Gamma"


def test_a_tranche_has_the_terms_of_the_note_its_own_clock_and_no_ledger(book_project):
    edit = with_tranche(book_project, 3, BEGINS)
    note, source = edit.project.notes[edit.place], book_project.notes[3]
    shift = note.issue_date - source.issue_date
    assert note.agreement == "Beta agreement"
    assert note.title == "Beta agreement, tranche 3"
    assert note.ledger == ()
    assert note.issue_date == BEGINS
    assert note.maturity_date - source.maturity_date == shift
    assert note.conversion.opens_date - source.conversion.opens_date == shift
    assert note.interest == source.interest
    assert edit.sentence == "Draw a new tranche under Beta agreement"


def test_every_date_of_the_terms_moves_with_a_tranche_but_the_default_stays_behind(book_project):
    source = book_project.notes[0]
    dated = replace(
        source,
        repayment=replace(source.repayment, instalments=(Instalment(date(2019, 1, 2)),)),
        default=replace(source.default, default_date=date(2019, 6, 3)),
        conversion=replace(
            source.conversion,
            rule=replace(
                source.conversion.rule,
                steps=(
                    RuleStep(StepTrigger.FROM_DATE, from_date=date(2019, 2, 1)),
                    RuleStep(StepTrigger.ON_DEFAULT, extra_discount=Decimal("0.1")),
                ),
            ),
        ),
    )
    edit = with_tranche(book_project.with_note(dated, 0), 0, BEGINS)
    note = edit.project.notes[edit.place]
    shift = BEGINS - source.issue_date
    assert note.repayment.instalments[0].date == date(2019, 1, 2) + shift
    assert note.conversion.rule.steps[0].from_date == date(2019, 2, 1) + shift
    assert note.conversion.rule.steps[1].from_date is None
    assert note.default.default_date is None


def test_the_first_tranche_gives_its_title_to_the_agreement(book_project):
    edit = with_tranche(book_project, 0, BEGINS)
    assert edit.project.notes[0].agreement == "Alpha"
    assert edit.project.notes[1].agreement == "Alpha"
    assert edit.project.notes[1].title == "Alpha, tranche 2"


def test_a_tranche_never_begins_within_thirty_days_of_the_one_before(book_project):
    once = with_tranche(book_project, 0, BEGINS)
    twice = with_tranche(once.project, 0, BEGINS)
    assert twice.project.notes[2].issue_date == BEGINS + timedelta(days=30)


def test_the_only_note_cannot_be_removed(book_project):
    assert without_note(Project(), 0) is None
    edit = without_note(book_project, 3)
    assert titles(edit.project) == ["Alpha", "Beta 1", "Gamma"]
    assert edit.place == 2


def test_the_list_shows_tranches_together_where_the_first_one_stands(book_project):
    assert shown_order(book_project.notes) == [0, 1, 3, 2]


@pytest.mark.parametrize(
    ("place", "up", "expected"),
    [
        (0, False, ["Beta 1", "Beta 2", "Alpha", "Gamma"]),
        (2, True, ["Alpha", "Gamma", "Beta 1", "Beta 2"]),
        (1, False, ["Alpha", "Beta 2", "Beta 1", "Gamma"]),
        (1, True, ["Beta 1", "Beta 2", "Alpha", "Gamma"]),
        (3, False, ["Alpha", "Gamma", "Beta 1", "Beta 2"]),
    ],
)
def test_a_note_moves_past_its_neighbour_in_the_list(book_project, place, up, expected):
    title = book_project.notes[place].title
    edit = with_moved(book_project, place, up=up)
    assert titles(edit.project) == expected
    assert edit.project.notes[edit.place].title == title


def test_nothing_moves_beyond_the_ends_of_the_list(book_project):
    assert with_moved(book_project, 0, up=True) is None
    assert with_moved(book_project, 2, up=False) is None
