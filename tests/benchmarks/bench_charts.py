"""How long the three charts take after an edit, against a bare redraw of the same curves, in one run.

Run it by name: `python tests/benchmarks/bench_charts.py`. Ratios count, milliseconds depend on the machine.
"""

import os
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from notemodeler.app.sample import ascent_project
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.project import Project
from notemodeler.io.trading_calendar import nyse_calendar
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.theme import LIGHT

ROUNDS = 120
SIZE = (1000, 640)


def long_project(days: int) -> Project:
    """The sample with so many days of prices that end where its own end, funded when they begin."""
    project = ascent_project()
    series = project.prices[0]
    if days <= len(series.bars):
        return project
    last = series.dates[-1]
    dates = nyse_calendar().last_through(last, days)
    prices = [bar.price for bar in series.bars if bar.price is not None]
    bars = tuple(PriceBar(day, prices[k % len(prices)]) for k, day in enumerate(dates))
    return replace(project, prices=(replace(series, bars=bars),))


def measured(action) -> list[float]:
    """Milliseconds of each round, sorted."""
    times = []
    for round_number in range(ROUNDS):
        start = perf_counter()
        action(round_number)
        QApplication.processEvents()
        times.append((perf_counter() - start) * 1000)
    return sorted(times)


def edit_term(document: Document):
    """Another multiplier at each round, as if it were typed."""

    def act(k: int) -> None:
        value = Decimal(60 + k % 10) / 100
        document.edit_field("note.conversion.rule.multiplier", value, "Change multiplier")

    return act


def edit_price(document: Document):
    """Another price of one day at each round, as in dragging it."""

    def act(k: int) -> None:
        project = document.project
        series = project.prices[0]
        at = len(series.bars) - 60
        bar = replace(series.bars[at], price=Decimal("0.002") + Decimal(k % 9) / 100000)
        bars = (*series.bars[:at], bar, *series.bars[at + 1 :])
        document.edit(project.with_series(replace(series, bars=bars)), "Change price")

    return act


def move_cursor(document: Document):
    days = document.results.chart_days

    def act(k: int) -> None:
        document.move_cursor(days[len(days) // 2 + k % 60])

    return act


def bare_panel(panel: ChartPanel):
    """The same plots and the same arrays, already worked out: only the painting is left."""
    curves = [curve for chart in panel.charts for curve in chart.curves]
    known = [(curve.values, curve.values * (1 + 1e-4)) for curve in curves]

    def act(k: int) -> None:
        for curve, values in zip(curves, known, strict=True):
            curve.set_values(values[k % 2])
        for chart in panel.charts:
            chart.draw()

    return act


def plain_plots(panel: ChartPanel):
    """Three ordinary pyqtgraph plots with the same curves and nothing else."""
    import pyqtgraph as pg

    window = QWidget()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    lines = []
    for chart, frame in zip(panel.charts, panel.frames, strict=True):
        plot = pg.PlotWidget(background="w")
        plot.setDownsampling(auto=True, mode="peak")
        plot.setClipToView(True)
        layout.addWidget(plot, frame.face.stretch)
        for curve in chart.curves:
            x, y = curve.item.getData()
            options = curve.item.opts
            line = plot.plot(
                x, y, pen=options["pen"], connect="finite",
                fillLevel=options["fillLevel"], brush=options["brush"],
            )  # fmt: skip
            lines.append((line, x, (y, y * (1 + 1e-4))))
    window.resize(*SIZE)
    window.show()

    def act(k: int) -> None:
        for line, x, values in lines:
            line.setData(x, values[k % 2])

    act.window = window
    return act


def show_times(name: str, times: list[float], bare: float, plain: float) -> None:
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(
        f"  {name:34} p50 {middle:7.2f} ms   p95 {high:7.2f} ms   "
        f"x bare panel {middle / bare:5.2f}   x plain plots {middle / plain:5.2f}"
    )


def bench(days: int) -> None:
    document = Document(long_project(days))
    panel = ChartPanel(document, LIGHT)
    panel.resize(*SIZE)
    panel.show()
    QApplication.processEvents()
    start = perf_counter()
    panel.fill()
    filled = (perf_counter() - start) * 1000
    document.move_cursor(date(2019, 3, 5))
    QApplication.processEvents()
    print(
        f"{days} days of prices, {len(document.results.chart_days)} in the charts, filled in {filled:.0f} ms"
    )
    plain = plain_plots(panel)
    for action in (bare_panel(panel), plain, edit_term(document)):
        measured(action)
    panel.refresh()
    plain_times = measured(plain)
    bare_times = measured(bare_panel(panel))
    bare, of_plain = bare_times[ROUNDS // 2], plain_times[ROUNDS // 2]
    show_times("plain pyqtgraph plots", plain_times, bare, of_plain)
    show_times("bare redraw of the panel", bare_times, bare, of_plain)
    panel.refresh()
    for name, action in (
        ("a term is edited, all repainted", edit_term(document)),
        ("a price is edited, all repainted", edit_price(document)),
        ("the cursor moves", move_cursor(document)),
    ):
        show_times(name, measured(action), bare, of_plain)
    panel.close()
    plain.window.close()


def main() -> int:
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform is talkative
    application = QApplication.instance() or QApplication(sys.argv)
    application.setStyle("Fusion")
    start = perf_counter()
    import pyqtgraph  # noqa: F401 - the import is what is measured

    print(f"pyqtgraph imported in {(perf_counter() - start) * 1000:.0f} ms")
    for days in (250, 2520):
        bench(days)
    return 0


if __name__ == "__main__":
    sys.exit(main())
