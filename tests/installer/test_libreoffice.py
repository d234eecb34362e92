"""Finding LibreOffice Calc, and what is said without it."""

from contextlib import nullcontext

import libreoffice
import pytest

from .conftest import link


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An office as Debian lays it out, on the search path; Calc is not in it yet."""
    program = tmp_path / "lib" / "libreoffice" / "program"
    program.mkdir(parents=True)
    (program / "soffice").touch()
    command = tmp_path / "soffice"
    link(command, program / "soffice")
    monkeypatch.setattr("shutil.which", lambda name: str(command) if name == "soffice" else None)
    return program


@pytest.fixture
def no_office(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(libreoffice, "USUAL_PLACES", ())
    monkeypatch.setattr("one_at_a_time.turn", lambda path: nullcontext())
    monkeypatch.setattr("apt.is_here", lambda: True)


def test_an_office_without_calc_does_not_count(office):
    assert not libreoffice.calc_is_present()


def test_an_office_with_calc_counts(office):
    (office / "libsclo.so").touch()
    assert libreoffice.calc_is_present()


def test_an_office_in_its_usual_place_counts(no_office, tmp_path, monkeypatch):
    program = tmp_path / "MacOS" / "soffice"
    program.parent.mkdir()
    monkeypatch.setattr(libreoffice, "USUAL_PLACES", (program,))
    assert not libreoffice.calc_is_present()
    program.touch()
    assert libreoffice.calc_is_present()


def test_apt_installs_calc_where_it_may(no_office, monkeypatch, tmp_path, said):
    asked = []
    monkeypatch.setattr("apt.install", lambda packages: asked.append(packages) or True)
    libreoffice.provide(tmp_path / "turn")
    assert asked == [libreoffice.PACKAGES]
    assert said == []


def test_without_permission_the_tests_go_on_and_say_so(no_office, monkeypatch, tmp_path, said):
    monkeypatch.setattr("apt.install", lambda packages: False)
    libreoffice.provide(tmp_path / "turn")
    assert "will be skipped" in said[0]
    assert "libreoffice-calc" in said[1]
