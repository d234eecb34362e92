"""LibreOffice as an independent reader: it loads workbooks, computes every formula anew, and saves."""

import datetime
import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
PATIENCE_SECONDS = 240

FIRST_DAY = datetime.date(1899, 12, 30).toordinal()
Cells = dict[tuple[str, str], Any]


def libreoffice() -> str:
    """The program; without it the test is skipped, or fails where LibreOffice is required."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get("NOTEMODELER_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail("LibreOffice is required here, but there is no soffice on the path.")
        pytest.skip("LibreOffice is not installed: nothing to recalculate the workbook with.")
    return found


def recalculated(workbooks: dict[str, bytes], folder: Path) -> dict[str, Cells]:
    """The value of every cell of each workbook once LibreOffice has computed it, by sheet and address."""
    program = libreoffice()
    profile, inbox, outbox = folder / "profile", folder / "in", folder / "out"
    for path in (profile / "user", inbox, outbox):
        path.mkdir(parents=True, exist_ok=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    paths = [inbox / f"{name}.xlsx" for name in workbooks]
    for path, content in zip(paths, workbooks.values(), strict=True):
        path.write_bytes(content)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
        "--outdir", str(outbox), *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)
    return {path.stem: values_of(outbox / path.name) for path in paths}


def values_of(workbook: Any) -> Cells:
    """The values that a workbook's cells hold, formulas by their cached results; nothing is ""."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    return {
        (sheet.title, cell.coordinate): "" if cell.value is None else cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


CELL = re.compile(
    r'<c r="([A-Z]+[0-9]+)" s="[0-9]+"(?: t="([a-z]+)")?><f[^>]*?(?:/>|>[^<]*</f>)<v>([^<]*)</v></c>'
)
SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")


def formula_cells(workbook: bytes) -> Cells:
    """Every formula cell of a workbook of ours with the value that it holds, read from the XML alone."""
    found: Cells = {}
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        titles = re.findall(r'<sheet [^>]*name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        for name in archive.namelist():
            if not (match := SHEET.fullmatch(name)):
                continue
            text = archive.read(name).decode()
            cells = CELL.findall(text)
            assert len(cells) == text.count("<f>") + text.count("<f "), "a formula has no value"
            for where, kind, value in cells:
                found[titles[int(match[1]) - 1], where] = _typed(kind, value)
    return found


def _typed(kind: str, value: str) -> Any:
    if kind == "b":
        return value == "1"
    return html.unescape(value) if kind in ("str", "e") else float(value)


def differences(workbook: bytes, computed: Cells) -> list[str]:
    """The formula cells whose value is not what was computed: numbers to 1e-9, all else exactly."""
    return [
        f"{sheet}!{where}: {held!r} is held, {computed.get((sheet, where), '')!r} is computed"
        for (sheet, where), held in formula_cells(workbook).items()
        if not same(held, computed.get((sheet, where), ""))
    ]


def same(held: Any, computed: Any) -> bool:
    if isinstance(computed, datetime.datetime):
        computed = computed.toordinal() - FIRST_DAY
    numbers = (int, float)
    both = isinstance(held, numbers) and isinstance(computed, numbers)
    if both and not isinstance(held, bool) and not isinstance(computed, bool):
        # A difference of cents may leave the last bits of binary arithmetic where zero is meant.
        return abs(held - computed) <= 1e-9 * max(abs(held), abs(computed), 1e-3)
    return type(held) is type(computed) and held == computed
