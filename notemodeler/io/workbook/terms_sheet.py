"""The Terms sheet: every term of the note as a named input, the reported share counts, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from notemodeler.domain.dates import EARLIEST, LATEST
from notemodeler.domain.kinds import ChoiceKind, FlagKind, TextKind
from notemodeler.domain.note import AppliedFirst, DefaultEvent, InterestStart, Note
from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELDS, Project
from notemodeler.domain.rule import MissingPrices, PriceRounding, Statistic, WindowEnd
from notemodeler.domain.terms import Field, Term, value_at
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.day_windows import Standing
from notemodeler.engines.run import interest_start
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

HEADING_ROW = 5
WIDTHS = (28, 30, 38, 28, 84)
STYLES_OF_KIND = {
    "money": "amount", "price": "price", "rate": "rate", "count": "count", "shares": "count",
    "days": "count", "date": "date", "text": "text", "choice": "text", "flag": "text",
}  # fmt: skip
PROMPT_LENGTH, TITLE_LENGTH, LIST_LENGTH = 255, 32, 255


def write_terms(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; every value gets a defined name that the other sheets use."""
    sheet.head(
        "Terms",
        "Blue cells are inputs: change one and every sheet follows.",
        "Fixed at export, so changing them here needs a new export: day count, compounding, price "
        "series, whether there is a default, and which events the ledger has. The Checks sheet watches.",
    )
    headings = ("Term", "Value", "Unit", "Name in formulas", "What it means")
    for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True), start=1):
        sheet.put(HEADING_ROW, column, heading, "heading")
        sheet.worksheet.column_dimensions["ABCDE"[column - 1]].width = width
    row = _write_fields(sheet, source)
    row = _write_share_counts(sheet, source.project, row + 1)
    _write_consequences(sheet, source.note, row + 1)


def _write_fields(sheet: Sheet, source: WorkbookInput) -> int:
    row, group = HEADING_ROW + 1, ""
    for field in FIELDS:
        if field.term.group != group:
            group = field.term.group
            sheet.section(row, group, range(1, 6))
            row += 1
        owner = source.project.issuer if field.name.startswith("issuer.") else source.note
        _write_field(sheet, row, field, value_at(owner, field.path))
        row += 1
    return row


def _write_field(sheet: Sheet, row: int, field: Field, value: Any) -> None:
    term = field.term
    is_text = isinstance(term.kind, TextKind)
    role = "user_input" if is_text else "input"
    sheet.put(row, 1, term.label, "label")
    where = sheet.put(row, 2, cell_value(term, value), f"{role}.{STYLES_OF_KIND[term.kind.name]}")
    sheet.put(row, 3, _unit(term), "fixed")
    sheet.put(row, 4, term_name(field), "fixed")
    sheet.put(row, 5, term.help, "label.wrapped")
    if len(term.help) > 95:
        sheet.heights[row] = 29
    sheet.define(term_name(field), where)
    if not is_text:
        _validate(sheet, where.rpartition("!")[2].replace("$", ""), term)


def cell_value(term: Term, value: Any) -> Value:
    """A term's value as a cell holds it: choices and flags in the reader's words."""
    if isinstance(term.kind, ChoiceKind | FlagKind) and value is not None:
        return term.kind.show(value, FORM)
    return value if isinstance(value, str | int | Decimal | date) else None


def _unit(term: Term) -> str:
    if not term.empty:
        return term.unit
    return f"{term.unit}; empty: {term.empty}" if term.unit else f"empty: {term.empty}"


def _validate(sheet: Sheet, cell: str, term: Term) -> None:
    rule = DataValidation(allow_blank=term.optional, showErrorMessage=True, **_allowed(term))
    rule.errorTitle = term.label[:TITLE_LENGTH]
    rule.error = f"{term.label} cannot have this value."[:PROMPT_LENGTH]
    rule.add(cell)
    sheet.worksheet.add_data_validation(rule)


def _allowed(term: Term) -> dict[str, Any]:
    """What Excel lets the user type, from the term's kind and hard bounds."""
    if isinstance(term.kind, ChoiceKind):
        return {"type": "list", "formula1": _list([choice.label for choice in term.kind.choices])}
    if isinstance(term.kind, FlagKind):
        return {"type": "list", "formula1": _list(["yes", "no"])}
    if term.kind.name == "date":
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (EARLIEST, LATEST))
        return {"type": "date", "operator": "between", "formula1": first, "formula2": last}
    kind = "whole" if term.kind.name in ("count", "shares", "days") else "decimal"
    least = format(Decimal(term.minimum or 0), "f")
    if term.maximum is None:
        return {"type": kind, "operator": "greaterThanOrEqual", "formula1": least}
    most = format(Decimal(term.maximum), "f")
    return {"type": kind, "operator": "between", "formula1": least, "formula2": most}


def _list(labels: list[str]) -> str:
    if any("," in label or '"' in label for label in labels):
        raise ValueError(f"a list in a cell cannot hold these labels: {labels}")
    return '"' + ",".join(labels)[: LIST_LENGTH - 2] + '"'


def _write_share_counts(sheet: Sheet, project: Project, row: int) -> int:
    counts = project.issuer.shares_outstanding
    sheet.section(row, "Shares outstanding, as reported", range(1, 6))
    dates: tuple[date | None, ...] = tuple(count.date for count in counts) or (None,)
    shares: tuple[int | None, ...] = tuple(count.shares for count in counts) or (None,)
    sheet.table(
        row + 1,
        (
            Column("date", "As of", WIDTHS[0], "input.date", dates, defined_name="count_dates"),
            Column("shares", "Shares", WIDTHS[1], "input.count", shares, defined_name="count_shares"),
        ),
    )  # fmt: skip
    return row + 2 + len(dates)


@dataclass(frozen=True, slots=True)
class Consequence:
    """A value that follows from the terms and has a name of its own."""

    name: str
    label: str
    formula: str
    cached: Value
    kind: str
    help: str


def _write_consequences(sheet: Sheet, note: Note, row: int) -> None:
    sheet.section(row, "What follows from the terms", range(1, 6))
    for place, each in enumerate(_consequences(note), start=row + 1):
        sheet.put(place, 1, each.label, "label")
        where = sheet.put(place, 2, Formula(each.formula, each.cached), f"formula.{each.kind}")
        sheet.put(place, 4, each.name, "fixed")
        sheet.put(place, 5, each.help, "label.wrapped")
        sheet.define(each.name, where)


def _consequences(note: Note) -> Iterator[Consequence]:
    yield from _note_consequences(note)
    yield from _rule_consequences(note)


def _note_consequences(note: Note) -> Iterator[Consequence]:
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
        "proceeds", "Proceeds to the company", "paid_amount-note_withheld_fees_amount",
        note.proceeds, "amount", "What arrives once the holder has kept back its fees.",
    )  # fmt: skip
    yield Consequence(
        "multiple_due", "Default multiple in force",
        f'IF(default_event="{DefaultEvent.DELIVERY.label}",default_delivery_multiple,default_multiple)',
        note.default.multiple_due, "rate", "The default sum for the kind of default stated above.",
    )  # fmt: skip
    yield Consequence(
        "interest_first", "Interest settles first",
        f'IF(conversion_applied_first="{AppliedFirst.INTEREST.label}",1,0)',
        int(note.conversion.applied_first is AppliedFirst.INTEREST), "number", "1 for yes, 0 for no.",
    )  # fmt: skip


def _rule_consequences(note: Note) -> Iterator[Consequence]:
    rule = note.conversion.rule
    lows = {Statistic.LOWEST: 1, Statistic.MEAN_OF_LOWEST: rule.lowest_count}.get(rule.statistic, 0)
    yield Consequence(
        "discount", "Discount", "1-rule_multiplier", rule.discount, "rate",
        "The multiplier read the other way.",
    )  # fmt: skip
    yield Consequence(
        "lows_taken", "Lows averaged",
        f'IF(rule_statistic="{Statistic.LOWEST.label}",1,'
        f'IF(rule_statistic="{Statistic.MEAN_OF_LOWEST.label}",rule_lowest_count,0))',
        lows, "number", "0 where the reference price is not made of lows.",
    )  # fmt: skip
    yield Consequence(
        "takes_last", "Takes the last price", f'IF(rule_statistic="{Statistic.LAST.label}",1,0)',
        int(rule.statistic is Statistic.LAST), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "window_shift", "Window ends on the notice day",
        f'IF(rule_window_end="{WindowEnd.NOTICE_DAY.label}",1,0)',
        int(rule.window_end is WindowEnd.NOTICE_DAY), "number",
        "1 for yes; 0: it ends on the trading day before.",
    )  # fmt: skip
    yield Consequence(
        "refuses_gaps", "A day without a price forbids a figure",
        f'IF(rule_missing_prices="{MissingPrices.REFUSE.label}",1,0)',
        int(rule.missing_prices is MissingPrices.REFUSE), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "reaches_back", "The window reaches further back",
        f'IF(rule_missing_prices="{MissingPrices.REACH_BACK.label}",1,0)',
        int(rule.missing_prices is MissingPrices.REACH_BACK), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "least_price", "Prices below this round to zero",
        f'IF(rule_rounding="{PriceRounding.DOWN.label}",10^-rule_rounding_places,'
        f'IF(rule_rounding="{PriceRounding.HALF_UP.label}",10^-rule_rounding_places/2,0))',
        _least_price(rule.rounding, rule.rounding_places), "price",
        "No shares can be counted at a price of zero.",
    )  # fmt: skip
    yield _contradiction(note, lows)


def _least_price(rounding: PriceRounding, places: int) -> Decimal:
    unit = Decimal(1).scaleb(-places)
    return {PriceRounding.DOWN: unit, PriceRounding.HALF_UP: unit / 2}.get(rounding, Decimal(0))


def lows_shown(note: Note) -> int:
    """How many columns of lows the Conversion price sheet has."""
    rule = note.conversion.rule
    if rule.statistic is Statistic.MEAN_OF_LOWEST:
        return max(1, min(rule.lowest_count, rule.lookback_days))
    return 1


def _contradiction(note: Note, lows: int) -> Consequence:
    rule = note.conversion.rule
    crossed = None not in (rule.cap_price, rule.floor_price) and rule.cap_price < rule.floor_price  # type: ignore[operator]  # both are numbers here
    contradicts = crossed or lows > rule.lookback_days
    return Consequence(
        "rule_contradiction", "Contradiction in the rule",
        f'IF(OR(lows_taken>rule_lookback_days,lows_taken>{lows_shown(note)},'
        'IF(AND(ISNUMBER(rule_cap_price),ISNUMBER(rule_floor_price)),rule_cap_price<rule_floor_price,'
        f'FALSE)),"{Standing.RULE.label}","")',
        Standing.RULE.label if contradicts else "", "text",
        "More lows than days in the window or columns on the sheet, or a floor above the cap.",
    )  # fmt: skip
