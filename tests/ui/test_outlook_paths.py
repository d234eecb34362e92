"""The outlook in the window: it refines, follows edits, rests while hidden, and opens the paths behind figures."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from time import monotonic

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.app.simulation import Simulation
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.ui.document import Document
from notemodeler.ui.outlook.outlook_view import PATH, PATHS, OutlookView
from notemodeler.ui.theme import DARK, LIGHT

ON = date(2019, 2, 1)
WAIT = 20_000


def project(made=None, paths=3_000, policy=HolderPolicy.AT_ONCE):
    found = made or ascent_project()
    for name, value in (("valuation_date", ON), ("paths", paths), ("policy", policy)):
        found = with_field(found, f"valuation.{name}", value)
    return found


@pytest.fixture
def shown(qtbot):
    """Makes a view of a project that is in sight."""
    made = []

    def show(of):
        document = Document(of)
        view = OutlookView(document, LIGHT)
        made.append(document)
        qtbot.addWidget(view)
        view.resize(1100, 760)
        view.show()
        qtbot.waitExposed(view)
        return view

    yield show
    for document in made:
        document.closing.emit()


@pytest.fixture
def view(shown, qtbot):
    made = shown(project())
    qtbot.waitUntil(lambda: made.is_settled, timeout=WAIT)
    return made


def settle(qtbot, view):
    qtbot.waitUntil(lambda: view.is_settled, timeout=WAIT)


def opened(view, monkeypatch):
    """The paths that are asked for, which are not shown."""
    asked = []
    view.paths.path_wanted.disconnect(view.show_path)
    view.paths.path_wanted.connect(lambda *what: asked.append(what))
    return asked


def test_the_picture_shown_is_that_of_the_simulation_with_the_same_seed(view):
    page = view.paths
    again = Simulation(view.document.results).picture()
    row = page.table.model.rows[0]
    assert row.mean.value == again.notes[0].issued.mean.value
    chart = page.charts.charts[0]
    assert chart.rows[2][-1] == pytest.approx(again.price.rows[2][-1])
    assert "3,000 of 3,000 paths simulated, seed 1" in page.progress.words.text()
    assert "3,000 paths, seed 1" in page.table.caption.text()


def test_standard_errors_fall_as_the_picture_refines(shown, qtbot):
    view = shown(project(paths=20_000))
    errors, page = [], view.paths
    page.background.reported.connect(
        lambda step: (
            errors.append((step.outlook.paths, step.outlook.relative_errors))
            if step.outlook
            else None
        )
    )
    page.follow()
    settle(qtbot, view)
    found = dict(errors)
    assert found[2_048][0] > page.outlook.relative_errors[0]
    assert page.outlook.paths == 20_000


def test_a_cancelled_simulation_says_what_its_figures_are(shown, qtbot):
    view = shown(project(paths=2_000_000))
    page = view.paths
    qtbot.waitUntil(lambda: page.outlook is not None and not page.is_showing, timeout=WAIT)
    page.progress.run_button.click()
    assert view.is_settled
    assert page.progress.words.text().startswith("Cancelled; the figures are those of ")
    assert page.progress.run_button.text() == "Simulate again"
    shown_paths = page.outlook.paths
    qtbot.wait(60)
    assert page.outlook.paths == shown_paths < 2_000_000


def test_the_newest_edit_wins(view, qtbot):
    for percent in (80, 120, 160):
        view.document.edit_field(
            "valuation.volatility", Decimal(percent) / 100, "Change volatility"
        )
    settle(qtbot, view)
    assert view.paths.outlook.simulation.inputs.volatility == 1.6
    assert view.paths.outlook.simulation.results.project is view.document.project


def test_a_hidden_view_simulates_nothing_and_catches_up(view, qtbot):
    view.hide()
    before = view.paths.outlook
    view.document.edit_field("valuation.seed", 7, "Change seed to 7")
    qtbot.wait(80)
    assert not view.paths.background.is_running
    assert view.paths.outlook is before
    view.show()
    settle(qtbot, view)
    assert view.paths.outlook.seed == 7


def test_a_view_hidden_in_the_middle_stops_and_begins_anew(shown, qtbot):
    view = shown(project(paths=2_000_000))
    qtbot.waitUntil(lambda: view.paths.outlook is not None, timeout=WAIT)
    view.hide()
    assert not view.paths.background.is_running
    view.document.edit_field("valuation.paths", 2_500, "Change paths")
    view.show()
    settle(qtbot, view)
    assert view.paths.outlook.paths == 2_500


def test_a_document_without_prices_says_so_and_keeps_the_last_picture_veiled(view, qtbot):
    page = view.paths
    view.document.edit(view.document.project.with_series(PriceSeries()), "Remove prices")
    qtbot.waitUntil(lambda: not page.background.is_running, timeout=WAIT)
    assert "There is no price to go on from" in page.sentences.label.text()
    assert page.charts.charts[0].is_old
    assert page.table.is_old
    view.document.undo_stack.undo()
    settle(qtbot, view)
    assert not page.charts.charts[0].is_old


def test_a_document_that_never_had_prices_shows_a_sentence(shown, qtbot):
    view = shown(project().with_series(PriceSeries()))
    page = view.paths
    qtbot.waitUntil(lambda: not page.background.is_running, timeout=WAIT)
    assert "There is no price" in page.charts.charts[0].message
    assert page.outlook is None


def test_a_book_of_sixteen_notes_is_shown_as_one_and_note_by_note(shown, qtbot):
    view = shown(project(ascent_book(), paths=2_048))
    settle(qtbot, view)
    page = view.paths
    first = page.table.model.rows[0].mean.value
    page.progress.scope_box.setCurrentIndex(1)
    page.progress.scope_box.activated.emit(1)
    settle(qtbot, view)
    assert page.table.model.rows[0].mean.value > first
    assert page.charts.frames[2].face.title == "Shares outstanding"
    assert page.tabs.isTabVisible(1)
    page.tabs.setCurrentIndex(1)
    titles = [row.title for row in page.notes.model.rows]
    assert titles[-1] == "All notes"
    assert len(titles) == len(page.outlook.picture.outcome.notes) + 1
    page.notes.row_opened.emit(2)
    assert view.document.note_index == page.outlook.notes[2].place


def test_a_single_note_offers_no_book(view):
    assert not view.paths.progress.scope_box.isEnabled()
    assert not view.paths.tabs.isTabVisible(1)


@pytest.mark.parametrize(
    ("column", "level"), [(2, 0.05), (3, 0.25), (4, 0.5), (5, 0.75), (6, 0.95)]
)
def test_a_percentile_opens_the_path_at_which_it_lands(view, monkeypatch, column, level):
    asked, page = opened(view, monkeypatch), view.paths
    page.table.view.doubleClicked.emit(page.table.model.index(0, column))
    simulation, picture, path, title = asked[0]
    assert path == picture.path_at(level)
    assert picture is page.outlook.picture
    assert simulation is page.outlook.simulation
    assert title.startswith(f"Power Up note, $130,000: {round(100 * level)} % of “Shares issued”: ")


def test_the_button_opens_the_percentile_of_the_current_cell(view, monkeypatch):
    asked, page = opened(view, monkeypatch), view.paths
    assert not page.table.path_button.isEnabled()
    page.table.view.setCurrentIndex(page.table.model.index(8, 6))
    page.table.path_button.click()
    assert asked[0][2] == page.scope.row("cost").spread.quantile_paths[4]


def test_a_click_in_a_fan_opens_a_path_that_is_there_on_the_day(view, monkeypatch):
    asked, page = opened(view, monkeypatch), view.paths
    chart = page.charts.charts[0]
    place = page.outlook.known_days + 60
    at = chart.view.plane.point(place, chart.rows[1][place])
    QTest.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    path = asked[0][2]
    price = page.outlook.picture.outcome.prices[60, path]
    assert price == pytest.approx(chart.rows[1][place], rel=0.05)
    past = chart.view.plane.point(5, chart.curves[0].values[5])
    assert not chart.drag.is_near(QPointF(past))


def test_bars_and_marks_of_the_distribution_open_paths_by_mouse_and_keys(view, monkeypatch):
    asked, page = opened(view, monkeypatch), view.paths
    histogram = page.distribution.chart.view
    assert histogram.bars.parts
    histogram.setFocus()
    QTest.keyClick(histogram, Qt.Key.Key_Right)
    QTest.keyClick(histogram, Qt.Key.Key_Return)
    spread = page.scope.row("issued").spread
    assert asked[-1][2] == next(path for path in spread.bar_paths if path is not None)
    histogram.mark_opened.emit(2)
    assert asked[-1][2] == page.outlook.picture.path_at(0.5)
    histogram.bar_opened.emit(len(spread.bar_paths))
    assert asked[-1][2] == spread.beyond_path


def test_choosing_a_figure_shows_its_distribution(view):
    page = view.paths
    rows = [row.name for row in page.table.model.rows]
    for name in ("gone", "cost", "matured"):
        page.table.view.setCurrentIndex(page.table.model.index(rows.index(name), 1))
        assert page.distribution.title == page.scope.row(name).label
        assert page.distribution.picture("png").startswith(b"\x89PNG")
    page.table.view.setCurrentIndex(page.table.model.index(rows.index("gone_before"), 1))
    assert page.distribution.chart.view.bars is None
    assert "A chance has no distribution" in page.distribution.chart.view.message


def test_a_path_comes_to_the_front_and_the_button_leads_back(view, qtbot):
    page = view.paths
    page.open_level("issued", 4)
    assert view.currentIndex() == PATH
    path = view.page_at(PATH)
    qtbot.waitUntil(lambda: path.path is not None, timeout=WAIT)
    assert path.path.path == page.outlook.picture.path_at(0.95)
    path.back_button.click()
    assert view.currentIndex() == PATHS
    page.open_level("issued", 0)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert view.currentIndex() == PATHS


def test_rough_figures_offer_more_paths_as_one_edit(shown, qtbot):
    view = shown(project(paths=400, policy=HolderPolicy.OPTIMAL))
    settle(qtbot, view)
    button = view.paths.progress.more_button
    assert button.isVisibleTo(view)
    button.click()
    assert view.document.project.valuation.paths > 400
    assert view.document.undo_stack.undoText().startswith("Change paths to ")


def test_charts_and_tables_are_described_and_copied(view):
    page = view.paths
    for stack in (page.charts, page.distribution):
        stack.describe()
        assert all(drawing.view.accessibleDescription() for drawing in stack.drawings)
        assert "\t" in stack.shown_data()
        for kind in ("png", "svg", "pdf"):
            assert len(stack.picture(kind)) > 2000
    heads = page.charts.shown_data().splitlines()[0]
    assert "Price of a share, median, s.e." in heads
    page.table.copy_all()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0].startswith("Figure\tMean\t5 %")
    assert view.shown_charts is page.charts


def test_the_view_wears_both_themes_and_veils_in_both(view):
    page = view.paths
    view.set_theme(DARK)
    assert page.table.model.inked.name() == DARK.text
    page.set_old(True)
    assert page.table.model.inked.name() == DARK.muted
    page.set_old(False)
    view.set_theme(LIGHT)
    assert page.table.model.inked.name() == LIGHT.text


CLOSING = """
import sys, threading
from datetime import date
from PySide6.QtWidgets import QApplication
from notemodeler.domain.project import with_field
from notemodeler.ui.assembly import assemble
app = QApplication([])
window = assemble("light")
window.show()
window.fill()
made = with_field(window.document.project, "valuation.valuation_date", date(2019, 2, 1))
window.document.load(with_field(made, "valuation.paths", 5_000_000))
window.show_view("outlook")
page = window.views.view("outlook").paths
while page.outlook is None:
    app.processEvents()
assert page.background.is_running
window.close()
app.processEvents()
assert not page.background.is_running
print("closed", [t.name for t in threading.enumerate() if t.name.startswith("background")])
"""


def test_closing_the_window_in_the_middle_of_a_simulation_exits_cleanly(tmp_path):
    import os

    space = {**os.environ, "NOTEMODELER_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    started = monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CLOSING], env=space, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "closed []" in done.stdout
    assert "Traceback" not in done.stderr
    assert monotonic() - started < 30
