"""The figures of many notice days are those that one quote at a time gives."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.interest import Compounding
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.project import with_field
from notemodeler.engines.day_windows import listed_days
from notemodeler.engines.notice_days import notice_days

LEDGER = (
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(15000)),
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(5000)),
    LedgerEntry(date(2019, 3, 9), EntryKind.CONVERSION, Decimal(3000)),
    LedgerEntry(date(2019, 3, 15), EntryKind.PAYMENT, Decimal(20000)),
)


@pytest.mark.parametrize("sold", [True, False])
@pytest.mark.parametrize("compounding", list(Compounding))
def test_every_figure_is_the_quote_of_its_day(sold, compounding):
    project = ascent_project()
    note = dataclasses.replace(project.notes[0], ledger=LEDGER)
    project = with_field(project.with_note(note), "note.conversion.lots_are_sold", sold)
    project = with_field(project, "note.interest.compounding", compounding)
    results = compute(project)
    notices = results.market.calendar.between(date(2019, 1, 25), date(2019, 4, 5))
    listed = listed_days(results.market, results.series, notices)
    for day, found in zip(notices, notice_days(results.quoter, listed, notices), strict=True):
        quote = results.quote(day)
        assert found.owed == quote.owed
        assert found.shares == quote.shares
        assert found.outstanding == quote.outstanding
        assert found.share_of_company == quote.share_of_company
        assert quote.limit is not None
        assert (found.held, found.limit_shares) == (quote.limit.held, quote.limit.shares)
