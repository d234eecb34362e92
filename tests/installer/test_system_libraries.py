"""Finding what Qt lacks on a Linux system, and naming the packages that hold it."""

import sys
from pathlib import Path

import PySide6
import pytest
import system_libraries
from system_libraries import A_FONT, debian_packages, missing, not_found

LDD_ON_A_BARE_DEBIAN = """
.venv/lib/python3.11/site-packages/PySide6/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffd5a5f2000)
\tlibshiboken6.abi3.so.6.11 => .venv/shiboken6/libshiboken6.abi3.so.6.11 (0x00007f2)
\tlibEGL.so.1 => not found
\tlibglib-2.0.so.0 => not found
\tlibgthread-2.0.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2b)
.venv/lib/python3.11/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibQt6Absent.so.6 => not found
"""


def test_ldd_is_read():
    assert not_found(LDD_ON_A_BARE_DEBIAN) == {
        "libEGL.so.1",
        "libglib-2.0.so.0",
        "libgthread-2.0.so.0",
        "libxcb-cursor.so.0",
    }


def test_each_package_is_named_once():
    packages, unknown = debian_packages(not_found(LDD_ON_A_BARE_DEBIAN) | {A_FONT})
    assert packages == ["fonts-dejavu-core", "libegl1", "libglib2.0-0", "libxcb-cursor0"]
    assert unknown == []


def test_a_thing_without_a_known_package_is_reported():
    assert debian_packages({"libnew.so.9", "libz.so.1"}) == (["zlib1g"], ["libnew.so.9"])


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_lack_nothing(monkeypatch, tmp_path, platform):
    monkeypatch.setattr(system_libraries, "_ldd", lambda files: LDD_ON_A_BARE_DEBIAN)
    monkeypatch.setattr(system_libraries, "_font_folders", list)
    assert missing(tmp_path, platform) == set()


def test_a_linux_without_fonts_lacks_one(monkeypatch, tmp_path):
    monkeypatch.setattr(system_libraries, "_ldd", lambda files: "")
    monkeypatch.setattr(system_libraries, "_font_folders", lambda: [tmp_path / "fonts"])
    assert missing(tmp_path, "linux") == {A_FONT}
    (tmp_path / "fonts" / "dejavu").mkdir(parents=True)
    (tmp_path / "fonts" / "dejavu" / "DejaVuSans.TTF").touch()
    assert missing(tmp_path, "linux") == set()


def test_a_system_without_ldd_is_not_held_up(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert system_libraries._ldd(["libqxcb.so"]) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the names of the files are Linux's")
@pytest.mark.parametrize("pattern", system_libraries.QT_FILES)
def test_the_installed_qt_has_the_files_that_are_checked(pattern):
    assert list(Path(PySide6.__file__).parent.glob(pattern))
