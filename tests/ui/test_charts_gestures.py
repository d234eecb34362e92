"""Tests of mouse and keys on the charts, with real events sent to the plots."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from notemodeler.domain.issuer import Split
from notemodeler.engines.words import price_text

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
MOVE, PRESS, RELEASE = (
    QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _cursor_in_march(panel, document):
    document.move_cursor(date(2019, 3, 5))


def send(view, kind, at, button=NONE, buttons=NONE):
    port = view.viewport()
    where = QPointF(port.mapToGlobal(at.toPoint()))
    event = QMouseEvent(kind, at, where, button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(port, event)


def drag(view, start, end, steps=10):
    send(view, MOVE, start)
    send(view, PRESS, start, LEFT, LEFT)
    for k in range(1, steps + 1):
        send(view, MOVE, start + (end - start) * (k / steps), NONE, LEFT)
    send(view, RELEASE, end, LEFT, NONE)


def free_spot(panel, place=60):
    """A point at the top of the explain view, where no price is."""
    plane = panel.charts[0].view.plane
    return QPointF(plane.x(place), plane.rect.top() + 3)


def point_of_price(panel, day):
    explain = panel.charts[0]
    place = panel.desk.place(day)
    return explain.view.plane.point(place, float(explain.price.values[place]))


def test_the_mouse_moves_the_cursor_of_the_document(panel, document):
    send(panel.charts[1].view, MOVE, QPointF(panel.charts[1].view.plane.x(100), 20))
    assert document.cursor_day == panel.desk.days[100]


def test_fast_moves_are_followed_once_a_frame_and_the_last_one_counts(qtbot, panel, document):
    view, seen = panel.charts[0].view, []
    document.cursor_moved.connect(seen.append)
    for place in range(40, 90):
        send(view, MOVE, free_spot(panel, place))
    assert len(seen) < 25
    qtbot.waitUntil(lambda: document.cursor_day == panel.desk.days[89], timeout=1000)


def test_a_click_pins_the_day_and_a_second_lets_go(panel, document):
    view, at = panel.charts[0].view, free_spot(panel)
    for pinned in (True, False):
        send(view, PRESS, at, LEFT, LEFT)
        send(view, RELEASE, at, LEFT)
        assert panel.desk.is_pinned is pinned
    assert document.cursor_day == panel.desk.days[60]


def test_a_pinned_day_stays_when_the_mouse_moves(panel, document):
    panel.desk.set_pinned(True)
    send(panel.charts[0].view, MOVE, free_spot(panel, 10))
    assert document.cursor_day == date(2019, 3, 5)


@pytest.mark.parametrize(
    ("key", "modifier", "day"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, date(2019, 3, 6)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, date(2019, 3, 4)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, date(2019, 3, 12)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, date(2019, 2, 26)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, date(2019, 4, 5)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier, date(2019, 2, 5)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, date(2018, 7, 2)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, date(2019, 8, 1)),
    ],
)
def test_keys_move_the_cursor(qtbot, panel, document, key, modifier, day):
    qtbot.keyClick(panel.charts[2].view, key, modifier)
    assert document.cursor_day == day


def test_the_cursor_takes_the_days_in_sight_with_it(qtbot, panel, document):
    panel.desk.zoom(panel.desk.cursor, 0.1)
    qtbot.keyClick(panel.charts[0].view, Qt.Key.Key_Home)
    assert panel.desk.first <= 0 <= panel.desk.last


def test_the_wheel_zooms_around_the_pointer_and_0_shows_all(qtbot, panel):
    view, desk = panel.charts[1].view, panel.desk
    whole = desk.last - desk.first
    at = QPointF(view.plane.x(100), 20)
    wheel = QWheelEvent(
        at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120), NONE,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert desk.last - desk.first == pytest.approx(0.8 * whole)
    assert view.plane.x(100) == pytest.approx(at.x())
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert desk.last - desk.first == whole


def test_dragging_the_plot_pans_and_never_beyond_the_days(panel):
    desk = panel.desk
    desk.zoom(100, 0.25)
    first, view = desk.first, panel.charts[1].view
    start = QPointF(view.plane.x(100), 15)
    drag(view, start, start + QPointF(-view.plane.day_width * 10, 0))
    assert desk.first == pytest.approx(first + 10)
    drag(view, start, start + QPointF(5000, 0))
    assert desk.first == -0.5 - max(1.0, 0.008 * len(desk.days))
    assert not desk.is_pinned


def test_a_double_click_shows_all_days(qtbot, panel):
    whole = panel.desk.last - panel.desk.first
    panel.desk.zoom(100, 0.25)
    view = panel.charts[0].view
    qtbot.mouseDClick(view.viewport(), LEFT, pos=free_spot(panel).toPoint())
    assert panel.desk.last - panel.desk.first == whole


def test_a_price_is_dragged_in_one_named_step_that_undoes(panel, document):
    day = date(2019, 3, 4)
    before = document.project
    start = point_of_price(panel, day)
    view = panel.charts[0].view
    aim = view.plane.y(0.0031)
    drag(view, start, QPointF(start.x(), aim))
    price = document.results.series.price_on(day)
    assert abs(price - Decimal("0.0031")) <= Decimal(str(2 * view.plane.pixel_worth(0.0031)))
    assert price == price.quantize(Decimal("0.00001"))
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == f"Drag bid of Mar 4, 2019 to {price_text(price)}"
    document.undo_stack.undo()
    assert document.project is before


def test_a_price_of_an_adjusted_series_is_dragged_in_dollars_of_its_day(panel, document):
    series = dataclasses.replace(document.project.prices[0], is_split_adjusted=True)
    document.edit(document.project.with_series(series), "Adjusted")
    document.edit_field("issuer.splits", (Split(date(2019, 6, 3), 2),), "Split")
    day, later = date(2019, 3, 4), date(2019, 7, 1)
    known = document.results.series.price_on(day)
    assert panel.charts[0].price.values[panel.desk.place(day)] == pytest.approx(float(known) / 2)
    view = panel.charts[0].view
    start = point_of_drawn_price(panel, day)
    drag(view, start, QPointF(start.x(), view.plane.y(0.0020)))
    drawn = panel.charts[0].price.values[panel.desk.place(day)]
    assert drawn == pytest.approx(0.0020, abs=2 * view.plane.pixel_worth(0.002))
    assert float(document.results.series.price_on(day)) == pytest.approx(2 * drawn)
    document.move_cursor(date(2019, 3, 5))
    window = panel.charts[0].windows[0]
    assert window.levels[-1] == pytest.approx(drawn)
    start = point_of_drawn_price(panel, later)
    drag(view, start, start + QPointF(0, -9))
    drawn = panel.charts[0].price.values[panel.desk.place(later)]
    assert float(document.results.series.price_on(later)) == pytest.approx(drawn)


def point_of_drawn_price(panel, day):
    place = panel.desk.place(day)
    return panel.charts[0].view.plane.point(place, panel.charts[0].price.values[place])


def test_two_drags_are_two_steps(panel, document):
    view = panel.charts[0].view
    for _ in range(2):
        start = point_of_price(panel, date(2019, 3, 4))
        drag(view, start, start + QPointF(0, -12))
    assert document.undo_stack.count() == 2


def test_the_conversion_price_follows_while_the_price_is_dragged(panel, document):
    day, view = date(2019, 2, 20), panel.charts[0].view
    after = panel.desk.place(date(2019, 2, 27))
    start, before = point_of_price(panel, day), panel.charts[0].conversion.values[after]
    send(view, PRESS, start, LEFT, LEFT)
    send(view, MOVE, start + QPointF(0, 60), NONE, LEFT)
    assert panel.charts[0].conversion.values[after] < before
    send(view, RELEASE, start + QPointF(0, 60), LEFT)


def test_the_scale_stays_while_a_price_is_dragged_and_fits_afterwards(panel):
    view = panel.charts[0].view
    start, plane = point_of_price(panel, date(2018, 7, 9)), view.plane
    send(view, PRESS, start, LEFT, LEFT)
    send(view, MOVE, QPointF(start.x(), plane.rect.top() - 50), NONE, LEFT)
    assert (view.plane.low, view.plane.high) == (plane.low, plane.high)
    send(view, RELEASE, QPointF(start.x(), plane.rect.top() - 50), LEFT)
    assert view.plane.high > plane.high


def test_escape_puts_the_dragged_price_back(qtbot, panel, document):
    before, view = document.project, panel.charts[0].view
    start = point_of_price(panel, date(2019, 3, 4))
    send(view, PRESS, start, LEFT, LEFT)
    send(view, MOVE, start + QPointF(0, -40), NONE, LEFT)
    assert document.project != before
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert document.project == before
    send(view, MOVE, start + QPointF(0, -80), NONE, LEFT)
    send(view, RELEASE, start + QPointF(0, -80), LEFT)
    assert document.project == before
    assert not document.undo_stack.canUndo()
    assert not document.undo_stack.canRedo()


def test_a_price_can_not_be_dragged_to_zero(panel, document):
    view, start = panel.charts[0].view, point_of_price(panel, date(2019, 3, 4))
    drag(view, start, QPointF(start.x(), view.plane.rect.bottom() + 40))
    assert document.results.series.price_on(date(2019, 3, 4)) == Decimal("0.00001")


def test_the_menu_is_ours(qtbot, panel):
    from notemodeler.ui.charts.chart_menu import chart_menu

    menu = chart_menu(panel)
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert texts == [
        "Copy Picture", "Copy Data", "Save Picture as PNG…", "Save Picture as SVG…",
        "Save Picture as PDF…", "Show All Days",
    ]  # fmt: skip
    with qtbot.waitSignal(panel.save_requested) as asked:
        menu.actions()[4].trigger()
    assert asked.args == ["svg"]


def test_a_right_click_on_a_plot_opens_the_menu(qtbot, panel):
    port = panel.charts[1].view.viewport()
    at = QPoint(200, 30)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at))
    QApplication.sendEvent(port, event)
    menu = panel.findChild(QMenu, "charts.menu")
    assert menu is not None
    assert menu.isVisible()
    menu.close()
