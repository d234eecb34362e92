"""Terms that are small tables: told in lines, edited in a table under the term or as one line of text."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from notemodeler.app.sample import ascent_project
from notemodeler.domain.default import DefaultEvent, DefaultSum
from notemodeler.domain.issuer import AuthorisedShares, Split, StatusEvent, StatusKind
from notemodeler.domain.kinds import DATE, PRICE
from notemodeler.domain.numbers import FORM, Style
from notemodeler.domain.project import field_value, with_field
from notemodeler.domain.repayment import Instalment, PrepaymentStep, Settled
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.scenario import DrawnPoint
from notemodeler.domain.terms import term
from notemodeler.ui.document import Document
from notemodeler.ui.forms.row_words import row_words, rows_summary
from notemodeler.ui.forms.terms_form import TermsForm
from notemodeler.ui.theme import DARK, LIGHT

KEY = Qt.Key
STEPS, SPLITS = "note.repayment.prepayment_steps", "issuer.splits"
STATUS = "issuer.status_events"


def ranges(*rows):
    return tuple(
        PrepaymentStep(first, last, Decimal(percent) / 100) for first, last, percent in rows
    )


TABLE = ranges((0, 30, 115), (31, 60, 120), (61, 180, 140))


@pytest.fixture
def document(qtbot):
    return Document(with_field(ascent_project(), STEPS, TABLE))


def shown_form(qtbot, document, style=FORM):
    form = TermsForm(document, LIGHT, style)
    qtbot.addWidget(form)
    form.resize(380, 900)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@pytest.fixture
def form(qtbot, document):
    return shown_form(qtbot, document)


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)


def write(text):
    """Types into whatever has the focus; the first key opens a cell's editor."""
    for character in text:
        QTest.keyClicks(QApplication.focusWidget(), character)


def opened(form, name=STEPS):
    form.focus_field(name)
    press(KEY.Key_Return)
    return form.row(name).box.drawer


def value(form, name=STEPS):
    return field_value(form.document.project, name)


def cell(drawer, row, column):
    return drawer.model.text(row, column)


def go(drawer, row, column):
    drawer.view.setCurrentIndex(drawer.model.index(row, column))


# The face.


def test_the_term_tells_one_line_a_row(form):
    box = form.editor(STEPS)
    assert box.text() == "Days 0–30: 115 %; Days 31–60: 120 %; Days 61–180: 140 %"
    assert box.sizeHint().height() > 3 * box.fontMetrics().height()
    assert "Days 61–180: 140 %" in box.toolTip()


def test_many_rows_are_cut_with_their_number(form, document):
    document.edit_field(STEPS, ranges(*((d, d, 115) for d in range(9))), "Change")
    assert form.editor(STEPS)._lines[-1] == "and 4 more"


def test_lines_that_are_too_long_for_the_column_take_the_whole_width(form, document):
    event = StatusEvent(StatusKind.LATE_REPORTS, date(2019, 4, 17), date(2019, 5, 2))
    form.focus_field(STATUS)
    narrow = form.editor(STATUS).geometry()
    document.edit_field(STATUS, (event,), "Change")
    wide, label = form.editor(STATUS).geometry(), form.row(STATUS).label.geometry()
    assert wide.left() == label.left() < narrow.left()
    assert wide.top() > label.center().y()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (PrepaymentStep(0, 30, Decimal("1.15")), "Days 0–30: 115 %"),
        (AuthorisedShares(date(2018, 9, 3), 20_000_000_000), "20,000,000,000 from Sep 3, 2018"),
        (Split(date(2019, 3, 1), 10, 1), "1 for 10 on Mar 1, 2019"),
        (StatusEvent(StatusKind.DTC_CHILL, date(2019, 1, 3)), "DTC chill from Jan 3, 2019"),
        (StatusEvent(StatusKind.NOT_LISTED, date(2019, 1, 3), date(2019, 2, 4)),
         "not quoted from Jan 3, 2019 to Feb 4, 2019"),
        (RuleStep(StepTrigger.NO_DEPOSIT, extra_discount=Decimal("0.05")),
         "While deposit is refused: extra discount 5 %"),
        (RuleStep(StepTrigger.FROM_DATE, date(2019, 1, 3), multiplier=Decimal("0.5")),
         "From Jan 3, 2019: multiplier 50 %"),
        (RuleStep(StepTrigger.PRICE_LOW, trigger_price=Decimal("0.01"), lookback_days=20),
         "While the price is below $0.0100: look-back 20"),
        (RuleStep(StepTrigger.ON_DEFAULT), "From the default: nothing changes"),
        (Instalment(date(2019, 3, 1), Decimal(5000), Decimal("0.1")),
         "Mar 1, 2019: $5,000.00, in cash, 10 % premium"),
        (Instalment(date(2019, 3, 1), settled=Settled.SHARES),
         "Mar 1, 2019: all that is owed, in shares by the rule"),
        (DefaultSum(DefaultEvent.DELIVERY, Decimal(2)),
         "200 % on failure to deliver or reserve shares"),
        (DrawnPoint(date(2019, 9, 3), Decimal("0.002")), "Sep 3, 2019: $0.0020"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_row_is_one_line_of_plain_words(row, words):
    assert row_words(row, FORM) == words
    assert rows_summary((row,), FORM) == words


@dataclasses.dataclass(frozen=True)
class Odd:
    """A row that the form has no words for."""

    day: date | None = term(None, "Day", DATE, "A day.", optional=True)
    price: Decimal = term(None, "Price", PRICE, "A price.", unit="$")


def test_rows_without_words_of_their_own_name_the_cells_that_are_filled():
    odd = Odd(None, Decimal("0.002"))
    assert row_words(odd, FORM) == "price $0.0020"
    assert rows_summary((odd, odd), FORM) == "2 rows"
    assert rows_summary((), FORM) == "none"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (TABLE, "115 % to 140 % over days 0–180"),
        (TABLE[:1] + ranges((31, 60, 115)), "115 % over days 0–60"),
        ((Split(date(2019, 3, 1), 10), Split(date(2020, 3, 2), 5)),
         "2 splits, the last 1 for 5 on Mar 2, 2020"),
        ((AuthorisedShares(date(2019, 3, 1), 5), AuthorisedShares(date(2018, 3, 1), 4)),
         "5 from Mar 1, 2019 (2 rows)"),
        ((Instalment(date(2019, 3, 1)), Instalment(date(2019, 1, 2))),
         "2 instalments, Jan 2, 2019 to Mar 1, 2019"),
        ((RuleStep(), RuleStep()), "2 steps"),
    ],
)  # fmt: skip
def test_several_rows_are_summed_up(rows, words):
    assert rows_summary(rows, FORM) == words


# The table.


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Space])
def test_a_key_opens_the_table_and_escape_goes_back(form, key):
    form.focus_field(STEPS)
    press(key)
    drawer = form.row(STEPS).box.drawer
    assert drawer.view.hasFocus()
    assert drawer.y() > form.editor(STEPS).geometry().bottom()
    below = form.editor("note.repayment.prepayment_base")
    assert below.y() > drawer.geometry().bottom()
    press(KEY.Key_Escape)
    assert form.row(STEPS).box.drawer is None
    assert form.editor(STEPS).hasFocus()


def test_a_click_opens_and_closes_it(form):
    form.focus_field(STEPS)
    QTest.mouseClick(form.editor(STEPS), Qt.MouseButton.LeftButton)
    assert form.row(STEPS).box.drawer.isVisible()
    QTest.mouseClick(form.editor(STEPS), Qt.MouseButton.LeftButton)
    assert form.row(STEPS).box.drawer is None


def test_every_part_of_the_table_has_a_name(form):
    drawer = opened(form)
    names = [
        QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
        for part in drawer.stops
    ]
    assert names[0] == "Prepayment table"
    assert names[1:] == [f"{each}, Prepayment table" for each in ("Delete row", "Paste", "Done")]
    assert drawer.view.objectName() == f"{STEPS}.rows.table"


def test_tab_goes_through_the_table_to_its_buttons_and_on(form):
    drawer = opened(form)
    go(drawer, 0, 2)
    for part in drawer.stops[1:]:
        press(KEY.Key_Tab)
        assert part.hasFocus()
    press(KEY.Key_Tab)
    assert form.editor("note.repayment.prepayment_base").hasFocus()


def test_a_cell_typed_is_one_named_step(form, document):
    drawer = opened(form)
    go(drawer, 1, 2)
    write("125")
    press(KEY.Key_Return)
    assert value(form) == ranges((0, 30, 115), (31, 60, 125), (61, 180, 140))
    assert document.undo_stack.undoText() == "Change prepayment table, row 2"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert cell(drawer, 1, 2) == "120 %"


def test_escape_gives_up_a_cell(form, document):
    drawer = opened(form)
    go(drawer, 1, 2)
    write("125")
    press(KEY.Key_Escape)
    assert value(form) == TABLE
    assert form.row(STEPS).box.drawer is drawer


def test_typing_in_the_last_row_adds_one(form, document):
    drawer = opened(form)
    go(drawer, 3, 0)
    write("181")
    press(KEY.Key_Tab)
    assert cell(drawer, 3, 2) == "115 %", "what the empty cell will hold"
    write("360")
    press(KEY.Key_Tab)
    write("150")
    press(KEY.Key_Return)
    assert value(form) == (*TABLE, *ranges((181, 360, 150)))
    assert document.undo_stack.undoText() == "Add row 4 of prepayment table"
    assert drawer.view.currentIndex().row() == 4
    assert form.page.height() >= drawer.geometry().bottom()


def test_a_whole_table_is_typed_with_tab_alone(form, document):
    document.edit_field(STEPS, (), "Clear")
    drawer = opened(form)
    for text in ("0", "30", "115", "31", "60", "120"):
        write(text)
        press(KEY.Key_Tab)
    assert value(form) == ranges((0, 30, 115), (31, 60, 120))
    here = drawer.view.currentIndex()
    assert (here.row(), here.column()) == (2, 0)
    assert drawer.view.hasFocus()


def test_tab_after_the_last_cell_typed_goes_to_the_next_row(form):
    drawer = opened(form)
    go(drawer, 0, 2)
    write("117")
    press(KEY.Key_Tab)
    here = drawer.view.currentIndex()
    assert (here.row(), here.column()) == (1, 0)


def test_tab_at_the_end_of_a_row_that_lacks_a_cell_says_so_and_stays(form):
    drawer = opened(form)
    go(drawer, 3, 0)
    write("181")
    go(drawer, 3, 2)
    press(KEY.Key_Tab)
    assert "still needs: Last day" in drawer.table.status.text()
    assert value(form) == TABLE


def test_what_was_said_of_a_paste_goes_with_the_next_edit(form, document):
    drawer = opened(form)
    go(drawer, 3, 0)
    QGuiApplication.clipboard().setText("181\t200\t125%\n")
    drawer.view.paste()
    assert "pasted" in drawer.table.status.text()
    document.undo_stack.undo()
    assert not drawer.table.status.text()


def test_rows_stay_in_the_order_in_which_they_are_given(form, document):
    document.edit_field(SPLITS, (Split(date(2020, 3, 2), 10), Split(date(2019, 3, 1), 5)), "Change")
    drawer = opened(form, SPLITS)
    assert [cell(drawer, row, 0) for row in range(2)] == ["Mar 2, 2020", "Mar 1, 2019"]
    go(drawer, 0, 1)
    write("20")
    press(KEY.Key_Return)
    assert value(form, SPLITS) == (Split(date(2020, 3, 2), 20), Split(date(2019, 3, 1), 5))


@pytest.mark.parametrize(
    ("text", "said"),
    [("x", "“x” is not a number."), ("600", "must be at most 500 %."), ("", "no number")],
)
def test_a_cell_that_cannot_be_read_says_so_and_changes_nothing(form, document, text, said):
    drawer = opened(form)
    go(drawer, 0, 2)
    press(KEY.Key_F2)
    write(text or "\b")
    press(KEY.Key_Return)
    assert said in drawer.table.status.text()
    assert drawer.table.status.isVisible()
    assert value(form) == TABLE
    press(KEY.Key_Escape)
    assert not drawer.table.status.text()


def test_a_row_that_lacks_a_cell_says_so_and_changes_nothing(form, document):
    drawer = opened(form)
    go(drawer, 3, 0)
    write("181")
    press(KEY.Key_Return)
    go(drawer, 0, 0)
    assert drawer.table.status.text() == "The new row still needs: Last day."
    assert value(form) == TABLE
    press(KEY.Key_Escape)
    assert value(form) == TABLE


@pytest.mark.parametrize("way", ["control_minus", "delete", "button"])
def test_a_row_can_be_deleted(form, document, way):
    drawer = opened(form)
    go(drawer, 1, 0)
    if way == "control_minus":
        press(KEY.Key_Minus, held=Qt.KeyboardModifier.ControlModifier)
    elif way == "delete":
        press(KEY.Key_Delete)
    else:
        drawer.stops[1].click()
    assert value(form) == (TABLE[0], TABLE[2])
    assert document.undo_stack.undoText() == "Delete row 2 of prepayment table"


def test_delete_empties_a_cell_that_may_be_empty(form, document):
    event = StatusEvent(StatusKind.DTC_CHILL, date(2019, 1, 3), date(2019, 2, 4))
    document.edit_field(STATUS, (event,), "Change")
    drawer = opened(form, STATUS)
    go(drawer, 0, 2)
    press(KEY.Key_Delete)
    assert value(form, STATUS) == (dataclasses.replace(event, until_date=None),)
    assert cell(drawer, 0, 2) == "goes on"


def test_a_choice_is_taken_from_a_list(form, document):
    event = StatusEvent(StatusKind.DTC_CHILL, date(2019, 1, 3))
    document.edit_field(STATUS, (event,), "Change")
    drawer = opened(form, STATUS)
    go(drawer, 0, 0)
    press(KEY.Key_F2)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    box.setCurrentText("reports late")
    press(KEY.Key_Return)
    assert value(form, STATUS)[0].kind is StatusKind.LATE_REPORTS
    assert document.undo_stack.undoText() == "Change deliverability, row 1"


def test_a_block_is_pasted_as_one_step(form, document):
    drawer = opened(form)
    go(drawer, 2, 0)
    QGuiApplication.clipboard().setText("61\t90\t125%\n91\t180\t135 %\n")
    press(KEY.Key_V, held=Qt.KeyboardModifier.ControlModifier)
    assert value(form) == ranges((0, 30, 115), (31, 60, 120), (61, 90, 125), (91, 180, 135))
    assert document.undo_stack.undoText() == "Paste 2 rows of prepayment table"
    document.undo_stack.undo()
    assert value(form) == TABLE


def test_of_a_pasted_block_the_rows_that_cannot_be_read_are_named(form):
    drawer = opened(form)
    go(drawer, 3, 0)
    QGuiApplication.clipboard().setText("181\t200\t125%\n201\tlater\t135 %\n")
    drawer.view.paste()
    assert value(form) == (*TABLE, *ranges((181, 200, 125)))
    assert "not understood: row 2" in drawer.table.status.text()


def test_cells_are_read_and_shown_with_the_marks_of_the_user(qtbot, document):
    german = Style(decimal_mark=",", group_mark=".", day_first=True)
    form = shown_form(qtbot, document, german)
    drawer = opened(form)
    go(drawer, 0, 2)
    write("117,5")
    press(KEY.Key_Return)
    assert value(form)[0].percent == Decimal("1.175")
    assert cell(drawer, 0, 2) == "117,5 %"
    assert form.editor(STEPS).text().startswith("Days 0–30: 117,5 %")


def test_the_open_table_follows_the_document_and_the_theme(form, document):
    drawer = opened(form)
    document.edit_field(STEPS, TABLE[:1], "Change")
    assert drawer.model.rowCount() == 2
    assert form.editor(STEPS)._lines == ["1 row"]
    form.set_theme(DARK)
    assert drawer.model.muted.name() == DARK.muted


def test_another_note_closes_the_table(qtbot):
    project = with_field(ascent_project(), STEPS, TABLE)
    document = Document(project.with_note(ascent_project().notes[0], 1))
    form = shown_form(qtbot, document)
    opened(form)
    document.select_note(1)
    assert form.row(STEPS).box.drawer is None
    assert form.editor(STEPS).text() == "none"


# The rows as one line of text.


def test_f2_types_the_rows_as_one_line(form, document):
    form.focus_field(STEPS)
    press(KEY.Key_F2)
    assert QApplication.focusWidget().text() == "0 | 30 | 115 %; 31 | 60 | 120 %; 61 | 180 | 140 %"
    write("0 | 90 | 120; 91 | 180 | 130")
    assert value(form) == ranges((0, 90, 120), (91, 180, 130))
    press(KEY.Key_Return)
    assert form.editor(STEPS).hasFocus()
    assert form.editor(STEPS).text() == "Days 0–90: 120 %; Days 91–180: 130 %"
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == (
        "Change prepayment table to 120 % to 130 % over days 0–180"
    )


def test_a_line_that_cannot_be_read_tells_row_and_column_and_escape_drops_it(form, document):
    form.focus_field(STEPS)
    press(KEY.Key_F2)
    write("0 | x | 115")
    assert value(form) == TABLE
    assert "Row 1, last day" in form.row(STEPS).message_text
    assert form.editor(STEPS).unread
    form.focus_field("note.title")
    assert form.editor(STEPS).unread, "it stays until it is read or dropped"
    form.focus_field(STEPS)
    press(KEY.Key_Escape)
    assert not form.editor(STEPS).unread
    assert form.editor(STEPS).text().startswith("Days 0–30")
    assert form.row(STEPS).message_text == ""
    assert not document.undo_stack.canUndo()


def test_f1_asks_about_the_term(form, qtbot):
    form.focus_field(STEPS)
    with qtbot.waitSignal(form.help_wanted) as caught:
        press(KEY.Key_F1)
    assert caught.args == [STEPS]
