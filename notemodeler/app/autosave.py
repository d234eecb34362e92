"""When unsaved work is copied aside: after so many seconds or so many edits."""

import time
from collections.abc import Callable

SECONDS = 30.0
EDITS = 20


class AutosaveRule:
    """Counts edits since the last copy. It decides only; the session writes."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        seconds: float = SECONDS,
        edits: int = EDITS,
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._edits = edits
        self._count = 0
        self._first = 0.0

    def edited(self) -> None:
        """One edit was made."""
        if not self._count:
            self._first = self._clock()
        self._count += 1

    def done(self) -> None:
        """A copy was written, or nothing is left to be copied."""
        self._count = 0

    @property
    def is_due(self) -> bool:
        """Whether 20 edits were made, or 30 seconds went by since the first that is not copied."""
        if not self._count:
            return False
        return self._count >= self._edits or self._clock() - self._first >= self._seconds
