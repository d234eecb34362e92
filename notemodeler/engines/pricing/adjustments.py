"""Parts that turn the variable price into the conversion price: multiplier, fixed price, rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, Protocol

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.numbers import MONEY_CONTEXT, ROUNDING_CONTEXT, without_noise
from notemodeler.domain.rule import PriceComposition, PriceRounding
from notemodeler.engines.pricing.clause import Clause
from notemodeler.engines.pricing.finding import Step
from notemodeler.engines.words import counted, percent, price_text

if TYPE_CHECKING:
    import numpy

    Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

MULTIPLIER_FIELD = "note.conversion.rule.multiplier"
FIXED_FIELD = "note.conversion.rule.fixed_price"
DECIMAL_MODES = {
    PriceRounding.DOWN: ROUND_DOWN,
    PriceRounding.UP: ROUND_UP,
    PriceRounding.HALF_UP: ROUND_HALF_UP,
}


class Adjustment(Protocol):
    """One part of a price rule after the variable price. A lender's new twist is a new class of this shape.

    Where a rule has no variable price the price so far is infinite: any other is the lesser one.
    """

    @property
    def own_price(self) -> Decimal | None:
        """The price that this part may put in place of the price so far, if it is one that the note states."""

    def apply(self, price: Decimal) -> Decimal:
        """The exact price after this part."""

    def over(self, prices: "Floats") -> "Floats":
        """The same on an array of prices in dollars, NaN where there is none; for charts only."""

    def step(self, before: Decimal, after: Decimal) -> Step:
        """The line of arithmetic that explains this part."""

    def phrase(self, clause: Clause) -> Clause:
        """The clause so far, with this part put into words."""

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in this part's own terms."""


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The share of the reference price at which the holder converts; `points` have been taken off it."""

    fraction: Decimal
    points: Decimal = Decimal(0)
    field: str = MULTIPLIER_FIELD
    """The term that states it."""

    def apply(self, price: Decimal) -> Decimal:
        return MONEY_CONTEXT.multiply(price, self.fraction)

    def over(self, prices: "Floats") -> "Floats":
        return prices * float(self.fraction)

    def step(self, before: Decimal, after: Decimal) -> Step:
        times = percent(self.fraction)
        if self.points:
            times = f"({percent(self.fraction + self.points)} − {percent(self.points)})"
        return Step(self.label, f"{price_text(before)} × {times}", after)

    @property
    def label(self) -> str:
        discount = 1 - self.fraction
        return (
            f"Less {percent(discount)} discount"
            if discount > 0
            else f"Times {percent(self.fraction)}"
        )

    def phrase(self, clause: str) -> str:
        return clause if self.fraction == 1 else f"{percent(self.fraction)} of {clause}"

    def check(self) -> Iterator[Issue]:
        if self.fraction > 1:
            text = f"The holder would convert at {percent(self.fraction)} of the reference: above the market."
            yield Issue(Severity.WARNING, text, (self.field,))


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """A fixed price: alone, or the lesser or the greater of it and the variable price."""

    price: Decimal | None
    role: PriceComposition
    until: date | None = None
    """The last day on which it counts alone for a time."""

    @property
    def own_price(self) -> Decimal | None:
        return self.price

    @property
    def amount(self) -> Decimal:
        """The price; a rule that lacks it is refused before anybody asks."""
        if self.price is None:
            raise ValueError("this rule has no fixed price")
        return self.price

    def apply(self, price: Decimal) -> Decimal:
        if self.role is PriceComposition.LESSER_OF:
            return min(price, self.amount)
        return max(price, self.amount) if self.role is PriceComposition.GREATER_OF else self.amount

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        fixed = float(self.amount)
        if self.role is PriceComposition.LESSER_OF:
            return numpy.minimum(prices, fixed)
        greater = self.role is PriceComposition.GREATER_OF
        return numpy.maximum(prices, fixed) if greater else numpy.full(len(prices), fixed)

    def step(self, before: Decimal, after: Decimal) -> Step:
        fixed = price_text(self.amount)
        if self.role is PriceComposition.FIXED:
            until = f" alone until {show_date(self.until)}" if self.until else ""
            return Step("Fixed price", f"{fixed}{until}", after)
        lesser = self.role is PriceComposition.LESSER_OF
        counts = "variable" if after == before else "fixed"
        pair = f"{price_text(before)} variable and {fixed} fixed"
        name = "lesser" if lesser else "greater"
        return Step(f"{name.capitalize()} of two", f"{pair}: the {counts} price counts", after)

    def phrase(self, clause: Clause) -> Clause:
        fixed = "a fixed price" if self.price is None else price_text(self.price)
        if self.role is PriceComposition.LESSER_OF:
            return clause.lesser_with(fixed)
        return (
            clause.greater_with(fixed)
            if self.role is PriceComposition.GREATER_OF
            else Clause((fixed,))
        )

    def check(self) -> Iterator[Issue]:
        if self.price is None:
            text = f"The price is “{self.role.label}”, but no fixed price is given."
            yield Issue(Severity.ERROR, text, (FIXED_FIELD,))


@dataclass(frozen=True, slots=True)
class Rounding:
    """The price cut or rounded to so many decimals."""

    mode: PriceRounding
    places: int
    bounds: tuple[Decimal, ...] = ()
    """The fixed price and the floor, which rounding comes after."""

    @property
    def own_price(self) -> Decimal | None:
        return None

    def apply(self, price: Decimal) -> Decimal:
        unit = Decimal(1).scaleb(-self.places)
        return without_noise(price).quantize(
            unit, rounding=DECIMAL_MODES[self.mode], context=ROUNDING_CONTEXT
        )

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        noise = 1e-6 if prices.dtype == numpy.float32 else 1e-9
        scaled = prices.astype(numpy.float64) * 10.0**self.places
        nearest = numpy.rint(scaled)
        scaled = numpy.where(
            numpy.abs(scaled - nearest) < noise * numpy.maximum(1.0, nearest), nearest, scaled
        )
        if self.mode is PriceRounding.HALF_UP:
            scaled = scaled + (0.5 + noise)
        whole = numpy.ceil(scaled) if self.mode is PriceRounding.UP else numpy.floor(scaled)
        return numpy.asarray(whole / 10.0**self.places)

    def step(self, before: Decimal, after: Decimal) -> Step:
        return Step("Rounded", f"{price_text(before)} {self._words()}", after)

    def _words(self) -> str:
        return f"rounded {self.mode.label} to {counted(self.places, 'decimal')}"

    def phrase(self, clause: Clause) -> Clause:
        return clause.followed_by(self._words())

    def check(self) -> Iterator[Issue]:
        for bound in self.bounds:
            if decimals_of(bound) > self.places:
                text = (
                    f"{price_text(bound)} has more decimals than the price is rounded to: a rounded price "
                    "can pass it."
                )
                yield Issue(Severity.WARNING, text, ("note.conversion.rule.rounding_places",))
