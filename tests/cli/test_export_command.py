"""`notemodeler export`: the workbook with the sheets of the valuation, or without them."""

import openpyxl
import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.cli.main import main
from notemodeler.io.document_file import save_document
from tests.io.valuation_notes import FRIDAY, sixteen_notes, valued

SHEETS = {"Valuation", "Volatility", "Valuation dates", "What may come"}


def titles(path) -> set[str]:
    return set(openpyxl.load_workbook(path, read_only=True).sheetnames)


@pytest.mark.parametrize(("flags", "wanted"), [([], SHEETS), (["--no-valuation"], set())])
def test_the_valuation_comes_unless_it_is_left_out(flags, wanted, tmp_path, capsys):
    document, workbook = tmp_path / "a.note", tmp_path / "a.xlsx"
    save_document(document, valued(ascent_project(), valuation_date=FRIDAY))
    assert main(["export", str(document), "-o", str(workbook), *flags]) == 0
    assert titles(workbook) & SHEETS == wanted
    assert "Wrote" in capsys.readouterr().out


def test_any_note_of_a_book_has_its_own_valuation(tmp_path):
    document, workbook = tmp_path / "a.note", tmp_path / "a.xlsx"
    save_document(document, sixteen_notes())
    assert main(["export", str(document), "-o", str(workbook), "--note", "16"]) == 0
    book = openpyxl.load_workbook(workbook, data_only=True)
    assert book["Checks"]["B4"].value is True
    words = [row[1] for row in book["Valuation"].iter_rows(values_only=True) if row[0] == "Note"]
    assert "16 of 16" in words


def test_a_place_that_refuses_is_a_sentence_and_exit_code_2(tmp_path, capsys):
    document = tmp_path / "a.note"
    save_document(document, valued(ascent_project()))
    (tmp_path / "a.xlsx").mkdir()
    assert main(["export", str(document), "-o", str(tmp_path / "a.xlsx"), "--no-valuation"]) == 2
    assert capsys.readouterr().err
