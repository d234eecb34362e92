"""Where the environment is on each platform, and when it counts as ready."""

import shutil

import pytest
from environment import DEVELOPMENT_LOCK, QT_CAN_LOAD, RUN_TIME_LOCK, Environment, lock_for

from .conftest import build_checkout, lines_of, link


@pytest.mark.parametrize(
    ("platform", "interpreter", "site_packages"),
    [
        ("linux", "bin/python", "lib/python3.11/site-packages"),
        ("darwin", "bin/python", "lib/python3.11/site-packages"),
        ("win32", "Scripts/python.exe", "Lib/site-packages"),
    ],
)
def test_layout(tmp_path, platform, interpreter, site_packages):
    environment = build_checkout(tmp_path, platform)
    assert environment.interpreter == environment.folder / interpreter
    assert environment.site_packages == environment.folder / site_packages


def test_base_python_on_windows_is_where_the_settings_say(tmp_path):
    environment = build_checkout(tmp_path, "win32")
    assert environment.base_python() == str(tmp_path / "base")


def test_base_python_elsewhere_is_behind_the_link(tmp_path):
    environment = build_checkout(tmp_path, "linux")
    assert environment.base_python() == str((tmp_path / "base" / "python3.11").resolve())


def test_tests_use_the_development_lock():
    assert lock_for(tests=True) == DEVELOPMENT_LOCK
    assert lock_for(tests=False) == RUN_TIME_LOCK


def test_nothing_is_ready_in_a_fresh_checkout(tmp_path):
    build_checkout(tmp_path, "linux")
    assert not Environment(tmp_path / "checkout").is_ready(RUN_TIME_LOCK)


def test_a_finished_set_up_is_ready(checkout_anywhere):
    assert checkout_anywhere.is_ready(RUN_TIME_LOCK)


def test_the_run_time_set_up_is_not_ready_for_the_tests(checkout_anywhere):
    assert not checkout_anywhere.is_ready(DEVELOPMENT_LOCK)


def test_ready_for_the_tests_is_ready_for_the_program(checkout):
    checkout.record(lines_of(checkout, RUN_TIME_LOCK, DEVELOPMENT_LOCK))
    assert checkout.is_ready(DEVELOPMENT_LOCK)
    assert checkout.is_ready(RUN_TIME_LOCK)


def _remove_interpreter(environment):
    environment.interpreter.unlink()


def _remove_base_python(environment):
    shutil.rmtree(environment.root.parent / "base")


def _remove_settings(environment):
    (environment.folder / "pyvenv.cfg").unlink()


def _change_python(environment):
    settings = environment.folder / "pyvenv.cfg"
    settings.write_text(settings.read_text().replace("3.11.7", "3.12.1"))


def _change_lock(environment):
    environment.lock_path(RUN_TIME_LOCK).write_text("# another\n")


def _remove_package(environment):
    shutil.rmtree(environment.site_packages / "numpy")


def _remove_all_packages(environment):
    shutil.rmtree(environment.site_packages)


def _forget(environment):
    environment.forget()


def _damage_stamp(environment):
    environment.stamp.write_bytes(b"\xff\xfe\x00")


def _remove_everything(environment):
    shutil.rmtree(environment.folder)


@pytest.mark.parametrize(
    "damage",
    [
        _remove_interpreter,
        _remove_base_python,
        _remove_settings,
        _change_python,
        _change_lock,
        _remove_package,
        _remove_all_packages,
        _forget,
        _damage_stamp,
        _remove_everything,
    ],
)
def test_damage_is_noticed(checkout_anywhere, damage):
    damage(checkout_anywhere)
    assert not checkout_anywhere.has_packages(RUN_TIME_LOCK)
    assert not checkout_anywhere.is_ready(RUN_TIME_LOCK)


def test_an_upgrade_of_the_system_python_is_noticed(checkout):
    newer = checkout.root.parent / "base" / "python3.13"
    newer.touch()
    checkout.interpreter.unlink()
    link(checkout.interpreter, newer)
    assert not checkout.has_packages(RUN_TIME_LOCK)


def test_a_package_added_by_hand_does_no_harm(checkout):
    (checkout.site_packages / "ipython").mkdir()
    assert checkout.is_ready(RUN_TIME_LOCK)


def test_packages_without_qt_libraries_are_not_ready(checkout):
    checkout.record(checkout.recorded() - {QT_CAN_LOAD})
    assert checkout.has_packages(RUN_TIME_LOCK)
    assert not checkout.is_ready(RUN_TIME_LOCK)


def test_the_stamp_is_replaced_in_one_step(checkout):
    checkout.record({"one", "two"})
    assert checkout.recorded() == {"one", "two"}
    assert not list(checkout.folder.glob("*.part"))


def test_forgetting_twice_does_no_harm(checkout):
    checkout.forget()
    checkout.forget()
    assert checkout.recorded() == set()
