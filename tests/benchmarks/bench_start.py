"""First paint against a bare window, filled charts against a bare window and pyqtgraph: ratios in one run.

Run: python tests/benchmarks/bench_start.py [runs]. Exit code 1 if a ratio is over its bound. Ours is
the real entry point (`notemodeler --smoke`); every script runs once before, so that byte code exists
as it does for whoever starts a program the second time.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAINT, CHARTS_FILLED = 1.35, 1.15

BARE = """
import os
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
app.setStyle("Fusion")
window = QMainWindow()
window.resize(1320, 840)
def after_paint():
    os.write(1, b"painted\\n")
    FILL
    os.write(1, b"filled\\n")
    os._exit(0)
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, after_paint)
        return False
first = FirstPaint(window)
window.winId()
window.windowHandle().installEventFilter(first)
window.show()
app.exec()
"""
OURS = """
from notemodeler.__main__ import main
main(["--smoke", "--theme", "light"])
"""
SCRIPTS = {
    "bare": BARE.replace("FILL", "pass"),
    "bare + pyqtgraph": BARE.replace("FILL", "import pyqtgraph"),
    "ours": OURS,
}


def surroundings(home: str) -> dict[str, str]:
    """The environment of a start: off-screen unless a screen is asked for, byte code kept in the home."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    own = {"NOTEMODELER_HOME": home, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{home}/pyc"}
    return {**environ, **own}


def timed(script: str, home: str) -> tuple[float, float]:
    """Seconds from spawn to first paint, and to the charts being filled."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings(home),
    )
    marks = []
    for line in process.stdout:
        if line.startswith((b"painted", b"filled")):
            marks.append(time.perf_counter() - began)
    process.wait()
    return marks[0], marks[1]


def main(runs: int) -> int:
    taken = {name: [] for name in SCRIPTS}
    with tempfile.TemporaryDirectory() as home:
        for script in SCRIPTS.values():
            timed(script, home)
        for _ in range(runs):
            for name, script in SCRIPTS.items():
                taken[name].append(timed(script, home))
    for name, times in taken.items():
        painted, filled = (
            statistics.median(each[place] for each in times) * 1000 for place in (0, 1)
        )
        print(f"{name:18} painted {painted:6.0f} ms   filled {filled:6.0f} ms")
    over = 0
    for words, place, floor, bound in (
        ("first paint", 0, "bare", FIRST_PAINT),
        ("charts filled", 1, "bare + pyqtgraph", CHARTS_FILLED),
    ):
        pairs = zip(taken["ours"], taken[floor], strict=True)
        ratios = [ours[place] / bare[place] for ours, bare in pairs]
        middle = statistics.median(ratios)
        print(
            f"{words:14} {middle:.2f} x (min {min(ratios):.2f}, max {max(ratios):.2f}), bound {bound}"
        )
        over += middle > bound
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
