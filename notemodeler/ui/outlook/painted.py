"""The figures of an outlook as charts take them: fans with their words, distributions with their marks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notemodeler.app.outlook_words import Amount, Unit
from notemodeler.domain.dates import show_date
from notemodeler.ui.charts.fan_panel import Fan
from notemodeler.ui.charts.histogram import Bars, Mark
from notemodeler.ui.charts.scales import percent_ticks, shares_ticks
from notemodeler.ui.charts.ticks import Tick, day_ticks, money_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from notemodeler.app.outlook import Outlook
    from notemodeler.app.outlook_columns import FigureRow
    from notemodeler.app.outlook_scopes import FanLines
    from notemodeler.engines.simulation.spread import Spread

MARK_NAMES = ("5 %", "25 %", "50 %", "75 %", "95 %")
TICKS = {Unit.SHARES: shares_ticks, Unit.DOLLARS: money_ticks, Unit.PART: percent_ticks}


def fan(outlook: Outlook, lines: FanLines) -> Fan:
    """The quantiles from the highest down, and how they end."""
    low, middle, high = (Amount(lines.rows[at][-1], lines.unit).text for at in (0, 2, 4))
    last = show_date(outlook.days[-1])
    summary = (
        f"{lines.title}: on {last} the middle path is at {middle}, nine of ten are between {low} and {high}; "
        f"{outlook.paths:,} paths, seed {outlook.seed}."
    )
    return Fan(lines.title, lines.known, lines.rows[::-1], lines.errors[::-1], summary)


def bars(outlook: Outlook, row: FigureRow) -> Bars | None:
    """The distribution of a figure; None for a chance, which has none."""
    spread = row.spread
    if spread is None:
        return None
    is_day = row.unit is Unit.DAY
    ticks = partial(_days, outlook.picture.days) if is_day else TICKS[row.unit]
    return Bars(
        spread.edges,
        tuple(count / spread.paths for count in spread.counts),
        spread.beyond / spread.paths,
        "not before" if is_day else "more",
        tuple(_marks(row, spread)),
        ticks,
        _words(row, outlook.picture.days),
    )


def _marks(row: FigureRow, spread: Spread) -> list[Mark]:
    cells = [cell for cell in row.cells[1:] if cell is not None]
    unit = Unit.DAYS if row.unit is Unit.DAY else row.unit
    return [
        Mark(
            name, estimate.value, estimate.error,
            f"{cell.text} ± {Amount(estimate.error, unit).text}",
        )
        for name, cell, estimate in zip(MARK_NAMES, cells, spread.quantiles, strict=True)
    ]  # fmt: skip


def _words(row: FigureRow, days: Sequence[date]) -> Callable[[float, float], str]:
    if row.unit is Unit.DAY:
        return lambda low, high: _span(days, low, high)
    unit = row.unit
    return lambda low, high: f"{Amount(low, unit).text} to {Amount(high, unit).text}"


def _span(days: Sequence[date], low: float, high: float) -> str:
    """The days whose numbers lie between two edges."""
    last = len(days) - 1
    first, end = min(last, round(low + 0.5)), min(last, round(high - 0.5))
    return show_date(days[first]) + (f" to {show_date(days[end])}" if end > first else "")


def _days(days: Sequence[date], low: float, high: float, most: int) -> list[Tick]:
    return day_ticks(days, low, high, most)
