"""Unsaved work outlives the process, privately, and never touches the user's file."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import notemodeler
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import Project, with_field
from notemodeler.io.recovery import FOREIGN_SECONDS, RecoveryStore, Snapshot, new_session

ROOT = Path(notemodeler.__file__).parents[1]
WORK = with_field(Project(), "issuer.name", "Ascent")
CRASH = """
import os, signal, sys, time
from pathlib import Path
from notemodeler.domain.project import Project, with_field
from notemodeler.io.recovery import RecoveryStore, new_session
work = with_field(Project(), "issuer.name", "Ascent")
RecoveryStore(Path(sys.argv[1])).write(
    new_session(), work, title="a.note", original=Path("/docs/a.note")
)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def store(tmp_path):
    return RecoveryStore(tmp_path / "state" / "recovery")


@pytest.fixture
def crashed(store) -> Snapshot:
    subprocess.run([sys.executable, "-c", CRASH, str(store.folder)], cwd=ROOT, check=False)
    (snapshot,) = store.abandoned()
    return snapshot


def test_the_work_of_a_killed_process_is_found_and_loaded(store, crashed):
    assert crashed.title == "a.note"
    assert crashed.original == Path("/docs/a.note")
    assert store.load(crashed) == (WORK, ())


def test_the_work_of_a_running_process_is_not_offered(store):
    store.write(new_session(), WORK, title="a", original=None)
    assert store.abandoned() == ()


def test_a_session_has_one_snapshot_its_latest(store):
    session = new_session()
    store.write(session, Project(), title="a", original=None)
    store.write(session, WORK, title="a", original=None)
    assert len(os.listdir(store.folder)) == 1
    store.discard(session)
    store.discard(session)
    assert os.listdir(store.folder) == []


def test_a_discarded_snapshot_is_gone(store, crashed):
    store.discard(crashed)
    assert store.abandoned() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_snapshots_are_private(store):
    store.folder.mkdir(parents=True, mode=0o755)
    file = store.write(new_session(), WORK, title="a", original=None)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_the_latest_snapshot_comes_first(store, crashed):
    other = store.folder / f"{new_session()}.recovery"
    other.write_bytes(crashed.file.read_bytes())
    os.utime(other, (1, 1))
    assert [snapshot.file for snapshot in store.abandoned()] == [crashed.file, other]


def test_a_snapshot_with_a_damaged_first_line_is_still_offered(store, crashed):
    _, _, document = crashed.file.read_bytes().partition(b"\n")
    for header in (b"", b"[]", b"\xff\x00", b'{"process": 3, "title": 4, "original": 5}'):
        crashed.file.write_bytes(header + b"\n" + document)
        (snapshot,) = store.abandoned()
        assert snapshot.original is None
        assert store.load(snapshot)[0] == WORK


def test_a_damaged_snapshot_is_refused_in_a_sentence(store, crashed):
    content = crashed.file.read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 3):
        crashed.file.write_bytes(content[:length])
        with pytest.raises(UserError, match="recovery copy"):
            store.load(crashed)
    crashed.file.unlink()
    with pytest.raises(UserError):
        store.load(crashed)


def test_other_files_in_the_folder_are_left_alone(store, crashed):
    for name in ("notes.txt", "x.recovery", "0123456789abcdeg.recovery"):
        (store.folder / name).touch()
    assert store.abandoned() == (crashed,)


def test_the_work_on_another_computer_is_offered_only_when_it_has_rested(store, crashed):
    content = crashed.file.read_bytes().replace(b'"host": "', b'"host": "not-')
    crashed.file.write_bytes(content)
    assert store.abandoned() == ()
    later = crashed.file.stat().st_mtime + FOREIGN_SECONDS + 5
    assert len(RecoveryStore(store.folder, lambda: later).abandoned()) == 1


def test_a_path_that_is_no_utf8_survives(store):
    path = Path(os.fsdecode(b"/docs/\xff.note"))
    store.write("0" * 16, WORK, title=path.name, original=path)
    assert store._described("0" * 16).original == path


def test_a_session_name_cannot_leave_the_folder(store):
    with pytest.raises(ValueError, match="no session"):
        store.write("../../evil", WORK, title="a", original=None)


def test_no_folder_yet_means_no_snapshots(store):
    assert store.abandoned() == ()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="could not be saved"):
        RecoveryStore(tmp_path / "file" / "recovery").write(
            new_session(), WORK, title="a", original=None
        )


def test_half_written_snapshots_are_swept_at_the_next_start(store, crashed):
    left = store.folder / ".notemodeler-00000000-1-00000000-0.tmp"
    left.touch()
    os.utime(left, (1, 1))
    store.abandoned()
    assert not left.exists()
