"""The price table: what it shows, what typing and pasting do, and how it follows the document."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView, QToolButton

from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.domain.issuer import Split
from notemodeler.domain.kinds import PRICE
from notemodeler.domain.numbers import Style
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.engines.ordering import price_order
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.clipboard import ROWS_FORMAT
from notemodeler.ui.tables.filling import fill
from notemodeler.ui.tables.price_columns import CONVERSION, DAY, LOW, QUOTED, REFERENCE, TAG
from notemodeler.ui.tables.price_rows import rows_for
from notemodeler.ui.tables.price_table import NO_PRICES, PriceTable
from notemodeler.ui.theme import DARK, LIGHT

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

NO_BID, GAP = date(2018, 9, 20), date(2018, 10, 16)
SOME_DAY = date(2019, 3, 4)
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def document(qapp):
    return Document(ascent_project())


@pytest.fixture
def table(qtbot, document):
    made = PriceTable(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def go(table, day, column=QUOTED):
    row = table.model.row_of(day)
    go_to(table.view, table.model.index(row, column))
    return row


def keys(qtbot, table, text):
    """Type into the cell as a user does: the first key opens the editor."""
    qtbot.keyClicks(table.view, text[0])
    editor = table.view.findChild(QLineEdit)
    qtbot.keyClicks(editor, text[1:])
    return editor


def price(document, day):
    return document.project.prices[0].price_on(day)


def copied():
    return QGuiApplication.clipboard().text()


def put_text(text):
    QGuiApplication.clipboard().setText(text)


# What it shows.


def test_every_trading_day_between_the_bars_has_a_row_and_one_more_follows(table, document):
    series = document.project.prices[0]
    calendar = document.results.market.calendar
    days = calendar.between(series.dates[0], series.dates[-1])
    assert table.model.rows.days == [*days, calendar.shifted(series.dates[-1], 1)]


def test_a_gap_says_no_record_and_a_day_without_bid_says_no_quote(table):
    model = table.model
    assert model.text(model.row_of(GAP), QUOTED) == "no record"
    assert model.text(model.row_of(NO_BID), QUOTED) == "no quote"


def test_reference_and_conversion_price_are_those_of_the_quote(table, document):
    model, row = table.model, table.model.row_of(SOME_DAY)
    finding = document.results.quote(SOME_DAY).price
    assert model.value(row, REFERENCE) == finding.reference_price
    assert model.value(row, CONVERSION) == finding.conversion_price
    assert not model.can_edit(row, CONVERSION)


def test_a_day_without_a_conversion_price_says_why_in_its_tooltip(table):
    row = table.model.row_of(date(2018, 9, 26))
    assert table.model.text(row, CONVERSION) == "–"
    assert "Sep 20, 2018" in table.model.tip(row, CONVERSION)


def test_the_window_of_the_cursor_is_shaded_and_its_lows_are_numbered(table, document):
    document.move_cursor(SOME_DAY)
    finding = document.results.quote(SOME_DAY).price
    model = table.model
    shaded = {day for day in model.rows.days if model.background(model.row_of(day), DAY)}
    assert shaded == {day.date for day in finding.window}
    ranks = {day.date: model.text(model.row_of(day.date), LOW) for day in finding.qualifying}
    lowest = min(finding.qualifying, key=lambda day: day.price)
    assert ranks[lowest.date] == "● 1"
    assert sorted(ranks.values()) == ["● 1", "● 2", "● 3"]


def test_the_series_column_appears_with_the_first_bar_of_another_kind(table, document):
    assert table.view.isColumnHidden(TAG)
    table.model.type_text(table.model.row_of(SOME_DAY), TAG, "intraday low")
    assert not table.view.isColumnHidden(TAG)
    assert document.project.prices[0].by_date[SOME_DAY].kind is PriceKind.LOW
    document.undo_stack.undo()
    assert table.view.isColumnHidden(TAG)


def test_prices_stand_with_their_points_in_line(table):
    texts = [table.model.text(row, QUOTED) for row in range(20)]
    assert {len(text.partition(".")[2]) for text in texts} == {5}


def test_an_empty_series_says_what_to_do_and_offers_a_row(qtbot, document):
    document.edit(document.project.with_series(PriceSeries()), "Clear")
    made = PriceTable(document, LIGHT)
    qtbot.addWidget(made)
    made.show()
    assert made.status.text() == NO_PRICES
    assert made.model.rowCount() == 1
    made.model.type_text(0, QUOTED, "0.01")
    assert len(document.project.prices[0].bars) == 1
    assert made.status.isHidden()


# Typing.


def test_typing_a_price_and_enter_makes_one_named_step_and_goes_down(qtbot, table, document):
    row = go(table, SOME_DAY)
    editor = keys(qtbot, table, "0.0021")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert price(document, SOME_DAY) == Decimal("0.0021")
    assert document.undo_stack.undoText() == "Change closing bid of Mar 4, 2019 to $0.0021"
    assert document.undo_stack.count() == 1
    assert table.view.currentIndex().row() == row + 1


def test_tab_takes_the_price_over_and_goes_right(qtbot, table, document):
    row = go(table, SOME_DAY)
    qtbot.keyClick(keys(qtbot, table, "0.0031"), KEY.Key_Tab)
    assert price(document, SOME_DAY) == Decimal("0.0031")
    here = table.view.currentIndex()
    assert (here.row(), here.column()) == (row, LOW)


def test_escape_leaves_the_document_alone(qtbot, table, document):
    go(table, SOME_DAY)
    qtbot.keyClick(keys(qtbot, table, "0.0031"), KEY.Key_Escape)
    assert document.undo_stack.count() == 0


def test_f2_opens_the_editor_with_the_whole_price(qtbot, table, document):
    go(table, SOME_DAY)
    qtbot.keyClick(table.view, KEY.Key_F2)
    shown = table.view.findChild(QLineEdit).text()
    assert PRICE.read(shown) == price(document, SOME_DAY)


def test_an_invalid_text_keeps_its_editor_and_says_why(qtbot, table, document):
    row = go(table, SOME_DAY)
    editor = keys(qtbot, table, "abc")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert "is not a number" in table.status.text()
    assert editor.isVisible()
    assert editor.text() == "abc"
    assert document.undo_stack.count() == 0
    assert table.view.currentIndex().row() == row
    editor.setText("0.004")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert price(document, SOME_DAY) == Decimal("0.004")
    assert table.status.isHidden()


@pytest.mark.parametrize("text", ["-1", "1e12", "0.0000000000001"])
def test_a_price_out_of_bounds_is_not_taken(table, document, text):
    table.model.type_text(table.model.row_of(SOME_DAY), QUOTED, text)
    assert document.undo_stack.count() == 0
    assert table.status.text()


def test_a_price_typed_into_a_gap_makes_its_bar_without_moving_rows(table, document):
    count = table.model.rowCount()
    table.model.type_text(table.model.row_of(GAP), QUOTED, "0.0015")
    assert price(document, GAP) == Decimal("0.0015")
    assert table.model.rowCount() == count


def test_a_price_typed_into_the_last_row_brings_the_next_day(qtbot, table, document):
    row = go(table, date(2019, 8, 1))
    qtbot.keyClick(keys(qtbot, table, "0.003"), KEY.Key_Return)
    assert price(document, date(2019, 8, 1)) == Decimal("0.003")
    assert table.model.day(row + 1) == date(2019, 8, 2)
    assert table.view.currentIndex().row() == row + 1
    document.undo_stack.undo()
    assert table.model.rowCount() == row + 1


def test_delete_says_that_nobody_quoted_a_price(qtbot, table, document):
    go(table, SOME_DAY)
    qtbot.keyClick(table.view, KEY.Key_Delete)
    assert SOME_DAY in document.project.prices[0].by_date
    assert price(document, SOME_DAY) is None


def test_ctrl_minus_deletes_the_rows_selected_in_one_step(qtbot, table, document):
    row = go(table, SOME_DAY)
    for _ in range(2):
        qtbot.keyClick(table.view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(table.view, KEY.Key_Minus, CONTROL)
    assert document.undo_stack.undoText() == "Delete 3 prices"
    assert table.model.text(row, QUOTED) == "no record"
    document.undo_stack.undo()
    assert document.project.prices == ascent_project().prices


def test_ctrl_plus_on_the_first_row_opens_the_day_before(qtbot, table, document):
    go(table, date(2018, 7, 2))
    qtbot.keyClick(table.view, KEY.Key_Plus, CONTROL)
    assert table.model.day(0) == date(2018, 6, 29)
    assert document.undo_stack.count() == 0
    table.model.type_text(0, QUOTED, "0.005")
    assert price(document, date(2018, 6, 29)) == Decimal("0.005")


def test_fill_down_repeats_the_top_price_as_one_step(qtbot, table, document):
    row = go(table, SOME_DAY)
    for _ in range(3):
        qtbot.keyClick(table.view, KEY.Key_Down, SHIFT)
    qtbot.keyClick(table.view, KEY.Key_D, CONTROL)
    top = table.model.value(row, QUOTED)
    assert [table.model.value(row + step, QUOTED) for step in range(4)] == [top] * 4
    assert document.undo_stack.undoText() == "Fill down 3 prices"


def test_ctrl_arrow_jumps_to_the_end_of_the_filled_cells(qtbot, table):
    go(table, date(2018, 7, 2))
    model = table.model
    qtbot.keyClick(table.view, KEY.Key_Down, CONTROL)
    assert model.day(table.view.currentIndex().row()) == date(2018, 9, 19)
    qtbot.keyClick(table.view, KEY.Key_Down, CONTROL)
    assert model.day(table.view.currentIndex().row()) == date(2018, 9, 21)
    qtbot.keyClick(table.view, KEY.Key_Up, CONTROL)
    assert model.day(table.view.currentIndex().row()) == date(2018, 9, 19)


def test_moving_a_bar_to_a_taken_date_is_refused(table, document):
    table.model.type_text(table.model.row_of(SOME_DAY), DAY, "Mar 5, 2019")
    assert "has a price already" in table.status.text()
    assert document.undo_stack.count() == 0


def test_a_bar_can_be_moved_to_a_free_date(table, document):
    before = price(document, SOME_DAY)
    table.model.type_text(table.model.row_of(SOME_DAY), DAY, "Oct 16, 2018")
    assert price(document, GAP) == before
    assert SOME_DAY not in document.project.prices[0].by_date


@given(
    st.lists(
        st.tuples(st.integers(0, 270), st.sampled_from(["type", "clear", "delete", "fill"])),
        max_size=8,
    )
)
def test_undoing_every_edit_gives_the_first_document_back(qapp, deeds):
    document = Document(ascent_project())
    table = PriceTable(document, LIGHT)
    model = table.model
    for row, deed in deeds:
        row = min(row, model.rowCount() - 1)
        if deed == "type":
            model.type_text(row, QUOTED, "0.0077")
        elif deed == "clear":
            model.clear([(row, QUOTED)])
        elif deed == "delete":
            model.remove([row])
        else:
            fill(model, row, QUOTED, min(row + 3, model.rowCount() - 1), QUOTED)
    last = document.project
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.project == ascent_project()
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert document.project == last


# The clipboard.


def test_copy_gives_tsv_and_html(qtbot, table, document):
    go(table, SOME_DAY)
    qtbot.keyClick(table.view, KEY.Key_C, CONTROL)
    assert PRICE.read(copied().strip()) == price(document, SOME_DAY)
    assert "<td>" in QGuiApplication.clipboard().mimeData().html()


def test_copy_with_headings_begins_with_them(qtbot, table):
    table.view.selectAll()
    qtbot.keyClick(table.view, KEY.Key_C, CONTROL | SHIFT)
    lines = copied().splitlines()
    assert lines[0] == "Date\tClosing bid\tLow\tReference price\tConversion price"
    assert len(lines) == table.model.rowCount() + 1


def test_ctrl_a_and_copy_takes_rows_that_were_never_seen(qtbot, table):
    qtbot.keyClick(table.view, KEY.Key_A, CONTROL)
    qtbot.keyClick(table.view, KEY.Key_C, CONTROL)
    assert len(copied().splitlines()) == table.model.rowCount()


def test_rows_copied_here_paste_back_exactly(qtbot, table, document):
    table.view.selectAll()
    table.view.copy()
    assert QGuiApplication.clipboard().mimeData().hasFormat(ROWS_FORMAT)
    before = document.project.prices[0]
    document.edit(document.project.with_series(dataclasses.replace(before, bars=())), "Empty")
    table.view.paste()
    assert document.project.prices[0].bars == before.bars


def test_a_plain_paste_goes_in_as_one_step(qtbot, table, document):
    put_text("Date\tBid\n2019-03-04\t$0.0511\n2019-03-05\t0.0522\nDividend\tx\n")
    qtbot.keyClick(table.view, KEY.Key_V, CONTROL)
    assert price(document, SOME_DAY) == Decimal("0.0511")
    assert price(document, date(2019, 3, 5)) == Decimal("0.0522")
    assert document.undo_stack.undoText() == "Paste 2 prices"
    assert "2 prices pasted; 1 row not understood" in table.status.text()


def test_show_after_a_paste_asks_for_the_preview(qtbot, table):
    text = "Date\tBid\n2019-03-04\t0.0511\nfoo\tx\n"
    table.paste_text(0, DAY, text)
    with qtbot.waitSignal(table.preview_wanted) as wanted:
        table.status.linkActivated.emit("0")
    assert wanted.args == ["pasted prices", text]


@pytest.mark.parametrize(
    "text",
    [
        "Date\tBid\n03/04/2019\t0.0511\n05/06/2019\t0.0522\n",
        "Date\tClose\n2019-03-04\t0.0511\n2019-03-05\t0.0522\n",
    ],
)
def test_a_paste_that_can_mean_two_things_is_previewed_and_not_applied(
    qtbot, table, document, text
):
    with qtbot.waitSignal(table.preview_wanted):
        table.paste_text(0, DAY, text)
    assert document.undo_stack.count() == 0


def test_one_column_of_numbers_goes_down_over_the_dates(table, document):
    row = go(table, SOME_DAY)
    table.paste_text(row, QUOTED, "0.051\n-\n0.053\n")
    days = [table.model.day(row + step) for step in range(3)]
    assert [price(document, day) for day in days] == [Decimal("0.051"), None, Decimal("0.053")]
    assert document.undo_stack.undoText() == "Paste 3 prices"


def test_numbers_pasted_at_the_end_make_the_following_trading_days(table, document):
    table.paste_text(table.model.rowCount() - 1, QUOTED, "0.01\n0.02\n0.03\n")
    assert document.project.prices[0].dates[-3:] == (
        date(2019, 8, 1), date(2019, 8, 2), date(2019, 8, 5),
    )  # fmt: skip


def test_a_number_not_understood_leaves_its_day_alone(table, document):
    row = go(table, SOME_DAY)
    second = table.model.day(row + 1)
    before = price(document, second)
    table.paste_text(row, QUOTED, "0.051\nabc\n0.053\n")
    assert price(document, second) == before
    assert "1 row not understood, first “abc”" in table.status.text()


def test_an_open_decimal_mark_is_asked_in_the_line(table, document):
    row = go(table, SOME_DAY)
    table.paste_text(row, QUOTED, "1,234\n1,235\n")
    assert document.undo_stack.count() == 0
    assert "1,234 is 1.234" in table.status.text()
    table.status.linkActivated.emit("1")
    assert price(document, SOME_DAY) == Decimal("1.234")


def test_a_paste_of_nonsense_is_refused_in_words(table, document):
    table.paste_text(0, DAY, "hello\tworld\n")
    assert document.undo_stack.count() == 0
    assert table.status.text()


def test_a_pasted_day_without_quote_does_not_take_a_price_away(table, document):
    before = price(document, SOME_DAY)
    table.paste_text(0, DAY, "Date\tBid\n2019-03-04\tnull\n2019-03-05\t0.05\n")
    assert price(document, SOME_DAY) == before


# Following the document.


def test_selecting_a_row_moves_the_cursor_and_the_cursor_selects_the_row(table, document):
    go(table, SOME_DAY)
    assert document.cursor_day == SOME_DAY
    document.move_cursor(date(2019, 5, 6))
    assert table.model.day(table.view.currentIndex().row()) == date(2019, 5, 6)


def test_getting_the_focus_moves_no_cursor(qtbot, table, document):
    before = document.cursor_day
    table.view.setCurrentIndex(table.model.index(-1, -1))
    table.view.setFocus()
    assert document.cursor_day == before


def test_a_changed_price_resets_nothing(qtbot, table, document):
    resets, changes = [], []
    table.model.modelReset.connect(lambda: resets.append(1))
    table.model.dataChanged.connect(lambda *places: changes.append(places))
    series = document.project.prices[0]
    bars = (*series.bars[:-1], PriceBar(series.dates[-1], Decimal("0.009")))
    document.edit(document.project.with_series(dataclasses.replace(series, bars=bars)), "Drag")
    assert not resets
    assert len(changes) == 1
    shown = table.view.viewport().height() // table.view.rowHeight(0) + 2
    assert changes[0][1].row() - changes[0][0].row() <= shown
    assert table.model.value(table.model.row_of(series.dates[-1]), QUOTED) == Decimal("0.009")


def test_a_hidden_table_catches_up_when_it_is_shown(table, document):
    table.hide()
    series = document.project.prices[0]
    document.edit(
        document.project.with_series(dataclasses.replace(series, bars=series.bars[:5])), "Cut"
    )
    document.edit_field("note.conversion.rule.lookback_days", 3, "Change look-back")
    table.show()
    assert len(table.model.rows) == 6


def test_a_closure_takes_its_gap_row_away(table, document):
    count = table.model.rowCount()
    document.edit(dataclasses.replace(document.project, closures=(GAP,)), "Close")
    assert table.model.row_of(GAP) is None
    assert table.model.rowCount() == count - 1


def test_a_loaded_document_brings_its_own_rows(table, document):
    table.model.open_day(date(2019, 8, 9))
    bars = (PriceBar(date(2024, 1, 2), Decimal(1)),)
    other = dataclasses.replace(
        ascent_project(),
        prices=(PriceSeries(bars=bars),),
        issuer=dataclasses.replace(document.project.issuer),
    )
    document.load(other)
    assert table.model.rows.days == [date(2024, 1, 2), date(2024, 1, 3)]


def test_another_series_can_be_shown_and_its_kind_and_source_changed(table, document):
    closes = PriceSeries(PriceKind.CLOSE, "here", (PriceBar(SOME_DAY, Decimal(1)),))
    document.edit(document.project.with_series(closes, 1), "Add")
    assert table.tools.series.isVisible()
    table.tools.series.activated.emit(1)
    assert table.model.columns[QUOTED].heading == "Last trade (close)"
    table.tools.kind.activated.emit(3)
    assert document.project.prices[1].kind is PriceKind.VWAP
    table.tools.source.setText("Bloomberg")
    table.tools.source.editingFinished.emit()
    assert document.project.prices[1].source == "Bloomberg"
    document.undo_stack.setIndex(0)
    assert table.model.shown_place == 0


def test_a_typed_date_leads_there(qtbot, table, document):
    table.tools.find_date.setText("3/3/2019")
    qtbot.keyClick(table.tools.find_date, KEY.Key_Return)
    assert document.cursor_day == SOME_DAY
    table.tools.find_date.setText("2031-01-01")
    qtbot.keyClick(table.tools.find_date, KEY.Key_Return)
    assert "The table runs from Jul 2, 2018 to Aug 1, 2019" in table.status.text()


def test_numbers_follow_the_users_style(table, document):
    table.set_style(Style(decimal_mark=",", group_mark="."))
    row = table.model.row_of(SOME_DAY)
    assert "," in table.model.text(row, QUOTED)
    table.model.type_text(row, QUOTED, "0,0099")
    assert price(document, SOME_DAY) == Decimal("0.0099")


# Sorting.


def test_sorting_by_price_keeps_days_without_a_price_last(table):
    model = table.model
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(QUOTED, order)
        prices = [model.value(row, QUOTED) for row in range(model.rowCount())]
        filled = [each for each in prices if each is not None]
        assert filled == sorted(filled, reverse=order is Qt.SortOrder.DescendingOrder)
        assert prices[len(filled) :] == [None] * (len(prices) - len(filled))


def test_an_edit_after_a_sort_is_sorted_by_the_next_one(table):
    model = table.model
    model.sort(QUOTED, Qt.SortOrder.AscendingOrder)
    model.type_text(0, QUOTED, "0.9")
    model.sort(QUOTED, Qt.SortOrder.DescendingOrder)
    assert model.value(0, QUOTED) == Decimal("0.9")


def test_the_current_cell_stays_on_its_day_through_a_sort(table):
    go(table, SOME_DAY)
    table.model.sort(QUOTED, Qt.SortOrder.AscendingOrder)
    assert table.model.day(table.view.currentIndex().row()) == SOME_DAY


def test_an_edit_in_a_sorted_table_meets_the_row_that_was_seen(table, document):
    table.model.sort(QUOTED, Qt.SortOrder.DescendingOrder)
    day = table.model.day(0)
    table.model.type_text(0, QUOTED, "0.0001")
    assert price(document, day) == Decimal("0.0001")


@given(st.lists(st.none() | st.decimals(Decimal("0.00001"), 100, places=5), max_size=30))
def test_price_order_is_a_stable_sort(prices):
    days = [date(2020, 1, 1) + timedelta(days=place) for place in range(len(prices))]
    series = PriceSeries(bars=tuple(map(PriceBar, days, prices)))
    order, missing = price_order(series, [*range(len(prices)), -1])
    filled = [place for place, each in enumerate(prices) if each is not None]
    assert order == sorted(filled, key=lambda place: prices[place])
    assert missing == [*(row for row, each in enumerate(prices) if each is None), len(prices)]


@given(st.sets(st.dates(date(1975, 1, 1), date(2075, 1, 1)), min_size=1, max_size=12))
def test_rows_are_the_bars_and_the_trading_days_between_them(days):
    calendar = Document(ascent_project()).results.market.calendar
    series = PriceSeries(bars=tuple(PriceBar(day, Decimal(1)) for day in sorted(days)))
    rows = rows_for(series, calendar, (), date(2018, 1, 2))
    assert rows.days == sorted(set(rows.days))
    for day, place in zip(rows.days, rows.places, strict=True):
        assert (place >= 0) == (day in days)
        assert place < 0 or series.bars[place].date == day
    first, last = max(min(days), calendar.first), min(max(days), calendar.last)
    if first <= last:
        assert set(calendar.between(first, last)) <= set(rows.days)


# Manners.


def test_every_part_that_takes_the_focus_has_a_name(table):
    for kind in (QTableView, QToolButton, QLineEdit, QComboBox):
        for widget in table.findChildren(kind):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget
                assert widget.objectName(), widget


def test_the_row_buttons_shrink_to_a_menu_in_a_narrow_window(qtbot, table):
    assert table.tools.buttons[2].isVisible()
    table.resize(540, 300)
    qtbot.waitUntil(lambda: table.tools.more.isVisible())
    assert not table.tools.buttons[2].isVisible()


def test_the_theme_can_change_while_the_table_is_shown(table):
    table.set_theme(DARK)
    assert table.model.shade.name() == DARK.window_shade


def test_the_look_back_of_the_cursor_comes_into_view_with_its_day(table, document):
    document.move_cursor(date(2019, 7, 1))
    document.move_cursor(SOME_DAY)
    window = document.results.quote(SOME_DAY).price.window
    view = table.view
    top, bottom = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
    assert top <= table.model.row_of(window[0].date) < table.model.row_of(SOME_DAY) <= bottom


def test_a_longer_document_is_scrolled_to_its_cursor(table, document):
    project = document.project
    document.load(dataclasses.replace(project, prices=(PriceSeries(),)))
    issuer = dataclasses.replace(project.issuer)
    document.load(
        dataclasses.replace(project, issuer=issuer, prices=project.prices[:1] + project.prices[1:])
    )
    assert table.view.currentIndex().row() == table.model.row_of(document.cursor_day)
    assert table.view.visualRect(table.view.currentIndex()).bottom() <= table.view.height()


def test_what_was_said_of_a_paste_goes_with_the_next_edit_of_the_prices(table, document):
    table.status.say("5 prices pasted.")
    series = dataclasses.replace(document.project.prices[0], source="elsewhere")
    document.edit(document.project.with_series(series), "Import prices")
    assert table.status.text() == ""


def test_once_there_is_a_split_the_prices_say_whether_they_are_restated(table, document):
    assert table.tools.adjusted is None
    splits = (Split(date(2019, 3, 15), 10),)
    document.edit_field("issuer.splits", splits, "Split")
    box = table.tools.adjusted
    assert box.isVisible()
    assert box.text() == "Adjusted for splits"
    assert not box.isChecked()
    box.click()
    assert document.project.prices[0].is_split_adjusted
    assert document.undo_stack.undoText() == "Take the prices as adjusted for splits"
    document.undo_stack.undo()
    assert not box.isChecked()
    document.undo_stack.undo()
    assert box.isHidden()


def test_a_cursor_after_the_last_price_is_shown_at_its_row(table, document):
    document.move_cursor(date(2019, 9, 3))
    last = document.project.prices[0].bars[-1].date
    assert table.model.day(table.view.currentIndex().row()) == last
    assert document.cursor_day == date(2019, 9, 3)


def test_another_document_is_shown_at_its_own_cursor(table, document):
    document.move_cursor(date(2019, 3, 5))
    document.load(ascent_book())
    assert table.model.day(table.view.currentIndex().row()) == document.cursor_day
