"""Starting: what is not loaded before the first paint, and what happens without a display."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from notemodeler.ui.start import has_display

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAINT = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
app = QApplication([])
from notemodeler.ui.assembly import assemble
window, recovery = assemble("light")
class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(json.dumps(sorted(sys.modules)))
            sys.stdout.flush()
            os._exit(0)
        return False
first = First()
app.installEventFilter(first)
window.show()
app.exec()
"""
HEAVY = ("numpy", "pyqtgraph", "openpyxl", "holidays", "exchange_calendars", "pandas", "defusedxml")


def run(*command, **environ):
    wanted = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    wanted = {name: value for name, value in wanted.items() if value}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=wanted, check=False
    )


def test_nothing_heavy_is_loaded_before_the_first_paint():
    done = run(sys.executable, "-c", FIRST_PAINT, QT_QPA_PLATFORM="offscreen")
    loaded = json.loads(done.stdout.splitlines()[0])
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_looked_for_where_there_may_be_none(platform, environ, expected):
    assert has_display(platform, environ) is expected


def test_without_a_display_the_main_job_is_done_all_the_same(tmp_path):
    done = run(
        sys.executable, "-c",
        f"import os, sys; os.chdir({str(tmp_path)!r}); from notemodeler.__main__ import main; sys.exit(main([]))",
        DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    for name in ("ascent.xlsx", "ascent.png"):
        assert str(tmp_path / name) in done.stdout
        assert (tmp_path / name).stat().st_size > 10_000


def test_smoke_opens_fills_and_ends():
    done = run(sys.executable, "-m", "notemodeler", "--smoke", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert "painted" in done.stdout


def test_a_missing_document_is_one_sentence_without_a_display(tmp_path):
    done = run(
        sys.executable, "-m", "notemodeler", str(tmp_path / "gone.note"),
        DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="",
    )  # fmt: skip
    assert done.returncode == 2
    assert "gone.note" in done.stdout
    assert "Traceback" not in done.stderr
