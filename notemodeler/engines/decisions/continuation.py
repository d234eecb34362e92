"""Prices after the last one in the table: flat, drifting or drawn, and pressed down by the holder's sales."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.numbers import MONEY_CONTEXT, ROUNDING_CONTEXT
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.scenario import Continuation, DrawnPoint, Scenario
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.flat_market import on_market, with_series
from notemodeler.engines.market import Market
from notemodeler.engines.quote import Quoter
from notemodeler.engines.splits import new_for_old, price_carried

MONTH = 21
"""Trading days of a month of drift."""
AT_ONCE = 200
"""At most so many calendar days are made at a time."""
FINEST_PRICE = Decimal("0.000001")
ONE, ONE_DAY = Decimal(1), timedelta(days=1)


@dataclass
class PricePath:
    """The recorded prices of one series and, day by day as it is asked to go on, those after them.

    Recorded prices are what the market made of everything, so sales on recorded days do not move
    them. A continued price is that of the scenario times what sales have left of it, rounded to six
    decimals and never below the finest.
    """

    market: Market
    kind: PriceKind
    scenario: Scenario
    series: PriceSeries = field(init=False)
    last: PriceBar | None = field(init=False)
    """The last bar with a price, in the terms of the series."""
    bars: list[PriceBar] = field(init=False)
    left: Decimal = ONE
    """What sales have left of the continued prices."""
    _ahead: int = 1
    _base: Callable[[date], Decimal] = field(init=False)
    _bases: dict[date, Decimal] = field(init=False, default_factory=dict)
    _made: tuple[Market, PriceSeries] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.series = self.market.series_for(self.kind) or PriceSeries(self.kind)
        self.bars = list(self.series.bars)
        priced = (bar for bar in reversed(self.bars) if bar.price is not None)
        self.last = next(priced, None)
        self._base = _base(self)

    @property
    def last_date(self) -> date | None:
        """The last recorded day, whether it has a price or not."""
        return self.series.dates[-1] if self.series.bars else None

    def is_recorded(self, day: date) -> bool:
        return self.last_date is not None and day <= self.last_date

    def go_to(self, day: date) -> None:
        """Goes on through every trading day up to the day, as far as neither record nor path reach it.

        Days are made ahead, more at a time the longer no sale has changed what is to come.
        """
        if self.last is None or day <= self.bars[-1].date:
            return
        end = min(day + (self._ahead - 1) * ONE_DAY, self.market.calendar.last)
        for each in self.market.calendar.between(self.bars[-1].date + ONE_DAY, end):
            self.bars.append(PriceBar(each, self._continued(each), self.last.kind))
        self._ahead = min(2 * self._ahead, AT_ONCE)
        self._made = None

    def _continued(self, day: date) -> Decimal:
        if day not in self._bases:
            self._bases[day] = self._base(day)
        price = MONEY_CONTEXT.multiply(self._bases[day], self.left)
        return max(FINEST_PRICE, price.quantize(FINEST_PRICE, context=ROUNDING_CONTEXT))

    def press(self, day: date, sold: int, outstanding: int | None) -> None:
        """Lowers all later prices for what was sold on a day that is not recorded."""
        impact = self.scenario.impact
        if not impact or not sold or not outstanding or self.is_recorded(day):
            return
        percents = MONEY_CONTEXT.divide(Decimal(100 * sold), Decimal(outstanding))
        fall = MONEY_CONTEXT.multiply(impact, percents)
        self.left = MONEY_CONTEXT.multiply(self.left, ONE - min(ONE, fall))
        while self.bars[-1].date > day:
            self.bars.pop()
        self._ahead, self._made = 1, None

    def so_far(self) -> Market:
        """The market with every price up to the day that was gone to."""
        return self._together()[0]

    def price_on(self, day: date) -> Decimal | None:
        """The day's own price in dollars of the day."""
        known = self.known_on(day)
        return known.price if known and known.date == day else None

    def known_on(self, day: date) -> PriceBar | None:
        """The latest price by the day in dollars of the day."""
        market, series = self._together()
        return market.last_price_by(series, day)

    def _together(self) -> tuple[Market, PriceSeries]:
        if self._made is None:
            made = replace(self.series, bars=tuple(self.bars))
            self._made = with_series(self.market, self.series, made), made
        return self._made


def _base(path: PricePath) -> Callable[[date], Decimal]:
    """How the scenario says that prices go on, in the terms of the series."""
    scenario = path.scenario
    if path.last is None or path.last.price is None:
        return lambda day: FINEST_PRICE
    if scenario.continuation is Continuation.DRAWN and scenario.drawn:
        return _Drawn(path.last, scenario.drawn).on
    drift = scenario.monthly_drift if scenario.continuation is Continuation.DRIFT else Decimal(0)
    return _Drifting(path.market, path.series, path.last, path.last.price, drift).on


@dataclass
class _Drifting:
    """The last price, growing by so much in 21 trading days; each day is asked for once, in order."""

    market: Market
    series: PriceSeries
    last: PriceBar
    price: Decimal
    monthly: Decimal

    def __post_init__(self) -> None:
        self.daily = MONEY_CONTEXT.power(ONE + self.monthly, ONE / MONTH) if self.monthly else ONE

    def on(self, day: date) -> Decimal:
        self.price = MONEY_CONTEXT.multiply(self.price, self.daily)
        if self.series.is_split_adjusted:
            return self.price
        return price_carried(self.price, new_for_old(self.market.splits, self.last.date, day))


class _Drawn:
    """Straight lines from the last price through the points, level after the last of them."""

    def __init__(self, last: PriceBar, drawn: tuple[DrawnPoint, ...]) -> None:
        points = {last.date: last.price or FINEST_PRICE}
        later = sorted(drawn, key=lambda point: point.date)
        points.update({point.date: point.price for point in later if point.date > last.date})
        self.days, self.prices = list(points), list(points.values())

    def on(self, day: date) -> Decimal:
        place = bisect_right(self.days, day) - 1
        start, low = self.days[place], self.prices[place]
        if place + 1 == len(self.days):
            return low
        part = Decimal((day - start).days) / Decimal((self.days[place + 1] - start).days)
        rise = MONEY_CONTEXT.subtract(self.prices[place + 1], low)
        return MONEY_CONTEXT.add(low, MONEY_CONTEXT.multiply(rise, part))


def continued_quoter(case: Case, until: date) -> tuple[Quoter, date | None]:
    """The quoter of the case's note on prices that go on until the day, and the last recorded day."""
    quoter = case.quoter
    path = PricePath(case.market, quoter.note.conversion.rule.series, case.scenario)
    if path.last_date is None or path.last_date >= until:
        return quoter, path.last_date
    path.go_to(until)
    return on_market(quoter, path.so_far()), path.last_date
