"""The reference part: which prices of the window qualify and what they come to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.rule import Statistic
from notemodeler.engines.pricing.finding import Step, WindowDay
from notemodeler.engines.words import counted, number_word, price_text

COUNT_FIELD = "note.conversion.rule.lowest_count"


@dataclass(frozen=True, slots=True)
class Reference:
    """A statistic over the prices of a window; `count` is how many prices qualify, 0 for all of them."""

    statistic: Statistic
    count: int

    def choose(self, window: Sequence[WindowDay]) -> tuple[WindowDay, ...]:
        """The window with the qualifying days marked; of equal prices the earliest day qualifies."""
        chosen = set(self._chosen_places(window))
        return tuple(
            replace(day, qualifying=True) if place in chosen else day
            for place, day in enumerate(window)
        )

    def _chosen_places(self, window: Sequence[WindowDay]) -> list[int]:
        priced = [(day.price, place) for place, day in enumerate(window) if day.price is not None]
        if self.statistic is Statistic.LAST:
            return [place for _, place in priced[-1:]]
        priced.sort()
        return [place for _, place in (priced[: self.count] if self.count else priced)]

    def price(self, qualifying: Sequence[WindowDay]) -> tuple[Decimal | None, tuple[Issue, ...]]:
        """The mean of the qualifying prices, unrounded; None if there are too few."""
        prices = [day.price for day in qualifying if day.price is not None]
        if not prices or len(prices) < self.count:
            text = f"The rule takes {self._described()}, but the window has {counted(len(prices), 'price')}."
            return None, (Issue(Severity.ERROR, text, (COUNT_FIELD,)),)
        total = sum(prices, Decimal(0))
        return MONEY_CONTEXT.divide(total, Decimal(len(prices))), ()

    def step(self, qualifying: Sequence[WindowDay], reference: Decimal) -> Step:
        prices = [day.price for day in qualifying if day.price is not None]
        places = max(4, *map(decimals_of, prices))
        shown = [price_text(price, places) for price in prices]
        if len(shown) == 1:
            return Step("Reference price", f"{self._described()}: {shown[0]}", reference)
        if len(shown) > 6:
            return Step("Reference price", f"average of {len(shown)} prices", reference)
        return Step("Reference price", f"({' + '.join(shown)}) ÷ {len(shown)}", reference)

    def _described(self) -> str:
        if self.statistic is Statistic.LAST:
            return "the last price"
        if self.count == 0:
            return "all prices"
        return (
            "the lowest price"
            if self.count == 1
            else f"the {number_word(self.count)} lowest prices"
        )

    def phrase(self, series: PriceKind) -> str:
        noun = PRICE_NOUNS[series]
        if self.statistic is Statistic.LAST:
            return f"the last {noun}"
        if self.count == 0:
            return f"the average of all {noun}s"
        if self.count == 1:
            return f"the lowest {noun}"
        return f"the average of the {number_word(self.count)} lowest {noun}s"

    def check(self, lookback_days: int) -> Iterator[Issue]:
        if self.count > lookback_days:
            text = (
                f"The rule averages {number_word(self.count)} prices, but the look-back has only "
                f"{counted(lookback_days, 'day')}."
            )
            yield Issue(Severity.ERROR, text, (COUNT_FIELD,))


PRICE_NOUNS = {
    PriceKind.BID: "closing bid price",
    PriceKind.CLOSE: "closing trade price",
    PriceKind.LOW: "intraday trading price",
    PriceKind.VWAP: "daily volume-weighted average price",
}
