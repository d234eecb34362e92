"""The advisory lock that tells a second window that a document is already open, and by whom."""

import contextlib
import json
import os
import secrets
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from notemodeler.io.process import ProcessMark, Whereabouts, mark_from_data, this_process
from notemodeler.io.stale_files import temporary_name

PROGRAM = "Note Modeler"
FOREIGN_SECONDS = 3600.0
"""A lock of another computer that was not renewed for so long is taken to be left behind."""
GARBAGE_SECONDS = 60.0
"""A lock that cannot be read may be half written: after so long it is not."""
RENEW_SECONDS = 300.0
LARGEST_LOCK = 4096
NOBODY_KNOWN = "another program"


class LockState(Enum):
    """How we stand to the lock of a document."""

    MINE = "mine"
    THEIRS = "theirs"
    IMPOSSIBLE = "impossible"
    """The folder takes no lock file: read-only, full, name too long. Work goes on without."""


@dataclass(frozen=True)
class _Found:
    content: bytes
    age_seconds: float


class FileLock:
    """One lock file beside one document. Nothing is held open: a killed holder leaves the file."""

    def __init__(
        self, document: str | os.PathLike[str], clock: Callable[[], float] = time.time
    ) -> None:
        self.document = Path(os.path.realpath(os.fspath(document)))
        self.path = self.document.parent / f".~lock.{self.document.name}#"
        self.state = LockState.IMPOSSIBLE
        self.holder = ""
        """Who has it, in words, while `state` is THEIRS."""
        self._token = secrets.token_hex(8)
        self._clock = clock

    def acquire(self) -> LockState:
        """Take the lock unless somebody who may be at work has it."""
        for _ in range(5):
            self.state = self._create()
            if self.state is not LockState.THEIRS:
                return self.state
            found = self._read()
            if found is None:
                continue
            self.holder = self._holder_of(found)
            if self.holder:
                return self.state
            self._remove(found.content)
        self.holder = NOBODY_KNOWN
        return self.state

    def take_over(self) -> LockState:
        """Take the lock from whoever has it, because the user says so."""
        if self.state is LockState.THEIRS:
            found = self._read()
            if found is not None and not self._remove(found.content):
                self.state, self.holder = LockState.IMPOSSIBLE, ""
                return self.state
        return self.acquire()

    def renew(self) -> LockState:
        """Show that the holder is alive; tells if somebody took the lock over meanwhile."""
        if self.state is LockState.MINE:
            found = self._read()
            if found is None or self._token.encode() not in found.content:
                return self.acquire()
            with contextlib.suppress(OSError):
                os.utime(self.path)
        return self.state

    def release(self) -> None:
        """Give the lock back; somebody else's is left alone."""
        if self.state is LockState.MINE:
            found = self._read()
            if found is not None and self._token.encode() in found.content:
                self._remove(found.content)
        self.state, self.holder = LockState.IMPOSSIBLE, ""

    def _create(self) -> LockState:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self.path, flags, 0o644)
        except FileExistsError:
            return LockState.THEIRS
        except (OSError, ValueError):
            return LockState.IMPOSSIBLE
        try:
            content = self._content()
            whole = os.write(descriptor, content) == len(content)
        except OSError:
            whole = False
        finally:
            os.close(descriptor)
        if whole:
            self.holder = ""
            return LockState.MINE
        with contextlib.suppress(OSError):
            os.unlink(self.path)
        return LockState.IMPOSSIBLE

    def _content(self) -> bytes:
        data = {"program": PROGRAM, "token": self._token, **this_process().to_data()}
        return json.dumps(data).encode("ascii")

    def _read(self) -> _Found | None:
        """The lock file as it is; None if there is none. What is no plain file counts as empty."""
        try:
            found = os.lstat(self.path)
            content = b""
            if stat.S_ISREG(found.st_mode):
                with open(self.path, "rb") as file:
                    content = file.read(LARGEST_LOCK)
        except FileNotFoundError:
            return None
        except OSError:
            return _Found(b"", 0.0)
        # A clock that runs behind makes files of the future: they are as old as they are young.
        return _Found(content, abs(self._clock() - found.st_mtime))

    def _holder_of(self, found: _Found) -> str:
        """Who may be at work behind the lock; empty if surely nobody is."""
        mark = _mark_in(found.content)
        if mark is None:
            return NOBODY_KNOWN if found.age_seconds < GARBAGE_SECONDS else ""
        whereabouts = mark.whereabouts()
        if whereabouts is Whereabouts.GONE:
            return ""
        if whereabouts is Whereabouts.ELSEWHERE and found.age_seconds > FOREIGN_SECONDS:
            return ""
        return _in_words(mark)

    def _remove(self, content: bytes) -> bool:
        """Remove the lock file if it still holds that content; whether it is gone.

        It is moved aside first: between reading and removing, another window may have replaced
        a stale lock by its own, which must then be put back.
        """
        aside = self.path.parent / temporary_name()
        if self.path.is_dir() and not self.path.is_symlink():
            return False  # a folder is none of ours
        try:
            os.rename(self.path, aside)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        try:
            if aside.is_file() and aside.read_bytes()[:LARGEST_LOCK] != content:
                os.rename(aside, self.path)
                return False
            aside.unlink()
        except OSError:
            return not os.path.lexists(self.path)
        return True


def _mark_in(content: bytes) -> ProcessMark | None:
    try:
        return mark_from_data(json.loads(content))
    except (ValueError, RecursionError):
        return None


def _in_words(mark: ProcessMark) -> str:
    user = "".join(letter for letter in mark.user if letter.isprintable())[:40] or "someone"
    host = "".join(letter for letter in mark.host if letter.isprintable())[:40]
    if mark.pid == os.getpid() and mark.whereabouts() is Whereabouts.RUNNING:
        return "another window of this program"
    return f"{user} on {host} (process {mark.pid})"
