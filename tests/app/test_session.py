"""New, Open, Save, Save As, Revert, autosave and recovery: no step loses work."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from notemodeler.app.autosave import EDITS, SECONDS, AutosaveRule
from notemodeler.app.session import FileExists, Session
from notemodeler.app.settings import SettingsStore
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import Project, with_field
from notemodeler.io import process
from notemodeler.io.document_file import ChangedOnDisk, DiskState, load_document, save_document
from notemodeler.io.recovery import RecoveryStore


def named(name: str) -> Project:
    return with_field(Project(), "issuer.name", name)


class World:
    """A folder with everything that sessions share, and a clock that a test moves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 1000.0
        self.recovery = RecoveryStore(folder / "recovery")
        self.settings = SettingsStore(folder / "settings.json")

    def session(self) -> Session:
        return Session(self.recovery, self.settings, lambda: self.now)

    def snapshots(self) -> int:
        return len(os.listdir(self.recovery.folder)) if self.recovery.folder.exists() else 0


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def file(tmp_path):
    (tmp_path / "docs").mkdir()
    return save_document(tmp_path / "docs" / "a.note", named("first")).path


@pytest.fixture
def opened(world, file):
    session = world.session()
    assert session.open(file) == ()
    return session


def test_a_new_session_is_untitled_and_unchanged(world):
    session = world.session()
    assert (session.title, session.path, session.is_changed) == ("Untitled", None, False)
    with pytest.raises(UserError, match="no file yet"):
        session.save()


def test_an_opened_document_has_its_name_and_is_remembered(world, opened, file):
    assert opened.project == named("first")
    assert (opened.title, opened.path, opened.is_changed) == ("a.note", file, False)
    assert world.session().recent == (file,)


def test_edits_are_changes_until_they_are_saved_or_undone(opened, file):
    opened.edited(named("second"))
    assert opened.is_changed
    opened.edited(named("first"))
    assert not opened.is_changed
    opened.edited(named("second"))
    opened.save()
    assert not opened.is_changed
    assert load_document(file).project == named("second")


def test_a_refused_open_leaves_the_session_as_it_was(opened, file):
    broken = file.with_name("broken.note")
    broken.write_text("?")
    opened.edited(named("second"))
    for path in (broken, file.with_name("missing.note")):
        with pytest.raises(UserError):
            opened.open(path)
    assert opened.project == named("second")
    assert opened.is_changed
    assert opened.path == file
    assert sorted(os.listdir(file.parent)) == [".~lock.a.note#", "a.note", "broken.note"]


def test_a_refused_save_keeps_the_edits(opened, monkeypatch):
    opened.edited(named("second"))
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "")))
        with pytest.raises(UserError, match="disk is full"):
            opened.save()
    assert opened.is_changed
    assert opened.project == named("second")


def test_save_as_moves_the_document_to_another_file(world, opened, file):
    target = file.with_name("b.note")
    opened.edited(named("second"))
    opened.save_as(target)
    assert (opened.path, opened.is_changed) == (target, False)
    assert load_document(file).project == named("first")
    assert load_document(target).project == named("second")
    assert opened.recent[:2] == (target, file)
    assert not world_lock(file).exists()
    assert world_lock(target).exists()


def world_lock(file: Path) -> Path:
    return file.with_name(f".~lock.{file.name}#")


def test_save_as_does_not_overwrite_another_file_unasked(opened, file):
    other = save_document(file.with_name("b.note"), named("other")).path
    with pytest.raises(FileExists):
        opened.save_as(other)
    assert load_document(other).project == named("other")
    assert opened.path == file
    assert not world_lock(other).exists()
    opened.save_as(other, overwrite=True)
    assert load_document(other).project == named("first")


def test_save_as_to_the_same_file_is_a_save(opened, file):
    link = file.with_name("link.note")
    link.symlink_to(file)
    opened.edited(named("second"))
    opened.save_as(link)
    assert load_document(file).project == named("second")
    assert opened.path == file


def test_a_copy_leaves_the_document_where_it_is(opened, file):
    copy = file.with_name("copy.note")
    opened.edited(named("second"))
    opened.save_copy(copy)
    assert load_document(copy).project == named("second")
    assert opened.path == file
    assert opened.is_changed
    with pytest.raises(FileExists):
        opened.save_copy(copy)


def test_a_file_changed_by_another_is_not_overwritten_unasked(opened, file):
    opened.edited(named("mine"))
    save_document(file, named("hers"))
    assert opened.disk_state() is DiskState.CHANGED
    with pytest.raises(ChangedOnDisk):
        opened.save()
    assert load_document(file).project == named("hers")
    opened.save(overwrite=True)
    assert load_document(file).project == named("mine")


def test_revert_goes_back_to_the_file(opened, file):
    opened.edited(named("second"))
    save_document(file, named("hers"))
    opened.revert()
    assert opened.project == named("hers")
    assert not opened.is_changed
    opened.edited(named("third"))
    opened.save()


def test_an_untitled_document_reverts_to_how_it_began(world):
    session = world.session()
    session.new(named("sample"), "Sample")
    session.edited(named("edited"))
    session.revert()
    assert session.project == named("sample")
    assert session.title == "Sample"


def test_a_sample_is_opened_without_its_file(world, file):
    session = world.session()
    session.open_untitled(file, "Ascent Solar (sample)")
    assert session.project == named("first")
    assert (session.path, session.title) == (None, "Ascent Solar (sample)")
    assert not session.is_changed
    assert not world_lock(file).exists()
    assert session.recent == ()


def test_a_second_window_is_read_only_and_may_save_elsewhere(world, opened, file):
    second = world.session()
    second.open(file)
    assert second.is_read_only
    assert second.holder
    second.edited(named("second"))
    with pytest.raises(UserError, match="open elsewhere"):
        second.save()
    with pytest.raises(UserError, match="open elsewhere"):
        second.save(overwrite=True)
    second.save_as(file.with_name("b.note"))
    assert not second.is_read_only


def test_nobody_saves_over_a_document_that_is_open_elsewhere(world, opened, file):
    second = world.session()
    second.new(named("other"))
    with pytest.raises(UserError, match="open elsewhere"):
        second.save_as(file, overwrite=True)
    assert load_document(file).project == named("first")


def test_a_document_can_be_taken_over_and_the_first_window_learns_it(world, opened, file):
    second = world.session()
    second.open(file)
    second.take_over()
    assert not second.is_read_only
    second.edited(named("second"))
    second.save()
    opened.edited(named("late"))
    with pytest.raises(UserError, match="open elsewhere"):
        opened.save()
    world.now += 10_000
    opened.tick()
    assert opened.is_read_only


def test_closing_frees_the_document_and_forgets_the_recovery_copy(world, opened, file):
    opened.edited(named("second"))
    opened.autosave()
    opened.close()
    assert world.snapshots() == 0
    assert os.listdir(file.parent) == ["a.note"]
    again = world.session()
    again.open(file)
    assert not again.is_read_only


def test_opening_the_same_file_again_keeps_its_lock(opened, file):
    opened.open(file)
    assert not opened.is_read_only
    assert world_lock(file).exists()


def test_work_is_copied_aside_30_seconds_after_the_first_edit(world, opened):
    assert not opened.tick()
    opened.edited(named("second"))
    world.now += SECONDS - 1
    opened.edited(named("third"))
    assert not opened.tick()
    world.now += 1
    assert opened.tick()
    assert world.snapshots() == 1
    world.now += 1000
    assert not opened.tick()


def test_work_is_copied_aside_after_20_edits(world, opened):
    for count in range(EDITS):
        assert not opened.tick()
        opened.edited(named(f"edit {count}"))
    assert opened.tick()
    assert not opened.tick()


def test_work_that_was_undone_is_not_copied(world, opened):
    opened.edited(named("second"))
    opened.edited(named("first"))
    world.now += SECONDS
    assert not opened.tick()
    assert world.snapshots() == 0


def test_a_save_forgets_the_recovery_copy(world, opened):
    opened.edited(named("second"))
    opened.autosave()
    assert world.snapshots() == 1
    opened.save()
    assert world.snapshots() == 0


def test_a_copy_that_could_not_be_written_is_tried_again_in_30_seconds(world, opened):
    world.recovery.folder.write_text("in the way")
    opened.edited(named("second"))
    world.now += SECONDS
    with pytest.raises(UserError):
        opened.tick()
    assert not opened.tick()
    world.recovery.folder.unlink()
    world.now += SECONDS
    assert opened.tick()


def test_the_work_of_a_crashed_session_is_recovered_as_unsaved(world, opened, file, monkeypatch):
    opened.edited(named("unsaved"))
    opened.autosave()
    with monkeypatch.context() as patched:
        patched.setattr(process, "is_running", lambda _: False)
        (snapshot,) = world.recovery.abandoned()
    session = world.session()
    assert session.recover(snapshot) == ()
    assert session.project == named("unsaved")
    assert session.is_changed
    assert session.path is None
    assert session.recovered_from == file
    assert session.title == "a.note (recovered)"
    assert not snapshot.file.exists()
    assert world.snapshots() == 1
    assert load_document(file).project == named("first")


def test_a_recovered_document_without_edits_stays_changed_until_it_is_saved(world, opened, file):
    opened.edited(named("unsaved"))
    opened.autosave()
    session = world.session()
    snapshot = replace(world.recovery._described(opened.id))
    session.recover(snapshot)
    with pytest.raises(UserError, match="no saved state"):
        session.revert()
    session.save_as(file.with_name("rescued.note"))
    assert not session.is_changed
    assert session.recovered_from is None


def test_the_recent_documents_can_be_cleared(opened):
    opened.clear_recent()
    assert opened.recent == ()


def test_settings_that_cannot_be_written_do_not_stop_a_save(world, opened, file):
    world.settings.file.unlink()
    world.settings.file.mkdir()
    opened.edited(named("second"))
    opened.save()
    assert load_document(file).project == named("second")
    assert world.settings.issues


def test_the_rule_counts_from_the_first_edit_that_is_not_copied():
    now = [time.monotonic()]
    rule = AutosaveRule(lambda: now[0], seconds=5, edits=3)
    assert not rule.is_due
    rule.edited()
    now[0] += 4.9
    assert not rule.is_due
    now[0] += 0.2
    assert rule.is_due
    rule.done()
    now[0] += 100
    assert not rule.is_due
    for _ in range(3):
        rule.edited()
    assert rule.is_due
