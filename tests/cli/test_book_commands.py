"""Samples, presets, added notes, pay-off, book, decisions and comparison on the command line."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler import __main__ as doorstep
from notemodeler.__main__ import main
from notemodeler.app.presets import built_in_presets
from notemodeler.app.sample_book import ascent_book
from notemodeler.cli.arguments import VIEWS
from notemodeler.cli.commands import COMMANDS
from notemodeler.cli.decisions import VIEWS as KNOWN_VIEWS
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.io.document_file import load_document

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("NOTEMODELER_HOME", str(tmp_path / "home"))

    def run(*arguments):
        capsys.readouterr()
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def book(run, tmp_path):
    path = str(tmp_path / "book.note")
    assert run("sample", "ascent-book", "-o", path)[0] == 0
    return path


def data(run, *arguments):
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, ""), err
    return json.loads(out)


def test_the_doorstep_knows_every_command():
    assert set(doorstep.COMMANDS) == set(COMMANDS)


def test_the_second_sample_is_the_book(book):
    assert load_document(book).project == ascent_book()


def test_the_presets_are_listed_with_what_they_state_and_where_from(run):
    listed = data(run, "presets")
    assert [each["name"] for each in listed] == [preset.name for preset in built_in_presets()]
    power_up = next(each for each in listed if each["name"].startswith("Power Up"))
    assert power_up["terms"]["note.conversion.rule.multiplier"] == "0.65"
    assert "8-K" in power_up["sources"]["note.conversion.rule.multiplier"]
    assert "note.repayment.prepayment_steps" in power_up["unstated"]
    code, out, _ = run("presets")
    assert code == 0
    assert all(preset.name in out for preset in built_in_presets())


def test_a_new_document_begins_with_a_preset(run, tmp_path):
    path = str(tmp_path / "new.note")
    code, out, _ = run(
        "new", "-o", path, "--preset", "lg cap", "--set", "issue_date=2024-03-01", "--set",
        "principal=55000",
    )  # fmt: skip
    assert code == 0, out
    note = load_document(path).project.notes[0]
    assert note.holder == "LG Capital Funding, LLC"
    assert (str(note.funding_date), str(note.maturity_date)) == ("2024-03-01", "2025-03-01")
    assert note.principal_amount == 55000
    assert note.repayment.prepayment_steps[0].percent == Decimal("1.25")


def test_a_note_is_added_with_tables_as_text(run, book):
    before = load_document(book).project
    code, out, _ = run(
        "add", book, "--set", "title=Draft", "--set", "issue_date=2019-09-03",
        "--set", "prepayment_steps=0|30|115%;31|60|120%",
        "--set", "rule.steps=on_default|||50%; dtc_chill||||10%",
        "--set", "discount=40%",
    )  # fmt: skip
    assert code == 0
    assert "Added note 17, Draft" in out
    project = load_document(book).project
    assert project.notes[:-1] == before.notes
    note = project.notes[-1]
    assert [row.percent for row in note.repayment.prepayment_steps] == [
        Decimal("1.15"),
        Decimal("1.2"),
    ]
    assert note.conversion.rule.steps == (
        RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.5")),
        RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1")),
    )
    assert note.conversion.rule.multiplier == Decimal("0.6")


def test_a_note_can_be_added_to_a_copy(run, book, tmp_path):
    before = Path(book).read_bytes()
    copy = str(tmp_path / "copy.note")
    assert run("add", book, "--preset", "EMA", "-o", copy)[0] == 0
    assert Path(book).read_bytes() == before
    assert len(load_document(copy).project.notes) == 17


@pytest.mark.parametrize("short", ["multiplier", "lookback_days", "statistic", "lowest_count"])
def test_a_short_name_means_the_main_rule(run, book, short):
    value = {"multiplier": "0.5", "lookback_days": "15", "statistic": "last", "lowest_count": "2"}[
        short
    ]
    assert run("add", book, "--set", f"{short}={value}")[0] == 0
    rule = load_document(book).project.notes[-1].conversion.rule
    assert str(getattr(rule, short)) == value
    assert getattr(rule.second, short) == getattr(
        ascent_book().notes[0].conversion.rule.second, short
    )


def test_the_pay_off_follows_the_table(run, tmp_path):
    """65,000 at 12 %, 118 days of interest: 2,521.64; 130 % of 67,521.64 is 87,778.13."""
    path = str(tmp_path / "p.note")
    settings = ["principal=65000", "interest_rate=12%", "issue_date=2019-01-14", "funding_date=2019-01-16",
                "prepayment_steps=0|90|125%;91|120|130%"]  # fmt: skip
    assert run("new", "-o", path, *(part for each in settings for part in ("--set", each)))[0] == 0
    found = data(run, "payoff", path, "--on", "2019-05-14")
    assert (found["owed"], found["total"], found["premium"]) == ("67521.64", "87778.13", "20256.49")
    assert (found["day"], found["percent"], found["until"]) == (120, "1.3", "2019-05-14")
    _, out, _ = run("payoff", path, "--on", "2019-05-14")
    assert "$87,778.13" in out
    late = data(run, "payoff", path, "--on", "2019-06-14")
    assert late["total"] is None
    assert "consent" in late["words"]
    assert "consent" in run("payoff", path, "--on", "2019-06-14")[1]


def test_the_book_on_a_day_has_every_note_and_the_sum(run, book):
    found = data(run, "book", book, "--on", "2019-09-30")
    assert found["date"] == "2019-09-30"
    titles = [row["title"] for row in found["positions"]]
    assert all(note.title in titles for note in ascent_book().notes)
    assert {
        "next_dates",
        "full_conversion",
        "holders",
        "reserve",
        "sales",
        "facts",
        "issues",
    } <= set(found)
    code, out, _ = run("book", book, "--on", "2019-09-30")
    assert code == 0
    assert "Notes on Sep 30, 2019" in out
    assert "Widjaja note" in out
    assert run("book", book)[0] == 0


@pytest.mark.parametrize("view", VIEWS)
def test_each_decision_is_told_in_words_and_as_data(run, book, view):
    code, out, err = run("decide", book, view, "--note", "4", "--on", "2019-06-05")
    assert (code, err) == (0, "")
    assert out.strip()
    found = data(run, "decide", book, view, "--note", "4", "--on", "2019-06-05")
    assert found["rows"]


def test_the_views_offered_are_those_that_are_known():
    assert set(VIEWS) == set(KNOWN_VIEWS)


def test_two_notes_of_a_book_are_compared(run, book):
    found = data(run, "compare", book, "--note", "6", "--with", "4")
    labels = {row["label"]: row for row in found["differences"]}
    assert set(labels) == {
        "Holder", "Issue date", "Funding date", "Maturity date", "Principal",
        "… or days after issue", "Ownership limit",
    }  # fmt: skip
    assert labels["Principal"]["effect"]["shares"] < 0
    assert labels["Issue date"]["effect"] is None
    a, b = found["totals"]["a"], found["totals"]["b"]
    assert found["totals"]["together"]["shares"] == b["shares"] - a["shares"]
    _, out, _ = run("compare", book, "--note", "6", "--with", "4")
    assert "Ownership limit" in out
    assert "day 180" in out


def test_a_note_is_compared_with_a_preset_and_with_another_document(run, book, tmp_path):
    found = data(run, "compare", book, "--with", "LG Capital", "--on", "2019-02-05")
    assert (found["b"], found["on"]) == ("LG Capital Funding", "2019-02-05")
    other = str(tmp_path / "other.note")
    assert run("sample", "ascent", "-o", other)[0] == 0
    _, out, _ = run("compare", book, "--with", other)
    assert "settle" in out
    same = data(run, "compare", other, "--with", other)
    assert same["differences"] == []
    assert "the same terms" in run("compare", other, "--with", other)[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "BOOK", "--with", "nobody"], "no preset"),
        (["compare", "BOOK", "--with", "99"], "no note 99"),
        (["compare", "BOOK", "--with", "missing.note"], "missing.note"),
        (["compare", "BOOK", "--note", "0", "--with", "1"], "no note 0"),
        (["add", "BOOK", "--preset", "nobody"], "no preset “nobody”"),
        (["add", "missing.note"], "missing.note"),
        (["new", "-o", "x.note", "--set", "steps=soon|"], "Row 1, when"),
        (["payoff", "BOOK", "--note", "99", "--on", "2019-05-14"], "no note 99"),
        (["decide", "missing.note", "ladder"], "missing.note"),
        (["book", "missing.note"], "missing.note"),
    ],
)
def test_what_is_refused_gets_one_sentence(run, book, arguments, says):
    before = Path(book).read_bytes()
    code, out, err = run(*(book if each == "BOOK" else each for each in arguments))
    assert (code, out) == (2, "")
    assert says in err
    assert Path(book).read_bytes() == before


WITHOUT_QT = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError(name + " must not be imported here")

sys.meta_path.insert(0, Refuse())
from notemodeler.__main__ import main
for line in sys.stdin:
    assert main(line.rstrip().split("|")) == 0, line
"""


def test_all_of_them_work_where_qt_cannot_be_imported(tmp_path):
    path = str(tmp_path / "b.note")
    commands = [
        f"sample|ascent-book|-o|{path}", "presets", f"add|{path}|--preset|Widjaja", f"book|{path}|--json",
        f"payoff|{path}|--on|2019-01-15", f"compare|{path}|--with|2", *(f"decide|{path}|{view}" for view in VIEWS),
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], input="\n".join(commands), capture_output=True, text=True,
        timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
