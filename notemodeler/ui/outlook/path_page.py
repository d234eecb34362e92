"""One simulated path in the explain view: why the conversion price of each simulated day is what it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from notemodeler.ui.background import Background
from notemodeler.ui.decisions.page import Sentences
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from notemodeler.app.simulated_path import SimulatedPath
    from notemodeler.app.simulation import Simulation
    from notemodeler.domain.issues import UserError
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.ui.charts.stack import ChartStack
    from notemodeler.ui.outlook.path_parts import PathParts

LOOKING = "Following the path …"


class PathPage(QWidget):
    """Shows one path at a time, read only; nothing of it touches the document of the window."""

    back_wanted = Signal()
    """The reader wants to go back to where the path was opened."""
    filled = Signal()
    """The charts of the page have been made; they are made with the first path."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("path")
        self.setAccessibleName("A simulated path")
        self._theme = theme
        self.path: SimulatedPath | None = None
        self.parts: PathParts | None = None
        self.background = Background(document, self)
        self._make_head()
        self.background.finished.connect(self._take)
        self.background.refused.connect(self._refuse)
        document.changed.connect(self._age)

    def _make_head(self) -> None:
        self.back_button = QPushButton("← &Back", self)
        self.back_button.setObjectName("path.back")
        self.back_button.setAccessibleName("Back to the outlook")
        self.back_button.setToolTip("Back to where the path was opened (Esc).")
        self.back_button.clicked.connect(self.back_wanted)
        self.title = QLabel(self)
        self.title.setObjectName("path.title")
        bold = QFont(self.title.font())
        bold.setBold(True)
        self.title.setFont(bold)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentences = Sentences("path", self)
        self.message = QLabel(LOOKING, self)
        self.message.setObjectName("path.message")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(6, 5, 8, 0)
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addLayout(row)
        self.column.addWidget(self.sentences)
        self.column.addWidget(self.message, 1)

    @property
    def shown_charts(self) -> ChartStack | None:
        """The charts that a picture of the page shows, None before the first path."""
        return None if self.parts is None else self.parts.charts

    def show_path(self, simulation: Simulation, picture: Picture, path: int, title: str) -> None:
        """Follow a path of a picture and show it under a title; the path shown before gives way."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.setAccessibleDescription(title)
        self._say_in_place(LOOKING)
        self.background.start(partial(_follow, simulation, picture, path))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self.parts is not None:
            self.parts.set_theme(theme)

    def _say_in_place(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
        self.sentences.hide()
        if self.parts is not None:
            self.parts.hide()

    def _take(self, found: SimulatedPath) -> None:
        from notemodeler.app.path_words import path_sentences

        self.path = found
        self.message.hide()
        self.sentences.say(path_sentences(found), ())
        self.sentences.show()
        if self.parts is None:
            self._make_parts(found)
        else:
            self.parts.show_path(found)
            self.parts.show()
        assert self.parts is not None
        self.parts.charts.setFocus()

    def _make_parts(self, found: SimulatedPath) -> None:
        """The charts, the card and the table come with the first path, for most readers never open one."""
        from notemodeler.ui.outlook.path_parts import PathParts

        self.parts = PathParts(found, self._theme, self)
        self.column.addWidget(self.parts, 1)
        self.parts.show()
        self.parts.charts.fill()
        self.filled.emit()

    def _age(self, _before: object = None, _after: object = None) -> None:
        """The document was edited: the path stays what it was, and says so."""
        if self.path is not None and not self.background.is_running:
            from notemodeler.app.path_words import AGED, path_sentences

            self.sentences.say(path_sentences(self.path), (AGED,))

    def _refuse(self, refusal: UserError) -> None:
        self._say_in_place(" ".join(each for each in (str(refusal), refusal.hint) if each))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)


def _follow(
    simulation: Simulation,
    picture: Picture,
    path: int,
    _report: Callable[[object], None],
    _cancelled: Callable[[], bool],
) -> SimulatedPath:
    """The path with what the charts ask for first, so that the window does not wait for it."""
    from notemodeler.app.simulated_path import simulated_path

    found = simulated_path(simulation, picture, path)
    _ = found.results.daily, found.results.quoter
    return found
