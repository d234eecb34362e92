"""Share counts on many days at once: what the balance buys, what is outstanding, what the limit allows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

import numpy

from notemodeler.domain.note import ConversionTerms, ShareRounding
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Issuer
from notemodeler.engines.accrual_arrays import ROUNDOFF
from notemodeler.engines.daily_prices import DailyPrices
from notemodeler.engines.history import Happening, HappeningKind, NoteHistory
from notemodeler.engines.price_arrays import ordinals_of
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.shares import outstanding_on, ownership_limit_shares, shares_for

TRUSTED = 16 * ROUNDOFF
"""The largest relative error of a count in float64: of balance, price and quotient together it is 6 roundings."""


@dataclass(frozen=True, slots=True)
class CountsByDay:
    """What changes only with events, one a day, before the day's own conversions; NaN where unknown.

    `converted` is in dollars, the others are whole shares.
    """

    outstanding: Floats
    limit_shares: Floats
    converted: Floats
    issued: Floats


@lru_cache(maxsize=4)
def counts_by_day(
    terms: ConversionTerms, issuer: Issuer, history: NoteHistory, days: tuple[date, ...]
) -> CountsByDay:
    """The counts on the days, which may come in any order."""
    conversions = [each for each in history.happenings if each.kind is HappeningKind.CONVERSION]
    next_days = {each.date + timedelta(days=1) for each in conversions}
    changes = sorted({count.date for count in issuer.shares_outstanding} | next_days)
    rows = [(numpy.nan, numpy.nan, 0.0, 0.0)]
    rows += [_counts_on(day, terms, issuer, conversions) for day in changes]
    of_change = numpy.array([day.toordinal() for day in changes], numpy.int64)
    of_day = numpy.searchsorted(of_change, ordinals_of(days), "right")
    return CountsByDay(*numpy.array(rows, numpy.float64)[of_day].T.copy())


def _counts_on(
    day: date, terms: ConversionTerms, issuer: Issuer, conversions: list[Happening]
) -> tuple[float, float, float, float]:
    past = [each for each in conversions if each.date < day]
    total = sum(each.shares for each in past)
    outstanding = outstanding_on(
        day, issuer.shares_outstanding, [(each.date, each.shares) for each in past]
    )
    limit = numpy.nan
    if outstanding is not None and terms.ownership_limit is not None:
        held = terms.holder_shares + (0 if terms.lots_are_sold else total)
        limit = float(ownership_limit_shares(terms.ownership_limit, outstanding, held))
    known = numpy.nan if outstanding is None else float(outstanding)
    return known, limit, float(sum(each.settled.total for each in past)), float(total)


def shares_of_balance(owed: Floats, prices: DailyPrices, rounding: ShareRounding) -> Floats:
    """The whole shares that all that is owed on each day buys, as the exact engine counts them.

    A count next to a step of its rounding is reckoned in Decimal.
    """
    exact = owed / prices.conversion
    half = 0.5 if rounding is ShareRounding.NEAREST else 0.0
    shares = numpy.ceil(exact) if rounding is ShareRounding.UP else numpy.floor(exact + half)
    from_step = numpy.abs(exact - half - numpy.rint(exact - half))
    for place in numpy.flatnonzero((from_step <= TRUSTED * exact) & (exact > 0)).tolist():
        price = prices.exact.on(place)
        if price is not None:
            amount = Decimal(f"{owed[place]:.2f}")
            shares[place] = float(shares_for(amount, price, rounding))
    return shares


def market_values(
    shares: Floats, prices: DailyPrices, series: PriceSeries | None, days: tuple[date, ...]
) -> Floats:
    """What the shares would fetch at the latest price of each day, in dollars, rounded to the cent."""
    cents = 100 * shares * prices.last_known
    whole = numpy.floor(cents + 0.5)
    from_half = numpy.abs(cents - numpy.floor(cents) - 0.5)
    for place in numpy.flatnonzero(from_half <= TRUSTED * cents).tolist():
        bar = series.last_price_by(days[place]) if series else None
        if bar is not None and bar.price is not None:
            value = MONEY_CONTEXT.multiply(Decimal(int(shares[place])), bar.price)
            whole[place] = 100 * to_cents(value)
    return numpy.asarray(whole / 100)
