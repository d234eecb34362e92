"""Workbooks: dates and numbers as Excel holds them, and every bomb refused within two seconds."""

import datetime
import io
import time
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceKind
from notemodeler.io.price_files import read_price_table, workbook
from notemodeler.io.price_files.workbook_child import answer_for

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook_bytes(*sheets: list[list[object]], prepare=lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    prepare(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows: str, head: str = "") -> bytes:
    return f"<?xml version='1.0'?>{head}<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


PLAIN = [["Date", "PX_LAST", "PX_BID"], [datetime.date(2024, 3, 1), 0.0505, 0.049]]


def test_dates_and_numbers_keep_what_excel_shows():
    rows = [
        ["Security", "ASTI US Equity"],
        [],
        ["Date", "PX_LAST", "PX_BID"],
        [datetime.datetime.fromisoformat("2024-03-01T16:00"), 0.1 + 0.2, 0.0505],
        [45355, 1, "#N/A N/A"],
        ["2024-03-05", "1.25", None],
        [datetime.date(2024, 3, 6), -1, True],
    ]
    proposal = read_price_table(workbook_bytes(rows), name="book.xlsx")
    close, bid = proposal.series()
    assert close.source == "book.xlsx, PX_LAST"
    assert [str(bar.date) for bar in close.bars] == ["2024-03-01", "2024-03-04", "2024-03-05"]
    assert [bar.price for bar in bid.bars] == [Decimal("0.0505"), None, None]
    assert close.bars[0].price == Decimal("0.3")
    assert {row.row_number for row in proposal.rejected} == {7}


def test_text_numbers_in_a_workbook_are_still_asked_about():
    rows = [["Date", "Bid"], ["2024-03-05", "1.234"]]
    assert read_price_table(workbook_bytes(rows)).questions[0].id == "decimal_mark"


def test_serial_numbers_follow_the_calendar_of_the_workbook():
    def from_1904(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    rows = [["Date", "Bid"], [43894, 0.5]]
    proposal = read_price_table(workbook_bytes(rows, prepare=from_1904))
    assert str(proposal.taken[0].bars[0].date) == "2024-03-05"


def test_of_several_sheets_the_one_with_prices_is_read():
    proposal = read_price_table(workbook_bytes([["Contents"], ["nothing"]], PLAIN))
    assert [column.kind for column in proposal.taken] == [PriceKind.CLOSE, PriceKind.BID]
    assert any("Sheet 2" in note for note in proposal.notes)


def test_several_sheets_with_prices_are_asked_about():
    other = [["Date", "Bid"], [datetime.date(2024, 3, 1), 7]]
    data = workbook_bytes(PLAIN, other)
    (question,) = read_price_table(data).questions
    assert [key for key, _ in question.options] == ["Sheet 1", "Sheet 2"]
    answered = read_price_table(data, answers={"sheet": "Sheet 2"})
    assert answered.taken[0].bars[0].price == 7


def test_formulas_without_values_are_noted():
    rows = [["Date", "PX_BID"], [datetime.date(2024, 3, 1), "=BDH(1)"]]
    proposal = read_price_table(workbook_bytes(rows))
    assert any("formulas" in note for note in proposal.notes)


BILLION_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(b + 1)} "{f"&{chr(b)};" * 10}">' for b in range(97, 107))
    + "]>"
)
BASE = workbook_bytes(PLAIN)
NESTED = b"<c>" * 200_000


def gibibyte_bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(BASE)) as old,
        zipfile.ZipFile(out, "w", 8, compresslevel=1) as new,
    ):
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        with new.open(SHEET, "w", force_zip64=True) as bomb:
            zeros = bytes(1 << 24)
            for _ in range(64):
                bomb.write(zeros)
    return out.getvalue()


HOSTILE = {
    "a gibibyte of zeros": (gibibyte_bomb, "unpacks"),
    "a cell in the last corner": (
        lambda: with_part(BASE, SHEET, sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "columns|far below",
    ),
    "a cell at the bottom": (
        lambda: with_part(
            BASE, SHEET,
            sheet_xml('<row r="1"><c r="A1"/></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        ),
        "far below",
    ),
    "billion laughs": (
        lambda: with_part(BASE, SHEET, sheet_xml('<row r="1"><c r="A1"><v>&k;</v></c></row>', BILLION_LAUGHS)),
        "damaged",
    ),
    "an external entity": (
        lambda: with_part(
            BASE, SHEET,
            sheet_xml("<row><c><v>&x;</v></c></row>", '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        ),
        "damaged",
    ),
    "a million cells too many": (
        lambda: with_part(BASE, SHEET, sheet_xml("<row>" + '<c r="A1"/>' * 1_100_000 + "</row>")),
        "cells|unpacks",
    ),
    "nesting without end": (
        lambda: with_part(BASE, SHEET, sheet_xml("<row>" + NESTED.decode())), "damaged|memory|unpacks",
    ),
    "macros": (lambda: with_part(BASE, "xl/vbaProject.bin", b"x"), "macros"),
    "another zip": (lambda: with_zip({"a.txt": b"x"}), "not an Excel workbook"),
    "three thousand parts": (
        lambda: with_zip({"xl/workbook.xml": b"", **{f"{n}": b"" for n in range(3000)}}), "unpacks",
    ),
    "a torn file": (lambda: BASE[: len(BASE) // 2], "damaged"),
    "a torn sheet": (lambda: with_part(BASE, SHEET, b"<worksheet"), "damaged"),
}  # fmt: skip


def with_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_within_two_seconds(name):
    make, words = HOSTILE[name]
    data = make()
    start = time.perf_counter()
    with pytest.raises(UserError, match=words):
        read_price_table(data)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("name", ["billion laughs", "an external entity"])
def test_entities_are_what_the_child_refuses(name):
    with pytest.raises(UserError, match="EntitiesForbidden"):
        workbook.read_workbook(HOSTILE[name][0](), lambda fraction: None)


def test_a_child_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(workbook, "LONGEST_SECONDS", 0.0)
    start = time.perf_counter()
    with pytest.raises(UserError, match="too long"):
        read_price_table(BASE)
    assert time.perf_counter() - start < 1


def test_a_report_that_raises_ends_the_child():
    def report(fraction: float) -> None:
        calls.append(fraction)
        if len(calls) > 1:
            raise KeyboardInterrupt

    calls: list[float] = []
    start = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        read_price_table(BASE, report=report)
    assert time.perf_counter() - start < 1


def test_a_shared_string_bomb_meets_the_limits():
    strings = f"<sst {NAMESPACE}>" + "<si><t>" + "x" * 1000 + "</t></si>" * 1 + "</sst>"
    data = with_part(BASE, "xl/sharedStrings.xml", strings.encode())
    assert workbook.refuse_unsafe_zip(data) is None
    with pytest.raises(UserError, match="unpacks"):
        workbook.refuse_unsafe_zip(
            with_part(BASE, "xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 4_000_000)
        )


def test_the_answer_of_the_child_holds_values_only():
    from multiprocessing import get_context

    with get_context("spawn").Pool(1) as pool:
        answer = pool.apply(answer_for, (BASE,))
    assert answer["sheets"][0][1][1] == [2, ["d2024-03-01", "n0.0505", "n0.049"]]
