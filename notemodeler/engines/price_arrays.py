"""The bars of a price series as arrays, so kept that an edit of one bar converts that bar alone."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter, is_
from typing import Any

import numpy

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.engines.pricing.kernel import ticks_per_dollar
from notemodeler.engines.pricing.sliding import Floats

Ints = numpy.ndarray[Any, numpy.dtype[numpy.int64]]

EXACT_LENGTH = 16
"""A float64 stands for one decimal number of 15 digits and a point; a longer one it may not tell apart."""


@dataclass(frozen=True, slots=True)
class BarArrays:
    """The bars as day ordinals and dollars, NaN where nobody quoted; `lengths` are those of the prices as text."""

    bars: tuple[PriceBar, ...]
    ordinals: Ints
    prices: Floats
    lengths: Ints

    @property
    def per_dollar(self) -> float | None:
        """Into how many ticks a dollar is split to make prices whole; None if float64 cannot hold them."""
        if self.lengths.max(initial=0) > EXACT_LENGTH:
            return None
        return ticks_per_dollar(self.prices)


class _Kept(threading.local):
    """The arrays that were made last in this thread, one of each kind of price."""

    def __init__(self) -> None:
        self.arrays: dict[PriceKind, BarArrays] = {}


_kept = _Kept()


def bar_arrays(series: PriceSeries) -> BarArrays:
    """The arrays of a series; what it shares with the one before it of its kind is taken over."""
    before = _kept.arrays.get(series.kind)
    if before is not None and before.bars is series.bars:
        return before
    made = _edited(before, series.bars) if before else _converted(series.bars)
    _kept.arrays[series.kind] = made
    return made


def _edited(before: BarArrays, bars: tuple[PriceBar, ...]) -> BarArrays:
    head = _shared(before.bars, bars)
    tail = _shared(before.bars[head:][::-1], bars[head:][::-1])
    new = _converted(bars[head : len(bars) - tail])
    rest = len(before.bars) - tail
    return BarArrays(
        bars,
        numpy.concatenate([before.ordinals[:head], new.ordinals, before.ordinals[rest:]]),
        numpy.concatenate([before.prices[:head], new.prices, before.prices[rest:]]),
        numpy.concatenate([before.lengths[:head], new.lengths, before.lengths[rest:]]),
    )


def _shared(before: Sequence[PriceBar], bars: Sequence[PriceBar]) -> int:
    """How many bars at the beginning are the very same objects."""
    same = list(map(is_, before, bars))
    return same.index(False) if False in same else len(same)


def _converted(bars: tuple[PriceBar, ...]) -> BarArrays:
    prices = list(map(attrgetter("price"), bars))
    return BarArrays(
        bars,
        numpy.array([bar.date.toordinal() for bar in bars], numpy.int64),
        numpy.array([numpy.nan if price is None else price for price in prices], numpy.float64),
        numpy.array([0 if price is None else len(str(price)) for price in prices], numpy.int64),
    )


@lru_cache(maxsize=64)
def ordinals_of(days: tuple[date, ...]) -> Ints:
    """The days as proleptic Gregorian ordinals."""
    return numpy.array([day.toordinal() for day in days], numpy.int64)


@lru_cache(maxsize=64)
def trading_ordinals(calendar: TradingCalendar, first: date, last: date) -> Ints:
    """The ordinals of the trading days from `first` to `last`, as far as the calendar knows them."""
    days = calendar.between(max(first, calendar.first), min(last, calendar.last))
    return ordinals_of(days)
