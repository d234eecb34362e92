"""An explanation written out, as plain text for a message and as HTML for a memorandum."""

from collections.abc import Iterator
from html import escape

from notemodeler.app.why import Why, WindowRow
from notemodeler.app.why_figures import Line

CELL = "padding:1px 12px 1px 0"


def as_text(why: Why) -> str:
    """The explanation as lines of plain text."""
    return "\n".join(_text_lines(why)) + "\n"


def _text_lines(why: Why) -> Iterator[str]:
    yield f"{why.title} on {why.date}: {why.price}"
    for issue in why.issues:
        yield f"{issue.severity.value.capitalize()}: {issue.text}"
    if why.clause:
        yield from ("", why.clause)
    for window in why.windows:
        yield from ("", f"{window.title}:")
        for row in window.rows:
            yield f"  {row.date:<18}{row.price or row.gap}{_mark_words(row)}"
    for section in why.sections:
        yield from ("", f"{section.title}:")
        yield from (_text_line(line) for line in section.lines)


def _text_line(line: Line) -> str:
    value = f": {line.value}" if line.value else ""
    detail = f" ({line.detail})" if line.detail else ""
    return f"  {line.label}{value}{detail}"


def _mark_words(row: WindowRow) -> str:
    quoted = f"  {row.quoted}" if row.quoted else ""
    if not row.mark:
        return quoted
    return quoted + (f"  ({row.mark}) qualifies" if row.mark.isdigit() else "  qualifies")


def as_html(why: Why) -> str:
    """The explanation as HTML with tables, for word processors and mail."""
    return "".join(_html_parts(why))


def _html_parts(why: Why) -> Iterator[str]:
    yield f"<h3>{escape(why.title)} on {escape(why.date)}: {escape(why.price)}</h3>"
    for issue in why.issues:
        yield f"<p><b>{issue.severity.value.capitalize()}:</b> {escape(issue.text)}</p>"
    if why.clause:
        yield f"<p>{escape(why.clause)}</p>"
    for window in why.windows:
        rows = ((row.date, row.price or row.gap, _mark_words(row).strip()) for row in window.rows)
        yield f"<h4>{escape(window.title)}</h4>{_table(rows)}"
    for section in why.sections:
        rows = ((line.label, line.value, line.detail) for line in section.lines)
        yield f"<h4>{escape(section.title)}</h4>{_table(rows)}"


def _table(rows: Iterator[tuple[str, str, str]]) -> str:
    body = "".join(
        f'<tr><td style="{CELL}">{escape(first)}</td>'
        f'<td align="right" style="{CELL}">{escape(second)}</td><td>{escape(third)}</td></tr>'
        for first, second, third in rows
    )
    return f"<table>{body}</table>"
