"""Cells on the clipboard: plain text for Excel, a table for word processors, and our own rows unharmed."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

ROWS_FORMAT = "application/x-notemodeler-rows"
Block = list[list[str]]


def put_on_clipboard(cells: Block, headings: Sequence[str] = (), own: str = "") -> None:
    """Offer the cells as TSV and HTML, under headings if any are given.

    `own` is the same rows in the form that `own_rows` gives back to the table of that name.
    """
    lines = [list(headings), *cells] if headings else cells
    data = QMimeData()
    data.setText("\n".join("\t".join(_one_line(cell) for cell in line) for line in lines) + "\n")
    data.setHtml(as_html(cells, headings))
    if own:
        data.setData(ROWS_FORMAT, own.encode())
    QGuiApplication.clipboard().setMimeData(data)


def as_html(cells: Block, headings: Sequence[str] = ()) -> str:
    """The cells as an HTML table."""
    from html import escape

    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in cells
    )
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{body}</table>"


def clipboard_text() -> str:
    return QGuiApplication.clipboard().text()


def own_rows(table: str) -> Block:
    """The rows that a table of that name put on the clipboard, empty if something else is there."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(ROWS_FORMAT):
        return []
    name, _, body = bytes(data.data(ROWS_FORMAT).data()).decode().partition("\n")
    return [line.split("\t") for line in body.split("\n")] if name == table and body else []


def own_text(table: str, rows: Block) -> str:
    """What `own_rows` reads; rows without cells are left out."""
    lines = ["\t".join(map(_one_line, row)) for row in rows if row]
    return "\n".join([table, *lines]) if lines else ""


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")
