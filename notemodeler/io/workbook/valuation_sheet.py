"""The Valuation sheet: inputs with sources, engines side by side, why they differ, how to have them again."""

from collections.abc import Iterator
from math import log, sqrt

from notemodeler.domain.dates import show_date
from notemodeler.engines.valuation.black_scholes import call_value, normal_below
from notemodeler.engines.valuation.worth import Engine
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.lines import write_lines
from notemodeler.io.workbook.sheet import CellContent, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_inputs import NEAR, input_cells
from notemodeler.io.workbook.valuation_source import ValuationFound
from notemodeler.io.workbook.valuation_values import WIDTHS, value_columns

TITLE = "Valuation"
FIRST_ROW = 5
COLUMNS, LETTERS = len(WIDTHS), 205
DISCOUNTED_STRIKE = "valued_conversion_price*EXP(-valued_rate*valued_years)"
STEPS = (
    (
        "Volatility over the term, σ√T", "bs_deviation", "valued_volatility*SQRT(valued_years)", "quantity",
    ),
    (
        "d1 = (ln(S/K) + rT) / σ√T + σ√T / 2", "bs_d1",
        "IF(bs_deviation>0,(LN(valued_price/valued_conversion_price)+valued_rate*valued_years)/bs_deviation"
        '+bs_deviation/2,"")', "quantity",
    ),
    ("d2 = d1 - σ√T", "bs_d2", 'IF(bs_deviation>0,bs_d1-bs_deviation,"")', "quantity"),
    ("N(d1)", "bs_n1", 'IF(bs_deviation>0,NORMSDIST(bs_d1),"")', "quantity"),
    ("N(d2)", "bs_n2", 'IF(bs_deviation>0,NORMSDIST(bs_d2),"")', "quantity"),
    (
        "Call on one share, $: S N(d1) - K exp(-rT) N(d2)", "bs_call",
        f"IF(bs_deviation>0,valued_price*bs_n1-{DISCOUNTED_STRIKE}*bs_n2,"
        f"MAX(0,valued_price-{DISCOUNTED_STRIKE}))", "price",
    ),
)  # fmt: skip
"""Black and Scholes 1973 as preparers use it: label, name, formula and kind of each step."""


def write_valuation(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; every input has a name."""
    found = source.valuation
    assert found is not None
    sheet.head(
        f"Valuation on {show_date(found.on)}",
        "What the note and its right to convert are worth to the holder at the end of the day, by several "
        "engines side by side.",
        "Black-Scholes, the discount alone and all differences are formulas. Tree, lattice and simulation go "
        "through thousands of states or paths and cannot be: they are fixed at export and belong to the inputs "
        "as exported.",
    )
    for place, width in enumerate(WIDTHS):
        sheet.worksheet.column_dimensions["ABCDEFGHIJKLM"[place]].width = width
    row = _write_inputs(sheet, FIRST_ROW, source, found)
    row = _write_values(sheet, row + 1, found)
    row = _write_black_scholes(sheet, row + 1, found)
    sheet.section(row + 1, "Why the engines differ, as exported", range(1, COLUMNS + 1))
    words = found.sentences or ("There is nothing to compare.",)
    row = write_lines(sheet, row + 2, words, COLUMNS, LETTERS)
    sheet.section(row + 1, "What is left out or odd", range(1, COLUMNS + 1))
    said = [f"{each.severity.value.capitalize()}: {each.text}" for each in found.issues]
    row = write_lines(sheet, row + 2, said or ["Nothing was found."], COLUMNS, LETTERS)
    _write_origin(sheet, row + 1, source, found)


def _write_inputs(sheet: Sheet, row: int, source: WorkbookInput, found: ValuationFound) -> int:
    sheet.section(row, "Inputs", range(1, COLUMNS + 1))
    for column, heading in enumerate(("Input", "Value", "As exported", "Unchanged", "From"), 1):
        sheet.put(row + 1, column, heading, "heading")
    for column in range(6, COLUMNS + 1):
        sheet.put(row + 1, column, None, "heading")
    first = row + 2
    for row, each in enumerate(input_cells(source, found), start=first):
        sheet.put(row, 1, each.label, "label")
        formula = each.formula.replace("[exported]", f"C{row}")
        content: CellContent = Formula(formula, each.value) if formula else each.value
        role = "formula" if formula else "fixed"
        sheet.define(each.name, sheet.put(row, 2, content, f"{role}.{each.kind}"))
        sheet.put(row, 3, each.value, f"fixed.{each.kind}")
        same = f'IF(COUNT(B{row},C{row})=2,ABS(B{row}-C{row})<={NEAR}*MAX(1,ABS(C{row})),B{row}&""=C{row}&"")'
        sheet.put(row, 4, Formula(same, True), "formula.flag")
        sheet.put(row, 5, each.source, "label")
        if each.kind == "wrapped":
            sheet.heights[row] = 29
    sheet.define("valued_inputs_same", sheet.reference(first, 4, row))
    return row + 1


def _write_values(sheet: Sheet, row: int, found: ValuationFound) -> int:
    sheet.section(row, "Value by engine, $", range(1, COLUMNS + 1))
    sheet.table(row + 1, tuple(value_columns(found)))
    sheet.heights[row + 1] = 30
    return row + 2 + len(found.values)


def _write_black_scholes(sheet: Sheet, row: int, found: ValuationFound) -> int:
    """The steps as an auditor goes through them; none without the inputs."""
    heading = "Black-Scholes on today's conversion price, step by step"
    sheet.section(row, heading, range(1, COLUMNS + 1))
    value = found.of(Engine.BLACK_SCHOLES)
    if value is None or value.note is None:
        sheet.put(row + 1, 1, "There is no value: see what is odd.", "label")
        return row + 2
    cached = _black_scholes_figures(found)
    for place, (label, name, formula, kind) in enumerate(STEPS, start=row + 1):
        sheet.put(place, 1, label, "label")
        where = sheet.put(place, 2, Formula(formula, next(cached)), f"formula.{kind}")
        sheet.define(name, where)
    return row + 1 + len(STEPS)


def _black_scholes_figures(found: ValuationFound) -> Iterator[Value]:
    """What the formulas of the steps come to."""
    inputs, strike = found.inputs, float(found.day.conversion_price or 0)
    price, volatility = inputs.price or 0.0, inputs.volatility or 0.0
    deviation = volatility * sqrt(inputs.years)
    yield deviation
    if deviation > 0:
        upper = (log(price / strike) + inputs.risk_free * inputs.years) / deviation + deviation / 2
        yield from (upper, upper - deviation, normal_below(upper), normal_below(upper - deviation))
    else:
        yield from (None, None, None, None)
    yield call_value(price, strike, volatility, inputs.years, inputs.risk_free)


def _write_origin(sheet: Sheet, row: int, source: WorkbookInput, found: ValuationFound) -> None:
    """What another firm needs to have the same figures."""
    sheet.section(row, "How to have these figures again", range(1, COLUMNS + 1))
    main, stated = found.values[0], source.project.valuation
    work = main.work
    engine = main.engine.label
    if work:
        engine += (
            f", {work.points} returns a day, {work.states:,} states on {work.steps} trading days"
        )
    lines: tuple[tuple[str, Value], ...] = (
        ("Program", f"Note Modeler {source.version}"),
        ("Document, SHA-256 as this program saves it", found.document or "cannot be saved as it stands"),
        ("Note", f"{source.note_index + 1} of {len(source.project.notes)}"),
        ("Engine of the value", engine),
        ("Seed and paths of the simulation", f"seed {stated.seed}, {stated.paths:,} paths"),
        ("On the command line", f"notemodeler value FILE --on {found.on} --note {source.note_index + 1}"),
        ("", f"notemodeler value FILE --on {found.on} --note {source.note_index + 1} --engine simulation"),
    )  # fmt: skip
    for place, (label, words) in enumerate(lines, start=row + 1):
        sheet.put(place, 1, label, "label")
        sheet.put(place, 2, words, "fixed.text")
