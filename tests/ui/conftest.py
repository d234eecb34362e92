"""The sample in a document, and its charts in a panel of a fixed size."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import AuthorisedShares
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.theme import LIGHT


@pytest.fixture
def document():
    return Document(ascent_project())


@pytest.fixture
def panel(qtbot, document):
    made = ChartPanel(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    return made


@pytest.fixture
def book_project():
    """Four notes of two holders, two of them tranches of one agreement, three with conversions."""
    sample = ascent_project()
    first = sample.notes[0]

    def entry(day, amount):
        return LedgerEntry(day, EntryKind.CONVERSION, None if amount is None else Decimal(amount))

    notes = (
        replace(first, title="Alpha", ledger=(entry(date(2019, 5, 1), 9000),)),
        replace(first, title="Beta 1", holder="Lender B", agreement="Beta agreement"),
        replace(
            first, title="Gamma", holder="Lender C", principal_amount=Decimal(40000),
            ledger=(entry(date(2019, 5, 6), 8000), entry(date(2019, 6, 3), 5000)),
        ),
        replace(
            first, title="Beta 2", holder="Lender B", agreement="Beta agreement",
            maturity_date=date(2019, 12, 2), ledger=(entry(date(2019, 6, 10), 12000),),
        ),
    )  # fmt: skip
    issuer = replace(
        sample.issuer,
        shares_authorised=(AuthorisedShares(date(2018, 1, 1), 2_000_000_000),),
        par_price=Decimal("0.0001"),
    )
    return replace(sample, notes=notes, issuer=issuer)


@pytest.fixture
def book(qapp, book_project):
    return Document(book_project)
