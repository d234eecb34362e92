"""The why-card explains the day under the cursor, in words that can be copied and heard."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import Split
from notemodeler.domain.issues import Severity
from notemodeler.domain.rule import WindowAnchor
from notemodeler.ui.document import Document
from notemodeler.ui.theme import DARK, LIGHT
from notemodeler.ui.why_card import WhyCard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""The off-screen platform says so of every window and pop-up."""

KEY = Qt.Key


@pytest.fixture
def document(qtbot):
    return Document(ascent_project())


@pytest.fixture
def card(qtbot, document):
    card = WhyCard(document, LIGHT)
    qtbot.addWidget(card)
    card.resize(320, 900)
    card.show()
    qtbot.waitExposed(card)
    return card


def painted(card):
    return [words.text.replace("\u00a0", " ") for words in card.sheet.pieces.words]


def test_the_sheet_shows_every_piece_of_the_explanation(card):
    texts = painted(card)
    why = card.why
    assert why.price in texts
    assert why.clause in texts
    for row in why.window:
        assert row.date in texts
        assert row.price in texts
    for section in why.sections:
        assert section.title in texts
        assert {line.value for line in section.lines} <= set(texts)
    assert card.day_label.text() == "Thu, Aug 1, 2019"


def test_the_description_for_screen_readers_is_the_whole_explanation(card, document):
    assert card.accessibleName()
    assert card.sheet.accessibleDescription() == card.text
    assert "81,698,424" in card.accessibleDescription()
    document.move_cursor(date(2019, 7, 30))
    assert "Jul 30, 2019" in card.accessibleDescription().splitlines()[0]


def test_the_qualifying_lows_have_a_ring_and_a_number(card):
    marked = [day for day in card.sheet.pieces.days if day.row.mark]
    assert sorted(day.row.mark for day in marked) == ["1", "2", "3"]
    image = card.sheet.grab().toImage()
    for day in card.sheet.pieces.days:
        top = image.pixelColor(day.ring.center().x(), day.ring.top() + 1)
        assert (top.lightness() < 128) is bool(day.row.mark)


def test_the_card_follows_the_cursor_and_the_edits(card, document):
    before = card.why.price
    document.move_cursor(date(2019, 3, 5))
    assert card.why.day == date(2019, 3, 5)
    assert card.why.price in painted(card)
    assert card.why.price != before
    before = card.why.price
    document.edit_field("note.conversion.rule.multiplier", Decimal("0.5"), "Change")
    assert card.why.price != before
    assert card.why.price in painted(card)


def test_a_hidden_card_waits_until_it_is_shown(card, document):
    shown = painted(card)
    card.hide()
    document.move_cursor(date(2019, 3, 5))
    assert painted(card) == shown
    card.show()
    assert painted(card) != shown


def test_buttons_and_arrow_keys_move_the_day(card, document):
    card.before.click()
    assert document.cursor_day == date(2019, 7, 31)
    card.after.click()
    assert document.cursor_day == date(2019, 8, 1)
    QTest.keyClick(card.sheet, KEY.Key_Left)
    assert document.cursor_day == date(2019, 7, 31)
    QTest.keyClick(card.sheet, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert document.cursor_day == date(2019, 7, 24)
    QTest.keyClick(card.sheet, KEY.Key_Right)
    assert document.cursor_day == date(2019, 7, 25)
    QTest.keyClick(card.sheet, KEY.Key_Home)
    assert document.cursor_day == date(2019, 8, 1)


def test_the_cursor_stays_at_the_end_of_the_calendar(card, document):
    last = document.results.market.calendar.last
    document.move_cursor(last)
    card.after.click()
    assert document.cursor_day == last


def test_a_press_on_a_day_chooses_it_and_a_double_press_explains_it(card, document, qtbot):
    row = card.sheet.pieces.days[3]
    with qtbot.waitSignal(card.day_chosen) as caught:
        QTest.mouseClick(card.sheet, Qt.MouseButton.LeftButton, pos=row.box.center())
    assert caught.args == [row.row.day]
    assert document.cursor_day == date(2019, 8, 1)
    QTest.mouseDClick(card.sheet, Qt.MouseButton.LeftButton, pos=row.box.center())
    assert document.cursor_day == row.row.day


def test_a_press_beside_the_days_chooses_nothing(card, qtbot):
    with qtbot.assertNotEmitted(card.day_chosen):
        QTest.mouseClick(card.sheet, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_up_and_down_walk_the_window_and_enter_explains_the_day(card, document):
    QTest.keyClick(card.sheet, KEY.Key_Down)
    QTest.keyClick(card.sheet, KEY.Key_Down)
    assert card.sheet.chosen == date(2019, 7, 19)
    QTest.keyClick(card.sheet, KEY.Key_Up)
    QTest.keyClick(card.sheet, KEY.Key_Up)
    assert card.sheet.chosen == date(2019, 7, 18)
    QTest.keyClick(card.sheet, KEY.Key_Return)
    assert document.cursor_day == date(2019, 7, 18)


def test_the_explanation_is_copied_as_text_and_as_html(card):
    card.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == card.text
    assert "<table>" in data.html()


def test_issues_stand_in_boxes_of_their_severity(card, document):
    document.move_cursor(date(2018, 10, 19))
    boxes = card.sheet.pieces.issues
    assert boxes[0].severity is Severity.ERROR
    image = card.sheet.grab().toImage()
    inside = boxes[0].box.bottomRight() - QPoint(6, 6)
    assert image.pixelColor(inside) == QColor(LIGHT.error_shade)
    assert "—" in painted(card)


def test_another_theme_paints_other_colours_at_once(card):
    card.set_theme(DARK)
    image = card.sheet.grab().toImage()
    assert image.pixelColor(2, image.height() - 3) == QColor(DARK.base)


def test_every_control_can_be_reached_and_is_named(card):
    for control in (card.before, card.after, card.copy_button, card.sheet):
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert card.focusProxy() is card.sheet


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_no_text_runs_out_of_the_sheet(card, percent):
    font = card.font()
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    card.setFont(font)
    fonts = card.sheet._fonts
    for words in card.sheet.pieces.words:
        if not words.flags & Qt.TextFlag.TextWordWrap.value:
            assert fonts.metrics[words.font].horizontalAdvance(words.text) <= words.box.width()
        assert words.box.right() <= card.sheet.width()
        assert words.box.bottom() <= card.sheet.height()


def test_a_look_back_over_a_split_shows_prices_as_quoted_and_restated(card, document):
    document.edit_field("issuer.splits", (Split(date(2019, 3, 1), 10),), "Split")
    document.move_cursor(date(2019, 3, 5))
    rows = {row.day: row for row in card.why.window}
    before, after = rows[date(2019, 2, 28)], rows[date(2019, 3, 4)]
    assert before.quoted.startswith("quoted $0.00")
    assert not after.quoted
    words = [each.text for each in card.sheet.pieces.words]
    assert "Look-back of ten trading days, quoted and restated" in words
    assert before.quoted.removeprefix("quoted ") in words
    assert before.quoted in card.text


def test_a_second_window_has_its_own_days_and_no_remark_stands_twice(card, document):
    document.edit_field("note.conversion.rule.second.anchor", WindowAnchor.NOTICE, "Second")
    document.edit_field("issuer.splits", (Split(date(2019, 3, 1), 10),), "Split")
    document.move_cursor(date(2019, 3, 5))
    titles = [window.title for window in card.why.windows]
    assert titles == ["Look-back of ten trading days", "Second window of twenty trading days"]
    assert len(card.why.windows[1].rows) == 20
    remarks = [issue.text for issue in card.why.issues]
    assert len(remarks) == len(set(remarks))
    assert "Second window of twenty trading days" in card.text
