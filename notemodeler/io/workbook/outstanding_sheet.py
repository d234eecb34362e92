"""The Outstanding sheet: the company's shares through time, by what each note issued, against the charter."""

from collections.abc import Iterator
from datetime import date

from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Value
from notemodeler.io.workbook.sheet import WORKING, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

TITLE = "Outstanding"
HEADING_ROW = 5
MOST_NOTES = 20
"""Of larger books the notes have no columns of their own."""


def write_outstanding(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet, one row a day on which the count or the charter changes."""
    sheet.head(
        "Shares outstanding",
        "Every day on which the count changes: a report, a split, a conversion under any note, the charter.",
        "At the end of the day, in shares of the day. A report counts what was issued before it.",
    )
    sheet.table(HEADING_ROW, tuple(_columns(source)), filtered=True)
    sheet.heights[HEADING_ROW] = 42


def change_days(source: WorkbookInput) -> tuple[date, ...]:
    """The days of the rows: at least one, the day of the book among them."""
    at = source.beyond.book
    days = {at.day, *at.book.register.change_days}
    days |= {row.from_date for row in source.project.issuer.shares_authorised}
    return tuple(sorted(days))


def _columns(source: WorkbookInput) -> Iterator[Column]:
    at, days = source.beyond.book, change_days(source)
    register, counts = at.book.register, source.counts
    yield Column("date", "Date", 13, "input.date", days, defined_name="path_date")
    if source.has_splits:
        yield Column(
            "growth", "Price factor of later splits", 12, "formula.factor",
            [source.growth_on(day) for day in days], count.growth_on("[date]"), heading_style=WORKING,
        )  # fmt: skip
    yield Column(
        "outstanding", "Shares outstanding", 18, "key.count",
        [register.outstanding(day) for day in days], counts.outstanding_after(),
        defined_name="path_outstanding",
    )  # fmt: skip
    yield Column(
        "authorised", "Shares authorised", 18, "formula.count",
        [at.book.authorised(day) for day in days], _authorised(source), defined_name="path_authorised",
    )  # fmt: skip
    yield Column(
        "room", "Authorised and not outstanding", 18, "formula.shares",
        [_room(at.book.authorised(day), register.outstanding(day)) for day in days],
        'IF(OR([authorised]="",[outstanding]=""),"",[authorised]-[outstanding])',
    )  # fmt: skip
    yield from _issued(source, days)


def _issued(source: WorkbookInput, days: tuple[date, ...]) -> Iterator[Column]:
    """What each note has issued by the end of each day."""
    book = source.beyond.book.book
    many = len(book.notes) > MOST_NOTES
    issuing = {issue.note for issue in source.other_issues}
    for place in range(len(book.notes)):
        own = place == source.note_index
        if not own and (many or place not in issuing):
            continue
        taken: list[Value] = [book.register.taken(frozenset((place,)), day) for day in days]
        formula = source.counts.issued() if own else source.counts.issued_by(str(place + 1))
        yield Column(
            f"issued{place + 1}",
            f"Issued under note {place + 1}",
            17,
            "formula.shares",
            taken,
            formula,
        )


def _authorised(source: WorkbookInput) -> str:
    if not source.project.issuer.shares_authorised:
        return '""'
    latest = "SUMPRODUCT(MAX((shares_authorised_from_date<=[date])*shares_authorised_from_date))"
    return (
        f'IFERROR(INDEX(shares_authorised_shares,MATCH({latest},shares_authorised_from_date,0)),"")'
    )


def _room(authorised: int | None, outstanding: int | None) -> int | None:
    return None if authorised is None or outstanding is None else authorised - outstanding
