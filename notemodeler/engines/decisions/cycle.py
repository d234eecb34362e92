"""The holder's cycle: convert up to the limit, sell what the volume takes, convert again, until it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.agenda import earliest_date
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.continuation import PricePath
from notemodeler.engines.decisions.cycle_figures import Cycle, CycleDay, CycleEnd, Lot
from notemodeler.engines.decisions.cycle_notice import Notices, Obstacle
from notemodeler.engines.decisions.cycle_run import CycleRun
from notemodeler.engines.decisions.pace import daily_sale
from notemodeler.engines.history import NOTHING, Happening
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from notemodeler.engines.schedule import share_of

LONGEST_YEARS = 5
FINAL = (CycleEnd.AUTHORISED, CycleEnd.EXCHANGE_CAP, CycleEnd.NOTHING_OWED)
"""What never goes away by waiting."""


def holder_cycle(case: Case) -> Cycle:
    """The cycle of the case's note under the case's scenario.

    On each trading day the holder first sells, at the day's price, then gives notice of the most that
    all limits allow, unless the conversion price is above the last known market price. What it
    received it sells from the next trading day on. The ledger from the start on is left out; what
    the other notes did stays.
    """
    start = start_date(case)
    cycle = _Cycling(case, start)
    calendar = case.market.calendar
    last = min(
        start.replace(year=start.year + LONGEST_YEARS, day=min(start.day, 28)), calendar.last
    )
    for day in calendar.between(start, last):
        cycle.spend(day)
        if cycle.is_over:
            break
    return cycle.found()


def start_date(case: Case) -> date:
    """The first trading day on which the holder may convert: as assumed, or after the last price."""
    calendar, scenario = case.market.calendar, case.scenario
    first = max(opening_date(case.note), earliest_date(case.note))
    if scenario.start_date is not None:
        return calendar.shifted(max(first, scenario.start_date), 0)
    series = case.market.series_for(case.note.conversion.rule.series)
    if series is not None and series.bars:
        first = max(first, calendar.shifted(series.dates[-1], 1))
    return calendar.shifted(first, 0)


@dataclass
class _Cycling:
    """The cycle while it goes on; it lives only inside `holder_cycle`."""

    case: Case
    start: date
    lots: list[Lot] = field(default_factory=list)
    days: list[CycleDay] = field(default_factory=list)
    proceeds: Decimal = NOTHING
    obstacle: Obstacle | None = None
    """What kept the holder from a notice on the last day, if anything did."""
    is_over: bool = False

    def __post_init__(self) -> None:
        terms = self.case.note.conversion
        self.path = PricePath(self.case.market, terms.rule.series, self.case.scenario)
        self.run = CycleRun(self.case.book, self.case.place, self.start)
        self.notices = Notices(self.case, self.path, self.run)
        self.daily_sale = daily_sale(self.case.scenario)
        self._priced_by: Market | None = None

    def spend(self, day: date) -> None:
        """One trading day: sell, let the terms have their way, convert."""
        self.path.go_to(day)
        self._use_prices()
        if self.days:
            self.run.counts.carry_unsold(self.days[-1].date, day)
        sold = self._sell(self.path.price_on(day))
        self.run.go_to(day)
        self.obstacle = self.notices.give(day)
        for happening in self.run.new_issues():
            self._keep(happening)
        self.days.append(self._day(day, sold))
        self.path.press(day, sold, self.days[-1].outstanding)
        self.is_over = not self.run.counts.unsold and (
            not self.days[-1].owed or (self.obstacle is not None and self.obstacle.end in FINAL)
        )

    def _day(self, day: date, sold: int) -> CycleDay:
        trade, counts = self.run.trade(day), self.run.counts
        return CycleDay(
            day, self.path.price_on(day), trade.price if trade else None, sold, counts.unsold,
            counts.outstanding(day), self.run.owed(day), not self.path.is_recorded(day),
        )  # fmt: skip

    def _use_prices(self) -> None:
        """The rule on the prices so far; made anew only when there are new ones."""
        market = self.path.so_far()
        if market is not self._priced_by:
            self.run.use(rule_in_time(self.case.note, self.case.issuer, market))
            self._priced_by = market

    def _sell(self, price: Decimal | None) -> int:
        """Nothing is sold on a day on which nobody quotes."""
        counts = self.run.counts
        if price is None or not counts.unsold:
            return 0
        sold = counts.unsold if self.daily_sale is None else min(counts.unsold, self.daily_sale)
        counts.unsold -= sold
        brought = to_cents(MONEY_CONTEXT.multiply(Decimal(sold), price))
        self.proceeds = total_of(self.proceeds, brought)
        return sold

    def _keep(self, happening: Happening) -> None:
        known, before = self.path.known_on(happening.date), happening.outstanding
        self.proceeds = total_of(self.proceeds, happening.cash)
        self.lots.append(
            Lot(
                happening.date, happening.price or NOTHING, known.price if known else None,
                happening.converted, happening.shares, happening.cash, happening.held,
                None if before is None else before + happening.shares, happening.after.total,
            )
        )  # fmt: skip

    def found(self) -> Cycle:
        last, end = self.days[-1], self._end()
        own = self.obstacle is not None and self.obstacle.end is end and self.obstacle.words
        shares, known = self.run.counts.issued(last.date), last.outstanding
        return Cycle(
            self.start, tuple(self.lots), tuple(self.days), end, own or end.label,
            last.date if end is CycleEnd.OVER else None,
            total_of(NOTHING, *(lot.amount for lot in self.lots)), last.owed, self.proceeds, shares,
            known, share_of(shares, known) if known and shares else None, tuple(self._issues()),
        )  # fmt: skip

    def _end(self) -> CycleEnd:
        in_the_way = self.obstacle.end if self.obstacle else CycleEnd.TOO_LONG
        if not self.is_over:
            return CycleEnd.TOO_LONG if self.run.counts.unsold else in_the_way
        if in_the_way in (CycleEnd.AUTHORISED, CycleEnd.EXCHANGE_CAP):
            return in_the_way
        return CycleEnd.OVER if self.lots else CycleEnd.NOTHING_OWED

    def _issues(self) -> Iterator[Issue]:
        if dropped := self.run.dropped:
            days = tuple(entry.date for entry in dropped)
            text = f"The ledger from {show_date(self.start)} on is left out: the cycle takes its place."
            yield Issue(Severity.NOTE, text, ("note.ledger",), days)
        if self.path.last is None:
            text = "There are no prices to go on from."
            yield Issue(Severity.ERROR, text, ("scenario.continuation",))
        if (
            self.case.note.conversion.ownership_limit is not None
            and self.days[-1].outstanding is None
        ):
            text = "No share count is known, so the ownership limit holds nothing back."
            yield Issue(Severity.WARNING, text, ("issuer.shares_outstanding",))
