"""An edit in the window of a book of fifty notes over ten years, to everything repainted, view by view.

Run: python tests/benchmarks/bench_book_window.py. The book is that of bench_book.py. Exit code 1 if an
edit takes more than 100 ms at the 95th percentile, or more than its part of showing the whole document
anew, in any view. The milliseconds mean something on an idle machine only; the ratios hold anywhere.
"""

import os
import sys
import tempfile
from functools import partial
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NOTEMODELER_HOME"] = tempfile.mkdtemp()
sys.path.insert(0, os.path.dirname(__file__))

from bench_book import EDITS, SELECTED, whole_book
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from notemodeler.ui.assembly import assemble
from notemodeler.ui.idle_memory import IdleMemory
from notemodeler.ui.views import VIEWS

RUNS, MOST, OF_ALL = 20, 100.0, 0.5


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def taken(action) -> float:
    """Milliseconds until everything is repainted."""
    start = perf_counter()
    action()
    QApplication.processEvents()
    return (perf_counter() - start) * 1000


def make(document, edit, run: int, words: str) -> None:
    document.edit(edit(document.project, run), words)


def bench(window, view: str) -> int:
    document, book = window.document, whole_book()
    window.views.show_view(view)
    settle()
    anew = sorted(taken(lambda: document.load(whole_book())) for _ in range(3))[1]
    document.load(book)
    document.select_note(SELECTED)
    settle()
    over = 0
    for words, edit in EDITS.items():
        times = sorted(taken(partial(make, document, edit, run, words)) for run in range(RUNS))
        middle, high = times[RUNS // 2], times[int(RUNS * 0.95)]
        over += high > MOST or middle > OF_ALL * anew
        print(
            f"  {view:10} {words:34} p50 {middle:6.1f}  p95 {high:6.1f} ms  {middle / anew:.2f} of all anew"
        )
    chosen = sorted(taken(lambda at=at: document.select_note(at)) for at in range(0, 40, 2))
    print(f"  {view:10} {'selecting a note':34} p50 {chosen[10]:6.1f}  p95 {chosen[18]:6.1f} ms")
    return over


def main() -> int:
    qInstallMessageHandler(lambda *_: None)
    application = QApplication.instance() or QApplication(sys.argv)
    application.setStyle("Fusion")
    window = assemble("light")
    window.resize(1440, 900)
    window.show()
    window.fill()
    settle()
    IdleMemory(window.document).begin()  # as the program does once its window is filled
    over = sum(bench(window, kind.name) for kind in VIEWS)
    window.document.undo_stack.setClean()
    window.close()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
