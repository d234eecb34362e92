"""Turning frame and rows into the bytes of the file: rows and chart points spliced in, no clock anywhere."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from notemodeler.io.workbook.cells import SharedTexts
from notemodeler.io.workbook.charts import Picture
from notemodeler.io.workbook.sheet import Sheet

FIRST_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
FIXED_MOMENT = "2000-01-01T00:00:00Z"
COMPRESSION = 6
READABLE_BY_ALL = 0o644 << 16

APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Note Modeler</Application></Properties>"
)
TEXTS_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
TEXTS_LINK = (
    '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'sharedStrings" Target="sharedStrings.xml" Id="rIdTexts"/>'
)
EMPTY_ROWS = re.compile(r"<sheetData\s*/>|<sheetData></sheetData>")
DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
MOMENTS = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def finished(workbook: Workbook, sheets: Sequence[Sheet], drawn: Iterable[Picture]) -> bytes:
    """The workbook's bytes: the same for the same content, whenever and wherever it is written."""
    for sheet in sheets:
        sheet.limit_print()
    parts = _parts(workbook)
    for number, sheet in enumerate(sheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _with_rows(parts[name], sheet)
    for number, picture in enumerate(drawn, start=1):
        name = f"xl/charts/chart{number}.xml"
        parts[name] = _with_points(parts[name], picture)
    _add_texts(parts, sheets[0].texts)
    core = "docProps/core.xml"
    parts[core] = MOMENTS.sub(rf"\g<1>{FIXED_MOMENT}\g<3>", parts[core])
    parts["docProps/app.xml"] = APPLICATION
    return _zipped(parts)


def _add_texts(parts: dict[str, str], texts: SharedTexts) -> None:
    """The part with the texts, which openpyxl would leave out: every reader and previewer knows it."""
    parts["xl/sharedStrings.xml"] = texts.xml()
    for name, end, entry in (
        ("[Content_Types].xml", "</Types>", TEXTS_TYPE),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", TEXTS_LINK),
    ):
        parts[name] = parts[name].replace(end, entry + end)


def _parts(workbook: Workbook) -> dict[str, str]:
    """The parts as openpyxl writes them, in its order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).save()
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def _with_rows(part: str, sheet: Sheet) -> str:
    whole, count = EMPTY_ROWS.subn(lambda _: sheet.sheet_data(), part)
    if count != 1:
        raise ValueError(f"the frame of sheet {sheet.title} has no empty place for its rows")
    return DIMENSION.sub(f'<dimension ref="{sheet.dimension}"/>', whole)


def _with_points(part: str, picture: Picture) -> str:
    ranges = [points for line in picture.lines for points in (line.days, line.amounts)]
    for points in {each.reference: each for each in ranges}.values():
        place = f"<f>{points.reference}</f>"
        part = part.replace(place, place + points.cache_xml())
    return part


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, FIRST_ZIP_MOMENT)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = READABLE_BY_ALL
            archive.writestr(entry, text.encode("utf-8"), compresslevel=COMPRESSION)
    return buffer.getvalue()
