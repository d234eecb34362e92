"""What is asked of a note on a day: an entry of its ledger, or an instalment that falls due."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.repayment import Instalment

LEDGER_FIELD, INSTALMENT_FIELD = ("note.ledger",), ("note.repayment.instalments",)


class Request(NamedTuple):
    """An amount in dollars to be settled or added, None for as much as there is and the limits allow."""

    day: date
    label: str
    fields: tuple[str, ...]
    amount: Decimal | None
    stated_price: Decimal | None = None
    stated_shares: int | None = None
    is_notice: bool = True
    """Whether the holder gave notice of it, so that what notices are bound to and cost applies."""

    def issue(self, severity: Severity, words: str) -> Issue:
        """A sentence about the request, which it names by kind and date."""
        return Issue(
            severity, f"The {self.label} of {show_date(self.day)} {words}", self.fields, (self.day,)
        )

    def error(self, words: str) -> Issue:
        return self.issue(Severity.ERROR, words)

    def warning(self, words: str) -> Issue:
        return self.issue(Severity.WARNING, words)


def of_entry(entry: LedgerEntry) -> Request:
    """What an entry of the ledger asks for."""
    return Request(
        entry.date, entry.kind.label, LEDGER_FIELD, entry.amount, entry.stated_price, entry.stated_shares
    )  # fmt: skip


def of_instalment(instalment: Instalment) -> Request:
    """What an instalment asks for on its day."""
    return Request(
        instalment.date, "instalment", INSTALMENT_FIELD, instalment.amount, is_notice=False
    )
