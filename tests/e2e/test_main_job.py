"""The main job from end to end: a controller types, pastes, looks, exports; every reader tells the same number."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from notemodeler.__main__ import main as run_command
from notemodeler.app.results import compute
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.io.document_file import load_document
from notemodeler.ui.assembly import assemble

MULTIPLIER = "note.conversion.rule.multiplier"
LOOKBACK = "note.conversion.rule.lookback_days"
OPENS = date(2019, 2, 1)


class Nobody:
    """Chooses the given path and never has to be asked about unsaved work."""

    def __init__(self, path):
        self.path = path

    def which_file_to_write(self, title, kinds, proposed):
        return self.path

    which_file_to_open = which_file_to_write


@pytest.fixture
def window(qtbot):
    made = assemble("light")
    qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
    made.resize(1320, 840)
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    QGuiApplication.processEvents()
    return made


def type_term(window, name, text):
    window.form.focus_field(name)
    editor = window.form.editor(name)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QGuiApplication.processEvents()


def test_a_typed_discount_moves_price_card_and_charts(window):
    window.document.move_cursor(OPENS)
    before = window.document.results.quote(OPENS).price.conversion_price
    drawn = window.document.results.daily.conversion_price.copy()
    type_term(window, MULTIPLIER, "50% off")
    after = window.document.results.quote(OPENS).price.conversion_price
    assert after == before / Decimal("0.65") * Decimal("0.5")
    assert "50 %" in window.why.text
    now = window.document.results.daily.conversion_price
    assert (now < drawn)[drawn > 0].all()
    window.actions_by_id["undo"].trigger()
    assert window.document.results.quote(OPENS).price.conversion_price == before


def test_a_longer_look_back_is_shaded_exactly_as_wide(window):
    window.document.move_cursor(OPENS)
    type_term(window, LOOKBACK, "20")
    finding = window.document.results.quote(OPENS).price
    assert len(finding.window) == 20
    shown = list(window.why.why.window)
    assert [row.day for row in shown] == [day.date for day in finding.window]


def test_prices_pasted_from_a_spreadsheet_are_used(window):
    day = window.document.results.next_notice_date
    calendar = window.document.results.market.calendar
    days = [calendar.shifted(day, step) for step in range(5)]
    text = "\n".join(
        f"{each.isoformat()}\t${0.0005 + step / 10000:.4f}" for step, each in enumerate(days)
    )
    QGuiApplication.clipboard().setText(text)
    window.tabs.setCurrentWidget(window.prices)
    window.prices.view.setFocus()
    window.prices.view.paste()
    QGuiApplication.processEvents()
    series = window.document.project.prices[0]
    assert [series.price_on(each) for each in days] == [
        Decimal("0.0005") + Decimal(step) / 10000 for step in range(5)
    ]
    assert window.document.undo_stack.undoText() == "Paste 5 prices"


def test_window_command_line_and_workbook_tell_the_same(window, tmp_path, capsys, qtbot):
    entry = LedgerEntry(date(2019, 3, 1), EntryKind.CONVERSION, Decimal(30000), remark="first lot")
    project = window.document.project
    note = project.notes[0]

    window.document.edit(project.with_note(replace(note, ledger=(entry,))), "Book a conversion")
    type_term(window, "note.interest.rate", "10")
    window.files.questions = Nobody(tmp_path / "mine.note")
    window.actions_by_id["save"].trigger()
    window.files.questions = Nobody(tmp_path / "mine.xlsx")
    window.actions_by_id["export_workbook"].trigger()
    qtbot.waitUntil(lambda: not window.exports.is_running, timeout=60_000)

    day = date(2019, 3, 15)
    in_window = window.document.results.quote(day)
    assert load_document(tmp_path / "mine.note").project == window.document.project
    capsys.readouterr()
    assert (
        run_command(["quote", str(tmp_path / "mine.note"), "--on", day.isoformat(), "--json"]) == 0
    )
    on_line = json.loads(capsys.readouterr().out)
    assert Decimal(on_line["conversion_price"]) == in_window.price.conversion_price
    assert on_line["shares"] == in_window.shares
    assert Decimal(on_line["convertible_amount"]) == in_window.convertible_amount

    book = openpyxl.load_workbook(tmp_path / "mine.xlsx", data_only=True)
    cells = {
        cell.value: row
        for row in book["Conversion price"].iter_rows()
        for cell in row[:1]
        if hasattr(cell.value, "date")
    }
    row = next(row for when, row in cells.items() if when.date() == day)
    values = [cell.value for cell in row if isinstance(cell.value, int | float)]
    assert any(value == in_window.shares for value in values)
    assert any(abs(value - float(in_window.price.conversion_price)) < 1e-15 for value in values)


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "de_CH", "en_IN", "pt_BR", "ar_EG"])
def test_the_locale_changes_no_number_and_no_byte(qtbot, tmp_path, locale):
    from notemodeler.app.sample import ascent_project
    from notemodeler.io.document import document_text

    plain = document_text(ascent_project())
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        made = assemble("light")
        qtbot.addWidget(made, before_close_func=lambda each: each.document.undo_stack.setClean())
        made.show()
        assert document_text(made.document.project) == plain
        assert made.document.results.quote(OPENS) == compute(ascent_project()).quote(OPENS)
        type_term(made, "note.principal_amount", "125000")
        assert made.document.project.notes[0].principal_amount == 125000
    finally:
        QLocale.setDefault(before)
