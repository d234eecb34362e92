"""What the user typed stays text in every cell, whatever it looks like and whatever it holds."""

import dataclasses
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.project import Project
from notemodeler.io.workbook.cells import CUT_MARK, LONGEST_TEXT, safe_text, xml_text

PREFIXES = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "'=",
    "=cmd|' /C calc'!",
    "\u00a0=",
    "\uff1d",
]
PAYLOAD = 'HYPERLINK("http://x","y")'


def with_texts(text: str) -> Project:
    """The sample with the text in every place where a user can put one."""
    project = ascent_project()
    note = dataclasses.replace(
        project.notes[0],
        title=text,
        holder=text,
        ledger=(
            LedgerEntry(date(2019, 2, 4), EntryKind.PAYMENT, Decimal(100), remark=text),
            LedgerEntry(date(2018, 10, 20), EntryKind.CONVERSION, Decimal(100), remark=text),
        ),
    )
    issuer = dataclasses.replace(project.issuer, name=text, ticker=text)
    series = dataclasses.replace(project.prices[0], source=text)
    project = project.with_note(note).with_series(series)
    return dataclasses.replace(project, issuer=issuer, remark=text)


def parts_of(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_text_that_looks_like_a_formula_is_a_quoted_text_in_every_cell(prefix):
    text = prefix + PAYLOAD
    workbook = workbook_bytes(compute(with_texts(text)))
    for name, part in parts_of(workbook).items():
        for formula in re.findall(r"<f[^>]*>([^<]*)</f>", part):
            assert "HYPERLINK" not in formula, name
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    found = [
        (sheet.title, cell)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "HYPERLINK" in str(cell.value)
    ]
    assert {sheet for sheet, _ in found} >= {"Summary", "Terms", "Prices", "Schedule", "Ledger"}
    assert len(found) >= 9
    for sheet, cell in found:
        assert cell.data_type == "s", (sheet, cell.coordinate)
        assert cell.quotePrefix, (sheet, cell.coordinate)


def test_a_title_with_codes_of_the_page_header_is_printed_as_it_is():
    workbook = workbook_bytes(compute(with_texts("A&D & Sons")))
    headers = re.findall(
        r"<oddHeader>([^<]*)</oddHeader>", parts_of(workbook)["xl/worksheets/sheet1.xml"]
    )
    assert headers == ["&amp;LA&amp;&amp;D &amp;&amp; Sons&amp;R&amp;A"]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "\ud800", "tail \udfff", "\uffff", "x\ufffe"])
def test_a_character_that_no_file_can_hold_is_replaced_by_a_mark(text):
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(compute(with_texts(text)))))
    assert "\ufffd" in book["Terms"]["B7"].value


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    assert safe_text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    cut = safe_text("x" * (LONGEST_TEXT + 1))
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith(CUT_MARK)


def test_what_excel_would_read_as_its_own_escape_is_escaped():
    assert xml_text("_x0041_") == "_x005F_x0041_"
    assert xml_text("a_b") == "a_b"


@given(st.text())
@settings(deadline=None)
def test_any_text_becomes_well_formed_xml(text):
    from xml.etree import ElementTree

    found = ElementTree.fromstring(f"<t>{xml_text(text)}</t>").text or ""
    assert found.replace("_x005F_", "_") == safe_text(text) or "_x" in text
