"""Whatever a book holds: shares foot, limits hold, balances close, and an edit reruns only what it must."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.book import BookRun, run_book
from notemodeler.engines.history import HappeningKind, Owed
from notemodeler.engines.holders import same_holder
from notemodeler.engines.schedule import build_schedule
from notemodeler.engines.splits import new_for_old, shares_carried
from tests.engines.random_books import (
    BOOKS,
    DAYS,
    ENTRIES,
    ISSUERS,
    NOTES,
    PRICES,
    START,
    market_of,
    with_note,
)

AFTER = date(2019, 9, 30)


def conversions(book: BookRun):
    """Every conversion of the book with the place of its note, in the order in which they happened."""
    found = [
        (happening, place)
        for place, history in enumerate(book.histories)
        for happening in history.happenings
        if happening.shares
    ]
    return sorted(found, key=lambda each: (each[0].date, each[1]))


def is_computed(note: Note, happening) -> bool:
    return happening.entry is None or note.ledger[happening.entry].stated_shares is None


@settings(max_examples=80)
@given(BOOKS, ISSUERS, PRICES)
def test_the_shares_of_all_notes_foot(notes, issuer, ticks):
    book = run_book(notes, issuer, market_of(ticks, issuer))
    issues = [(each.date, each.note, each.shares) for each in book.register.issues]
    assert issues == [
        (happening.date, place, happening.shares) for happening, place in conversions(book)
    ]
    for day in (*DAYS[::17], AFTER, *(count.date for count in issuer.shares_outstanding)):
        for before in (True, False):
            assert book.register.outstanding(day, before_entries=before) == naive_outstanding(
                issuer, issues, day, before_entries=before
            )


def naive_outstanding(issuer, issues, day, *, before_entries):
    """The last report and what was issued since, each carried by itself."""
    known = [count for count in issuer.shares_outstanding if count.date <= day]
    if not known:
        return None
    parts = [(known[-1].date, known[-1].shares)]
    parts += [
        (when, shares)
        for when, _, shares in issues
        if known[-1].date <= when and (when < day or (when == day and not before_entries))
    ]
    return sum(
        shares_carried(shares, new_for_old(issuer.splits, when, day)) for when, shares in parts
    )


@settings(max_examples=120)
@given(BOOKS, ISSUERS, PRICES)
def test_no_limit_of_any_holder_is_passed_by_what_the_program_reckons(notes, issuer, ticks):
    book = run_book(notes, issuer, market_of(ticks, issuer))
    past: list[tuple[date, int, int]] = []
    for happening, place in conversions(book):
        terms, day = notes[place].conversion, happening.date
        kept = {at for at in same_holder(notes, place) if not notes[at].conversion.lots_are_sold}
        held = sum(
            shares_carried(shares, new_for_old(issuer.splits, when, day))
            for when, at, shares in past
            if at in kept
        )
        since = notes[place].issue_date
        held += shares_carried(terms.holder_shares, new_for_old(issuer.splits, since, day))
        if happening.outstanding is not None:
            assert happening.held == held
        past.append((day, place, happening.shares))
        if not is_computed(notes[place], happening):
            continue
        if happening.outstanding is not None and terms.ownership_limit is not None:
            after = happening.outstanding + happening.shares
            assert held + happening.shares <= terms.ownership_limit * after
        assert_exchange_cap(notes[place], issuer, book, past, place, day)


def assert_exchange_cap(note, issuer, book, past, place, day):
    signed = note.issue_date
    counted = book.register.outstanding(signed, before_entries=True)
    if note.conversion.exchange_cap is None or counted is None or day < signed:
        return
    most = shares_carried(
        int(note.conversion.exchange_cap * counted), new_for_old(issuer.splits, signed, day)
    )
    own = sum(
        shares_carried(shares, new_for_old(issuer.splits, when, day))
        for when, at, shares in past
        if at == place
    )
    assert own <= most


@settings(max_examples=80)
@given(BOOKS, ISSUERS, PRICES)
def test_caps_of_the_month_hold_for_what_the_program_reckons(notes, issuer, ticks):
    book = run_book(notes, issuer, market_of(ticks, issuer))
    for note, history in zip(notes, book.histories, strict=True):
        most = note.conversion.monthly_cap_amount
        taken: dict[tuple[int, int], Decimal] = {}
        for each in history.happenings:
            if each.kind is not HappeningKind.CONVERSION or most is None:
                continue
            month = each.date.year, each.date.month
            taken[month] = taken.get(month, Decimal(0)) + each.converted
            if is_computed(note, each):
                assert taken[month] <= most


@settings(max_examples=80)
@given(BOOKS, ISSUERS, PRICES, st.sampled_from(RowDates))
def test_every_row_of_every_note_closes(notes, issuer, ticks, rows):
    book = run_book(notes, issuer, market_of(ticks, issuer))
    for note, history in zip(notes, book.histories, strict=True):
        schedule = build_schedule(note, history, book.register, rows, AFTER)
        for before, row in pairwise(schedule):
            assert row.opening == before.closing
            assert row.date >= before.date
        for row in schedule:
            off = row.paid.plus(
                row.converted.principal, row.converted.interest, row.converted.default_sum
            )
            opened = row.opening.plus(row.advance + row.added, row.accrual, row.default_added)
            assert row.closing == opened.less(off)
            assert min(row.closing.principal, row.closing.interest, row.closing.default_sum) >= 0
            assert min(row.accrual, row.added, row.cash) >= 0


@settings(max_examples=80)
@given(BOOKS, ISSUERS, PRICES)
def test_what_was_settled_and_what_is_left_is_all_that_was_ever_owed(notes, issuer, ticks):
    """Conversions + payments + remaining = principal + added + all interest + default sums."""
    book = run_book(notes, issuer, market_of(ticks, issuer))
    for note, history in zip(notes, book.histories, strict=True):
        rows = build_schedule(note, history, book.register, RowDates.EVENTS, AFTER)
        settled = sum((each.settled.total for each in history.happenings), Decimal(0))
        grown = sum((row.accrual + row.added + row.default_added for row in rows), Decimal(0))
        assert settled + rows[-1].closing.total == note.principal_amount + grown
        converted = sum((each.converted + each.added for each in history.happenings), Decimal(0))
        penalties = sum(
            (each.added for each in history.happenings if each.kind is HappeningKind.PENALTY),
            Decimal(0),
        )
        assert converted - penalties == sum((row.converted.total for row in rows), Decimal(0))


def facts(book: BookRun):
    return [
        (history.stretches, history.happenings, history.issues) for history in book.histories
    ], book.register.issues


@st.composite
def edits(draw):
    """A book, and the same one after an edit: of a price, of a note, of the company, of the list of notes."""
    notes, issuer, ticks = draw(BOOKS), draw(ISSUERS), draw(PRICES)
    place = draw(st.integers(0, len(notes) - 1))
    what = draw(
        st.sampled_from(["price", "prices", "rate", "ledger", "issuer", "drop", "double", "title"])
    )
    new_notes, new_issuer, new_ticks = notes, issuer, ticks
    if what == "price":
        at = draw(st.integers(0, len(ticks) - 1))
        new_ticks = [*ticks[:at], draw(st.integers(1, 60)), *ticks[at + 1 :]]
    elif what == "prices":
        new_ticks = draw(PRICES)
    elif what == "rate":
        interest = dataclasses.replace(notes[place].interest, rate=Decimal("0.0777"))
        new_notes = with_note(notes, place, interest=interest)
    elif what == "ledger":
        ledger = (*notes[place].ledger[1:], draw(ENTRIES))
        new_notes = with_note(notes, place, ledger=ledger)
    elif what == "issuer":
        new_issuer = draw(ISSUERS)
    elif what == "drop":
        new_notes = (*notes[:place], *notes[place + 1 :]) or draw(BOOKS)
    elif what == "double":
        new_notes = (*notes, notes[place])
    else:
        new_notes = with_note(notes, place, title="Another title")
    old_market = market_of(ticks, issuer)
    same = new_ticks is ticks and new_issuer.splits == issuer.splits
    new_market = old_market if same else market_of(new_ticks, new_issuer)
    return (notes, issuer, old_market), (new_notes, new_issuer, new_market)


@settings(max_examples=300)
@given(edits())
def test_a_run_after_an_edit_is_a_run_from_nothing(edit):
    before, after = edit
    again = run_book(*after, run_book(*before))
    assert facts(again) == facts(run_book(*after))
    third = run_book(*before, again)
    assert facts(third) == facts(run_book(*before))


@settings(max_examples=60)
@given(BOOKS, ISSUERS, PRICES, NOTES)
def test_an_edit_of_one_note_after_a_day_leaves_the_others_alone_before_it(
    notes, issuer, ticks, other
):
    """The new note begins on March 1: nothing before that day can change."""
    day = START + timedelta(days=60)
    late = dataclasses.replace(
        other,
        issue_date=day,
        funding_date=day,
        ledger=tuple(
            dataclasses.replace(entry, date=max(entry.date, day)) for entry in other.ledger
        ),
        default=dataclasses.replace(other.default, default_date=None),
    )
    market = market_of(ticks, issuer)
    without, with_it = run_book(notes, issuer, market), run_book((late, *notes), issuer, market)
    for alone, beside in zip(without.histories, with_it.histories[1:], strict=True):
        assert [each for each in alone.happenings if each.date < day] == [
            each for each in beside.happenings if each.date < day
        ]


NOTE = Note(
    issue_date=date(2019, 1, 2), funding_date=date(2019, 1, 2), maturity_date=date(2020, 1, 2)
)
FLAT = market_of([20] * len(DAYS))
BILLION = Issuer(shares_outstanding=(ShareCount(date(2019, 1, 2), 10**9),))


def converting(day, amount, **changes):
    entry = LedgerEntry(day, EntryKind.CONVERSION, Decimal(amount))
    return dataclasses.replace(NOTE, ledger=(entry,), **changes)


def test_a_conversion_of_one_note_is_outstanding_for_the_next_one():
    """$1,000 at 65 % of $0.0002 buys 7,692,307 shares, which the note behind it finds outstanding."""
    day = date(2019, 7, 1)
    book = run_book((converting(day, 1000), converting(day, 2000)), BILLION, FLAT)
    first, second = (history.happenings[-1] for history in book.histories)
    assert (first.shares, first.outstanding) == (7_692_307, 10**9)
    assert second.outstanding == 1_007_692_307


def test_notes_of_one_group_share_one_limit():
    """4.99 % of a billion lets 52,520,787 shares go to the group, whichever of its notes asks for them.

    In whole cents that is $6,827.70 at $0.00013, which buys 52,520,769; then 0.0499 x 1,052,520,769 /
    0.9501 = 55,279,219 for a holder of its own, $7,186.29 for 55,279,153.
    """
    day = date(2019, 7, 1)
    kept = dataclasses.replace(NOTE.conversion, lots_are_sold=False)
    notes = tuple(
        converting(day, 100000, holder=holder, affiliate_group=group, conversion=kept)
        for holder, group in (("Alpha", "One"), ("Beta", "one "), ("Gamma", ""))
    )
    first, second, third = (
        history.happenings[-1] for history in run_book(notes, BILLION, FLAT).histories
    )
    assert first.shares == 52_520_769
    assert second.kind is HappeningKind.FUNDING
    assert third.shares == 55_279_153


def test_two_conversions_of_one_day_at_one_price_change_places_freely():
    day = date(2019, 7, 1)
    for order in ((1000, 2000), (2000, 1000)):
        book = run_book(tuple(converting(day, amount) for amount in order), BILLION, FLAT)
        assert book.register.outstanding(day) == 10**9 + 7_692_307 + 15_384_615
        assert sorted(history.owed_on(day).principal for history in book.histories) == [
            history.owed_on(day).principal
            for history in sorted(book.histories, key=lambda each: each.owed_on(day).principal)
        ]


def test_an_edit_that_leaves_the_shares_alone_keeps_the_other_histories():
    day = date(2019, 7, 1)
    notes = (converting(day, 1000), converting(day, 2000))
    before = run_book(notes, BILLION, FLAT)
    dearer = with_note(notes, 0, interest=dataclasses.replace(NOTE.interest, rate=Decimal("0.1")))
    after = run_book(dearer, BILLION, FLAT, before)
    assert after.histories[1] is before.histories[1]
    assert after.histories[0] is not before.histories[0]
    more = run_book(with_note(notes, 0, ledger=()), BILLION, FLAT, before)
    assert more.histories[1].happenings[-1].outstanding == 10**9
    assert more.histories[1].stretches is before.histories[1].stretches


def test_a_count_that_is_taken_back_is_missed_by_the_conversions_that_looked_at_it():
    notes = (converting(date(2019, 7, 1), 1000),)
    before = run_book(notes, BILLION, FLAT)
    again = run_book(notes, Issuer(), FLAT, before)
    assert facts(again) == facts(run_book(notes, Issuer(), FLAT))
    assert "not held against the ownership limit" in again.histories[0].issues[-1].text


def test_nothing_is_owed_by_a_note_that_was_never_funded_yet():
    book = run_book((NOTE,), Issuer(), FLAT)
    assert book.histories[0].owed_on(date(2019, 1, 1)) == Owed()
    assert book.register.outstanding(date(2019, 7, 1)) is None
