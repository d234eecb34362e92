"""Temporary files by name: whose they are, and sweeping those that a killed process left."""

import hashlib
import itertools
import os
import platform
import re
import secrets
import time
from pathlib import Path

from notemodeler.io.process import is_running

PREFIX = ".notemodeler-"
NAME = re.compile(
    re.escape(PREFIX)
    + r"(?P<host>[0-9a-f]{8})-(?P<pid>[0-9]{1,10})-(?P<run>[0-9a-f]{8})-[0-9]+\.tmp"
)
ONE_DAY_SECONDS = 86_400

_serial = itertools.count()
_runs: dict[int, str] = {}


def temporary_name() -> str:
    """A name that no other process or thread uses and that tells who used it.

    It does not contain the name of the file to come, which may be as long as the disk allows.
    """
    pid = os.getpid()
    return f"{PREFIX}{_host()}-{pid}-{_run(pid)}-{next(_serial)}.tmp"


def sweep_stale(folder: Path) -> int:
    """Remove the temporary files in the folder whose process is gone; how many there were.

    A file of another computer, or one of a process number in use again, goes after a day.
    """
    try:
        with os.scandir(folder) as entries:
            stale = [entry.path for entry in entries if _is_stale(entry)]
    except OSError:
        return 0
    return sum(_removed(path) for path in stale)


def _is_stale(entry: os.DirEntry[str]) -> bool:
    match = NAME.fullmatch(entry.name) if entry.name.startswith(PREFIX) else None
    if match is None:
        return False
    pid = int(match["pid"])
    if match["host"] == _host():
        if pid == os.getpid():
            return match["run"] != _run(pid)
        if not is_running(pid):
            return True
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > ONE_DAY_SECONDS
    except OSError:
        return False


def _removed(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True


def _host() -> str:
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]


def _run(pid: int) -> str:
    """A token of this run of the process: the same number may have belonged to a killed one."""
    return _runs.setdefault(pid, secrets.token_hex(4))
