"""How long it takes holders to convert and sell: the ownership limit by lots, the volume by days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.domain.scenario import Scenario
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.quote import Quote


@dataclass(frozen=True, slots=True)
class Pace:
    """So many notices of conversion; trading days at one notice a day for each holder.

    If a daily volume is assumed, selling the shares may take longer and then counts. `complete` is
    false if the counting of lots was given up; then no last date is known.
    """

    lots: int
    trading_days: int
    first_date: date
    last_date: date | None
    complete: bool = True


def daily_sale(scenario: Scenario) -> int | None:
    """The most shares that a holder sells on a day; None without a limit."""
    if scenario.volume_shares is None:
        return None
    most = MONEY_CONTEXT.multiply(Decimal(scenario.volume_shares), scenario.volume_share)
    return max(1, int(most.to_integral_value(rounding=ROUND_FLOOR)))


def pace_of(case: Case, quotes: Mapping[int, Quote]) -> Pace | None:
    """How long the conversions of the quoted notes take; notes of one holder wait for each other."""
    groups: dict[str, list[Quote]] = {}
    for place, quote in quotes.items():
        if quote.limit is None or quote.limit.lots is None:
            return None
        groups.setdefault(case.book.notes[place].holder_key or f"#{place}", []).append(quote)
    paces = [_holder_pace(case, group) for group in groups.values()]
    ends = [pace.last_date for pace in paces]
    known = [end for end in ends if end is not None]
    return Pace(
        sum(pace.lots for pace in paces),
        max(pace.trading_days for pace in paces),
        min(pace.first_date for pace in paces),
        max(known) if len(known) == len(ends) else None,
        all(pace.complete for pace in paces),
    )


def _holder_pace(case: Case, quotes: list[Quote]) -> Pace:
    """The lots of one holder one after another, and no faster than its shares can be sold."""
    limits = [quote.limit for quote in quotes if quote.limit]
    lots = [limit.lots for limit in limits if limit.lots]
    count = sum(each.count for each in lots)
    complete = all(each.complete for each in lots)
    first = min(limit.first_date for limit in limits)
    days = max(count, _selling_days(case.scenario, sum(each.shares for each in lots)))
    end = _shifted(case.market.calendar, first, days - 1) if complete and days else None
    later = [limit.last_date for limit in limits if limit.last_date]
    last = max((end, *later)) if end else None
    return Pace(count, days, first, last, complete)


def _selling_days(scenario: Scenario, shares: int) -> int:
    daily = daily_sale(scenario)
    if daily is None:
        return 0
    exact = MONEY_CONTEXT.divide(Decimal(shares), Decimal(daily))
    return int(exact.to_integral_value(rounding=ROUND_CEILING))


def _shifted(calendar: TradingCalendar, first: date, days: int) -> date | None:
    """None past the end of the calendar."""
    try:
        return calendar.shifted(first, days)
    except ValueError:
        return None
