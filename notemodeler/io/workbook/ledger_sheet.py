"""The Ledger sheet: every event as entered, and the note's account computed step by step beside it."""

from datetime import date

from notemodeler.domain.dates import show_date
from notemodeler.io.workbook.ledger_columns import Entry, entries
from notemodeler.io.workbook.ledger_moves import Move, moves
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

HEADING_ROW = 5


def write_ledger(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; the columns of the account have names that the other sheets use."""
    sheet.head(
        "Ledger", "What happened to the note, and its account: between two steps only interest runs.",
        "Interest is exact within a step and rounded to the cent once, at the event that ends it. An "
        "empty amount means: as much as there is and the ownership limit allows.",
    )  # fmt: skip
    account = moves(source)
    columns = [_column(entry, account) for entry in entries(source)]
    sheet.table(HEADING_ROW, columns)
    sheet.heights[HEADING_ROW] = 54
    _write_not_booked(sheet, source, HEADING_ROW + len(account) + 3)


def _column(entry: Entry, account: tuple[Move, ...]) -> Column:
    settling = [at for at, move in enumerate(account) if move.step.entry is not None]
    return Column(
        entry.name, entry.heading, entry.width, entry.style, [entry.cell(move) for move in account],
        own_styles=dict.fromkeys(settling, entry.input_style) if entry.input_style else {},
        defined_name=f"step_{entry.name}" if entry.named else "",
        heading_style=entry.heading_style,
    )  # fmt: skip


def _write_not_booked(sheet: Sheet, source: WorkbookInput, row: int) -> None:
    """Entries that could not be booked, and why: they have no step in the account."""
    booked = {event.entry for event in source.history.happenings}
    left = [entry for place, entry in enumerate(source.note.ledger) if place not in booked]
    if not left:
        return
    sheet.section(row, "Entered but not booked", range(1, 8))
    for place, entry in enumerate(left, start=row + 1):
        sheet.put(place, 1, entry.date, "fixed.date")
        sheet.put(place, 2, entry.kind.label, "label.text")
        sheet.put(place, 3, entry.amount, "fixed.amount")
        sheet.put(place, 4, entry.stated_price, "fixed.price")
        sheet.put(place, 5, entry.stated_shares, "fixed.count")
        sheet.put(place, 6, entry.remark, "user")
        sheet.put(place, 7, _why(source, entry.date), "note")


def _why(source: WorkbookInput, day: date) -> str:
    about = [issue for issue in source.issues if day in issue.days]
    for issue in sorted(about, key=lambda each: not each.is_error):
        if "note.ledger" in issue.fields:
            return issue.text
    return f"Nothing could be booked on {show_date(day)}."
