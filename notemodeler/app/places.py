"""Where the program keeps its own files on each system, and where it finds what came with it."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import notemodeler
from notemodeler.domain.issues import UserError

HOME_VARIABLE = "NOTEMODELER_HOME"
"""One folder for everything, for tests and for a program on a stick."""

PROGRAM, PROGRAM_ON_LINUX = "Note Modeler", "notemodeler"


class Places(NamedTuple):
    """The program's own files; the folders are made when something is written there."""

    settings: Path
    """A file, the others are folders."""
    recovery: Path
    cache: Path
    logs: Path


def find_places(
    environ: Mapping[str, str] | None = None,
    platform: str = sys.platform,
    home: Path | None = None,
) -> Places:
    """The places of this user on this system; raises `UserError` if there is no home folder."""
    environ = os.environ if environ is None else environ
    if own := environ.get(HOME_VARIABLE):
        folder = Path(own).absolute()
        return Places(
            folder / "settings.json", folder / "recovery", folder / "cache", folder / "logs"
        )
    home = _home() if home is None else home
    if platform == "win32":
        return _windows(environ, home)
    return _macos(home) if platform == "darwin" else _linux(environ, home)


def resource(name: str) -> Path:
    """A file that came with the program, by its path under `resources/` with forward slashes.

    A checkout has it at its root, an installed program inside the package. Raises
    `FileNotFoundError` if it is in neither.
    """
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise ValueError(f"{name!r} is no path inside the resources")
    package = Path(notemodeler.__file__).resolve().parent
    for folder in (package / "_resources", package.parent / "resources"):
        if (found := folder.joinpath(*parts)).exists():
            return found
    raise FileNotFoundError(f"the program came without {name}")


def _linux(environ: Mapping[str, str], home: Path) -> Places:
    def base(variable: str, fallback: str) -> Path:
        value = environ.get(variable, "")
        # The XDG rules say that a relative path is to be ignored.
        return (Path(value) if os.path.isabs(value) else home / fallback) / PROGRAM_ON_LINUX

    state = base("XDG_STATE_HOME", ".local/state")
    return Places(
        settings=base("XDG_CONFIG_HOME", ".config") / "settings.json",
        recovery=state / "recovery",
        cache=base("XDG_CACHE_HOME", ".cache"),
        logs=state / "logs",
    )


def _windows(environ: Mapping[str, str], home: Path) -> Places:
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / PROGRAM
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / PROGRAM
    return Places(roaming / "settings.json", local / "recovery", local / "cache", local / "logs")


def _macos(home: Path) -> Places:
    library = home / "Library"
    support = library / "Application Support" / PROGRAM
    return Places(
        support / "settings.json",
        support / "recovery",
        library / "Caches" / PROGRAM,
        library / "Logs" / PROGRAM,
    )


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise UserError(
            "Your home folder could not be found.", f"Set {HOME_VARIABLE} to a folder of your own."
        ) from error
