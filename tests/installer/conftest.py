"""A make-believe checkout whose environment is ready, for each platform's layout."""

from pathlib import Path

import pytest
from environment import DEVELOPMENT_LOCK, QT_CAN_LOAD, RUN_TIME_LOCK, Environment

PACKAGES = ("numpy", "PySide6")


def link(path: Path, target: Path) -> None:
    """Make a symbolic link, which Windows forbids to most people."""
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no symbolic links")


def _make_interpreter(environment: Environment, base: Path) -> None:
    base.parent.mkdir(parents=True)
    base.write_text("the real Python")
    environment.interpreter.parent.mkdir(parents=True)
    if environment.on_windows:
        environment.interpreter.write_text("a launcher")
    else:
        link(environment.interpreter, base)


def build_checkout(root: Path, platform: str) -> Environment:
    """A checkout with both locks and an environment without a stamp."""
    environment = Environment(root / "checkout", platform)
    base = root / "base" / ("python.exe" if platform == "win32" else "python3.11")
    _make_interpreter(environment, base)
    (environment.folder / "pyvenv.cfg").write_text(f"home = {base.parent}\nversion = 3.11.7\n")
    for name in PACKAGES:
        (environment.site_packages / name).mkdir(parents=True)
    (environment.root / "installer").mkdir()
    for lock in (RUN_TIME_LOCK, DEVELOPMENT_LOCK):
        environment.lock_path(lock).write_text(f"# {lock}\n")
    return environment


def lines_of(environment: Environment, *locks: str) -> set[str]:
    lock_lines = {environment.lock_line(lock) for lock in locks}
    return lock_lines | environment.content() | {environment.python_line(), QT_CAN_LOAD}


@pytest.fixture(params=["linux", "darwin", "win32"])
def any_platform(request):
    return request.param


@pytest.fixture
def checkout(tmp_path):
    """A Linux checkout, set up for the program but not for the tests."""
    environment = build_checkout(tmp_path, "linux")
    environment.record(lines_of(environment, RUN_TIME_LOCK))
    return environment


@pytest.fixture
def checkout_anywhere(tmp_path, any_platform):
    """The same on each platform in turn."""
    environment = build_checkout(tmp_path, any_platform)
    environment.record(lines_of(environment, RUN_TIME_LOCK))
    return environment


@pytest.fixture
def said(monkeypatch):
    """Collects what the set-up says."""
    sentences: list[str] = []
    for module in ("apt", "libreoffice", "one_at_a_time", "preparation"):
        monkeypatch.setattr(f"{module}.say", sentences.append)
    return sentences
