"""Results as a terminal shows them: aligned columns, nothing cut."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from notemodeler.app.results import Results
from notemodeler.app.why import explain
from notemodeler.app.why_text import as_text
from notemodeler.domain.columns import Column
from notemodeler.domain.numbers import FORM
from notemodeler.domain.terms import Field
from notemodeler.engines.schedule import COLUMNS, ScheduleRow

LEFT_ALIGNED = ("text", "date", "choice")


def aligned(heading: Sequence[str], rows: Iterable[Sequence[str]], left: Sequence[bool]) -> str:
    """A table in columns as wide as their widest cell, with a rule under the heading."""
    every = [heading, *rows]
    widths = [max(len(row[place]) for row in every) for place in range(len(heading))]
    lines = [
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in every
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def terms_text(fields: Sequence[Field]) -> str:
    """Every term with its name, label, unit and default."""
    rows = [
        (
            field.name,
            field.term.label,
            field.term.unit,
            field.term.empty
            if field.default is None
            else field.term.kind.show(field.default, FORM),
        )
        for field in fields
    ]
    return aligned(("name", "label", "unit", "default"), rows, (True, True, True, True))


def schedule_text(rows: Sequence[ScheduleRow]) -> str:
    """The schedule without the columns in which nothing happens."""
    return rows_text(COLUMNS, rows)


def rows_text(columns: Iterable[Column], rows: Sequence[Any]) -> str:
    """Any table without the columns that hold nothing."""
    used = [column for column in columns if any(column.value(row) for row in rows)]
    heading = [column.heading for column in used]
    body = [[_shown(column, row) for column in used] for row in rows]
    return aligned(heading, body, [column.kind.name in LEFT_ALIGNED for column in used])


def _shown(column: Column, row: Any) -> str:
    value = column.value(row)
    return column.kind.show(value, FORM) if value else ""


def quote_text(results: Results, day: date) -> str:
    """The explanation of a quote in words and figures."""
    lines = [f"{issue.severity.value}: {issue.text}" for issue in results.issues]
    of_document = "\n".join(["", "The document:", *lines, ""]) if lines else ""
    return as_text(explain(results, day)) + of_document
