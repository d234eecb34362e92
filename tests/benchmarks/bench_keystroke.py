"""One keystroke in the whole window, to everything repainted, against a bare redraw of its charts, in one run.

Run: python tests/benchmarks/bench_keystroke.py. Keys are typed into the real editor of a term and into
a real cell of the price table; the live fair value is worked out and painted with them. Exit code 1 if a
bound is passed: 16.7 ms at the 95th percentile and twice the bare redraw for a 250-day note, 50 ms for
ten years, and 1.6 times the same keystroke without the fair value. The milliseconds mean something on
an idle machine only; the ratios hold anywhere.
"""

import os
import sys
import tempfile
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NOTEMODELER_HOME"] = tempfile.mkdtemp()
sys.path.insert(0, os.path.dirname(__file__))

from bench_charts import bare_panel, long_project, plain_plots
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from notemodeler.ui.assembly import assemble

ROUNDS = 120
FRAME, TEN_YEARS, BARE, CARD = 16.7, 50.0, 2.0, 1.6
MULTIPLIER = "note.conversion.rule.multiplier"


def taken(action, rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round with everything repainted, sorted."""
    times = []
    for place in range(rounds):
        start = perf_counter()
        action(place)
        QApplication.processEvents()
        times.append((perf_counter() - start) * 1000)
    return sorted(times)


def middle(times: list[float]) -> float:
    return times[len(times) // 2]


def high(times: list[float]) -> float:
    return times[int(len(times) * 0.95)]


def type_into_term(window):
    """The last digit of the multiplier is typed over and over: 60, 61, 62 …"""
    editor = window.form.editor(MULTIPLIER)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "60")

    def act(place: int) -> None:
        editor.setCursorPosition(2)
        editor.setSelection(1, 1)
        QTest.keyClicks(editor, str(place % 10))

    return act


def change_a_price(window):
    """A price of the middle of the table changes, as a typed cell or a dragged point makes it."""
    model = window.prices.model
    row = max(0, model.rowCount() - 40)

    def act(place: int) -> None:
        model.type_text(row, 1, f"0.002{place % 10}1")

    return act


def bench(days: int, bound: float) -> int:
    window = assemble("light")
    window.resize(1320, 840)
    window.document.load(long_project(days))
    window.show()
    window.fill()
    settled = perf_counter() + 1.0
    while perf_counter() < settled:  # the first finer fair value is done
        QApplication.processEvents()
    window.activateWindow()
    plain = plain_plots(window.charts)
    for action in (bare_panel(window.charts), plain):
        taken(action, 20)
    bare, of_plain = taken(bare_panel(window.charts)), taken(plain)
    window.charts.refresh()
    print(
        f"{days} days: bare redraw of the charts p50 {middle(bare):.1f} ms, "
        f"three plain pyqtgraph plots p50 {middle(of_plain):.1f} ms"
    )
    over = 0
    for words, action in (
        ("a key in a term", type_into_term(window)),
        ("a price", change_a_price(window)),
    ):
        taken(action, 20)
        times = taken(action)
        ratio = middle(times) / middle(of_plain)
        print(
            f"  {words:16} p50 {middle(times):6.1f}  p95 {high(times):6.1f} ms (bound {bound})   "
            f"{ratio:.2f} x plain plots, {middle(times) / middle(bare):.2f} x bare panel"
        )
        over += high(times) > bound or ratio > BARE
    over += bench_card(window)
    window.document.undo_stack.setClean()
    window.close()
    plain.window.close()
    return over


def bench_card(window) -> bool:
    """The same key with and without the live fair value, in turns."""
    action = type_into_term(window)
    shown: list[float] = []
    hidden: list[float] = []
    for _ in range(4):
        for times, is_shown in ((shown, True), (hidden, False)):
            window.worth.setVisible(is_shown)
            taken(action, 10)
            times += taken(action, ROUNDS // 4)
    window.worth.setVisible(True)
    ratio = middle(sorted(shown)) / middle(sorted(hidden))
    points = window.worth.found.work.points if window.worth.found else 0
    print(
        f"  fair value       p50 {middle(sorted(shown)):6.1f}  without {middle(sorted(hidden)):6.1f} ms   "
        f"{ratio:.2f} x (bound {CARD}), {points} returns a day"
    )
    return ratio > CARD


def main() -> int:
    qInstallMessageHandler(lambda *_: None)
    application = QApplication.instance() or QApplication(sys.argv)
    application.setStyle("Fusion")
    over = bench(250, FRAME) + bench(2520, TEN_YEARS)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
