"""The line under a table: what was done, why something was refused, and choices to click."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.ui.theme import Theme


class StatusLine(QLabel):
    """One sentence, hidden while there is none."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("said")
        self.setAccessibleName("What the table says")
        self.setWordWrap(True)
        self.setContentsMargins(6, 2, 6, 3)
        self.hide()
        self._deeds: dict[str, Callable[[], None]] = {}
        self._is_refusal = False
        self._theme = theme
        self.linkActivated.connect(self._run)

    def say(self, sentence: str, is_refusal: bool = False) -> None:
        """Show a sentence; none hides the line."""
        self._deeds = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._show(sentence, sentence, is_refusal)

    def offer(
        self,
        sentence: str,
        deeds: Sequence[tuple[str, Callable[[], None]]],
        is_refusal: bool = False,
    ) -> None:
        """Show a sentence followed by choices."""
        from html import escape

        self._deeds = {str(place): deed for place, (_, deed) in enumerate(deeds)}
        links = " · ".join(
            f'<a href="{place}">{escape(words)}</a>' for place, (words, _) in enumerate(deeds)
        )
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                     | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)  # fmt: skip
        plain = f"{sentence} {', '.join(words for words, _ in deeds)}"
        self._show(f"{escape(sentence)} {links}", plain, is_refusal)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._colour()

    def _show(self, text: str, plain: str, is_refusal: bool) -> None:
        self._is_refusal = is_refusal
        self.setText(text)
        self.setAccessibleDescription(plain)
        self._colour()
        self.setVisible(bool(text))

    def _colour(self) -> None:
        shown = QPalette(self.palette())
        colour = self._theme.error if self._is_refusal else self._theme.muted
        shown.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        shown.setColor(QPalette.ColorRole.Link, QColor(self._theme.accent))
        self.setPalette(shown)

    def _run(self, place: str) -> None:
        deed = self._deeds.get(place)
        if deed is not None:
            deed()
