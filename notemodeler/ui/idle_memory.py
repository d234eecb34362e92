"""Memory is looked through while the user rests: in a large book that takes as long as showing an edit."""

import gc

from PySide6.QtCore import QObject, QTimer

from notemodeler.ui.document import Document

REST_MILLISECONDS = 700
YOUNG, MIDDLE, NEVER_BY_ITSELF = 10_000, 4, 1_000_000


class IdleMemory(QObject):
    """Leaves what is there for good alone, and looks for all other garbage once edits have rested."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(gc.collect)
        document.changed.connect(self._wait)

    def begin(self) -> None:
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER_BY_ITSELF)
        gc.enable()

    def _wait(self) -> None:
        self._rest.start()
