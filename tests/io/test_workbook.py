"""What the workbook is made of, as two independent readers see it: openpyxl, and the bare XML."""

import dataclasses
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from notemodeler.app.export import notice_days, workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.project import FIELDS, Project
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.domain.row_dates import RowDates
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.rule import WindowAnchor
from notemodeler.engines.prepayment import payoff_on
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.shown_terms import terms_shown
from tests.io.recalculation import formula_cells
from tests.io.workbook_notes import changed, with_ledger
from tests.io.workbook_trade_notes import trade_notes

ROOT = Path(__file__).resolve().parents[2]
TITLES = [
    "Summary", "Terms", "Prices", "Conversion price", "Schedule", "Ledger", "Pay-off", "Ladder",
    "Cycle", "Cost", "Book", "Outstanding", "Checks",
]  # fmt: skip
EXCEL_2010 = {
    "ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "DATE", "DAY", "EDATE", "IF", "IFERROR", "INDEX",
    "INT", "ISLOGICAL", "ISNUMBER", "LOG10", "LOOKUP", "MATCH", "MAX", "MIN", "MONTH", "N", "NA", "NOT", "OR",
    "ROUND", "ROUNDDOWN", "ROUNDUP", "ROWS", "SMALL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "YEAR",
}  # fmt: skip


def exported(project: Project, rows: RowDates = RowDates.MONTH_ENDS) -> bytes:
    return workbook_bytes(compute(project), rows)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return exported(with_ledger(ascent_project()))


@pytest.fixture(scope="module")
def parts(workbook) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def formulas(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook))


@pytest.fixture(scope="module")
def values(workbook):
    return openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)


def named(book, name: str):
    """The first cell that a defined name stands for."""
    sheet, _, where = book.defined_names[name].attr_text.rpartition("!")
    return book[sheet.strip("'")][where.replace("$", "").partition(":")[0]]


def rows_of(sheet, heading_row: int = 5) -> list[dict[str, object]]:
    """The rows under the headings, by heading."""
    rows = sheet.iter_rows(min_row=heading_row, values_only=True)
    headings = next(rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_sheets_come_in_the_order_in_which_an_auditor_reads(formulas):
    assert formulas.sheetnames == TITLES


def test_every_term_that_the_note_uses_has_its_row_its_name_and_its_value(formulas):
    project = with_ledger(ascent_project())
    names = [term_name(field) for field in FIELDS]
    assert len(set(names)) == len(names)
    shown = [
        field for field in terms_shown(project, 0) if not isinstance(field.term.kind, RowsKind)
    ]
    assert len(shown) > 50
    for field in shown:
        cell = named(formulas, term_name(field))
        row = formulas["Terms"][cell.row]
        assert row[0].value == field.term.label
        assert row[4].value == field.term.help
    assert named(formulas, "note_principal_amount").value == 130000
    assert named(formulas, "rule_multiplier").value == 0.65
    assert named(formulas, "rule_fixed_price").value is None
    assert named(formulas, "interest_day_count").value == "actual/365"
    assert named(formulas, "note_issue_date").value.date() == project.notes[0].issue_date


def test_groups_that_a_note_does_not_use_are_left_out_and_come_with_their_first_term():
    base = ascent_project()
    plain = {field.term.group for field in terms_shown(base, 0)}
    assert not plain & {"Second window", "Prepayment", "Steps of the price", "Share capital"}
    assert {"Interest", "Conversion", "Default", "Limits", "Reserve"} <= plain
    second = changed(base, conversion__rule__second__anchor=WindowAnchor.ISSUE)
    assert "Second window" in {field.term.group for field in terms_shown(second, 0)}
    at_par = changed(base, conversion__rule__floor_at_par=True)
    assert "issuer.par_price" in {field.name for field in terms_shown(at_par, 0)}
    assert not any(field.name.startswith("scenario.") for field in terms_shown(base, 0))


def test_a_term_that_is_a_table_stands_as_rows_with_a_name_for_each_column():
    steps = (
        PrepaymentStep(0, 30, Decimal("1.15")),
        PrepaymentStep(31, 60, Decimal("1.2")),
    )
    book = openpyxl.load_workbook(
        io.BytesIO(exported(changed(ascent_project(), repayment__prepayment_steps=steps)))
    )
    sheet, _, cells = book.defined_names["prepayment_last_day"].attr_text.rpartition("!")
    found = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
    assert found == [30, 60]
    assert named(book, "prepayment_percent").value == 1.15
    assert named(book, "prepayment_first_day").number_format == "#,##0"


def test_a_term_that_says_nothing_is_paler_than_one_that_does(formulas):
    idle = named(formulas, "rule_fixed_price").font.color.rgb
    assert idle != named(formulas, "rule_multiplier").font.color.rgb
    assert named(formulas, "conversion_opens_days").font.color.rgb == idle


def test_no_name_can_be_taken_for_a_cell_or_a_function(formulas):
    for name in formulas.defined_names:
        assert re.fullmatch(r"[a-z][a-z_0-9]+", name)
        assert not re.fullmatch(r"[a-z]{1,3}[0-9]+|[rc][0-9]*", name)


def test_terms_allow_what_their_bounds_allow(formulas):
    rules = formulas["Terms"].data_validations.dataValidation
    by_cell = {str(rule.sqref): rule for rule in rules}

    def rule_of(name: str):
        return by_cell[named(formulas, name).coordinate]

    assert rule_of("rule_statistic").formula1.strip('"').split(",")[1] == "average of the N lowest"
    assert rule_of("rule_multiplier").formula1 == "0.01"
    assert rule_of("rule_lookback_days").type == "whole"
    assert rule_of("rule_fixed_price").allow_blank
    assert not rule_of("rule_multiplier").allow_blank
    assert all(len(rule.formula1) <= 255 for rule in rules)


def test_every_formula_cell_holds_a_value_and_no_error_but_the_gaps_of_the_chart(
    workbook, formulas
):
    held = formula_cells(workbook)
    written = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert sorted(held) == sorted(written)
    assert len(held) > 8000
    errors = {where for where, value in held.items() if str(value).startswith("#")}
    headings = {
        formulas[sheet].cell(5, formulas[sheet][where].column).value for sheet, where in errors
    }
    assert headings == {"Price, for the chart", "Conversion price, for the chart"}


def test_formulas_use_nothing_newer_than_excel_2010(formulas):
    used = {
        function
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for function in re.findall(r"([A-Z][A-Z0-9._]*)\(", re.sub(r'"[^"]*"', "", cell.value))
    }
    assert used <= EXCEL_2010
    assert {"SMALL", "INDEX", "MATCH", "SUMPRODUCT"} <= used


def test_no_array_formula_no_link_no_macro(parts):
    whole = "".join(parts.values())
    assert 't="array"' not in whole
    assert "_xlfn" not in whole
    assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower()]


def test_the_reference_figures_of_the_note_stand_in_the_workbook(values):
    summary = {row[0].value: row[1].value for row in values["Summary"].iter_rows(max_col=2)}
    assert summary["Principal over the multiplier"] == 200000
    plain = openpyxl.load_workbook(io.BytesIO(exported(ascent_project())), data_only=True)
    last = [row for row in rows_of(plain["Schedule"]) if row["What happened"]][-1]
    assert last["What happened"] == "Maturity"
    assert round(last["Closing interest"], 2) == 10371.51
    assert round(last["Total due"], 2) == 140371.51


def test_every_day_has_the_program_s_own_figures(values):
    results = compute(with_ledger(ascent_project()))
    rows = values["Conversion price"].iter_rows(min_row=5, values_only=True)
    headings = next(rows)
    for day, row in zip(notice_days(results), rows, strict=True):
        found = dict(zip(headings, row, strict=True))
        quote = results.quote(day)
        price = quote.price.conversion_price
        assert found["Notice day"].date() == day
        assert found["Conversion price, $"] == (float(price) if price else None)
        assert found["Shares for the whole balance"] == quote.shares
        assert found["Balance, $"] == float(quote.owed.total)
        assert found["Ownership limit, shares"] == quote.limit.shares
        lows = sorted(each.date for each in quote.price.qualifying)
        days = [found[f"Day of low {place}"] for place in (1, 2, 3)]
        assert sorted(each.date() for each in days if each) == (lows if price else [])


def test_gaps_in_the_prices_stay_empty_and_are_marked(values):
    rows = {row[0].date(): row for row in values["Prices"].iter_rows(min_row=7, values_only=True)}
    assert rows[date(2018, 9, 20)][1:3] == (None, "no quote")
    assert rows[date(2018, 10, 16)][1:3] == (None, "not recorded")
    assert rows[date(2018, 10, 15)][2] is None


def test_an_entry_that_could_not_be_booked_stands_under_the_ledger_with_the_reason(values):
    texts = [cell.value for row in values["Ledger"].iter_rows() for cell in row]
    assert "Entered but not booked" in texts
    assert any("is not booked" in str(text) for text in texts)


def test_the_overall_check_is_a_named_cell_that_says_true(values, formulas):
    assert named(values, "all_checks").value is True
    assert named(formulas, "all_checks").value.startswith("=AND(")


def test_headings_stay_in_view_and_on_every_page(formulas):
    for title, corner in (("Prices", "A7"), ("Conversion price", "B6"), ("Schedule", "C6")):
        sheet = formulas[title]
        assert sheet.freeze_panes == corner
        assert sheet.auto_filter.ref is not None
        heading = int(corner[1:]) - 1
        assert sheet.print_title_rows == f"${heading}:${heading}"
    for sheet in formulas:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.left.text == "Power Up note, $130,000"
        assert "Note Modeler" in sheet.oddFooter.left.text


def test_prices_show_their_last_decimal(formulas):
    cell = formulas["Prices"]["B7"]
    assert cell.number_format == "0.0000########"


def test_both_charts_keep_their_points_and_their_axes(parts):
    charts = sorted(name for name in parts if name.startswith("xl/charts/chart"))
    assert len(charts) == 2
    for name in charts:
        text = parts[name]
        assert text.count("<numCache>") == text.count("<numRef>") == 4
        counts = set(re.findall(r'<ptCount val="(\d+)"/>', text))
        assert len(counts) == 1
        assert text.count("<pt idx=") > 3 * int(counts.pop())
        assert text.count('<delete val="0" />') == 2


def test_the_same_document_gives_the_same_bytes_in_another_process(workbook):
    command = (
        "import sys\n"
        "from tests.io.test_workbook import exported\n"
        "from tests.io.workbook_notes import with_ledger\n"
        "from notemodeler.app.sample import ascent_project\n"
        "sys.stdout.buffer.write(exported(with_ledger(ascent_project())))"
    )
    again = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo"},
    )
    assert again.stdout == workbook


def test_nothing_in_the_file_tells_when_it_was_written(workbook, parts):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"20\d\d-\d\d-\d\dT[^<]*", parts["docProps/core.xml"])) == {
        "2000-01-01T00:00:00Z"
    }


@pytest.mark.parametrize("rows", list(RowDates))
def test_every_choice_of_rows_is_written_row_by_row(rows):
    results = compute(with_ledger(ascent_project()))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results, rows)), data_only=True)
    found = rows_of(book["Schedule"])
    schedule = results.schedule(rows)
    assert [row["Date"].date() for row in found[:-1]] == [row.date for row in schedule]
    due = [row["Total due"] for row in found[:-1]]
    assert due == [float(row.closing.total) for row in schedule]
    assert found[-1]["Date"] == "Total"
    accrued = sum(row.accrual for row in schedule)
    assert round(found[-1]["Interest accrued"], 2) == float(accrued)


def test_the_pay_off_of_each_day_is_the_program_s_own():
    steps = (PrepaymentStep(0, 30, Decimal("1.15")), PrepaymentStep(31, 90, Decimal("1.25")))
    project = changed(ascent_project(), repayment__prepayment_steps=steps)
    results = compute(project)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results)), data_only=True)
    found = {row["Date"].date(): row["Cash to pay off, $"] for row in rows_of(book["Pay-off"])}
    assert len(found) == 90
    for day, cash in found.items():
        payoff = payoff_on(results.note, results.history, day)
        assert cash == float(payoff.total)
    assert named(book, "all_checks").value is True


def test_a_book_shows_every_note_with_its_balance_and_its_issues():
    (project,) = [project for name, project, _ in trade_notes() if name == "book_first"]
    results = compute(project, 1)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(results)), data_only=True)
    assert "Other issues" in book.sheetnames
    register = results.book.register
    others = [issue for issue in register.issues if issue.note != 1]
    shown = rows_of(book["Other issues"])
    assert [row["Shares issued"] for row in shown] == [issue.shares for issue in others]
    path = {row["Date"].date(): row["Shares outstanding"] for row in rows_of(book["Outstanding"])}
    assert len(path) > 5
    assert all(shares == register.outstanding(day) for day, shares in path.items())
    assert named(book, "book_all_issued").value == sum(issue.shares for issue in register.issues)
    assert named(book, "book_title").value == project.notes[0].title


def test_progress_is_told_from_nothing_to_all():
    told: list[float] = []
    workbook_bytes(compute(ascent_project()), report=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 3


def test_the_clause_the_remark_and_what_is_odd_are_on_the_summary():
    project = changed(ascent_project(), conversion__rule__multiplier=Decimal("1.2"))
    project = dataclasses.replace(project, remark="Illustrative only.")
    book = openpyxl.load_workbook(io.BytesIO(exported(project)), data_only=True)
    texts = "\n".join(
        str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value
    )
    assert "Illustrative only." in texts
    assert "120 % of the average of the three lowest closing bid prices" in texts
    assert "Warning: The holder would convert at 120 % of the reference" in texts
