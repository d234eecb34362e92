"""One document in one window: its file, its lock, its recovery copy, and what is saved of it."""

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from notemodeler.app.autosave import AutosaveRule
from notemodeler.app.settings import SettingsStore
from notemodeler.domain.issues import Issue, UserError
from notemodeler.domain.project import Project
from notemodeler.io.document_file import DiskState, DocumentOnDisk, load_document, save_document
from notemodeler.io.file_lock import RENEW_SECONDS, FileLock, LockState
from notemodeler.io.recovery import RecoveryStore, Snapshot, new_session
from notemodeler.io.refusals import shown_name

UNTITLED = "Untitled"


class FileExists(UserError):
    """Another file would be overwritten; the caller asks and says `overwrite`."""


class Session:
    """What New, Open, Save, Save As, Revert and autosave do to one document, without a window.

    The window tells `edited(project)` after every edit and calls `tick()` now and then. Every
    refusal is a `UserError` that leaves the session as it was.
    """

    def __init__(
        self,
        recovery: RecoveryStore,
        settings: SettingsStore,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = new_session()
        self.project = Project()
        self.recovered_from: Path | None = None
        """The document that recovered work belongs to; it has no file until it is saved."""
        self.recovery = recovery
        self._settings = settings
        self._clock = clock
        self._autosave = AutosaveRule(clock)
        self._saved: Project | None = self.project
        self._disk: DocumentOnDisk | None = None
        self._lock: FileLock | None = None
        self._name = UNTITLED
        self._renewed = clock()

    @property
    def path(self) -> Path | None:
        return self._disk.path if self._disk else None

    @property
    def title(self) -> str:
        return self._disk.path.name if self._disk else self._name

    @property
    def is_changed(self) -> bool:
        """Whether closing now would lose work."""
        return self.project != self._saved

    @property
    def is_read_only(self) -> bool:
        """Whether somebody else has the document open, so that only Save As can save."""
        return self._lock is not None and self._lock.state is LockState.THEIRS

    @property
    def holder(self) -> str:
        """Who has the document open, in words; empty if nobody else."""
        return self._lock.holder if self._lock and self.is_read_only else ""

    @property
    def recent(self) -> tuple[Path, ...]:
        """The documents last opened or saved, the latest first; they may be gone."""
        return tuple(Path(text) for text in self._settings.settings.recent)

    def disk_state(self) -> DiskState:
        """How the file compares with what was opened or saved; the same if there is no file yet."""
        return self._disk.state() if self._disk else DiskState.SAME

    def new(self, project: Project | None = None, name: str = UNTITLED) -> None:
        """Begin a document without a file: an empty one, or a sample under its name."""
        self._begin(project or Project(), None, None, name)

    def open_untitled(self, path: Path, name: str) -> tuple[Issue, ...]:
        """Begin a document without a file from a copy of one, such as the sample."""
        opened = load_document(path)
        self.new(opened.project, name)
        return opened.issues

    def open(
        self, path: str | os.PathLike[str], *, accept_edited: bool = False
    ) -> tuple[Issue, ...]:
        """Open a file; if somebody else has it open, it is open read-only here."""
        target = Path(os.path.abspath(path))
        lock = self._lock_for(target)
        try:
            opened = load_document(target, accept_edited=accept_edited)
        except BaseException:
            self._drop(lock)
            raise
        self._begin(opened.project, opened.on_disk, lock, UNTITLED)
        self._remember(target)
        return opened.issues

    def revert(self) -> tuple[Issue, ...]:
        """Go back to what the file holds now; a document without a file, to how it began."""
        if self._disk is not None:
            return self.open(self._disk.path)
        if self._saved is None:
            raise UserError("The recovered document has no saved state to go back to.")
        self.new(self._saved, self._name)
        return ()

    def save(self, *, overwrite: bool = False) -> None:
        """Save over the file; `ChangedOnDisk` if another program changed it, unless `overwrite`."""
        if self._disk is None:
            raise UserError("This document has no file yet.", "Use Save As.")
        if self._lock is not None and self._lock.renew() is LockState.THEIRS:
            raise UserError(
                f"{shown_name(self._disk.path)} is open elsewhere, by {self.holder}.",
                "Use Save As, or take the document over if you are sure that nobody works on it.",
            )
        self._after_save(self._disk.save(self.project, overwrite=overwrite))

    def save_as(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
        """Save as another file, which is then the document's; `FileExists` unless `overwrite`."""
        target = Path(os.path.abspath(path))
        if self._is_ours(target):
            self.save(overwrite=overwrite)
            return
        lock = self._lock_for(target)
        try:
            _refuse_taken(target, lock, overwrite)
            saved = save_document(target, self.project)
        except BaseException:
            self._drop(lock)
            raise
        if lock is not self._lock:
            self._release()
        self._lock = lock
        self._after_save(saved)

    def save_copy(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
        """Write a copy and stay with the document's own file."""
        target = Path(os.path.abspath(path))
        if not overwrite and os.path.lexists(target):
            raise _exists(target)
        save_document(target, self.project)

    def take_over(self) -> None:
        """Take the document from its holder, because the user says that nobody works on it."""
        if self._lock is not None:
            self._lock.take_over()

    def edited(self, project: Project) -> None:
        """The document has a new state."""
        if project is self.project:
            return
        self.project = project
        self._autosave.edited()

    def tick(self) -> bool:
        """Do what time asks for; whether a recovery copy was written. Raises `UserError`."""
        if self._lock is not None and self._clock() - self._renewed >= RENEW_SECONDS:
            self._renewed = self._clock()
            self._lock.renew()
        if not self._autosave.is_due:
            return False
        if not self.is_changed:
            self._forget()
            return False
        self.autosave()
        return True

    def autosave(self) -> None:
        """Write the recovery copy now; raises `UserError`, and is due again in 30 seconds."""
        self._autosave.done()
        original = self.path or self.recovered_from
        try:
            self.recovery.write(self.id, self.project, title=self.title, original=original)
        except UserError:
            self._autosave.edited()
            raise

    def recover(self, snapshot: Snapshot) -> tuple[Issue, ...]:
        """Begin with the work of a crashed session; its copy goes once this session has its own."""
        project, issues = self.recovery.load(snapshot)
        self._begin(project, None, None, f"{snapshot.title} (recovered)")
        self._saved = None
        self.recovered_from = snapshot.original
        self.autosave()
        self.recovery.discard(snapshot)
        return issues

    def clear_recent(self) -> None:
        """Forget the recent documents."""
        self._settings.change(lambda known: replace(known, recent=()))

    def close(self) -> None:
        """Give up the document: its lock and its recovery copy go."""
        self._forget()
        self._release()
        self._disk = None

    def _begin(
        self, project: Project, disk: DocumentOnDisk | None, lock: FileLock | None, name: str
    ) -> None:
        self._forget()
        if lock is not self._lock:
            self._release()
        self.project = self._saved = project
        self._disk, self._lock, self._name = disk, lock, name
        self.recovered_from = None

    def _after_save(self, saved: DocumentOnDisk) -> None:
        self._disk, self._saved, self.recovered_from = saved, self.project, None
        self._forget()
        self._remember(saved.path)

    def _lock_for(self, target: Path) -> FileLock:
        """The lock of the file: the session's own if it has it, else a new one."""
        lock = FileLock(target)
        if self._lock is not None and self._lock.document == lock.document:
            self._lock.renew()
            return self._lock
        lock.acquire()
        return lock

    def _drop(self, lock: FileLock) -> None:
        if lock is not self._lock:
            lock.release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    def _is_ours(self, target: Path) -> bool:
        if self._disk is None:
            return False
        return os.path.realpath(self._disk.path) == os.path.realpath(target)

    def _forget(self) -> None:
        """Nothing is left that a recovery copy would save."""
        self._autosave.done()
        with contextlib.suppress(UserError, OSError):
            self.recovery.discard(self.id)

    def _remember(self, path: Path) -> None:
        self._settings.change(lambda known: known.with_recent(str(path)))


def _refuse_taken(target: Path, lock: FileLock, overwrite: bool) -> None:
    if lock.state is LockState.THEIRS:
        raise UserError(
            f"{shown_name(target)} is open elsewhere, by {lock.holder}.", "Choose another name."
        )
    if not overwrite and os.path.lexists(target):
        raise _exists(target)


def _exists(target: Path) -> FileExists:
    return FileExists(f"There is a file {shown_name(target)} already.", "Choose another name.")
