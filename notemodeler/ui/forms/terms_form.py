"""The form of a document's issuer and of its selected note, with the line above it that counts the issues."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from notemodeler.domain.issues import Issue
from notemodeler.domain.numbers import Style
from notemodeler.domain.project import FIELDS
from notemodeler.ui.document import Document
from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.forms.issue_bar import IssueBar
from notemodeler.ui.theme import Theme

ELSEWHERE = ("scenario.", "valuation.")
"""Assumptions and inputs of a valuation stand beside the views that need them, not among the terms."""
NAMES = tuple(field.name for field in FIELDS if not field.name.startswith(ELSEWHERE))


class TermsForm(FieldsForm):
    """Every term of the issuer and of the selected note in reading order, in sections that fold."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        style: Style | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.bar = IssueBar(theme)
        super().__init__(document, theme, NAMES, style, parent, folds=True)
        self.setObjectName("terms")
        self.setAccessibleName("Terms")
        column = self.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(0, self.bar)
        self.bar.chosen.connect(self.go_to)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.bar.set_theme(theme)

    def count_issues(self, issues: tuple[Issue, ...]) -> None:
        self.bar.show_issues(issues)
