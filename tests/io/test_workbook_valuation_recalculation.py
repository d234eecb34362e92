"""LibreOffice computes the valuation sheets anew: it finds the program's own numbers, or what was planted."""

import dataclasses
import io
import re
from decimal import Decimal

import openpyxl
import pytest

from notemodeler.app.export import valued_workbook_bytes
from notemodeler.app.results import compute
from notemodeler.domain.project import Project
from tests.io.recalculation import differences, formula_cells, recalculated
from tests.io.test_workbook_recalculation import part_changed, wrong_cells
from tests.io.valuation_notes import (
    notes_of_every_input,
    notes_that_lack_something,
    sixteen_notes,
)

pytestmark = pytest.mark.slow


def exported(project: Project) -> bytes:
    return valued_workbook_bytes(compute(project, len(project.notes) - 1))


def test_every_formula_cell_holds_what_libreoffice_computes(tmp_path):
    projects = {**notes_of_every_input(), **notes_that_lack_something(), "sixteen": sixteen_notes()}
    workbooks = {name: exported(project) for name, project in projects.items()}
    assert wrong_cells(workbooks, tmp_path) == {}


def cell_of(workbook: bytes, name: str, row: int = 0) -> tuple[str, str]:
    """The part and the address of a named cell, so many rows below the first."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    title, _, where = book.defined_names[name].attr_text.rpartition("!")
    column, line = where.replace("$", "").partition(":")[0], ""
    column, line = re.fullmatch(r"([A-Z]+)(\d+)", column).groups()
    number = book.sheetnames.index(title.strip("'")) + 1
    return f"xl/worksheets/sheet{number}.xml", f"{column}{int(line) + row}"


def planted(workbook: bytes, name: str, value: float, row: int = 0) -> bytes:
    """The workbook with another number in a cell that holds one."""
    part, where = cell_of(workbook, name, row)

    def plant(text: str) -> str:
        text, count = re.subn(
            rf'(<c r="{where}" s="\d+")(?:/>|><v>[^<]*</v></c>)', rf"\1><v>{value!r}</v></c>", text
        )
        assert count == 1, where
        return text

    return part_changed(workbook, part, plant)


def test_a_planted_wrong_value_turns_the_overall_check(tmp_path):
    good = exported(notes_of_every_input()["ledger"])
    workbooks = {
        "tree": planted(good, "values_note", 300_000.0),
        "exported_black_scholes": planted(good, "values_exported", 1.0, 2),
        "note_of_a_date": planted(good, "dates_note", 250_000.0, 1),
        "closing_of_a_date": planted(good, "rolled_exported", 123.45, 2),
        "quantile": planted(good, "outlook_25", 1.0),
        "volatility": planted(good, "valuation_volatility", 2.0),
        "nothing": good,
    }
    found = recalculated(workbooks, tmp_path)
    assert {name: cells["Checks", "B4"] for name, cells in found.items()} == {
        name: name == "nothing" for name in workbooks
    }


def test_a_wrong_cached_value_is_found_so_the_new_sheets_are_really_computed(tmp_path):
    good = exported(notes_of_every_input()["sample"])
    part, where = cell_of(good, "bs_call")

    def plant(text: str) -> str:
        text, count = re.subn(
            rf'(<c r="{where}" s="\d+"><f>[^<]*</f>)<v>[^<]*</v>', r"\1<v>0.5</v>", text
        )
        assert count == 1
        return text

    bad = part_changed(good, part, plant)
    (found,) = differences(bad, recalculated({"bad": bad}, tmp_path)["bad"])
    assert found.startswith("Valuation!")
    assert "0.5 is held" in found


def test_inputs_that_are_typed_give_black_scholes_of_these_inputs(tmp_path):
    before = notes_of_every_input()["stated"]
    stated = {"share_price": Decimal("0.0025"), "volatility": Decimal("2.4")}
    after = dataclasses.replace(before, valuation=dataclasses.replace(before.valuation, **stated))
    typed = exported(before)
    for name, value in stated.items():
        typed = planted(typed, f"valuation_{name}", float(value))
    computed = recalculated({"typed": typed}, tmp_path)["typed"]
    anew = exported(after)
    cells = formula_cells(anew)
    for name in ("bs_call", "valued_shares", "valued_volatility", "valued_price", "valued_rate"):
        _, where = cell_of(anew, name)
        assert computed["Valuation", where] == pytest.approx(cells["Valuation", where], rel=1e-9)
    # The tree stays as it was: the sheet says that it belongs to other inputs.
    assert computed["Checks", "B4"] is False
