"""Start Note Modeler from a checkout; the first start sets up what is missing.

    python3 installer/start.py                  the window
    python3 installer/start.py ARGUMENTS ...    any other job of the program
    python3 installer/start.py --tests ...      the tests, with pytest's arguments

This file keeps to syntax that an old Python 3 can read, so that it can say
that it is too old.
"""

import os
import sys

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")


def first_on_path(names: "tuple[str, ...]") -> "str | None":
    """The first of these programs that the search path offers, or None."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    for name in names:
        if any(os.path.isfile(os.path.join(folder, name)) for folder in folders):
            return name
    return None


def too_old_message(version: "tuple[int, ...]", newer: "str | None") -> str:
    """Say what is wrong and what to type instead."""
    message = "Note Modeler needs Python 3.11 or newer; this is Python {}.{}.".format(*version)
    if newer:
        return message + " Type instead: {} installer/start.py".format(newer)
    return message + " Install a newer Python, and start installer/start.py with it."


def main(arguments: "list[str]") -> int:
    if sys.version_info < OLDEST_PYTHON:
        newer = first_on_path(NEWER_PYTHONS)
        sys.stderr.write(too_old_message(sys.version_info[:2], newer) + "\n")
        return 1
    import launch

    return launch.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
