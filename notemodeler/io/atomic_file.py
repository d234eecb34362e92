"""Writing a whole file so that a reader finds the old bytes or the new ones, and never a part."""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from notemodeler.domain.issues import UserError
from notemodeler.io.refusals import cannot_save, shown_name
from notemodeler.io.stale_files import sweep_stale, temporary_name

CHUNK: Final = 1 << 20
PATIENCE_SECONDS: Final = 2.5
"""How long a file that a virus scanner or Excel holds is waited for on Windows."""

BUSY_ON_WINDOWS: Final = (5, 32, 33)
NO_DIRECTORY_SYNC: Final = (
    errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF,
)  # fmt: skip


def write_atomically(path: str | os.PathLike[str], data: bytes, *, private: bool = False) -> None:
    """Make the file hold exactly these bytes, on the disk, or leave it as it was.

    A link is followed to what it points at. The mode of an existing file is kept; a new one gets
    what the umask allows, or 0600 if `private`. Raises `UserError` when the system refuses; then
    the old file is intact and nothing is left beside it.
    """
    try:
        target = Path(os.path.realpath(os.fspath(path)))
        old = _old_file(target)
        _replace_whole(target, data, old, private)
    except (OSError, ValueError) as error:
        raise cannot_save(path, error) from error
    _make_last(target)
    sweep_stale(target.parent)


def _old_file(target: Path) -> os.stat_result | None:
    """The file that will be replaced. What is no plain file, or is write-protected, is refused."""
    try:
        old = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(old.st_mode):
        raise OSError(errno.EINVAL, "it is not a plain file")
    # A rename would replace a write-protected file without asking.
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it is write-protected")
    return old


def _replace_whole(target: Path, data: bytes, old: os.stat_result | None, private: bool) -> None:
    temporary = target.parent / temporary_name()
    try:
        _write_new(temporary, data, old, private)
        _patiently(lambda: os.replace(temporary, target))
    except BaseException:
        _remove(temporary)
        raise


def _write_new(path: Path, data: bytes, old: os.stat_result | None, private: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Until it has the old file's mode, nobody else may read it.
    descriptor = os.open(path, flags, 0o600 if old or private else 0o666)
    try:
        if old is not None:
            _take_over_mode(descriptor, old)
        _write_all(descriptor, data)
        _sync_file(descriptor)
    finally:
        os.close(descriptor)


def _take_over_mode(descriptor: int, old: os.stat_result) -> None:
    if sys.platform == "win32":
        return
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        # Only root may give a file away; else it belongs to whoever saved it.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _write_all(descriptor: int, data: bytes) -> None:
    """Write every byte. A full disk may take a part of a chunk and report that as a success."""
    rest = memoryview(data)
    while rest:
        count = os.write(descriptor, rest[:CHUNK])
        if count <= 0:
            raise OSError(errno.EIO, "the disk took no more bytes")
        rest = rest[count:]
    if os.fstat(descriptor).st_size != len(data):
        raise OSError(errno.EIO, "the disk holds another number of bytes than were written")


def _sync_file(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
        except OSError:
            pass  # network disks know only the plain form
    os.fsync(descriptor)


def _make_last(target: Path) -> None:
    """Put the rename on the disk: without it a power cut can bring the former file back."""
    if sys.platform == "win32":
        return
    try:
        _sync_directory(target.parent)
    except OSError as error:
        raise UserError(
            f"{shown_name(target)} was written, but the disk did not confirm it.",
            "Save a copy in another place and have the disk looked at.",
        ) from error


def _sync_directory(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a folder that may be written but not listed
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_DIRECTORY_SYNC:
            raise
    finally:
        os.close(descriptor)


def _patiently(
    act: Callable[[], None],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Do it, again and again for 2.5 seconds while Windows says that the file is in use."""
    until, pause = clock() + PATIENCE_SECONDS, 0.02
    while True:
        try:
            return act()
        except OSError as error:
            busy = getattr(error, "winerror", None) in BUSY_ON_WINDOWS
            if not busy or clock() + pause > until:
                raise
        sleep(pause)
        pause = min(pause * 2, 0.4)


def _remove(path: Path) -> None:
    # It was never made, or the disk is gone; then the next save sweeps.
    with contextlib.suppress(OSError):
        os.unlink(path)
