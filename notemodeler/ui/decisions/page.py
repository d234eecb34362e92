"""What every decision page has: sentences above, charts and a table beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.ui.document import Document
from notemodeler.ui.following import Following
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notemodeler.app.decisions import Decisions
    from notemodeler.domain.issues import Issue
    from notemodeler.ui.charts.stack import ChartStack


FORM_WIDTH = 300


class Deciding:
    """The decisions of the selected note, worked out once for all pages."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: Decisions | None = None

    @property
    def now(self) -> Decisions:
        from notemodeler.app.decisions import Decisions

        results = self.document.results
        if self._known is None or self._known.results is not results:
            self._known = Decisions(results)
        return self._known


class Sentences(QWidget):
    """What the decision comes to in words, to be selected and copied, and what is wrong with it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setObjectName(f"{name}.sentences")
        self.label.setAccessibleName("In words")
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy_button = QToolButton(self)
        self.copy_button.setObjectName(f"{name}.copy_sentences")
        self.copy_button.setText("Copy words")
        self.copy_button.setAccessibleName("Copy the sentences")
        self.copy_button.setToolTip("Copy the sentences, for a filing or a letter.")
        self.copy_button.clicked.connect(self.copy)
        self._words = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 4, 4)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def words(self) -> str:
        """The sentences without the remarks."""
        return self._words

    def say(self, sentences: Iterable[str], issues: Iterable[Issue]) -> None:
        self._words = " ".join(sentences)
        remarks = [
            issue.text if issue.severity is Severity.NOTE else f"⚠ {issue.text}" for issue in issues
        ]
        text = "\n".join([*([self._words] if self._words else []), *remarks])
        if text != self.label.text():
            self.label.setText(text)
            self.label.setAccessibleDescription(text)
        self.copy_button.setVisible(bool(self._words))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)


def beside(name: str, charts: QWidget, form: QWidget, parent: QWidget) -> QSplitter:
    """Charts with the assumptions that they rest on at their right."""
    split = QSplitter(Qt.Orientation.Horizontal, parent)
    split.setObjectName(name)
    split.setChildrenCollapsible(False)
    split.addWidget(charts)
    split.addWidget(form)
    split.setStretchFactor(0, 1)
    split.setSizes([700, FORM_WIDTH])
    return split


class DecisionPage(Following):
    """A subclass lays parts out under the sentences and fills them."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        deciding: Deciding,
        name: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, theme, name, label, parent)
        self.deciding = deciding
        self.sentences = Sentences(name, self)

    @property
    def shown_charts(self) -> ChartStack:
        """The charts that a picture of the page shows."""
        raise NotImplementedError  # pragma: no cover - every page has charts

    def stack(self, *parts: QWidget, sizes: tuple[int, ...]) -> None:
        """The sentences over parts that share the height."""
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for part in parts:
            split.addWidget(part)
        split.setSizes(list(sizes))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.sentences)
        column.addWidget(split, 1)
