"""The sheets of the valuation as an auditor reads them: names, inputs with sources, formulas, tables, charts."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from notemodeler.app.export import valued_workbook_bytes, workbook_bytes
from notemodeler.app.export_valuation import valuation_found
from notemodeler.app.results import compute
from notemodeler.domain.project import FIELDS, field_value
from notemodeler.domain.rows import RowsKind
from notemodeler.engines.valuation.black_scholes import preparers_value
from notemodeler.engines.valuation.worth import Engine
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.term_cells import cell_value
from tests.io.recalculation import formula_cells
from tests.io.test_workbook import EXCEL_2010, TITLES, named
from tests.io.valuation_notes import notes_of_every_input, notes_that_lack_something

VALUED = ["Valuation", "Volatility", "Valuation dates", "What may come"]
FUNCTIONS = EXCEL_2010 | {"EXP", "LN", "NORMSDIST", "SQRT"}
"""NORMSDIST and not NORM.S.DIST, which older readers know only with a prefix."""
TEN_Q = (
    "Expected volatility", "Risk-free rate", "Expected term, years", "Share price, $",
    "Conversion price, $", "Dividend yield",
)  # fmt: skip


@pytest.fixture(scope="module")
def project():
    return notes_of_every_input()["ledger"]


@pytest.fixture(scope="module")
def found(project):
    return valuation_found(compute(project))


@pytest.fixture(scope="module")
def workbook(project, found) -> bytes:
    return workbook_bytes(compute(project), valuation=found)


@pytest.fixture(scope="module")
def formulas(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook))


@pytest.fixture(scope="module")
def values(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)


def table(sheet, first_heading: str) -> list[dict[str, object]]:
    """The rows under the headings of which the first is that one, by heading."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(at for at, row in enumerate(rows) if row[0] == first_heading)
    found = []
    for row in rows[start + 1 :]:
        if row[0] is None and row[1] is None:
            break
        found.append(dict(zip(rows[start], row, strict=True)))
    return found


def test_the_sheets_stand_between_the_decisions_and_the_book(formulas):
    place = TITLES.index("Cost") + 1
    assert formulas.sheetnames == [*TITLES[:place], *VALUED, *TITLES[place:]]


def test_every_input_of_the_valuation_is_a_named_term(formulas, values, project):
    inputs = [field for field in FIELDS if field.name.startswith("valuation.")]
    assert len(inputs) > 20
    for field in inputs:
        if not isinstance(field.term.kind, RowsKind):
            shown = cell_value(field.term, field_value(project, field.name))
            held = named(values, term_name(field)).value
            held = held.date() if hasattr(held, "date") else held
            assert held == (float(shown) if hasattr(shown, "as_tuple") else shown), field.name
    sections = [row[0] for row in formulas["Terms"].iter_rows(values_only=True)]
    assert "Valuation inputs" in sections
    assert "Valuation inputs: rates and credit" in sections


def test_every_input_has_a_value_and_a_source(values):
    rows = table(values["Valuation"], "Input")
    assert len(rows) > 15
    assert all(row["From"] for row in rows)
    assert all(row["Unchanged"] is True for row in rows)
    assert named(values, "valued_on").value.date() == date(2019, 4, 5)


def test_black_scholes_is_a_formula_that_comes_to_the_engine_s_value(formulas, values, found):
    assert "NORMSDIST" in named(formulas, "bs_n1").value
    inputs = found.inputs
    wanted = preparers_value(
        float(found.day.owed), float(found.day.conversion_price), inputs.price, inputs.volatility,
        inputs.years, inputs.risk_free,
    )  # fmt: skip
    shares, call = named(values, "valued_shares").value, named(values, "bs_call").value
    assert shares * call == pytest.approx(wanted, rel=1e-9)
    assert found.of(Engine.BLACK_SCHOLES).right == pytest.approx(wanted, rel=1e-9)


def test_the_tree_is_fixed_and_says_so_while_differences_are_formulas(formulas, values, found):
    rows = {row["Engine"]: row for row in table(formulas["Valuation"], "Engine")}
    tree = rows[Engine.TREE.label]
    assert tree["Note"] == pytest.approx(found.values[0].note)
    assert tree["How"] == "fixed at export"
    assert str(tree["Conversion right"]).startswith("=ROUND(")
    assert rows[Engine.BLACK_SCHOLES.label]["How"] == "formulas"
    assert str(rows[Engine.INTRINSIC.label]["Note"]).startswith("=MAX(")
    shown = {row["Engine"]: row for row in table(values["Valuation"], "Engine")}
    for each in found.values:
        assert shown[each.engine.label]["Conversion right"] == pytest.approx(each.right, abs=1e-5)
    text = " ".join(
        str(cell) for row in values["Valuation"].iter_rows(values_only=True) for cell in row
    )
    assert "cannot be: they are fixed at export" in text


def test_sentences_issues_version_seed_and_digest_stand_on_the_sheet(values, found):
    cells = {cell for row in values["Valuation"].iter_rows(values_only=True) for cell in row}
    assert cells >= set(found.sentences)
    assert found.document in cells
    assert any("seed 1, 1,000 paths" in str(cell) for cell in cells)
    assert any(str(cell).startswith("Note Modeler ") for cell in cells)
    assert all(any(issue.text in str(cell) for cell in cells) for issue in found.issues)


def test_the_dates_have_the_inputs_that_a_10_q_shows(values, found):
    rows = table(values["Valuation dates"], "Valued on")
    assert set(TEN_Q) <= set(rows[0])
    assert [row["Valued on"].date() for row in rows] == [each.found.on for each in found.dates]
    for row, each in zip(rows, found.dates, strict=True):
        assert row["Dividend yield"] == 0
        assert row["Expected volatility"] == pytest.approx(each.found.inputs.volatility)
        assert row["Expected term, years"] == pytest.approx(each.found.inputs.years)
        assert row["Conversion right, $"] == pytest.approx(round(each.found.right, 2), abs=0.011)


def test_the_roll_forward_is_made_of_formulas_and_ends_with_its_sum(formulas, values, found):
    rows = table(values["Valuation dates"], "From")
    # The first row has no date before it.
    shown = [row for row in rows if row["Closing"] is not None]
    settled = [row for row in found.rolled if row.settled]
    assert settled
    total = shown[-1]
    assert total["From"] == "In all"
    assert total["Settled"] == pytest.approx(float(sum(row.settled for row in found.rolled)))
    assert total["Opening"] + total["New"] - total["Settled"] + total["Change of fair value"] == (
        pytest.approx(total["Closing"], abs=0.001)
    )
    first, last = (
        str(each) for each in (named(formulas, "rolled_closing").value, "rolled_closing")
    )
    assert first.startswith("=ROUND(")
    assert last in formulas.defined_names


def test_what_may_come_has_every_figure_with_its_error(values, found):
    sheet = values["What may come"]
    shares = table(sheet, "Figure")[0]
    assert shares["Mean"] == pytest.approx(found.outlook.figures[0].found.mean.value)
    assert named(values, "outlook_50_error").value == pytest.approx(
        found.outlook.figures[0].found.quantiles[2].error
    )
    drivers = table(sheet, "Driver")
    assert len(drivers) == 1 + len(found.outlook.drivers)
    days = table(sheet, "Day")
    assert len(days) == len(found.outlook.days)
    assert days[-1]["Price, 50 %, $"] == pytest.approx(found.outlook.price.rows[2][-1], rel=1e-5)


def test_the_fans_are_native_charts_with_their_points(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (3, 4)]
    for chart in charts:
        assert chart.count("<ser>") == 5
        assert chart.count("<numCache>") == 10
        assert "'What may come'" in chart


def test_formulas_use_nothing_newer_than_excel_2010(formulas):
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    used = set(
                        re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub('"[^"]*"', "", cell.value))
                    )
                    assert used <= FUNCTIONS, (sheet.title, cell.coordinate, cell.value)
    assert (
        b"_xlfn"
        not in repr([str(each.attr_text) for each in formulas.defined_names.values()]).encode()
    )


def test_the_same_document_gives_the_same_bytes(project, workbook):
    assert valued_workbook_bytes(compute(project)) == workbook


@pytest.mark.parametrize("name", notes_that_lack_something())
def test_a_note_that_lacks_something_has_sheets_that_say_what(name):
    project = notes_that_lack_something()[name]
    found = valuation_found(compute(project))
    content = workbook_bytes(compute(project), valuation=found)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert book["Checks"]["B4"].value is True
    cells = {str(cell) for row in book["Valuation"].iter_rows(values_only=True) for cell in row}
    assert all(any(issue.text in cell for cell in cells) for issue in found.issues)
    words = {cell for row in book["What may come"].iter_rows(values_only=True) for cell in row}
    assert set(found.outlook.words) <= words
    errors = [
        (where, value)
        for where, value in formula_cells(content).items()
        if str(value).startswith("#")
    ]
    assert {where[0] for where, _ in errors} <= {"Conversion price"}
