"""Workbooks that strangers made: the zip directory is checked, then a limited child process reads them."""

import io
import json
import multiprocessing
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from multiprocessing.connection import Connection

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files.limits import Report
from notemodeler.io.price_files.tables import Cell, Cells, Refusals
from notemodeler.io.price_files.workbook_child import DATE, NUMBER, read_in_child

MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
RATIO_MATTERS_FROM = 1024 * 1024
LONGEST_SECONDS = 20.0
SECONDS_A_LOOK = 0.05
SAVE_AS = "Copy the dates and prices into a new workbook or save the sheet as .csv."


@dataclass(frozen=True)
class SheetTable:
    """One sheet as the child process handed it over; rows keep the numbers they have in Excel."""

    name: str
    cells: list[tuple[int, Cells]]
    from_1904: bool = False
    comma_separates: bool = False
    notes: tuple[str, ...] = field(default=())

    def rows(self, refusals: Refusals | None, report: Report) -> Iterator[tuple[int, Cells]]:
        return iter(self.cells)


def read_workbook(data: bytes, report: Report) -> tuple[SheetTable, ...]:
    """The visible sheets of an .xlsx file that are not empty; raises `UserError`."""
    refuse_unsafe_zip(data)
    answer = json.loads(_asked_of_child(data, report))
    if "refused" in answer:
        raise UserError(answer["refused"], SAVE_AS)
    sheets = (
        SheetTable(name, _squared(rows), answer["from_1904"]) for name, rows in answer["sheets"]
    )
    return tuple(sheet for sheet in sheets if sheet.cells)


def _squared(rows: list[tuple[int, list[str]]]) -> list[tuple[int, Cells]]:
    """The rows with typed cells, all as wide as the widest: a sheet does not store empty ends."""
    width = max((len(row) for _, row in rows), default=0)
    return [
        (number, [_cell(marked) for marked in row] + [""] * (width - len(row)))
        for number, row in rows
    ]


def _cell(marked: str) -> Cell:
    mark, text = marked[:1], marked[1:]
    if mark == NUMBER:
        return Decimal(text)
    return date.fromisoformat(text) if mark == DATE else text


def refuse_unsafe_zip(data: bytes) -> None:
    """Reads nothing but the zip directory; raises `UserError` for bombs, macros and other formats."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UserError(
            "The workbook is damaged: its directory cannot be read.", SAVE_AS
        ) from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise UserError("The file is a zip archive, but not an Excel workbook.", SAVE_AS)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UserError("The workbook holds macros; only .xlsx without macros is read.", SAVE_AS)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError("The workbook is protected by a password.", SAVE_AS)
    if len(parts) > MOST_PARTS or len(names) < len(parts) or _unpacks_too_far(parts):
        raise UserError("The workbook unpacks to far more than price tables need.", SAVE_AS)


def _unpacks_too_far(parts: list[zipfile.ZipInfo]) -> bool:
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return True
    return any(
        part.file_size > max(RATIO_MATTERS_FROM, MOST_RATIO * part.compress_size) for part in parts
    )


def _asked_of_child(data: bytes, report: Report) -> bytes:
    """The child's answer. The child is ended whatever happens, a report that raises included."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=read_in_child, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send_bytes(data)
        return _awaited(ours, report)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise UserError(
            "The workbook needs more memory or time than price tables need.", SAVE_AS
        ) from error
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _awaited(connection: Connection, report: Report) -> bytes:
    deadline = time.monotonic() + LONGEST_SECONDS
    while not connection.poll(SECONDS_A_LOOK):
        report(0.0)
        if time.monotonic() > deadline:
            raise UserError("Reading the workbook took too long and was stopped.", SAVE_AS)
    return connection.recv_bytes()
