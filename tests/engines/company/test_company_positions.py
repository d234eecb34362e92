"""The notes of a book as of a day: a row for each, sums of agreements and of the book."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.default import DefaultTerms
from notemodeler.engines.company.levels import Level
from notemodeler.engines.company.positions import positions
from notemodeler.engines.company.states import NoteState
from tests.engines.company.book_cases import TODAY, at, converted, fixed_note, paid


def row_of(note, day=TODAY, **facts):
    return positions(at(note, day=day, **facts))[0]


def test_a_note_half_converted():
    """4,000 of 10,000 at $0.01 are 400,000 shares; 6,000 are left, 600,000 shares.

    1,000,000 were outstanding, 1,400,000 are now; 600,000 / 2,000,000 = 30 %.
    """
    row = row_of(fixed_note("A", 10_000, ledger=(converted(date(2019, 1, 10), 4_000),)))
    assert (row.principal, row.converted, row.balance) == (10_000, 4_000, 6_000)
    assert (row.shares_issued, row.shares, row.share_of_company) == (
        400_000,
        600_000,
        Decimal("0.3"),
    )
    assert row.conversion_price == Decimal("0.01")


def test_cash_paid_stands_apart_from_what_was_converted():
    row = row_of(fixed_note("A", 10_000, ledger=(paid(date(2019, 1, 10), 2_500),)))
    assert (row.paid, row.converted, row.balance, row.shares_issued) == (2_500, 0, 7_500, 0)


def test_what_happens_on_the_day_itself_is_counted():
    row = row_of(fixed_note("A", 10_000, ledger=(converted(TODAY, 4_000), paid(TODAY, 1_000))))
    assert (row.converted, row.paid, row.shares_issued, row.balance) == (
        4_000,
        1_000,
        400_000,
        5_000,
    )


@pytest.mark.parametrize(
    ("facts", "day", "state", "words"),
    [
        ({}, date(2018, 9, 3), NoteState.NOT_FUNDED, "not yet funded"),
        ({}, date(2018, 9, 4), NoteState.CONVERTIBLE, "convertible"),
        (
            {"conversion": {"opens_date": date(2019, 3, 16)}},
            TODAY,
            NoteState.OPENS_LATER,
            "convertible from Mar 16, 2019",
        ),
        ({"conversion": {"opens_date": TODAY}}, TODAY, NoteState.CONVERTIBLE, "convertible"),
        ({}, date(2019, 9, 3), NoteState.CONVERTIBLE, "convertible"),
        ({}, date(2019, 9, 4), NoteState.MATURED, "matured unpaid"),
        ({"default": DefaultTerms(default_date=TODAY)}, TODAY, NoteState.IN_DEFAULT, "in default"),
        ({"default": DefaultTerms(default_date=TODAY)}, date(2019, 3, 14), NoteState.CONVERTIBLE, "convertible"),
        ({"ledger": (converted(TODAY),)}, TODAY, NoteState.CONVERTED, "converted"),
        ({"ledger": (converted(TODAY),)}, date(2019, 3, 14), NoteState.CONVERTIBLE, "convertible"),
        ({"ledger": (paid(TODAY, 10_000),)}, TODAY, NoteState.PAID_OFF, "paid off"),
    ],
)  # fmt: skip
def test_the_state_at_a_glance(facts, day, state, words):
    row = row_of(fixed_note("A", 10_000, **facts), day)
    assert (row.state, row.state_words) == (state, words)


def test_a_settled_note_asks_for_no_shares_and_has_no_next_date():
    row = row_of(fixed_note("A", 10_000, ledger=(converted(TODAY),)))
    assert (row.balance, row.shares, row.conversion_price, row.next_date) == (0, 0, None, None)


def test_tranches_stand_together_where_the_first_one_is_and_are_summed():
    """Tranche 1 of 5,000 at $0.02 is 250,000 shares, tranche 2 of 3,000 is 150,000: 400,000 in all.

    With 10,000 at $0.01 of note A, 1,000,000: the book is 1,400,000 of 2,400,000 shares, 58.3333 %.
    """
    notes = (
        fixed_note("Tranche 1", 5_000, "0.02", agreement="June agreement"),
        fixed_note("A", 10_000),
        fixed_note("Tranche 2", 3_000, "0.02", agreement="june  Agreement"),
    )
    rows = positions(at(*notes))
    assert [row.title for row in rows] == [
        "Tranche 1", "Tranche 2", "June agreement in all", "A", "All notes",
    ]  # fmt: skip
    agreement, book = rows[2], rows[4]
    assert (agreement.level, agreement.principal, agreement.shares) == (
        Level.AGREEMENT,
        8_000,
        400_000,
    )
    assert (book.level, book.principal, book.shares) == (Level.BOOK, 18_000, 1_400_000)
    assert book.share_of_company == Decimal("0.583333")


def test_one_note_without_a_price_leaves_the_sum_without_shares():
    floating = fixed_note("Floating", 1_000)
    rule = dataclasses.replace(
        floating.conversion.rule, composition=type(floating.conversion.rule)().composition
    )
    conversion = dataclasses.replace(floating.conversion, rule=rule)
    rows = positions(
        at(fixed_note("A", 10_000), dataclasses.replace(floating, conversion=conversion))
    )
    assert [row.shares for row in rows] == [1_000_000, None, None]
    assert rows[-1].balance == 11_000


AMOUNTS = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
AGREEMENTS = st.sampled_from(("", "June", "July"))


@st.composite
def small_notes(draw):
    principal = draw(AMOUNTS)
    entries = tuple(
        draw(st.sampled_from((converted, paid)))(date(2019, month, 4), draw(AMOUNTS))
        for month in range(1, 1 + draw(st.integers(0, 3)))
    )
    return fixed_note(
        f"Note {draw(st.integers(1, 999))}", principal, draw(st.sampled_from(("0.01", "0.3"))),
        agreement=draw(AGREEMENTS), ledger=entries,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(small_notes(), min_size=1, max_size=6), st.data())
def test_the_order_of_the_book_changes_no_row_and_no_sum(notes, data):
    order = data.draw(st.permutations(range(len(notes))))
    straight = positions(at(*notes))
    other = positions(at(*(notes[place] for place in order)))

    def by_note(rows, place_of):
        return {
            place_of[row.place]: dataclasses.replace(row, place=None, next_date=None)
            for row in rows
            if row.level is Level.NOTE
        }

    assert by_note(straight, range(len(notes))) == by_note(other, order)
    assert [straight[-1].balance, straight[-1].shares_issued, straight[-1].shares] == [
        other[-1].balance, other[-1].shares_issued, other[-1].shares,
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(small_notes(), min_size=1, max_size=6))
def test_rows_foot_to_the_book(notes):
    rows = positions(at(*notes))
    book, of_notes = rows[-1], [row for row in rows if row.level is Level.NOTE]
    for name in ("principal", "balance", "converted", "paid", "shares_issued", "shares"):
        assert sum(getattr(row, name) for row in of_notes) == getattr(book, name)
    for row in of_notes:
        assert row.principal == row.balance + row.converted + row.paid
