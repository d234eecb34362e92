"""Cells as XML: text made safe, numbers to the last digit, formulas with the value they had at export."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

Value = str | bool | int | float | Decimal | date | None

LONGEST_TEXT = 32_767
CUT_MARK = " … (cut)"
FIRST_SERIAL_DAY = date(1899, 12, 30).toordinal()
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class NotAvailable:
    """The value of a cell that holds #N/A: a chart leaves a gap there."""


NOT_AVAILABLE = NotAvailable()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its `=` sign, and the value that the program found for it."""

    text: str
    cached: Value | NotAvailable


def serial(day: date) -> int:
    """The number by which a workbook knows the day."""
    return day.toordinal() - FIRST_SERIAL_DAY


def plain(value: Value) -> Value:
    """A value as the number that a cell holds, where it is one: exact figures as floats, days as serials."""
    if isinstance(value, Decimal):
        return float(value)
    return serial(value) if isinstance(value, date) else value


def is_same_price(price: float, exact: Decimal) -> bool:
    """Whether binary arithmetic came to the price but for its last bits."""
    return abs(price - float(exact)) <= 1e-12 * float(exact)


def safe_text(text: str) -> str:
    """The text as a cell can hold it: no control characters, no half characters, not too long."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = ILLEGAL.sub("\ufffd", whole)
    if len(cleaned) > LONGEST_TEXT:
        cleaned = cleaned[: LONGEST_TEXT - len(CUT_MARK)] + CUT_MARK
    return cleaned


def xml_text(text: str) -> str:
    """The text between two tags. What Excel would take for its own escape is escaped itself."""
    return LOOKS_ESCAPED.sub("_x005F_", safe_text(text)).translate(MARKS)


class SharedTexts:
    """The texts of a workbook, each kept once; cells hold their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        items = "".join(
            f'<si><t xml:space="preserve">{xml_text(text)}</t></si>' for text in self._numbers
        )
        count = len(self._numbers)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'count="{count}" uniqueCount="{count}">{items}</sst>'
        )


def address(row: int, column: int) -> str:
    """`B7`, both counted from one."""
    return f"{get_column_letter(column)}{row}"


def constant_xml(where: str, style: int, value: Value, texts: SharedTexts) -> str:
    """A cell that holds a value."""
    if value is None or value == "":
        return f'<c r="{where}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{where}" s="{style}" t="s"><v>{texts.number(value)}</v></c>'
    kind, text = cached_parts(value)
    return f'<c r="{where}" s="{style}"{kind}><v>{text}</v></c>'


def formula_xml(where: str, style: int, formula: Formula) -> str:
    """A cell that holds a formula and its value."""
    kind, text = cached_parts(formula.cached)
    body = formula.text.translate(MARKS)
    return f'<c r="{where}" s="{style}"{kind}><f>{body}</f><v>{text}</v></c>'


def cached_parts(value: Value | NotAvailable) -> tuple[str, str]:
    """The type attribute and the text of a value as a formula's result. Nothing is an empty text."""
    if isinstance(value, float):
        return "", repr(value)
    if value is None:
        return ' t="str"', ""
    if isinstance(value, str):
        return ' t="str"', xml_text(value)
    if isinstance(value, bool):
        return ' t="b"', "1" if value else "0"
    if isinstance(value, int):
        return "", str(value)
    if isinstance(value, Decimal):
        return "", repr(float(value))
    if isinstance(value, date):
        return "", str(serial(value))
    return ' t="e"', "#N/A"


def shared_formula_cells(
    letter: str,
    first_row: int,
    style: int,
    formula: str,
    number: int,
    values: Sequence[Value | NotAvailable],
    apart: frozenset[int] = frozenset(),
) -> list[str]:
    """A column of cells that share one formula, written in the first of them; `apart` are left empty."""
    last_row = first_row + len(values) - 1
    follower = f'<f t="shared" si="{number}"/>'
    definition = (
        f'<f t="shared" ref="{letter}{first_row}:{letter}{last_row}" si="{number}">'
        f"{formula.translate(MARKS)}</f>"
    )
    cells, body = [], definition
    for row, value in enumerate(values, start=first_row):
        if row - first_row in apart:
            cells.append("")
            continue
        kind, text = ("", repr(value)) if type(value) is float else cached_parts(value)
        cells.append(f'<c r="{letter}{row}" s="{style}"{kind}>{body}<v>{text}</v></c>')
        body = follower
    return cells
