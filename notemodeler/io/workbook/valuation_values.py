"""The table of values by engine: formulas where there is one, the program's own figure where there is none."""

from collections.abc import Iterator

from notemodeler.engines.valuation.worth import Engine, FairValue
from notemodeler.io.workbook.cells import Formula
from notemodeler.io.workbook.sheet import CellContent, Column
from notemodeler.io.workbook.valuation_inputs import NEAR, straight_of
from notemodeler.io.workbook.valuation_source import ValuationFound, known

HALF_CENT = "0.005"
FIXED, LIVE, NO_VALUE = "fixed at export", "formulas", "no value"
WIDTHS = (42, 16, 16, 16, 16, 13, 16, 9, 11, 16, 16, 12, 15)
PLACES = 6
"""Differences are cut there: beyond is noise of binary arithmetic, which programs cut each in its own way."""
SHARES_NOW = "valued_shares*valued_price"
DIFFERENCE = f"ROUND([note]-[straight],{PLACES})"
LIVE_FORMULAS = {
    Engine.BLACK_SCHOLES: {"note": "[straight]+[right]", "right": "valued_shares*bs_call"},
    Engine.INTRINSIC: {"note": "MAX([straight],[now])", "right": DIFFERENCE},
}
"""What is not fixed of the value of each engine; the others are the program's own."""


def value_columns(found: ValuationFound) -> Iterator[Column]:
    """The columns; the first engine is the one that the others are held against."""
    values = found.values
    yield Column("engine", "Engine", WIDTHS[0], "label", [each.engine.label for each in values])
    for place, (name, heading) in enumerate(
        (
            ("note", "Note"),
            ("right", "Conversion right"),
            ("straight", "Without the right"),
            ("now", "Converted now"),
        ),
        start=1,
    ):
        yield _mixed(name, heading, WIDTHS[place], found)
    yield Column(
        "error", "Uncertain by", WIDTHS[5], "fixed.amount", [known(each.error) for each in values]
    )
    yield Column(
        "least", "At least", WIDTHS[6], "fixed.amount", [known(each.least) for each in values]
    )
    works = [each.work for each in values]
    yield Column(
        "points", "Returns a day", WIDTHS[7], "fixed.count",
        [work.points if work else None for work in works],
    )  # fmt: skip
    yield Column(
        "states", "States", WIDTHS[8], "fixed.count", [work.states if work else None for work in works]
    )  # fmt: skip
    yield from _compared(found)


def _compared(found: ValuationFound) -> Iterator[Column]:
    rights = [known(each.right) for each in found.values]
    yield Column(
        "exported", "The right, as exported", WIDTHS[9], "fixed.amount", rights,
        defined_name="values_exported",
    )  # fmt: skip
    first = rights[0]
    yield Column(
        "apart", "Right against the first", WIDTHS[10], "formula.amount",
        [None if each is None or first is None else round(each - first, PLACES) for each in rights],
        f'IF(COUNT([right],[!right])=2,ROUND([right]-[!right],{PLACES}),"")',
    )  # fmt: skip
    yield Column(
        "same", "Unchanged", WIDTHS[11], "formula.flag", [True] * len(rights),
        f'IF(COUNT([right],[exported])=2,ABS([right]-[exported])<{HALF_CENT},[right]&""=[exported]&"")',
        defined_name="values_same",
    )  # fmt: skip
    yield Column(
        "how", "How", WIDTHS[12], "label",
        [_how(each) for each in found.values],
    )  # fmt: skip


def _how(value: FairValue) -> str:
    if value.note is None:
        return NO_VALUE
    return LIVE if value.engine in LIVE_FORMULAS else FIXED


def _mixed(name: str, heading: str, width: float, found: ValuationFound) -> Column:
    """A column with a formula in some rows and the program's figure in the others."""
    values = [_figure(name, each) for each in found.values]
    formulas = [_formula(name, each, found) for each in found.values]
    own: dict[int, CellContent] = {
        at: Formula(formula, values[at])
        for at, formula in enumerate(formulas)
        if formula and values[at] is not None
    }
    role = "key" if name == "right" else "formula"
    styles = dict.fromkeys(own, f"{role}.amount")
    return Column(name, heading, width, "fixed.amount", values, None, own, styles, f"values_{name}")


def _figure(name: str, value: FairValue) -> float | None:
    found = {
        "note": value.note,
        "right": None if value.right is None else round(value.right, PLACES),
        "straight": value.straight,
        "now": value.worth_now,
    }  # fmt: skip
    # Without a value of the note there is nothing that could be computed again.
    return known(found[name]) if value.note is not None else None


def _formula(name: str, value: FairValue, found: ValuationFound) -> str:
    if name == "straight":
        return _straight_formula(value, found)
    if name == "now":
        return _now_formula(value, found)
    if value.engine in LIVE_FORMULAS:
        return LIVE_FORMULAS[value.engine][name]
    return DIFFERENCE if name == "right" else ""


def _straight_formula(value: FairValue, found: ValuationFound) -> str:
    if value.engine is Engine.INTRINSIC:
        return "valued_owed"
    straight = straight_of(found)
    is_that = straight is not None and value.straight is not None
    return "valued_straight" if is_that and _is_near(value.straight, straight) else ""


def _now_formula(value: FairValue, found: ValuationFound) -> str:
    """The shares of today at today's price, where that is what the engine says."""
    price, given = found.day.conversion_price, found.inputs.price
    if not price or given is None:
        return ""
    asked = float(found.day.owed + found.fee)
    return SHARES_NOW if _is_near(value.worth_now, asked * given / float(price)) else ""


def _is_near(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= NEAR * max(1.0, abs(other))
