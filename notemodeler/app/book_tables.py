"""The tables of the whole book: one list of columns each, for window, command line and workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import COUNT, DATE, DAYS, MONEY, PRICE, RATE, SHARES, TEXT
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.engines.company.levels import Level

MULTIPLE = FIELD_BY_NAME["note.conversion.reserve_multiple"].term.kind


@dataclass(frozen=True)
class BookTable:
    """Columns and rows, sums among them; `name` is stable, `remark` a sentence to stand under the table."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    remark: str = ""

    @property
    def sums(self) -> frozenset[int]:
        """The places of rows that are sums of others."""
        return frozenset(
            at
            for at, row in enumerate(self.rows)
            if getattr(row, "level", Level.NOTE) is not Level.NOTE
        )

    def note_of(self, at: int) -> int | None:
        """The note that the row at that place is about, if it is about one."""
        place = getattr(self.rows[at], "place", None)
        return place if isinstance(place, int) else None


POSITIONS = (
    Column("Note", lambda row: row.title, TEXT, 26, "What the note is called.", "title"),
    Column("State", lambda row: row.state_words, TEXT, 24, "How the note stands.", "state"),
    Column("Holder", lambda row: row.holder, TEXT, 22, "The lender.", "holder"),
    Column("Drawn under", lambda row: row.agreement, TEXT, 18, "The agreement of a tranche.", "agreement"),
    Column("Principal", lambda row: row.principal, MONEY, 15, "The face amount.", "principal"),
    Column("Balance", lambda row: row.balance, MONEY, 15, "Owed at the end of the day, all in.", "balance"),
    Column("Converted", lambda row: row.converted, MONEY, 15, "Dollars settled in shares so far.", "converted"),
    Column("Paid", lambda row: row.paid, MONEY, 14, "Dollars of the balance settled in cash so far.", "paid"),
    Column(
        "Shares issued", lambda row: row.shares_issued, SHARES, 16,
        "Shares issued so far, in shares of the day.", "shares_issued",
    ),
    Column(
        "Conversion price", lambda row: row.conversion_price, PRICE, 15,
        "For a notice on the day.", "conversion_price",
    ),
    Column(
        "Shares for the balance", lambda row: row.shares, SHARES, 18,
        "What a conversion of the whole balance would issue, limits aside.", "shares",
    ),
    Column(
        "Of the company", lambda row: row.share_of_company, RATE, 12,
        "Those shares as a part of the outstanding after them.", "share_of_company",
    ),
    Column(
        "Next date", lambda row: row.next_date and row.next_date.date, DATE, 13, "The day of what comes next.",
        "next_date",
    ),
    Column(
        "What comes", lambda row: row.next_date.kind.label if row.next_date else "", TEXT, 18,
        "What comes on the next date.", "next_kind",
    ),
)  # fmt: skip

FULL_CONVERSION = (
    Column("Note", lambda row: row.title, TEXT, 26, "What the note is called.", "title"),
    Column("Balance", lambda row: row.balance, MONEY, 15, "Owed at the end of the day.", "balance"),
    Column(
        "Conversion price", lambda row: row.conversion_price, PRICE, 15, "For a notice on the day.",
        "conversion_price",
    ),
    Column("Shares", lambda row: row.shares, SHARES, 18, "For the whole balance, limits aside.", "shares"),
    Column(
        "Of the company after", lambda row: row.share_after, RATE, 13,
        "Those shares as a part of the company once every note is converted.", "share_after",
    ),
    Column(
        "Allowed now", lambda row: row.allowed, SHARES, 18,
        "The most that could be issued on the day within the limits; of the sum, by all holders at once.",
        "allowed",
    ),
    Column("Cut by", lambda row: row.cut_by, TEXT, 28, "The limit that binds.", "cut_by"),
)  # fmt: skip

HOLDERS = (
    Column("Holder", lambda row: row.name, TEXT, 26, "A holder with its affiliates, over all its notes.", "name"),
    Column("Notes", lambda row: len(row.places), COUNT, 8, "How many notes it has.", "notes"),
    Column("Held", lambda row: row.held, SHARES, 16, "Shares that count against its limit.", "held"),
    Column("Limit", lambda row: row.limit, RATE, 10, "The lowest ownership limit of its notes.", "limit"),
    Column("Shares", lambda row: row.shares, SHARES, 18, "For the balance of all its notes.", "shares"),
    Column(
        "Of the company after", lambda row: row.share_after, RATE, 13,
        "What it would have of the company once every note is converted, shares held included.",
        "share_after",
    ),
    Column(
        "Allowed now", lambda row: row.allowed, SHARES, 18,
        "The most that it could take on the day within the limits.", "allowed",
    ),
)  # fmt: skip

RESERVE = (
    Column("Note", lambda row: row.title, TEXT, 26, "What the note is called.", "title"),
    Column(
        "Full conversion", lambda row: row.full_shares, SHARES, 18, "Shares for the whole balance.",
        "full_shares",
    ),
    Column("Times", lambda row: row.multiple, MULTIPLE, 8, "The multiple that must be reserved.", "multiple"),
    Column("Required", lambda row: row.required, SHARES, 18, "To be kept in reserve.", "required"),
    Column("Reserved", lambda row: row.reserved, SHARES, 18, "Set aside by the transfer agent.", "reserved"),
    Column("Shortfall", lambda row: row.shortfall, SHARES, 18, "Required and not set aside.", "shortfall"),
)  # fmt: skip

NEXT_DATES = (
    Column("Date", lambda row: row.date, DATE, 13, "The day.", "date"),
    Column("Days to go", lambda row: row.days_to_go, DAYS, 10, "Calendar days from the view's day.", "days_to_go"),
    Column("Note", lambda row: row.title, TEXT, 26, "The note, or the company.", "title"),
    Column("What", lambda row: row.kind.label, TEXT, 18, "What comes.", "kind"),
    Column("In words", lambda row: row.sentence, TEXT, 60, "", "sentence"),
)  # fmt: skip

SALES = (
    Column("Date", lambda row: row.date, DATE, 13, "The day of the conversion.", "date"),
    Column("Note", lambda row: row.title, TEXT, 26, "The note that was converted.", "title"),
    Column("Shares", lambda row: row.shares, SHARES, 16, "Issued, in shares of the day of the view.", "shares"),
    Column("In all", lambda row: row.sum_shares, SHARES, 16, "Issued since the report.", "sum_shares"),
    Column(
        "Of the outstanding", lambda row: row.share, RATE, 12,
        "The sum as a part of the outstanding at the report.", "share",
    ),
    Column("Remark", lambda row: "calls for a report" if row.passes else "", TEXT, 20, "", "remark"),
)  # fmt: skip
