"""The windows of many notice days as lines of one list of trading days, and every figure of the rule there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from notemodeler.domain.kinds import Choice
from notemodeler.domain.rule import MissingPrices, PriceComposition, Statistic, WindowEnd
from notemodeler.engines.listed_days import ListedDays, listed_days, split_factor_on
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.pricing.lookback import LONGEST_REACH
from notemodeler.engines.pricing.rule_in_time import RuleInTime, unchanging
from notemodeler.engines.pricing.variable import VariablePrice

__all__ = ["DayWindow", "ListedDays", "LookedAt", "Standing", "day_windows", "listed_days"]


class Standing(Choice):
    """Why a window gives no reference price, or that it does."""

    COMPLETE = "complete", ""
    RULE = "rule", "terms contradict"
    BEFORE = "before", "before first price"
    AFTER = "after", "past last price"
    GAP = "gap", "day without price"
    TOO_FEW = "too_few", "too few prices"


class LookedAt(NamedTuple):
    """One window of a notice day: the terms in force, its first and last line (from one), what it found.

    A first line below one lies before the list, a last line may lie past it. `reference` is in
    dollars of the notice day, None unless `standing` is complete. `qualifying` holds the days whose
    prices count: lowest first, or in date order where all or the last count.
    """

    lookback_days: int
    multiplier: Decimal
    first_line: int
    last_line: int
    found: int
    standing: Standing
    qualifying: tuple[WindowDay, ...] = ()
    reference: Decimal | None = None


NO_WINDOW = LookedAt(0, Decimal(0), 0, 0, 0, Standing.COMPLETE)
"""What stands for a window on a day on which a fixed price counts alone."""


@dataclass(frozen=True, slots=True)
class DayWindow:
    """One notice day: its line, its windows, the terms in force, and the prices in dollars of the day.

    `composition` is what the price is made of on the day: `fixed` also while a fixed price counts alone
    for a time; then `main` is None, and first and last line are 0. `second` is None without a second
    window. `fixed_price` and `floor_price` are those in force, carried across splits; the floor is the
    higher of the note's own and par. `split_factor` is how many shares one share of the day has become
    after all splits: a price of `ListedDays.restated` times it is in dollars of the day.

    `unrounded` is the price after the floor and before a rounding that the rule may have; `unfloored`
    the price without the floor, rounded. `conversion` is None where there is no figure, and where the
    price rounds to zero.
    """

    notice_date: date
    line: int
    composition: PriceComposition
    main: LookedAt | None
    second: LookedAt | None
    fixed_price: Decimal | None
    floor_price: Decimal | None
    split_factor: Fraction
    contradicts: bool
    """Whether the terms in force contradict each other: then there is no price whatever the market."""
    unrounded: Decimal | None = None
    unfloored: Decimal | None = None
    conversion: Decimal | None = None
    reasons: tuple[str, ...] = ()
    """Sentences that say which steps are in force and why."""

    @property
    def _main(self) -> LookedAt:
        return self.main or NO_WINDOW

    @property
    def first_line(self) -> int:
        return self._main.first_line

    @property
    def last_line(self) -> int:
        return self._main.last_line

    @property
    def found(self) -> int:
        return self._main.found

    @property
    def standing(self) -> Standing:
        """Why the window before the notice gives no reference price."""
        return Standing.RULE if self.contradicts else self._main.standing

    @property
    def qualifying(self) -> tuple[WindowDay, ...]:
        return self._main.qualifying

    @property
    def reference(self) -> Decimal | None:
        return self._main.reference

    @property
    def multiplier(self) -> Decimal | None:
        """The multiplier in force on the reference price, None without one."""
        return self.main.multiplier if self.main else None


def day_windows(
    rule: RuleInTime | Composition, listed: ListedDays, notices: Sequence[date]
) -> tuple[DayWindow, ...]:
    """The windows and the prices of each notice day, the same as `RuleInTime.conversion_price_on`.

    Notice days are trading days of the list, in order.
    """
    in_time = unchanging(rule, listed.market) if isinstance(rule, Composition) else rule
    return tuple(_day_window(in_time, listed, notice) for notice in notices)


def _day_window(rule: RuleInTime, listed: ListedDays, notice: date) -> DayWindow:
    change = rule.change_on(notice)
    parts = change.composition
    factor = split_factor_on(listed.market, notice)
    looks = [_look(each, parts, listed, notice, factor) for each in parts.variables]
    references = [each.reference for each in looks if each.reference is not None]
    reckoned = issue = None
    if len(references) == len(looks) and not parts.is_refused:
        reckoned = parts.reckon(parts.variable(references))
        issue = parts.zero_issue(reckoned)
    return DayWindow(
        notice,
        listed.lines_before(notice) + 1,
        parts.kind,
        looks[0] if looks else None,
        looks[1] if len(looks) > 1 else None,
        parts.fixed.price if parts.fixed else None,
        parts.floor.level if parts.floor and not parts.is_refused else None,
        factor,
        parts.is_refused,
        reckoned.unrounded if reckoned else None,
        reckoned.unfloored if reckoned and not issue else None,
        reckoned.price if reckoned and not issue else None,
        change.reasons,
    )


def _look(
    variable: VariablePrice, parts: Composition, listed: ListedDays, notice: date, factor: Fraction
) -> LookedAt:
    lookback = variable.lookback
    if lookback.anchor is not None:
        last = listed.trading_days_before(lookback.anchor)
    else:
        last = listed.lines_before(notice) + (lookback.end is WindowEnd.NOTICE_DAY)
    first = _first_line(variable, listed, last)
    inside = first >= 1 and last <= len(listed.days)
    found = listed.priced_by[last] - listed.priced_by[first - 1] if inside else 0
    plain = LookedAt(
        lookback.length,
        variable.multiplier.fraction,
        first,
        last,
        found,
        Standing.RULE if parts.is_refused else _standing(variable, listed, first, last, found),
    )
    if plain.standing is not Standing.COMPLETE:
        return plain
    qualifying = _qualifying(variable, listed, first, last, factor)
    reference, _ = variable.reference.price(qualifying)
    return plain._replace(qualifying=qualifying, reference=reference)


def _first_line(variable: VariablePrice, listed: ListedDays, last: int) -> int:
    """The line on which the window starts, which may lie before the list.

    A window that reaches back and does not find its prices shows its plain days.
    """
    length = variable.lookback.length
    plain = last - length + 1
    reaches = variable.lookback.missing is MissingPrices.REACH_BACK
    if not reaches or not 1 <= last <= len(listed.days):
        return plain
    behind = listed.priced_by[last]
    if behind < length:
        return plain
    reached = listed.priced[behind - length][0]
    return reached if last - reached < length + LONGEST_REACH else plain


def _standing(
    variable: VariablePrice, listed: ListedDays, first: int, last: int, found: int
) -> Standing:
    lookback = variable.lookback
    if first < max(1, listed.recorded[0]):
        return Standing.BEFORE
    if last > listed.recorded[1]:
        return Standing.AFTER
    if lookback.missing is MissingPrices.REFUSE and found < last - first + 1:
        return Standing.GAP
    least = lookback.length if lookback.missing is MissingPrices.REACH_BACK else 1
    return Standing.TOO_FEW if found < max(least, variable.reference.count) else Standing.COMPLETE


def _qualifying(
    variable: VariablePrice, listed: ListedDays, first: int, last: int, factor: Fraction
) -> tuple[WindowDay, ...]:
    """The days whose prices count: lowest first, or in date order where all or the last count."""
    reference = variable.reference
    start, stop = listed.priced_by[first - 1], listed.priced_by[last]
    if reference.statistic is Statistic.LAST:
        places = [stop - 1]
    elif reference.count == 0:
        places = list(range(start, stop))
    else:
        ranks = sorted(listed.ranks[start:stop])[: reference.count]
        places = [listed.by_rank[rank] for rank in ranks]
    return tuple(listed.window_day(place, factor) for place in places)
