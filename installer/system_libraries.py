"""The shared libraries that Qt takes from a Linux system.

PySide6 brings Qt along, but not the libraries of the desktop below it. The
files that the program loads are asked for what they miss.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

QT_FILES = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtTest.abi3.so",
    "QtPrintSupport.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so",
    "Qt/plugins/platforminputcontexts/libibus*.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/imageformats/libqsvg.so",
    "Qt/plugins/imageformats/libqjpeg.so",
)

DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

A_FONT = "a TrueType font"
FONT_PACKAGE = "fonts-dejavu-core"
FONT_ENDINGS = (".ttf", ".otf", ".ttc")


def missing(site_packages: Path, platform: str = sys.platform) -> set[str]:
    """What Qt would miss on this machine; Windows and macOS have it all."""
    if platform != "linux":
        return set()
    absent = not_found(_ldd(_qt_files(site_packages)))
    return absent if _any_font(_font_folders()) else absent | {A_FONT}


def debian_packages(missing_things: Iterable[str]) -> tuple[list[str], list[str]]:
    """The packages that hold these things, and the things that no known package holds."""
    table = {**DEBIAN_PACKAGES, A_FONT: FONT_PACKAGE}
    packages = {table[thing] for thing in missing_things if thing in table}
    return sorted(packages), sorted(set(missing_things) - set(table))


def not_found(ldd_output: str) -> set[str]:
    """The library names that ldd could not find. Qt's own parts are not the system's."""
    names = {line.split()[0] for line in ldd_output.splitlines() if "=> not found" in line}
    return {name for name in names if not name.startswith("libQt6")}


def _qt_files(site_packages: Path) -> list[str]:
    folder = site_packages / "PySide6"
    return [str(path) for pattern in QT_FILES for path in sorted(folder.glob(pattern))]


def _ldd(files: list[str]) -> str:
    """What the system's loader says; nothing where it cannot be asked."""
    try:
        answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout


def _font_folders() -> list[Path]:
    home = Path(os.path.expanduser("~"))
    data = os.environ.get("XDG_DATA_HOME") or home / ".local/share"
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/run/current-system/sw/share/X11/fonts"),
        home / ".fonts",
        Path(data) / "fonts",
    ]


def _any_font(folders: Iterable[Path]) -> bool:
    return any(
        name.lower().endswith(FONT_ENDINGS)
        for folder in folders
        for _, _, names in os.walk(folder)
        for name in names
    )
