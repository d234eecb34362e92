"""Results of a document: shared by its notes, kept over edits that cannot change them."""

import dataclasses
from datetime import date
from decimal import Decimal

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.project import Project, with_field

CONVERSION = LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(15000))


def book_of_three() -> Project:
    project = ascent_project()
    note = project.notes[0]
    notes = (note, *(dataclasses.replace(note, title=f"Note {place}") for place in (2, 3)))
    notes = (*notes[:2], dataclasses.replace(notes[2], ledger=(CONVERSION,)))
    return dataclasses.replace(project, notes=notes)


def test_another_note_of_the_same_project_shares_the_book():
    first = compute(book_of_three())
    second = first.of(1)
    assert second.book is first.book
    assert second.market is first.market
    assert second.note.title == "Note 2"
    assert second.quoter.place == 1
    assert second.of(0) is first
    assert compute(first.project, 1, first) is second


def test_a_note_looked_at_before_is_still_there_after_an_edit_that_does_not_touch_it():
    before = compute(book_of_three())
    daily = before.of(1).daily
    after = compute(dataclasses.replace(before.project, remark="Drawn up in May"), 0, before)
    assert after.book is before.book
    assert after.of(1).daily is daily


def test_an_edit_of_one_note_reruns_no_other_one():
    before = compute(book_of_three())
    histories = before.book.histories
    after = compute(with_field(before.project, "note.interest.rate", Decimal("0.1"), 0), 0, before)
    assert after.book.histories[1] is histories[1]
    assert after.book.histories[2] is histories[2]
    assert after.history is not histories[0]


def test_an_edit_of_a_price_reruns_only_what_looks_at_it():
    before = compute(book_of_three())
    histories = before.book.histories
    series = before.project.prices[0]
    last = PriceBar(date(2019, 4, 1), Decimal("0.5"))
    later = before.project.with_series(series.with_bars((*series.bars, last)))
    assert compute(later, 0, before).book.histories[2] is histories[2]
    early = PriceBar(date(2019, 2, 1), Decimal("0.00001"))
    changed = before.project.with_series(series.with_bars((*series.bars, early)))
    assert compute(changed, 0, before).book.histories[2] is not histories[2]


def test_results_after_many_edits_are_those_from_nothing():
    results = compute(book_of_three(), 2)
    for name, value, place in (
        ("note.interest.rate", Decimal("0.12"), 0),
        ("note.conversion.lots_are_sold", False, 2),
        ("note.conversion.rule.multiplier", Decimal("0.5"), 2),
        ("issuer.par_price", Decimal("0.0001"), 2),
        ("note.conversion.rule.floor_at_par", True, 2),
    ):
        results = compute(with_field(results.project, name, value, place), 2, results)
        fresh = compute(results.project, 2)
        assert results.history.happenings == fresh.history.happenings
        assert results.quote(date(2019, 3, 1)).shares == fresh.quote(date(2019, 3, 1)).shares
        assert results.daily.shares.tolist()[100:200] == fresh.daily.shares.tolist()[100:200]
        assert results.issues == fresh.issues


def test_a_dropped_note_leaves_the_results_of_the_others():
    before = compute(book_of_three(), 2)
    before.of(0).daily  # noqa: B018  # looked at, so that there is something to take over
    fewer = dataclasses.replace(before.project, notes=before.project.notes[:2])
    after = compute(fewer, 1, before)
    assert len(after.book.histories) == 2
    assert after.of(0).history.happenings == before.of(0).history.happenings
