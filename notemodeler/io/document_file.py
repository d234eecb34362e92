"""The document as a file: opened whole, saved atomically, and watched for changes by others."""

import hashlib
import os
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from notemodeler.domain.issues import Issue, UserError
from notemodeler.domain.project import Project
from notemodeler.io.atomic_file import write_atomically
from notemodeler.io.document import document_text, read_document
from notemodeler.io.document_format import LARGEST_BYTES, refuse_size
from notemodeler.io.refusals import cannot_read, shown_name

SUFFIX = ".note"


class ChangedOnDisk(UserError):
    """Another program has changed the file since it was opened or saved here."""


class DiskState(Enum):
    """How the file compares with what was read from it or written to it last."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class DocumentOnDisk:
    """A file and the SHA-256 of the bytes that we know it by."""

    path: Path
    digest: str

    def state(self) -> DiskState:
        """Compares contents, so neither an equal size nor an equal time deceives."""
        try:
            content = read_bytes(self.path)
        except FileNotFoundError:
            return DiskState.GONE
        except (OSError, ValueError, UserError):
            return DiskState.CHANGED
        return DiskState.SAME if _digest(content) == self.digest else DiskState.CHANGED

    def has_changed(self) -> bool:
        return self.state() is DiskState.CHANGED

    def save(self, project: Project, *, overwrite: bool = False) -> "DocumentOnDisk":
        """Save over the file, unless somebody else changed it: then `ChangedOnDisk`."""
        if not overwrite and self.has_changed():
            raise ChangedOnDisk(
                f"{shown_name(self.path)} was changed by another program since you opened it.",
                "Reload it, keep yours by saving over it, or use Save As.",
            )
        return save_document(self.path, project)


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A project with the file that it came from and what its reader should know."""

    project: Project
    on_disk: DocumentOnDisk
    issues: tuple[Issue, ...]


def save_document(path: str | os.PathLike[str], project: Project) -> DocumentOnDisk:
    """Write the document atomically, whatever is there; raises `UserError`, the old file intact."""
    content = document_text(project).encode("utf-8")
    write_atomically(path, content)
    return DocumentOnDisk(Path(path), _digest(content))


def load_document(path: str | os.PathLike[str], *, accept_edited: bool = False) -> OpenedDocument:
    """Read a document file; raises `UserError` as `read_document` does, or if it cannot be read."""
    try:
        content = read_bytes(path)
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error
    name = shown_name(path)
    project, issues = read_document(content, accept_edited=accept_edited, name=name)
    return OpenedDocument(project, DocumentOnDisk(Path(path), _digest(content)), issues)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a plain file of at most 64 MB; a larger one is refused before it is read."""
    found = os.stat(path)
    # A pipe would be waited for without end.
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise UserError(f"{shown_name(path)} is not a plain file.")
    refuse_size(found.st_size, shown_name(path))
    with open(path, "rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    refuse_size(len(content), shown_name(path))
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
