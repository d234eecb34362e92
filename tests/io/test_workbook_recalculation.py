"""LibreOffice computes every formula of the workbook and finds the program's own number."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import AppliedFirst, ShareRounding
from notemodeler.domain.project import FIELD_BY_NAME, Project
from notemodeler.domain.row_dates import RowDates
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    Statistic,
    WindowEnd,
)
from notemodeler.io.workbook.ledger_sheet import HEADING_ROW
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.terms_sheet import cell_value
from tests.io.recalculation import differences, formula_cells, recalculated, values_of
from tests.io.workbook_notes import LEDGER, changed, every_note, with_ledger
from tests.io.workbook_trade_notes import trade_notes

pytestmark = pytest.mark.slow


def exported(project: Project, rows: RowDates = RowDates.MONTH_ENDS) -> bytes:
    return workbook_bytes(compute(project), rows)


def part_changed(workbook: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts put through a function."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return buffer.getvalue()


def test_a_planted_wrong_value_is_found_so_the_formulas_are_really_computed(tmp_path):
    good = exported(ascent_project())

    def plant(text: str) -> str:
        planted, count = re.subn(
            r'(<c r="[A-Z]+40"[^>]*><f t="shared" si="\d+"/>)<v>0\.[0-9]+</v>',
            r"\1<v>123456.5</v>",
            text,
            count=1,
        )
        assert count == 1
        return planted

    bad = part_changed(good, "xl/worksheets/sheet4.xml", plant)
    (found,) = differences(bad, recalculated({"bad": bad}, tmp_path)["bad"])
    assert "123456.5 is held" in found


def test_every_formula_cell_of_every_kind_of_note_holds_what_libreoffice_computes(tmp_path):
    notes = every_note()
    workbooks = {name: exported(project, rows) for name, (project, rows) in notes.items()}
    assert wrong_cells(workbooks, tmp_path) == {}


def test_every_formula_cell_of_every_kind_of_trade_and_book_holds_what_libreoffice_computes(
    tmp_path,
):
    workbooks = {
        name: workbook_bytes(compute(project, place)) for name, project, place in trade_notes()
    }
    assert wrong_cells(workbooks, tmp_path) == {}


def wrong_cells(workbooks: dict[str, bytes], tmp_path) -> dict[str, list[str]]:
    """The first cells of each workbook that LibreOffice finds otherwise, or whose check does not hold."""
    computed = recalculated(workbooks, tmp_path)
    for name, content in workbooks.items():
        assert formula_cells(content)["Checks", "B4"] is True, name
    return {
        name: found[:3]
        for name, content in workbooks.items()
        if (found := differences(content, computed[name]))
    }


CHANGES = {
    "price": {
        "conversion.rule.multiplier": Decimal("0.55"),
        "conversion.rule.lookback_days": 15,
        "conversion.rule.lowest_count": 2,
        "conversion.rule.composition": PriceComposition.LESSER_OF,
        "conversion.rule.fixed_price": Decimal("0.0011"),
        "conversion.rule.floor_price": Decimal("0.0009"),
        "conversion.rule.rounding": PriceRounding.HALF_UP,
        "conversion.rule.rounding_places": 5,
        "conversion.rule.window_end": WindowEnd.NOTICE_DAY,
    },
    "statistic": {
        "conversion.rule.statistic": Statistic.MEAN,
        "conversion.rule.missing_prices": MissingPrices.LEAVE_OUT,
    },
    "last": {
        "conversion.rule.statistic": Statistic.LAST,
        "conversion.rule.missing_prices": MissingPrices.REACH_BACK,
    },
    "money": {
        "principal_amount": Decimal("145000.50"),
        "interest.rate": Decimal("0.1"),
        "interest.default_rate": Decimal("0.24"),
        "default.multiple": Decimal("1.75"),
        "maturity_date": date(2019, 8, 15),
    },
    "shares": {
        "conversion.ownership_limit": Decimal("0.0999"),
        "conversion.holder_shares": 20_000_000,
        "conversion.lots_are_sold": False,
        "conversion.share_rounding": ShareRounding.UP,
        "conversion.applied_first": AppliedFirst.PRINCIPAL,
    },
}


def test_a_term_changed_in_the_workbook_gives_the_figures_of_the_changed_note(tmp_path):
    before = changed(
        with_ledger(ascent_project(), (*LEDGER[:3], *LEDGER[4:6])),
        default__default_date=date(2019, 4, 2),
        default__multiple=Decimal("1.5"),
    )
    whole = exported(before)
    edited = {kind: with_terms_typed(whole, changes) for kind, changes in CHANGES.items()}
    for kind, computed in recalculated(edited, tmp_path).items():
        fields = {name.replace(".", "__"): value for name, value in CHANGES[kind].items()}
        wanted = figures(values_of(io.BytesIO(exported(changed(before, **fields)))))
        found = figures(computed)
        assert len(wanted) > 60
        for heading, values in wanted.items():
            assert found[heading] == pytest.approx(values, rel=1e-9, abs=1e-9), (kind, heading)
        assert computed["Checks", "B4"] is True


def with_terms_typed(workbook: bytes, changes: dict[str, object]) -> bytes:
    """The workbook as if someone had typed new values into the Terms sheet."""
    names = openpyxl.load_workbook(io.BytesIO(workbook)).defined_names

    def typed(text: str) -> str:
        for name, value in changes.items():
            field = FIELD_BY_NAME[f"note.{name}"]
            where = names[term_name(field)].attr_text.rpartition("!")[2].replace("$", "")
            shown = cell_value(field.term, value)
            if isinstance(shown, date):
                shown = shown.toordinal() - date(1899, 12, 30).toordinal()
            cell = (
                rf'<c r="{where}" s="\1" t="str"><v>{shown}</v></c>'
                if isinstance(shown, str)
                else rf'<c r="{where}" s="\1"><v>{shown}</v></c>'
            )
            text, count = re.subn(rf'<c r="{where}" s="(\d+)"[^>]*?(?:/>|>.*?</c>)', cell, text)
            assert count == 1, name
        return text

    return part_changed(workbook, "xl/worksheets/sheet2.xml", typed)


def figures(cells: dict[tuple[str, str], object]) -> dict[tuple[str, str], list[float]]:
    """The numbers under each heading of the three tables; texts and empty cells count as -1."""
    headings: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], list[float]] = {}
    for (sheet, where), value in cells.items():
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", where).groups()
        if sheet not in ("Conversion price", "Schedule", "Ledger") or int(row) < HEADING_ROW:
            continue
        if int(row) == HEADING_ROW:
            headings[sheet, column] = f"{column if sheet == 'Schedule' else ''}{value}"
        elif heading := headings.get((sheet, column)):
            number = float(value) if isinstance(value, int | float) else -1.0
            found.setdefault((sheet, heading), []).append(number)
    return found
