"""Let one set-up of a checkout run at a time.

The system takes the lock back when its holder dies, so no stale lock can
remain. On Linux and macOS the children of the holder share the lock: when the
holder is killed, the next set-up waits until its orphaned pip has ended too.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import IO

from speech import say

if sys.platform == "win32":
    import msvcrt

    def take(handle: IO[str]) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def shared_with_children(handle: IO[str]) -> tuple[int, ...]:
        return ()

else:
    import fcntl

    def take(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def shared_with_children(handle: IO[str]) -> tuple[int, ...]:
        return (handle.fileno(),)


@contextmanager
def turn(path: Path, pause: float = 0.5) -> Iterator[tuple[int, ...]]:
    """Wait for the turn; yield the file descriptors that children must inherit."""
    with path.open("a", encoding="utf-8") as handle:
        if not take(handle):
            say("Another set-up of this folder is running. Waiting for it to end.")
            while not take(handle):
                sleep(pause)
        yield shared_with_children(handle)
