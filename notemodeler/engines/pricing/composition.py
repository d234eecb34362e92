"""A price rule made of its parts: find the conversion price on a day, recite the clause, check the terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.rule import PriceRounding, PriceRule, Statistic
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.adjustments import Adjustment, Cap, Floor, Multiplier, Rounding
from notemodeler.engines.pricing.finding import PriceFinding, Step, WindowDay
from notemodeler.engines.pricing.lookback import LookBack
from notemodeler.engines.pricing.reference import Reference

QUALIFYING = {Statistic.LOWEST: 1, Statistic.LAST: 1, Statistic.MEAN: 0}


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of one rule in the order in which they work."""

    lookback: LookBack
    reference: Reference
    adjustments: tuple[Adjustment, ...]

    def conversion_price_on(self, notice: date, market: Market) -> PriceFinding:
        """The conversion price for a notice given on the day, with window, steps and issues.

        An error among the issues leaves the prices None; nothing is shortened or filled unasked.
        """
        days, issues = self.lookback.window(notice, market)
        issues = (*issues, *self._closed_day(notice, market), *self.check())
        if any(issue.is_error for issue in issues):
            return PriceFinding(notice, days, None, None, (), issues)
        window = self.reference.choose(days)
        qualifying = tuple(day for day in window if day.qualifying)
        reference, too_few = self.reference.price(qualifying)
        if reference is None:
            return PriceFinding(notice, window, None, None, (), (*issues, *too_few))
        price, steps = self._adjusted(reference, qualifying)
        if price <= 0:
            text = "The conversion price rounds to zero: no shares can be counted."
            issue = Issue(Severity.ERROR, text, ("note.conversion.rule.rounding_places",))
            return PriceFinding(notice, window, reference, None, steps, (*issues, issue))
        return PriceFinding(notice, window, reference, price, steps, issues)

    def _adjusted(
        self, reference: Decimal, qualifying: tuple[WindowDay, ...]
    ) -> tuple[Decimal, tuple[Step, ...]]:
        price, steps = reference, [self.reference.step(qualifying, reference)]
        for part in self.adjustments:
            after = part.apply(price)
            steps.append(part.step(price, after))
            price = after
        return price, tuple(steps)

    def _closed_day(self, notice: date, market: Market) -> Iterator[Issue]:
        if not market.calendar.is_trading_day(notice):
            text = "The market is closed on this day; the window ends on the last trading day before it."
            yield Issue(Severity.NOTE, text, days=(notice,))

    def recite(self) -> str:
        """The clause in words, as counsel would write it, without a full stop."""
        clause = f"{self.reference.phrase(self.lookback.series)} {self.lookback.phrase()}"
        for part in self.adjustments:
            clause = part.phrase(clause)
        return clause

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in the rule's terms, whatever the prices."""
        yield from self.lookback.check()
        yield from self.reference.check(self.lookback.length)
        for part in self.adjustments:
            yield from part.check()


def compose(rule: PriceRule) -> Composition:
    """The parts that the terms of a rule call for."""
    lookback = LookBack(rule.series, rule.lookback_days, rule.window_end, rule.missing_prices)
    count = QUALIFYING.get(rule.statistic, rule.lowest_count)
    return Composition(lookback, Reference(rule.statistic, count), tuple(_adjustments(rule)))


def _adjustments(rule: PriceRule) -> Iterator[Adjustment]:
    yield Multiplier(rule.multiplier)
    if rule.cap_price is not None:
        yield Cap(rule.cap_price)
    if rule.floor_price is not None:
        yield Floor(rule.floor_price, rule.cap_price)
    if rule.rounding is not PriceRounding.NONE:
        bounds = tuple(bound for bound in (rule.cap_price, rule.floor_price) if bound is not None)
        yield Rounding(rule.rounding, rule.rounding_places, bounds)
