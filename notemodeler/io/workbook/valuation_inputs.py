"""The inputs of the valuation as cells: each by formula where the workbook has it, with where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from notemodeler.domain.dates import show_date
from notemodeler.engines.valuation.rates import Credit
from notemodeler.engines.valuation.worth import Engine
from notemodeler.io.workbook.cells import Value, plain
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import ValuationFound, known

NEAR = 1e-9
"""So much apart, as a part of the whole, two ways to the same figure may be."""


@dataclass(frozen=True, slots=True)
class InputCell:
    """One input: label and name, formula, value, and its source in words.

    Without a formula it is fixed at export; `[exported]` in one is the cell with the value as exported.
    """

    label: str
    name: str
    formula: str
    value: Value
    kind: str
    source: str


def input_cells(source: WorkbookInput, found: ValuationFound) -> Iterator[InputCell]:
    """Every input, in reading order."""
    yield from _price_cells(source, found)
    yield from _owed_cells(source, found)
    yield from _market_cells(source, found)
    yield from _credit_cells(found)
    yield from _path_cells(source)


def _price_cells(source: WorkbookInput, found: ValuationFound) -> Iterator[InputCell]:
    inputs = found.inputs
    is_stated = source.project.valuation.valuation_date is not None
    yield InputCell(
        "Valuation date", "valued_on", stated_or("valuation_valuation_date", "[exported]"), found.on, "date",
        "as stated, end of the day" if is_stated else "day of the last price, end of the day",
    )  # fmt: skip
    other, words = "[exported]", "as stated"
    if inputs.price is None:
        other, words = '""', "none known"
    elif inputs.price_date is not None:
        words = f"price of {show_date(inputs.price_date)}"
        if _listed_price(source, found) == inputs.price:
            other = "INDEX(prices,MATCH(valued_on,price_dates,1))"
    formula = stated_or("valuation_share_price", other)
    yield InputCell("Share price, $", "valued_price", formula, inputs.price, "price", words)
    yield _conversion_price(source, found)


def stated_or(name: str, other: str) -> str:
    """The stated input where there is one, else what takes its place."""
    return f"IF(ISNUMBER({name}),{name},{other})"


def _listed_price(source: WorkbookInput, found: ValuationFound) -> float | None:
    """The price on the last line of the Prices sheet by the valuation date."""
    by_then = [
        price
        for day, price in zip(source.listed.days, source.listed.prices, strict=True)
        if day <= found.on
    ]
    return float(by_then[-1]) if by_then and by_then[-1] is not None else None


def _conversion_price(source: WorkbookInput, found: ValuationFound) -> InputCell:
    price = found.day.conversion_price
    on_sheet = {day.window.notice_date: day.window.conversion for day in source.notice_days}
    formula, words = "", "for a notice on the day; fixed at export"
    if price is not None and on_sheet.get(found.on) == price:
        formula = "INDEX(conversion_price,MATCH(valued_on,notice_date,0))"
        words = "for a notice on the day, from the Conversion price sheet"
    if price is None:
        words = "none for a notice on the day"
    return InputCell(
        "Conversion price, $", "valued_conversion_price", formula, plain(price), "price", words
    )


def _owed_cells(source: WorkbookInput, found: ValuationFound) -> Iterator[InputCell]:
    owed = found.day.owed
    balances = {day.window.notice_date: day.owed.total for day in source.notice_days}
    is_live = balances.get(found.on) == owed
    yield InputCell(
        "Owed at the end of the day, $", "valued_owed",
        "INDEX(notice_balance,MATCH(valued_on,notice_date,0))" if is_live else "", owed, "amount",
        "principal, interest and default sum" + ("" if is_live else "; fixed at export"),
    )  # fmt: skip
    fee = source.note.conversion.fee_amount
    yield InputCell(
        "Fee that a notice adds, $", "valued_fee", "conversion_fee_amount", fee, "amount", "Terms sheet"
    )  # fmt: skip
    price = found.day.conversion_price
    shares = float(owed + fee) / float(price) if price and owed > 0 else None
    yield InputCell(
        "Shares for all that is owed", "valued_shares",
        'IF(AND(ISNUMBER(valued_conversion_price),valued_owed>0),'
        '(valued_owed+valued_fee)/valued_conversion_price,"")', shares, "count",
        "owed and fee over the conversion price, not rounded",
    )  # fmt: skip
    yield InputCell(
        "Due at maturity, $", "valued_due", "", found.due, "amount",
        "if nothing but the terms happens; fixed at export",
    )  # fmt: skip


def _market_cells(source: WorkbookInput, found: ValuationFound) -> Iterator[InputCell]:
    inputs, stated = found.inputs, source.project.valuation
    other = "[exported]" if inputs.volatility is not None else '""'
    yield InputCell(
        "Expected volatility, a year", "valued_volatility",
        stated_or("valuation_volatility", "volatility_of_prices" if found.returns else other),
        inputs.volatility, "rate",
        inputs.volatility_words or "too few prices for one, and none is stated",
    )  # fmt: skip
    yield InputCell(
        "Maturity date", "valued_maturity", "note_maturity_date", inputs.maturity, "date", "Terms sheet"
    )  # fmt: skip
    yield InputCell(
        "Expected term, years", "valued_years", "MAX(0,valued_maturity-valued_on)/365", inputs.years,
        "quantity", "valuation date to maturity, actual/365",
    )  # fmt: skip
    yield InputCell(
        "Risk-free rate, a year", "valued_rate", _rate_formula(source), inputs.risk_free, "rate",
        "continuously compounded, of the term" if stated.risk_free else "no rates are stated",
    )  # fmt: skip
    yield InputCell("Dividend yield", "valued_dividend", "", 0, "rate", "none is expected")
    yield InputCell(
        "Trading days left", "valued_steps", "", len(inputs.steps), "count",
        "of the exchange's calendar; fixed at export",
    )  # fmt: skip


def _rate_formula(source: WorkbookInput) -> str:
    """The rate of the term, straight between two terms; none for rows that are not in order."""
    points = source.project.valuation.risk_free
    terms = [point.term_days for point in points]
    if not points or any(later <= earlier for earlier, later in pairwise(terms)):
        return ""
    last = len(points)
    days = "MAX(0,valued_maturity-valued_on)"
    if last == 1:
        return "INDEX(risk_free_rate,1)"
    place = f"MATCH({days},risk_free_term_days,1)"

    def at(column: str, offset: str = "") -> str:
        return f"INDEX(risk_free_{column},{place}{offset})"

    between = (
        f"{at('rate')}+({at('rate', '+1')}-{at('rate')})*({days}-{at('term_days')})"
        f"/({at('term_days', '+1')}-{at('term_days')})"
    )
    return (
        f"IF({days}<=INDEX(risk_free_term_days,1),INDEX(risk_free_rate,1),"
        f"IF({days}>=INDEX(risk_free_term_days,{last}),INDEX(risk_free_rate,{last}),{between}))"
    )


def _credit_cells(found: ValuationFound) -> Iterator[InputCell]:
    credit = found.inputs.credit
    if credit.discount is not None:
        yield InputCell(
            "Holder's discount rate, a year", "valued_discount", "valuation_discount_rate", credit.discount,
            "rate", "in place of risk-free rate, hazard and recovery for what the holder waits for",
        )  # fmt: skip
    else:
        hazard = stated_or(
            "valuation_hazard_rate", "valuation_credit_spread/(1-valuation_recovery_rate)"
        )
        words = "as stated, or the credit spread over what is lost in a default"
        yield InputCell(
            "Hazard rate, a year", "valued_hazard", hazard, credit.hazard, "rate", words
        )
        yield InputCell(
            "Recovery", "valued_recovery", "valuation_recovery_rate", credit.recovery, "rate",
            "of the claim in a default",
        )  # fmt: skip
    straight = straight_of(found)
    formula = _straight_formula(found, straight)
    words = "all that is due at maturity, discounted at risk-free and hazard rate"
    if credit.discount is not None:
        words = "all that is due at maturity, discounted at the holder's rate"
    if straight is None:
        words = "no value: see below what is odd"
    elif not formula:
        words = "by the program, day by day with recovery and payments on the way; fixed at export"
    yield InputCell(
        "Without the right to convert, $", "valued_straight", formula, known(straight), "amount", words
    )  # fmt: skip


def straight_of(found: ValuationFound) -> float | None:
    """The note as a debt, as the engines take it; that of the discount alone is another."""
    values = [each for each in found.values if each.engine is not Engine.INTRINSIC]
    return next((each.straight for each in values if each.straight is not None), None)


def _straight_formula(found: ValuationFound, straight: float | None) -> str:
    """One discounted sum, where that is what the engines come to."""
    inputs = found.inputs
    simple = float(found.due) * exp(-_yearly(inputs.risk_free, inputs.credit) * inputs.years)
    if straight is None or abs(simple - straight) > NEAR * max(1.0, straight):
        return ""
    rate = (
        "valued_discount" if inputs.credit.discount is not None else "(valued_rate+valued_hazard)"
    )
    return f"valued_due*EXP(-{rate}*valued_years)"


def _yearly(risk_free: float, credit: Credit) -> float:
    return risk_free + credit.hazard if credit.discount is None else credit.discount


def _path_cells(source: WorkbookInput) -> Iterator[InputCell]:
    """What the simulation takes besides."""
    stated = source.project.valuation
    for label, name, value, kind in (
        ("Prices move", "price_model", stated.price_model.label, "wrapped"),
        ("The holder converts", "policy", stated.policy.label, "wrapped"),
        ("Paths", "paths", stated.paths, "count"),
        ("Seed", "seed", stated.seed, "number"),
    ):
        yield InputCell(
            label, f"valued_{name}", f"valuation_{name}", value, kind, "Terms sheet; for the simulation"
        )  # fmt: skip
