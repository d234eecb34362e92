"""Share counts on many days at once: what the balance buys, what is outstanding, what the limit allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy

from notemodeler.domain.conversion import ConversionTerms, ShareRounding
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.domain.prices import PriceSeries
from notemodeler.engines.accrual_arrays import ROUNDOFF
from notemodeler.engines.daily_prices import DailyPrices
from notemodeler.engines.history import HappeningKind, NoteHistory
from notemodeler.engines.holders import Stake
from notemodeler.engines.market import Market
from notemodeler.engines.price_arrays import Ints, ordinals_of
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.share_register import ShareRegister
from notemodeler.engines.shares import ownership_limit_shares, shares_for

TRUSTED = 16 * ROUNDOFF
"""The largest relative error of a count in float64: of balance, fee, price and quotient it is 7 roundings."""


@dataclass(frozen=True, slots=True)
class CountsByDay:
    """What changes only with events, one a day, before the day's own conversions; NaN where unknown.

    `converted` is in dollars, the others are whole shares of the day.
    """

    outstanding: Floats
    limit_shares: Floats
    converted: Floats
    issued: Floats


@lru_cache(maxsize=4)
def counts_by_day(
    terms: ConversionTerms,
    history: NoteHistory,
    register: ShareRegister,
    stake: Stake,
    place: int,
    days: tuple[date, ...],
) -> CountsByDay:
    """The counts on the days, which may come in any order."""
    ordinals = ordinals_of(days)
    begins = sorted({day for change in register.change_days for day in _around(change)})
    counts = [_counts_on(day, terms, register, stake, place) for day in begins]
    rows = numpy.array([_counts_on(date.min, terms, register, stake, place), *counts])
    starts = numpy.array([day.toordinal() for day in begins], numpy.int64)
    known = rows[numpy.searchsorted(starts, ordinals, "right")].T.copy()
    return CountsByDay(known[0], known[1], _converted_before(history, ordinals), known[2])


def _around(change: date) -> tuple[date, date]:
    """A report or a split counts as its day begins, what is issued from the day after."""
    return change, date.fromordinal(change.toordinal() + 1)


def _counts_on(
    day: date, terms: ConversionTerms, register: ShareRegister, stake: Stake, place: int
) -> tuple[float, float, float]:
    outstanding = register.outstanding(day, before_entries=True)
    limit = numpy.nan
    if outstanding is not None and terms.ownership_limit is not None:
        held = stake.held(register, day, before_entries=True)
        limit = float(ownership_limit_shares(terms.ownership_limit, outstanding, held))
    issued = register.taken(frozenset((place,)), day, before_entries=True)
    return numpy.nan if outstanding is None else float(outstanding), limit, float(issued)


def _converted_before(history: NoteHistory, ordinals: Ints) -> Floats:
    """The dollars converted before each day."""
    conversions = [each for each in history.happenings if each.kind is HappeningKind.CONVERSION]
    days = numpy.array([each.date.toordinal() for each in conversions], numpy.int64)
    totals, total = [0.0], Decimal(0)
    for each in conversions:
        total = MONEY_CONTEXT.add(total, each.settled.total)
        totals.append(float(total))
    return numpy.array(totals)[numpy.searchsorted(days, ordinals, "left")]


def shares_of_amounts(amounts: Floats, prices: DailyPrices, rounding: ShareRounding) -> Floats:
    """The whole shares that an amount in dollars and cents buys on each day, as the exact engine counts them.

    A count next to a step of its rounding is reckoned in Decimal.
    """
    exact = amounts / prices.conversion
    half = 0.5 if rounding is ShareRounding.NEAREST else 0.0
    shares = numpy.ceil(exact) if rounding is ShareRounding.UP else numpy.floor(exact + half)
    from_step = numpy.abs(exact - half - numpy.rint(exact - half))
    for place in numpy.flatnonzero((from_step <= TRUSTED * exact) & (exact > 0)).tolist():
        price = prices.exact.on(place)
        if price is not None:
            amount = Decimal(f"{amounts[place]:.2f}")
            shares[place] = float(shares_for(amount, price, rounding))
    return shares


def market_values(
    shares: Floats,
    last_known: Floats,
    market: Market,
    series: PriceSeries | None,
    days: Sequence[date],
) -> Floats:
    """What the shares would fetch at the latest price of each day, in dollars, rounded to the cent."""
    cents = 100 * shares * last_known
    whole = numpy.floor(cents + 0.5)
    from_half = numpy.abs(cents - numpy.floor(cents) - 0.5)
    for place in numpy.flatnonzero(from_half <= TRUSTED * cents).tolist():
        bar = market.last_price_by(series, days[place]) if series else None
        if bar is not None and bar.price is not None:
            value = MONEY_CONTEXT.multiply(Decimal(int(shares[place])), bar.price)
            whole[place] = 100 * to_cents(value)
    return numpy.asarray(whole / 100)
