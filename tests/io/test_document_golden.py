"""Documents of every released version load for ever, to the same numbers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler.domain.default import DefaultEvent, DefaultSum
from notemodeler.domain.interest import DayCount
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.repayment import RepaymentTerms
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.scenario import Scenario
from notemodeler.io.document import document_text, read_document

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"


@pytest.fixture(scope="module")
def project():
    project, issues = read_document((DOCUMENTS / "version-1.note").read_bytes())
    assert issues == ()
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
    assert [entry.kind for entry in note.ledger] == [
        EntryKind.CONVERSION, EntryKind.PAYMENT, EntryKind.PREPAYMENT,
    ]  # fmt: skip
    assert note.ledger[1].amount is None
    assert note.ledger[0].stated_shares == 25_000_000


def test_the_cap_of_version_1_is_the_fixed_price_of_a_lesser_of(project):
    capped, plain = (note.conversion.rule for note in project.notes)
    assert capped.composition is PriceComposition.LESSER_OF
    assert capped.fixed_price == capped.cap_price == Decimal("0.25")
    assert (plain.composition, plain.fixed_price) == (PriceComposition.VARIABLE, None)


def test_the_delivery_multiple_of_version_1_is_a_row_of_sums_if_it_was_another(project):
    first, second = (note.default for note in project.notes)
    assert first.sums == (DefaultSum(DefaultEvent.DELIVERY, Decimal(2)),)
    assert (first.multiple, first.multiple_due) == (Decimal("1.5"), Decimal(2))
    assert second.sums == ()
    assert second.multiple_due == 1


def test_what_version_1_did_not_know_says_nothing(project):
    note = project.notes[0]
    assert note.repayment == RepaymentTerms()
    assert (note.remark, note.agreement, note.conversion.rule.steps) == ("", "", ())
    assert project.scenario == Scenario()
    assert project.issuer.splits == ()


def test_what_version_1_became_is_saved_and_read_again(project):
    assert read_document(document_text(project))[0] == project
