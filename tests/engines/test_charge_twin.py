"""A second engine of a few lines, in exact fractions, for every way in which interest can be earned."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.app.results import compute
from notemodeler.domain.default import DefaultBase, DefaultTerms
from notemodeler.domain.interest import DayCount, InterestCharge, InterestStart, InterestTerms
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.project import Project
from notemodeler.engines.accrual import year_fraction

START = date(2024, 1, 31)
DAYS = st.integers(0, 420).map(lambda days: START + timedelta(days=days))
AMOUNTS = st.integers(1, 6_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
ENTRIES = st.builds(
    LedgerEntry,
    date=DAYS,
    kind=st.sampled_from([EntryKind.PAYMENT, EntryKind.PAYMENT, EntryKind.PENALTY]),
    amount=AMOUNTS,
)
NOTES = st.builds(
    lambda rate, default_rate, charge, days, count, start, funded, default, ledger: Note(
        issue_date=START,
        funding_date=START + timedelta(days=funded),
        maturity_date=date(2025, 1, 31),
        interest=InterestTerms(
            rate=rate, default_rate=default_rate, charge=charge, charge_days=days, day_count=count,
            starts_on=start,
        ),
        default=DefaultTerms(
            default_date=default, multiple=Decimal("1.5"), base=DefaultBase.PRINCIPAL
        ),
        ledger=tuple(ledger),
    ),
    st.sampled_from([Decimal(0), Decimal("0.08"), Decimal("0.12345")]),
    st.sampled_from([Decimal("0.18"), Decimal("0.22")]),
    st.sampled_from(InterestCharge),
    st.sampled_from([1, 90, 365]),
    st.sampled_from(DayCount),
    st.sampled_from(InterestStart),
    st.integers(0, 40),
    st.none() | DAYS,
    st.lists(ENTRIES, max_size=5),
)  # fmt: skip


@settings(max_examples=200)
@given(NOTES, st.integers(0, 500))
def test_an_exact_twin_in_fractions_agrees_to_the_cent(note, days):
    end = START + timedelta(days=500 + days)
    owed = compute(Project(notes=(note,))).history.owed_on(end).in_cents()
    assert (owed.principal, owed.interest, owed.default_sum) == twin(note, end)


def cents(amount):
    return Fraction(int(amount * 100 + Fraction(1, 2)), 100)


def twin(note, end):
    """Principal, interest and default sum at the end: every event in order, interest before principal."""
    terms = note.interest
    start = note.issue_date if terms.starts_on is InterestStart.ISSUE else note.funding_date
    earliest, waits = max(start, note.funding_date), start + timedelta(days=terms.charge_days)
    principal, interest, extra = Fraction(note.principal_amount), Fraction(0), Fraction(0)
    year = lambda first, last: Fraction(*year_fraction(first, last, terms.day_count))  # noqa: E731
    events = [(max(entry.date, earliest), 3, entry) for entry in note.ledger]
    if note.default.default_date:
        events.append((max(note.default.default_date, earliest), 2, None))
    once = {
        InterestCharge.ONE_TIME: (earliest, Fraction(terms.rate)),
        InterestCharge.AFTER_DAYS: (max(waits, note.funding_date), Fraction(terms.rate)),
        InterestCharge.GUARANTEED: (earliest, Fraction(terms.rate) * year(start, waits)),
    }
    if terms.charge in once:
        day, part = once[terms.charge]
        events.append((day, 0, part))
    quiet = terms.charge in (InterestCharge.ONE_TIME, InterestCharge.AFTER_DAYS)
    rate, at = Fraction(0 if quiet else terms.rate), start
    if terms.charge in (InterestCharge.GUARANTEED, InterestCharge.PREPAID):
        rate = Fraction(0)
        events.append((waits, 1, None))
    in_default = False
    for day, rank, what in sorted(events, key=lambda event: event[:2]):
        interest, at = interest + principal * rate * year(at, day), day
        if rank == 0 and not in_default:
            interest = cents(interest) + cents(principal * what)
        elif rank == 1 and not in_default:
            rate = Fraction(terms.rate)
        elif rank == 2 and principal + cents(interest):
            interest, in_default, rate = cents(interest), True, Fraction(terms.default_rate)
            extra += cents(principal * Fraction(note.default.multiple - 1))
        elif rank == 3:
            interest = cents(interest)
            if what.kind is EntryKind.PENALTY:
                principal += Fraction(what.amount)
                continue
            left = Fraction(what.amount)
            off = min(left, interest)
            interest, left = interest - off, left - off
            off = min(left, principal)
            principal, left = principal - off, left - off
            extra -= min(left, extra)
    interest += principal * rate * year(at, end)
    return tuple(
        Decimal(part.numerator) / Decimal(part.denominator)
        for part in (principal, cents(interest), extra)
    )


def test_the_twin_knows_a_case_by_hand():
    """100,000 at 12 % guaranteed for 90 days from January 31: 2,958.90, and 30 days more 986.30."""
    note = Note(
        issue_date=START,
        funding_date=START,
        interest=InterestTerms(
            rate=Decimal("0.12"), charge=InterestCharge.GUARANTEED, charge_days=90
        ),
    )
    assert twin(note, START + timedelta(days=120)) == (100000, Decimal("3945.20"), 0)
