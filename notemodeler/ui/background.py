"""Long work beside the window: the newest request counts, and what it reports arrives in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from notemodeler.domain.issues import UserError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from notemodeler.ui.document import Document

Cancelled = Callable[[], bool]
Report = Callable[[object], None]
Work = Callable[[Report, Cancelled], object]
"""Long work: it reports what it has so far, stops soon after `cancelled()` is true, and returns what it found."""


class _Run:
    """One request: whether it still counts, and the latest thing that it had to say."""

    def __init__(self, told: Callable[[_Run], None]) -> None:
        self._told = told
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._said: list[_Word] = []

    def cancel(self) -> None:
        self._stopped.set()

    def is_cancelled(self) -> bool:
        return self._stopped.is_set()

    def say(self, word: _Word) -> None:
        """Only the latest report waits; the window is woken once for all that is said meanwhile."""
        with self._lock:
            is_first = not self._said
            if self._said and word.kind == self._said[-1].kind == "reported":
                self._said.pop()
            self._said.append(word)
        if is_first:
            self._told(self)

    def heard(self) -> list[_Word]:
        with self._lock:
            said, self._said = self._said, []
        return said

    def carry_out(self, work: Work) -> None:
        if self.is_cancelled():
            return
        try:
            found = work(lambda report: self.say(_Word("reported", report)), self.is_cancelled)
        except UserError as refusal:
            self.say(_Word("refused", refusal))
        except Exception as bug:
            self.say(_Word("broken", bug))
        else:
            self.say(_Word("finished", found))


class _Word(NamedTuple):
    kind: str
    what: object


class Background(QObject):
    """One kind of long work of a window.

    A new request takes the place of the one before, of which nothing more is heard. The work touches
    no widget and nothing that the window changes. Closing the document's window stops it.
    """

    reported = Signal(object)
    finished = Signal(object)
    refused = Signal(object)
    """The world refused, with its `UserError`."""
    _woken = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None
        self._woken.connect(self._listen)
        document.closing.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether the newest request has not come to an end."""
        return self._run is not None

    def start(self, work: Work) -> None:
        """Begin the work as soon as what ran before has stopped."""
        self.cancel()
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, "background")
        self._run = _Run(self._woken.emit)
        self._last = self._pool.submit(self._run.carry_out, work)

    def cancel(self) -> None:
        """Whatever runs is to stop; it says nothing more."""
        if self._run is not None:
            self._run.cancel()
            self._run = None

    def stop(self) -> None:
        """Cancel, and wait until the thread is out of its work."""
        self.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _listen(self, run: _Run) -> None:
        for word in run.heard():
            if run is not self._run:
                return
            if word.kind != "reported":
                self._run = None
            if word.kind == "broken":
                assert isinstance(word.what, Exception)
                raise word.what
            {"reported": self.reported, "refused": self.refused, "finished": self.finished}[
                word.kind
            ].emit(word.what)
