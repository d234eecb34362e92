"""First paint against a bare window, filled charts against a bare one that imports pyqtgraph: ratios in one run.

Run: python tests/benchmarks/bench_start.py [runs]. Exit code 1 if a ratio is over its bound.
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

PAINTED = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            app.removeEventFilter(self)
            QTimer.singleShot(0, after_paint)
        return False
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
app.setStyle("Fusion")
window = QMainWindow()
window.resize(1320, 840)
first = First(); app.installEventFilter(first)
def after_paint():
    os.write(1, b"painted\\n")
    FILL
    os.write(1, b"filled\\n")
    os._exit(0)
window.show()
app.exec()
"""
OURS = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
app.setStyle("Fusion")
from notemodeler.ui.assembly import assemble
window, recovery = assemble("light")
first = First(); app.installEventFilter(first)
def after_paint():
    os.write(1, b"painted\\n")
    window.fill()
    app.processEvents()
    os.write(1, b"filled\\n")
    os._exit(0)
window.show()
app.exec()
"""


def timed(script: str, home: str) -> tuple[float, float]:
    """Seconds from spawn to first paint, and to the charts being filled."""
    environ = {**os.environ, "NOTEMODELER_HOME": home, "PYTHONPATH": str(ROOT)}
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environ)
    marks = []
    for line in process.stdout:
        if line.strip() in (b"painted", b"filled"):
            marks.append(time.perf_counter() - began)
    process.wait()
    return marks[0], marks[1]


def main(runs: int) -> int:
    scripts = {
        "bare": PAINTED + BARE.replace("FILL", "pass"),
        "bare + pyqtgraph": PAINTED + BARE.replace("FILL", "import pyqtgraph"),
        "ours": PAINTED + OURS,
    }
    taken = {name: [] for name in scripts}
    with tempfile.TemporaryDirectory() as home:
        for script in scripts.values():
            timed(script, home)
        for _ in range(runs):
            for name, script in scripts.items():
                taken[name].append(timed(script, home))
    paint = [ours[0] / bare[0] for ours, bare in zip(taken["ours"], taken["bare"], strict=True)]
    fill = [
        ours[1] / bare[1]
        for ours, bare in zip(taken["ours"], taken["bare + pyqtgraph"], strict=True)
    ]
    for name, times in taken.items():
        painted, filled = (
            statistics.median(each[place] for each in times) * 1000 for place in (0, 1)
        )
        print(f"{name:18} painted {painted:6.0f} ms   filled {filled:6.0f} ms")
    over = 0
    for words, ratios, bound in (
        ("first paint", paint, FIRST_PAINT),
        ("charts filled", fill, CHARTS_FILLED),
    ):
        middle = statistics.median(ratios)
        print(
            f"{words:14} {middle:.2f} x (min {min(ratios):.2f}, max {max(ratios):.2f}), bound {bound}"
        )
        over += middle > bound
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
