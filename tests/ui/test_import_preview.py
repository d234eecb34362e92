"""The import preview: what it shows and asks, what it would change, and how it reads beside the window."""

import time
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.project import Project
from notemodeler.io import price_files
from notemodeler.ui.document import Document
from notemodeler.ui.import_preview import ImportPreview
from notemodeler.ui.tables.price_merge import Merge
from notemodeler.ui.theme import DARK, LIGHT

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

BIDS = "Date,Bid\n2019-03-04,0.05\n2019-03-05,0.06\nfoo,0.07\n2030-01-02,0.08\n"
YAHOO = "Date,Open,High,Low,Close,Adj Close,Volume\n2019-03-04,1,3,0.5,2,2,10\n2019-03-05,1,3,0.6,2.5,2.5,10\n"
OPEN = "Date,Bid\n03/04/2019,0.05\n05/06/2019,0.06\n"


@pytest.fixture
def document(qapp):
    return Document(ascent_project())


@pytest.fixture
def preview(qtbot, document):
    made = []

    def make(source, name="bids.csv", shown_in=document):
        dialog = ImportPreview(shown_in, name, source, LIGHT)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.reading.is_done() and not dialog._timer.isActive())
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.reject()


def test_accepting_is_one_named_step(preview, document):
    dialog = preview(BIDS)
    dialog.accept()
    assert document.undo_stack.undoText() == "Import 3 closing bids from bids.csv"
    assert document.undo_stack.count() == 1
    assert document.project.prices[0].price_on(date(2019, 3, 4)) == Decimal("0.05")


def test_cancelling_changes_nothing(preview, document):
    preview(BIDS).reject()
    assert document.undo_stack.count() == 0


def test_rows_not_understood_are_listed_with_number_text_and_reason(preview):
    dialog = preview(BIDS)
    number, text, reason = dialog.refused.rows[0]
    assert number == "4"
    assert "foo" in text
    assert "not a date" in reason
    assert dialog.rejected_view.isVisible()
    assert dialog.rejected_label.text().startswith("1 row not understood")


def test_the_choices_say_what_would_change(preview, document):
    dialog = preview(BIDS)
    told = {how: button.text() for how, button in dialog.merge_buttons.items()}
    assert told[Merge.NEW_WINS].endswith("1 new, 2 changed")
    assert told[Merge.OLD_WINS].endswith("1 new, 2 unchanged")
    count = len(document.project.prices[0].bars)
    assert told[Merge.REPLACE].endswith(f"1 new, 2 changed, {count - 2} removed")


@pytest.mark.parametrize("how", Merge)
def test_the_chosen_merge_is_carried_out(preview, document, how):
    before = document.project.prices[0]
    dialog = preview(BIDS)
    dialog.merge_buttons[how].setChecked(True)
    dialog.accept()
    after = document.project.prices[0]
    day = date(2019, 3, 4)
    assert (after.price_on(day) == before.price_on(day)) is (how is Merge.OLD_WINS)
    assert (len(after.bars) == 3) is (how is Merge.REPLACE)


def test_an_open_question_shows_both_readings_and_stops_the_import(preview, document):
    dialog = preview(OPEN)
    assert not dialog.ok.isEnabled()
    assert not dialog.example_view.isVisible()
    words = [
        button.text()
        for button in dialog.asked.findChildren(type(dialog.merge_buttons[Merge.REPLACE]))
    ]
    assert words == ["03/04/2019 is Mar 4, 2019", "03/04/2019 is Apr 3, 2019"]
    dialog.accept()
    assert document.undo_stack.count() == 0


def test_an_answer_reads_again_and_can_be_changed(qtbot, preview):
    dialog = preview(OPEN)
    for key, first in (("month_first", "Mar 4, 2019"), ("day_first", "Apr 3, 2019")):
        dialog.answer("date_order", key)
        qtbot.waitUntil(lambda: dialog.ok.isEnabled())
        assert dialog.examples.rows[0][0] == first
    assert dialog.asked.isVisible()


def test_only_the_series_that_the_note_reads_is_ticked(preview):
    dialog = preview("Date,PX_LAST,PX_BID\n2019-03-04,0.06,0.05\n2019-03-05,0.07,0.06\n")
    ticked = [column.kind for column, _ in dialog.columns.chosen()]
    assert ticked == [PriceKind.BID]


def test_columns_of_other_kinds_become_their_own_series(preview, document):
    preview(YAHOO, "yahoo.csv").accept()
    assert [series.kind for series in document.project.prices] == [
        PriceKind.BID, PriceKind.LOW, PriceKind.CLOSE,
    ]  # fmt: skip
    assert document.undo_stack.undoText() == "Import 4 prices from yahoo.csv"


def test_a_column_that_says_nothing_must_be_named_first(preview, document):
    empty = Document(Project())
    dialog = preview("2019-03-04\t0.05\n2019-03-05\t0.06\n", "pasted prices", empty)
    assert not dialog.ok.isEnabled()
    assert "Say which price" in dialog.summary.text()
    dialog.columns.kinds[0].setCurrentIndex(1)
    assert dialog.ok.isEnabled()
    dialog.accept()
    assert empty.project.prices[0].kind is PriceKind.BID
    assert len(empty.project.prices) == 1


def test_two_columns_of_one_kind_are_refused(preview):
    dialog = preview(YAHOO)
    dialog.columns.kinds[0].setCurrentIndex(dialog.columns.kinds[1].currentIndex())
    assert not dialog.ok.isEnabled()
    assert "Two columns" in dialog.summary.text()


def test_no_column_ticked_is_nothing_to_import(preview):
    dialog = preview(BIDS)
    dialog.columns.ticks[0].setChecked(False)
    assert not dialog.ok.isEnabled()


def test_what_is_no_price_table_is_refused_in_words(preview):
    dialog = preview(b"%PDF-1.4 nothing", "a.pdf")
    assert "PDF" in dialog.summary.text()
    assert not dialog.ok.isEnabled()


def test_a_file_that_is_gone_is_refused_in_words(preview, tmp_path):
    dialog = preview(tmp_path / "gone.csv", "gone.csv")
    assert "gone.csv" in dialog.summary.text()


def test_closing_stops_a_long_reading(qtbot, document, monkeypatch):
    def slow(source, *, name, answers, report):
        while True:
            time.sleep(0.005)
            report(0.5)

    monkeypatch.setattr(price_files, "read_price_table", slow)
    dialog = ImportPreview(document, "long.csv", BIDS, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.progress.isVisible() and dialog.progress.value() == 50)
    start = time.perf_counter()
    dialog.reject()
    assert time.perf_counter() - start < 0.2
    assert dialog.reading.is_done()


def test_a_slow_refusal_is_shown_when_it_comes(qtbot, document, monkeypatch):
    def slow(source, *, name, answers, report):
        time.sleep(0.2)
        raise UserError("Too large.", "Split it.")

    monkeypatch.setattr(price_files, "read_price_table", slow)
    dialog = ImportPreview(document, "long.csv", BIDS, LIGHT)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.summary.text() == "Too large. Split it.")


def test_a_bug_in_the_reader_is_not_swallowed(qtbot, document, monkeypatch):
    def broken(source, *, name, answers, report):
        raise ZeroDivisionError

    monkeypatch.setattr(price_files, "read_price_table", broken)
    with pytest.raises(ZeroDivisionError):
        ImportPreview(document, "bids.csv", BIDS, LIGHT)


def test_the_dialog_takes_the_dark_theme(preview):
    dialog = preview(BIDS)
    dialog.set_theme(DARK)
    assert dialog.palette().window().color().name() == DARK.window
