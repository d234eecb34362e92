"""Every rule of the trade from keyboard to workbook: form, file, command line and workbook tell one number.

The recalculation of the same notes by LibreOffice is in tests/io/test_workbook_recalculation.py.
"""

import dataclasses
import json
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from notemodeler.__main__ import main as run_command
from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.kinds import ChoiceKind, FlagKind
from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, applies, field_value, with_field
from notemodeler.domain.rows import RowsKind
from notemodeler.io.document_file import load_document, save_document
from notemodeler.ui.document import Document
from notemodeler.ui.forms.terms_form import TermsForm
from notemodeler.ui.theme import LIGHT
from tests.io.workbook_trade_notes import trade_notes

KEY = Qt.Key
DAYS = (date(2019, 2, 1), date(2019, 3, 19), date(2019, 4, 10), date(2019, 7, 15))
CASES = {
    name: project for name, project, place in trade_notes() if len(project.notes) == 1 and not place
}


def typed_names(project):
    """The terms in which the project differs from the sample, as the form shows them."""
    sample = ascent_project()
    return [
        field.name
        for field in FIELDS
        if field_value(project, field.name) != field_value(sample, field.name)
        and not field.name.startswith(("scenario.", "valuation."))
    ]


def type_term(form, name, value):
    """Put a value into the form by keys alone, as its kind asks for."""
    form.focus_field(name)
    kind = FIELD_BY_NAME[name].term.kind
    if isinstance(kind, FlagKind):
        QTest.keyClick(form.editor(name), KEY.Key_Space)
    elif isinstance(kind, ChoiceKind):
        QTest.keyClick(form.editor(name), KEY.Key_Home)
        for _ in range([*kind.choices].index(value)):
            QTest.keyClick(form.editor(name), KEY.Key_Down)
    elif isinstance(kind, RowsKind):
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_F2)
        write(kind.show(value, FORM))
    else:
        form.editor(name).selectAll()
        write("" if value is None else kind.show(value, FORM))
    QGuiApplication.processEvents()


def write(text):
    widget = QApplication.focusWidget()
    QTest.keyClicks(widget, text) if text else QTest.keyClick(widget, KEY.Key_Delete)
    QTest.keyClick(widget, KEY.Key_Return)


@pytest.fixture
def form(qtbot):
    made = TermsForm(Document(ascent_project()), LIGHT, FORM)
    qtbot.addWidget(made)
    made.resize(420, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.mark.parametrize("name", CASES)
def test_a_rule_typed_into_the_form_is_the_rule_meant(form, name):
    """Prices and ledger, which have tables of their own, are there beforehand; so is nothing else."""
    wanted = CASES[name]
    start = dataclasses.replace(
        ascent_project(), prices=wanted.prices, closures=wanted.closures, remark=wanted.remark
    ).with_note(dataclasses.replace(ascent_project().notes[0], ledger=wanted.notes[0].ledger))
    counts = dataclasses.replace(start.issuer, shares_outstanding=wanted.issuer.shares_outstanding)
    form.document.load(dataclasses.replace(start, issuer=counts))
    left = typed_names(wanted)
    while shown := [each for each in left if in_sight(each, form.document.project)]:
        type_term(form, shown[0], field_value(wanted, shown[0]))
        assert field_value(form.document.project, shown[0]) == field_value(wanted, shown[0])
        left.remove(shown[0])
    made = form.document.project
    for each in left:
        assert not in_sight(each, wanted), f"the form does not show {each}"
        made = with_field(made, each, field_value(wanted, each))
    assert made == wanted


def in_sight(name, project):
    return applies(name, lambda other: field_value(project, other))


@pytest.mark.parametrize("name", CASES)
def test_file_command_line_and_workbook_tell_what_the_engine_tells(name, tmp_path, capsys):
    results = compute(CASES[name])
    path = tmp_path / "rule.note"
    save_document(path, CASES[name])
    assert load_document(path).project == CASES[name]
    prices = in_workbook(results)
    for day in DAYS:
        quote = results.quote(day)
        price = quote.price.conversion_price
        assert run_command(["quote", str(path), "--on", day.isoformat(), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["conversion_price"] == (None if price is None else str(price))
        assert told["shares"] == quote.shares
        if day in prices:
            in_cell, shares = prices[day]
            assert (in_cell is None) is (price is None)
            assert price is None or in_cell == pytest.approx(float(price), rel=1e-14)
            assert shares == quote.shares


def in_workbook(results):
    """The conversion price and the shares of each notice day as the workbook's cells hold them."""
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(results)), data_only=True)
    columns = [named(book, each) for each in ("notice_date", "conversion_price", "notice_shares")]
    return {
        day.date(): (price if price != "" else None, shares if shares != "" else None)
        for day, price, shares in zip(*columns, strict=True)
    }


def named(book, name):
    sheet, cells = next(iter(book.defined_names[name].destinations))
    return [row[0].value for row in book[sheet][cells.replace("$", "")]]
