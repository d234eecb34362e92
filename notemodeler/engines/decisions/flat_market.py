"""A hypothetical market: every price of the look-back is the same, what lies before stays as it was."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.rule import WindowAnchor
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.rule_in_time import RuleChange, RuleInTime, rule_in_time
from notemodeler.engines.pricing.variable import VariablePrice, WindowFinding
from notemodeler.engines.quote import Quoter
from notemodeler.engines.splits import price_carried


def on_market(quoter: Quoter, market: Market) -> Quoter:
    """The quoter of the same note on other prices; its history stays what it was."""
    return replace(quoter, market=market, rule=rule_in_time(quoter.note, quoter.issuer, market))


def with_series(market: Market, before: PriceSeries, after: PriceSeries) -> Market:
    """The market with one series in the place of another."""
    others = tuple(each for each in market.prices if each is not before)
    return Market((after, *others), market.calendar, market.splits)


class FlatMarket:
    """Every price of a look-back that ends on a day is the same, in dollars of that day.

    Notes that look at the same prices share one market.
    """

    def __init__(self, market: Market, day: date, price: Decimal) -> None:
        self.market, self.day, self.price = market, day, price
        self._made: dict[tuple[PriceKind, int], Market] = {}

    def quoter(self, quoter: Quoter) -> Quoter:
        """The quoter of the same note in this market.

        A window that ended before the note was signed keeps the prices there really were.
        """
        flat = on_market(quoter, self._market(quoter.note))
        if quoter.note.conversion.rule.second.anchor is not WindowAnchor.ISSUE:
            return flat
        changes = tuple(_pinned(change, self.market) for change in flat.rule.changes)
        return replace(flat, rule=RuleInTime(flat.market, changes, flat.rule.scene))

    def _market(self, note: Note) -> Market:
        kind, length = note.conversion.rule.series, longest_window(note)
        if (kind, length) not in self._made:
            self._made[kind, length] = self._flat(kind, length)
        return self._made[kind, length]

    def _flat(self, kind: PriceKind, length: int) -> Market:
        """The market with the series flat over so many trading days that end on the day, and on the day."""
        market = self.market
        series = market.series_for(kind) or PriceSeries(kind)
        days = market.calendar.last_through(self.day, length + 1)
        before = series.bars[: bisect_left(series.dates, days[0])]
        flat = tuple(PriceBar(each, self._listed(series, each), kind) for each in days)
        return with_series(market, series, replace(series, bars=(*before, *flat)))

    def _listed(self, series: PriceSeries, on: date) -> Decimal:
        """What the series would list on a day."""
        return price_carried(self.price, 1 / self.market.shares_since(series, on, self.day))


@dataclass(frozen=True, slots=True)
class PinnedPrice(VariablePrice):
    """A variable price that is found in a market of its own, whatever the market in question is."""

    market: Market

    def find(self, notice: date, market: Market, is_refused: bool = False) -> WindowFinding:
        return VariablePrice.find(self, notice, self.market, is_refused)


def _pinned(change: RuleChange, market: Market) -> RuleChange:
    variables = tuple(
        each
        if each.lookback.anchor is None
        else PinnedPrice(each.lookback, each.reference, each.multiplier, market)
        for each in change.composition.variables
    )
    return replace(change, composition=replace(change.composition, variables=variables))


def longest_window(note: Note) -> int:
    """The most trading days that a look-back before a notice can have."""
    rule = note.conversion.rule
    lengths = [rule.lookback_days, *(step.lookback_days or 1 for step in rule.steps)]
    if rule.second.anchor is WindowAnchor.NOTICE:
        lengths.append(rule.second.lookback_days)
    return max(lengths)
