"""The schedule: dated rows from funding to maturity, and after it in default, each closing to the cent."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import DATE, MONEY, PRICE, RATE, SHARES, TEXT
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.history import NOTHING, Happening, HappeningKind, NoteHistory, Owed
from notemodeler.engines.share_register import ShareRegister, Tally


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One row: opening + advance + accrual + default sum added + principal added - settled = closing.

    It holds column by column, in whole cents: `paid` and `converted` are what was settled, `added` are
    penalties and what a floor under the price added. `cash` is what the company paid in cash, premiums
    and what comes besides shares included. `shares_outstanding` counts the shares of all notes just
    after the event, `cumulative_shares` those of this one, in shares of the day; both shares of the
    company are None as long as no report tells how many shares are outstanding.
    """

    date: date
    what: str
    opening: Owed
    advance: Decimal
    accrual: Decimal
    default_added: Decimal
    added: Decimal
    paid: Owed
    converted: Owed
    cash: Decimal
    conversion_price: Decimal | None
    shares_issued: int
    closing: Owed
    shares_outstanding: int | None
    holder_share: Decimal | None
    cumulative_shares: int
    cumulative_dilution: Decimal | None


COLUMNS = (
    Column("Date", lambda row: row.date, DATE, 13, "The day of the row.", "date"),
    Column("What happened", lambda row: row.what, TEXT, 26, "The event, or the end of a period.", "what"),
    Column("Opening principal", lambda row: row.opening.principal, MONEY, 15, "", "opening_principal"),
    Column("Opening interest", lambda row: row.opening.interest, MONEY, 14, "", "opening_interest"),
    Column("Opening default sum", lambda row: row.opening.default_sum, MONEY, 14, "", "opening_default_sum"),
    Column("Advanced", lambda row: row.advance, MONEY, 14, "Principal advanced.", "advance"),
    Column("Interest accrued", lambda row: row.accrual, MONEY, 14, "Since the row before.", "accrual"),
    Column("Default sum added", lambda row: row.default_added, MONEY, 14, "", "default_added"),
    Column(
        "Principal added", lambda row: row.added, MONEY, 14,
        "Penalties, and what a floor under the conversion price adds.", "added",
    ),
    Column("Paid", lambda row: row.paid.total, MONEY, 13, "What a payment settled.", "paid"),
    Column("Converted", lambda row: row.converted.total, MONEY, 14, "Amount converted.", "converted"),
    Column(
        "Cash paid", lambda row: row.cash, MONEY, 13,
        "What the company paid in cash: payments with their premium, and of a conversion what comes "
        "besides shares.", "cash",
    ),
    Column(
        "of it interest", lambda row: row.converted.interest + row.paid.interest, MONEY, 13,
        "The part of what was paid or converted that settled interest.", "settled_interest",
    ),
    Column("Conversion price", lambda row: row.conversion_price, PRICE, 14, "", "conversion_price"),
    Column("Shares issued", lambda row: row.shares_issued, SHARES, 15, "", "shares_issued"),
    Column("Closing principal", lambda row: row.closing.principal, MONEY, 15, "", "closing_principal"),
    Column("Closing interest", lambda row: row.closing.interest, MONEY, 14, "", "closing_interest"),
    Column("Closing default sum", lambda row: row.closing.default_sum, MONEY, 14, "", "closing_default_sum"),
    Column("Total due", lambda row: row.closing.total, MONEY, 15, "", "total_due"),
    Column("Shares outstanding", lambda row: row.shares_outstanding, SHARES, 18, "", "shares_outstanding"),
    Column(
        "Holder's share", lambda row: row.holder_share, RATE, 12,
        "What the holder owns just after the conversion, as a part of the outstanding.", "holder_share",
    ),
    Column(
        "Cumulative dilution", lambda row: row.cumulative_dilution, RATE, 12,
        "All shares issued under this note as a part of the outstanding.", "cumulative_dilution",
    ),
)  # fmt: skip

NOTHING_OWED = Owed()
SHARE_PLACES = Decimal("0.000001")
WORDS = {
    HappeningKind.FUNDING: "Funded",
    HappeningKind.CHARGE: "Interest charged",
    HappeningKind.DEFAULT: "Default",
    HappeningKind.PENALTY: "Penalty",
    HappeningKind.CONVERSION: "Conversion",
    HappeningKind.PAYMENT: "Payment",
    HappeningKind.PREPAYMENT: "Prepayment",
    HappeningKind.REDEMPTION: "Redemption",
    HappeningKind.INSTALMENT: "Instalment",
}


def schedule_end(note: Note, history: NoteHistory, last_price: date | None = None) -> date:
    """Maturity, or later if something happened later, or if the note is in default and prices go on."""
    ends = [note.maturity_date, *(each.date for each in history.happenings)]
    if note.default.default_date is not None and last_price is not None:
        ends.append(last_price)
    return max(ends)


def build_schedule(
    note: Note,
    history: NoteHistory,
    register: ShareRegister,
    rows: RowDates,
    end: date,
) -> tuple[ScheduleRow, ...]:
    """The rows up to `end`; they stop when nothing is owed. The row dates never change a balance."""
    writer = _Writer(history, register)
    happenings: dict[date, list[Happening]] = {}
    for happening in history.happenings:
        happenings.setdefault(happening.date, []).append(happening)
    made: list[ScheduleRow] = []
    periods = _period_ends(history.funded, end, rows)
    for day in sorted({*happenings, *periods, note.maturity_date, end}):
        if not history.funded <= day <= end:
            continue
        for happening in happenings.get(day, ()):
            made.append(writer.event(happening))
        if day not in happenings:
            made.append(writer.period(day, _period_words(day, note, rows)))
        if history.settled_date is not None and day >= history.settled_date:
            break
    return tuple(made)


def _period_words(day: date, note: Note, rows: RowDates) -> str:
    if day == note.maturity_date:
        return "Maturity"
    if (day + timedelta(days=1)).day == 1:
        return "Quarter end" if day.month % 3 == 0 else "Month end"
    return "" if rows is RowDates.DAILY else "End of schedule"


def _period_ends(start: date, end: date, rows: RowDates) -> Iterator[date]:
    if rows is RowDates.DAILY:
        yield from (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    if rows not in (RowDates.MONTH_ENDS, RowDates.QUARTER_ENDS):
        return
    year, month = start.year, start.month
    while (month_end := date(year, month, calendar.monthrange(year, month)[1])) <= end:
        if month_end > start and (rows is RowDates.MONTH_ENDS or month % 3 == 0):
            yield month_end
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


class _Writer:
    """Writes rows one after the other; each opens with what the one before it closed with."""

    def __init__(self, history: NoteHistory, register: ShareRegister) -> None:
        self._history, self._register = history, register
        self._closing = NOTHING_OWED
        self._issued = Tally(register.issuer.splits, start=0)
        self._converts_on = {day for day, _ in history.issued}
        self._day = date.min
        self._outstanding: int | None = None

    def event(self, happening: Happening) -> ScheduleRow:
        before, after, settled = happening.before, happening.after, happening.settled
        is_funding = happening.kind is HappeningKind.FUNDING
        is_conversion = happening.kind is HappeningKind.CONVERSION
        earned = after.interest + settled.interest - self._closing.interest
        words = WORDS[happening.kind]
        return self._row(
            happening.date,
            f"{words}: {happening.remark}" if happening.remark else words,
            after,
            advance=after.principal - self._closing.principal if is_funding else NOTHING,
            accrual=earned,
            default_added=after.default_sum + settled.default_sum - before.default_sum,
            added=happening.added,
            paid=NOTHING_OWED if is_conversion else settled,
            converted=settled if is_conversion else NOTHING_OWED,
            cash=happening.cash,
            conversion_price=happening.price,
            shares_issued=happening.shares,
            held=happening.held,
            outstanding=self._just_after(happening),
        )

    def _just_after(self, happening: Happening) -> int | None:
        """The shares outstanding once the event has happened."""
        if happening.outstanding is not None:
            return happening.outstanding + happening.shares
        day = happening.date
        if self._day == day:
            return self._outstanding
        return self._register.outstanding(day, before_entries=day in self._converts_on)

    def period(self, day: date, what: str) -> ScheduleRow:
        closing = self._history.owed_on(day).in_cents()
        return self._row(
            day,
            what,
            closing,
            advance=closing.principal - self._closing.principal,
            accrual=closing.interest - self._closing.interest,
            outstanding=self._register.outstanding(day),
        )

    def _row(
        self,
        day: date,
        what: str,
        closing: Owed,
        *,
        outstanding: int | None,
        advance: Decimal = NOTHING,
        accrual: Decimal = NOTHING,
        default_added: Decimal = NOTHING,
        added: Decimal = NOTHING,
        paid: Owed = NOTHING_OWED,
        converted: Owed = NOTHING_OWED,
        cash: Decimal = NOTHING,
        conversion_price: Decimal | None = None,
        shares_issued: int = 0,
        held: int = 0,
    ) -> ScheduleRow:
        opening, self._closing = self._closing, closing
        self._day, self._outstanding = day, outstanding
        self._issued.move_to(day)
        self._issued.add(day, shares_issued)
        total = self._issued.count or 0
        holder = share_of(held + shares_issued, outstanding) if shares_issued else None
        return ScheduleRow(
            day, what, opening, advance, accrual, default_added, added, paid, converted, cash,
            conversion_price, shares_issued, closing, outstanding, holder, total,
            share_of(total, outstanding),
        )  # fmt: skip


def share_of(shares: int, outstanding: int | None) -> Decimal | None:
    """Shares as a fraction of the outstanding, to a ten-thousandth of a percent."""
    if not outstanding:
        return None
    exact = MONEY_CONTEXT.divide(Decimal(shares), Decimal(outstanding))
    return exact.quantize(SHARE_PLACES, context=MONEY_CONTEXT)
