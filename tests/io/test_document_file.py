"""The document as a file: whole, watched, and never overwritten unasked."""

import os

import pytest

from notemodeler.domain.issues import Severity, UserError
from notemodeler.domain.project import Project, with_field
from notemodeler.io import document_file
from notemodeler.io.document_file import (
    ChangedOnDisk,
    DiskState,
    load_document,
    save_document,
)
from notemodeler.io.document_format import LARGEST_BYTES, VERSION

MINE = with_field(Project(), "issuer.name", "Mine")
THEIRS = with_field(Project(), "issuer.name", "Hers")


@pytest.fixture
def saved(tmp_path):
    return save_document(tmp_path / "a.note", MINE)


def test_what_is_saved_is_loaded(saved):
    opened = load_document(saved.path)
    assert opened.project == MINE
    assert opened.issues == ()
    assert opened.on_disk == saved
    assert saved.state() is DiskState.SAME


def test_a_change_of_equal_size_and_time_is_seen(saved):
    before = os.stat(saved.path)
    save_document(saved.path, THEIRS)
    os.utime(saved.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.stat(saved.path).st_size == before.st_size
    assert saved.has_changed()


def test_a_file_that_was_only_touched_has_not_changed(saved):
    os.utime(saved.path, (1, 1))
    assert not saved.has_changed()


def test_the_work_of_another_is_not_overwritten_unasked(saved):
    save_document(saved.path, THEIRS)
    with pytest.raises(ChangedOnDisk) as caught:
        saved.save(MINE)
    assert "a.note" in caught.value.sentence
    assert load_document(saved.path).project == THEIRS
    assert not saved.save(MINE, overwrite=True).has_changed()
    assert load_document(saved.path).project == MINE


def test_a_file_that_became_unreadable_counts_as_changed(saved):
    saved.path.unlink()
    saved.path.mkdir()
    assert saved.state() is DiskState.CHANGED


def test_a_file_that_is_gone_is_written_again(saved):
    saved.path.unlink()
    assert saved.state() is DiskState.GONE
    saved.save(MINE)
    assert load_document(saved.path).project == MINE


def test_a_newer_document_is_refused_and_left_untouched(saved):
    now, later = (f'"version": {version}'.encode() for version in (VERSION, VERSION + 1))
    newer = saved.path.read_bytes().replace(now, later)
    saved.path.write_bytes(newer)
    with pytest.raises(UserError, match=r"“a\.note” was written by a newer program"):
        load_document(saved.path)
    assert saved.path.read_bytes() == newer


def test_an_edited_document_is_loaded_when_that_is_accepted(saved):
    saved.path.write_bytes(saved.path.read_bytes().replace(b"Mine", b"Hers"))
    with pytest.raises(UserError, match="checksum"):
        load_document(saved.path)
    opened = load_document(saved.path, accept_edited=True)
    assert opened.project == THEIRS
    assert [issue.severity for issue in opened.issues] == [Severity.WARNING]
    assert not opened.on_disk.has_changed()


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.note"
    with open(path, "wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    monkeypatch.setattr(document_file, "open", lambda *_: pytest.fail("it was read"), raising=False)
    with pytest.raises(UserError, match="64 MB"):
        load_document(path)


@pytest.mark.parametrize("name", ["none.note", "", "a\0.note", "n" * 300])
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(UserError) as caught:
        load_document(os.path.join(tmp_path, name))
    assert "could not be read" in caught.value.sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.note")
    with pytest.raises(UserError, match="plain file"):
        load_document(tmp_path / "pipe.note")


def test_a_failed_save_leaves_the_former_document(saved, monkeypatch):
    def full(*_):
        raise OSError(28, "")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(UserError, match="disk is full"):
            saved.save(THEIRS)
    assert load_document(saved.path).project == MINE
