"""Price tables of every source that people bring, each read to its exact bars."""

import datetime
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceKind
from notemodeler.io.price_files import PriceProposal, read_price_table

SAMPLES = Path(__file__).parents[1] / "data" / "prices"
BID, CLOSE, LOW, VWAP = PriceKind.BID, PriceKind.CLOSE, PriceKind.LOW, PriceKind.VWAP

STOOQ = {
    CLOSE: {"2024-03-01": "1.20", "2024-03-04": "1.15"},
    LOW: {"2024-03-01": "1.05", "2024-03-04": "1.11"},
}
EXPECTED = {
    "yahoo.csv": {
        CLOSE: {
            "2024-02-29": "0.0550",
            "2024-03-01": "0.0605",
            "2024-03-04": None,
            "2024-03-05": "0.0515",
        },
        LOW: {
            "2024-02-29": "0.0500",
            "2024-03-01": "0.0540",
            "2024-03-04": None,
            "2024-03-05": "0.0512",
        },
    },
    "yahoo_page.txt": {
        CLOSE: {"2024-02-28": "0.0550", "2024-03-04": None, "2024-03-05": "0.0515"},
        LOW: {"2024-02-28": "0.0500", "2024-03-04": None, "2024-03-05": "0.0512"},
    },
    "nasdaq.csv": {
        CLOSE: {"2024-12-12": "2.10", "2024-12-13": "2.38"},
        LOW: {"2024-12-12": "2.05", "2024-12-13": "1.64"},
    },
    "stooq.csv": STOOQ,
    "stooq_pl.csv": STOOQ,
    "investing_us.csv": {
        CLOSE: {"2025-07-02": "1250.5", "2025-07-24": "51725.10", "2025-07-25": "51994.63"},
        LOW: {"2025-07-02": "1249", "2025-07-24": "51500.00", "2025-07-25": "51300.55"},
    },
    "investing_gb.csv": {
        CLOSE: {"2025-06-05": "1.2400", "2025-06-19": "1.2350"},
        LOW: {"2025-06-05": "1.2200", "2025-06-19": "1.2300"},
    },
    "investing_de.csv": {
        CLOSE: {"2025-06-05": "987.65", "2025-06-19": "1234.50"},
        LOW: {"2025-06-05": "979.00", "2025-06-19": "1220.10"},
    },
    "barchart.csv": {
        CLOSE: {"2026-05-01": "0.41", "2026-05-04": "0.43"},
        LOW: {"2026-05-01": "0.39", "2026-05-04": "0.40"},
    },
    "marketwatch.csv": {
        CLOSE: {"2025-09-12": "1010.00", "2025-09-15": "1015.25"},
        LOW: {"2025-09-12": "999.00", "2025-09-15": "1000.50"},
    },
    "wsj.csv": {
        CLOSE: {"2024-03-05": "1.15", "2024-03-15": "1.20"},
        LOW: {"2024-03-05": "1.11", "2024-03-15": "1.05"},
    },
    "bloomberg.csv": {
        CLOSE: {"2016-01-04": "0.0505", "2016-01-05": "0.0512", "2016-01-15": None},
        BID: {"2016-01-04": "0.0490", "2016-01-05": None, "2016-01-15": "0.0450"},
    },
    "alpha_vantage.csv": STOOQ,
    "tradingview_unix.csv": STOOQ,
    "tradingview_iso.csv": STOOQ,
    "googlefinance.txt": {CLOSE: {"2024-01-02": "1.20", "2024-01-16": "1.15"}},
    "pipes.txt": {BID: {"2024-03-01": "0.0505", "2024-03-04": "0.0490"}},
    "excel_de.csv": {
        BID: {"2024-03-01": "0.0512", "2024-03-04": None, "2024-03-05": "1234.5"},
        CLOSE: {"2024-03-01": "0.0520", "2024-03-04": "0.0500", "2024-03-05": "1300"},
    },
    "excel_unicode.txt": {
        BID: {"2024-03-01": "0.0505", "2024-03-04": None},
        VWAP: {"2024-03-01": "0.0511", "2024-03-04": "0.0490"},
    },
    "excel_fr.csv": {
        CLOSE: {"2024-02-05": "1234.50", "2024-02-06": "999.00"},
        LOW: {"2024-02-05": "1200", "2024-02-06": "987.5"},
    },
    "headless.txt": {None: {"2024-03-05": "0.0490", "2024-03-15": "0.0505"}},
}


def bars_of(proposal: PriceProposal) -> dict:
    return {
        column.kind: {
            bar.date.isoformat(): None if bar.price is None else str(bar.price)
            for bar in column.bars
        }
        for column in proposal.taken
    }


def sample(name: str, **answers: str) -> PriceProposal:
    return read_price_table(SAMPLES / name, answers=answers)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_source_gives_its_exact_bars(name):
    proposal = sample(name)
    assert proposal.questions == ()
    assert bars_of(proposal) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_paste_of_the_same_text_reads_as_the_file_does(name):
    data = (SAMPLES / name).read_bytes()
    encoding = {"excel_de.csv": "cp1252", "excel_unicode.txt": "utf-16"}.get(name, "utf-8")
    assert bars_of(read_price_table(data.decode(encoding))) == EXPECTED[name]


def test_every_sample_is_expected_somewhere():
    others = {"stooq_bulk.txt", "own_table.txt"}
    assert {path.name for path in SAMPLES.iterdir()} == set(EXPECTED) | others


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_unicode_reads_alike(encoding):
    text = "Datum;Schlußkurs\n01.03.2024;0,0512\n04.03.2024;0,05\n"
    proposal = read_price_table(text.encode(encoding))
    assert bars_of(proposal) == {CLOSE: {"2024-03-01": "0.0512", "2024-03-04": "0.05"}}
    assert proposal.columns[0].heading == "Schlußkurs"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_keeps_the_row_numbers(end):
    lines = ["Date,Bid", "2024-03-01,0.05", "2024-03-04,none of it", "2024-03-05,0.06"]
    proposal = read_price_table(end.join(lines).encode())
    assert [row.row_number for row in proposal.rejected] == [3]
    assert len(proposal.taken[0].bars) == 2


def test_dividends_and_splits_are_reported_as_not_prices():
    rejected = {row.row_number: row.reason for row in sample("yahoo_page.txt").rejected}
    assert "dividend" in rejected[4]
    assert "split" in rejected[5]


def test_adjusted_closes_are_never_used_and_a_note_says_why():
    proposal = sample("yahoo_page.txt")
    adjusted = proposal.ignored[2]
    assert adjusted.heading.startswith("Adj Close")
    assert "dividend" in adjusted.ignored_reason
    assert any("is not used" in note and "as they were quoted" in note for note in proposal.notes)


def test_a_close_that_differs_from_the_adjusted_close_is_noted():
    assert any("differ, first in row 2" in note for note in sample("yahoo_page.txt").notes)
    assert not any("differ" in note for note in sample("yahoo.csv").notes)


def test_a_table_with_nothing_but_adjusted_closes_is_refused_with_the_reason():
    with pytest.raises(UserError, match="Adj Close") as refused:
        read_price_table("Date,Adj Close\n2024-03-01,1.5\n")
    assert "restated" in refused.value.hint


def test_ignored_columns_say_why():
    reasons = {column.heading: column.ignored_reason for column in sample("yahoo.csv").ignored}
    assert set(reasons) == {"Open", "High", "Adj Close", "Volume"}
    assert all(reasons.values())


def test_a_bulk_file_asks_which_ticker():
    (question,) = sample("stooq_bulk.txt").questions
    assert question.id == "ticker"
    assert [key for key, _ in question.options] == ["ASTI.US", "WXYZ.US"]
    answered = sample("stooq_bulk.txt", ticker="ASTI.US")
    assert bars_of(answered)[CLOSE] == {"2024-03-01": "0.11", "2024-03-04": "0.12"}


def test_the_preamble_of_bloomberg_is_shown_not_lost():
    notes = " ".join(sample("bloomberg.csv").notes)
    assert "ASTI US Equity" in notes
    assert "Currency | USD" in notes


def test_a_foreign_currency_is_noted():
    table = "Security,ABC GR\nCurrency,EUR\n\nDate,PX_LAST\n2024-03-01,1.5\n"
    assert any("EUR" in note and "dollars" in note for note in read_price_table(table).notes)
    assert any("€" in note for note in read_price_table("Date\tBid\n2024-03-01\t1,50 €\n").notes)


def test_the_closing_line_of_barchart_is_a_note():
    proposal = sample("barchart.csv")
    assert proposal.rejected == ()
    assert any("Downloaded from Barchart.com" in note for note in proposal.notes)


def test_our_own_table_comes_back_with_the_kind_of_each_row():
    (column,) = sample("own_table.txt").taken
    assert [bar.kind for bar in column.bars] == [None, CLOSE, None]
    assert column.kind is None
    mixed = read_price_table(
        "Date\tPrice\tSeries\n2024-03-01\t1\tbid\n2024-03-04\t2\tbid\n2024-03-05\t3\tclose\n"
    ).taken[0]
    assert (mixed.kind, [bar.kind for bar in mixed.bars]) == (BID, [None, None, CLOSE])


def test_series_are_made_of_answered_proposals_only():
    with pytest.raises(ValueError, match="ticker"):
        sample("stooq_bulk.txt").series()
    with pytest.raises(ValueError, match="kind"):
        sample("headless.txt").series()
    (series,) = sample("headless.txt").series(BID)
    assert series.kind is BID
    assert series.source == "headless.txt, Column 2"
    assert series.price_on(datetime.date(2024, 3, 15)) == Decimal("0.0505")
    close, bid = sample("bloomberg.csv").series()
    assert (close.kind, bid.kind) == (CLOSE, BID)


def test_a_user_may_label_a_column():
    proposal = sample("headless.txt")
    assert proposal.needs_kind
    labelled = proposal.with_kind("Column 2", VWAP)
    assert not labelled.needs_kind
    assert labelled.series()[0].kind is VWAP


def test_a_bare_price_is_a_close_only_beside_open_and_high():
    assert read_price_table("Date,Price\n2024-03-01,1.5\n").taken[0].kind is None
    table = "Date,Price,Open,High,Low\n2024-03-01,1.5,1,2,1\n"
    assert read_price_table(table).taken[0].kind is CLOSE


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Closing Bid Price", BID), ("Bid Price (Close)", BID), ("Kupno", BID), ("Geld", BID),
        ("Close*", CLOSE), ("4. close", CLOSE), ("<CLOSE>", CLOSE), ("PX_LAST", CLOSE),
        ("Zamknięcie", CLOSE), ("Schluss", CLOSE), ("Último", CLOSE), ("Clôture", CLOSE),
        ("Najniższy", LOW), ("Tagestief", LOW), ("VWAP", VWAP), ("EQY_WEIGHTED_AVG_PX", VWAP),
    ],
)  # fmt: skip
def test_headings_of_many_languages_say_their_kind(heading, kind):
    (column,) = read_price_table(f"Date\t{heading}\n2024-03-01\t1.5\n").taken
    assert column.kind is kind


@pytest.mark.parametrize(
    "heading", ["Bid Size", "Close (adjusted)", "Ask", "Open Interest", "Last Change %", "Brief"]
)
def test_headings_that_begin_like_a_price_are_not_taken_for_one(heading):
    proposal = read_price_table(f"Date\tLow\t{heading}\n2024-03-01\t1.5\t2.5\n")
    assert [column.heading for column in proposal.ignored] == [heading]


def test_of_two_columns_of_a_kind_the_first_is_taken():
    proposal = read_price_table("Date,Close,Last\n2024-03-01,1.5,1.6\n")
    assert [column.heading for column in proposal.taken] == ["Close"]
    assert "same kind" in proposal.ignored[0].ignored_reason


def test_several_columns_without_a_meaning_are_asked_about():
    text = "2024-03-01,1.5,2.5\n2024-03-04,1.6,2.6\n"
    (question,) = read_price_table(text).questions
    assert question.id == "price_column"
    assert question.options[1] == ("3", "Column 3, such as 2.5")
    answered = read_price_table(text, answers={"price_column": "3"})
    assert bars_of(answered) == {None: {"2024-03-01": "2.5", "2024-03-04": "2.6"}}


def test_importing_the_package_brings_no_workbook_library():
    code = "import sys, notemodeler.io.price_files; print({'openpyxl', 'defusedxml', 'numpy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "set()"
