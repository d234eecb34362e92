"""Balances of many days at once: to the cent those of the exact history, whatever the terms."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import Compounding, DayCount, InterestTerms
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.engines.accrual import year_fraction
from notemodeler.engines.accrual_arrays import year_fractions
from notemodeler.engines.book import run_book
from notemodeler.engines.daily_balance import daily_balances
from notemodeler.engines.history import NoteHistory
from notemodeler.engines.market import Market
from notemodeler.io.trading_calendar import nyse_calendar
from tests.strategies import nouns

START = date(2019, 11, 15)
MARKET = Market((), nyse_calendar())
CENTS = st.integers(1, 20_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
RATES = st.integers(0, 4000).map(lambda points: Decimal(points).scaleb(-4))
DAYS = st.integers(0, 500).map(lambda days: START + timedelta(days=days))
ENTRIES = st.builds(
    LedgerEntry,
    date=DAYS,
    kind=st.sampled_from(EntryKind),
    amount=st.none() | CENTS,
    stated_price=st.just(Decimal("0.001")),
)
INTEREST = nouns(InterestTerms, rate=RATES, default_rate=RATES)
DEFAULT = nouns(
    DefaultTerms,
    default_date=st.none() | DAYS,
    multiple=st.sampled_from([Decimal(1), Decimal("1.5")]),
)
NOTES = st.builds(
    Note,
    issue_date=st.just(START),
    funding_date=DAYS | st.just(START - timedelta(days=20)),
    maturity_date=st.just(date(2021, 2, 1)),
    principal_amount=CENTS,
    interest=INTEREST,
    default=DEFAULT,
    ledger=st.lists(ENTRIES, max_size=4).map(tuple),
)


def history_of(note: Note) -> NoteHistory:
    return run_book((note,), Issuer(), MARKET).histories[0]


def assert_exact(history: NoteHistory, days: tuple[date, ...]) -> None:
    found = daily_balances(history, days)
    for place, day in enumerate(days):
        exact = history.owed_before_entries(day).in_cents()
        assert found.principal[place] == float(exact.principal), day
        assert found.interest[place] == float(exact.interest), day
        assert found.default_sum[place] == float(exact.default_sum), day
        assert found.owed[place] == float(exact.total), day


@settings(max_examples=100)
@given(NOTES, st.lists(st.integers(-30, 800), min_size=1, max_size=60))
def test_every_balance_is_that_of_the_history(note, steps):
    assert_exact(history_of(note), tuple(START + timedelta(days=step) for step in steps))


@pytest.mark.parametrize("day_count", list(DayCount))
@pytest.mark.parametrize("compounding", list(Compounding))
def test_every_day_of_a_year_under_every_convention(day_count, compounding):
    interest = InterestTerms(rate=Decimal("0.12"), day_count=day_count, compounding=compounding)
    note = Note(
        issue_date=START, funding_date=START, maturity_date=date(2020, 11, 15),
        principal_amount=Decimal(130000), interest=interest,
    )  # fmt: skip
    assert_exact(history_of(note), tuple(START + timedelta(days=step) for step in range(400)))


def test_half_a_cent_is_rounded_up():
    """$36,500 at 1 % earns a dollar a day over 365: 36,500.50 earns half a cent in 365 days."""
    interest = InterestTerms(rate=Decimal("0.01"))
    note = Note(
        issue_date=START, funding_date=START, maturity_date=date(2022, 1, 1),
        principal_amount=Decimal("36500.50"), interest=interest,
    )  # fmt: skip
    history = history_of(note)
    day = START + timedelta(days=365)
    assert history.owed_on(day).interest == Decimal("365.005")
    assert daily_balances(history, (day,)).interest[0] == 365.01


def test_what_a_day_owes_is_taken_before_its_first_entry():
    entries = tuple(
        LedgerEntry(date(2020, 1, 6), EntryKind.PAYMENT, Decimal(amount)) for amount in (10, 20)
    )
    note = Note(issue_date=START, funding_date=START, principal_amount=Decimal(100), ledger=entries)
    found = daily_balances(history_of(note), (date(2020, 1, 6), date(2020, 1, 7)))
    assert found.owed.tolist() == [101.14, 71.16]


def test_amounts_beyond_the_cents_of_a_float_are_still_close():
    interest = InterestTerms(rate=Decimal(1), compounding=Compounding.DAILY)
    note = Note(
        issue_date=START, funding_date=START, maturity_date=START + timedelta(days=3000),
        principal_amount=Decimal("9999999999999.99"), interest=interest,
    )  # fmt: skip
    history, late = history_of(note), START + timedelta(days=2999)
    assert_exact(history, (START + timedelta(days=1),))
    exact = float(history.owed_on(late).total)
    assert daily_balances(history, (late,)).owed[0] == pytest.approx(exact, rel=1e-13)


def test_balances_are_kept_while_the_history_stays_the_same():
    history, days = history_of(Note()), (date(2024, 5, 1), date(2024, 5, 2))
    assert daily_balances(history, days) is daily_balances(history, days)


ORDINALS = st.integers(date(1992, 1, 1).toordinal(), date(2032, 12, 31).toordinal())
EDGES = st.sampled_from(
    [date(year, *month_day).toordinal() for year in (1999, 2000, 2004, 2100)
     for month_day in ((1, 30), (1, 31), (2, 28), (3, 1), (12, 31))]
    + [date(2000, 2, 29).toordinal(), date(2004, 2, 29).toordinal()]
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(st.tuples(ORDINALS | EDGES, ORDINALS | EDGES), min_size=1), st.sampled_from(DayCount)
)
def test_year_fractions_are_those_of_the_exact_engine(pairs, day_count):
    pairs = [sorted(pair) for pair in pairs]
    starts, ends = numpy.array(pairs).T
    numerators, basis = year_fractions(starts, ends, day_count)
    for (start, end), numerator in zip(pairs, numerators.tolist(), strict=True):
        exact = year_fraction(date.fromordinal(start), date.fromordinal(end), day_count)
        assert Fraction(numerator, basis) == Fraction(*exact)
