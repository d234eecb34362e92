"""Fill a small disk around a save, at every size near its limit, and count what was lost (by hand).

    sudo python tests/stress/disk_full.py [tries]

Mounts memory disks of one megabyte (it needs the right to mount): one that runs out of bytes, one
that runs out of files. Each save must be whole or refused with a sentence, the old file then
identical, and nothing left beside it.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from notemodeler.domain.issues import UserError  # noqa: E402 - runs from a checkout
from notemodeler.domain.project import Project  # noqa: E402
from notemodeler.io.atomic_file import write_atomically  # noqa: E402
from notemodeler.io.document_file import load_document, save_document  # noqa: E402
from notemodeler.io.file_lock import FileLock  # noqa: E402

DISK_BYTES = 1 << 20


@contextlib.contextmanager
def small_disk(options: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", name], check=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def out_of_bytes(tries: int) -> Counter[str]:
    """Saves of every size around what is free beside an old file."""
    counts = Counter[str]()
    with small_disk(f"size={DISK_BYTES}") as disk:
        path, old = disk / "a.xlsx", b"old" * 100_000
        path.write_bytes(old)
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        for attempt in range(tries):
            size = free + (attempt - tries // 2) * 64
            new = bytes([attempt % 251]) * size
            outcome = one_save(path, old, new, size <= free)
            counts[f"bytes: {outcome}"] += 1
            counts["bytes: left over"] += os.listdir(disk) != ["a.xlsx"]
            path.write_bytes(old)
    return counts


def one_save(path: Path, old: bytes, new: bytes, fits: bool) -> str:
    try:
        write_atomically(path, new)
    except UserError as error:
        if path.read_bytes() != old:
            return "OLD FILE LOST"
        told = "disk is full" in error.sentence
        return "refused" if told and not fits else "REFUSED WITHOUT REASON"
    return "saved whole" if fits and path.read_bytes() == new else "TORN"


def out_of_files() -> Counter[str]:
    """Saves and locks on a disk that takes not one file more."""
    counts = Counter[str]()
    with small_disk(f"size={DISK_BYTES},nr_inodes=6") as disk:
        path, project = disk / "a.note", Project()
        save_document(path, project)
        with contextlib.suppress(OSError):
            for count in range(10):
                (disk / f"filler {count}").touch()
        before = sorted(os.listdir(disk))
        try:
            save_document(path, project)
            counts["files: SAVED WITHOUT ROOM"] += 1
        except UserError as error:
            counts["files: refused" if "full" in error.sentence else "files: NO REASON"] += 1
        counts[f"files: lock {FileLock(path).acquire().value}"] += 1
        counts["files: left over"] += sorted(os.listdir(disk)) != before
        counts["files: OLD FILE LOST"] += load_document(path).project != project
    return counts


def main(arguments: list[str]) -> int:
    counts = out_of_bytes(int(arguments[0]) if arguments else 300) + out_of_files()
    for what, count in sorted(counts.items()):
        print(f"{count:8}  {what}")
    bad = [what for what in counts if "left over" in what or what.split(": ")[1].isupper()]
    return int(any(counts[what] for what in bad))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
