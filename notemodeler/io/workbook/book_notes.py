"""The list of notes on the Book sheet: this workbook's note by its own sheets, the others as they stood."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from notemodeler.engines.company.book_day import Standing
from notemodeler.engines.company.full_conversion import full_conversion
from notemodeler.engines.company.positions import part_of_company
from notemodeler.engines.company.reserve import reserve
from notemodeler.engines.company.states import state_words
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Formula, Value, plain
from notemodeler.io.workbook.interest_formulas import interest_formula, written_out
from notemodeler.io.workbook.share_formulas import on_day
from notemodeler.io.workbook.sheet import CellContent, Column
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import StepKind

STEP = "IFERROR(MATCH(book_day,step_date,1),0)"
REQUIRED = 'IF([multiple]="",0,IF([shares]="","",ROUNDUP(ROUND([multiple]*[shares],6),0)))'
SHORTFALL = 'IF([required]="","",MAX(0,[required]-[reserved]))'
PART = 'IF(OR([shares]="",N(book_outstanding)=0),"",ROUND([shares]/(book_outstanding+[shares]),6))'
SUMMED = (
    "principal",
    "balance",
    "converted",
    "paid",
    "issued",
    "shares",
    "required",
    "reserved",
    "shortfall",
)


def note_columns(source: WorkbookInput, widths: Sequence[float]) -> Iterator[Column]:
    """The columns of the list, one row a note in the order of the book."""
    at = source.beyond.book
    standings, book = at.standings, at.book
    kept = reserve(at).rows
    found = full_conversion(at).rows
    width = iter(widths)

    def column(
        name: str,
        heading: str,
        kind: str,
        value: Callable[[Standing], Any],
        formula: str = "",
        *,
        by_row: str | None = None,
    ) -> Column:
        values = [value(each) for each in standings]
        cells: list[CellContent] = list(map(plain, values))
        styles: dict[int, str] = {}
        if formula:
            own = source.note_index
            cells[own] = Formula(formula, values[own])
            styles[own] = f"formula.{kind}"
        return Column(
            name, heading, next(width), "user" if kind == "text" else f"input.{kind}",
            cells, None, own_styles=styles, defined_name=f"book_{name}",
        ) if by_row is None else Column(
            name, heading, next(width), f"formula.{kind}", values, by_row, defined_name=f"book_{name}",
        )  # fmt: skip

    yield column("title", "Note", "text", lambda each: book.label(each.place))
    yield column("holder", "Holder", "text", lambda each: each.note.holder)
    yield column("agreement", "Drawn under", "text", lambda each: each.note.agreement)
    yield column(
        "principal", "Principal, $", "amount", lambda each: each.note.principal_amount,
        "note_principal_amount",
    )  # fmt: skip
    yield column("balance", "Owed, $", "amount", lambda each: each.owed.total, _balance(source))
    yield column(
        "converted", "Converted, $", "money", lambda each: each.converted, _converted(source)
    )
    yield column(
        "paid", "Paid in cash, $", "money", lambda each: each.paid,
        'SUMIFS(step_cash,step_date,"<="&book_day)',
    )  # fmt: skip
    yield column(
        "issued", "Shares issued", "shares", lambda each: each.issued,
        on_day(source.counts.issued(), "book_day"),
    )  # fmt: skip
    yield column("state", "State", "text", lambda each: state_words(each.state, each.note))
    yield column(
        "price", "Conversion price, $", "price", lambda each: each.conversion_price, _price(source)
    )
    yield column(
        "shares",
        "Shares for the whole balance",
        "shares",
        lambda each: each.shares,
        _shares(source),
    )
    yield column(
        "part", "of the company", "share",
        lambda each: _part(each.shares, at.outstanding), by_row=PART,
    )  # fmt: skip
    yield column(
        "multiple", "Reserve required, times", "quantity",
        lambda each: each.note.conversion.reserve_multiple,
        'IF(conversion_reserve_multiple="","",conversion_reserve_multiple)',
    )  # fmt: skip
    yield column(
        "required",
        "Reserve required",
        "shares",
        lambda each: kept[each.place].required,
        by_row=REQUIRED,
    )
    yield column(
        "reserved", "Set aside", "shares", lambda each: kept[each.place].reserved, _reserved(source)
    )
    yield column(
        "shortfall",
        "Shortfall",
        "shares",
        lambda each: kept[each.place].shortfall,
        by_row=SHORTFALL,
    )
    yield column(
        "allowed", "May be converted now, shares", "shares", lambda each: found[each.place].allowed
    )


def total_cells(source: WorkbookInput) -> dict[str, tuple[str, Value, str]]:
    """The sums under the list by column: formula, value, kind."""
    at = source.beyond.book
    kept, found = reserve(at).total, full_conversion(at).total
    values: dict[str, Value] = {
        "principal": sum(each.note.principal_amount for each in at.standings),
        "balance": found.balance,
        "converted": sum(each.converted for each in at.standings),
        "paid": sum(each.paid for each in at.standings),
        "issued": sum(each.issued for each in at.standings),
        "shares": found.shares,
        "required": kept.required,
        "reserved": kept.reserved,
        "shortfall": kept.shortfall,
    }
    money = ("principal", "balance", "converted", "paid")
    return {
        name: (_sum(name), values[name], "amount" if name in money else "shares") for name in SUMMED
    }


def _sum(name: str) -> str:
    """A sum that is none where a part of it is not known."""
    if name in ("shares", "required", "shortfall"):
        return f'IF(COUNT(book_{name})<ROWS(book_{name}),"",SUM(book_{name}))'
    return f"SUM(book_{name})"


def _balance(source: WorkbookInput) -> str:
    """What is owed at the end of the day: the last step begun and the interest since."""
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start=f"INDEX(step_date,{STEP})", end="book_day",
        bearing=f"INDEX(step_bearing,{STEP})", rate=f"INDEX(step_rate,{STEP})",
    )  # fmt: skip
    interest = f"ROUND(INDEX(step_interest,{STEP})+{written_out(growth)},2)"
    return (
        f"IF(OR(book_day<note_funding_date,{STEP}=0),0,"
        f"ROUND(INDEX(step_principal,{STEP})+{interest}+INDEX(step_default_sum,{STEP}),2))"
    )


def _converted(source: WorkbookInput) -> str:
    kind = StepKind.CONVERSION.value
    criteria = f'step_date,"<="&book_day,step_what,"{kind}"'
    added = f"+SUMIFS(step_added,{criteria})" if source.shape.adds_principal else ""
    return f"SUMIFS(step_settled,{criteria}){added}"


def _listed(source: WorkbookInput) -> bool:
    """Whether the day's price can be read off the Conversion price sheet."""
    at = source.beyond.book
    own = at.standings[source.note_index]
    if at.day not in source.days:
        return False
    window = source.notice_days[source.days.index(at.day)].window
    return window.conversion == own.conversion_price or own.price is None


def _price(source: WorkbookInput) -> str:
    if not _listed(source):
        return ""
    return 'IF([balance]=0,"",INDEX(conversion_price,MATCH(book_day,notice_date,0)))'


def _shares(source: WorkbookInput) -> str:
    """At the day's price; what a floor adds is counted without it."""
    if source.shape.adds_principal and not _listed(source):
        return ""
    adds = source.shape.adds_principal
    counting = "INDEX(notice_unfloored,MATCH(book_day,notice_date,0))" if adds else "[price]"
    exact = count.fifteen_digits(f"(([balance]+conversion_fee_amount)/{counting})")
    return f'IF([balance]=0,0,IF([price]="","",{count.whole_shares(exact)}))'


def _reserved(source: WorkbookInput) -> str:
    reserved = "conversion_reserved_shares"
    if not source.has_splits:
        return reserved
    return f"INT(ROUND({reserved}*{count.growth_on('book_day')},6))"


def _part(shares: int | None, outstanding: int | None) -> Value:
    return plain(part_of_company(shares, outstanding)) if outstanding else None
