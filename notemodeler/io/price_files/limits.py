"""How much of a price table is read at most, and the sentences that refuse more."""

from collections.abc import Callable

from notemodeler.domain.issues import UserError

Report = Callable[[float], None]
"""Told the fraction done; whatever it raises stops the reading."""

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 1_000_000
SPARE_LINES = 1_000
"""Headings, preamble and blank lines that a file of the most rows may have besides."""
MOST_COLUMNS = 256
LONGEST_LINE = 100_000
MOST_CELLS = 1_000_000
MOST_LISTED = 10_000
"""Rejected rows that are listed one by one; the rest are counted."""
ROWS_A_REPORT = 5_000


def report_nothing(fraction: float) -> None:
    """The report of a reader whom nobody watches."""


def too_large() -> UserError:
    return UserError(
        f"The prices take more than {MOST_BYTES // 1024**2} MB.",
        "Keep the dates and one price column, or split the file.",
    )


def too_many_rows() -> UserError:
    return UserError(
        f"The table has more than {MOST_ROWS:,} rows.",
        "Keep the rows of one share and of the years that the note needs.",
    )


def too_many_columns() -> UserError:
    return UserError(
        f"The table has more than {MOST_COLUMNS} columns.", "Keep the dates and the prices."
    )


def shown(text: str, most: int = 200) -> str:
    """The text on one printable line, cut after `most` characters."""
    head = text[: most + 1]
    line = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for character in head.replace("\t", " ").replace("\n", " ").replace("\r", "")
    )
    return line[:most] + "…" if len(head) > most else line
