"""The window as a whole: documents, undo, messages, themes, and what can be reached by keyboard."""

import dataclasses
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from notemodeler.app.sample import ascent_project
from notemodeler.app.settings import ThemeChoice
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.project import field_value
from notemodeler.io.document_file import load_document, save_document
from notemodeler.ui.assembly import assemble
from notemodeler.ui.questions import Answer
from notemodeler.ui.tables.price_columns import CONVERSION
from notemodeler.ui.tables.schedule_table import ScheduleTable
from notemodeler.ui.theme import DARK, LIGHT

RATE = "note.interest.rate"


class Scripted:
    """Answers in the user's place and remembers what was asked."""

    def __init__(self):
        self.unsaved, self.path, self.asked = Answer.CANCEL, None, []

    def about_unsaved_work(self, title):
        self.asked.append(title)
        return self.unsaved

    def which_file_to_open(self, title, kinds, folder):
        self.asked.append(title)
        return self.path

    def which_file_to_write(self, title, kinds, proposed):
        self.asked.append(title)
        self.kinds = kinds
        return self.path

    def confirm(self, question, detail, yes):
        self.asked.append(question)
        return True


@pytest.fixture
def window(qtbot):
    made = assemble("light")
    made.files.questions = Scripted()
    qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
    made.show()
    qtbot.waitExposed(made)
    return made


def change_rate(window, percent="9"):
    window.document.edit_field(RATE, Decimal(percent) / 100, f"Change interest rate to {percent} %")


def rate(window):
    return field_value(window.document.project, RATE)


def test_the_first_start_shows_the_ascent_note_and_says_that_its_prices_are_illustrative(window):
    assert window.document.project.issuer.ticker == "ASTI"
    assert "illustrative" in window.remark.text()
    assert window.remark.isVisible()
    assert "Ascent Solar sample" in window.windowTitle()
    assert not window.isWindowModified()


def test_an_edit_marks_the_window_and_undo_clears_the_mark(window):
    change_rate(window)
    assert window.isWindowModified()
    assert window.actions_by_id["undo"].text() == "&Undo change interest rate to 9 %"
    window.actions_by_id["undo"].trigger()
    assert not window.isWindowModified()
    assert rate(window) == Decimal("0.08")
    window.actions_by_id["redo"].trigger()
    assert rate(window) == Decimal("0.09")


def test_save_as_then_save_then_open_gives_the_same_document(window, tmp_path):
    change_rate(window)
    window.files.questions.path = tmp_path / "mine"
    window.actions_by_id["save"].trigger()
    saved = tmp_path / "mine.note"
    assert load_document(saved).project == window.document.project
    assert not window.isWindowModified()
    change_rate(window, "10")
    window.actions_by_id["save"].trigger()
    window.actions_by_id["open_sample"].trigger()
    assert rate(window) == Decimal("0.08")
    window.files.questions.path = saved
    window.actions_by_id["open"].trigger()
    assert rate(window) == Decimal("0.1")
    assert "mine.note" in window.windowTitle()


@pytest.mark.parametrize(
    ("answer", "stays"), [(Answer.CANCEL, True), (Answer.DISCARD, False), (Answer.SAVE, False)]
)
def test_unsaved_work_is_asked_about_before_it_is_left(window, tmp_path, answer, stays):
    change_rate(window)
    window.files.questions.unsaved = answer
    window.files.questions.path = tmp_path / "kept.note"
    window.actions_by_id["new"].trigger()
    assert window.files.questions.asked
    assert (rate(window) == Decimal("0.09")) is stays
    assert (tmp_path / "kept.note").exists() is (answer is Answer.SAVE)


def test_closing_with_unsaved_work_can_be_called_off(window):
    change_rate(window)
    assert not window.close()
    assert window.isVisible()
    window.files.questions.unsaved = Answer.DISCARD
    assert window.close()


def test_a_file_that_cannot_be_opened_says_why_and_leaves_the_document(window, tmp_path):
    broken = tmp_path / "broken.note"
    broken.write_text("{")
    before = window.document.project
    assert not window.files.open(broken)
    assert "broken.note" in window.bar.text
    assert window.document.project is before


def test_a_file_changed_by_another_program_is_not_overwritten_unasked(window, tmp_path):
    path = tmp_path / "shared.note"
    save_document(path, ascent_project())
    window.files.open(path)
    other = dataclasses.replace(ascent_project(), remark="changed elsewhere")
    save_document(path, other)
    change_rate(window)
    window.actions_by_id["save"].trigger()
    assert load_document(path).project == other
    assert "changed" in window.bar.text
    assert window.isWindowModified()


def test_recent_documents_are_listed_and_missing_ones_greyed(window, tmp_path):
    for name in ("first.note", "second.note"):
        save_document(tmp_path / name, ascent_project())
        window.files.open(tmp_path / name)
    window.files.open(tmp_path / "first.note")
    (tmp_path / "second.note").unlink()
    window.recent.fill()
    entries = [(action.text(), action.isEnabled()) for action in window.recent.actions()[:2]]
    assert entries == [("&1 first.note", True), ("&2 second.note (not found)", False)]


def drop(window, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    how = (
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), *how)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *how))


def test_a_document_dropped_on_the_window_opens(window, tmp_path):
    path = tmp_path / "dropped.note"
    save_document(path, dataclasses.replace(ascent_project(), remark="dropped"))
    drop(window, path)
    assert window.document.project.remark == "dropped"


def test_every_action_has_a_mnemonic_a_tip_and_a_key_of_its_own(window):
    keys = [
        key.toString() for action in window.actions_by_id.values() for key in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    for record in window.records:
        assert "&" in record.text
        assert len(record.tip) > 8
    assert window.actions_by_id["save"].shortcuts() == QKeySequence.keyBindings(
        QKeySequence.StandardKey.Save
    )


def test_everything_that_takes_the_keyboard_has_a_name(window):
    window.fill()
    nameless = []
    for widget in window.findChildren(QWidget):
        if widget.focusProxy() is not None or not widget.isVisibleTo(window):
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            told = QAccessible.queryAccessibleInterface(widget)
            if told is not None and not told.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_the_theme_can_be_chosen_and_every_part_follows(window, qtbot):
    window.fill()
    with qtbot.waitSignal(window.look.theme_changed):
        window.look.choose(ThemeChoice.DARK)
    base = QApplication.palette().color(QPalette.ColorRole.Base)
    assert base.lightness() < 60
    assert window.charts.theme.name == "dark"
    window.look.choose(ThemeChoice.LIGHT)
    assert QApplication.palette().color(QPalette.ColorRole.Base).lightness() > 200


def test_the_workbook_is_written_where_asked(window, tmp_path, qtbot):
    window.files.questions.path = tmp_path / "out"
    window.actions_by_id["export_workbook"].trigger()
    qtbot.waitUntil(lambda: not window.exports.is_running, timeout=60_000)
    assert (tmp_path / "out.xlsx").stat().st_size > 10_000
    assert "out.xlsx" in window.bar.text


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_charts_are_written_as_a_picture(window, tmp_path, kind):
    window.fill()
    window.files.questions.path = tmp_path / f"charts.{kind}"
    window.actions_by_id["save_picture"].trigger()
    assert (tmp_path / f"charts.{kind}").stat().st_size > 3000


def test_a_price_file_opens_the_preview(window, tmp_path, qtbot):
    path = tmp_path / "bids.csv"
    path.write_text("Date,Bid\n2019-08-01,0.0021\n2019-08-02,0.0022\n")
    window.take_file(path)
    qtbot.waitUntil(
        lambda: window.exports.preview is not None and window.exports.preview.isVisible()
    )
    window.exports.preview.reject()


def test_help_pages_open(window, qtbot):
    from notemodeler.ui.help_window import TITLES, show_help

    for topic in [*TITLES, RATE]:
        page = show_help(window, topic)
        assert len(page.findChild(QWidget).toPlainText()) > 200
        page.close()


def test_the_palette_finds_and_runs_an_action(window, qtbot):
    from notemodeler.ui.command_palette import CommandPalette

    change_rate(window)
    palette = CommandPalette(window.records, window.actions_by_id, window)
    palette.narrow("undo")
    palette.run_chosen()
    assert rate(window) == Decimal("0.08")


def test_the_palette_prefers_what_is_called_so_to_what_only_says_so(window):
    from notemodeler.ui.command_palette import CommandPalette

    palette = CommandPalette(window.records, window.actions_by_id, window)
    palette.narrow("dark")
    assert palette._list.currentItem().text() == "Theme: Dark"
    palette.reject()


def test_the_window_remembers_its_place(window):
    window.resize(window.width(), 640)  # the off-screen screen is narrower than the window
    assert window.close()
    again = assemble("light")
    assert again.height() == 640
    again.close()


def test_an_unexpected_error_keeps_a_recovery_copy_and_tells(window, qtbot, monkeypatch):
    from notemodeler.app.places import find_places
    from notemodeler.ui import crash

    change_rate(window)
    crash.tell(window, crash.report(ValueError, ValueError("boom"), None))
    assert "boom" in window.bar.text
    assert [path for path in Path(find_places().recovery).iterdir() if path.is_file()]


# The start, stage by stage.


@pytest.fixture
def asleep(qtbot):
    """A window as its first paint shows it."""
    made = assemble("light")
    qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_first_paint_shows_terms_and_prices_and_leaves_out_what_follows(asleep):
    assert asleep.document.is_at_rest
    assert asleep.form.editor(RATE).text() == "8 %"
    last = asleep.prices.model.rowCount() - 2
    assert asleep.prices.model.text(last, 1).startswith("0.00")
    assert asleep.prices.model.text(last, CONVERSION) == ""
    asleep.fill()
    assert asleep.prices.model.text(last, CONVERSION).startswith("0.00")
    assert asleep.prices.model.lows
    assert asleep.why.sheet.pieces is not None
    assert asleep.charts.is_filled


def test_an_edit_before_the_window_is_filled_brings_out_what_follows(asleep):
    change_rate(asleep)
    assert not asleep.document.is_at_rest
    assert asleep.why.sheet.pieces is not None
    asleep.fill()
    asleep.files.session.autosave()
    assert asleep.files.session.project is asleep.document.project


def test_a_hidden_table_is_made_when_its_tab_is_shown_and_stays_in_its_place(asleep):
    words = [asleep.tabs.tabText(place) for place in range(asleep.tabs.count())]
    assert asleep.tabs.findChild(ScheduleTable) is None
    for place in range(asleep.tabs.count()):
        asleep.tabs.setCurrentIndex(place)
        assert asleep.tabs.currentIndex() == place
        assert asleep.tabs.currentWidget() is asleep.tabs.table_at(place)
    assert asleep.tabs.currentWidget() is asleep.closures
    assert [asleep.tabs.tabText(place) for place in range(asleep.tabs.count())] == words


def test_a_table_made_late_wears_the_theme_in_force(window):
    window.look.choose(ThemeChoice.DARK)
    assert window.ledger.model.muted.name() == DARK.muted
    window.look.choose(ThemeChoice.LIGHT)
    assert window.ledger.model.muted.name() == LIGHT.muted


def test_a_new_window_does_not_put_a_text_cursor_into_the_terms(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    assert window.focusWidget() is window.charts
    window.fill()
    assert window.focusWidget() is window.charts.charts[0].view


# What the parts ask of the window.

DAY = date(2018, 10, 16)


@pytest.mark.parametrize(
    ("fields", "table"),
    [
        (("note.ledger",), "ledger"),
        (("issuer.shares_outstanding",), "share_counts"),
        ((), "prices"),
    ],
)
def test_an_issue_elsewhere_opens_its_table_and_moves_the_cursor(window, fields, table):
    window.tabs.setCurrentWidget(window.closures)
    window.tabs.hide()
    window.form.go_to(Issue(Severity.WARNING, "Odd.", fields, (DAY, date(2018, 10, 17))))
    assert window.tabs.currentWidget() is getattr(window, table)
    assert window.tabs.isVisible()
    assert window.document.cursor_day == DAY


def test_an_issue_of_a_day_without_trading_moves_the_cursor_to_the_next_trading_day(window):
    window.form.go_to(Issue(Severity.WARNING, "Closed.", (), (date(2018, 9, 3),)))
    assert window.document.cursor_day == date(2018, 9, 4)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_saving_from_a_chart_proposes_the_format_chosen_there(window, tmp_path, kind):
    window.fill()
    window.files.questions.path = tmp_path / "charts"
    window.charts.save_requested.emit(kind)
    assert (tmp_path / f"charts.{kind}").stat().st_size > 3000
    assert window.files.questions.kinds.startswith(kind.upper())


def test_a_paste_that_needs_a_look_opens_the_preview(window, qtbot):
    window.prices.preview_wanted.emit("pasted prices", "Date\tBid\n2019-08-01\t0.0021\n")
    qtbot.waitUntil(lambda: window.exports.preview.isVisible())
    assert "pasted prices" in window.exports.preview.windowTitle()
    window.exports.preview.reject()


def test_the_title_follows_the_first_save(window, tmp_path):
    window.files.questions.path = tmp_path / "named.note"
    window.actions_by_id["save"].trigger()
    assert "named.note" in window.windowTitle()


def test_exactly_one_theme_is_ticked(window):
    def ticked():
        checked = (name for name, action in window.actions_by_id.items() if action.isChecked())
        return [name for name in checked if name.startswith("theme")]

    assert ticked() == ["theme_light"]
    window.actions_by_id["theme_dark"].trigger()
    assert ticked() == ["theme_dark"]
    window.actions_by_id["theme_light"].trigger()


def test_a_start_without_a_user_ends_on_an_error(window, qtbot, capsys):
    import sys

    from notemodeler.ui import crash

    ended = []
    before = sys.excepthook, threading.excepthook
    try:
        crash.install(window, lambda: ended.append(True))
        sys.excepthook(ValueError, ValueError("boom"), None)
        qtbot.waitUntil(lambda: bool(ended))
    finally:
        sys.excepthook, threading.excepthook = before
    assert "boom" in capsys.readouterr().err
    assert not window.bar.isVisible()


def test_both_usual_keys_do_again(window):
    keys = [key.toString() for key in window.actions_by_id["redo"].shortcuts()]
    assert "Ctrl+Y" in keys
    assert keys[0] == QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)[0].toString()
