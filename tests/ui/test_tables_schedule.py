"""The schedule tab: rows, sums, idle columns, the cursor, and no work while hidden."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication

from notemodeler.app.results import Results
from notemodeler.app.sample import ascent_project
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.schedule import COLUMNS
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.schedule_table import ScheduleTable
from notemodeler.ui.theme import LIGHT

# The offscreen platform says this of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

NAMES = [column.name for column in COLUMNS]


@pytest.fixture
def document(qapp):
    return Document(ascent_project())


@pytest.fixture
def table(qtbot, document):
    made = ScheduleTable(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def pay(document):
    note = document.project.notes[0]
    entry = LedgerEntry(date(2018, 12, 3), EntryKind.PAYMENT, Decimal(1000))
    document.edit(document.project.with_note(dataclasses.replace(note, ledger=(entry,))), "Pay")


def test_the_rows_are_those_of_the_results(table, document):
    rows = document.results.schedule(RowDates.MONTH_ENDS)
    assert table.model.rows == rows
    assert table.model.text(1, NAMES.index("accrual")) == "826.30"


def test_nothing_is_shown_as_a_muted_dash(table):
    place = NAMES.index("advance")
    assert table.model.text(1, place) == "–"
    assert table.model.foreground(1, place) is table.model.muted


def test_the_sums_are_those_of_the_flows(table):
    assert (
        table.totals_model.data(table.totals_model.index(0, NAMES.index("accrual"))) == "10,371.51"
    )
    assert table.totals_model.data(table.totals_model.index(0, NAMES.index("total_due"))) == ""


def test_columns_of_zeros_are_hidden_until_they_say_something(table, document):
    paid = NAMES.index("paid")
    assert table.view.isColumnHidden(paid)
    assert table.totals.isColumnHidden(paid)
    pay(document)
    assert not table.view.isColumnHidden(paid)
    assert not table.totals.isColumnHidden(paid)


def test_a_column_that_the_user_shows_stays(table, document):
    place = NAMES.index("default_added")
    table.view.show_column(place, shown=True)
    pay(document)
    assert not table.view.isColumnHidden(place)


def test_events_are_marked_and_bold(table, document):
    pay(document)
    row = next(place for place, each in enumerate(table.model.rows) if each.paid.total)
    assert table.model.text(row, NAMES.index("what")) == "◆ Payment"
    assert table.model.font(row, 0).bold()
    assert table.model.font(1, 0) is None


def test_the_choice_of_rows_is_announced(qtbot, table):
    count = table.model.rowCount()
    with qtbot.waitSignal(table.row_dates_changed) as changed:
        table.rows_choice.activated.emit(list(RowDates).index(RowDates.DAILY))
    assert changed.args == [RowDates.DAILY]
    assert table.model.rowCount() > 20 * count
    assert table.rows_choice.currentText() == "every day"


def test_selecting_a_row_looks_at_the_next_trading_day(table, document):
    row = next(
        place for place, each in enumerate(table.model.rows) if each.date == date(2018, 9, 30)
    )
    go_to(table.view, table.model.index(row, 0))
    assert document.cursor_day == date(2018, 10, 1)


def test_copy_all_has_headings_and_only_shown_columns(table):
    table.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    shown = [
        each.heading for place, each in enumerate(COLUMNS) if not table.view.isColumnHidden(place)
    ]
    assert lines[0].split("\t") == shown
    assert len(lines) == table.model.rowCount() + 1


def test_no_schedule_is_worked_out_while_it_is_hidden(table, document, monkeypatch):
    table.hide()
    asked = []
    schedule = Results.schedule
    monkeypatch.setattr(Results, "schedule", lambda *given: asked.append(1) or schedule(*given))
    pay(document)
    assert not asked
    table.show()
    assert asked == [1]
    assert any(row.paid.total for row in table.model.rows)


def test_nothing_can_be_typed_pasted_or_deleted(table, document):
    before = document.project
    table.model.paste(0, 0, "1\t2")
    table.view.selectAll()
    table.view.delete_rows()
    table.view.fill_down()
    assert document.project is before
    assert not any(table.model.can_edit(0, place) for place in range(len(NAMES)))
