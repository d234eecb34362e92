"""What both pages of the value view have: sentences, a line for the work under way, and the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from notemodeler.ui.background import Background
from notemodeler.ui.decisions.page import Sentences
from notemodeler.ui.document import Document
from notemodeler.ui.following import Following
from notemodeler.ui.theme import Theme
from notemodeler.ui.worth.working_line import WorkingLine

if TYPE_CHECKING:
    from notemodeler.app.valuation import Valuations
    from notemodeler.domain.issues import UserError
    from notemodeler.ui.background import Work
    from notemodeler.ui.charts.stack import ChartStack

ENDED = "Ended before it was done; the figures are those of before."


class WorthPage(Following):
    """A page works beside the window: what it found last stays in sight until there is something newer."""

    def __init__(
        self, document: Document, theme: Theme, name: str, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, theme, name, label, parent)
        self.sentences = Sentences(name, self)
        self.sentences.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = _scrolled(self.sentences, self)
        self.line = WorkingLine(f"{name}.work", self)
        self.background = Background(document, self)
        self.background.reported.connect(self.show_part)
        self.background.finished.connect(self.show_whole)
        self.background.refused.connect(self._refuse)
        self.line.cancel_asked.connect(self.cancel)
        self.line.again_asked.connect(self.begin)

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts that a picture of the page shows."""
        return None

    def stack(self, *parts: QWidget, sizes: tuple[int, ...]) -> None:
        """The work over parts that share the height, `words` among them."""
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for part in parts:
            split.addWidget(part)
        split.setSizes(list(sizes))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(split, 1)

    def valuations(self) -> Valuations:
        """The valuations of the document as it is now, for one piece of work."""
        from notemodeler.app.valuation import Valuations

        results = self.document.results
        _ = results.book  # worked out in the window's thread, once for all
        return Valuations(results)

    def work(self) -> tuple[str, bool, Work]:
        """What is to be worked out: its words, whether the part done is known, the work."""
        raise NotImplementedError  # pragma: no cover - every page works

    def show_part(self, found: object) -> None:
        """Show what there is so far."""
        raise NotImplementedError  # pragma: no cover - every page shows something

    def show_whole(self, found: object) -> None:
        """Show all of it."""
        raise NotImplementedError  # pragma: no cover - every page shows something

    def follow(self, _what: object = None, _after: object = None) -> None:
        """Begin anew once the edits rest: what is under way is of no use any more."""
        self.is_stale = True
        if self.background.is_running:
            self.background.cancel()
            self.line.say("")
        if self.isVisible():
            self._settled.start()

    def refresh(self) -> None:
        self.begin()

    def begin(self) -> None:
        words, knows_part, work = self.work()
        self.line.begin(words, knows_part=knows_part)
        self.background.start(work)

    def cancel(self) -> None:
        """End the work; what was found before stays in sight."""
        self.background.cancel()
        self.line.say(ENDED, can_begin_again=True)

    def _refuse(self, refusal: UserError) -> None:
        from notemodeler.domain.issues import Issue, Severity

        text = f"{refusal.sentence} {refusal.hint}".strip()
        self.sentences.say((), (Issue(Severity.ERROR, text),))
        self.line.say("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is worked out for a page that nobody sees."""
        super().hideEvent(event)
        if self.background.is_running:
            self.background.cancel()
            self.line.say("")
            self.is_stale = True


def _scrolled(sentences: Sentences, page: QWidget) -> QScrollArea:
    """Many words must not push the tables out of sight."""
    words = QScrollArea(page)
    words.setObjectName(f"{page.objectName()}.words")
    words.setAccessibleName("In words")
    words.setFrameShape(QFrame.Shape.NoFrame)
    words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    words.setWidgetResizable(True)
    words.setWidget(sentences)
    words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return words
