"""The reference part: which prices of the window qualify and what they come to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.rule import Statistic
from notemodeler.engines.pricing.finding import Step, WindowDay
from notemodeler.engines.splits import UNCHANGED
from notemodeler.engines.words import counted, number_word, price_text

COUNT_FIELD = "note.conversion.rule.lowest_count"
QUALIFYING = {Statistic.LOWEST: 1, Statistic.LAST: 1, Statistic.MEAN: 0}
MOST_SHOWN = 6
"""More prices than that are not written out in a sum."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A statistic over the prices of a window; `count` is how many prices qualify, 0 for all of them."""

    statistic: Statistic
    count: int
    field: str = COUNT_FIELD
    """The term that says how many."""

    def choose(self, window: Sequence[WindowDay]) -> tuple[WindowDay, ...]:
        """The window with the qualifying days marked; of equal prices the earliest day qualifies."""
        marked = list(window)
        for place in self._chosen_places(window):
            marked[place] = marked[place]._replace(qualifying=True)
        return tuple(marked)

    def _chosen_places(self, window: Sequence[WindowDay]) -> list[int]:
        priced = [(day.price, place) for place, day in enumerate(window) if day.price is not None]
        if self.statistic is Statistic.LAST:
            return [place for _, place in priced[-1:]]
        priced.sort()
        return [place for _, place in (priced[: self.count] if self.count else priced)]

    def price(self, qualifying: Sequence[WindowDay]) -> tuple[Decimal | None, tuple[Issue, ...]]:
        """The mean of the qualifying prices to fifty digits; None if there are too few."""
        days = [day for day in qualifying if day.price is not None]
        if not days or len(days) < self.count:
            text = f"The rule takes {self._described()}, but the window has {counted(len(days), 'price')}."
            return None, (Issue(Severity.ERROR, text, (self.field,)),)
        if any(day.factor is not UNCHANGED for day in days):
            return _exact_mean(days), ()
        total = sum((day.price for day in days if day.price is not None), Decimal(0))
        return MONEY_CONTEXT.divide(total, Decimal(len(days))), ()

    def step(self, qualifying: Sequence[WindowDay], reference: Decimal) -> Step:
        prices = [day.price for day in qualifying if day.price is not None]
        places = max(4, *map(decimals_of, prices))
        shown = [price_text(price, min(places, 12)) for price in prices]
        if len(shown) == 1:
            return Step("Reference price", f"{self._described()}: {shown[0]}", reference)
        if len(shown) > MOST_SHOWN:
            return Step("Reference price", f"average of {len(shown)} prices", reference)
        return Step("Reference price", f"({' + '.join(shown)}) ÷ {len(shown)}", reference)

    def _described(self) -> str:
        if self.statistic is Statistic.LAST:
            return "the last price"
        if self.count == 0:
            return "all prices"
        if self.count == 1:
            return "the lowest price"
        return f"the {number_word(self.count)} lowest prices"

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
            yield Issue(Severity.ERROR, text, (self.field,))


def reference_of(statistic: Statistic, lowest_count: int, field: str = COUNT_FIELD) -> Reference:
    """The part that the terms call for."""
    return Reference(statistic, QUALIFYING.get(statistic, lowest_count), field)


def _exact_mean(days: Sequence[WindowDay]) -> Decimal:
    """The mean of restated prices with one division: a third of a price would not come out even."""
    total = sum((Fraction(day.quoted or 0) / day.factor for day in days), Fraction(0)) / len(days)
    return MONEY_CONTEXT.divide(Decimal(total.numerator), Decimal(total.denominator))


PRICE_NOUNS = {
    PriceKind.BID: "closing bid price",
    PriceKind.CLOSE: "closing trade price",
    PriceKind.LOW: "intraday trading price",
    PriceKind.VWAP: "daily volume-weighted average price",
}
