"""Terms that are small tables: one line of text, each cell read by its own kind."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from notemodeler.domain.issuer import Split, StatusEvent, StatusKind
from notemodeler.domain.kinds import TEXT
from notemodeler.domain.numbers import CANONICAL, FORM, Style, Unreadable
from notemodeler.domain.project import FIELDS
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.domain.rows import MOST_ROWS, RowsKind, row_noun
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.terms import term
from tests.strategies import rows

TABLE = RowsKind(PrepaymentStep)
STEPS = RowsKind(RuleStep)


def test_a_table_is_typed_in_one_line_or_several():
    expected = (
        PrepaymentStep(0, 30, Decimal("1.15")),
        PrepaymentStep(31, 60, Decimal("1.2")),
    )
    assert TABLE.read("0 | 30 | 115 %; 31 | 60 | 120 %") == expected
    assert TABLE.read("0 | 30 | 115\n31|60|120\n") == expected
    assert TABLE.show(expected, FORM) == "0 | 30 | 115 %; 31 | 60 | 120 %"
    assert TABLE.read("0 | 30 | 1.15; 31 | 60 | 1.2", CANONICAL) == expected


def test_nothing_typed_is_an_empty_table():
    assert TABLE.read("  ") == ()
    assert TABLE.show(()) == ""


def test_empty_cells_are_empty_fields_and_cells_left_out_are_defaults():
    step = RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1"))
    assert STEPS.read("during a DTC chill | | | | 10 %") == (step,)
    assert STEPS.show((step,), FORM) == "during a DTC chill |  |  |  | 10 %"
    assert RowsKind(StatusEvent).read("deposit refused | 2019-05-01") == (
        StatusEvent(StatusKind.NO_DEPOSIT, date(2019, 5, 1)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 | 30 | 115 %; 31 | soon", "Row 2, last day: “soon”"),
        ("0 | 30 | 115 % | 4", "Row 1 has more cells than there are columns"),
        ("0", "Row 1: Last day is missing."),
        ("0 | 30 | 501 %", "Row 1, at: At must be at most 500 %."),
        ("; ".join(["0 | 1"] * (MOST_ROWS + 1)), f"At most {MOST_ROWS} rows"),
    ],
)
def test_what_cannot_be_read_names_row_and_column(text, said):
    with pytest.raises(Unreadable) as caught:
        TABLE.read(text)
    assert str(caught.value).startswith(said)


@given(rows(RuleStep, most=4))
def test_every_table_reads_back_in_every_style(steps):
    for style in (FORM, CANONICAL, Style(",", "."), Style(".", "’")):
        assert STEPS.read(STEPS.show(steps, style), style) == steps
    assert STEPS.from_data(STEPS.to_data(steps)) == steps


def test_unusual_cells_are_warned_about_by_row():
    found = [*TABLE.issues("note.repayment.prepayment_steps", (PrepaymentStep(0, 30, Decimal(3)),))]
    assert [issue.text for issue in found] == ["Row 1: At is usually at most 200 %."]
    assert found[0].fields == ("note.repayment.prepayment_steps",)


def test_data_with_unknown_or_missing_cells_is_refused():
    with pytest.raises(Unreadable, match="not known: colour"):
        TABLE.from_data([{"first_day": 0, "last_day": 3, "colour": 1}])
    with pytest.raises(Unreadable, match="Last day is missing"):
        TABLE.from_data([{"first_day": 0}])
    with pytest.raises(Unreadable, match="list of rows"):
        TABLE.from_data("0 | 30")


def test_a_text_cannot_be_a_cell():
    import dataclasses

    made = dataclasses.make_dataclass(
        "Bad", [("words", str, term("", "Words", TEXT, "Some words."))]
    )
    with pytest.raises(TypeError):
        row_noun(made)


def test_every_table_of_the_document_has_cells_that_a_line_can_hold():
    tables = [field for field in FIELDS if isinstance(field.term.kind, RowsKind)]
    assert len(tables) >= 7
    assert RowsKind(Split).columns[0].leaf == "date"
    for field in tables:
        assert all(
            column.term.kind.name not in ("text", "rows") for column in field.term.kind.columns
        )
