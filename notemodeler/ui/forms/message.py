"""The sentence under a field that says what is wrong or odd, with its mark."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.ui.forms.marks import WORDS, colour, paint_icon
from notemodeler.ui.theme import Theme


class Message(QLabel):
    """One or more sentences of one severity in its colour, an icon before them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._severity = Severity.NOTE
        self._theme: Theme | None = None
        self.setWordWrap(True)

    def say(self, severity: Severity, text: str, theme: Theme) -> None:
        """Show the text; the severity is said in words to those who cannot see the mark."""
        if (severity, text, theme) == (self._severity, self.text(), self._theme):
            return
        self._severity, self._theme = severity, theme
        looks = QPalette(self.palette())
        looks.setColor(QPalette.ColorRole.WindowText, colour(theme, severity))
        self.setPalette(looks)
        self.setText(text)
        self.setAccessibleName(f"{WORDS[severity]}: {text}")
        self.setContentsMargins(self.fontMetrics().height() + 2, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme is None:
            return
        side = round(self.fontMetrics().ascent() * 0.95)
        painter = QPainter(self)
        ground = self.palette().color(QPalette.ColorRole.Window)
        box = QRect(0, (self.fontMetrics().height() - side) // 2, side, side)
        paint_icon(painter, box, self._severity, self._theme, ground)
        painter.end()
