"""The views of the book: made late, resting while hidden, following notes, tables that copy."""

import dataclasses
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.app.sample import ascent_project
from notemodeler.app.settings import ThemeChoice
from notemodeler.domain.issuer import Split
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.project import with_field
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.domain.scenario import Continuation
from notemodeler.io.document_file import save_document
from notemodeler.ui.assembly import assemble
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import DARK, LIGHT


@pytest.fixture
def window(qtbot, book_project):
    made = assemble("light")
    made.resize(1300, 860)
    made.document.load(book_project)
    qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    return made


def clipboard():
    return QGuiApplication.clipboard().text().splitlines()


def view(window, name):
    window.show_view(name)
    return window.views.view(name)


def decision(window, place):
    decisions = view(window, "decisions")
    decisions.setCurrentIndex(place)
    return decisions.page_at(place)


def count_refreshes(monkeypatch, part):
    told, real = [], part.refresh
    monkeypatch.setattr(part, "refresh", lambda: (told.append(1), real()))
    return told


# The switch.


def test_a_window_opens_on_the_note_and_makes_no_other_view(window):
    assert window.views.shown == "note"
    assert window.views._made == {}
    assert window.actions_by_id["view_note"].isChecked()


@pytest.mark.parametrize("name", ["book", "decisions", "compare"])
def test_an_action_shows_a_view_and_is_ticked(window, name):
    window.actions_by_id[f"view_{name}"].trigger()
    assert window.views.shown == name
    assert window.actions_by_id[f"view_{name}"].isChecked()
    assert not window.actions_by_id["view_note"].isChecked()
    assert window.views.view(name).isVisible()


def test_views_have_the_keys_control_and_a_digit(window):
    keys = [
        window.actions_by_id[f"view_{name}"].shortcut().toString()
        for name in ("note", "book", "decisions", "compare")
    ]
    assert keys == ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"]


def test_a_hidden_view_rests_and_catches_up_when_it_is_shown(window, monkeypatch):
    book = view(window, "book")
    window.show_view("note")
    told = count_refreshes(monkeypatch, book)
    window.document.edit_field("note.title", "Renamed", "Change title to Renamed")
    window.document.select_note(2)
    assert told == []
    window.show_view("book")
    assert told == [1]
    window.show_view("note")
    window.show_view("book")
    assert told == [1]


def test_views_wear_the_theme_whenever_they_are_made(window):
    book = view(window, "book")
    window.look.choose(ThemeChoice.DARK)
    assert book.pages["reserve"].table.model.inked.name() == DARK.text
    assert decision(window, 1).table.model.inked.name() == DARK.text
    window.look.choose(ThemeChoice.LIGHT)
    assert book.pages["reserve"].table.model.inked.name() == LIGHT.text


def test_an_issue_of_the_prices_brings_the_note_back(window):
    view(window, "book")
    window.form.go_to(Issue(Severity.WARNING, "Odd.", ("issuer.shares_outstanding",)))
    assert window.views.shown == "note"
    assert window.tabs.currentWidget() is window.share_counts


# The book.


def test_the_shares_outstanding_are_stacked_by_note(window):
    chart = view(window, "book").charts.chart
    path = chart.path
    assert chart.tops[-1][-1] == path.total[-1]
    issued = [
        window.document.results.book.register.taken(frozenset((k,)), path.days[-1])
        for k in range(4)
    ]
    assert [layer[-1] for layer in path.layers] == issued
    figures = dict(chart.frame.values)
    assert figures["outstanding"] == f"{path.total[-1]:,.0f}"
    assert figures["selected note"] == f"{issued[0]:,}"
    window.document.select_note(1)
    assert "selected note" not in dict(chart.frame.values)  # nothing was converted under it


def test_the_chart_of_the_book_copies_every_layer(window):
    view(window, "book").charts.copy_data()
    heads = clipboard()[0].split("\t")
    assert heads[:6] == ["Date", "Outstanding besides", "Alpha", "Beta 1", "Gamma", "Beta 2"]
    assert "Authorised" in heads


def test_a_split_is_named_in_the_chart_and_the_path_steps(window):
    book = view(window, "book")
    issuer = dataclasses.replace(
        window.document.project.issuer, splits=(Split(date(2019, 7, 1), 10, 1),)
    )
    project = dataclasses.replace(window.document.project, issuer=issuer)
    window.document.edit(project, "Change splits")
    path = book.charts.chart.path
    assert path.splits == issuer.splits
    assert not book.grab().isNull()


@pytest.mark.parametrize(
    "name", ["next_dates", "full_conversion", "reserve", "holders", "positions", "sales"]
)
def test_every_table_of_the_book_shows_its_rows_and_copies_with_headings(window, name):
    book = view(window, "book")
    place = list(book.pages).index(name)
    book.tabs.setCurrentIndex(place)
    table = book.pages[name].table
    found = getattr(book.book, name)
    assert table.model.rowCount() == len(found.rows) > 0
    table.copy_button.click()
    lines = clipboard()
    assert lines[0].split("\t") == [column.heading for column in found.columns]
    assert len(lines) == len(found.rows) + 1
    assert table.caption.text() == found.title


def test_a_row_of_a_note_selects_it_and_its_rows_are_shaded(window):
    book = view(window, "book")
    book.tabs.setCurrentIndex(list(book.pages).index("reserve"))
    table = book.pages["reserve"].table
    table.view.setFocus()
    QTest.mouseClick(
        table.view.viewport(), Qt.MouseButton.LeftButton,
        pos=table.view.visualRect(table.model.index(2, 0)).center(),
    )  # fmt: skip
    assert window.document.note.title == "Gamma"
    assert table.model.marked_rows == frozenset((2,))


def test_the_item_3_02_bar_says_where_the_counter_stands(window):
    book = view(window, "book")
    counter = book.book.counter
    words = book.sales_bar.text
    assert f"{float(counter.share) * 100:.2f}".rstrip("0") in words
    assert "report from 5 %" in words
    assert book.sales_bar.accessibleName() == words
    project = with_field(window.document.project, "issuer.shares_authorised", ())
    issuer = dataclasses.replace(project.issuer, shares_outstanding=())
    window.document.edit(dataclasses.replace(project, issuer=issuer), "Forget the counts")
    assert "enter a share count" in book.sales_bar.text
    assert not book.grab().isNull()


def test_single_figures_stand_over_their_table(window):
    book = view(window, "book")
    book.tabs.setCurrentIndex(1)
    facts = book.pages["full_conversion"].facts
    after = book.book.conversion_of_all.after
    assert f"Outstanding after: {after:,}" in facts.accessibleName()
    assert facts.heightForWidth(300) > facts.heightForWidth(1200)


# The decisions.


def test_pages_of_decisions_are_made_when_they_are_shown(window):
    decisions = view(window, "decisions")
    assert list(decisions.pages) == [0]
    decisions.setCurrentIndex(3)
    assert sorted(decisions.pages) == [0, 3]


def test_prepay_or_convert_shows_both_sides_and_marks_where_they_cross(window):
    page = decision(window, 0)
    chart = page.charts.charts[0]
    found = page.deciding.now.prepay(page.desk.cursor_day)
    assert [line.heading for line in chart.shown.lines] == ["Shares are worth", "Cash to pay off"]
    assert len(chart.shown.events) >= len(found.chart.crossings)
    assert page.sentences.words == " ".join(found.sentences)
    assert page.table.model.rowCount() == len(found.rows)


def test_the_cursor_of_prepay_or_convert_changes_the_sentence_and_the_row(window):
    page = decision(window, 0)
    before = page.sentences.words
    page.desk.go_to_end(last=False)
    assert page.sentences.words != before
    assert page.table.view.currentIndex().row() == 0
    page.table.row_chosen.emit(7)
    assert page.desk.cursor == 7


def test_the_ladder_has_a_bar_for_every_rung_and_a_sentence_to_copy(window):
    page = decision(window, 1)
    bars = page.charts.chart.view.bars
    assert len(bars) == page.table.model.rowCount() > 4
    assert bars[-1].end > bars[0].end
    page.sentences.copy_button.click()
    assert "would result in the issuance of" in clipboard()[0]
    page.table.copy_button.click()
    assert clipboard()[0].startswith("Market price is\tMarket price\tConversion price")


def test_the_ladder_of_all_notes_takes_more_of_the_company(window):
    page = decision(window, 1)
    own = page.charts.chart.view.bars[0].end
    page.whole_book.setChecked(True)
    assert page.charts.chart.view.bars[0].end > own
    assert "all notes" in page.table.caption.text()


def test_a_book_of_one_note_has_no_choice_of_ladders(window):
    page = decision(window, 1)
    window.document.load(ascent_project())
    assert page.whole_book.isHidden()


def test_the_price_of_ones_own_is_typed_beside_the_ladder(window):
    page = decision(window, 1)
    rungs = page.table.model.rowCount()
    page.form.focus_field("scenario.own_price")
    window.document.edit_field("scenario.own_price", Decimal("0.0009"), "Change own price")
    assert page.table.model.rowCount() == rungs + 1
    assert page.form.editor("scenario.own_price").text() == "0.0009"
    assert "scenario.own_price" not in decision(window, 2).form._rows


def test_rungs_and_bars_are_chosen_together(window):
    page = decision(window, 1)
    bars = page.charts.chart.view
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.current == 1
    assert page.table.view.currentIndex().row() == 1


def test_the_cycle_shows_its_lots_and_follows_the_assumptions(window):
    page = decision(window, 2)
    found = page.deciding.now.cycle.found
    assert page.table.model.rowCount() == len(found.lots) > 0
    before = page.sentences.words
    window.document.edit_field("scenario.volume_shares", 1_000_000, "Change daily volume")
    assert page.sentences.words != before
    assert page.form.editor("scenario.volume_shares").text().startswith("1,000,000")
    page.table.row_chosen.emit(0)
    assert page.desk.cursor_day == found.lots[0].date


def drag(view, start, end):
    view._gestures.press(start)
    view._gestures.move(start + (end - start) / 2, True)
    view._gestures.release(end)


def test_a_cycle_of_other_length_is_shown_whole(window):
    page = decision(window, 2)
    for shares in (3, 20_000_000, 5_000_000, None):
        window.document.edit_field("scenario.volume_shares", shares, "Change daily volume")
        desk = page.desk
        assert desk.first < 0, shares
        assert desk.last > len(desk.days) - 1, shares


def test_a_drawn_price_is_dragged_in_one_step_and_escape_takes_it_back(window):
    page = decision(window, 2)
    document = window.document
    document.edit_field("scenario.continuation", Continuation.DRAWN, "Draw prices by hand")
    chart = page.charts.charts[0]
    place = len(page.desk.days) - 1
    start = chart.view.plane.point(place, chart.shown.lines[0].values[place])
    count = document.undo_stack.count()
    drag(chart.view, start, start + QPointF(0, 40))
    (point,) = document.project.scenario.drawn
    assert point.date == page.desk.days[place]
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText().startswith("Draw the price of")
    moved = chart.view.plane.point(place, chart.shown.lines[0].values[place])
    chart.view._gestures.press(moved)
    chart.view._gestures.move(moved + QPointF(0, -30), True)
    QTest.keyClick(chart.view, Qt.Key.Key_Escape)
    assert document.project.scenario.drawn == (point,)


def test_prices_that_are_not_drawn_cannot_be_dragged(window):
    page = decision(window, 2)
    chart = page.charts.charts[0]
    start = chart.view.plane.point(1, chart.shown.lines[0].values[1])
    assert not chart.drag.is_near(start)


def test_the_waterfall_goes_from_what_came_in_to_what_goes_out(window):
    page = decision(window, 3)
    bars = page.waterfall.chart.view.bars
    assert bars[0].is_sum
    assert bars[-1].is_sum
    for one, other in pairwise(bars[:-1]):
        assert other.start == one.end
    assert bars[-1].end == pytest.approx(bars[-2].end)


def test_the_waterfall_follows_the_cursor_once_it_rests(window, qtbot):
    page = decision(window, 3)
    before = page.sentences.words
    window.document.move_cursor(date(2019, 4, 1))
    assert page.sentences.words == before
    qtbot.waitUntil(lambda: page.sentences.words != before)
    assert "April 1, 2019" in page.sentences.words


# The comparison.


def test_a_note_is_compared_with_the_other_notes_and_with_presets(window):
    compare = view(window, "compare")
    groups = {each.group for each in compare.counterparts()}
    assert groups == {"Notes of this book", "Presets"}
    compare.choose("note 2")
    terms = [row.label for row in compare.rows.model.rows]
    assert "Principal" in terms
    heads = [column.heading for column in compare.rows.model.columns]
    assert heads[:3] == ["Term", "Alpha", "Gamma"]
    assert compare.totals.model.rowCount() == 4


def test_the_comparison_follows_the_selected_note_and_its_edits(window):
    compare = view(window, "compare")
    compare.choose("note 2")
    count = len(compare.rows.model.rows)
    window.document.edit_field("note.interest.rate", Decimal("0.12"), "Change interest rate")
    assert len(compare.rows.model.rows) == count + 1
    window.document.select_note(2)
    assert "Gamma" in compare.selected.text()


def test_a_note_of_another_document_is_offered_and_chosen(window, tmp_path):
    compare = view(window, "compare")
    path = tmp_path / "draft.note"
    save_document(path, ascent_project())
    compare.questions.which_file_to_open = lambda *_asked: path
    compare.open_button.click()
    assert compare.choice.currentText() == "Power Up note, $130,000"
    assert any(each.group == "Notes of draft.note" for each in compare.counterparts())


def test_a_document_that_cannot_be_read_says_why(window, tmp_path):
    compare = view(window, "compare")
    path = tmp_path / "broken.note"
    path.write_text("{")
    compare.take_document(path)
    assert "broken.note" in compare.said.text()


def test_a_differing_term_opens_its_field(window):
    compare = view(window, "compare")
    compare.choose("note 2")
    row = [each.field.name for each in compare.rows.model.rows].index("note.principal_amount")
    window.activateWindow()
    compare.rows.row_opened.emit(row)
    assert window.focusWidget() is window.form.editor("note.principal_amount")


def test_small_tables_are_compared_in_words_and_remarks_stay_in_sight(window):
    steps = (PrepaymentStep(0, 180, Decimal("1.25")), PrepaymentStep(181, 365, Decimal("1.4")))
    window.document.edit_field("note.repayment.prepayment_steps", steps, "Change prepayment table")
    compare = view(window, "compare")
    compare.choose("note 2")
    labels = [each.label for each in compare.rows.model.rows]
    row = labels.index("Prepayment table")
    assert compare.rows.model.text(row, 1) == "Days 0–180: 125 %; Days 181–365: 140 %"
    table = compare.rows.view
    assert table.horizontalScrollBar().maximum() == 0
    assert compare.rows.model.columns[-1].heading == "Remark"


# Every chart and every table.


def every_part(window, kind):
    view(window, "book")
    view(window, "compare")
    for place in range(4):
        decision(window, place)
    return window.findChildren(kind)


def test_every_table_to_read_copies_itself_with_headings(window):
    tables = every_part(window, ReadTable)
    assert len(tables) == 12
    for table in tables:
        assert table.view.accessibleName()
        if table.model.rowCount():
            table.copy_all()
            assert len(clipboard()) == table.model.rowCount() + 1


def test_every_chart_is_described_and_gives_its_picture_and_its_figures(window):
    stacks = every_part(window, ChartStack)
    assert len(stacks) == 7
    for stack in stacks:
        stack.describe() if stack.drawings else None
        assert stack.accessibleName()
        assert stack.picture("png").startswith(b"\x89PNG")
        assert "\t" in stack.shown_data()
        for drawing in stack.drawings:
            assert drawing.view.accessibleName()
            assert drawing.frame.accessibleDescription()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_charts_in_sight_are_those_that_are_saved(window, tmp_path, kind):
    class Scripted:
        path = tmp_path / f"book.{kind}"

        def which_file_to_write(self, *_asked):
            return self.path

    window.files.questions = Scripted()
    book = view(window, "book")
    assert window.shown_charts is book.charts
    book.charts.save_requested.emit(kind)
    assert Scripted.path.stat().st_size > 2000
    window.show_view("compare")
    assert window.shown_charts is window.charts
