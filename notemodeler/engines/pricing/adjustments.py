"""The parts that turn the reference price into the conversion price: multiplier, cap, floor, rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, Protocol

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.numbers import MONEY_CONTEXT, ROUNDING_CONTEXT, without_noise
from notemodeler.domain.rule import PriceRounding
from notemodeler.engines.pricing.finding import Step
from notemodeler.engines.words import counted, percent, price_text

if TYPE_CHECKING:
    import numpy

    Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

DECIMAL_MODES = {
    PriceRounding.DOWN: ROUND_DOWN,
    PriceRounding.UP: ROUND_UP,
    PriceRounding.HALF_UP: ROUND_HALF_UP,
}


class Adjustment(Protocol):
    """One part of a price rule after the reference price. A lender's new twist is a new class of this shape."""

    def apply(self, price: Decimal) -> Decimal:
        """The exact price after this part."""

    def over(self, prices: "Floats") -> "Floats":
        """The same on an array of prices in dollars, NaN where there is none; for charts only."""

    def step(self, before: Decimal, after: Decimal) -> Step:
        """The line of arithmetic that explains this part."""

    def phrase(self, clause: str) -> str:
        """The clause so far, with this part put into words."""

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in this part's own terms."""


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The share of the reference price at which the holder converts."""

    fraction: Decimal

    def apply(self, price: Decimal) -> Decimal:
        return MONEY_CONTEXT.multiply(price, self.fraction)

    def over(self, prices: "Floats") -> "Floats":
        return prices * float(self.fraction)

    def step(self, before: Decimal, after: Decimal) -> Step:
        return Step(self._label(), f"{price_text(before)} × {percent(self.fraction)}", after)

    def _label(self) -> str:
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
            yield Issue(Severity.WARNING, text, ("note.conversion.rule.multiplier",))


@dataclass(frozen=True, slots=True)
class Cap:
    """The lesser of a fixed price and the variable price."""

    price: Decimal

    def apply(self, price: Decimal) -> Decimal:
        return min(price, self.price)

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        return numpy.minimum(prices, float(self.price))

    def step(self, before: Decimal, after: Decimal) -> Step:
        binds = "the cap binds" if after < before else "the cap does not bind"
        return Step(
            "Cap", f"lesser of {price_text(before)} and {price_text(self.price)}: {binds}", after
        )

    def phrase(self, clause: str) -> str:
        return f"the lesser of {price_text(self.price)} and {clause}"

    def check(self) -> Iterator[Issue]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Floor:
    """The greater of a fixed price and the price so far."""

    price: Decimal
    cap: Decimal | None

    def apply(self, price: Decimal) -> Decimal:
        return max(price, self.price)

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        return numpy.maximum(prices, float(self.price))

    def step(self, before: Decimal, after: Decimal) -> Step:
        binds = "the floor binds" if after > before else "the floor does not bind"
        return Step(
            "Floor", f"greater of {price_text(before)} and {price_text(self.price)}: {binds}", after
        )

    def phrase(self, clause: str) -> str:
        return f"{clause}, but not less than {price_text(self.price)}"

    def check(self) -> Iterator[Issue]:
        if self.cap is not None and self.cap < self.price:
            fields = ("note.conversion.rule.floor_price", "note.conversion.rule.cap_price")
            yield Issue(
                Severity.ERROR, "The floor is above the cap: no price can meet both.", fields
            )


@dataclass(frozen=True, slots=True)
class Rounding:
    """The price cut or rounded to so many decimals."""

    mode: PriceRounding
    places: int
    bounds: tuple[Decimal, ...] = ()
    """The cap and the floor, which rounding comes after."""

    def apply(self, price: Decimal) -> Decimal:
        unit = Decimal(1).scaleb(-self.places)
        return without_noise(price).quantize(
            unit, rounding=DECIMAL_MODES[self.mode], context=ROUNDING_CONTEXT
        )

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        scaled = prices * 10.0**self.places
        nearest = numpy.rint(scaled)
        scaled = numpy.where(
            numpy.abs(scaled - nearest) < 1e-9 * numpy.maximum(1.0, nearest), nearest, scaled
        )
        if self.mode is PriceRounding.HALF_UP:
            scaled = scaled + (0.5 + 1e-9)
        whole = numpy.ceil(scaled) if self.mode is PriceRounding.UP else numpy.floor(scaled)
        return numpy.asarray(whole / 10.0**self.places)

    def step(self, before: Decimal, after: Decimal) -> Step:
        return Step("Rounded", f"{price_text(before)} {self._words()}", after)

    def _words(self) -> str:
        return f"rounded {self.mode.label} to {counted(self.places, 'decimal')}"

    def phrase(self, clause: str) -> str:
        return f"{clause}, {self._words()}"

    def check(self) -> Iterator[Issue]:
        for bound in self.bounds:
            if decimals_of(bound) > self.places:
                text = (
                    f"{price_text(bound)} has more decimals than the price is rounded to: a rounded price "
                    "can pass it."
                )
                yield Issue(Severity.WARNING, text, ("note.conversion.rule.rounding_places",))
