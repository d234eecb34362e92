"""A part of the window that follows the document while it is in sight and rests while it is not."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

SETTLE_MILLISECONDS = 60
SLOW_SECONDS = 0.05
"""What takes longer does not hold up the rest of the window after each edit."""


class Following(QWidget):
    """The base of the views beside the note's own; a subclass shows what `refresh` finds."""

    follows_cursor = False

    def __init__(
        self,
        document: Document,
        theme: Theme,
        name: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.document = document
        self.theme = theme
        self.is_stale = True
        self.refresh_seconds = 0.0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MILLISECONDS)
        self._settled.timeout.connect(self.refresh_if_seen)
        document.changed.connect(self.follow)
        document.note_selected.connect(self.follow)
        if self.follows_cursor:
            document.cursor_moved.connect(self.follow_soon)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours."""
        raise NotImplementedError  # pragma: no cover - every view has parts

    def refresh(self) -> None:
        """Work out what follows from the document and show it."""
        raise NotImplementedError  # pragma: no cover - every view shows something

    def follow(self, _what: object = None, _after: object = None) -> None:
        """Show it anew: at once, or when the edits rest if the last time took long."""
        self.is_stale = True
        if self.refresh_seconds > SLOW_SECONDS and self.isVisible():
            self._settled.start()
        else:
            self.refresh_if_seen()

    def follow_soon(self) -> None:
        """The cursor moves faster than some things are worked out: wait until it rests."""
        self.is_stale = True
        self._settled.start()

    def refresh_if_seen(self) -> None:
        if self.is_stale and self.isVisible():
            self.is_stale = False
            began = perf_counter()
            self.refresh()
            self.refresh_seconds = perf_counter() - began

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh_if_seen()
