"""The price rule on many notice dates at once: reference and conversion price of each, as arrays."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy

from notemodeler.engines.exact_prices import DaysOfOneRule, ExactPrices
from notemodeler.engines.market import Market
from notemodeler.engines.price_arrays import Ints, ordinals_of
from notemodeler.engines.price_grid import PriceGrid
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.kernel import (
    WindowSums,
    adjusted,
    doubtful,
    lesser_variable,
    unfloored,
)
from notemodeler.engines.pricing.rule_in_time import RuleInTime, unchanging
from notemodeler.engines.pricing.sliding import Floats

Windows = tuple[WindowSums | Decimal | None, ...]


@dataclass(frozen=True)
class DailyPrices:
    """In dollars of the notice date, one a notice date, NaN where there is none.

    `own` is the day's own price, `last_known` the latest by then. `reference` is that of the window
    before the notice, correctly rounded; `conversion` is within 2 units in the last place of what the
    exact engine gives. `unfloored` is the price without the floor where the company bears the floor;
    elsewhere it is the conversion price.
    """

    own: Floats
    last_known: Floats
    reference: Floats
    conversion: Floats
    unfloored: Floats
    exact: ExactPrices


class _Group(NamedTuple):
    """Notice dates under one composition and in one era between splits; `places` None: all of them."""

    composition: Composition
    era: int
    places: Ints | None


def daily_prices(
    rule: RuleInTime | Composition, market: Market, days: tuple[date, ...]
) -> DailyPrices:
    """The prices for a notice on each of the days, which may come in any order."""
    in_time = unchanging(rule, market) if isinstance(rule, Composition) else rule
    ordinals = ordinals_of(days)
    series = market.series_for(in_time.series)
    grid = None
    if series is not None and series.bars and days:
        grid = PriceGrid(market, series, int(ordinals.max()))
    own, last = grid.own_and_last(ordinals) if grid else (_none(days), _none(days))
    groups = _groups(in_time, ordinals)
    of_rule = tuple(
        DaysOfOneRule(each.composition, _windows(each, grid, market, ordinals)) for each in groups
    )
    if groups[0].places is None:
        exact = ExactPrices(in_time, days, of_rule, None, None)
        return DailyPrices(own, last, *_prices(of_rule[0], exact, None, len(days)), exact)
    exact = ExactPrices(in_time, days, of_rule, *_directory(groups, len(days)))
    made = _none(days), _none(days), _none(days)
    for group, found in zip(groups, of_rule, strict=True):
        if group.places is not None:
            parts = _prices(found, exact, group.places, len(group.places))
            for whole, part in zip(made, parts, strict=True):
                whole[group.places] = part
    return DailyPrices(own, last, *made, exact)


def _none(days: tuple[date, ...]) -> Floats:
    return numpy.full(len(days), numpy.nan)


def _groups(rule: RuleInTime, ordinals: Ints) -> tuple[_Group, ...]:
    """The notice dates sorted by what prices them."""
    splits = rule.market.split_dates
    if (len(rule.changes) == 1 and not splits) or not len(ordinals):
        return (_Group(rule.changes[0].composition, 0, None),)
    compositions = list({id(each.composition): each.composition for each in rule.changes}.values())
    number = {id(each): place for place, each in enumerate(compositions)}
    starts = ordinals_of(tuple(change.start for change in rule.changes))
    of_change = numpy.array([number[id(each.composition)] for each in rule.changes], numpy.int64)
    change = numpy.maximum(numpy.searchsorted(starts, ordinals, "right") - 1, 0)
    eras = numpy.searchsorted(ordinals_of(splits), ordinals, "right")
    keys = of_change[change] * (len(splits) + 1) + eras
    found = []
    for key in numpy.unique(keys).tolist():
        which, era = divmod(key, len(splits) + 1)
        found.append(_Group(compositions[which], era, numpy.flatnonzero(keys == key)))
    return tuple(found)


def _directory(groups: tuple[_Group, ...], many: int) -> tuple[Ints, Ints]:
    """Of each day its group and its place there."""
    group_of, at = numpy.zeros(many, numpy.int64), numpy.zeros(many, numpy.int64)
    for number, group in enumerate(groups):
        group_of[group.places] = number
        at[group.places] = numpy.arange(many if group.places is None else len(group.places))
    return group_of, at


def _windows(group: _Group, grid: PriceGrid | None, market: Market, ordinals: Ints) -> Windows:
    """What each variable price of a group looks at; nothing where there is no price or no rule."""
    composition, places = group.composition, group.places
    if grid is None or composition.is_refused:
        return (None,) * len(composition.variables)
    of_group = ordinals if places is None else ordinals[places]
    found: list[WindowSums | Decimal | None] = []
    for each in composition.variables:
        if each.lookback.anchor is None:
            found.append(grid.sums(each, of_group, group.era, part=places is not None))
        else:
            found.append(each.find(date.fromordinal(int(of_group[0])), market).reference)
    return tuple(found)


def _prices(
    group: DaysOfOneRule, exact: ExactPrices, places: Ints | None, many: int
) -> tuple[Floats, Floats, Floats]:
    """Reference, conversion and unfloored prices of a group; `places` are those of its days among all."""
    composition = group.composition
    references = [_floats(each, many) for each in group.windows]
    reference = references[0] if references else numpy.full(many, numpy.nan)
    if composition.is_refused:
        none = numpy.full(many, numpy.nan)
        return reference, none, none
    variable = lesser_variable(references, composition, many)
    conversion = adjusted(variable, composition)
    without = unfloored(variable, composition) if composition.makes_whole else conversion
    for at in numpy.flatnonzero(doubtful(variable, composition)).tolist():
        found = exact.reckoned(at if places is None else int(places[at]))
        conversion[at] = numpy.nan if found is None else found.price
        if composition.makes_whole:
            without[at] = numpy.nan if found is None else found.unfloored
    if composition.makes_whole:
        without = numpy.where(numpy.isnan(conversion), numpy.nan, without)
    return reference, conversion, without


def _floats(window: WindowSums | Decimal | None, many: int) -> Floats:
    if isinstance(window, WindowSums):
        return window.references
    return numpy.full(many, numpy.nan if window is None else float(window))
