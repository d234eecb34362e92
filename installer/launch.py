"""Decide what was asked for, set up what it needs, and hand over to it."""

import os
import subprocess
import sys
from pathlib import Path

from environment import Environment, lock_for

ROOT = Path(__file__).resolve().parent.parent
TESTS = "--tests"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
INTERRUPTED = 130
UTF_8_LOCALE = "C.UTF-8"


def command(environment: Environment, arguments: list[str]) -> list[str]:
    """The command to run in the environment; -P keeps stray files here from being imported."""
    start = [str(environment.interpreter), "-P", "-m"]
    if arguments[:1] == [TESTS]:
        return [*start, "pytest", *arguments[1:]]
    return [*start, "notemodeler", *arguments]


def hand_over(words: list[str], platform: str = sys.platform) -> int:
    """Become the program; Windows cannot, so there it runs as a child."""
    sys.stdout.flush()
    sys.stderr.flush()
    if platform != "win32":
        os.execv(words[0], words)
    with subprocess.Popen(words) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def will_open_window(arguments: list[str]) -> bool:
    """A command such as quote opens none; without a display the program does without one."""
    asks = not arguments or arguments[0].startswith("-") or os.path.exists(arguments[0])
    return asks and any(os.environ.get(name) for name in DISPLAYS)


def set_up(environment: Environment, tests: bool, arguments: list[str]) -> int:
    """Set up, and turn a stop on the way into a sentence; 0 means that all is ready."""
    import preparation

    try:
        needs_qt = tests or will_open_window(arguments)
        preparation.prepare(environment, tests=tests, needs_qt=needs_qt)
    except preparation.SetUpError as stop:
        print(f"Set-up stopped. {stop}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Set-up stopped. The system says: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted. The same command starts it again.", file=sys.stderr)
        return INTERRUPTED
    return 0


def get_ready_for_tests(environment: Environment) -> None:
    """Work from the root, off-screen, with LibreOffice if possible, in a locale without warnings."""
    import locale

    import libreoffice

    if not libreoffice.calc_is_present():
        libreoffice.provide(environment.turn_file)
    os.chdir(environment.root)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "linux" and locale.getencoding() != "UTF-8":
        os.environ["LC_ALL"] = UTF_8_LOCALE


def main(arguments: list[str], root: Path = ROOT) -> int:
    tests = arguments[:1] == [TESTS]
    environment = Environment(root)
    if not environment.is_ready(lock_for(tests)):
        status = set_up(environment, tests, arguments)
        if status:
            return status
    if tests:
        get_ready_for_tests(environment)
    return hand_over(command(environment, arguments))
