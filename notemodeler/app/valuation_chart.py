"""The values of a run as lines over days: each value holds until the next report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from math import nan
from typing import TYPE_CHECKING, NamedTuple

from notemodeler.app.results import trading_days_between
from notemodeler.app.valuation_columns import in_cents
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.engines.words import dollars

if TYPE_CHECKING:
    from notemodeler.app.valuation import ValuationRun, Valuations
    from notemodeler.engines.valuation.worth import FairValue

QUARTER_END = "quarter end"


class RunFigures(NamedTuple):
    """One figure a day, NaN where there is none; `events` are the days worth a word, with that word."""

    days: tuple[date, ...]
    note: tuple[float, ...]
    right: tuple[float, ...]
    straight: tuple[float, ...]
    events: tuple[tuple[date, str], ...]
    summary: str


def run_figures(valuations: Valuations, run: ValuationRun) -> RunFigures:
    """The run over the trading days from its first date to its last, and over its dates themselves."""
    rows = run.values.rows
    if not rows:
        return RunFigures((), (), (), (), (), "")
    dates = [row.found.on for row in rows]
    calendar = valuations.results.market.calendar
    between = trading_days_between(calendar, dates[0], dates[-1])
    days = tuple(sorted({*between, *dates}))
    latest = [rows[bisect_right(dates, day) - 1].found for day in days]

    def line(take: Callable[[FairValue], float | None]) -> tuple[float, ...]:
        taken = (take(found) for found in latest)
        return tuple(nan if value is None else value for value in taken)

    return RunFigures(
        days,
        line(lambda found: found.note),
        line(lambda found: found.right),
        line(lambda found: found.straight),
        tuple((row.found.on, row.why) for row in rows if row.why != QUARTER_END),
        _summary(run),
    )


def run_remarks(run: ValuationRun) -> tuple[Issue, ...]:
    """What there is to say of the values, each remark with the dates that it is about, unless it is about all."""
    days: dict[Issue, list[date]] = {}
    for row in run.values.rows:
        for issue in dict.fromkeys(row.found.issues):
            days.setdefault(issue, []).append(row.found.on)
    return tuple(
        issue if len(about) == len(run.values.rows) else _dated(issue, about)
        for issue, about in days.items()
    )


def _dated(issue: Issue, about: list[date]) -> Issue:
    return issue._replace(text=f"{', '.join(map(show_date, about))}: {issue.text}")


def _summary(run: ValuationRun) -> str:
    first, last = run.values.rows[0].found, run.values.rows[-1].found
    return " ".join(
        f"On {show_date(found.on)} the note is worth {dollars(value)}."
        for found in ((first,) if first is last else (first, last))
        if (value := in_cents(found.note)) is not None
    )
