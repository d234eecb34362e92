"""start.py itself: readable for an old Python, and clear about what it needs."""

import ast
from pathlib import Path

import pytest
import start

SOURCE = Path(start.__file__)


def test_an_old_python_can_read_it():
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 5))


def test_old_python_is_told_which_command_to_type():
    message = start.too_old_message((3, 9), "python3.12")
    assert message == (
        "Note Modeler needs Python 3.11 or newer; this is Python 3.9. "
        "Type instead: python3.12 installer/start.py"
    )


def test_old_python_without_a_newer_one_is_told_to_install_it():
    assert "Install a newer Python" in start.too_old_message((3, 8), None)


@pytest.mark.parametrize("present", ["python3.11", "python3.13"])
def test_a_newer_python_is_found_on_the_path(tmp_path, monkeypatch, present):
    (tmp_path / present).touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.first_on_path(start.NEWER_PYTHONS) == present


def test_no_newer_python_on_the_path(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.first_on_path(start.NEWER_PYTHONS) is None


def test_an_old_python_stops_before_anything_else(monkeypatch, capsys):
    monkeypatch.setattr("sys.version_info", (3, 9, 6))
    monkeypatch.setattr("launch.main", lambda arguments: pytest.fail("went on"))
    assert start.main([]) == 1
    assert "this is Python 3.9" in capsys.readouterr().err


def test_arguments_reach_the_launch(monkeypatch):
    monkeypatch.setattr("launch.main", lambda arguments: len(arguments))
    assert start.main(["quote", "FILE", "--on"]) == 3
