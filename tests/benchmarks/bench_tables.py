"""How fast the tables are: ratios to Qt's own sort model, to a frame and to the budget, taken in one run."""

import dataclasses
import itertools
import statistics
import time
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication

from notemodeler.app.sample import ascent_project
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.engines.price_arrays import bar_arrays
from notemodeler.ui.document import Document
from notemodeler.ui.tables.ledger_table import LedgerTable
from notemodeler.ui.tables.price_columns import QUOTED
from notemodeler.ui.tables.price_model import PriceModel
from notemodeler.ui.tables.price_table import PriceTable
from notemodeler.ui.tables.schedule_table import ScheduleTable
from notemodeler.ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

ROWS = 250_000
FRAME_MS = 16.7
FLOAT_ROLE = int(Qt.ItemDataRole.UserRole)


def milliseconds(work, times):
    """The durations of so many runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


@pytest.fixture(scope="module")
def long_project():
    """Prices on 250,000 days: the years before the calendar make up the number."""
    draw, start = Random(1), date(1340, 1, 1)
    bars = tuple(
        PriceBar(start + timedelta(place), Decimal(draw.randint(1, 99_999)).scaleb(-5))
        for place in range(ROWS)
    )
    return ascent_project().with_series(PriceSeries(bars=bars))


class FloatModel(PriceModel):
    """The same rows with a role of ready floats: the kindest case for the proxy."""

    def __init__(self, document, theme):
        super().__init__(document, theme)
        self._floats = [float(bar.price) for bar in self.series.bars] + [0.0]

    def data(self, index, role=0):
        return self._floats[index.row()] if role == FLOAT_ROLE else super().data(index, role)


def test_sorting_beats_the_proxy_model(qapp, long_project):
    model = FloatModel(Document(long_project), LIGHT)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setSortRole(FLOAT_ROLE)
    (slow,) = milliseconds(lambda: proxy.sort(QUOTED), 1)
    proxy.setSourceModel(None)
    bar_arrays(model.series)  # the charts have made them when the document was opened
    cold = milliseconds(lambda: model.sort(QUOTED, Qt.SortOrder.AscendingOrder), 1)[0]
    print(f"\nsort {ROWS:,} rows: proxy {slow:,.0f} ms; ours {cold:.1f} ms ({slow / cold:,.0f}x)")
    assert slow / cold >= 500


def test_a_quarter_million_rows_show_and_scroll_within_a_frame(qapp, long_project):
    table = PriceTable(Document(long_project), LIGHT)
    table.resize(900, 400)
    start = time.perf_counter()
    table.show()
    QApplication.processEvents()
    shown = (time.perf_counter() - start) * 1000
    bar = table.view.verticalScrollBar()

    def scroll():
        bar.setValue((bar.value() + 7_777) % bar.maximum())
        QApplication.processEvents()

    scrolled = sorted(milliseconds(scroll, 60))
    p95 = scrolled[56]
    print(
        f"\n{ROWS:,} rows: show {shown:.1f} ms, scroll median {scrolled[30]:.1f} ms, p95 {p95:.1f} ms"
    )
    table.close()
    assert p95 <= FRAME_MS


def test_building_the_tables_is_cheap(qapp):
    document = Document(ascent_project())
    for kind in (PriceTable, LedgerTable, ScheduleTable):
        kept = []
        taken = statistics.median(
            milliseconds(lambda kind=kind, kept=kept: kept.append(kind(document, LIGHT)), 9)
        )
        print(f"\n{kind.__name__}: built in {taken:.2f} ms")
        assert taken < 8


def test_one_changed_price_is_taken_over_at_once(qapp):
    document = Document(ascent_project())
    table = PriceTable(document, LIGHT)
    table.resize(900, 400)
    table.show()
    QApplication.processEvents()
    table.setUpdatesEnabled(False)
    states = [document.project]
    for place in range(40):
        series = states[-1].prices[0]
        bars = list(series.bars)
        bars[-place - 1] = PriceBar(bars[-place - 1].date, Decimal("0.0042"))
        states.append(states[-1].with_series(dataclasses.replace(series, bars=tuple(bars))))
    taken = []
    document.changed.disconnect(table._follow)
    for before, after in itertools.pairwise(states):
        document.edit(after, "Change a bid")
        assert document.results.quoter  # what the charts and the card have asked for by then
        start = time.perf_counter()
        table._follow(before, after)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    print(f"\none price changed: median {taken[20]:.3f} ms, p95 {taken[37]:.3f} ms")
    table.close()
    assert taken[20] < 0.7
