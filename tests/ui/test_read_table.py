"""Tables to read, lines of figures, bars and the remark: the parts that the views are made of."""

from collections import namedtuple
from datetime import date
from decimal import Decimal
from math import nan

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.app.sample_book import BOOK_NAME
from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import FLAG, PRICE, RATE, SHARES, TEXT
from notemodeler.ui.assembly import assemble
from notemodeler.ui.charts.bars import Bar, BarPanel
from notemodeler.ui.charts.desk import LooseDesk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import MONEY, PERCENT, PRICES
from notemodeler.ui.charts.scales import SHARES as COUNTS
from notemodeler.ui.charts.shown import Dated, Line, Shown
from notemodeler.ui.remark_bar import RemarkBar
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import LIGHT

Row = namedtuple("Row", "name price part shares flag")
COLUMNS = (
    Column("Name", lambda row: row.name, TEXT, 10, "", "name"),
    Column("Price", lambda row: row.price, PRICE, 10, "", "price"),
    Column("Part", lambda row: row.part, RATE, 10, "", "part"),
    Column("Shares", lambda row: row.shares, SHARES, 10, "", "shares"),
    Column("Flag", lambda row: row.flag, FLAG, 6, "", "flag"),
)
ROWS = (
    Row("a", Decimal("0.0036"), Decimal("0.0126"), 1000, True),
    Row("b", Decimal("0.123456789012"), Decimal("0.25"), None, False),
)


@pytest.fixture
def table(qtbot, document):
    made = ReadTable(document, LIGHT, "read", "Read", COLUMNS)
    qtbot.addWidget(made)
    made.show_rows(ROWS, frozenset((1,)), caption="Two rows", remark="A remark.")
    made.show()
    return made


def texts(table, column):
    return [table.model.text(row, column) for row in range(table.model.rowCount())]


def test_prices_and_parts_of_a_column_have_the_same_decimals(table):
    assert texts(table, 1) == ["0.00360000", "0.12345679"]
    assert texts(table, 2) == ["1.26 %", "25.00 %"]


def test_nothing_is_a_dash_and_no_is_left_out(table):
    assert texts(table, 3) == ["1,000", "–"]
    assert texts(table, 4) == ["yes", ""]


def test_a_copy_has_every_digit_and_a_table_for_word(table):
    table.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Name\tPrice\tPart\tShares\tFlag"
    assert lines[2].split("\t")[1] == "0.123456789012"
    assert "<table>" in QGuiApplication.clipboard().mimeData().html()
    assert table.status.text() == "A remark. 2 rows copied."


def test_other_columns_come_with_other_rows(table):
    table.show_rows(ROWS, columns=(COLUMNS[0], COLUMNS[3]))
    assert table.model.columnCount() == 2
    assert texts(table, 1) == ["1,000", "–"]
    assert not table.view.horizontalHeader().stretchLastSection()
    table.show_rows(ROWS, columns=(COLUMNS[3], COLUMNS[0]))
    assert table.view.horizontalHeader().stretchLastSection()


def test_nothing_is_typed_into_a_table_to_read(table):
    assert not table.model.flags(table.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    QTest.keyClick(table.view, Qt.Key.Key_Delete)
    assert texts(table, 0) == ["a", "b"]


# Lines.

DAYS = tuple(date(2019, 7, day) for day in range(1, 11))
ENTRY = Entry("cash", "bid", Mark.STRONG_LINE, "cash")
FACE = Face("lines.chart", "Lines", "What the lines show", (ENTRY,), 10)


@pytest.fixture
def lines(qtbot, document):
    desk = LooseDesk(document)
    made = LinePanel("lines", "Lines", (LineFace(FACE, MONEY),), desk, LIGHT)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def show(lines, values, **more):
    line = Line(ENTRY, values, "Cash")
    lines.show_figures(DAYS, (Shown((line,), summary="In words.", **more),), "Lines")


def test_a_line_shows_the_figure_of_the_day_under_its_own_cursor(lines, document):
    values = [float(k) for k in range(10)]
    show(lines, values)
    lines.desk.point_at(4)
    lines.show_cursor()
    assert dict(lines.frames[0].values) == {"": "Jul 5, 2019", "cash": "$4.00"}
    assert document.cursor_day != DAYS[4]


def test_a_day_without_a_figure_shows_none(lines):
    show(lines, [nan] * 5 + [1.0] * 5)
    assert dict(lines.frames[0].values) == {"": "Jul 1, 2019"}


def test_single_figures_beyond_measure_do_not_set_the_scale(lines):
    show(lines, [1e9, *[100.0] * 9], top=300.0)
    assert lines.charts[0].view.plane.high < 500


def test_words_of_events_stand_over_the_lines(lines):
    show(lines, [100.0] * 10)
    before = lines.charts[0].view.plane.high
    show(lines, [100.0] * 10, events=(Dated(DAYS[3], "crossing"),))
    assert lines.charts[0].view.plane.high > before


def test_a_message_stands_where_there_is_nothing_to_show(lines):
    show(lines, (), message="Enter prices.")
    lines.describe()
    assert lines.charts[0].message == "Enter prices."
    assert lines.frames[0].accessibleDescription() == "Enter prices."


def test_every_scale_words_its_figures():
    assert PRICES.text(0.0017) == "$0.0017"
    assert MONEY.text(1234.5) == "$1,234.50"
    assert PERCENT.text(0.0499) == "5.0 %"
    assert COUNTS.text(1500.0) == "1,500"
    assert [text for _, text in PERCENT.ticks(0.0, 0.02, 4)][:2] == ["0.0 %", "0.5 %"]


# Bars.


@pytest.fixture
def bars(qtbot):
    made = BarPanel("bars", Face("bars.chart", "Bars", "What the bars show", (), 10), LIGHT)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_bars_are_chosen_by_keys_and_by_the_mouse(bars, qtbot):
    rows = [Bar(f"row {k}", 0.0, float(k), str(k)) for k in range(3)]
    bars.show_bars(rows, "Bars", ("Row", "Figure"))
    view = bars.chart.view
    with qtbot.waitSignal(view.row_chosen) as told:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert told.args == [0]
    with qtbot.waitSignal(view.row_chosen) as told:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center() / 2)
    assert told.args[0] in (1, 2)


def test_bars_copy_their_labels_and_figures(bars):
    bars.show_bars([Bar("a", 0.0, 1.0, "one")], "Bars", ("Row", "Figure"))
    bars.copy_data()
    assert QGuiApplication.clipboard().text() == "Row\tFigure\na\tone\n"


def test_bars_below_zero_go_to_the_left(bars):
    bars.show_bars([Bar("a", 0.0, -1.0, "-1"), Bar("b", 0.0, 1.0, "1")], "Bars", ("", ""))
    image = bars.chart.view.grab().toImage()
    ground = image.pixelColor(250, image.height() - 10)
    upper = [x for x in range(40, 460) if image.pixelColor(x, 16) != ground]
    lower = [x for x in range(40, 460) if image.pixelColor(x, 44) != ground]
    assert len(upper) > 100
    assert max(upper) <= min(lower) + 3


def test_no_bars_are_a_message(bars):
    bars.show_bars([], "Bars", ("", ""), "Nothing here.")
    assert bars.summaries() == ["Nothing here."]
    assert not bars.grab().isNull()


# The remark, and the second sample.


def test_a_long_remark_is_cut_until_the_reader_asks(qtbot):
    bar = RemarkBar(LIGHT)
    qtbot.addWidget(bar)
    remark = "word " * 100 + "end."
    bar.say(remark)
    assert "end." not in bar.text()
    assert bar.accessibleDescription() == remark
    bar.toggle()
    assert "end." in bar.text()
    bar.say("Short.")
    assert bar.text() == "Short."
    bar.say("")
    assert bar.isHidden()


def test_the_second_sample_opens_as_a_book(qtbot):
    window = assemble("light")
    qtbot.addWidget(window)
    window.show()
    window.actions_by_id["open_book"].trigger()
    assert len(window.document.project.notes) > 10
    assert BOOK_NAME in window.windowTitle()
    assert window.notes.line.text.startswith(f"{len(window.document.project.notes)} notes")


def test_long_texts_give_way_before_a_column_is_out_of_sight(qtbot, document):
    columns = (
        Column("First", lambda row: row[0], TEXT, 40, "", "first"),
        Column("Shares", lambda row: row[1], SHARES, 18, "", "shares"),
        Column("Remark", lambda row: row[2], TEXT, 40, "", "remark"),
    )
    table = ReadTable(document, LIGHT, "wide", "Wide", columns)
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    table.show_rows([("a very long name of a note " * 2, 1234567, "a long remark " * 3)])
    bar = table.view.horizontalScrollBar()
    assert bar.maximum() == 0
    assert table.model.tip(0, 2) == "a long remark " * 3
    narrow = table.view.columnWidth(0)
    table.resize(1200, 200)
    qtbot.waitUntil(lambda: table.view.columnWidth(0) > narrow)
