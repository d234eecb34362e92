"""Kill the program with signal 9 while it saves, again and again, and count what was lost (by hand).

    python tests/stress/kill_in_save.py [kills] [seed] [naive | lazy]

The victim saves a document, its recovery copy and an export as fast as it can, and acknowledges
each save. After every kill the three files must be whole and not older than acknowledged, the lock
must be free, and the next save must sweep what the kill left. Two controls
must fail: `naive` writes in place (torn files), `lazy` skips every other write (old files).
"""

import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from notemodeler.domain.issues import UserError  # noqa: E402 - runs from a checkout
from notemodeler.domain.prices import PriceBar, PriceSeries  # noqa: E402
from notemodeler.domain.project import Project  # noqa: E402
from notemodeler.io import document_file, recovery  # noqa: E402
from notemodeler.io.atomic_file import write_atomically  # noqa: E402
from notemodeler.io.document_file import load_document, save_document  # noqa: E402
from notemodeler.io.file_lock import FileLock, LockState  # noqa: E402
from notemodeler.io.recovery import RecoveryStore  # noqa: E402

SESSION = "0123456789abcdef"
TURNS = itertools.count()
LONGEST_DELAY = 0.25
EXPORT_BYTES = 3_000_000


def project(serial: int) -> Project:
    bars = tuple(
        PriceBar(date(2010, 1, 1) + timedelta(days=day), Decimal(day + 1) / 10000)
        for day in range(400)
    )
    return Project(prices=(PriceSeries(bars=bars),), remark=str(serial))


def export_bytes(serial: int) -> bytes:
    return f"{serial:>12}".encode() * (EXPORT_BYTES // 12)


def save_for_ever(folder: Path, serial: int, write: Callable[..., None]) -> None:
    """The victim: saves and tells, until it is killed."""
    store, work = RecoveryStore(folder / "recovery"), project(serial)
    FileLock(folder / "a.note").acquire()
    while True:
        serial += 1
        work = replace(work, remark=str(serial))
        save_document(folder / "a.note", work)
        tell("saved", serial)
        store.write(SESSION, work, title="a.note", original=folder / "a.note")
        tell("copied", serial)
        write(folder / "a.xlsx", export_bytes(serial))
        tell("exported", serial)


def tell(what: str, serial: int) -> None:
    os.write(1, f"{what} {serial}\n".encode())


def write_in_place(path: str | os.PathLike[str], data: bytes, *, private: bool = False) -> None:
    """The control: what a program does that does not care."""
    with open(path, "wb", buffering=0) as file:
        for start in range(0, len(data), 4096):
            file.write(data[start : start + 4096])


def write_every_other(path: str | os.PathLike[str], data: bytes, *, private: bool = False) -> None:
    """The control: what a program does that acknowledges too early."""
    if next(TURNS) % 2:
        write_atomically(path, data, private=private)


def one_kill(folder: Path, held: dict[str, int], delay: float, how: str) -> dict[str, int]:
    """Run a victim, kill it `delay` seconds after its first save; what it had acknowledged.

    What a file held before counts as acknowledged: the victim may die before it saves that file.
    """
    command = [sys.executable, __file__, "--victim", str(folder), str(max(held.values())), how]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert victim.stdout is not None
    first = victim.stdout.readline()
    time.sleep(delay)
    victim.kill()
    lines = (first + victim.stdout.read()).decode().splitlines()
    victim.wait()
    victim.stdout.close()
    told = dict(held)
    told.update((line.split()[0], int(line.split()[1])) for line in lines)
    return told


def found(folder: Path) -> dict[str, int]:
    """The serial number that each file holds; -1 for one that is not whole."""
    store = RecoveryStore(folder / "recovery")
    return {
        "saved": _serial(lambda: int(load_document(folder / "a.note").project.remark)),
        "copied": _serial(lambda: int(store.load(store.abandoned()[0])[0].remark)),
        "exported": _serial(lambda: _whole_export(folder / "a.xlsx")),
    }


def _serial(read) -> int:
    try:
        return read()
    except (UserError, ValueError, IndexError, OSError) as error:
        print("NOT WHOLE:", error)
        return -1


def _whole_export(path: Path) -> int:
    content = path.read_bytes()
    serial = int(content[:12])
    if content != export_bytes(serial):
        raise ValueError("a part of an export")
    return serial


def temporaries(folder: Path) -> int:
    return sum(1 for _ in folder.rglob(".notemodeler-*.tmp"))


def prepare(folder: Path) -> dict[str, int]:
    save_document(folder / "a.note", project(0))
    store = RecoveryStore(folder / "recovery")
    store.write(SESSION, project(0), title="a.note", original=None)
    write_atomically(folder / "a.xlsx", export_bytes(0))
    return {"saved": 0, "copied": 0, "exported": 0}


def run(kills: int, seed: int, how: str) -> Counter[str]:
    chance, counts = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = prepare(folder)
        for _ in range(kills):
            before = held
            told = one_kill(folder, held, chance.uniform(0, LONGEST_DELAY), how)
            counts["kills that left a temporary file"] += bool(temporaries(folder))
            held = found(folder)
            for what, number in held.items():
                counts[f"{what}: torn"] += number < 0
                counts[f"{what}: older than acknowledged"] += 0 <= number < told[what]
                counts[f"{what}: acknowledged"] += told[what] - before[what]
            lock = FileLock(folder / "a.note")
            counts["locks not free"] += lock.acquire() is not LockState.MINE
            lock.release()
            if -1 in held.values():
                held = prepare(folder)
            write_atomically(folder / "a.xlsx", export_bytes(held["exported"]))
            counts["temporary files not swept"] += temporaries(folder)
    return counts


WRITERS = {"atomic": write_atomically, "naive": write_in_place, "lazy": write_every_other}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--victim"]:
        write = WRITERS[arguments[3]]
        document_file.write_atomically = recovery.write_atomically = write
        save_for_ever(Path(arguments[1]), int(arguments[2]), write)
    kills = int(arguments[0]) if arguments else 500
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    began = time.monotonic()
    counts = run(kills, seed, arguments[2] if len(arguments) > 2 else "atomic")
    print(f"{kills} kills with seed {seed} in {time.monotonic() - began:.0f} s")
    for what, count in sorted(counts.items()):
        print(f"{count:8}  {what}")
    bad = ("torn", "older than acknowledged", "not free", "not swept")
    return int(any(count for what, count in counts.items() if what.endswith(bad)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
