"""The program's own Python environment: where it is, and what is ready in it.

Every start passes through this module, so it imports little and starts no
other program.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

RUN_TIME_LOCK = "requirements.txt"
DEVELOPMENT_LOCK = "requirements-dev.txt"
QT_CAN_LOAD = "the libraries that Qt needs are present"
HOLDS = "holds "


def lock_for(tests: bool) -> str:
    """The tests need the development packages; the program itself needs fewer."""
    return DEVELOPMENT_LOCK if tests else RUN_TIME_LOCK


class Environment:
    """The `.venv` of one checkout, and the stamp that records what is ready in it."""

    def __init__(self, root: Path, platform: str = sys.platform) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / "set-up-done.txt"
        self.turn_file = root / ".venv.lock"
        self.on_windows = platform == "win32"

    @property
    def interpreter(self) -> Path:
        place = "Scripts/python.exe" if self.on_windows else "bin/python"
        return self.folder / place

    @property
    def site_packages(self) -> Path:
        if self.on_windows:
            return self.folder / "Lib" / "site-packages"
        version = self.settings().get("version", "").split(".")[:2]
        return self.folder / "lib" / f"python{'.'.join(version)}" / "site-packages"

    def lock_path(self, lock: str) -> Path:
        return self.root / "installer" / lock

    def settings(self) -> dict[str, str]:
        """What `pyvenv.cfg` says; nothing when the environment is half made."""
        try:
            text = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8")
        except OSError:
            return {}
        pairs = (line.partition("=") for line in text.splitlines())
        return {key.strip(): value.strip() for key, _, value in pairs}

    def base_python(self) -> str:
        """Where the Python below the environment is; an upgrade can move it or remove it."""
        if self.on_windows:
            return self.settings().get("home", "")
        return os.path.realpath(self.interpreter)

    def python_line(self) -> str:
        return f"python {self.settings().get('version')} {self.base_python()}"

    def lock_line(self, lock: str) -> str:
        digest = hashlib.sha256(self.lock_path(lock).read_bytes()).hexdigest()
        return f"{lock} {digest}"

    def content(self) -> set[str]:
        """The names at the top of the installed packages, one stamp line each."""
        try:
            return {HOLDS + name for name in os.listdir(self.site_packages)}
        except OSError:
            return set()

    def recorded(self) -> set[str]:
        try:
            return set(self.stamp.read_text(encoding="utf-8").splitlines())
        except (OSError, UnicodeDecodeError):
            return set()

    def record(self, lines: set[str]) -> None:
        """Write the stamp in one step, so that no reader sees half of it."""
        unfinished = self.stamp.with_suffix(".part")
        unfinished.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
        os.replace(unfinished, self.stamp)

    def forget(self) -> None:
        with suppress(FileNotFoundError, NotADirectoryError):
            self.stamp.unlink()

    def has_packages(self, lock: str) -> bool:
        """Whether the locked packages are in, on a Python that is still there."""
        recorded = self.recorded()
        wanted = {self.python_line(), self.lock_line(lock)}
        return wanted <= recorded and self._can_start() and self._is_whole(recorded)

    def is_ready(self, lock: str) -> bool:
        return self.has_packages(lock) and QT_CAN_LOAD in self.recorded()

    def _can_start(self) -> bool:
        return self.interpreter.exists() and os.path.exists(self.base_python())

    def _is_whole(self, recorded: set[str]) -> bool:
        """Whether all that was installed is still there; anything more does no harm."""
        return {line for line in recorded if line.startswith(HOLDS)} <= self.content()
