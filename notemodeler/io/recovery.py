"""Snapshots of unsaved work, in a private folder, for the start after a crash."""

import contextlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notemodeler.domain.issues import Issue, UserError
from notemodeler.domain.project import Project
from notemodeler.io.atomic_file import write_atomically
from notemodeler.io.document import document_text, read_document
from notemodeler.io.document_file import read_bytes
from notemodeler.io.process import ProcessMark, Whereabouts, mark_from_data, this_process
from notemodeler.io.refusals import cannot_read, cannot_save
from notemodeler.io.stale_files import sweep_stale

SUFFIX = ".recovery"
FORMAT = "Note Modeler recovery"
SESSION = re.compile(r"[0-9a-f]{16}")
LONGEST_HEADER = 64 * 1024
FOREIGN_SECONDS = 3600.0
"""A snapshot of another computer (a shared home) is offered when it has not changed for so long."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Work that was not saved: of which session, of which file, and when it was written."""

    session: str
    file: Path
    title: str
    original: Path | None
    """The document that was being edited; None if it had no file yet."""
    written_seconds: float
    """Seconds since 1970."""
    process: ProcessMark | None
    """Who wrote it; None if its first line is damaged."""


def new_session() -> str:
    """A name for one document in one window."""
    return secrets.token_hex(8)


class RecoveryStore:
    """The folder of snapshots, one a session: a line about it, then the document as it was."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock

    def write(self, session: str, project: Project, *, title: str, original: Path | None) -> Path:
        """Keep the project for the session in place of its former snapshot; raises `UserError`."""
        header = {
            "format": FORMAT,
            "title": title,
            "original": None if original is None else str(original),
            "process": this_process().to_data(),
        }
        # ASCII, so that a path that is no UTF-8 survives.
        content = (
            json.dumps(header).encode("ascii") + b"\n" + document_text(project).encode("utf-8")
        )
        self._make_folder()
        file = self._file(session)
        write_atomically(file, content, private=True)
        return file

    def abandoned(self) -> tuple[Snapshot, ...]:
        """The snapshots that no running program will save any more, the latest first."""
        sweep_stale(self.folder)
        return tuple(
            sorted(
                (snapshot for snapshot in self._snapshots() if self._is_abandoned(snapshot)),
                key=lambda snapshot: snapshot.written_seconds,
                reverse=True,
            )
        )

    def load(self, snapshot: Snapshot) -> tuple[Project, tuple[Issue, ...]]:
        """The work that the snapshot keeps; raises `UserError` if it is damaged."""
        try:
            content = read_bytes(snapshot.file)
        except OSError as error:
            raise cannot_read(snapshot.file, error) from error
        _, _, document = content.partition(b"\n")
        return read_document(document, name=f"The recovery copy of “{snapshot.title}”")

    def discard(self, snapshot: Snapshot | str) -> None:
        """Forget a snapshot, given itself or the name of its session; none there is no error."""
        file = self._file(snapshot) if isinstance(snapshot, str) else snapshot.file
        with contextlib.suppress(FileNotFoundError):
            try:
                os.unlink(file)
            except PermissionError as error:
                raise UserError(f"The recovery copy could not be removed: {file}") from error

    def _file(self, session: str) -> Path:
        if not SESSION.fullmatch(session):
            raise ValueError(f"{session!r} is no session")
        return self.folder / f"{session}{SUFFIX}"

    def _make_folder(self) -> None:
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            os.chmod(self.folder, 0o700)
        except OSError as error:
            raise cannot_save(self.folder, error) from error

    def _snapshots(self) -> list[Snapshot]:
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return []
        sessions = [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]
        found = (self._described(name) for name in sessions if SESSION.fullmatch(name))
        return [snapshot for snapshot in found if snapshot is not None]

    def _described(self, session: str) -> Snapshot | None:
        file = self._file(session)
        try:
            with open(file, "rb") as stream:
                header = _header(stream.readline(LONGEST_HEADER))
            written = os.stat(file).st_mtime
        except OSError:
            return None
        title, original = header.get("title"), header.get("original")
        return Snapshot(
            session,
            file,
            title if isinstance(title, str) and title else "a document",
            Path(original) if isinstance(original, str) and original else None,
            written,
            mark_from_data(header.get("process")),
        )

    def _is_abandoned(self, snapshot: Snapshot) -> bool:
        if snapshot.process is None:
            return True
        whereabouts = snapshot.process.whereabouts()
        if whereabouts is Whereabouts.ELSEWHERE:
            return abs(self._clock() - snapshot.written_seconds) > FOREIGN_SECONDS
        return whereabouts is Whereabouts.GONE


def _header(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
