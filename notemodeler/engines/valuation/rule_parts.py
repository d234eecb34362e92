"""The price rule of each remaining day as the trees need it: rolling windows, and bounds in dollars."""

from datetime import date
from math import inf
from typing import NamedTuple

import numpy

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.rule import (
    FloorEffect,
    MissingPrices,
    PriceComposition,
    Statistic,
    WindowEnd,
)
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.pricing.variable import VariablePrice
from notemodeler.engines.splits import new_for_old
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.life import Bounds
from notemodeler.engines.valuation.windows import RollingWindow, WindowRule
from notemodeler.engines.words import name_days


class DayRule(NamedTuple):
    """The rule of one notice day; `cap` and `floor` are in dollars a share of that day."""

    windows: WindowRule
    cap: float
    floor: float


class RuleParts(NamedTuple):
    """The rules of all steps; `bounds` is None where no day looks at the level of the price."""

    rules: tuple[WindowRule, ...]
    bounds: Bounds | None


def rule_parts(case: ValuationCase, inputs: Inputs) -> RuleParts:
    """The rule at the end of each step.

    Raises ValueError if the terms allow no price.
    """
    rule, splits = case.quoter.rule, case.market.splits
    known: dict[int, DayRule] = {}
    rules, caps, floors = [], [], []
    for day in inputs.steps:
        composition = rule.on(day)
        made = known.get(id(composition))
        if made is None:
            made = known[id(composition)] = _day_rule(composition, case.market, day)
        factor = float(new_for_old(splits, inputs.on, day)) if splits else 1.0
        rules.append(made.windows)
        caps.append(made.cap * factor)
        floors.append(made.floor * factor)
    is_bounded = min(caps, default=inf) < inf or max(floors, default=0.0) > 0
    bounds = Bounds(numpy.array(caps), numpy.array(floors)) if is_bounded else None
    return RuleParts(tuple(rules), bounds)


def _day_rule(composition: Composition, market: Market, day: date) -> DayRule:
    if composition.is_refused:
        raise ValueError("the terms of the price rule contradict each other")
    rolling, cap, floor = [], inf, 0.0
    for each in composition.variables:
        if each.lookback.anchor is None:
            rolling.append(_rolling(each))
        else:
            cap = min(cap, _anchored(each, market, day))
    fixed = composition.fixed
    if fixed is not None and fixed.role is PriceComposition.GREATER_OF:
        floor = float(fixed.amount)
    elif fixed is not None:
        cap = min(cap, float(fixed.amount))
        rolling = [] if fixed.role is PriceComposition.FIXED else rolling
    if composition.floor is not None and composition.floor.effect is FloorEffect.HOLDER:
        floor = max(floor, float(composition.floor.level))
    ends = {each.lookback.end for each in composition.variables}
    return DayRule(WindowRule(tuple(rolling), WindowEnd.NOTICE_DAY in ends), cap, floor)


def _rolling(variable: VariablePrice) -> RollingWindow:
    statistic = variable.reference.statistic
    count = 0 if statistic is Statistic.MEAN else max(1, variable.reference.count)
    return RollingWindow(
        variable.lookback.length,
        count,
        float(variable.multiplier.fraction),
        statistic is Statistic.LAST,
    )


def _anchored(variable: VariablePrice, market: Market, day: date) -> float:
    """The price of a window that ended before the note was signed."""
    found = variable.find(day, market).reference
    if found is None:
        raise ValueError("the second window, which ended before the note was signed, lacks prices")
    return float(variable.multiplier.apply(found))


def known_prices(case: ValuationCase, inputs: Inputs, count: int) -> tuple[Floats, list[Issue]]:
    """The latest `count` prices by the valuation date over the price of that day, newest first.

    A trading day without a price is NaN and is left out of the windows; an issue names it. Where the
    note reaches back, days without a price are stepped over instead.
    """
    terms, market = case.note.conversion.rule, case.market
    series = market.series_for(terms.series)
    if series is None:
        raise ValueError("there is no table of prices for the look-back")
    assert inputs.price is not None
    reaches_back = terms.missing_prices is MissingPrices.REACH_BACK
    days = market.calendar.last_through(inputs.on, count + (60 if reaches_back else 0))[::-1]
    prices, missing = [inputs.price], []
    for day in days[1:]:
        price = series.price_on(day)
        if price is None and reaches_back:
            continue
        missing += [day] if price is None else []
        carried = float(market.shares_since(series, day, inputs.on))
        prices.append(float("nan") if price is None else float(price) / carried)
    issues = []
    if missing:
        named = tuple(reversed(missing))
        text = f"The look-back has no price for {name_days(named)}; the valuation leaves them out."
        issues.append(Issue(Severity.WARNING, text, (), named))
    return numpy.array(prices[:count]) / inputs.price, issues
