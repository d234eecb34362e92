"""Starting: what is not loaded before the first paint, and what happens without a display."""

import importlib.util
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
from notemodeler.ui import first_paint, start
class Told(first_paint.FirstPaint):
    def __init__(self, window, then):
        super().__init__(window, lambda: tell(window))
def tell(window):
    print(json.dumps([sorted(sys.modules), window.document.is_at_rest]))
    sys.stdout.flush()
    os._exit(0)
first_paint.FirstPaint = Told
start.main(["--theme", "light"])
"""
HEAVY = (
    "numpy",
    "pyqtgraph",
    "openpyxl",
    "holidays",
    "exchange_calendars",
    "pandas",
    "defusedxml",
    "pyxirr",
)
OURS_FOR_LATER = (
    "notemodeler.engines", "notemodeler.app.results", "notemodeler.app.why", "notemodeler.app.asides",
    "notemodeler.app.session", "notemodeler.io.atomic_file", "notemodeler.io.document", "notemodeler.io.file_lock",
    "notemodeler.io.price_files", "notemodeler.io.recovery", "notemodeler.io.workbook",
    "notemodeler.ui.charts.chart", "notemodeler.ui.charts.view", "notemodeler.ui.command_palette",
    "notemodeler.ui.export_desk", "notemodeler.ui.file_desk", "notemodeler.ui.import_preview",
    "notemodeler.ui.questions", "notemodeler.ui.tables.closures_table", "notemodeler.ui.tables.ledger_table",
    "notemodeler.ui.tables.price_paste", "notemodeler.ui.tables.schedule_table",
    "notemodeler.ui.tables.share_counts", "notemodeler.ui.why.layout",
)  # fmt: skip


def run(*command, **environ):
    wanted = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    wanted = {name: value for name, value in wanted.items() if value}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=wanted, check=False
    )


@pytest.fixture(scope="module")
def at_first_paint():
    """The modules loaded when the window has been painted, and whether its document is at rest."""
    done = run(sys.executable, "-c", FIRST_PAINT, QT_QPA_PLATFORM="offscreen")
    assert done.stdout, done.stderr
    return json.loads(done.stdout.splitlines()[0])


def test_nothing_heavy_is_loaded_before_the_first_paint(at_first_paint):
    loaded, _ = at_first_paint
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_of_our_own_only_what_the_first_paint_shows_is_loaded(at_first_paint):
    loaded, is_at_rest = at_first_paint
    assert is_at_rest
    assert "notemodeler.ui.forms.terms_form" in loaded
    assert [name for name in OURS_FOR_LATER if name in loaded] == []


def test_what_is_loaded_later_still_goes_by_these_names():
    for name in OURS_FOR_LATER:
        assert importlib.util.find_spec(name) is not None, name


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
    assert done.stderr == ""
    for name in ("ascent.xlsx", "ascent.png"):
        assert str(tmp_path / name) in done.stdout
        assert (tmp_path / name).stat().st_size > 10_000


def test_smoke_opens_fills_and_ends():
    done = run(sys.executable, "-m", "notemodeler", "--smoke", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    painted, filled = (float(line.split()[1]) for line in done.stdout.splitlines())
    assert 0 < painted < filled


def test_a_missing_document_is_one_sentence_without_a_display(tmp_path):
    done = run(
        sys.executable, "-m", "notemodeler", str(tmp_path / "gone.note"),
        DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="",
    )  # fmt: skip
    assert done.returncode == 2
    assert "gone.note" in done.stdout
    assert "Traceback" not in done.stderr
