"""Light or dark: the user's choice or the system's, and everybody who has to follow."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from notemodeler.app.settings import ThemeChoice
from notemodeler.ui.theme import DARK, LIGHT, Theme, palette


class Look(QObject):
    """The theme in force. `theme_changed` carries the new one after the palette has been set."""

    theme_changed = Signal(object)

    def __init__(self, choice: ThemeChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.theme = self._wanted()
        QApplication.setPalette(palette(self.theme))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, choice: ThemeChoice) -> None:
        self.choice = choice
        self._apply()

    def _follow_system(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            QApplication.setPalette(palette(wanted))
            self.theme_changed.emit(wanted)

    def _wanted(self) -> Theme:
        if self.choice is ThemeChoice.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self.choice is ThemeChoice.DARK else LIGHT
