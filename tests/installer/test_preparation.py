"""The steps of a first start, their order, and their ways out."""

import sys

import preparation
import pytest
from environment import DEVELOPMENT_LOCK, QT_CAN_LOAD, RUN_TIME_LOCK
from preparation import Construction
from speech import SetUpError

from .conftest import lines_of

VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


@pytest.fixture
def steps(monkeypatch, said):
    """Replaces the slow steps, and records them with the stamp's presence at that time."""
    taken: list[tuple[str, bool]] = []

    def rebuild(construction):
        taken.append(("rebuild", construction.environment.stamp.exists()))

    def install(construction, lock):
        taken.append((lock, construction.environment.stamp.exists()))

    monkeypatch.setattr(Construction, "rebuild", rebuild)
    monkeypatch.setattr(Construction, "install", install)
    monkeypatch.setattr("system_libraries.missing", lambda site_packages: set())
    return taken


def fail_install(construction, lock):
    raise SetUpError("No network.")


def test_a_first_start_builds_installs_and_then_stamps(checkout, steps):
    checkout.forget()
    preparation.prepare(checkout, tests=False, needs_qt=True)
    assert steps == [("rebuild", False), (RUN_TIME_LOCK, False)]
    assert checkout.is_ready(RUN_TIME_LOCK)
    assert not checkout.is_ready(DEVELOPMENT_LOCK)


def test_a_first_start_of_the_tests_serves_the_program_too(checkout, steps):
    checkout.forget()
    preparation.prepare(checkout, tests=True, needs_qt=True)
    assert steps == [("rebuild", False), (DEVELOPMENT_LOCK, False)]
    assert checkout.is_ready(DEVELOPMENT_LOCK)
    assert checkout.is_ready(RUN_TIME_LOCK)


def test_the_tests_build_on_the_run_time_packages(checkout, steps):
    preparation.prepare(checkout, tests=True, needs_qt=True)
    assert steps == [(DEVELOPMENT_LOCK, False)]
    assert checkout.is_ready(DEVELOPMENT_LOCK)


def test_a_new_build_forgets_what_the_old_one_had(checkout, steps):
    checkout.record(lines_of(checkout, RUN_TIME_LOCK, DEVELOPMENT_LOCK))
    checkout.lock_path(RUN_TIME_LOCK).write_text("# newer\n")
    preparation.prepare(checkout, tests=False, needs_qt=True)
    assert steps == [("rebuild", False), (RUN_TIME_LOCK, False)]
    assert checkout.is_ready(RUN_TIME_LOCK)
    assert not checkout.is_ready(DEVELOPMENT_LOCK)


def test_what_another_start_has_finished_is_not_done_again(checkout, steps):
    preparation.prepare(checkout, tests=False, needs_qt=True)
    assert steps == []


def test_a_failed_first_start_leaves_no_stamp(checkout, steps, monkeypatch):
    checkout.forget()
    monkeypatch.setattr(Construction, "install", fail_install)
    with pytest.raises(SetUpError):
        preparation.prepare(checkout, tests=False, needs_qt=True)
    assert not checkout.stamp.exists()


def test_a_failed_step_to_the_tests_leaves_the_program_ready(checkout, steps, monkeypatch):
    monkeypatch.setattr(Construction, "install", fail_install)
    with pytest.raises(SetUpError):
        preparation.prepare(checkout, tests=True, needs_qt=True)
    assert checkout.is_ready(RUN_TIME_LOCK)


def test_an_interrupted_step_is_built_anew(checkout, steps, monkeypatch):
    def interrupted(construction, lock):
        raise KeyboardInterrupt

    monkeypatch.setattr(Construction, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        preparation.prepare(checkout, tests=True, needs_qt=True)
    assert not checkout.has_packages(RUN_TIME_LOCK)


@pytest.mark.parametrize("own_pip", [True, False])
def test_pip_installs_the_lock_and_nothing_else(checkout, said, monkeypatch, own_pip):
    followed = []
    monkeypatch.setattr(Construction, "_follow", lambda self, words: followed.append(words) or 0)
    if own_pip:
        (checkout.site_packages / "pip").mkdir()
    Construction(checkout).install(DEVELOPMENT_LOCK)
    words = followed[0]
    assert {"--require-hashes", "--only-binary"} <= set(words)
    assert words[-1] == str(checkout.lock_path(DEVELOPMENT_LOCK))
    assert (words[0] == str(checkout.interpreter)) is own_pip
    assert ("--python" in words) is not own_pip


def test_a_failing_pip_stops_the_set_up(checkout, said, monkeypatch):
    words = [sys.executable, "-c", "import sys; sys.exit(1)"]
    monkeypatch.setattr(Construction, "_pip", lambda self: words)
    with pytest.raises(SetUpError, match="type the same command again"):
        Construction(checkout).install(RUN_TIME_LOCK)


def test_an_unfinished_environment_goes_away(checkout, said, monkeypatch):
    monkeypatch.setattr(preparation, "provide_venv_module", lambda: True)
    monkeypatch.setattr(Construction, "_create", lambda self, with_pip: None)
    monkeypatch.setattr(Construction, "_write_path_file", lambda self: None)
    monkeypatch.setattr(Construction, "_write_command", lambda self: None)
    Construction(checkout).rebuild()
    assert not checkout.folder.exists()
    assert "unfinished" in said[0]


def test_the_environment_can_import_the_checkout_even_after_a_move(checkout, tmp_path):
    Construction(checkout)._write_path_file()
    place = checkout.site_packages.relative_to(checkout.root)
    moved = checkout.root.rename(tmp_path / "moved")
    site_packages = moved / place
    line = (site_packages / preparation.PATH_FILE).read_text().strip()
    assert (site_packages / line).resolve() == moved.resolve()


def test_settings_that_lead_pip_elsewhere_are_dropped(monkeypatch):
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    settings = preparation.clean_settings()
    assert not {"PIP_USER", "PYTHONPATH"} & set(settings)
    assert settings["HTTPS_PROXY"] == "http://proxy"


@pytest.mark.parametrize(
    ("pip_line", "sentence"),
    [
        ("Collecting numpy==2.4.6 (from -r x (line 3))", ["  getting numpy 2.4.6"]),
        ("Collecting et-xmlfile==2.0.0", ["  getting et-xmlfile 2.0.0"]),
        ("Installing collected packages: six", ["  unpacking them into .venv"]),
        ("  Using cached six-1.17.0-py2.py3-none-any.whl", []),
    ],
)
def test_progress(said, pip_line, sentence):
    preparation.tell_progress(pip_line)
    assert said == sentence


class Machine:
    """A machine with some Python modules, and perhaps an apt that may install."""

    def __init__(self, monkeypatch, modules, apt_here=True, apt_may=False):
        self.modules, self.apt_may = set(modules), apt_may
        self.asked: list[list[str]] = []
        monkeypatch.setattr(preparation, "can_import", lambda module: module in self.modules)
        monkeypatch.setattr("apt.is_here", lambda: apt_here)
        monkeypatch.setattr("apt.install", self.install)

    def install(self, packages):
        self.asked.append(packages)
        if self.apt_may and packages == [VENV_PACKAGE]:
            self.modules |= {"venv", "ensurepip"}
        return self.apt_may


def test_a_whole_python_needs_no_apt(monkeypatch):
    machine = Machine(monkeypatch, ["venv", "ensurepip"], apt_may=True)
    assert preparation.provide_venv_module() is True
    assert machine.asked == []


def test_apt_adds_what_debian_leaves_out(monkeypatch):
    machine = Machine(monkeypatch, ["venv", "pip"], apt_may=True)
    assert preparation.provide_venv_module() is True
    assert machine.asked == [[VENV_PACKAGE]]


def test_without_apt_the_system_pip_helps_out(monkeypatch):
    Machine(monkeypatch, ["venv", "pip"], apt_may=False)
    assert preparation.provide_venv_module() is False


def test_without_any_way_the_exact_command_is_shown(monkeypatch):
    Machine(monkeypatch, ["venv"], apt_may=False)
    with pytest.raises(SetUpError, match=f"Type: .*apt-get install .*{VENV_PACKAGE}"):
        preparation.provide_venv_module()


def test_without_apt_and_pip_the_lack_is_named(monkeypatch):
    Machine(monkeypatch, [], apt_here=False)
    with pytest.raises(SetUpError, match="lacks its module venv or ensurepip"):
        preparation.provide_venv_module()


@pytest.fixture
def bare_machine(checkout, monkeypatch, said):
    """A machine without EGL, whose apt may or may not help."""
    lacking = {"libEGL.so.1"}
    monkeypatch.setattr("system_libraries.missing", lambda site_packages: set(lacking))
    monkeypatch.setattr("apt.is_here", lambda: True)
    monkeypatch.setattr("apt.install", lambda packages: False)
    monkeypatch.setattr("apt.is_root", lambda: False)
    checkout.record(checkout.recorded() - {QT_CAN_LOAD})
    return lacking


def test_apt_brings_the_missing_libraries(checkout, bare_machine, monkeypatch):
    def install(packages):
        assert packages == ["libegl1"]
        bare_machine.clear()
        return True

    monkeypatch.setattr("apt.install", install)
    preparation.provide_qt_libraries(checkout, needs_qt=True)
    assert checkout.is_ready(RUN_TIME_LOCK)


def test_the_window_stops_with_the_exact_command(checkout, bare_machine):
    with pytest.raises(SetUpError, match="apt-get install -y --no-install-recommends libegl1"):
        preparation.provide_qt_libraries(checkout, needs_qt=True)
    assert not checkout.is_ready(RUN_TIME_LOCK)


def test_other_jobs_go_on_without_the_libraries(checkout, bare_machine, said):
    preparation.provide_qt_libraries(checkout, needs_qt=False)
    assert "libegl1" in said[-1]
    assert not checkout.is_ready(RUN_TIME_LOCK)


def test_another_linux_is_told_the_names(monkeypatch):
    monkeypatch.setattr("apt.is_here", lambda: False)
    message = preparation.missing_libraries_message({"libGL.so.1", "libEGL.so.1"})
    assert "libEGL.so.1, libGL.so.1" in message
    assert "apt" not in message


def test_a_library_without_a_known_package_is_named(monkeypatch):
    monkeypatch.setattr("apt.is_here", lambda: True)
    message = preparation.missing_libraries_message({"libGL.so.1", "libnew.so.9"})
    assert "libnew.so.9" in message


def test_lines_of_a_finished_development_set_up(checkout):
    lines = Construction(checkout)._lines_after(DEVELOPMENT_LOCK)
    assert lines == lines_of(checkout, RUN_TIME_LOCK, DEVELOPMENT_LOCK) - {QT_CAN_LOAD}
