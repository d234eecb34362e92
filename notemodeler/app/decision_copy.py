"""A decision on the clipboard: plain text, TSV for a spreadsheet, HTML that Word and Excel take as it stands."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from notemodeler.app.decisions import View
from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import TEXT
from notemodeler.domain.numbers import CANONICAL, FORM

LEFT_ALIGNED = ("text", "date", "choice", "flag")
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
EXCEL = 'xmlns:x="urn:schemas-microsoft-com:office:excel"'
FORMATS = {
    "money": "#,##0.00",
    "price": "0.0000##########",
    "rate": "0.00%",
    "shares": "#,##0",
    "count": "#,##0",
    "date": "yyyy-mm-dd",
}
"""Excel's number formats by kind."""
US_ENGLISH = 1033
"""The language whose marks the formats use."""
DAY_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here."""
CELL = "border:1px solid #999;padding:2px 8px"


def used_columns(view: View) -> tuple[Column, ...]:
    """The columns in which a row says something."""
    return tuple(
        column
        for column in view.columns
        if any(column.value(row) not in (None, "") for row in view.rows)
    )


def is_left(column: Column) -> bool:
    return column.kind is TEXT or column.kind.name in LEFT_ALIGNED


def shown(column: Column, row: Any) -> str:
    """A cell as a reader sees it; empty where there is no figure."""
    value = column.value(row)
    return "" if value is None else column.kind.show(value, FORM)


def as_text(view: View) -> str:
    """Title, table in columns and sentences, as a terminal or a mail shows them."""
    parts = ([view.title], _table_lines(view), view.sentences)
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _table_lines(view: View) -> list[str]:
    columns = used_columns(view)
    lines = [[column.heading for column in columns]]
    lines += [[shown(column, row) for column in columns] for row in view.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    made = [
        "  ".join(
            cell.ljust(width) if is_left(column) else cell.rjust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in lines
    ]
    return [made[0], "-" * max(map(len, made)), *made[1:]] if view.rows else []


def as_tsv(view: View) -> str:
    """Heading and rows for a spreadsheet: plain numbers, percent signs, ISO dates; the sentences below."""
    columns = used_columns(view)
    lines = [[column.heading for column in columns]]
    lines += [[_plain(column, row) for column in columns] for row in view.rows]
    lines += [[""], *([sentence] for sentence in view.sentences)]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def _plain(column: Column, row: Any) -> str:
    value = column.value(row)
    if value is None:
        return ""
    if column.kind.name == "rate":
        return f"{value * 100:f}%"
    text = column.kind.show(value, CANONICAL)
    runs = column.kind is TEXT and text.startswith(RUNS_AS_FORMULA)
    return "'" + text if runs else text.replace("\t", " ").replace("\n", " ")


def as_html(view: View) -> str:
    """The sentences and the table; each figure carries its full value for a spreadsheet."""
    columns = used_columns(view)
    head = "".join(f'<th style="{CELL}">{escape(column.heading)}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(_html_cell(column, row) for column in columns) + "</tr>"
        for row in view.rows
    )
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in view.sentences)
    table = f'<table style="border-collapse:collapse"><tr>{head}</tr>{body}</table>'
    return (
        f'<html {EXCEL}><head><meta charset="utf-8"></head><body><h3>{escape(view.title)}</h3>'
        f"{table if view.rows else ''}{sentences}</body></html>"
    )


def _html_cell(column: Column, row: Any) -> str:
    """What a reader sees, with the figure itself for Excel (`x:num`) and LibreOffice (`sdval`)."""
    value, number = column.value(row), FORMATS.get(column.kind.name)
    align = "" if is_left(column) else ' align="right"'
    if value is None or number is None:
        return f'<td{align} style="{CELL}">{escape(shown(column, row))}</td>'
    held = f'x:num="{_number(value)}" sdval="{_number(value)}" sdnum="{US_ENGLISH};0;{number}"'
    style = f"{CELL};mso-number-format:'{_escaped(number)}'"
    return f'<td{align} style="{style}" {held}>{escape(shown(column, row))}</td>'


def _number(value: Any) -> str:
    if isinstance(value, date):
        return str((value - DAY_ZERO).days)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _escaped(number: str) -> str:
    """As the style wants it: a backslash before each mark."""
    return "".join(mark if mark.isalnum() else f"\\{mark}" for mark in number)


def table_cells(view: View) -> Sequence[Sequence[str]]:
    """Heading and rows as texts, for whoever lays out a table of its own."""
    columns = used_columns(view)
    return [
        [column.heading for column in columns],
        *([shown(column, row) for column in columns] for row in view.rows),
    ]
