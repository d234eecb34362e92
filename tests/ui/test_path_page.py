"""A simulated path in the explain view: shown as the note is, and not to be edited."""

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt

from notemodeler.app.sample import ascent_project
from notemodeler.app.simulation import Simulation
from notemodeler.domain.project import with_field
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.ui.document import Document
from notemodeler.ui.outlook.path_page import PathPage
from notemodeler.ui.theme import DARK, LIGHT

ON = date(2019, 2, 1)
PATIENCE = 30_000


@pytest.fixture
def simulation():
    project = with_field(ascent_project(), "valuation.valuation_date", ON)
    project = with_field(project, "valuation.policy", HolderPolicy.AT_ONCE)
    return Simulation(Document(project).results, paths_wanted=800, seed_wanted=1)


@pytest.fixture
def picture(simulation):
    return simulation.picture()


@pytest.fixture
def page(qtbot, simulation):
    made = PathPage(Document(simulation.results.project), LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def show(qtbot, page, simulation, picture, path, title="A path"):
    before = page.path
    page.show_path(simulation, picture, path, title)
    qtbot.waitUntil(lambda: page.path is not None and page.path is not before, timeout=PATIENCE)


def test_a_path_is_shown_under_its_title_with_what_came_of_it(qtbot, page, simulation, picture):
    path = picture.path_at(0.95)
    title = f"Path {path + 1:,} of seed 1: 95th percentile of shares issued"
    show(qtbot, page, simulation, picture, path, title)
    assert page.title.text() == title
    assert "simulated from Feb 4, 2019" in page.sentences.words
    assert page.parts.charts.isVisible()
    assert page.parts.table.model.rowCount() == len(page.path.booked) > 0
    chart = page.parts.charts.charts[0]
    assert any("simulated from" in event.text for event in chart.events)
    assert page.shown_charts is page.parts.charts


def test_the_card_says_why_the_price_of_a_simulated_day_is_what_it_is(
    qtbot, page, simulation, picture
):
    path = picture.path_at(0.5)
    show(qtbot, page, simulation, picture, path)
    trace = picture.trace(path)
    document = page.parts.document
    document.move_cursor(trace.days[60])
    assert page.parts.why.why is not None
    shown = float(document.results.quote(trace.days[60]).price.conversion_price)
    assert shown == pytest.approx(float(trace.conversion_prices[60]), rel=1e-5)
    assert page.parts.why.day_label.text().startswith(trace.days[60].strftime("%a, %b"))


def test_a_row_of_the_table_leads_to_its_day(qtbot, page, simulation, picture):
    show(qtbot, page, simulation, picture, picture.path_at(0.95))
    page.parts.table.row_chosen.emit(0)
    assert page.parts.document.cursor_day == page.path.booked[0].date


def test_nothing_can_be_edited(qtbot, page, simulation, picture):
    show(qtbot, page, simulation, picture, 3)
    document = page.parts.document
    before = document.project
    document.edit_field("note.interest.rate", 0, "No")
    document.edit(ascent_project(), "No")
    assert document.project is before
    assert document.undo_stack.count() == 0
    chart = page.parts.charts.charts[0]
    plane, values = chart.view.plane, chart.price.values
    place = len(values) // 2
    at = plane.point(place, float(values[place]))
    assert not chart.bid_drag.is_near(at)
    qtbot.mousePress(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    chart.bid_drag.move(QPointF(at.x(), at.y() - 40))
    qtbot.mouseRelease(chart.view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert document.project is before


def test_the_note_s_own_chart_still_lets_a_bid_be_dragged(qtbot, panel):
    chart = panel.charts[0]
    values = chart.price.values
    place = len(values) // 2
    assert chart.bid_drag.is_near(chart.view.plane.point(place, float(values[place])))


def test_another_path_takes_the_place_of_the_first(qtbot, page, simulation, picture):
    show(qtbot, page, simulation, picture, picture.path_at(0.1))
    first = page.parts
    show(qtbot, page, simulation, picture, picture.path_at(0.9), "Another")
    assert page.parts is first
    assert page.title.text() == "Another"
    assert first.document.project is page.path.results.project
    assert first.table.model.rowCount() == len(page.path.booked)
    day = page.path.days[-1]
    shown = first.charts.charts[0].price.values[first.charts.desk.place(day)]
    assert shown == pytest.approx(float(page.path.results.series.price_on(day)))


def test_the_newest_of_two_requests_is_shown(qtbot, page, simulation, picture):
    page.show_path(simulation, picture, 5, "First")
    show(qtbot, page, simulation, picture, 9, "Second")
    qtbot.wait(200)
    assert (page.path.path, page.title.text()) == (9, "Second")


def test_escape_and_the_button_lead_back(qtbot, page, simulation, picture):
    show(qtbot, page, simulation, picture, 3)
    with qtbot.waitSignal(page.back_wanted):
        qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_it_wears_a_theme_before_and_after_the_first_path(qtbot, page, simulation, picture):
    page.set_theme(DARK)
    show(qtbot, page, simulation, picture, 3)
    assert page.parts.charts.theme is DARK
    page.set_theme(LIGHT)
    assert page.parts.charts.theme is LIGHT


def test_after_an_edit_the_path_says_that_it_is_of_the_inputs_before(qtbot, simulation, picture):
    document = Document(simulation.results.project)
    other = PathPage(document, LIGHT)
    qtbot.addWidget(other)
    other.show()
    show(qtbot, other, simulation, picture, 3)
    assert "edited since" not in other.sentences.label.text()
    document.edit_field("valuation.seed", 4, "Seed")
    assert "edited since" in other.sentences.label.text()
    assert other.parts.isVisible()
    show(qtbot, other, simulation, picture, 4)
    assert "edited since" not in other.sentences.label.text()
