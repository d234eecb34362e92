"""The second sample: the reported roll-forward ties to the dollar, and what is inferred is marked."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample_book import POWER_UP, ascent_book
from notemodeler.engines.history import HappeningKind, NoteHistory
from notemodeler.io.document import document_text, read_document

REPORTED = {
    date(2018, 12, 31): 225_000,
    date(2019, 3, 31): 149_500,
    date(2019, 6, 30): 149_500,
    date(2019, 9, 30): 134_900,
    date(2019, 12, 31): 106_820,
}
"""Principal of the Power Up notes: Form 10-K of 2018, Forms 10-Q of 2019, Form 10-K of 2019."""

CONVERTED = {
    (date(2019, 1, 1), date(2019, 3, 31)): 182_500,
    (date(2019, 4, 1), date(2019, 6, 30)): 225_000 - 182_500,
    (date(2019, 7, 1), date(2019, 9, 30)): 239_600 - 225_000,
    (date(2019, 10, 1), date(2019, 12, 31)): 267_680 - 239_600,
}
"""Reported year to date: 182,500; 225,000; 239,600; 267,680."""

SOLD = {
    (date(2018, 1, 1), date(2018, 12, 31)): 225_000,
    (date(2019, 1, 1), date(2019, 3, 31)): 107_000,
    (date(2019, 4, 1), date(2019, 6, 30)): 149_500 - 107_000,
    (date(2019, 7, 1), date(2019, 12, 31)): 0,
}


@cache
def histories() -> tuple[NoteHistory, ...]:
    book = ascent_book()
    return tuple(compute(book, place).history for place in range(len(book.notes)))


@cache
def power_up() -> tuple[NoteHistory, ...]:
    return tuple(
        history
        for note, history in zip(ascent_book().notes, histories(), strict=True)
        if note.holder == POWER_UP
    )


@pytest.mark.parametrize(("day", "principal"), REPORTED.items())
def test_the_power_up_principal_of_each_quarter_end_is_the_one_reported(day, principal):
    assert sum(history.owed_on(day).principal for history in power_up()) == principal


@pytest.mark.parametrize(("quarter", "principal"), CONVERTED.items())
def test_the_conversions_of_each_quarter_are_those_reported(quarter, principal):
    first, last = quarter
    settled = [
        happening.settled.principal
        for history in power_up()
        for happening in history.happenings
        if happening.kind is HappeningKind.CONVERSION and first <= happening.date <= last
    ]
    assert sum(settled) == principal


@pytest.mark.parametrize(("quarter", "principal"), SOLD.items())
def test_the_notes_sold_in_each_quarter_are_those_reported(quarter, principal):
    first, last = quarter
    sold = [
        note.principal_amount
        for note in ascent_book().notes
        if note.holder == POWER_UP and first <= note.funding_date <= last
    ]
    assert sum(sold) == principal


def test_every_conversion_is_booked_as_it_is_entered():
    for note, history in zip(ascent_book().notes, histories(), strict=True):
        booked = [
            happening.entry for happening in history.happenings if happening.entry is not None
        ]
        assert booked == list(range(len(note.ledger)))
        assert not [issue for issue in history.issues if issue.is_error]


def test_a_note_that_was_converted_whole_owes_nothing_more():
    settled = [history.settled_date for history in power_up()]
    assert settled[:3] == [date(2019, 3, 8), date(2019, 3, 28), date(2019, 6, 4)]
    assert settled[3:] == [None, None, None]


def test_the_book_has_each_lender_of_the_time_and_its_tranches():
    notes = ascent_book().notes
    assert {note.holder.split()[0] for note in notes} == {
        "Power", "BayBridge", "St.", "GS", "Global", "Jason",
    }  # fmt: skip
    assert len(notes) == 16
    tranches = [note for note in notes if note.agreement]
    assert sum(note.principal_amount for note in tranches) == 245_000
    assert sum(note.proceeds for note in tranches) == 205_000
    assert [note.issue_date for note in notes] == sorted(note.issue_date for note in notes)


def test_each_note_names_its_filing_or_says_that_it_is_inferred():
    for note in ascent_book().notes:
        assert "Form 8-K" in note.remark or note.remark.startswith("inferred:")
        assert all(entry.remark.startswith("inferred:") for entry in note.ledger)
    assert "illustrative" in ascent_book().remark
    assert "not market data" in ascent_book().prices[0].source


def test_widjaja_s_note_is_the_one_whose_discount_was_reported():
    """330,000 from January 11, 2019 to January 11, 2020: nine whole months are left at the end of March."""
    note = next(note for note in ascent_book().notes if note.holder == "Jason Widjaja")
    assert (note.principal_amount, note.issue_date, note.maturity_date) == (
        Decimal(330_000), date(2019, 1, 11), date(2020, 1, 11),
    )  # fmt: skip


def test_the_book_is_saved_and_read_again():
    project, issues = read_document(document_text(ascent_book()))
    assert (project, issues) == (ascent_book(), ())
