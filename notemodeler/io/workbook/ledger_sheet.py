"""The Ledger sheet: every event as entered, and the note's account computed step by step beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from notemodeler.domain.dates import show_date
from notemodeler.io.workbook import ledger_formulas as by
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.interest_formulas import interest_formula
from notemodeler.io.workbook.ledger_moves import Move, moves
from notemodeler.io.workbook.sheet import WORKING, CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import SETTLING, StepKind

HEADING_ROW = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A column of the account: its value, and the formula for each kind of step that has one.

    Kinds without a formula show `value` if `constant`, else nothing; a step that is `fixed` keeps the
    program's value. `input_style` marks the cells that a conversion or payment was entered in. A
    `named` column is `step_...` for other sheets.
    """

    name: str
    heading: str
    width: float
    style: str
    value: Callable[[Move], Value]
    formulas: by.Formulas = field(default_factory=dict)
    constant: bool = False
    input_style: str = ""
    named: bool = False
    heading_style: str = "heading"
    fixed: Callable[[Move], bool] = lambda _: False

    def cell(self, move: Move) -> CellContent:
        formula = self.formulas.get(move.step.kind)
        if formula is not None and self.fixed(move):
            return self.value(move)
        if formula is not None and (move.last or "[^" not in formula):
            rate = "interest_default_rate" if move.step.in_default else "interest_rate"
            return Formula(formula.format(months=move.months, rate=rate), self.value(move))
        return self.value(move) if self.constant else None


def write_ledger(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; the columns of the account have names that the other sheets use."""
    sheet.head(
        "Ledger", "What happened to the note, and its account: between two steps only interest runs.",
        "Interest is exact within a step and rounded to the cent once, at the event that ends it. An "
        "empty amount means: as much as there is and the ownership limit allows.",
    )  # fmt: skip
    account = moves(source)
    columns = [_column(entry, account) for entry in _entries(source)]
    sheet.table(HEADING_ROW, columns)
    sheet.heights[HEADING_ROW] = 54
    _write_not_booked(sheet, source, HEADING_ROW + len(account) + 3)


def _column(entry: Entry, account: tuple[Move, ...]) -> Column:
    settling = [at for at, move in enumerate(account) if move.step.settles]
    return Column(
        entry.name, entry.heading, entry.width, entry.style, [entry.cell(move) for move in account],
        own_styles=dict.fromkeys(settling, entry.input_style) if entry.input_style else {},
        defined_name=f"step_{entry.name}" if entry.named else "",
        heading_style=entry.heading_style,
    )  # fmt: skip


def _entries(source: WorkbookInput) -> Iterator[Entry]:
    yield from _as_entered()
    yield from _owed_before(source)
    yield from _conversions(source)
    yield from _settled()
    yield from _owed_after(source)


def _as_entered() -> Iterator[Entry]:
    def entered(name: str) -> Callable[[Move], Any]:
        return lambda move: getattr(move.step.entry, name) if move.step.entry else None

    yield Entry(
        "date", "Date", 13, "formula.date", lambda move: move.date,
        {
            StepKind.WAITING: "note_funding_date",
            StepKind.START: "interest_start",
            StepKind.MONTH: "EDATE(interest_start,{months})",
            StepKind.DEFAULT: "MAX(default_default_date,interest_start,note_funding_date)",
        },
        constant=True, input_style="input.date", named=True,
    )  # fmt: skip
    yield Entry("what", "What", 28, "label.text", lambda move: move.step.kind.value, constant=True)
    yield Entry(
        "asked", "Amount entered, $", 14, "fixed.amount", entered("amount"), constant=True,
        input_style="input.amount",
    )  # fmt: skip
    yield Entry(
        "stated_price", "Price as reported, $", 14, "fixed.price", entered("stated_price"),
        constant=True, input_style="input.price",
    )  # fmt: skip
    yield Entry(
        "stated_shares", "Shares as reported", 14, "fixed.count", entered("stated_shares"),
        constant=True, input_style="input.count",
    )  # fmt: skip
    yield Entry(
        "remark", "Remark", 24, "user", entered("remark"), constant=True, input_style="user_input"
    )


def _owed_before(source: WorkbookInput) -> Iterator[Entry]:
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start="[^date]", end="[date]", bearing="[^bearing]", rate="[^rate]"
    )
    for each in growth.columns:
        yield Entry(
            each.name, each.heading, 8, f"formula.{each.style}",
            lambda move, each=each: each.value(move.last.date, move.date),  # type: ignore[misc]  # bound now
            by.on_later(each.formula), heading_style=WORKING,
        )  # fmt: skip
    yield Entry(
        "exact_interest", "Interest, exact", 17, "formula.exact",
        lambda move: move.exact.interest, by.on_later(f"[^interest]+{growth.growth}"),
        heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "interest_before", "Interest before", 14, "formula.amount",
        lambda move: move.before.interest, by.on_later("ROUND([exact_interest],2)"), named=True,
    )  # fmt: skip
    yield Entry(
        "principal_before", "Principal before", 14, "formula.amount",
        lambda move: move.before.principal, by.on_later("[^principal]"), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "default_before", "Default sum before", 14, "formula.money",
        lambda move: move.before.default_sum, by.on_later("[^default_sum]"), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "owed", "Owed before", 14, "formula.amount", lambda move: move.before.total,
        by.on_later("ROUND([principal_before]+[interest_before]+[default_before],2)"),
    )  # fmt: skip


def _conversions(source: WorkbookInput) -> Iterator[Entry]:
    def is_off_the_sheet(move: Move) -> bool:
        return not source.days[0] <= move.date <= source.days[-1]

    yield Entry(
        "price", "Conversion price, $", 18, "formula.price", lambda move: move.event.price,
        by.on_conversion(by.BOOKED_PRICE), named=True, fixed=is_off_the_sheet,
    )  # fmt: skip
    yield Entry(
        "outstanding", "Shares outstanding before", 17, "formula.count",
        lambda move: move.event.outstanding,
        by.on_conversion(count.outstanding_with("shares", "[^")), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "held", "Held by the holder before", 14, "formula.count", lambda move: move.event.held,
        by.on_conversion(by.HELD), named=True, heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "limit", "Ownership limit, shares", 16, "formula.count", lambda move: move.limit_shares,
        by.on_conversion(count.LIMIT), named=True, heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "asked_exact", "Shares for the amount entered", 18, "formula.quantity",
        lambda move: move.shares_asked, by.on_conversion(by.ASKED_SHARES), heading_style=WORKING,
    )  # fmt: skip


def _settled() -> Iterator[Entry]:
    def settling(formula: str) -> by.Formulas:
        return by.on(SETTLING, formula)

    yield Entry(
        "settled", "Settled, $", 14, "key.amount", lambda move: move.event.settled.total,
        by.SETTLED, named=True,
    )  # fmt: skip
    yield Entry(
        "settled_interest", "of it interest", 14, "formula.money",
        lambda move: move.event.settled.interest, settling(by.SETTLED_INTEREST), named=True,
    )  # fmt: skip
    yield Entry(
        "settled_principal", "of it principal", 14, "formula.money",
        lambda move: move.event.settled.principal, settling(by.SETTLED_PRINCIPAL),
    )  # fmt: skip
    yield Entry(
        "settled_default", "of it default sum", 14, "formula.money",
        lambda move: move.event.settled.default_sum, settling(by.SETTLED_DEFAULT),
    )  # fmt: skip
    yield Entry(
        "exact", "Shares before rounding", 19, "formula.quantity", lambda move: move.exact_shares,
        by.on_conversion(by.EXACT_SHARES), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "shares", "Shares issued", 15, "key.count", lambda move: move.event.shares,
        by.on_conversion(by.SHARES), named=True,
    )  # fmt: skip
    yield Entry(
        "default_added", "Default sum added", 14, "formula.money",
        lambda move: move.event.after.default_sum - move.event.before.default_sum,
        {StepKind.DEFAULT: by.DEFAULT_ADDED}, named=True,
    )  # fmt: skip


def _owed_after(source: WorkbookInput) -> Iterator[Entry]:
    yield Entry(
        "principal", "Principal after", 14, "formula.amount", lambda move: move.after.principal,
        by.PRINCIPAL, named=True,
    )  # fmt: skip
    yield Entry(
        "interest", "Interest after", 14, "formula.exact", lambda move: move.after.interest,
        by.INTEREST, constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "default_sum", "Default sum after", 14, "formula.money",
        lambda move: move.after.default_sum, by.DEFAULT_SUM, constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "bearing", "Bears interest, $", 16, "formula.exact", lambda move: move.step.stretch.bearing,
        by.bearing(source.note.interest.compounding), constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "rate", "At the rate of", 10, "formula.rate", lambda move: move.step.stretch.rate,
        by.on((StepKind.START, *by.LATER), "{rate}"), constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "notices_from", "In force for notices from", 13, "formula.date",
        lambda move: move.notices_from,
        by.on(tuple(StepKind), "[date]") | by.on(SETTLING, "[date]+1"),
        named=True, heading_style=WORKING,
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
