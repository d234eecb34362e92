"""What start.py runs, on which platform, and what it says when it cannot."""

import os
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import launch
import pytest
from environment import DEVELOPMENT_LOCK, QT_CAN_LOAD, RUN_TIME_LOCK
from speech import SetUpError

from .conftest import lines_of


@pytest.fixture
def handed_over(monkeypatch):
    """Collects the command in place of running it."""
    commands: list[list[str]] = []
    monkeypatch.setattr(launch, "hand_over", lambda words: commands.append(words) or 0)
    return commands


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["notemodeler"]),
        (
            ["quote", "FILE", "--on", "2026-01-05"],
            ["notemodeler", "quote", "FILE", "--on", "2026-01-05"],
        ),
        (["--tests"], ["pytest"]),
        (["--tests", "-k", "foo"], ["pytest", "-k", "foo"]),
        (["quote", "--tests"], ["notemodeler", "quote", "--tests"]),
    ],
)
def test_command(checkout_anywhere, arguments, words):
    interpreter = str(checkout_anywhere.interpreter)
    expected = [interpreter, "-P", "-m", *words]
    assert launch.command(checkout_anywhere, arguments) == expected


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_program_takes_the_place_of_start(monkeypatch, platform):
    calls = []
    monkeypatch.setattr("os.execv", lambda *call: calls.append(call))
    monkeypatch.setattr("subprocess.Popen", _finished_child)
    launch.hand_over(["python", "-m", "notemodeler"], platform)
    assert calls == [("python", ["python", "-m", "notemodeler"])]


def _finished_child(words):
    return nullcontext(SimpleNamespace(wait=lambda: 0))


def test_on_windows_the_exit_status_of_the_program_comes_back():
    words = [sys.executable, "-c", "import sys; sys.exit(7)"]
    assert launch.hand_over(words, "win32") == 7


def test_a_ready_checkout_is_not_set_up_again(checkout, handed_over, monkeypatch):
    monkeypatch.setattr("preparation.prepare", lambda *_, **__: pytest.fail("set up again"))
    assert launch.main(["quote", "x"], checkout.root) == 0
    assert handed_over == [launch.command(checkout, ["quote", "x"])]


@pytest.mark.parametrize(
    ("arguments", "display", "needs_qt"),
    [
        ([], ":0", True),
        ([], "", False),
        ([__file__], ":0", True),
        (["--theme", "dark"], ":0", True),
        (["quote", "x"], ":0", False),
        (["--tests"], "", True),
    ],
)
def test_only_the_window_and_the_tests_need_qt(
    checkout, handed_over, monkeypatch, arguments, display, needs_qt
):
    asked = []
    for name in launch.DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr("preparation.prepare", lambda *_, **wish: asked.append(wish))
    monkeypatch.setattr(launch, "get_ready_for_tests", lambda environment: None)
    checkout.forget()
    launch.main(arguments, checkout.root)
    assert asked == [{"tests": "--tests" in arguments, "needs_qt": needs_qt}]


@pytest.mark.parametrize(
    ("stop", "status", "sentence"),
    [
        (SetUpError("No network."), 1, "Set-up stopped. No network.\n"),
        (PermissionError(13, "Permission denied"), 1, "Permission denied"),
        (KeyboardInterrupt(), launch.INTERRUPTED, "The same command starts it again."),
    ],
)
def test_a_stopped_set_up_is_a_sentence(
    checkout, handed_over, monkeypatch, capsys, stop, status, sentence
):
    def prepare(*_, **__):
        raise stop

    monkeypatch.setattr("preparation.prepare", prepare)
    checkout.forget()
    assert launch.main([], checkout.root) == status
    assert sentence in capsys.readouterr().err
    assert handed_over == []


def test_the_tests_run_off_screen_from_the_root(checkout, handed_over, monkeypatch):
    monkeypatch.chdir(checkout.folder)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("libreoffice.calc_is_present", lambda: True)
    checkout.record(lines_of(checkout, RUN_TIME_LOCK, DEVELOPMENT_LOCK) | {QT_CAN_LOAD})
    assert launch.main(["--tests"], checkout.root) == 0
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert os.getcwd() == str(checkout.root.resolve())
