"""The first start, step by step: Python environment, packages, Qt's system libraries."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import apt
import one_at_a_time
import system_libraries
from environment import DEVELOPMENT_LOCK, QT_CAN_LOAD, RUN_TIME_LOCK, Environment, lock_for
from speech import SetUpError, say

__all__ = ["SetUpError", "prepare"]

PATH_FILE = "notemodeler-checkout.pth"
COMMAND = '#!/bin/sh\nexec "$(dirname "$0")/python" -P -m notemodeler "$@"\n'
COMMAND_ON_WINDOWS = '@"%~dp0python.exe" -P -m notemodeler %*\r\n'
FOREIGN_SETTINGS = (
    *("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"),
    *("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PIP_PYTHON"),
)


def prepare(environment: Environment, tests: bool, needs_qt: bool) -> None:
    """Bring the environment up to its lock, and the system up to Qt."""
    lock = lock_for(tests)
    with one_at_a_time.turn(environment.turn_file) as shared:
        if not environment.has_packages(lock):
            Construction(environment, shared).provide_packages(lock)
        if not environment.is_ready(lock):
            provide_qt_libraries(environment, needs_qt)


class Construction:
    """Builds the environment. The stamp goes before any change and comes back last."""

    def __init__(self, environment: Environment, shared: tuple[int, ...] = ()) -> None:
        self.environment = environment
        self.shared = shared

    def provide_packages(self, lock: str) -> None:
        kept = self.environment.recorded()
        has_foundation = self.environment.has_packages(RUN_TIME_LOCK)
        self.environment.forget()
        if not has_foundation:
            kept = set()
            self.rebuild()
        try:
            self.install(lock)
        except SetUpError:
            if has_foundation:
                self.environment.record(kept)
            raise
        self.environment.record(kept | self._lines_after(lock))

    def _lines_after(self, lock: str) -> set[str]:
        """The development lock holds the run-time packages too, in the same versions."""
        locks = {lock, RUN_TIME_LOCK} if lock == DEVELOPMENT_LOCK else {lock}
        lines = {self.environment.lock_line(each) for each in locks}
        return lines | {self.environment.python_line()} | self.environment.content()

    def rebuild(self) -> None:
        folder = self.environment.folder
        if folder.is_symlink() or folder.exists():
            say("The environment in .venv is unfinished or out of date. Building it anew.")
            remove(folder)
        else:
            say("Setting up a Python environment in .venv, for this program only.")
        self._create(with_pip=provide_venv_module())
        self._write_path_file()
        self._write_command()

    def _create(self, with_pip: bool) -> None:
        words = [outermost_python(), "-m", "venv", str(self.environment.folder)]
        done = self._run(words if with_pip else [*words, "--without-pip"])
        if done.returncode:
            say(done.stdout)
            raise SetUpError("Python could not make its environment in .venv (see above).")

    def _write_path_file(self) -> None:
        """Let the environment import this checkout; a relative path survives a move."""
        site_packages = self.environment.site_packages
        path = os.path.relpath(self.environment.root, site_packages)
        (site_packages / PATH_FILE).write_text(path + "\n", encoding="utf-8")

    def _write_command(self) -> None:
        """Put a `notemodeler` command beside the interpreter; it finds it again after a move."""
        folder = self.environment.interpreter.parent
        if self.environment.on_windows:
            (folder / "notemodeler.cmd").write_text(COMMAND_ON_WINDOWS, encoding="ascii")
            return
        command = folder / "notemodeler"
        command.write_text(COMMAND, encoding="ascii")
        command.chmod(0o755)

    def install(self, lock: str) -> None:
        """Have pip install exactly what the lock names, and tell what it is getting."""
        say("Installing the Python packages. The first time this takes a minute or two.")
        words = [
            *(*self._pip(), "install", "--require-hashes", "--only-binary", ":all:"),
            *("--disable-pip-version-check", "--no-input", "--progress-bar", "off"),
            *("--requirement", str(self.environment.lock_path(lock))),
        ]
        if self._follow(words):
            raise SetUpError(
                "pip could not install the Python packages (its message is above). "
                "Check the network, then type the same command again."
            )

    def _pip(self) -> list[str]:
        """The environment's own pip, or the system's pip working on the environment."""
        if (self.environment.site_packages / "pip").is_dir():
            return [str(self.environment.interpreter), "-m", "pip"]
        return [outermost_python(), "-m", "pip", "--python", str(self.environment.interpreter)]

    def _follow(self, words: list[str]) -> int:
        with subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            errors="replace",
            env=clean_settings(),
            pass_fds=self.shared,
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                tell_progress(line)
        return child.returncode

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=clean_settings(),
            pass_fds=self.shared,
            check=False,
        )


def tell_progress(pip_line: str) -> None:
    collecting = re.match(r"Collecting ([\w.-]+)==([\w.+!-]+)", pip_line)
    if collecting:
        say(f"  getting {collecting[1]} {collecting[2]}")
    elif pip_line.startswith("Installing collected packages"):
        say("  unpacking them into .venv")


def outermost_python() -> str:
    """The Python outside any environment, so that .venv never rests on another one."""
    return getattr(sys, "_base_executable", None) or sys.executable


def clean_settings() -> dict[str, str]:
    """The environment variables without those that would lead pip elsewhere."""
    return {key: value for key, value in os.environ.items() if key not in FOREIGN_SETTINGS}


def remove(folder: Path) -> None:
    try:
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    except OSError as error:
        raise SetUpError(
            f"The old .venv cannot be removed ({error}). Close what uses it, or delete it."
        ) from error


def can_import(module: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def provide_venv_module() -> bool:
    """Whether this Python can make an environment with pip in it.

    Debian keeps that part in a package of its own. Without it the system's
    pip, where there is one, works on an environment without pip.
    """
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if can_import("venv") and can_import("ensurepip"):
        return True
    if apt.is_here() and apt.install([package]):
        return can_import("ensurepip")
    if can_import("venv") and can_import("pip"):
        return False
    advice = f" Type: {apt.command_to_type([package])}" if apt.is_here() else ""
    raise SetUpError(f"This Python lacks its module venv or ensurepip.{advice}")


def provide_qt_libraries(environment: Environment, needs_qt: bool) -> None:
    """Have Qt's system libraries; stop without them only if the job needs Qt."""
    missing = system_libraries.missing(environment.site_packages)
    if missing and install_with_apt(missing):
        missing = system_libraries.missing(environment.site_packages)
    if not missing:
        environment.record(environment.recorded() | {QT_CAN_LOAD})
    elif needs_qt:
        raise SetUpError(missing_libraries_message(missing))
    else:
        say(missing_libraries_message(missing) + "\nThis job opens no window, so it goes on.")


def install_with_apt(missing: set[str]) -> bool:
    packages, _ = system_libraries.debian_packages(missing)
    return bool(packages) and apt.is_here() and apt.install(packages)


def missing_libraries_message(missing: set[str]) -> str:
    """What the window lacks, and the exact command where one is known."""
    packages, unknown = system_libraries.debian_packages(missing)
    if apt.is_here() and packages and not unknown:
        return f"The window needs system libraries. Type: {apt.command_to_type(packages)}"
    return (
        "The window needs these from the system's package installer: "
        + ", ".join(sorted(missing))
        + "."
    )
