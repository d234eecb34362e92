"""What comes after the first paint: nothing that takes time may keep a window from being seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Runs `then` once, as soon as the window has been painted."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.winId()  # makes the window's handle, which is what the system tells of its exposure
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The whole window is painted while it handles its exposure: a timer comes after that.
        if event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False
