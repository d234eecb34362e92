import json
import subprocess
import sys

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.cli.main import main
from notemodeler.io.document_file import save_document


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("value") / "ascent.note"
    save_document(path, ascent_project())
    return str(path)


def test_every_engine_stands_in_the_text(sample, capsys):
    assert main(["value", sample, "--on", "2019-03-29", "--points", "3"]) == 0
    shown = capsys.readouterr().out
    for words in ("window tree", "Black-Scholes", "intrinsic", "it pays to wait", "136,809.86"):
        assert words in shown
    assert "warning: The ownership limit" in shown


def test_one_engine_as_json(sample, capsys):
    arguments = [
        "value",
        sample,
        "--on",
        "2019-03-29",
        "--engine",
        "tree",
        "--points",
        "3",
        "--json",
    ]
    assert main(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    (found,) = data["engines"]
    assert (found["engine"], found["points"], found["states"], found["steps"]) == (
        "tree", 3, 19683, 86,
    )  # fmt: skip
    assert float(found["note"]) == pytest.approx(
        float(found["right"]) + float(found["straight"]), abs=0.011
    )
    assert data["program"].startswith("Note Modeler")
    assert data["on"] == "2019-03-29"


def test_the_dates_of_reports_with_their_roll_forward(sample, capsys):
    arguments = ["value", sample, "--dates", "--on", "2018-12-31", "--points", "3", "--json"]
    assert main(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    assert [row["on"] for row in data["values"]] == ["2018-08-02", "2018-09-30", "2018-12-31"]
    assert data["roll_forward"][-1]["closing"] == data["values"][-1]["right"]
    assert main([*arguments[:-1]]) == 0
    assert "Level-3 roll-forward" in capsys.readouterr().out


def test_a_day_that_comes_after_maturity_is_said(sample, capsys):
    assert main(["value", sample, "--on", "2019-09-03", "--engine", "tree"]) == 0
    assert "fell due on Aug 1, 2019" in capsys.readouterr().out


def test_the_command_line_is_read_without_arrays():
    code = "import sys, notemodeler.cli.commands; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
