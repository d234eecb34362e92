"""Two windows, one file: the second is told, and no lock blocks for ever."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import notemodeler
from notemodeler.io import file_lock, process
from notemodeler.io.file_lock import FOREIGN_SECONDS, GARBAGE_SECONDS, FileLock, LockState

ROOT = Path(notemodeler.__file__).parents[1]
HOLD = """
import sys, time
from notemodeler.io.file_lock import FileLock
print(FileLock(sys.argv[1]).acquire().value, flush=True)
time.sleep(60)
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "a.note"
    path.touch()
    return path


@pytest.fixture
def holder(document):
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(document)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout.readline() == "mine\n"
    yield held
    held.kill()
    held.wait()
    held.stdout.close()


def later(seconds):
    return lambda: time.time() + seconds


def test_a_lock_is_taken_and_given_back_without_a_trace(document):
    lock = FileLock(document)
    assert lock.acquire() is LockState.MINE
    assert lock.path.exists()
    lock.release()
    assert os.listdir(document.parent) == ["a.note"]


def test_a_second_process_is_told_who_holds_it(document, holder):
    lock = FileLock(document)
    assert lock.acquire() is LockState.THEIRS
    assert f"process {holder.pid}" in lock.holder
    lock.release()
    assert lock.path.exists()


def test_a_running_holder_does_not_age(document, holder):
    assert FileLock(document, later(10 * FOREIGN_SECONDS)).acquire() is LockState.THEIRS


def test_the_lock_of_a_killed_holder_is_taken_at_once(document, holder):
    holder.kill()
    holder.wait()
    assert FileLock(document).acquire() is LockState.MINE


def test_a_second_window_of_this_process_is_told_so(document):
    first, second = FileLock(document), FileLock(document)
    first.acquire()
    assert second.acquire() is LockState.THEIRS
    assert "this program" in second.holder
    first.release()
    assert second.acquire() is LockState.MINE
    assert second.holder == ""


def test_two_names_of_one_file_share_the_lock(document, tmp_path):
    link = tmp_path / "link.note"
    link.symlink_to(document)
    FileLock(document).acquire()
    assert FileLock(link).acquire() is LockState.THEIRS


def test_a_reused_process_number_does_not_hold_a_lock(document):
    lock = FileLock(document)
    lock.acquire()
    data = json.loads(lock.path.read_bytes())
    if not data["started"]:
        pytest.skip("this system does not tell when a process was born")
    lock.path.write_text(json.dumps({**data, "started": "1@former"}))
    assert FileLock(document).acquire() is LockState.MINE


def foreign(document) -> FileLock:
    lock = FileLock(document)
    lock.acquire()
    data = {**json.loads(lock.path.read_bytes()), "host": "desk-4", "user": "ann", "pid": 7}
    lock.path.write_text(json.dumps(data))
    return lock


def test_a_lock_of_another_computer_is_reported_and_ages_out(document):
    foreign(document)
    lock = FileLock(document)
    assert lock.acquire() is LockState.THEIRS
    assert lock.holder == "ann on desk-4 (process 7)"
    assert FileLock(document, later(FOREIGN_SECONDS + 5)).acquire() is LockState.MINE


def test_a_lock_can_be_taken_over_and_the_former_holder_learns_it(document):
    first, second = FileLock(document), FileLock(document)
    first.acquire()
    second.acquire()
    assert second.take_over() is LockState.MINE
    assert first.renew() is LockState.THEIRS
    assert first.holder
    first.release()
    assert second.renew() is LockState.MINE


def test_renewing_keeps_a_lock_young_for_other_computers(document):
    lock = FileLock(document)
    lock.acquire()
    os.utime(lock.path, (1, 1))
    lock.renew()
    assert time.time() - lock.path.stat().st_mtime < 60


def test_a_lock_file_that_somebody_deleted_is_made_again(document):
    lock = FileLock(document)
    lock.acquire()
    lock.path.unlink()
    assert lock.renew() is LockState.MINE
    assert lock.path.exists()


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0" * 300, b"{}", b"[" * 9999, b'{"host": 1}', b"\xff", b'{"host":"a","pid":true}'],
)
def test_a_lock_that_cannot_be_read_is_reported_at_first_and_then_taken(document, garbage):
    path = FileLock(document).path
    path.write_bytes(garbage)
    young = FileLock(document)
    assert young.acquire() is LockState.THEIRS
    assert young.holder == "another program"
    assert FileLock(document, later(GARBAGE_SECONDS + 5)).acquire() is LockState.MINE


def test_garbage_can_be_taken_over_at_once(document):
    lock = FileLock(document)
    lock.path.write_bytes(b"?")
    lock.acquire()
    assert lock.take_over() is LockState.MINE


def test_a_folder_or_a_link_in_the_place_of_the_lock_blocks_nobody_for_ever(document):
    lock = FileLock(document)
    lock.path.mkdir()
    (lock.path / "full").touch()
    assert lock.acquire() is LockState.THEIRS
    assert lock.take_over() is LockState.IMPOSSIBLE
    (lock.path / "full").unlink()
    lock.path.rmdir()
    lock.path.symlink_to("nowhere")
    lock.acquire()
    assert lock.take_over() is LockState.MINE


def test_a_process_number_beyond_belief_holds_nothing(document):
    lock = foreign(document)
    data = json.loads(lock.path.read_bytes())
    for pid in (-1, 0, 10**30):
        mark = {**data, "host": process.this_process().host, "pid": pid}
        lock.path.write_text(json.dumps(mark))
        assert FileLock(document).acquire() is LockState.MINE


@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_a_folder_that_takes_no_lock_does_not_hinder_work(document, monkeypatch, error):
    def refuse(*_):
        raise error(30, "read-only")

    lock = FileLock(document)
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        assert lock.acquire() is LockState.IMPOSSIBLE
    assert lock.renew() is LockState.IMPOSSIBLE
    lock.release()


def test_a_lock_that_could_not_be_written_is_removed(document, monkeypatch):
    lock = FileLock(document)
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda *_: 3)
        assert lock.acquire() is LockState.IMPOSSIBLE
    assert not lock.path.exists()


def test_a_fresh_lock_that_replaced_a_stale_one_is_put_back(document):
    lock = FileLock(document)
    lock.path.write_bytes(b"fresh")
    assert not lock._remove(b"stale")
    assert lock.path.read_bytes() == b"fresh"
    assert sorted(os.listdir(document.parent)) == [lock.path.name, "a.note"]


def test_a_name_too_long_for_a_lock_file_does_not_hinder_work(tmp_path):
    lock = FileLock(tmp_path / ("n" * 250))
    assert lock.acquire() is LockState.IMPOSSIBLE


def test_the_holder_is_told_in_printable_words(document):
    lock = foreign(document)
    data = {**json.loads(lock.path.read_bytes()), "user": "a\x1b[31m" + "b" * 500}
    lock.path.write_text(json.dumps(data))
    second = FileLock(document)
    second.acquire()
    assert second.holder.isprintable()
    assert len(second.holder) < 150
    assert file_lock.NOBODY_KNOWN not in second.holder
