"""Which process wrote a file, and whether it still runs."""

import getpass
import os
import platform
import sys
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any


class Whereabouts(Enum):
    """What can be known of a process from here."""

    RUNNING = "running"
    GONE = "gone"
    ELSEWHERE = "elsewhere"
    """It belongs to another computer, so nothing is known."""


@dataclass(frozen=True, slots=True)
class ProcessMark:
    """A process by computer, number and birth, so that a reused number is not taken for it."""

    host: str
    pid: int
    started: str
    user: str

    def whereabouts(self) -> Whereabouts:
        if self.host != platform.node():
            return Whereabouts.ELSEWHERE
        if not is_running(self.pid):
            return Whereabouts.GONE
        born = started_mark(self.pid)
        same = not born or not self.started or born == self.started
        return Whereabouts.RUNNING if same else Whereabouts.GONE

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


@cache
def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "someone"


def this_process() -> ProcessMark:
    """The mark of the running process."""
    pid = os.getpid()
    return ProcessMark(platform.node(), pid, started_mark(pid), _user())


def mark_from_data(data: Any) -> ProcessMark | None:
    """The mark that a file holds, None if it holds anything else."""
    if not isinstance(data, dict):
        return None
    host, pid, started, user = (data.get(name) for name in ("host", "pid", "started", "user"))
    if not (isinstance(host, str) and isinstance(started, str) and isinstance(user, str)):
        return None
    if isinstance(pid, bool) or not isinstance(pid, int):
        return None
    return ProcessMark(host[:200], pid, started[:200], user[:200])


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED, _STILL_ACTIVE, _ACCESS_DENIED = 0x1000, 259, 5

    def is_running(pid: int) -> bool:
        """Whether a process of that number runs (os.kill with 0 would end it on Windows)."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        if not 0 < pid < 2**32:
            return False
        handle = kernel.OpenProcess(_QUERY_LIMITED, False, pid)
        if not handle:
            return ctypes.get_last_error() == _ACCESS_DENIED
        code = wintypes.DWORD()
        known = kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        kernel.CloseHandle(wintypes.HANDLE(handle))
        return not known or code.value == _STILL_ACTIVE

    def started_mark(pid: int) -> str:
        """When the process was born; empty if the system does not say."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_QUERY_LIMITED, False, pid)
        if not handle:
            return ""
        times = [wintypes.FILETIME() for _ in range(4)]
        known = kernel.GetProcessTimes(wintypes.HANDLE(handle), *map(ctypes.byref, times))
        kernel.CloseHandle(wintypes.HANDLE(handle))
        return f"{times[0].dwHighDateTime:x}{times[0].dwLowDateTime:08x}" if known else ""

else:

    def is_running(pid: int) -> bool:
        """Whether a process of that number runs."""
        if pid <= 0:
            return False
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        except (OSError, OverflowError):
            return False
        return _stat_fields(pid)[:1] != ["Z"]

    def started_mark(pid: int) -> str:
        """When the process was born, in ticks since which boot; empty if not known."""
        fields = _stat_fields(pid)
        return f"{fields[19]}@{_boot()}" if len(fields) > 19 else ""


def _stat_fields(pid: int) -> list[str]:
    """What Linux tells of a process, from its state on: the name before it may hold anything."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()[:8]
    except (OSError, ValueError):
        return ""
