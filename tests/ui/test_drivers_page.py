"""The page of drivers: it fills while one looks, stops when told, and every cell opens its path."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from notemodeler.app.driver_maps import MAP_PATHS
from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.app.what_drives import what_drives
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import with_field
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.ui.charts.heat_colours import CIVIDIS, ink_on, luminance, ramp
from notemodeler.ui.document import Document
from notemodeler.ui.outlook.drivers_page import DriversPage
from notemodeler.ui.theme import DARK, LIGHT

ON = date(2019, 2, 1)
PATIENCE = 60_000


def project(**fields):
    made = with_field(ascent_project(), "valuation.valuation_date", ON)
    made = with_field(made, "valuation.policy", HolderPolicy.AT_ONCE)
    for name, value in fields.items():
        made = with_field(made, name.replace("__", "."), value)
    return made


@pytest.fixture
def made_page(qtbot):
    pages = []

    def make(of, shown=True):
        document = Document(of)
        opened = []
        page = DriversPage(document, LIGHT, lambda *told: opened.append(told))
        page.opened = opened
        qtbot.addWidget(page)
        page.resize(1000, 640)
        if shown:
            page.show()
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.document.closing.emit()


@pytest.fixture
def page(made_page, qtbot):
    made = made_page(project())
    wait_for_all(qtbot, made)
    return made


def is_done(page):
    return page.drives is not None and not page.background.is_running and not page._rest.isActive()


def wait_for_all(qtbot, page):
    qtbot.waitUntil(lambda: is_done(page), timeout=PATIENCE)


def test_tornado_and_maps_show_the_figures_of_the_simulation(page):
    found = page.drives
    assert found.tornado.is_complete
    assert [each.is_complete for each in found.maps] == [True, True]
    rows = page.tornado.tornado.rows
    assert [row.label for row in rows] == [bar.label for bar in found.tornado.bars]
    assert page.tornado.tornado.base == found.tornado.base.shares.value
    grid = page.maps[0].map.grid
    assert grid.own == found.maps[0].own
    row, column = grid.own
    assert grid.rows[row].text == "10 days"
    assert grid.columns[column] == ("35 %", "this note")
    assert grid.cells[row][column].value == found.maps[0].cells[row][column].shares.value
    assert f"{MAP_PATHS:,} for each cell; seed 1" in page.bar.basis.text()
    assert "As it stands, the note issues" in page.sentences.words


def test_every_cell_has_its_number_in_a_colour_on_which_it_is_read(page):
    for panel in page.maps:
        assert all(cell.text for line in panel.map.grid.cells for cell in line)
    for step in range(101):
        colour = ramp(step / 100)
        light, dark = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert ramp(0) == QColor(CIVIDIS[0])
    assert ramp(1) == QColor(CIVIDIS[-1])


def test_another_figure_is_shown_without_simulating_again(page):
    found = page.drives
    page.bar.switch.setCurrentIndex(1)
    assert page.drives is found
    assert not page.background.is_running
    row, column = page.maps[1].map.grid.own
    assert page.maps[1].map.grid.cells[row][column].text.startswith("$")
    swings = [abs(row.ends[1].value - row.ends[0].value) for row in page.tornado.tornado.rows]
    assert len(swings) == len(found.tornado.bars)
    assert "costs the company $" in page.sentences.words


def test_a_hidden_page_simulates_nothing_until_it_is_shown(made_page, qtbot):
    page = made_page(project(), shown=False)
    page.document.edit_field("valuation.seed", 2, "Seed")
    qtbot.wait(400)
    assert page.drives is None
    assert not page.background.is_running
    page.show()
    qtbot.waitUntil(lambda: page.background.is_running, timeout=5_000)


def test_cells_come_one_by_one_and_a_stop_greys_what_is_not_whole(made_page, qtbot):
    page = made_page(project(valuation__policy=HolderPolicy.OPTIMAL))
    qtbot.waitUntil(
        lambda: page.drives is not None and 3 <= len(page.drives.maps[0].known) < 30,
        timeout=PATIENCE,
    )
    assert page.background.is_running
    known = page.drives.maps[0].known
    grid = page.maps[0].map.grid
    shown = {
        (row, column)
        for row, line in enumerate(grid.cells)
        for column, cell in enumerate(line)
        if cell.is_known
    }
    assert shown == known
    assert page.bar.progress.isVisible()
    qtbot.mouseClick(page.bar.stop_button, Qt.MouseButton.LeftButton)
    assert not page.background.is_running
    assert page.maps[0].map.is_old
    assert page.maps[1].map.is_old
    assert not page.tornado.tornado.is_old  # it was whole by then
    assert page.bar.stop_button.text() == "Simulate again"
    before = page.drives
    qtbot.wait(300)
    assert page.drives is before
    page.bar.stop_button.click()
    assert page.background.is_running


def test_an_edit_greys_the_picture_and_the_newest_one_wins(page, qtbot):
    page.document.edit_field("valuation.seed", 5, "Seed")
    assert all(panel.view.is_old for panel in page.panels)
    page.document.edit_field("valuation.seed", 6, "Seed")
    wait_for_all(qtbot, page)
    assert page.drives.tornado.seed == 6
    assert not any(panel.view.is_old for panel in page.panels)


def test_an_edit_that_no_figure_hangs_on_changes_nothing(page):
    from dataclasses import replace

    found = page.drives
    page.document.edit(replace(page.document.project, remark="Seen"), "Remark")
    assert page.drives is found
    assert not page._rest.isActive()
    assert not page.tornado.tornado.is_old


def test_the_marked_cell_is_what_another_reader_of_the_document_finds(page):
    from notemodeler.app.measured import Measurer
    from notemodeler.app.simulation import Simulation

    assert what_drives(Measurer(Simulation(page.document.results))) == page.drives


def test_a_click_on_a_cell_opens_its_middle_path(page, qtbot):
    view = page.maps[0].map
    at = view.cell_rect(0, 5).center().toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: bool(page.opened), timeout=PATIENCE)
    simulation, picture, path, title = page.opened[0]
    rule = simulation.results.note.conversion.rule
    assert (rule.lookback_days, rule.discount) == (5, Decimal("0.5"))
    assert picture.paths == MAP_PATHS
    assert title.endswith("with look-back 5 days, discount 50 %")
    assert f"Path {path + 1:,} of seed 1" in title


def test_the_keyboard_walks_over_the_cells_and_opens_one(page, qtbot):
    view = page.maps[1].map
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current == page.drives.maps[1].own
    assert "this note" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    row, column = view.current
    assert (row, column) == (page.drives.maps[1].own[0] - 1, page.drives.maps[1].own[1] + 1)
    assert "±" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.opened), timeout=PATIENCE)
    assert "volatility" in page.opened[0][3]
    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current[1] == len(view.grid.columns) - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current == view.grid.own


def test_the_keyboard_opens_an_end_of_a_driver(page, qtbot):
    view = page.tornado.tornado
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current[0] == 1
    qtbot.keyClick(view, Qt.Key.Key_Left)
    row, end = view.current
    ends = view.rows[row].ends
    assert ends[end].value == min(each.value for each in ends)
    assert "instead of" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.opened), timeout=PATIENCE)
    assert view.rows[row].label.lower() in page.opened[0][3]


def test_a_click_beside_the_base_takes_the_end_on_that_side(page):
    view = page.tornado.tornado
    room = view.rect()
    row = view._row(view.rect().toRectF(), 0)
    left = view.place_at(QPointF(room.left() + 2, row.center().y()))
    right = view.place_at(QPointF(room.right() - 2, row.center().y()))
    ends = view.rows[0].ends
    assert ends[left[1]].value < ends[right[1]].value
    assert view.place_at(QPointF(5, room.bottom() - 1)) is None


def test_a_picture_and_the_figures_can_be_taken_along(page):
    for panel in page.panels:
        image = QImage.fromData(panel.picture("png", 1))
        assert image.width() > 300
        assert b"<svg" in panel.picture("svg")
    page.maps[0].copy_data()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[3] == "35 % (this note)"
    assert len(lines) == 6
    page.tornado.copy_data()
    assert QApplication.clipboard().text().splitlines()[1].count("\t") == 7


def test_pictures_wear_their_own_theme_and_show_no_cursor(page):
    page.set_theme(DARK)
    light = QImage.fromData(page.maps[0].picture("png"))
    assert light.pixelColor(2, 2) == QColor(LIGHT.base)
    assert page.maps[0].view.theme is DARK


def test_without_prices_a_sentence_stands_in_the_place_of_the_pictures(made_page, qtbot):
    page = made_page(project().with_series(PriceSeries()))
    qtbot.waitUntil(lambda: bool(page.sentences.label.text()), timeout=PATIENCE)
    assert "no price" in page.sentences.label.text()
    assert "no price" in page.tornado.tornado.message
    assert page.maps[0].map.is_empty


def test_a_wrong_input_keeps_the_last_good_picture_greyed(page, qtbot):
    page.document.edit_field("note.conversion.rule.lowest_count", 20, "Wrong")
    qtbot.waitUntil(lambda: "no conversion price" in page.sentences.label.text(), timeout=PATIENCE)
    assert page.tornado.tornado.rows
    assert all(panel.view.is_old for panel in page.panels)
    page.maps[0].map.choose((0, 0))
    page.maps[0].map.open_current()
    assert not page.opener.is_running  # an old cell has no path to open
    page.document.undo_stack.undo()
    wait_for_all(qtbot, page)
    assert not any(panel.view.is_old for panel in page.panels)


def test_a_fixed_price_leaves_one_map(made_page, qtbot):
    page = made_page(
        project(
            note__conversion__rule__composition=PriceComposition.FIXED,
            note__conversion__rule__fixed_price=Decimal("0.001"),
        )
    )
    wait_for_all(qtbot, page)
    assert page.maps[0].isHidden()
    assert page.maps[1].isVisible()
    assert "conversion price is fixed" in page.sentences.words


def test_another_note_of_a_book_of_sixteen_is_followed(made_page, qtbot):
    book = with_field(ascent_book(), "valuation.policy", HolderPolicy.AT_ONCE)
    page = made_page(with_field(book, "valuation.valuation_date", ON))
    qtbot.waitUntil(lambda: page.drives is not None, timeout=PATIENCE)
    page.document.select_note(2)
    assert page.tornado.view.is_old
    qtbot.waitUntil(
        lambda: page.drives.tornado.is_complete and not page.tornado.view.is_old, timeout=PATIENCE
    )
    assert page._measurer.simulation.results.note_index == 2


def test_a_tip_says_a_cell_in_one_sentence(page):
    view = page.maps[0].map
    place = view.place_at(QPointF(view.cell_rect(1, 2).center()))
    assert place == (1, 2)
    tip = view.grid.cells[1][2].tip
    assert tip.startswith("Look-back 10 days, discount 35 % (this note): shares issued ")
    assert view.place_at(QPointF(QPoint(1, 1))) is None
