"""The figures of all trading days after one edit, for a year and for ten years of prices.

Run it as a program: `python tests/benchmarks/bench_daily.py`. It leaves with 1 if the middle run of any
edit takes longer than a millisecond for a year or five for ten years.
"""

import dataclasses
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.interest import Compounding
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.terms import with_value
from notemodeler.engines.daily import annual_costs, daily_figures
from notemodeler.engines.quote import Quoter
from notemodeler.io.trading_calendar import nyse_calendar

RUNS = 60


def long_project(first: date, last: date) -> Project:
    """The sample with a price on every trading day of the years, and a note that lasts as long."""
    draw, price, bars = random.Random(8), 0.0042, []
    days = nyse_calendar().between(first, last)
    for day in days:
        price = max(0.00005, price * (1 + draw.gauss(0, 0.05)))
        bars.append(PriceBar(day, Decimal(f"{price:.5f}")))
    project = ascent_project()
    note = dataclasses.replace(
        project.notes[0], issue_date=first, funding_date=first, maturity_date=last
    )
    series = dataclasses.replace(project.prices[0], bars=tuple(bars))
    return project.with_series(series).with_note(note)


def price_edit(project: Project, run: int) -> Project:
    bars = project.prices[0].bars
    place = len(bars) // 2
    bar = PriceBar(bars[place].date, Decimal(run + 1).scaleb(-4))
    series = project.prices[0]
    return project.with_series(
        PriceSeries(series.kind, series.source, (*bars[:place], bar, *bars[place + 1 :]))
    )


def note_edit(project: Project, *path: str, value: object) -> Project:
    return project.with_note(with_value(project.notes[0], path, value))


EDITS: dict[str, Callable[[Project, int], Project]] = {
    "a price": price_edit,
    "the interest rate": lambda project, run: note_edit(
        project, "interest", "rate", value=Decimal(run + 50).scaleb(-3)
    ),
    "the multiplier": lambda project, run: note_edit(
        project, "conversion", "rule", "multiplier", value=Decimal(run + 400).scaleb(-3)
    ),
    "the look-back (a new network)": lambda project, run: note_edit(
        project, "conversion", "rule", "lookback_days", value=run + 5
    ),
}


def milliseconds(quoters: list[Quoter], days: tuple[date, ...]) -> list[float]:
    taken = []
    for each in quoters:
        start = time.perf_counter()
        daily_figures(each, days)
        taken.append(1000 * (time.perf_counter() - start))
    return sorted(taken)


def measure(name: str, project: Project, most: float) -> bool:
    results = compute(project)
    days = results.chart_days
    start = time.perf_counter()
    figures = daily_figures(results.quoter, days)
    print(f"{name}: {len(days)} days, first time {1000 * (time.perf_counter() - start):.2f} ms")
    within = True
    for what, edit in EDITS.items():
        taken = milliseconds([compute(edit(project, run)).quoter for run in range(RUNS)], days)
        print(
            f"  after an edit of {what:30} {taken[0]:6.3f} ms fastest {taken[RUNS // 2]:6.3f} ms middle"
        )
        within &= taken[RUNS // 2] <= most
    start = time.perf_counter()
    annual_costs(results.quoter, figures)
    print(f"  annual costs {1000 * (time.perf_counter() - start):.3f} ms")
    return within


def compounded(project: Project) -> Project:
    note: Note = project.notes[0]
    return note_edit(
        project,
        "interest",
        value=dataclasses.replace(note.interest, compounding=Compounding.MONTHLY),
    )


def main() -> int:
    decade = long_project(date(2010, 1, 4), date(2019, 12, 31))
    within = [
        measure("the sample", ascent_project(), 1.0),
        measure("ten years", decade, 5.0),
        measure("ten years, compounded monthly", compounded(decade), 5.0),
    ]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
