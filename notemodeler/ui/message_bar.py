"""The bar under the tool bar: what the world refused, what is being done or was, what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from notemodeler.domain.issues import UserError
from notemodeler.ui.theme import Theme

SHOWN_MILLISECONDS = 8000
PROGRESS_WIDTH = 220
Offer = tuple[str, Callable[[], object]]


class MessageBar(QWidget):
    """One message at a time; a refusal stays until it is dismissed, good news goes by itself.

    The progress of long work stays until it ends or another message takes its place.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self.setAutoFillBackground(True)
        self.setVisible(False)
        self._theme = theme
        self._is_refusal = False
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offers: list[QPushButton] = []
        self._progress: QProgressBar | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self._label)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)

    @property
    def text(self) -> str:
        """The message that is shown, empty if none is."""
        return self._label.text() if not self.isHidden() else ""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint_shade()

    def refuse(self, error: UserError, *offers: Offer) -> None:
        """Say what the world refused, with its hint."""
        self._show(f"⚠  {error.sentence} {error.hint}".strip(), offers, is_refusal=True)

    def tell(self, sentence: str, *offers: Offer) -> None:
        """Say what was done; goes by itself unless something is offered."""
        self._show(sentence, offers, is_refusal=False)
        if not offers:
            self._timer.start(SHOWN_MILLISECONDS)

    def progress(self, sentence: str, done: float, cancel: Callable[[], object]) -> None:
        """Say what is being done and how much of it is done, from 0 to 1, with a button that stops it."""
        if self._progress is None:
            self._progress = self._progress_bar()
        if self._progress.isHidden() or self.isHidden():
            self._show(sentence, (("Cancel", cancel),), is_refusal=False, is_running=True)
        self._label.setText(sentence)
        self._label.setAccessibleName(sentence)
        self._progress.setValue(int(100 * done))

    def dismiss(self) -> None:
        self._timer.stop()
        self.setVisible(False)

    def _progress_bar(self) -> QProgressBar:
        made = QProgressBar(self)
        made.setObjectName("message_bar.progress")
        made.setAccessibleName("How much is done")
        made.setMaximumWidth(PROGRESS_WIDTH)
        made.hide()
        self._row.insertWidget(1, made)
        return made

    def _show(
        self,
        text: str,
        offers: tuple[Offer, ...],
        *,
        is_refusal: bool,
        is_running: bool = False,
    ) -> None:
        self._timer.stop()
        self._is_refusal = is_refusal
        self._label.setText(text)
        self._label.setAccessibleName(text)
        for button in self._offers:
            self._row.removeWidget(button)
            button.deleteLater()
        self._offers = [self._button(words, run) for words, run in offers]
        if not is_running:
            self._offers.append(self._button("Dismiss", None))
        if self._progress is not None:
            self._progress.setVisible(is_running)
        self._paint_shade()
        self.setVisible(True)

    def _button(self, words: str, run: Callable[[], object] | None) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(lambda: self._answer(run))
        self._row.addWidget(button)
        return button

    def _answer(self, run: Callable[[], object] | None) -> None:
        self.dismiss()
        if run is not None:
            run()

    def _paint_shade(self) -> None:
        theme = self._theme
        shade = self.palette()
        back = theme.error_shade if self._is_refusal else theme.window_shade
        shade.setColor(QPalette.ColorRole.Window, QColor(back))
        shade.setColor(QPalette.ColorRole.WindowText, QColor(theme.text))
        self.setPalette(shade)
