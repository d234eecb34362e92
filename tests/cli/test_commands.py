"""The command line: the same numbers without a window, and one sentence for what is refused."""

import csv
import io
import json
from decimal import Decimal

import pytest

from notemodeler.__main__ import main
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.project import FIELDS
from notemodeler.engines.schedule import COLUMNS

BIDS = "Date,Bid\n" + "\n".join(
    f"{day},{price}"
    for day, price in [
        ("2019-03-01", "0.0012"), ("2019-03-04", "0.0011"), ("2019-03-05", "0.0013"), ("2019-03-06", "0.0009"),
        ("2019-03-07", "0.0010"), ("2019-03-08", "0.0009"), ("2019-03-11", "0.0014"), ("2019-03-12", "0.0011"),
        ("2019-03-13", "0.0012"), ("2019-03-14", "0.0015"),
    ]
)  # fmt: skip


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "ascent.note"
    assert main(["sample", "ascent", "-o", str(path)]) == 0
    return str(path)


@pytest.fixture
def run(capsys):
    def run(*arguments):
        capsys.readouterr()
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def quote(run, *arguments):
    code, out, err = run("quote", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_quote_in_json_is_the_engine_s_own(run, sample):
    found = quote(run, sample, "--on", "2019-02-01")
    exact = compute(ascent_project()).quote(compute(ascent_project()).note.conversion.opens_date)
    assert Decimal(found["conversion_price"]) == exact.price.conversion_price
    assert Decimal(found["reference_price"]) == exact.price.reference_price
    assert (found["principal"], found["accrued_interest"]) == ("130000", "5214.25")
    assert Decimal(found["convertible_amount"]) == Decimal("135214.25")
    assert found["shares"] == exact.shares
    assert found["ownership_limit_shares"] == 73_529_102
    assert Decimal(found["ownership_limit_amount"]) == exact.limit.amount
    assert [day["date"] for day in found["window"]][-1] == "2019-01-31"
    assert sum(day["qualifying"] for day in found["window"]) == 3
    assert found["issues"] == []


def test_a_quote_in_words_names_the_price_and_the_clause(run, sample):
    code, out, _ = run("quote", sample, "--on", "2019-02-01")
    assert code == 0
    assert "three lowest closing bid prices" in out
    assert "135,214.25" in out


def test_a_quote_over_a_gap_has_no_price_and_names_the_days(run, sample):
    found = quote(run, sample, "--on", "2018-10-19")
    assert found["conversion_price"] is None
    assert found["shares"] is None
    assert ["2018-10-16", "2018-10-17"] in [issue["days"] for issue in found["issues"]]


def test_a_note_from_settings_and_a_price_file(run, tmp_path):
    """The hand case of the price rule: lows 0.0009, 0.0009, 0.0010; 100,000 over 0.00060666…"""
    prices, document = tmp_path / "bids.csv", str(tmp_path / "mine.note")
    prices.write_text(BIDS)
    settings = ["principal=100000", "interest_rate=0%", "issue_date=2018-09-04", "funding_date=2018-09-04",
                "maturity_date=2019-09-04", "multiplier=0.65"]  # fmt: skip
    arguments = [word for setting in settings for word in ("--set", setting)]
    code, out, _ = run(
        "new",
        "-o",
        document,
        *arguments,
        "--prices",
        str(prices),
        "--shares",
        "2018-09-04=1000000000",
    )
    assert code == 0, out
    found = quote(run, document, "--on", "2019-03-15")
    assert Decimal(found["conversion_price"]).quantize(Decimal("1e-12")) == Decimal(
        "0.000606666667"
    )
    assert found["shares"] == 164_835_164
    assert found["ownership_limit_shares"] == 52_520_787


def test_the_schedule_in_json_and_csv_tells_the_same(run, sample):
    _, as_json, _ = run("schedule", sample, "--json")
    _, as_csv, _ = run("schedule", sample, "--csv")
    rows = json.loads(as_json)
    table = list(csv.DictReader(io.StringIO(as_csv)))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert [row["date"] for row in table] == [row["date"] for row in rows]
    assert rows[-1]["total_due"] == table[-1]["total_due"] == "140371.51"


def test_a_remark_cannot_become_a_formula_in_csv(run, tmp_path, sample):
    from dataclasses import replace

    from notemodeler.cli.as_data import schedule_csv
    from notemodeler.domain.ledger import EntryKind, LedgerEntry
    from notemodeler.domain.row_dates import RowDates

    project = ascent_project()
    entry = LedgerEntry(
        project.notes[0].conversion.opens_date, EntryKind.PAYMENT, Decimal(1), remark="x"
    )
    rows = compute(project.with_note(replace(project.notes[0], ledger=(entry,)))).schedule(
        RowDates.EVENTS
    )
    rows = tuple(replace(row, what="=1+1") for row in rows)
    assert all(row["what"] == "'=1+1" for row in csv.DictReader(io.StringIO(schedule_csv(rows))))


def test_every_term_is_listed_with_its_facts(run):
    code, out, _ = run("terms", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [facts["name"] for facts in listed] == [field.name for field in FIELDS]
    _, text, _ = run("terms")
    assert all(field.name in text for field in FIELDS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["quote", "missing.note", "--on", "2019-02-01"], "missing.note"),
        (["new", "-o", "x.note", "--set", "principle=5"], "principle"),
        (["new", "-o", "x.note", "--set", "principal=abc"], "Principal"),
        (["new", "-o", "x.note", "--set", "principal=-5"], "at least"),
        (["new", "-o", "x.note", "--set", "multiplier=65"], "65%"),
        (["new", "-o", "x.note", "--set", "principal"], "FIELD=VALUE"),
        (["new", "-o", "x.note", "--shares", "soon=5"], "soon"),
        (["new", "-o", "x.note", "--prices", "missing.csv"], "missing.csv"),
        (["new", "-o", "no/such/folder/x.note"], "x.note"),
    ],
)
def test_what_is_refused_gets_one_sentence_and_exit_code_2(
    run, tmp_path, monkeypatch, arguments, says
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert says in err
    assert "Traceback" not in err
    assert list(tmp_path.glob("*.note")) == []


def test_a_wrong_option_also_ends_with_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["quote"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_price_file_with_bad_rows_is_refused_by_row(run, tmp_path):
    prices = tmp_path / "bids.csv"
    prices.write_text(BIDS + "\n2019-03-18,-1\n")
    code, _, err = run("new", "-o", str(tmp_path / "x.note"), "--prices", str(prices))
    assert code == 2
    assert "Row 12" in err


def test_help_reads_well(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert "examples:" in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_a_quote_in_another_century_is_refused(sample, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["quote", sample, "--on", "1979-12-31"])
    assert ended.value.code == 2
    assert "outside 1980 to 2100" in capsys.readouterr().err
