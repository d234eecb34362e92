"""The settings survive what happens to small files, and lose nothing that they do not know."""

import json
import stat
import sys

import pytest

from notemodeler.app.settings import (
    MOST_RECENT,
    Settings,
    SettingsStore,
    ThemeChoice,
    read_settings,
    save_settings,
)
from notemodeler.domain.issues import Severity
from notemodeler.domain.row_dates import RowDates

FULL = Settings(
    theme=ThemeChoice.DARK,
    recent=("/a.note", "/\udcff.note"),
    window_geometry="AAH/",
    window_state="x",
    splitters={"main": (300, 0, 500)},
    shown_series={"floor": False},
    schedule_rows=RowDates.DAILY,
    others={"colour_of_2030": ["red"]},
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.json"


def test_every_setting_comes_back(file):
    save_settings(file, FULL)
    assert read_settings(file) == (FULL, ())


def test_no_file_means_the_defaults_without_a_word(file):
    assert read_settings(file) == (Settings(), ())


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_settings_are_private(file):
    save_settings(file, FULL)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'"x"', b" " * 2_000_000 + b"{}"]
)
def test_a_corrupt_file_gives_the_defaults_and_a_note(file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    settings, issues = read_settings(file)
    assert settings == Settings()
    assert [issue.severity for issue in issues] == [Severity.NOTE]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"), ("theme", 1), ("recent", "/a"), ("recent", [1]), ("window_geometry", []),
        ("splitters", {"main": [1.5]}), ("splitters", {"main": [True]}), ("splitters", []),
        ("splitters", {"main": 3}), ("splitters", {"main": [10**9]}),
        ("shown_series", {"bid": 1}), ("schedule_rows", "hourly"),
    ],
)  # fmt: skip
def test_one_bad_setting_takes_its_default_and_the_others_stay(file, name, value):
    save_settings(file, FULL)
    file.write_text(json.dumps({**json.loads(file.read_text()), name: value}))
    settings, issues = read_settings(file)
    assert getattr(settings, name) == getattr(Settings(), name)
    assert name in issues[0].text
    assert settings.others == FULL.others
    kept = {part for part in ("theme", "recent", "window_geometry") if part != name}
    assert all(getattr(settings, part) == getattr(FULL, part) for part in kept)


def test_the_latest_document_comes_first_and_ten_are_kept():
    settings = Settings()
    for count in range(15):
        settings = settings.with_recent(f"/{count}.note")
    settings = settings.with_recent("/9.note")
    assert len(settings.recent) == MOST_RECENT
    assert settings.recent[:3] == ("/9.note", "/14.note", "/13.note")
    assert "/9.note" not in settings.without_recent("/9.note").recent


def test_two_windows_do_not_undo_each_other(file):
    first, second = SettingsStore(file), SettingsStore(file)
    first.change(lambda known: known.with_recent("/a.note"))
    second.change(lambda known: known.with_recent("/b.note"))
    assert SettingsStore(file).settings.recent == ("/b.note", "/a.note")


def test_a_change_that_cannot_be_written_is_kept_in_this_run(file):
    store = SettingsStore(file)
    file.parent.write_text("in the way")
    store.change(lambda known: known.with_recent("/a.note"))
    store.change(lambda known: known.with_recent("/b.note"))
    assert store.settings.recent == ("/b.note", "/a.note")
    assert [issue.severity for issue in store.issues] == [Severity.WARNING]
    file.parent.unlink()
    store.change(lambda known: known.with_recent("/c.note"))
    assert SettingsStore(file).settings.recent == ("/c.note", "/b.note", "/a.note")
    assert store.issues == ()


def test_a_corrupt_file_does_not_take_the_settings_of_a_running_window(file):
    store = SettingsStore(file)
    store.change(lambda known: known.with_recent("/a.note"))
    file.write_bytes(b"?")
    store.change(lambda known: known.with_recent("/b.note"))
    assert SettingsStore(file).settings.recent == ("/b.note", "/a.note")
