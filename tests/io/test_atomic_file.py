"""A file holds the old bytes or the new ones, whatever the system does meanwhile."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from notemodeler.domain.issues import UserError
from notemodeler.io import atomic_file, stale_files
from notemodeler.io.atomic_file import CHUNK, PATIENCE_SECONDS, _patiently, write_atomically
from notemodeler.io.stale_files import sweep_stale, temporary_name

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are of POSIX")
OLD, NEW = b"old " * 10, os.urandom(3 * CHUNK + 17)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.note"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def refusing(code: int, on_call: int = 1, **facts):
    """A system call that fails with the code from the given call on."""
    calls = []

    def call(*_, **__):
        calls.append(1)
        if len(calls) >= on_call:
            error = OSError(code, os.strerror(code))
            error.__dict__.update(facts)
            raise error
        return

    return call


def refusal(path, data=NEW) -> UserError:
    with pytest.raises(UserError) as caught:
        write_atomically(path, data)
    return caught.value


@pytest.mark.parametrize("data", [b"", b"x", NEW], ids=["nothing", "a byte", "many chunks"])
def test_the_file_holds_exactly_the_bytes(file, data):
    write_atomically(file, data)
    assert file.read_bytes() == data
    assert names(file.parent) == ["a.note"]


def test_a_disk_that_takes_a_part_of_each_chunk_gets_the_rest(file, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[: max(1, len(data) // 3)]))
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW


def test_a_disk_that_claims_more_than_it_holds_is_found_out(file, monkeypatch):
    write = os.write

    def claims_all(fd, data):
        write(fd, data[: len(data) // 2])
        return len(data)

    monkeypatch.setattr(os, "write", claims_all)
    assert "disk" in refusal(file).sentence
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["a.note"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "fstat"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "only be read"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EIO, "reported an error"),
    ],
)
def test_every_refusal_leaves_the_old_file_and_nothing_else(file, monkeypatch, call, code, words):
    with monkeypatch.context() as patched:
        patched.setattr(os, call, refusing(code))
        error = refusal(file)
    assert "“a.note”" in error.sentence
    assert words in error.sentence
    assert "Save As" in error.hint
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["a.note"]


def test_an_interrupt_leaves_the_old_file_and_nothing_else(file, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(file, NEW)
    assert file.read_bytes() == OLD
    assert names(file.parent) == ["a.note"]


@posix
def test_a_rename_that_the_disk_does_not_confirm_is_told(file, monkeypatch):
    fsync, calls = os.fsync, []

    def second_fails(fd):
        calls.append(fd)
        if len(calls) == 2:
            raise OSError(errno.EIO, "")
        fsync(fd)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", second_fails)
        assert "did not confirm" in refusal(file).sentence
    assert file.read_bytes() == NEW


@posix
def test_the_file_and_then_its_folder_are_synced(file, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(os.readlink(f"/proc/self/fd/{fd}")))
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("there is no /proc here")
    write_atomically(file, NEW)
    assert synced[0].endswith(".tmp")
    assert synced[1] == str(file.parent)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a\0b.note", "no file name"),
        ("\ud800.note", "no file name"),
        ("n" * 300 + ".note", "too long"),
        ("missing/a.note", "does not exist"),
        ("a.note/b.note", "not a folder"),
        (".", "folder"),
    ],
)
def test_a_path_that_cannot_be_is_refused_in_a_sentence(file, name, words):
    before = names(file.parent)
    error = refusal(os.path.join(file.parent, name))
    assert words in error.sentence
    error.sentence.encode()
    assert names(file.parent) == before


@posix
def test_the_longest_name_that_the_disk_takes_can_be_saved(tmp_path):
    path = tmp_path / ("n" * 250 + ".note")
    write_atomically(path, NEW)
    assert path.read_bytes() == NEW


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_the_mode_of_an_existing_file_is_kept(file, mode):
    file.chmod(mode)
    write_atomically(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_gets_what_the_umask_allows(tmp_path, umask):
    former = os.umask(umask)
    try:
        write_atomically(tmp_path / "open", b"")
        write_atomically(tmp_path / "private", b"", private=True)
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o666 & ~umask
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


@posix
def test_a_link_is_followed_and_stays_a_link(file, tmp_path):
    (tmp_path / "deep").mkdir()
    link = tmp_path / "deep" / "link.note"
    link.symlink_to("../a.note")
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert names(tmp_path / "deep") == ["link.note"]


@posix
def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert "circle" in refusal(tmp_path / "a").sentence


@posix
def test_a_pipe_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refusal(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_write_protected_file_is_not_replaced(file, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    assert "may not write" in refusal(file).sentence
    assert file.read_bytes() == OLD


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_in_use_on_windows_is_waited_for(file, monkeypatch, code):
    replace, calls = os.replace, []

    def in_use_twice(source, target):
        calls.append(1)
        if len(calls) < 3:
            error = PermissionError(errno.EACCES, "in use")
            error.winerror = code
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", in_use_twice)
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW


def test_the_wait_for_a_file_in_use_ends_after_its_time():
    now = [0.0]

    def sleep(seconds):
        now[0] += seconds

    with pytest.raises(OSError, match="in use"):
        _patiently(refuse_as_windows, lambda: now[0], sleep)
    assert PATIENCE_SECONDS - 0.5 < now[0] <= PATIENCE_SECONDS


def refuse_as_windows():
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32
    raise error


def test_other_refusals_of_the_rename_are_not_waited_for():
    with pytest.raises(OSError, match="full"):
        _patiently(refusing_once, sleep=lambda _: pytest.fail("it waited"))


def refusing_once():
    raise OSError(errno.ENOSPC, "full")


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_what_a_killed_process_left_is_swept_at_the_next_save(file, monkeypatch):
    dead = dead_process()
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: dead)
        left = file.parent / temporary_name()
    left.write_bytes(b"half")
    write_atomically(file, NEW)
    assert names(file.parent) == ["a.note"]


def test_what_a_running_process_or_a_stranger_writes_is_not_swept(tmp_path, monkeypatch):
    mine = tmp_path / temporary_name()
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", os.getppid)
        parents = tmp_path / temporary_name()
    with monkeypatch.context() as patched:
        patched.setattr(stale_files.platform, "node", lambda: "elsewhere")
        foreign = tmp_path / temporary_name()
    others = [tmp_path / ".notemodeler-notes.tmp", tmp_path / "important.tmp"]
    for path in (mine, parents, foreign, *others):
        path.touch()
    assert sweep_stale(tmp_path) == 0
    for path in (parents, foreign, *others):
        os.utime(path, (0, 0))
    assert sweep_stale(tmp_path) == 2
    assert names(tmp_path) == sorted(path.name for path in (mine, *others))


def test_what_an_earlier_process_of_our_number_left_is_swept(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(stale_files, "_runs", {os.getpid(): "00000000"})
        (tmp_path / temporary_name()).touch()
    assert sweep_stale(tmp_path) == 1


LIMITED = """
import resource, sys
from notemodeler.domain.issues import UserError
from notemodeler.io.atomic_file import write_atomically
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
for size in range(limit - 40, limit + 40, 8):
    try:
        write_atomically(sys.argv[1], b"n" * size)
        print(size, "saved")
    except UserError as error:
        print(size, "refused", error.sentence)
"""


@posix
def test_at_the_limit_of_the_disk_a_save_is_whole_or_refused(file):
    limit = CHUNK + 1000
    command = [sys.executable, "-c", LIMITED, str(file), str(limit)]
    root = Path(atomic_file.__file__).parents[2]
    lines = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    outcomes = {int(line.split()[0]): line.split()[1] for line in lines}
    assert outcomes == {size: "saved" if size <= limit else "refused" for size in outcomes}
    assert len(outcomes) == 10
    assert file.stat().st_size == max(size for size in outcomes if size <= limit)
    assert names(file.parent) == ["a.note"]
