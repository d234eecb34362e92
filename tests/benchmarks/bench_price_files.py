"""Prints what reading a million-row CSV takes, as a ratio to a bare csv + Decimal + date loop."""

import csv
import datetime
import io
import itertools
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from notemodeler.io.price_files import read_price_table

ROWS = 1_000_000
DAYS = 40_000
FIRST_DAY = datetime.date(1985, 1, 1)


def million_rows() -> bytes:
    """Dates from 1985 on, repeated, as there are not a million days; each day has one price."""
    chance = random.Random(1)
    rows = [
        f"{FIRST_DAY + datetime.timedelta(day)},{chance.randrange(1, 10**6) / 10**6:.6f}\n"
        for day in range(DAYS)
    ]
    return ("Date,Close\n" + "".join(rows) * (ROWS // DAYS)).encode()


def bare_loop(data: bytes) -> None:
    """What any reader of such a file must do at least, everything kept."""
    rows = csv.reader(io.StringIO(data.decode()))
    next(rows)
    assert len([(datetime.date.fromisoformat(day), Decimal(price)) for day, price in rows]) == ROWS


def read(data: bytes) -> None:
    """The reading itself, with a look that nothing was refused."""
    proposal = read_price_table(data)
    assert len(proposal.taken[0].bars) == DAYS
    assert proposal.rejected_count == 0


def seconds(work: Callable[[bytes], None], data: bytes) -> float:
    """The best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work(data)
        best = min(best, time.perf_counter() - start)
    return best


def longest_gap(data: bytes) -> float:
    """How long a cancel may have to wait: the longest time between two reports."""
    times = [time.perf_counter()]
    read_price_table(data, report=lambda fraction: times.append(time.perf_counter()))
    return max(later - earlier for earlier, later in itertools.pairwise(times))


def peak_mebibytes() -> float:
    """The most memory this process has held."""
    try:
        import resource
    except ImportError:
        return float("nan")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measures and prints; the reading comes first, as the bare loop needs more memory."""
    data = million_rows()
    reading, gap, peak = seconds(read, data), longest_gap(data), peak_mebibytes()
    bare = seconds(bare_loop, data)
    print(f"reading {ROWS:,} rows: {reading:.2f} s, peak {peak:.0f} MiB")
    print(f"longest wait for a cancel: {gap:.3f} s")
    print(f"bare loop: {bare:.2f} s; ratio {reading / bare:.2f}")


if __name__ == "__main__":
    main()
