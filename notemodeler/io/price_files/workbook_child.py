"""The child process that opens an untrusted workbook: values only, within limits, answered as JSON."""

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

from notemodeler.io.price_files.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

TEXT, NUMBER, DATE = "t", "n", "d"
MORE_MEMORY = 192 * 1024 * 1024
MOST_CPU_SECONDS = 15
MOST_EMPTY_ROWS = 5_000
LONGEST_TEXT = 1_000
DIGITS_EXCEL_KEEPS = 15
CHUNK = 1 << 20
MANY_CELLS = f"The workbook has more than {MOST_CELLS:,} cells."


class TooMuchError(Exception):
    """The workbook holds more than a price table may; the message is for the user."""


def read_in_child(connection: Connection) -> None:
    """Receives the bytes of a workbook, sends back its sheets or the sentence that refuses it."""
    data = connection.recv_bytes()
    # Without lxml openpyxl parses through defusedxml, which refuses entities and DTDs.
    os.environ.update(OPENPYXL_LXML="False", OPENPYXL_DEFUSEDXML="True")
    connection.send_bytes(json.dumps(answer_for(data)).encode())
    connection.close()


def answer_for(data: bytes) -> dict[str, Any]:
    """`{"from_1904": ..., "sheets": [[name, [[row number, cells]]]]}` or `{"refused": sentence}`."""
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        return {"refused": "Workbooks cannot be read safely here: defusedxml is missing."}
    _limit_this_process()
    try:
        _refuse_many_cells(data)
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return {"from_1904": book.epoch.year == 1904, "sheets": _sheets(book)}
    except TooMuchError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "The workbook needs more memory than price tables need."}
    except (
        Exception
    ) as error:  # Whatever a broken workbook makes openpyxl raise is the file's fault.
        cause = type(error.__cause__ or error).__name__
        return {"refused": f"The workbook is damaged and cannot be read ({cause})."}


def _refuse_many_cells(data: bytes) -> None:
    """Counts cell tags without parsing, a tenth of the time that openpyxl needs to find out."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with archive.open(name) as part:
                cells = 0
                while chunk := part.read(CHUNK):
                    cells += chunk.count(b"<c ")
                    if cells > MOST_CELLS:
                        raise TooMuchError(MANY_CELLS)


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time-out remains.
        return
    with_limits = (
        (resource.RLIMIT_AS, _address_space() + MORE_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
    )
    for what, most in with_limits:
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses some limits.
            continue


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1024 * 1024 * 1024


def _sheets(book: Any) -> list[Any]:
    cells_left = MOST_CELLS
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        rows = []
        for number, row in _rows(sheet):
            cells_left -= len(row)
            if cells_left < 0:
                raise TooMuchError(MANY_CELLS)
            rows.append([number, row])
        sheets.append([sheet.title, rows])
    return sheets


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(row) > MOST_COLUMNS:
            raise TooMuchError(f"The sheet “{sheet.title}” has more than {MOST_COLUMNS} columns.")
        if all(value is None for value in row):
            empty += 1
            if empty > MOST_EMPTY_ROWS or number > MOST_ROWS:
                raise TooMuchError(f"The sheet “{sheet.title}” has cells far below the others.")
            continue
        empty = 0
        yield number, [_marked(value) for value in row]


def _marked(value: object) -> str:
    """The value as text with its type in front, numbers to the 15 digits that Excel keeps."""
    if value is None:
        return TEXT
    if isinstance(value, datetime | date):
        return DATE + value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(f"{value:.{DIGITS_EXCEL_KEEPS}g}") if isinstance(value, float) else value
        return NUMBER + format(number, "f") if abs(value) < 1e24 else TEXT + str(value)
    return TEXT + str(value)[:LONGEST_TEXT]
