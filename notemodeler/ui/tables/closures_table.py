"""The days on which the market was closed besides those that the exchange's calendar knows."""

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import DATE, TEXT
from notemodeler.domain.project import Project
from notemodeler.domain.terms import term
from notemodeler.io.trading_calendar import nyse_calendar
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn, typed_columns
from notemodeler.ui.tables.record_model import RecordKind, RecordModel
from notemodeler.ui.tables.record_table import RecordTable
from notemodeler.ui.theme import Theme

CAPTION = (
    "Look-backs count trading days: add a day on which trading was called off and which the "
    "exchange's calendar does not know yet."
)


@dataclass(frozen=True)
class Closure:
    """One row: a document holds the bare date."""

    date: datetime.date = term(
        None, "Closed on", DATE, "A day on which the market did not trade at all."
    )


def _with_closures(project: Project, closures: tuple[Closure, ...]) -> Project:
    return dataclasses.replace(project, closures=tuple(closure.date for closure in closures))


KIND = RecordKind(
    Closure,
    "closure",
    "closures",
    lambda project: tuple(map(Closure, project.closures)),
    _with_closures,
    lambda closure: f"closure of {show_date(closure.date)}",
    one_a_day=True,
)
EFFECT = TableColumn(
    "effect", "Effect", TEXT, 24, "Whether the day was a trading day without this row."
)


class ClosuresModel(RecordModel):
    """The user's closures and what each changes."""

    def result(self, row: int, name: str) -> Any:
        day, calendar = self.records[row].date, nyse_calendar()
        if not calendar.first <= day <= calendar.last:
            return "outside the calendar"
        return "no longer counts" if calendar.is_trading_day(day) else "none: it was closed anyway"


class ClosuresTable(RecordTable):
    """The list of closures."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        columns = (*typed_columns(Closure, {"date": 18}), EFFECT)
        model = ClosuresModel(document, theme, KIND, columns)
        super().__init__(document, theme, model, "closures", "Market closures", CAPTION, parent)
