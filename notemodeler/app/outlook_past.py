"""What came before a simulation: the known prices, conversion prices and share counts of its last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import nan

from notemodeler.app.simulation import Simulation
from notemodeler.engines.daily import daily_figures
from notemodeler.engines.splits import new_for_old

LEAST_DAYS, MOST_DAYS = 40, 120
"""As many known days are shown as simulated ones, within these bounds."""


@dataclass(frozen=True)
class Past:
    """One figure a trading day, NaN where there is none, in dollars and shares of the last day."""

    days: tuple[date, ...]
    price: tuple[float, ...]
    conversion_price: tuple[float, ...]
    outstanding: tuple[float, ...]


def past_of(simulation: Simulation) -> Past:
    """The known days before the first simulated one."""
    known, on = simulation.known, simulation.on
    market, kind = known.market, known.note.conversion.rule.series
    series = market.series_for(kind)
    count = min(MOST_DAYS, max(LEAST_DAYS, len(simulation.case.days)))
    days = market.calendar.last_through(on, count)
    if series is not None and series.bars:
        days = tuple(day for day in days if day >= series.dates[0])
    if not days:
        return Past((), (), (), ())
    splits = known.issuer.splits
    factors = [float(new_for_old(splits, day, on)) for day in days]
    paid = daily_figures(simulation.valued.quoter, days).conversion_price.tolist()
    prices = (known.price_on(kind, day) for day in days)
    counts = (known.book.register.outstanding(day) for day in days)
    return Past(
        days,
        tuple(nan if price is None else price for price in prices),
        tuple(price / factor for price, factor in zip(paid, factors, strict=True)),
        tuple(
            nan if count is None else count * factor
            for count, factor in zip(counts, factors, strict=True)
        ),
    )
