"""Whatever happens to a note, its balances foot, nothing goes below zero and no limit is passed."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import AppliedFirst, ShareRounding
from notemodeler.domain.default import DefaultEvent, DefaultTerms
from notemodeler.domain.interest import Compounding, DayCount, InterestStart, InterestTerms
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.accrual import year_fraction
from notemodeler.engines.history import HappeningKind

SAMPLE = ascent_project()
NOTE = SAMPLE.notes[0]
ENTRIES = st.builds(
    LedgerEntry,
    date=st.dates(date(2018, 8, 2), date(2019, 9, 30)),
    kind=st.sampled_from(list(EntryKind)),
    amount=st.none() | st.decimals("0.01", "60000", places=2),
    stated_price=st.none() | st.decimals("0.0001", "0.01", places=4),
    stated_shares=st.none(),
    remark=st.just(""),
)
INTEREST = st.builds(
    InterestTerms,
    rate=st.decimals("0", "0.5", places=3),
    default_rate=st.decimals("0", "0.9", places=3),
    day_count=st.sampled_from(list(DayCount)),
    starts_on=st.sampled_from(list(InterestStart)),
    compounding=st.sampled_from(list(Compounding)),
)
DEFAULTS = st.builds(
    DefaultTerms,
    default_date=st.none() | st.dates(date(2018, 7, 1), date(2019, 12, 31)),
    event=st.sampled_from(list(DefaultEvent)),
    multiple=st.decimals("1", "2", places=2),
    sums=st.just(()),
)
NOTES = st.builds(
    lambda interest, default, ledger, first, rounding, sold: dataclasses.replace(
        NOTE,
        interest=interest,
        default=default,
        ledger=tuple(ledger),
        conversion=dataclasses.replace(
            NOTE.conversion, applied_first=first, share_rounding=rounding, lots_are_sold=sold
        ),
    ),
    INTEREST,
    DEFAULTS,
    st.lists(ENTRIES, max_size=8),
    st.sampled_from(list(AppliedFirst)),
    st.sampled_from(list(ShareRounding)),
    st.booleans(),
)


@given(NOTES, st.sampled_from(list(RowDates)))
def test_every_row_closes_and_opens_where_the_last_one_closed(note, rows):
    schedule = compute(SAMPLE.with_note(note)).schedule(rows)
    for before, row in pairwise(schedule):
        assert row.opening == before.closing
        assert row.date >= before.date
    for row in schedule:
        opening, closing, off = row.opening, row.closing, (row.paid, row.converted)
        assert closing.principal == opening.principal + row.advance + row.added - sum(
            each.principal for each in off
        )
        assert closing.interest == opening.interest + row.accrual - sum(
            each.interest for each in off
        )
        added = row.default_added - sum(each.default_sum for each in off)
        assert closing.default_sum == opening.default_sum + added
        assert min(closing.principal, closing.interest, closing.default_sum) >= 0


@given(NOTES)
def test_what_was_taken_and_what_is_left_is_principal_and_all_interest(note):
    schedule = compute(SAMPLE.with_note(note)).schedule(RowDates.EVENTS)
    taken = sum((row.paid.total + row.converted.total for row in schedule), Decimal(0))
    grown = sum(
        (row.advance + row.accrual + row.default_added + row.added for row in schedule), Decimal(0)
    )
    assert taken + schedule[-1].closing.total == grown
    assert sum(row.advance for row in schedule) == note.principal_amount


@given(NOTES)
def test_the_row_dates_never_change_a_balance(note):
    results = compute(SAMPLE.with_note(note))
    closings = [{row.date: row.closing for row in results.schedule(rows)} for rows in RowDates]
    for other in closings[1:]:
        for day in closings[0].keys() & other.keys():
            assert closings[0][day] == other[day]


@given(NOTES)
def test_no_conversion_passes_the_ownership_limit(note):
    history = compute(SAMPLE.with_note(note)).history
    limit = note.conversion.ownership_limit
    for happening in history.happenings:
        if happening.kind is HappeningKind.CONVERSION:
            owned = happening.held + happening.shares
            assert owned <= limit * (happening.outstanding + happening.shares)


@given(NOTES)
def test_a_ledger_is_booked_in_date_order_whatever_the_order_of_its_rows(note):
    days = [entry.date for entry in note.ledger]
    if len(set(days)) < len(days):
        return
    backwards = dataclasses.replace(note, ledger=note.ledger[::-1])
    assert booked(note) == booked(backwards)


def booked(note):
    """The happenings without the places of their entries in the ledger."""
    happenings = compute(SAMPLE.with_note(note)).history.happenings
    return [dataclasses.replace(each, entry=None) for each in happenings]


@given(st.decimals("1", "20000", places=2), st.decimals("1", "20000", places=2))
def test_two_conversions_of_one_day_and_price_change_places_freely(first, second):
    def after(*amounts):
        entries = tuple(
            LedgerEntry(date(2019, 3, 1), EntryKind.CONVERSION, amount, Decimal("0.01"))
            for amount in amounts
        )
        return compute(SAMPLE.with_note(dataclasses.replace(NOTE, ledger=entries))).history

    one, other = after(first, second), after(second, first)
    assert one.happenings[-1].after == other.happenings[-1].after
    assert one.happenings[-1].outstanding + one.happenings[-1].shares == (
        other.happenings[-1].outstanding + other.happenings[-1].shares
    )


@given(NOTES)
def test_an_exact_twin_in_fractions_agrees_to_the_cent(note):
    """A second engine of a few lines, simple interest only, in exact fractions."""
    plain = dataclasses.replace(
        note,
        interest=dataclasses.replace(note.interest, compounding=Compounding.SIMPLE),
        default=DefaultTerms(),
        ledger=tuple(
            dataclasses.replace(entry, kind=EntryKind.PAYMENT, amount=entry.amount or Decimal(100))
            for entry in note.ledger
        ),
    )
    end = max([plain.maturity_date, *(entry.date for entry in plain.ledger)]) + timedelta(days=30)
    assert compute(SAMPLE.with_note(plain)).history.owed_on(end).in_cents().total == twin_total(
        plain, end
    )


def twin_total(note, end):
    terms = note.interest
    at = note.issue_date if terms.starts_on is InterestStart.ISSUE else note.funding_date
    principal, interest = Fraction(note.principal_amount), Fraction(0)
    for entry in sorted(note.ledger, key=lambda entry: entry.date):
        day = max(entry.date, at)
        interest += (
            principal * Fraction(terms.rate) * Fraction(*year_fraction(at, day, terms.day_count))
        )
        interest, at = rounded(interest), day
        amount = min(Fraction(entry.amount), principal + interest)
        if note.conversion.applied_first is AppliedFirst.INTEREST:
            off_interest = min(amount, interest)
            off_principal = amount - off_interest
        else:
            off_principal = min(amount, principal)
            off_interest = amount - off_principal
        principal, interest = principal - off_principal, interest - off_interest
    interest += (
        principal * Fraction(terms.rate) * Fraction(*year_fraction(at, end, terms.day_count))
    )
    total = principal + rounded(interest)
    return Decimal(total.numerator) / Decimal(total.denominator)


def rounded(amount):
    return Fraction(int(amount * 100 + Fraction(1, 2)), 100)


def test_a_conversion_makes_the_limit_of_the_next_one_larger():
    entries = tuple(
        LedgerEntry(day, EntryKind.CONVERSION) for day in (date(2019, 2, 4), date(2019, 2, 5))
    )
    book = compute(SAMPLE.with_note(dataclasses.replace(NOTE, ledger=entries))).book
    first, second = book.histories[0].happenings[1:]
    assert second.outstanding == first.outstanding + first.shares
    assert first.shares <= 73_529_102 < first.shares + 1000
    after = book.register.outstanding(date(2019, 2, 5))
    assert after == 1_400_000_000 + first.shares + second.shares


def test_an_unpriced_conversion_is_left_out_and_says_why():
    entry = LedgerEntry(date(2018, 10, 19), EntryKind.CONVERSION, Decimal(1000))
    results = compute(SAMPLE.with_note(dataclasses.replace(NOTE, ledger=(entry,))))
    assert [each.kind for each in results.history.happenings] == [HappeningKind.FUNDING]
    texts = [issue.text for issue in results.issues if issue.is_error]
    assert len(texts) == 1
    assert "is not booked" in texts[0]
    assert "Oct 16, 2018" in texts[0]
