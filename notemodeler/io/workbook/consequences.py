"""What follows from the terms alone: values with names of their own, each by formula."""

from collections.abc import Iterator

from notemodeler.domain.conversion import AppliedFirst
from notemodeler.domain.interest import InterestCharge, InterestStart
from notemodeler.domain.note import Note
from notemodeler.domain.repayment import DaysFrom
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.interest_charge import (
    FOR_DAYS,
    charge_amount,
    charge_date,
    charge_end,
    interest_start,
    net_proceeds,
    prepaid_interest,
)
from notemodeler.engines.prepayment import counted_from
from notemodeler.io.workbook.cells import Formula
from notemodeler.io.workbook.interest_formulas import interest_formula, written_out
from notemodeler.io.workbook.rule_consequences import Consequence, rule_consequences
from notemodeler.io.workbook.sheet import Sheet
from notemodeler.io.workbook.source import WorkbookInput


def write_consequences(sheet: Sheet, source: WorkbookInput, row: int) -> None:
    """Write the section from the row on."""
    sheet.section(row, "What follows from the terms", range(1, 6))
    for place, each in enumerate(_consequences(source), start=row + 1):
        sheet.put(place, 1, each.label, "label")
        where = sheet.put(place, 2, Formula(each.formula, each.cached), f"formula.{each.kind}")
        sheet.put(place, 4, each.name, "fixed")
        sheet.put(place, 5, each.help, "label.wrapped")
        sheet.define(each.name, where)


def _consequences(source: WorkbookInput) -> Iterator[Consequence]:
    yield from _charge_consequences(source)
    yield from _note_consequences(source)
    yield from _repayment_consequences(source)
    yield from rule_consequences(source)


def _note_consequences(source: WorkbookInput) -> Iterator[Consequence]:
    note = source.note
    yield Consequence(
        "interest_start", "Interest starts on",
        f'IF(interest_starts_on="{InterestStart.ISSUE.label}",note_issue_date,note_funding_date)',
        interest_start(note), "date", "The day from which the note bears interest.",
    )  # fmt: skip
    yield Consequence(
        "opens_on", "Conversion opens on",
        'IF(conversion_opens_date="",note_issue_date+conversion_opens_days,conversion_opens_date)',
        opening_date(note), "date", "Figures of earlier notice days are hypothetical.",
    )  # fmt: skip
    yield Consequence(
        "paid_amount", "Paid for the note",
        'IF(note_purchase_price_amount="",note_principal_amount,note_purchase_price_amount)',
        note.paid_amount, "amount", "What the holder pays; the rest is original issue discount.",
    )  # fmt: skip
    yield Consequence(
        "issue_discount", "Original issue discount", "note_principal_amount-paid_amount",
        note.original_issue_discount, "amount", "Principal less what was paid for it.",
    )  # fmt: skip
    yield Consequence(
        "proceeds", "Proceeds to the company",
        "paid_amount-note_withheld_fees_amount"
        + ("-interest_of_days" if source.shape.charge is InterestCharge.PREPAID else ""),
        net_proceeds(note), "amount",
        "What arrives once the holder has kept back its fees and interest that is prepaid.",
    )  # fmt: skip
    yield Consequence(
        "multiple_due", "Default multiple in force",
        "IFERROR(INDEX(sums_multiple,MATCH(default_event,sums_event,0)),default_multiple)"
        if note.default.sums else "default_multiple",
        note.default.multiple_due, "rate", "The default sum for the kind of default stated above.",
    )  # fmt: skip
    yield Consequence(
        "interest_first", "Interest settles first",
        f'IF(conversion_applied_first="{AppliedFirst.INTEREST.label}",1,0)',
        int(note.conversion.applied_first is AppliedFirst.INTEREST), "number", "1 for yes, 0 for no.",
    )  # fmt: skip


def _charge_consequences(source: WorkbookInput) -> Iterator[Consequence]:
    note, charge = source.note, source.shape.charge
    if charge not in (InterestCharge.ACCRUES, InterestCharge.ONE_TIME):
        yield Consequence(
            "charge_end", "Those days are over on", "interest_start+interest_charge_days",
            charge_end(note), "date", "Counted from the day from which interest runs.",
        )  # fmt: skip
    booked = charge_date(note)
    if booked is not None:
        since = "charge_end" if charge is InterestCharge.AFTER_DAYS else "interest_start"
        yield Consequence(
            "charge_date", "Interest is charged on", f"MAX({since},note_funding_date)", booked, "date",
            "The day on which interest is earned at once.",
        )  # fmt: skip
    if charge in FOR_DAYS:
        guaranteed = charge is InterestCharge.GUARANTEED
        principal = note.principal_amount
        amount = charge_amount(note, principal) if guaranteed else prepaid_interest(note)
        yield Consequence(
            "interest_of_days", "Interest of those days",
            f"{amount}" if source.charge_is_fixed else _interest_of_days(note), amount, "amount",
            "Fixed at export if interest compounds monthly: it has as many terms as there are months."
            if source.charge_is_fixed else "At the rate without default, on the whole principal.",
        )  # fmt: skip


def _interest_of_days(note: Note) -> str:
    """The interest of the days as one formula, the day counts written out in it."""
    terms = note.interest
    over = interest_formula(terms.day_count, terms.compounding).over(
        start="interest_start",
        end="charge_end",
        bearing="note_principal_amount",
        rate="interest_rate",
    )
    return f"ROUND({written_out(over)},2)"


def _repayment_consequences(source: WorkbookInput) -> Iterator[Consequence]:
    note = source.note
    chosen = f'IF(repayment_prepayment_days_from="{DaysFrom.FUNDING.label}",note_funding_date,note_issue_date)'
    funded = note.repayment.prepayment_days_from is DaysFrom.FUNDING
    stated = "note_funding_date" if funded else "note_issue_date"
    yield Consequence(
        "prepayment_from", "Days until prepayment count from",
        chosen if source.shape.has_prepayment_table else stated, counted_from(note), "date",
        "Day 0 of the prepayment table.",
    )  # fmt: skip
    if source.shape.has_exchange_cap:
        cap = source.exchange_cap_shares
        own = any(day < note.issue_date for day, _ in source.history.issued)
        exact = f"conversion_exchange_cap*{source.counts.outstanding_at_issue()}"
        formula = f'IFERROR(INT(ROUND({exact},6)),"")'
        yield Consequence(
            "exchange_shares", "Exchange cap, shares", f"{cap}" if own else formula,
            "" if cap is None else cap, "count",
            "The most shares that the note may issue in all, in shares of its issue date.",
        )  # fmt: skip
