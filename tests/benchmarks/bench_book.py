"""What an edit costs in a book of fifty notes over ten years of prices, against working out everything.

Run it as a program: `python tests/benchmarks/bench_book.py`. After each edit the book, the quote of the
selected note and all its daily figures are asked for. It leaves with 1 if the middle run of an edit takes
more than its part of a run from nothing, or if another note of the same document is not there at once.
"""

import dataclasses
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from notemodeler.app.results import Results, compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.terms import with_value
from notemodeler.io.trading_calendar import nyse_calendar

NOTES, CONVERSIONS, RUNS = 50, 20, 15
FIRST, LAST = date(2010, 1, 4), date(2019, 12, 31)
DAYS = nyse_calendar().between(FIRST, LAST)
MOST_OF_ALL = 0.35
"""The part of a run from nothing that an edit may take."""
AT_ONCE = 0.02


def prices() -> PriceSeries:
    draw, price, bars = random.Random(8), 0.42, []
    for day in DAYS:
        price = max(0.002, price * (1 + draw.gauss(0, 0.05)))
        bars.append(PriceBar(day, Decimal(f"{price:.5f}")))
    return dataclasses.replace(ascent_project().prices[0], bars=tuple(bars))


def note(place: int, draw: random.Random) -> Note:
    """A note of a year: half of its conversions are left to the rule, half are stated."""
    issued = FIRST + timedelta(days=60 + 60 * place)
    days = sorted(issued + timedelta(days=draw.randrange(185, 500)) for _ in range(CONVERSIONS))
    ledger = tuple(
        LedgerEntry(day, EntryKind.CONVERSION, Decimal(draw.randrange(300, 5000)))
        if at % 2
        else LedgerEntry(
            day, EntryKind.CONVERSION, Decimal(2000), Decimal("0.02"), 100_000 + draw.randrange(9)
        )
        for at, day in enumerate(days)
    )
    sample = ascent_project().notes[0]
    terms = dataclasses.replace(sample.conversion, opens_date=None)
    return dataclasses.replace(
        sample,
        title=f"Note {place + 1}",
        holder=f"Holder {place % 7}",
        issue_date=issued,
        funding_date=issued + timedelta(days=1),
        maturity_date=issued + timedelta(days=365),
        conversion=terms,
        ledger=ledger,
    )


def whole_book() -> Project:
    draw = random.Random(50)
    counts = tuple(
        ShareCount(date(year, month, 15), 10**9 + year * 10**6 + month)
        for year in range(2010, 2020)
        for month in (2, 5, 8, 11)
    )
    issuer = Issuer("Fifty", shares_outstanding=counts, splits=(Split(date(2015, 6, 1), 10, 1),))
    notes = tuple(note(place, draw) for place in range(NOTES))
    return dataclasses.replace(ascent_project(), issuer=issuer, prices=(prices(),), notes=notes)


SELECTED = 20


def price_edit(place: int) -> Callable[[Project, int], Project]:
    def edit(project: Project, run: int) -> Project:
        series = project.prices[0]
        bar = PriceBar(DAYS[place], Decimal(run + 100).scaleb(-3))
        bars = (*series.bars[:place], bar, *series.bars[place + 1 :])
        return project.with_series(dataclasses.replace(series, bars=bars))

    return edit


def note_edit(*path: str, value: Callable[[int], object], at: int = SELECTED):
    def edit(project: Project, run: int) -> Project:
        return project.with_note(with_value(project.notes[at], path, value(run)), at)

    return edit


def conversion_edit(at: int) -> Callable[[Project, int], Project]:
    def edit(project: Project, run: int) -> Project:
        ledger = project.notes[at].ledger
        entry = dataclasses.replace(
            ledger[1], amount=Decimal(400 + run), stated_price=None, stated_shares=None
        )
        changed = dataclasses.replace(project.notes[at], ledger=(ledger[0], entry, *ledger[2:]))
        return project.with_note(changed, at)

    return edit


EDITS: dict[str, Callable[[Project, int], Project]] = {
    "a price of the middle": price_edit(len(DAYS) // 2),
    "the first price": price_edit(0),
    "the last price": price_edit(len(DAYS) - 1),
    "the interest rate": note_edit(
        "interest", "rate", value=lambda run: Decimal(run + 50).scaleb(-3)
    ),
    "the multiplier": note_edit(
        "conversion", "rule", "multiplier", value=lambda run: Decimal(run + 400).scaleb(-3)
    ),
    "the limit of the holder": note_edit(
        "conversion", "ownership_limit", value=lambda run: Decimal(run + 400).scaleb(-4)
    ),
    "a conversion of the selected note": conversion_edit(SELECTED),
    "the first conversion of the book": conversion_edit(0),
    "the title": note_edit("title", value=lambda run: f"Title {run}"),
}


def everything(results: Results) -> float:
    """Milliseconds for the book, the quote of the selected note and its daily figures."""
    start = time.perf_counter()
    assert len(results.book.histories) == NOTES
    assert results.quote(results.next_notice_date).owed is not None
    assert len(results.daily.days) > 2000
    return 1000 * (time.perf_counter() - start)


def middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def main() -> int:
    project = whole_book()
    results = compute(project, SELECTED)
    from_nothing = middle([everything(compute(whole_book(), SELECTED)) for _ in range(3)])
    everything(results)
    shares = sum(len(history.issued) for history in results.book.histories)
    print(f"{NOTES} notes, {len(DAYS)} prices, {shares} conversions booked")
    print(f"  from nothing                                    {from_nothing:7.1f} ms")
    within = True
    for what, edit in EDITS.items():
        times = []
        for run in range(RUNS):
            edited = edit(project, run)
            start = time.perf_counter()
            after = compute(edited, SELECTED, results)
            times.append(1000 * (time.perf_counter() - start) + everything(after))
        part = middle(times) / from_nothing
        within &= part <= MOST_OF_ALL
        print(f"  after an edit of {what:35}{middle(times):7.1f} ms {100 * part:4.0f} %")
    everything(results.of(SELECTED + 1))
    start = time.perf_counter()
    everything(compute(project, SELECTED + 1, results))
    again = 1000 * (time.perf_counter() - start)
    print(f"  selecting a note looked at before               {again:7.2f} ms")
    within &= again <= AT_ONCE * from_nothing
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
