"""The tables of what may come: distributions, chances with their ranges, and what drives shares and cost."""

from collections.abc import Iterator, Sequence

from notemodeler.io.workbook.cells import Formula
from notemodeler.io.workbook.fans import LEVELS
from notemodeler.io.workbook.sheet import CellContent, Column
from notemodeler.io.workbook.valuation_source import (
    DOLLARS,
    SHARES,
    Chance,
    DriverRow,
    Foreseen,
    Outlook,
    known,
)

LABEL_WIDTH, WIDTH = 40, 14
KINDS = {SHARES: "count", DOLLARS: "amount"}
"""How figures of a unit look; a part of one stands as a percentage."""
NORMAL_95 = 1.96
"""So many standard errors to either side hold what endlessly many paths would give 19 times in 20."""
SWING = "MAX([{0}_low],[{0}_high],[!{0}_low])-MIN([{0}_low],[{0}_high],[!{0}_low])"
WITHIN_ONE = "MIN(1,MAX(0,{}))"


def figure_columns(figures: Sequence[Foreseen]) -> Iterator[Column]:
    """Mean and quantiles, each with its standard error beside it."""
    yield Column("label", "Figure", LABEL_WIDTH, "label", [each.label for each in figures])
    styles = _styles("fixed", [each.unit for each in figures])
    shown = [("mean", "Mean", [each.found.mean for each in figures])]
    shown += [
        (str(level), f"{level} % quantile", [each.found.quantiles[at] for each in figures])
        for at, level in enumerate(LEVELS)
    ]
    for name, heading, found in shown:
        yield Column(
            name, heading, WIDTH, "fixed.count", [known(each.value) for each in found],
            own_styles=styles, defined_name=f"outlook_{name}",
        )  # fmt: skip
        yield Column(
            f"{name}_error", "±", WIDTH, "fixed.count", [known(each.error) for each in found],
            own_styles=styles, defined_name=f"outlook_{name}_error",
        )  # fmt: skip


def chance_columns(chances: Sequence[Chance]) -> Iterator[Column]:
    """Single figures with their standard errors and the ranges that these give, by formula."""
    yield Column("label", "Figure", LABEL_WIDTH, "label", [each.label for each in chances])
    styles = _styles("fixed", [each.unit for each in chances])
    yield Column(
        "value", "Value", WIDTH, "fixed.count", [known(each.found.value) for each in chances],
        own_styles=styles, defined_name="chance_value",
    )  # fmt: skip
    yield Column(
        "error", "±", WIDTH, "fixed.count", [known(each.found.error) for each in chances],
        own_styles=styles, defined_name="chance_error",
    )  # fmt: skip
    yield _range("low", "95 % range from", "-", chances)
    yield _range("high", "to", "+", chances)


def _range(name: str, heading: str, sign: str, chances: Sequence[Chance]) -> Column:
    own: dict[int, CellContent] = {}
    for at, each in enumerate(chances):
        end = f"[value]{sign}{NORMAL_95}*[error]"
        value, error = known(each.found.value), known(each.found.error)
        if value is None or error is None:
            continue
        found = value + (NORMAL_95 if sign == "+" else -NORMAL_95) * error
        is_part = each.unit != DOLLARS
        own[at] = Formula(
            WITHIN_ONE.format(end) if is_part else end,
            min(1.0, max(0.0, found)) if is_part else found,
        )
    styles = _styles("formula", [each.unit for each in chances])
    return Column(
        name, heading, WIDTH, "formula.count", [None] * len(chances), own=own, own_styles=styles
    )


def _styles(role: str, units: Sequence[str]) -> dict[int, str]:
    return {at: f"{role}.{KINDS.get(unit, 'part')}" for at, unit in enumerate(units)}


def driver_columns(outlook: Outlook) -> Iterator[Column]:
    """Each driver at both ends, the strongest first, under the note as it stands."""
    assert outlook.base is not None
    rows: tuple[DriverRow, ...] = (outlook.base, *outlook.drivers)
    yield Column("label", "Driver", LABEL_WIDTH, "label", [each.label for each in rows])
    yield Column("low_words", "Low end", WIDTH, "label.text", [each.low_words for each in rows])
    yield Column("high_words", "High end", WIDTH, "label.text", [each.high_words for each in rows])
    for what, heading, kind in (("shares", "Shares", "count"), ("cost", "Cost", "amount")):
        for at, end in enumerate(("low", "high")):
            found = [(each.shares if what == "shares" else each.cost)[at] for each in rows]
            yield Column(
                f"{what}_{end}", f"{heading} at the {end} end", WIDTH, f"fixed.{kind}",
                [known(each.value) for each in found],
            )  # fmt: skip
            yield Column(
                f"{what}_{end}_error", "±", WIDTH, f"fixed.{kind}", [known(each.error) for each in found]
            )  # fmt: skip
        swings = [_swing(each, outlook.base, what) for each in rows]
        yield Column(
            f"{what}_swing", f"{heading}: swing", WIDTH, f"key.{kind}", swings,
            SWING.format(what), defined_name=f"driver_{what}_swing",
        )  # fmt: skip


def _swing(row: DriverRow, base: DriverRow, what: str) -> float:
    """From the least to the most of both ends and the note as it stands."""
    ends: list[float] = [each.value for own in (row, base) for each in getattr(own, what)]
    return max(ends) - min(ends)
