"""Tables in text: which mark parts the cells, and the numbered rows of CSV, TSV, pipes or blanks."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files.date_column import looks_like_date
from notemodeler.io.price_files.encodings import encoding_of, open_text
from notemodeler.io.price_files.limits import (
    LONGEST_LINE,
    MOST_COLUMNS,
    MOST_ROWS,
    ROWS_A_REPORT,
    SPARE_LINES,
    Report,
    shown,
    too_many_columns,
    too_many_rows,
)
from notemodeler.io.price_files.number_column import is_no_quote, looks_like_number
from notemodeler.io.price_files.tables import Cells, Refusals

BLANKS = " "
"""The delimiter of a table whose cells only blanks part: the last run of blanks of a line counts."""
DELIMITERS = "\t", ";", "|", ",", BLANKS
SAMPLE_LINES = 200
MOST_LINES_A_ROW = 50
CLOSED_THEN_BLANK = re.compile(r'" +(?=[,;|\t\r\n])')
TORN = "The quotation mark in row {} is never closed."
MEND = "Close or remove the quotation mark and read the file again."


def split_line(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """The cells of lines that need no account of rows or faults."""
    if delimiter == BLANKS:
        return (
            (re.split(r" {2,}", line.strip()) if "  " in line.strip() else line.rsplit(None, 1))
            for line in lines
        )
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def delimiter_of(lines: list[str]) -> str:
    """The mark under which most lines hold a date and a number beside it, or else two numbers."""
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=scores.__getitem__)


def _score(lines: list[str], delimiter: str) -> tuple[int, int, int]:
    dated = numbered = parted = 0
    try:
        for cells in split_line(lines, delimiter):
            dates = sum(map(looks_like_date, cells))
            numbers = sum(looks_like_number(cell) or is_no_quote(cell) for cell in cells)
            dated += bool(dates and numbers)
            numbered += numbers > 1
            parted += len(cells) > 1 and delimiter != BLANKS
    except csv.Error:
        pass
    return dated, numbered, parted


@dataclass(frozen=True)
class TextTable:
    """A table in encoded text, read afresh on every walk so that a million rows need no memory."""

    data: bytes
    encoding: str
    delimiter: str
    has_quotes: bool
    line_count: int
    notes: tuple[str, ...] = ()
    name: str = ""

    @property
    def comma_separates(self) -> bool:
        return self.delimiter == "," and not self.has_quotes

    def rows(self, refusals: Refusals | None, report: Report) -> Iterator[tuple[int, Cells]]:
        text = open_text(self.data, self.encoding)
        if self.delimiter == BLANKS:
            return self._blank_parted_rows(text, report)
        return self._parted_rows(text, refusals, report)

    def _blank_parted_rows(
        self, text: Iterable[str], report: Report
    ) -> Iterator[tuple[int, Cells]]:
        lines = (line[:LONGEST_LINE] for line in text)
        for number, cells in enumerate(split_line(lines, BLANKS), start=1):
            if number % ROWS_A_REPORT == 0:
                report(number / self.line_count)
            if len(cells) > MOST_COLUMNS:
                raise too_many_columns()
            if cells:
                yield number, cells

    def _parted_rows(
        self, text: Iterable[str], refusals: Refusals | None, report: Report
    ) -> Iterator[tuple[int, Cells]]:
        latest: list[str] = [""]
        reader = csv.reader(
            self._lines(text, latest), delimiter=self.delimiter, skipinitialspace=True, strict=True
        )
        done, next_report = 0, ROWS_A_REPORT
        while True:
            try:
                for cells in reader:
                    number, done = done + 1, reader.line_num
                    if done - number > MOST_LINES_A_ROW:
                        raise UserError(TORN.format(number), MEND)
                    if number >= next_report:
                        report(number / self.line_count)
                        next_report = number + ROWS_A_REPORT
                    if len(cells) > MOST_COLUMNS:
                        raise too_many_columns()
                    if cells:
                        yield number, cells
                return
            except csv.Error as error:
                number, done = done + 1, reader.line_num
                _refuse(number, done, latest[0], str(error), refusals)

    @staticmethod
    def _lines(text: Iterable[str], latest: list[str]) -> Iterator[str]:
        """The physical lines; one too long to be a row is passed on as far as the CSV reader refuses it."""
        for line in text:
            latest[0] = line
            if len(line) > LONGEST_LINE:
                yield '"too long"!\n'
            elif '" ' in line:
                yield CLOSED_THEN_BLANK.sub('"', line)
            else:
                yield line


def _refuse(number: int, last: int, line: str, error: str, refusals: Refusals | None) -> None:
    if "unexpected end" in error or ("limit" in error and last > number):
        raise UserError(TORN.format(number), MEND)
    if refusals is None:
        return
    reason = "The row has text after a closing quotation mark."
    if len(line) > LONGEST_LINE or "limit" in error:
        reason = f"The row is too long: {len(line):,} characters."
    refusals.add(number, shown(line.rstrip()), reason)


def open_text_table(data: bytes, known_encoding: str = "") -> TextTable:
    """The table in the bytes of a text file or paste; raises `UserError`."""
    encoding = known_encoding or encoding_of(data)
    line_count = max(data.count(b"\n"), data.count(b"\r")) + 1
    if line_count > MOST_ROWS + SPARE_LINES:
        raise too_many_rows()
    with open_text(data, encoding) as text:
        sample = [line[:LONGEST_LINE] for line in islice(text, SAMPLE_LINES)]
    if not any(line.strip() for line in sample):
        raise UserError("There is nothing to read: the text is empty.")
    notes: tuple[str, ...] = ()
    if encoding == "cp1252":
        notes = ("The text is not Unicode; it was read as Windows-1252 (Western European).",)
    sampled = [line for line in sample if len(line) < LONGEST_LINE]
    return TextTable(data, encoding, delimiter_of(sampled), b'"' in data, line_count, notes)
