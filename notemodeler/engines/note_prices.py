"""The conversion prices that a run asks for, kept so that an edit of one price asks only what it can change."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.prices import PriceBar, PriceKind
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.pricing.rule_in_time import RuleInTime
from notemodeler.engines.trade import Trade, trade_at

Span = tuple[date, date]
ALWAYS: Span = (date.min, date.max)


@dataclass
class NotePrices:
    """The findings of one note's rule by day. `earlier` are those of the run before, `changed` the days on
    which a price that both can see is another one; None if there are no such days.
    """

    terms: ConversionTerms
    rule: RuleInTime
    earlier: "NotePrices | None" = None
    changed: Span | None = None
    _found: dict[date, PriceFinding] = field(default_factory=dict)

    def finding(self, day: date) -> PriceFinding:
        """The conversion price for a notice on the day."""
        if day not in self._found:
            kept = self._kept(day)
            self._found[day] = kept if kept is not None else self.rule.conversion_price_on(day)
        return self._found[day]

    def trade(self, day: date) -> Trade | None:
        """At what price shares are counted on the day; None without a price."""
        return trade_at(self.terms, self.finding(day), self._last_price(day))

    def is_as_before(self, day: date) -> bool:
        """Whether the day's trade is that of the run before."""
        if self.earlier is None:
            return True
        kept = self._kept(day)
        return kept is not None and self.finding(day) is kept

    def forget_earlier(self) -> None:
        """Let go of the run before, once this one is over."""
        self.earlier, self.changed = None, None

    def _last_price(self, day: date) -> Decimal | None:
        market = self.rule.market
        series = market.series_for(self.terms.rule.series)
        bar = market.last_price_by(series, day) if series else None
        return bar.price if bar else None

    def _kept(self, day: date) -> PriceFinding | None:
        """The finding of the run before if nothing that it read has changed."""
        if self.earlier is None:
            return None
        found = self.earlier._found.get(day)
        if found is None or not self._unread(found):
            return None
        new, old = self.rule.change_on(day), self.earlier.rule.change_on(day)
        is_same = new.reasons == old.reasons and new.composition == old.composition
        return found if is_same else None

    def _unread(self, found: PriceFinding) -> bool:
        if self.changed is None:
            return True
        first, last = self.changed
        if found.notice_date < first:
            return True
        read = (*found.window, *found.second)
        return bool(read) and min(each.date for each in read) > last


def changed_days(before: Market, after: Market, kind: PriceKind) -> Span | None:
    """From the first to the last day whose price a rule that reads the kind can see changed; None if none did."""
    if before is after:
        return None
    old, new = before.series_for(kind), after.series_for(kind)
    if before.calendar != after.calendar or before.splits != after.splits:
        return ALWAYS
    if old is None or new is None or old.kind is not new.kind:
        return None if old is new else ALWAYS
    if old.is_split_adjusted is not new.is_split_adjusted:
        return ALWAYS
    return _span(old.bars, new.bars)


def _span(old: tuple[PriceBar, ...], new: tuple[PriceBar, ...]) -> Span | None:
    first = _first_difference(old, new)
    if first is None:
        return None
    last = _first_difference(old[::-1], new[::-1])
    assert last is not None
    return min(first), max(last)


def _first_difference(old: tuple[PriceBar, ...], new: tuple[PriceBar, ...]) -> list[date] | None:
    """The dates of the first bars that are not the same."""
    for before, after in zip_longest(old, new):
        if before is not after and before != after:
            return [bar.date for bar in (before, after) if bar is not None]
    return None
