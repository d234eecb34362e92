"""Blocks as spreadsheets copy them, and single columns of prices for a table that has its dates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files import read_numbers_column, split_block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("\t\n", [["", ""]]),
        ('"two\nlines"\tb\n', [["two\nlines", "b"]]),
        ('"say ""no"""\tb', [['say "no"', "b"]]),
        ('5" pipe\t"open', [['5" pipe', '"open']]),
        ('"a" b\tc', [['"a" b', "c"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_blocks_split_as_excel_writes_them(text, rows):
    assert split_block(text) == rows


CELL = st.text(alphabet=st.sampled_from('ab"\t\n ,0'), max_size=8)


def as_excel_copies(cell: str) -> str:
    if any(mark in cell for mark in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@given(
    st.integers(1, 4).flatmap(
        lambda w: st.lists(st.lists(CELL, min_size=w, max_size=w), min_size=1)
    )
)
def test_a_copied_block_comes_back_equal(rows):
    text = "".join("\t".join(map(as_excel_copies, row)) + "\r\n" for row in rows)
    assert split_block(text) == rows


def test_long_runs_of_quotes_are_split_quickly():
    assert len(split_block('"""x\t' * 100_000)[0]) == 100_001


def test_a_column_of_numbers_keeps_its_rows():
    column = read_numbers_column("Bid\n$0.0505\n\n-\nabc\n1.5\n")
    assert column.heading == "Bid"
    assert column.values == (Decimal("0.0505"), None, None, None, Decimal("1.5"))
    (row,) = column.rejected
    assert (row.row_number, row.text) == (5, "abc")
    assert row.reason.startswith("Column Bid: ")


def test_a_column_of_numbers_asks_for_an_open_mark():
    column = read_numbers_column("1,234\n2,345\n")
    assert column.values == ()
    assert [question.id for question in column.questions] == ["decimal_mark"]
    answered = read_numbers_column(["1,234", "2,345"], answers={"decimal_mark": "comma"})
    assert answered.values == (Decimal("1.234"), Decimal("2.345"))


def test_one_column_is_asked_for_when_there_are_several():
    with pytest.raises(UserError, match="more than one column"):
        read_numbers_column("1\t2\n")
