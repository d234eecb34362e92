"""Hostile price tables: a value or a named row and column, and never more than a second."""

import time
from decimal import Decimal

import pytest

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files import limits, read_price_table

HEAD = "Date,Bid\n2024-03-01,0.5\n"
BAD_PRICES = [
    "-0.05", "0", "0.000", "-0", "NaN", "nan", "inf", "-inf", "Infinity", "1e3000000", "1E+99",
    "1e-99", "9" * 40, "1_000", "٠.٥", "１２", "0x10", "1.2.3", "1..2", "1,2,3", "12 34",
    "1'2'3", "0512", "\u22120.05", "(0.05)", "5%", "1.2K", "abc", "#REF!", "#N/A Requesting Data",
    "TRUE", "=1+1", "0.05 0.06", "$", "--5", "+-5", "1e", "e5", ".", "0.5\x00", "\u202e0.5",
    "10000000000", "0.0000000000001", "0.5\u200b", "½", "1/2",
]  # fmt: skip
BAD_DATES = [
    "2024-02-30", "2023-02-29", "0000-00-00", "1979-12-31", "2101-01-01", "tomorrow", "٢٠٢٤-٠٣-٠٤",
    "2024-3", "Feb 2024", "99999", "20241301", "2024-03-04x", "1_0/1/2024", "-45356", "1e5",
    "\x002024-03-04", "3/4", "2024-W10-1",
]  # fmt: skip


def timed_proposal(source):
    start = time.perf_counter()
    try:
        return read_price_table(source)
    finally:
        assert time.perf_counter() - start < 1


@pytest.mark.parametrize("price", BAD_PRICES)
def test_a_bad_price_is_refused_by_row_and_column(price):
    proposal = timed_proposal(f'{HEAD}2024-03-04,"{price}"\n2024-03-05,0.6\n')
    (row,) = proposal.rejected
    assert row.row_number == 3
    assert row.reason.startswith("Column Bid: ")
    assert [bar.price for bar in proposal.taken[0].bars] == [Decimal("0.5"), Decimal("0.6")]


@pytest.mark.parametrize("day", BAD_DATES)
def test_a_bad_date_is_refused_by_row_and_column(day):
    (row,) = timed_proposal(f'{HEAD}"{day}",0.4\n2024-03-05,0.6\n').rejected
    assert row.row_number == 3
    assert row.reason.startswith("Column Date: ")


@pytest.mark.parametrize(
    "cell", ["", "-", "null", "N/A", "#N/A N/A", "#N/A", "n/a", "–", "#NV", "None", " "]
)
def test_marks_of_a_day_without_a_quote_are_kept_as_such(cell):
    (column,) = timed_proposal(f"{HEAD}2024-03-04,{cell}\n").taken
    assert [bar.price for bar in column.bars] == [Decimal("0.5"), None]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2024-03-04,0.5,0.6", "3 cells"),
        ("2024-03-04", "ends before"),
        (",0.4", "Column Date"),
        ("2024-03-04," + "9" * 200_000, "too long"),
        ('2024-03-04,"0.4"x', "quotation mark"),
        ('2024-03-04,"' + "x" * 90_000 + '"', "too long"),
    ],
)
def test_a_torn_row_is_refused_by_its_number(line, reason):
    (row,) = timed_proposal(f"{HEAD}{line}\n2024-03-05,0.6\n").rejected
    assert row.row_number == 3
    assert reason in row.reason
    assert len(row.text) <= 201


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "empty"),
        ("  \n \n", "empty"),
        ("1\n2\n3\n", "No column of dates"),
        ("Date,Bid\n", "no row of prices"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel"),
        (b"\x89PNG\r\n", "picture"),
        (b"<html><table>", "web page"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
        (bytes(range(256)) * 50, "No column of dates"),
        (HEAD + '2024-03-04,"0.5\n' + "2024-03-05,0.6\n" * 20_000, "row 3 is never closed"),
        (HEAD + '2024-03-04,"0.5', "row 3 is never closed"),
        (HEAD + "2024-03-04" + ",1" * 20_000 + "\n", "columns"),
        ("," * 90_000, "columns"),
        (b"PK\x03\x04 this is no zip", "damaged"),
    ],
)
def test_what_is_no_price_table_is_refused_as_a_whole(source, words):
    with pytest.raises(UserError, match=words):
        timed_proposal(source)


def test_more_bytes_than_allowed_are_refused(monkeypatch, tmp_path):
    file = tmp_path / "prices.csv"
    with file.open("wb") as out:
        out.truncate(limits.MOST_BYTES + 1)
    for source in (file, file.read_bytes()):
        with pytest.raises(UserError, match="64 MB"):
            read_price_table(source)


def test_more_rows_than_allowed_are_refused():
    with pytest.raises(UserError, match="1,000,000 rows"):
        read_price_table(b"Date,Bid\n" + b"2024-03-01,0.5\n" * 1_001_001)


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_price_table(tmp_path / "absent.csv")


def test_a_day_again_with_the_same_price_is_a_note():
    proposal = read_price_table(HEAD + "2024-03-01,0.50\n")
    assert proposal.rejected == ()
    assert any("row 3" in note for note in proposal.notes)


def test_a_day_again_with_another_price_is_a_conflict_that_names_both_rows():
    proposal = read_price_table(HEAD + "2024-03-01,0.7\n")
    (row,) = proposal.rejected
    assert (row.row_number, row.text) == (3, "2024-03-01 | 0.7")
    assert "row 2" in row.reason
    assert proposal.taken[0].bars[0].price == Decimal("0.5")


def test_weekend_days_are_kept_and_doubted():
    proposal = read_price_table(HEAD + "2024-03-02,0.7\n")
    (doubt,) = proposal.doubtful
    assert doubt.row_number == 3
    assert "Saturday" in doubt.doubt
    assert len(proposal.taken[0].bars) == 2


def test_float_noise_beyond_twelve_decimals_is_rounded_and_noted():
    proposal = read_price_table(HEAD + "2024-03-04,0.05000000074505806\n")
    assert proposal.taken[0].bars[1].price == Decimal("0.050000000745")
    assert any("rounded to 12" in note for note in proposal.notes)


def test_one_bad_column_does_not_lose_the_other():
    proposal = read_price_table("Date,Low,Bid\n2024-03-01,x,0.5\n2024-03-04,0.4,y\n")
    low, bid = proposal.taken
    assert [len(low.bars), len(bid.bars)] == [1, 1]
    assert [row.reason.split(":")[0] for row in proposal.rejected] == ["Column Low", "Column Bid"]


def test_headings_between_the_rows_are_no_fault():
    proposal = read_price_table(HEAD + HEAD.replace("01", "04"))
    assert proposal.rejected == ()
    assert any("headings again" in note for note in proposal.notes)


def test_rows_beyond_the_list_are_counted():
    proposal = read_price_table(HEAD + "x,y\n" * 10_050)
    assert len(proposal.rejected) == limits.MOST_LISTED
    assert proposal.rejected_count == 10_050
    assert any("50 more rows" in note and "10,052" in note for note in proposal.notes)


class CancelledError(Exception):
    """What a report raises to end the reading."""


def test_a_report_that_raises_ends_the_reading_soon():
    seen = []

    def report(fraction: float) -> None:
        seen.append(fraction)
        if fraction > 0.5:
            raise CancelledError

    for mark in ",\t":
        seen.clear()
        text = f"Date{mark}Bid\n" + f"2024-03-01{mark}0.5\n" * 100_000
        with pytest.raises(CancelledError):
            read_price_table(text, report=report)
        assert seen == sorted(seen)
        assert seen[-1] < 0.6


def test_a_date_of_open_order_late_in_a_file_is_still_settled_by_all_of_it():
    days = "".join(f"2024-03-{day:02},0.5\n" for day in range(4, 9)) * 100
    proposal = read_price_table(f"{HEAD}{days}05/03/2024,0.5\n13/03/2024,0.6\n")
    assert proposal.questions == ()
    assert str(proposal.taken[0].bars[-1].date) == "2024-03-13"
    assert proposal.rejected == ()
    (question,) = read_price_table(f"{HEAD}{days}05/03/2024,0.5\n").questions
    assert question.id == "date_order"
