"""The row over the pictures: whose figures they are, how far the simulation is, how exact, and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from notemodeler.ui.outlook.refining import Step

if TYPE_CHECKING:
    from notemodeler.app.outlook import Outlook

SCOPES = (("note", "This note"), ("book", "Whole book"))
BAR_WIDTH = 150


class ProgressRow(QWidget):
    """Shows steps; what the buttons ask for is done by the page."""

    scope_chosen = Signal(str)
    cancel_wanted = Signal()
    start_wanted = Signal()
    paths_wanted = Signal(int)
    """So many paths would make the standard errors small."""
    assumptions_shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed = 0
        self.scope_box = QComboBox(self)
        self.scope_box.setObjectName("outlook.scope")
        self.scope_box.setAccessibleName("Figures of this note or of the whole book")
        for name, words in SCOPES:
            self.scope_box.addItem(words, name)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("outlook.progress")
        self.bar.setAccessibleName("How far the simulation is")
        self.bar.setFixedWidth(BAR_WIDTH)
        self.bar.setTextVisible(False)
        self.words = QLabel(self)
        self.words.setObjectName("outlook.progress_words")
        self.words.setAccessibleName("Paths so far and standard errors")
        # The row is as narrow as the window wants it; the tip has all the words.
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.run_button = self._button("run", "Cancel")
        self.more_button = self._button("more", "")
        self.more_button.hide()
        self.form_button = self._button("assumptions", "Assumptions")
        self.form_button.setCheckable(True)
        self.form_button.setToolTip("Show or hide what the simulation assumes.")
        self._lay_out()
        self.scope_box.activated.connect(
            lambda place: self.scope_chosen.emit(self.scope_box.itemData(place))
        )
        self.run_button.clicked.connect(self._run)
        self.more_button.clicked.connect(lambda: self.paths_wanted.emit(self._needed))
        self.form_button.toggled.connect(self.assumptions_shown)

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"outlook.{name}")
        button.setText(text)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 4, 2)
        row.addWidget(self.scope_box)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.run_button)
        row.addWidget(self.more_button)
        row.addWidget(self.form_button)

    @property
    def scope(self) -> str:
        """`note` or `book`."""
        return str(self.scope_box.currentData())

    def allow_book(self, is_book: bool) -> None:
        """Whether there is more than this note to show."""
        if self.scope_box.isEnabled() == is_book:
            return
        self.scope_box.setEnabled(is_book)
        tip = "" if is_book else "No other note of the book owes anything on the day."
        self.scope_box.setToolTip(tip)
        if not is_book:
            with QSignalBlocker(self.scope_box):
                self.scope_box.setCurrentIndex(0)

    def show_step(self, step: Step, *, is_running: bool) -> None:
        """How far it is."""
        self.bar.setMaximum(step.wanted)
        self.bar.setValue(step.done)
        self._show_running(is_running)
        found = step.outlook
        said = f"{step.done:,} of {step.wanted:,} paths simulated"
        if found is None:
            said = f"{said}…"
        elif found.is_provisional:
            said = (
                f"Provisional: {found.paths:,} paths of a holder who converts at once; "
                "the best policy is being learnt…"
            )
        else:
            shares, cost = (f"{100 * part:.2g} %" for part in found.relative_errors)
            said = f"{said}, seed {found.seed:,}; s.e. of mean shares {shares}, of mean cost {cost}"
        self._offer_more(found, is_running)
        self.words.setText(said)
        self.words.setToolTip(said)
        self.bar.setAccessibleDescription(said)

    def show_idle(self, words: str) -> None:
        """Nothing runs, for that reason."""
        self._show_running(False)
        self.more_button.hide()
        self.words.setText(words)

    def _offer_more(self, found: Outlook | None, is_running: bool) -> None:
        """Standard errors that are not small say how many paths would make them so."""
        is_rough = found is not None and not is_running and found.picture.is_final
        if found is None or not is_rough or found.is_precise:
            self.more_button.hide()
            return
        self._needed = found.paths_needed
        self.more_button.setText(f"Take {self._needed:,} paths")
        self.more_button.setToolTip(
            "So many would bring the standard errors of mean shares and mean cost under 0.5 %."
        )
        self.more_button.show()

    def _show_running(self, is_running: bool) -> None:
        self.bar.setVisible(is_running)
        text = "Cancel" if is_running else "Simulate again"
        if self.run_button.text() != text:
            self.run_button.setText(text)
            tip = "Stop; what is there stays." if is_running else "Start the simulation anew."
            self.run_button.setToolTip(tip)

    def _run(self) -> None:
        is_cancel = self.run_button.text() == "Cancel"
        (self.cancel_wanted if is_cancel else self.start_wanted).emit()
