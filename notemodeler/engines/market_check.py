"""What is odd in prices and splits: prices on closed days, series nobody reads, splits that prices do not show."""

import math
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Split
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.engines.words import name_days

if TYPE_CHECKING:
    from notemodeler.engines.market import Market

SPLITS_FIELD = ("issuer.splits",)
PLAIN_RATIO = 1.9
"""Splits of at least about two for one stand out from what prices do in a day."""


def check_market(market: "Market") -> Iterator[Issue]:
    """Every issue of the prices and the splits, whatever a note says."""
    yield from _unused(market)
    for series in market.prices:
        yield from _on_closed_days(market, series)
    yield from _splits_without_effect(market)
    for series in market.prices:
        for split in market.splits:
            yield from _unlike_the_split(series, split)


def split_words(split: Split) -> str:
    """`1-for-10 reverse split of Mar 1, 2019`."""
    kind = "reverse split" if split.new_shares < split.old_shares else "split"
    return f"{split.new_shares:,}-for-{split.old_shares:,} {kind} of {show_date(split.date)}"


def _on_closed_days(market: "Market", series: PriceSeries) -> Iterator[Issue]:
    known = (day for day in series.dates if market.covers(day))
    closed = tuple(day for day in known if not market.calendar.is_trading_day(day))
    if closed:
        text = f"The market was closed on {name_days(closed)}: the prices there count in no window."
        yield Issue(Severity.WARNING, text, days=closed)


def _unused(market: "Market") -> Iterator[Issue]:
    """Series that no rule can reach, because one of their kind stands before them."""
    seen = set()
    for series in market.prices:
        if series.has_prices and series.kind in seen:
            text = f"A second series of {series.kind.label} prices is not used: merge it into the first."
            yield Issue(Severity.WARNING, text)
        seen.add(series.kind if series.has_prices else None)


def _splits_without_effect(market: "Market") -> Iterator[Issue]:
    for split in market.splits:
        if split.old_shares == split.new_shares:
            text = f"The {split_words(split)} changes nothing."
            yield Issue(Severity.WARNING, text, SPLITS_FIELD, (split.date,))


def _unlike_the_split(series: PriceSeries, split: Split) -> Iterator[Issue]:
    """A jump of the prices at a split says whether the series is adjusted for it."""
    ratio = math.log(split.old_shares / split.new_shares)
    bars = _around(series, split.date)
    if bars is None or abs(ratio) < math.log(PLAIN_RATIO):
        return
    before, after = bars
    jump = math.log(float(after.price or 1) / float(before.price or 1))
    shows_it = abs(jump - ratio) < abs(jump)
    if shows_it is series.is_split_adjusted:
        told = "adjusted for splits" if series.is_split_adjusted else "as quoted on their day"
        looks = "as quoted" if series.is_split_adjusted else "adjusted already"
        text = (
            f"The {series.kind.label} prices are said to be {told}, but around the {split_words(split)} "
            f"they look {looks}."
        )
        yield Issue(Severity.WARNING, text, SPLITS_FIELD, (before.date, after.date))


def _around(series: PriceSeries, day: date) -> tuple[PriceBar, PriceBar] | None:
    """The last price before the day and the first from it on."""
    before = after = None
    for bar in series.bars:
        if bar.price is None:
            continue
        if bar.date >= day:
            after = bar
            break
        before = bar
    return (before, after) if before and after else None
