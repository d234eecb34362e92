"""The ledger: payments and conversions to type, and beside each what became of it."""

import dataclasses
from typing import Any

from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.domain.kinds import MONEY, PRICE, SHARES, TEXT
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.numbers import show_decimal
from notemodeler.domain.project import Project
from notemodeler.engines.history import Happening, HappeningKind
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn, typed_columns
from notemodeler.ui.tables.record_model import RecordKind, RecordModel
from notemodeler.ui.tables.record_table import RecordTable
from notemodeler.ui.theme import Theme

RESULTS = (
    TableColumn("interest", "Interest settled", MONEY, 13, "The part that settled interest."),
    TableColumn("principal", "Principal settled", MONEY, 14, "The part that settled principal."),
    TableColumn("price", "Price used", PRICE, 14, "The conversion price at which it was booked."),
    TableColumn("shares", "Shares issued", SHARES, 15, "The shares that the conversion came to."),
    TableColumn("balance", "Balance after", MONEY, 14, "What is owed after it."),
    TableColumn("status", "Status", TEXT, 20, "Whether it is booked, and what is odd about it."),
)
BOOKED, NOT_BOOKED = "booked", "not booked"
NOT_ENTERED = (HappeningKind.FUNDING, HappeningKind.DEFAULT)


class LedgerModel(RecordModel):
    """The ledger of the note shown."""

    def __init__(self, document: Document, theme: Theme, kind: RecordKind) -> None:
        typed = typed_columns(
            LedgerEntry,
            {"date": 16, "kind": 12, "amount": 14, "stated_price": 13, "stated_shares": 14, "remark": 24},
        )  # fmt: skip
        self._booked: dict[int, Happening] | None = None
        super().__init__(document, theme, kind, (*typed[:5], *RESULTS, typed[5]))

    def follow(self, before: Project, after: Project) -> bool:
        self._booked = None
        return super().follow(before, after)

    def result(self, row: int, name: str) -> Any:
        if name == "status":
            return self._status(row)
        happening = self._happening(row)
        if happening is None:
            return None
        figures = {
            "interest": happening.settled.interest or None,
            "principal": happening.settled.principal or None,
            "price": happening.price,
            "shares": happening.shares or None,
            "balance": happening.after.total,
        }
        return figures[name]

    def text(self, row: int, column: int) -> str:
        if self.columns[column].name == "price" and not self.is_draft(row):
            price = self.value(row, column)
            return "–" if price is None else show_decimal(price, self.style, least=4, most=8)
        return super().text(row, column)

    def tip(self, row: int, column: int) -> str | None:
        issues = self._issues(row)
        if self.columns[column].name != "status" or not issues:
            return None
        return "\n".join(issue.text for issue in issues)

    def foreground(self, row: int, column: int) -> QColor | None:
        if self.columns[column].name == "status" and self._issues(row):
            return self.warned
        return super().foreground(row, column)

    def _happening(self, row: int) -> Happening | None:
        if self._booked is None:
            happenings = self.document.results.history.happenings
            self._booked = {each.entry: each for each in happenings if each.entry is not None}
        return self._booked.get(row)

    def _status(self, row: int) -> str:
        issues = self._issues(row)
        booked = BOOKED if self._happening(row) is not None else NOT_BOOKED
        return f"{booked}: {issues[0].text}" if issues else booked

    def _issues(self, row: int) -> list[Issue]:
        if self.is_draft(row):
            return []
        day = self.records[row].date
        return [
            issue
            for issue in self.document.results.history.issues
            if day in issue.days and any(name.startswith("note.ledger") for name in issue.fields)
        ]


def _kind(document: Document) -> RecordKind:
    def records(project: Project) -> tuple[LedgerEntry, ...]:
        return project.notes[document.note_index].ledger

    def with_records(project: Project, ledger: tuple[LedgerEntry, ...]) -> Project:
        note = project.notes[document.note_index]
        return project.with_note(dataclasses.replace(note, ledger=ledger), document.note_index)

    return RecordKind(
        LedgerEntry, "ledger entry", "ledger entries", records, with_records,
        lambda entry: f"{entry.kind.label} of {show_date(entry.date)}",
    )  # fmt: skip


class LedgerTable(RecordTable):
    """The ledger tab."""

    moves_cursor = True

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        model = LedgerModel(document, theme, _kind(document))
        super().__init__(document, theme, model, "ledger", "Payments and conversions", "", parent)
        self.view.stack_headings()
        self._is_fitted = False

    def _follow(self, before: Project, after: Project) -> None:
        super()._follow(before, after)
        records = self.model.kind.records
        if self._is_fitted and self.isVisible() and records(before) is not records(after):
            self.view.fit_columns(only_wider=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_fitted:
            self._is_fitted = True
            self.view.fit_columns()
