"""Documents of every released version load for ever, to the same numbers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.note import DayCount, DefaultEvent
from notemodeler.domain.prices import PriceKind
from notemodeler.io.document import document_text, read_document

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"


@pytest.fixture(scope="module")
def project():
    project, issues = read_document((DOCUMENTS / "version-1.note").read_bytes())
    assert all(not issue.is_error for issue in issues)
    return project


def test_the_issuer_of_version_1_is_read(project):
    assert project.issuer.name == "Ascent Solar Technologies, Inc. – “ASTI”"
    assert [count.shares for count in project.issuer.shares_outstanding] == [
        25_000_000_000,
        33_000_000_000,
    ]
    assert project.closures == (date(2018, 12, 5),)
    assert project.remark == "Prices are made up.\nSecond line."


def test_the_prices_of_version_1_are_read(project):
    bars = project.prices[0].bars
    assert [bar.price for bar in bars] == [
        Decimal("0.00105"), None, Decimal("0.001000000001"), Decimal("0.0009"),
    ]  # fmt: skip
    assert bars[2].kind is PriceKind.CLOSE
    assert project.prices[1].kind is PriceKind.VWAP


def test_the_note_of_version_1_is_read(project):
    note = project.notes[0]
    assert (note.issue_date, note.maturity_date) == (date(2018, 8, 1), date(2019, 8, 1))
    assert note.paid_amount == Decimal("127000.50")
    assert note.interest.day_count is DayCount.ACT_360
    assert note.conversion.rule.multiplier == Decimal("0.61")
    assert note.conversion.ownership_limit is None
    assert note.default.event is DefaultEvent.DELIVERY
    assert [entry.kind for entry in note.ledger] == list(EntryKind)
    assert note.ledger[1].amount is None
    assert note.ledger[0].stated_shares == 25_000_000


def test_what_version_1_became_is_saved_and_read_again(project):
    assert read_document(document_text(project))[0] == project
