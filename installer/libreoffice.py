"""LibreOffice Calc, which some tests use to calculate the workbooks anew."""

import os
import shutil
from pathlib import Path

import apt
import one_at_a_time
from speech import say

PACKAGES = ["libreoffice-calc"]
CALC_LIBRARIES = ("libsclo.so", "libsclo.dylib", "sclo.dll")
USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "LibreOffice/program/soffice.exe"),
)


def provide(turn_file: Path) -> None:
    """Install Calc where apt may; elsewhere say what the tests will leave out."""
    with one_at_a_time.turn(turn_file):
        if calc_is_present() or (apt.is_here() and apt.install(PACKAGES)):
            return
    say("LibreOffice Calc is missing, so the tests that need it will be skipped.")
    if apt.is_here():
        say(f"To have them too, type: {apt.command_to_type(PACKAGES)}")


def calc_is_present() -> bool:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    places = [Path(found)] if found else [place for place in USUAL_PLACES if place.exists()]
    return any(_has_calc(place) for place in places)


def _has_calc(program: Path) -> bool:
    """An office can be installed without Calc; an unknown layout is taken to have it."""
    folder = Path(os.path.realpath(program)).parent
    if folder.name != "program":
        return True
    return any((folder / library).exists() for library in CALC_LIBRARIES)
