"""Exporting a note: the whole file or the old one, and the days that the workbook covers."""

import io
from datetime import date

import openpyxl
import pytest

from notemodeler.app.export import export_workbook, notice_days, workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceSeries


def test_the_file_holds_the_bytes_of_the_workbook(tmp_path):
    results = compute(ascent_project())
    export_workbook(results, tmp_path / "note.xlsx")
    assert (tmp_path / "note.xlsx").read_bytes() == workbook_bytes(results)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == ["note.xlsx"]


def test_a_place_that_refuses_is_a_sentence_for_the_user(tmp_path):
    (tmp_path / "note.xlsx").mkdir()
    with pytest.raises(UserError):
        export_workbook(compute(ascent_project()), tmp_path / "note.xlsx")


def test_notice_days_run_from_funding_to_the_day_after_the_last_price():
    days = notice_days(compute(ascent_project()))
    assert (days[0], days[-1]) == (date(2018, 8, 2), date(2019, 8, 1))


def test_a_note_without_prices_still_has_a_workbook():
    project = ascent_project().with_series(PriceSeries())
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(compute(project))), data_only=True)
    assert book["Checks"]["B4"].value is True
