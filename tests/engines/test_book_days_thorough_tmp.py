"""Every note of any book, day by day: arrays and lists of days say what one quote at a time says."""

import dataclasses
import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.engines.book import run_book
from notemodeler.engines.daily import annual_costs, daily_figures
from notemodeler.engines.day_windows import listed_days
from notemodeler.engines.notice_days import notice_days
from notemodeler.engines.quote import quoter
from tests.engines.random_books import BOOKS, DAYS, ISSUERS, NOTES, PRICES, market_of
from tests.engines.test_daily import assert_quoted


def quoter_of(notes, issuer, ticks):
    return quoter(run_book(notes, issuer, market_of(ticks, issuer)), len(notes) - 1)


@settings(max_examples=1500)
@given(BOOKS, ISSUERS, PRICES)
def test_every_day_of_a_note_of_a_book_is_as_quoted(notes, issuer, ticks):
    assert_quoted(quoter_of(notes, issuer, ticks), DAYS)


@settings(max_examples=1500)
@given(BOOKS, ISSUERS, PRICES)
def test_every_listed_day_of_a_note_of_a_book_is_as_quoted(notes, issuer, ticks):
    quotes = quoter_of(notes, issuer, ticks)
    series = quotes.market.series_for(quotes.note.conversion.rule.series)
    listed = listed_days(quotes.market, series, DAYS)
    for day, found in zip(DAYS, notice_days(quotes, listed, DAYS), strict=True):
        quote = quotes.on(day)
        assert (found.owed, found.fee, found.shares) == (quote.owed, quote.fee, quote.shares), day
        assert found.outstanding == quote.outstanding
        assert found.share_of_company == quote.share_of_company
        if quote.limit is not None:
            assert (found.held, found.limit_shares) == (quote.limit.held, quote.limit.shares)


@settings(max_examples=1500)
@given(st.tuples(NOTES), ISSUERS, PRICES)
def test_annual_costs_are_those_of_the_quotes(notes, issuer, ticks):
    quotes = quoter_of(notes, issuer, ticks)
    costs = annual_costs(quotes, daily_figures(quotes, DAYS))
    for day, cost in zip(DAYS, costs.tolist(), strict=True):
        exact = quotes.annual_cost(quotes.on(day))
        if exact is None or math.isinf(exact):
            assert not math.isfinite(cost), day
        else:
            assert cost == pytest.approx(exact, rel=1e-6, abs=1e-9), day


@settings(max_examples=1500)
@given(BOOKS, ISSUERS, PRICES)
def test_a_quote_is_what_a_conversion_of_all_would_book(notes, issuer, ticks):
    """A conversion of the whole balance on a later day comes to the quote's shares and cash, limits aside."""
    note = dataclasses.replace(
        notes[-1],
        conversion=dataclasses.replace(
            notes[-1].conversion,
            ownership_limit=None, exchange_cap=None, monthly_cap_amount=None,
        ),
    )  # fmt: skip
    day = date(2019, 5, 15)
    note = dataclasses.replace(
        note, ledger=tuple(entry for entry in note.ledger if entry.date < day)
    )
    quote = quoter_of((*notes[:-1], note), issuer, ticks).on(day)
    entry = LedgerEntry(day, EntryKind.CONVERSION)
    with_it = dataclasses.replace(note, ledger=(*note.ledger, entry))
    book = run_book((*notes[:-1], with_it), issuer, market_of(ticks, issuer))
    found = [
        each for each in book.histories[-1].happenings if each.entry == len(with_it.ledger) - 1
    ]
    if not quote.shares or not found:
        assert not quote.shares
        assert not found
        return
    (made,) = found
    assert (made.shares, made.cash, made.fee, made.added) == (
        quote.shares, quote.cash, quote.fee, quote.added,
    )  # fmt: skip
    assert made.converted == quote.owed.total
