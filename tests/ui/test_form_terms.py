"""The form is a picture of the document: what is typed arrives there, what changes there is shown."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import FORM, Style
from notemodeler.domain.project import FIELD_BY_NAME, field_value
from notemodeler.domain.rule import PriceRounding, Statistic
from notemodeler.ui.document import Document
from notemodeler.ui.forms.date_editor import DateEditor
from notemodeler.ui.forms.line_editor import LineEditor
from notemodeler.ui.forms.rows_box import RowsBox
from notemodeler.ui.forms.terms_form import NAMES, TermsForm
from notemodeler.ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""The off-screen platform says so of every window and pop-up."""

PRINCIPAL = "note.principal_amount"
MULTIPLIER = "note.conversion.rule.multiplier"
OPENS = "note.conversion.opens_date"
KEY = Qt.Key


@pytest.fixture
def document(qtbot):
    return Document(ascent_project())


@pytest.fixture
def form(qtbot, document):
    form = TermsForm(document, LIGHT, FORM)
    qtbot.addWidget(form)
    form.resize(360, 900)
    form.show()
    qtbot.waitExposed(form)
    return form


def type_into(form, name, text):
    form.focus_field(name)
    QTest.keyClicks(form.editor(name), text)


def leave(form, name):
    form.editor(name).clearFocus()


def value(form, name):
    return field_value(form.document.project, name)


@pytest.mark.parametrize(
    "field", [FIELD_BY_NAME[name] for name in NAMES], ids=lambda field: field.name
)
def test_every_field_has_an_editor_that_is_named_explained_and_shows_the_document(form, field):
    editor = form.editor(field.name)
    assert editor.objectName() == field.name
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface.text(QAccessible.Text.Name)
    assert len(editor.toolTip()) >= 20
    assert field.term.help in editor.accessibleDescription()
    shown = value(form, field.name)
    text = field.term.kind.show(shown) if shown is not None else ""
    if isinstance(editor, RowsBox):
        text = text or "none"
    assert text == (editor.currentText() if isinstance(editor, QComboBox) else editor.text())


def test_tab_walks_the_fields_in_reading_order(form):
    seen, widget = [], form.editor("issuer.name")
    for _ in range(200):
        if widget.isVisible() and "." in widget.objectName():
            seen.append(widget.objectName())
        widget = widget.nextInFocusChain()
        if widget is form.editor("issuer.name"):
            break
    assert seen == [name for name in NAMES if form.row(name).shown]
    assert len(seen) > 30


def test_typing_reaches_the_document_at_once(form, document):
    type_into(form, PRINCIPAL, "123")
    assert value(form, PRINCIPAL) == Decimal(123)
    assert form.editor(PRINCIPAL).text() == "123"


def test_all_typing_of_one_visit_is_one_step_named_by_its_outcome(form, document):
    type_into(form, PRINCIPAL, "123")
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Change principal to $123.00"
    leave(form, PRINCIPAL)
    type_into(form, PRINCIPAL, "9")
    assert document.undo_stack.count() == 2


def test_leaving_shows_the_canonical_look(form):
    type_into(form, PRINCIPAL, "125000")
    leave(form, PRINCIPAL)
    assert form.editor(PRINCIPAL).text() == "125,000.00"


def test_a_text_that_cannot_be_read_is_told_and_leaves_the_document_alone(form, document):
    before = document.project
    type_into(form, PRINCIPAL, "x")
    row = form.row(PRINCIPAL)
    assert document.project is before
    assert row.severity is Severity.ERROR
    assert row._message.isVisible()
    assert row.message_text == "“x” is not a number."
    assert "is not a number" in form.editor(PRINCIPAL).accessibleDescription()
    assert form.bar.text() == "1 error"


def test_an_unreadable_text_stays_until_escape_brings_the_value_back(form):
    type_into(form, PRINCIPAL, "x")
    leave(form, PRINCIPAL)
    assert form.editor(PRINCIPAL).text() == "x"
    form.focus_field(PRINCIPAL)
    QTest.keyClick(form.editor(PRINCIPAL), KEY.Key_Escape)
    assert form.editor(PRINCIPAL).text() == "130,000.00"
    assert form.row(PRINCIPAL).severity is None
    assert not form.row(PRINCIPAL)._message.isVisible()


def test_a_warning_of_the_document_stands_under_its_field(form):
    type_into(form, MULTIPLIER, "150")
    row = form.row(MULTIPLIER)
    assert value(form, MULTIPLIER) == Decimal("1.5")
    assert row.severity is Severity.WARNING
    assert "is usually at most 95 %" in row._message.text()
    assert row._message.accessibleName().startswith("Warning: ")


def test_a_value_past_its_bounds_may_be_typed_but_never_enters_the_document(form):
    before = value(form, PRINCIPAL)
    type_into(form, PRINCIPAL, "0")
    assert value(form, PRINCIPAL) == before
    assert form.row(PRINCIPAL).severity is Severity.ERROR
    assert "must be at least" in form.row(PRINCIPAL).message_text


def test_an_issue_of_two_fields_stands_under_both(form):
    type_into(form, "note.maturity_date", "2018-01-02")
    for name in ("note.maturity_date", "note.issue_date"):
        assert "matures on or before" in form.row(name).message_text


def test_the_border_of_an_error_is_painted_in_its_colour(form, qtbot):
    def corner():
        image = form.editor(PRINCIPAL).grab().toImage()
        return image.pixelColor(image.width() // 2, 0)

    assert corner() != QColor(LIGHT.error)
    type_into(form, PRINCIPAL, "x")
    assert corner() == QColor(LIGHT.error)
    form.set_theme(DARK)
    assert corner() == QColor(DARK.error)


def test_the_discount_may_be_typed_and_both_readings_stand_there(form):
    assert form.editor(MULTIPLIER).suffixes()[0] == "= 35 % discount"
    type_into(form, MULTIPLIER, "45 % off")
    assert value(form, MULTIPLIER) == Decimal("0.55")
    assert form.editor(MULTIPLIER).suffixes()[0] == "= 55 %"
    leave(form, MULTIPLIER)
    assert form.editor(MULTIPLIER).text() == "55 %"
    assert form.editor(MULTIPLIER).suffixes()[0] == "= 45 % discount"


@pytest.mark.parametrize("text", ["030419", "3/4/19", "4 Mar 2019", "2019-03-04"])
def test_dates_are_read_in_every_sane_way(form, text):
    type_into(form, OPENS, text)
    assert value(form, OPENS) == date(2019, 3, 4)


def test_a_date_that_could_be_read_otherwise_says_how_it_was_read(form):
    type_into(form, OPENS, "3/4/2019")
    hint = form.row(OPENS)._aside.text()
    assert hint == "Read as March 4, 2019; for the other order type 2019-04-03"
    leave(form, OPENS)
    assert form.row(OPENS)._aside.text() == "215 days after issue"
    assert form.editor(OPENS).text() == "Mar 4, 2019"


def test_an_emptied_optional_field_is_none_and_says_what_that_means(form):
    form.focus_field(OPENS)
    QTest.keyClick(form.editor(OPENS), KEY.Key_Delete)
    assert value(form, OPENS) is None
    assert form.editor(OPENS).placeholderText() == "by days after issue"
    assert form.editor("note.conversion.opens_days").isVisible()


@pytest.mark.parametrize(("key", "day"), [(KEY.Key_Up, 2), (KEY.Key_Down, 31)])
def test_arrow_keys_move_a_date_by_a_day(form, key, day):
    form.focus_field("note.maturity_date")
    QTest.keyClick(form.editor("note.maturity_date"), key)
    assert value(form, "note.maturity_date").day == day


def test_arrow_keys_step_numbers_as_one_undo_step(form, document):
    form.focus_field(PRINCIPAL)
    for _ in range(3):
        QTest.keyClick(form.editor(PRINCIPAL), KEY.Key_Up)
    assert value(form, PRINCIPAL) == Decimal(133000)
    assert document.undo_stack.count() == 1


def test_the_calendar_is_made_when_asked_for_and_picks_a_day(form):
    editor = form.editor(OPENS)
    assert editor._picker is None
    form.focus_field(OPENS)
    QTest.keyClick(editor, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    picker = editor._picker
    assert picker.isVisible()
    assert picker.month.selectedDate().toPython() == date(2019, 2, 1)
    picker.month.activated.emit(picker.month.selectedDate().addDays(4))
    assert not picker.isVisible()
    assert value(form, OPENS) == date(2019, 2, 5)


def test_the_calendar_strikes_out_the_days_without_trading(form):
    editor = form.editor(OPENS)
    editor.open_calendar()
    month = editor._picker.month
    struck = {
        day: month.dateTextFormat(date(2019, 2, day)).fontStrikeOut() for day in (1, 2, 18, 19)
    }
    editor._picker.close()
    assert struck == {1: False, 2: True, 18: True, 19: False}


def test_today_is_one_press_away(form):
    editor = form.editor(OPENS)
    editor.open_calendar()
    before = date.today()  # noqa: DTZ011 - the day where the user sits
    editor._picker.today.click()
    assert before <= value(form, OPENS) <= date.today()  # noqa: DTZ011


def test_terms_that_do_not_apply_are_out_of_sight(form, document):
    lowest, places = "note.conversion.rule.lowest_count", "note.conversion.rule.rounding_places"
    assert form.editor(lowest).isVisible()
    form.focus_field("note.conversion.rule.rounding")
    assert not form.row(places).is_made
    document.edit_field("note.conversion.rule.statistic", Statistic.MEAN, "Change")
    document.edit_field("note.conversion.rule.rounding", PriceRounding.UP, "Change")
    assert not form.editor(lowest).isVisible()
    assert not form.row(lowest).label.isVisible()
    assert form.editor(places).isVisible()


def test_a_choice_reaches_the_document(form):
    combo = form.editor("note.interest.day_count")
    combo.setFocus()
    QTest.keyClick(combo, KEY.Key_Down)
    assert value(form, "note.interest.day_count").value == "act/360"


def test_the_wheel_turns_a_choice_only_while_it_has_the_focus(form):
    combo = form.editor("note.interest.day_count")

    def turn():
        at = QPointF(5, 5)
        event = QWheelEvent(
            at, QPointF(combo.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(combo, event)

    turn()
    assert combo.currentIndex() == 0
    combo.setFocus()
    turn()
    assert combo.currentIndex() == 1


def test_a_flag_says_yes_or_no(form):
    box = form.editor("note.conversion.lots_are_sold")
    form.area.ensureWidgetVisible(box)
    box.click()
    assert value(form, "note.conversion.lots_are_sold") is False
    assert box.text() == "no"


def test_undo_in_a_field_undoes_the_document(form, document):
    type_into(form, PRINCIPAL, "5")
    QTest.keyClick(form.editor(PRINCIPAL), KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(form, PRINCIPAL) == Decimal(130000)
    assert form.editor(PRINCIPAL).text() == "130,000.00"


def test_a_change_elsewhere_rewrites_only_what_it_touched(form, document, monkeypatch):
    written = []
    for name in (PRINCIPAL, MULTIPLIER, "note.title"):
        editor = form.editor(name)
        monkeypatch.setattr(
            editor, "show_value", lambda shown, which=name: written.append(which), raising=False
        )
    document.edit_field(PRINCIPAL, Decimal(7), "Change")
    assert written == [PRINCIPAL]


def test_what_is_being_typed_is_never_rewritten(form, document):
    type_into(form, PRINCIPAL, "1234.5")
    document.edit_field("note.title", "Other", "Change")
    assert form.editor(PRINCIPAL).text() == "1234.5"
    assert form.editor("note.title").text() == "Other"


def test_a_hidden_form_catches_up_when_it_is_shown(form, document):
    form.hide()
    document.edit_field(PRINCIPAL, Decimal(7), "Change")
    assert form.editor(PRINCIPAL).text() == "130,000.00"
    form.show()
    assert form.editor(PRINCIPAL).text() == "7.00"


def test_the_summary_counts_and_leads_from_issue_to_issue(form):
    assert form.bar.text() == "No errors or warnings in the terms"
    assert not form.bar.isEnabled()
    type_into(form, "note.interest.rate", "30")
    type_into(form, PRINCIPAL, "x")
    assert form.bar.text() == "1 error, 2 warnings"
    form.bar.click()
    assert form.editor(PRINCIPAL).hasFocus()
    form.bar.click()
    assert form.editor("note.interest.rate").hasFocus()
    assert [action.text()[:5] for action in form.bar.menu().actions()] == [
        "Error",
        "Warni",
        "Warni",
    ]


def test_an_issue_that_is_not_in_the_form_is_passed_on(form, qtbot):
    issue = Issue(Severity.WARNING, "Elsewhere.", ("note.ledger",))
    with qtbot.waitSignal(form.issue_elsewhere) as caught:
        form.go_to(issue)
    assert caught.args == [issue]


def test_f1_asks_for_help_on_the_field(form, qtbot):
    for name in (PRINCIPAL, "note.interest.day_count", "note.conversion.lots_are_sold"):
        with qtbot.waitSignal(form.help_wanted) as caught:
            QTest.keyClick(form.editor(name), KEY.Key_F1)
        assert caught.args == [name]


def test_a_question_mark_asks_for_help_except_in_a_text(form, qtbot):
    with qtbot.waitSignal(form.help_wanted) as caught:
        type_into(form, OPENS, "?")
    assert caught.args == [OPENS]
    with qtbot.assertNotEmitted(form.help_wanted):
        type_into(form, "note.title", "Why?")
    assert value(form, "note.title") == "Why?"


def test_another_document_clears_what_could_not_be_read(form, document):
    type_into(form, PRINCIPAL, "x")
    document.load(ascent_project())
    assert form.editor(PRINCIPAL).text() == "130,000.00"
    assert form.row(PRINCIPAL).severity is None


def test_the_form_reads_and_writes_the_marks_of_the_user(qtbot, document):
    form = TermsForm(document, LIGHT, Style(decimal_mark=",", group_mark=".", day_first=True))
    qtbot.addWidget(form)
    form.show()
    assert form.editor(PRINCIPAL).text() == "130.000,00"
    type_into(form, PRINCIPAL, "1.234,5")
    assert value(form, PRINCIPAL) == Decimal("1234.5")


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
@pytest.mark.parametrize("width", [300, 380])
def test_no_label_is_clipped_and_nothing_overlaps(qtbot, document, percent, width):
    form = TermsForm(document, LIGHT, FORM)
    qtbot.addWidget(form)
    font = form.font()
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    form.setFont(font)
    form.resize(width, 700)
    form.show()
    type_into(form, PRINCIPAL, "x")
    bottom = 0
    for row in form.page.rows:
        if row.shown:
            assert row.label.width() >= row.label.sizeHint().width()
            assert row.label.height() >= row.label.fontMetrics().height()
            assert row.label.y() >= bottom
            bottom = max(part.geometry().bottom() for part in parts(row))
    assert form.page.height() >= bottom
    assert form.page.width() <= form.area.viewport().width()


def parts(row) -> list[QWidget]:
    beneath = [part for part in (row._aside, row._message) if part is not None and part.isVisible()]
    return [row.label, row.editor, *beneath]


def test_the_editors_are_lines_for_numbers_never_spin_boxes(form):
    assert type(form.editor(PRINCIPAL)) is LineEditor
    assert type(form.editor(OPENS)) is DateEditor


def test_the_calendar_of_the_last_field_stays_on_the_screen(form):
    form.move(0, form.screen().availableGeometry().bottom() - form.height())
    form.focus_field("note.default.default_date")
    editor = form.editor("note.default.default_date")
    assert editor.isVisible()
    editor.open_calendar()
    picker, screen = editor._picker, form.screen().availableGeometry()
    placed = picker.geometry()
    picker.close()
    assert placed.top() >= screen.top()
    assert placed.bottom() <= screen.bottom() + 1


def test_a_text_that_ends_unreadable_leaves_the_document_as_it_was(form):
    before = form.document.project
    form.focus_field(PRINCIPAL)
    type_into(form, PRINCIPAL, "13o000")
    assert "not a number" in form.row(PRINCIPAL).message_text
    assert form.document.project == before
    assert not form.document.undo_stack.canUndo()
    type_into(form, PRINCIPAL, "120000")
    assert value(form, PRINCIPAL) == 120000
    form.document.undo_stack.undo()
    assert form.document.project == before
