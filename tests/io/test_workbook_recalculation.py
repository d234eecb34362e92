"""LibreOffice computes every formula of the workbook and finds the program's own number."""

import dataclasses
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import AppliedFirst, ShareRounding
from notemodeler.domain.default import DefaultBase, DefaultEvent, DefaultSum
from notemodeler.domain.project import FIELD_BY_NAME, Project, field_value, with_field
from notemodeler.domain.repayment import PrepaymentBase
from notemodeler.domain.row_dates import RowDates
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    Statistic,
    WindowEnd,
)
from notemodeler.domain.terms import Term
from notemodeler.io.workbook import ladder_sheet
from notemodeler.io.workbook.ledger_sheet import HEADING_ROW
from notemodeler.io.workbook.names import column_name, term_name
from notemodeler.io.workbook.term_cells import cell_value
from tests.io.recalculation import differences, formula_cells, recalculated, values_of
from tests.io.test_workbook_any_note import dates_moved
from tests.io.workbook_notes import LEDGER, changed, every_note, with_ledger
from tests.io.workbook_trade_notes import FIRST_DAYS, trade_notes
from tests.strategies import projects

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


def test_documents_drawn_at_random_hold_what_libreoffice_computes_as_long_as_cells_can_hold_it(
    tmp_path,
):
    drawn: list[Project] = []

    @given(projects(closures=st.just(())))
    @settings(
        max_examples=8, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def draw(project: Project) -> None:
        drawn.append(dates_moved(project))

    draw()
    workbooks = {
        f"drawn_{at}": workbook_bytes(compute(project, len(project.notes) - 1), RowDates.EVENTS)
        for at, project in enumerate(drawn)
    }
    # Beyond a hundred trillion dollars a cell loses cents: then the overall check says so.
    known = {name: each for name, each in workbooks.items() if formula_cells(each)["Checks", "B4"]}
    assert len(known) > 3
    assert wrong_cells(known, tmp_path) == {}


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
    assert_same_as_exported_anew(before, CHANGES, tmp_path, {**TABLES, **LADDER})


TRADE_CHANGES = {
    "steps": {
        "conversion.rule.steps[0].from_date": date(2019, 2, 20),
        "conversion.rule.steps[0].multiplier": Decimal("0.45"),
        "conversion.rule.steps[2].trigger_price": Decimal("0.0012"),
        "conversion.rule.steps[3].trigger_price": Decimal("0.0013"),
        "conversion.rule.steps[4].extra_discount": Decimal("0.15"),
        "issuer.status_events[0].from_date": date(2019, 2, 25),
    },
    "splits": {"issuer.splits[0].old_shares": 20, "issuer.splits[0].date": date(2019, 3, 25)},
    "composition": {
        "conversion.rule.composition": PriceComposition.GREATER_OF,
        "conversion.rule.fixed_price": Decimal("0.0008"),
        "conversion.rule.fixed_for_days": 195,
    },
    "prepayment": {
        "repayment.prepayment_steps[1].percent": Decimal("1.22"),
        "repayment.prepayment_steps[2].last_day": 95,
        "repayment.prepayment_base": PrepaymentBase.PRINCIPAL,
    },
    "money": {
        "interest.rate": Decimal("0.11"),
        "conversion.fee_amount": Decimal(900),
        "default.base": DefaultBase.PRINCIPAL,
        "default.sums[0].multiple": Decimal("1.9"),
    },
}


def test_a_cell_changed_in_a_table_of_terms_gives_the_figures_of_the_changed_note(tmp_path):
    (before,) = [project for name, project, _ in trade_notes() if name == "steps_and_splits"]
    before = edited(
        with_ledger(before, LEDGER[:3]),
        {
            "repayment.prepayment_steps": FIRST_DAYS,
            "default.event": DefaultEvent.DELIVERY,
            "default.sums": (DefaultSum(DefaultEvent.DELIVERY, Decimal("1.5")),),
        },
    )
    assert_same_as_exported_anew(before, TRADE_CHANGES, tmp_path)


def assert_same_as_exported_anew(before: Project, every_change, tmp_path, tables=None) -> None:
    whole = exported(before)
    typed = {kind: with_terms_typed(whole, changes) for kind, changes in every_change.items()}
    for kind, computed in recalculated(typed, tmp_path).items():
        anew = values_of(io.BytesIO(exported(edited(before, every_change[kind]))))
        wanted, found = figures(anew, tables or TABLES), figures(computed, tables or TABLES)
        assert len(wanted) > 60
        for heading, values in wanted.items():
            assert found[heading] == pytest.approx(values, rel=1e-9, abs=1e-9), (kind, heading)
        assert computed["Checks", "B4"] is True, kind


def with_terms_typed(workbook: bytes, changes: dict[str, object]) -> bytes:
    """The workbook as if someone had typed new values into the Terms sheet.

    `repayment.prepayment_steps[1].percent` is a cell of a term that is a table.
    """
    names = openpyxl.load_workbook(io.BytesIO(workbook)).defined_names

    def typed(text: str) -> str:
        for name, value in changes.items():
            term, defined, row = cell_of(name)
            first = names[defined].attr_text.rpartition("!")[2].replace("$", "").partition(":")[0]
            column, line = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()
            where = f"{column}{int(line) + row}"
            shown = cell_value(term, value)
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


TABLE_CELL = re.compile(r"(.+)\[(\d+)\]\.(\w+)")


def full_name(name: str) -> str:
    return name if name.startswith("issuer.") else f"note.{name}"


def cell_of(name: str) -> tuple[Term, str, int]:
    """The term of a cell, the defined name that it is in, and how many rows below the first it stands."""
    table = TABLE_CELL.fullmatch(name)
    if table is None:
        field = FIELD_BY_NAME[full_name(name)]
        return field.term, term_name(field), 0
    field = FIELD_BY_NAME[full_name(table[1])]
    (column,) = (each for each in field.term.kind.columns if each.leaf == table[3])
    return column.term, column_name(field, column), int(table[2])


def edited(project: Project, changes: dict[str, object]) -> Project:
    """The project with the same edits."""
    for name, value in changes.items():
        table = TABLE_CELL.fullmatch(name)
        if table is None:
            project = with_field(project, full_name(name), value)
            continue
        rows = list(field_value(project, full_name(table[1])))
        rows[int(table[2])] = dataclasses.replace(rows[int(table[2])], **{table[3]: value})
        project = with_field(project, full_name(table[1]), tuple(rows))
    return project


EVERY = frozenset({""})
TABLES = {
    "Conversion price": (HEADING_ROW, EVERY),
    "Schedule": (HEADING_ROW, EVERY),
    "Ledger": (HEADING_ROW, EVERY),
    "Pay-off": (
        HEADING_ROW,
        frozenset({"Prepaid at", "of, $", "Balance, $", "Cash to pay off, $"}),
    ),
}
LADDER = {
    "Ladder": (
        ladder_sheet.HEADING_ROW,
        frozenset({"Conversion price, $", "Shares issued", "Worth, $"}),
    )
}
"""The tables whose figures follow the terms: their heading rows, and the headings of those that do."""


def figures(
    cells: dict[tuple[str, str], object], tables=TABLES
) -> dict[tuple[str, str], list[float]]:
    """The numbers under each heading of the tables; texts and empty cells count as -1."""
    headings: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], list[float]] = {}
    for (sheet, where), value in cells.items():
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", where).groups()
        if sheet not in tables or int(row) < tables[sheet][0]:
            continue
        if int(row) == tables[sheet][0]:
            if tables[sheet][1] is EVERY or value in tables[sheet][1]:
                headings[sheet, column] = f"{column if sheet == 'Schedule' else ''}{value}"
        elif heading := headings.get((sheet, column)):
            number = float(value) if isinstance(value, int | float) else -1.0
            found.setdefault((sheet, heading), []).append(number)
    return found
