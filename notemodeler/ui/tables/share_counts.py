"""The shares outstanding as the issuer's reports give them, one count a day."""

import dataclasses

from PySide6.QtWidgets import QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import ShareCount
from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import typed_columns
from notemodeler.ui.tables.record_model import RecordKind, RecordModel
from notemodeler.ui.tables.record_table import RecordTable
from notemodeler.ui.theme import Theme

CAPTION = (
    "The ownership limit and the dilution are measured against these counts; shares issued under "
    "the note are added to the latest one."
)


def _with_counts(project: Project, counts: tuple[ShareCount, ...]) -> Project:
    issuer = dataclasses.replace(project.issuer, shares_outstanding=counts)
    return dataclasses.replace(project, issuer=issuer)


KIND = RecordKind(
    ShareCount,
    "share count",
    "share counts",
    lambda project: project.issuer.shares_outstanding,
    _with_counts,
    lambda count: f"share count of {show_date(count.date)}",
    one_a_day=True,
)


class ShareCountTable(RecordTable):
    """The dated history of the shares outstanding."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        model = RecordModel(
            document, theme, KIND, typed_columns(ShareCount, {"date": 18, "shares": 20})
        )
        super().__init__(
            document, theme, model, "share_counts", "Shares outstanding", CAPTION, parent
        )
        self.view.horizontalHeader().setStretchLastSection(False)
