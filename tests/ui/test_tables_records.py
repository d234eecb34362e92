"""The ledger, the share counts and the closures: typing, pasting and what became of each entry."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import ShareCount
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.closures_table import ClosuresTable
from notemodeler.ui.tables.ledger_table import LedgerTable
from notemodeler.ui.tables.share_counts import ShareCountTable
from notemodeler.ui.theme import LIGHT

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

ENTRIES = (
    LedgerEntry(date(2018, 12, 3), EntryKind.PAYMENT, Decimal(1000)),
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(5000), remark="8-K"),
)
RETURN = Qt.Key.Key_Return


@pytest.fixture
def document(qapp):
    project = ascent_project()
    return Document(project.with_note(dataclasses.replace(project.notes[0], ledger=ENTRIES)))


@pytest.fixture
def show(qtbot, document):
    def make(kind):
        table = kind(document, LIGHT)
        qtbot.addWidget(table)
        table.resize(900, 300)
        table.show()
        return table

    return make


def column(table, name):
    return next(place for place, each in enumerate(table.model.columns) if each.name == name)


def ledger(document):
    return document.project.notes[0].ledger


def test_the_ledger_shows_what_became_of_each_entry(show, document):
    table = show(LedgerTable)
    conversion = document.results.history.happenings[2]
    shown = {
        each.name: table.model.value(1, place) for place, each in enumerate(table.model.columns)
    }
    assert shown["shares"] == conversion.shares > 0
    assert shown["price"] == conversion.price
    assert shown["balance"] == conversion.after.total
    assert shown["interest"] + shown["principal"] == Decimal(5000)
    assert shown["status"] == "booked"


def test_an_entry_that_is_not_booked_says_why(show, document):
    table = show(LedgerTable)
    unpriced = LedgerEntry(date(2018, 10, 22), EntryKind.CONVERSION, Decimal(10))
    table.model.put([*ledger(document), unpriced], "Add")
    status = table.model.text(0, column(table, "status"))
    assert status.startswith("not booked")
    assert table.model.tip(0, column(table, "status"))


def test_an_amount_is_changed_under_a_full_sentence(show, document):
    table = show(LedgerTable)
    table.model.type_text(1, column(table, "amount"), "6,000")
    assert ledger(document)[1].amount == Decimal(6000)
    assert (
        document.undo_stack.undoText() == "Change amount of conversion of Feb 4, 2019 to $6,000.00"
    )


def test_an_empty_amount_means_all_that_can_go(show, document):
    table = show(LedgerTable)
    table.model.clear([(1, column(table, "amount"))])
    assert ledger(document)[1].amount is None
    assert table.model.text(1, column(table, "amount")) == "all that can go"


def test_a_new_entry_is_added_when_its_row_is_done_not_before(qtbot, show, document):
    table = show(LedgerTable)
    table.model.type_text(2, 0, "3/4/2019")
    assert document.undo_stack.count() == 0
    go_to(table.view, table.model.index(2, column(table, "amount")))
    qtbot.keyClicks(table.view, "7")
    qtbot.keyClicks(table.view.findChild(QLineEdit), "50")
    qtbot.keyClick(table.view.findChild(QLineEdit), RETURN)
    assert ledger(document)[2] == LedgerEntry(date(2019, 3, 4), amount=Decimal(750))
    assert document.undo_stack.undoText() == "Add conversion of Mar 4, 2019"
    assert table.model.is_draft(3)


def test_a_new_entry_without_a_date_says_what_it_needs(show, document):
    table = show(LedgerTable)
    table.model.type_text(2, column(table, "amount"), "100")
    table.model.leave_row(2)
    assert "still needs: Date" in table.status.text()
    assert document.undo_stack.count() == 0


def test_entries_stay_in_date_order(show, document):
    table = show(LedgerTable)
    table.model.type_text(0, 0, "2019-03-01")
    assert [entry.date for entry in ledger(document)] == [date(2019, 2, 4), date(2019, 3, 1)]


def test_entries_are_deleted_by_name(show, document):
    table = show(LedgerTable)
    table.model.remove([0])
    assert document.undo_stack.undoText() == "Delete payment of Dec 3, 2018"
    assert ledger(document) == ENTRIES[1:]
    document.undo_stack.undo()
    table.model.remove([0, 1, 2])
    assert document.undo_stack.undoText() == "Delete 2 ledger entries"


def test_a_block_with_headings_is_pasted_as_one_step(show, document):
    table = show(LedgerTable)
    table.model.paste(2, 0, "Date\tAmount\tWhat\n3/4/2019\t$1,000.00\tpayment\nsoon\t5\tpayment\n")
    assert ledger(document)[2] == LedgerEntry(date(2019, 3, 4), EntryKind.PAYMENT, Decimal(1000))
    assert document.undo_stack.undoText() == "Paste 1 ledger entry"
    assert "row 3" in table.status.text()


def test_entries_copied_here_paste_back_exactly(show, document):
    table = show(LedgerTable)
    table.view.selectAll()
    table.view.copy()
    table.model.remove([0, 1])
    table.view.paste()
    assert ledger(document) == ENTRIES


def test_selecting_an_entry_looks_at_its_day(show, document):
    table = show(LedgerTable)
    go_to(table.view, table.model.index(1, 1))
    assert document.cursor_day == date(2019, 2, 4)


def test_a_choice_offers_the_words_of_its_kind(qtbot, show, document):
    table = show(LedgerTable)
    table.model.type_text(0, 1, "prepayment")
    assert ledger(document)[0].kind is EntryKind.PREPAYMENT
    table.model.type_text(0, 1, "gift")
    assert "not one of" in table.status.text()


def test_share_counts_are_typed_and_each_day_has_one(show, document):
    table = show(ShareCountTable)
    table.model.type_text(1, 1, "1,500,000,000")
    assert document.project.issuer.shares_outstanding[1].shares == 1_500_000_000
    table.model.type_text(1, 0, "6/30/2018")
    assert "has a share count already" in table.status.text()
    assert len(document.project.issuer.shares_outstanding) == 2


def test_a_share_count_needs_both_its_cells(show, document):
    table = show(ShareCountTable)
    table.model.type_text(2, 0, "2019-03-31")
    table.model.leave_row(2)
    assert "still needs: Shares outstanding" in table.status.text()
    table.model.type_text(2, 1, "2,000,000,000")
    table.model.leave_row(2)
    counts = document.project.issuer.shares_outstanding
    assert counts[-1] == ShareCount(date(2019, 3, 31), 2_000_000_000)


def test_a_pasted_share_count_replaces_that_of_its_day(show, document):
    table = show(ShareCountTable)
    QGuiApplication.clipboard().setText("6/30/2018\t900,000,000\n9/30/2018\t950,000,000\n")
    go_to(table.view, table.model.index(2, 0))
    table.view.paste()
    shares = [count.shares for count in document.project.issuer.shares_outstanding]
    assert shares == [900_000_000, 950_000_000, 1_400_000_000]


def test_a_closure_says_what_it_changes(show, document):
    table = show(ClosuresTable)
    for text in ("2019-01-01", "2018-10-16"):
        table.model.type_text(table.model.rowCount() - 1, 0, text)
        table.model.leave_row(table.model.rowCount() - 1)
    assert document.project.closures == (date(2018, 10, 16), date(2019, 1, 1))
    assert [table.model.text(row, 1) for row in (0, 1)] == [
        "no longer counts", "none: it was closed anyway",
    ]  # fmt: skip


def test_a_hidden_table_catches_up_when_it_is_shown(show, document):
    table = show(ClosuresTable)
    table.hide()
    document.edit(dataclasses.replace(document.project, closures=(date(2018, 10, 16),)), "Close")
    table.show()
    assert table.model.rowCount() == 2


def test_enter_ends_a_finished_row_without_an_editor_open_and_begins_the_next(
    qtbot, show, document
):
    table = show(LedgerTable)
    table.model.type_text(2, 0, "3/4/2019")
    go_to(table.view, table.model.index(2, column(table, "amount")))
    assert "Press Enter" in table.status.text()
    qtbot.keyClick(table.view, RETURN)
    assert ledger(document)[2] == LedgerEntry(date(2019, 3, 4))
    here = table.view.currentIndex()
    assert (here.row(), here.column()) == (3, 0)


def test_a_figure_that_comes_later_finds_a_column_wide_enough(qtbot, document):
    document.edit(
        document.project.with_note(dataclasses.replace(document.project.notes[0], ledger=())), "x"
    )
    table = LedgerTable(document, LIGHT)
    qtbot.addWidget(table)
    table.show()
    table.model.put(ENTRIES, "Add")
    metrics = table.view.fontMetrics()
    for name in ("kind", "amount", "principal", "price", "shares"):
        place = column(table, name)
        for row in range(2):
            wanted = metrics.horizontalAdvance(table.model.text(row, place))
            assert table.view.columnWidth(place) > wanted, name


def test_the_list_of_a_choice_has_room_for_its_words(show):
    table = show(LedgerTable)
    place = column(table, "kind")
    words = [each.label for each in table.model.columns[place].choices]
    widest = max(table.view.fontMetrics().horizontalAdvance(word) for word in words)
    assert table.view.columnWidth(place) >= widest + 20


def test_escape_takes_back_what_was_said_of_the_text(qtbot, show):
    table = show(LedgerTable)
    go_to(table.view, table.model.index(0, column(table, "amount")))
    qtbot.keyClicks(table.view, "x")
    editor = table.view.findChild(QLineEdit)
    qtbot.keyClick(editor, RETURN)
    assert "not a number" in table.status.text()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert table.status.text() == ""
