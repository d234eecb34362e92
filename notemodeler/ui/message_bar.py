"""The bar under the tool bar: what the world refused or what was done, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from notemodeler.domain.issues import UserError
from notemodeler.ui.theme import Theme

SHOWN_MILLISECONDS = 8000
Offer = tuple[str, Callable[[], object]]


class MessageBar(QWidget):
    """One message at a time; a refusal stays until it is dismissed, good news goes by itself."""

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

    def dismiss(self) -> None:
        self._timer.stop()
        self.setVisible(False)

    def _show(self, text: str, offers: tuple[Offer, ...], *, is_refusal: bool) -> None:
        self._timer.stop()
        self._is_refusal = is_refusal
        self._label.setText(text)
        self._label.setAccessibleName(text)
        for button in self._offers:
            self._row.removeWidget(button)
            button.deleteLater()
        self._offers = [self._button(words, run) for words, run in offers]
        self._offers.append(self._button("Dismiss", None))
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
