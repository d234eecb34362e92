"""The floor: a price under which the conversion price never falls, and who bears the difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.pricing.adjustments import FIXED_FIELD
from notemodeler.engines.pricing.clause import Clause
from notemodeler.engines.pricing.finding import Step
from notemodeler.engines.words import price_text

if TYPE_CHECKING:
    import numpy

    Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

FLOOR_FIELD = "note.conversion.rule.floor_price"
PAR_FIELDS = ("note.conversion.rule.floor_at_par", "issuer.par_price")
EFFECTS = {
    FloorEffect.ADD_PRINCIPAL: (
        "If the price would otherwise be lower, the holder converts at that floor, and so much principal "
        "is added and converted with it that the number of shares is that of the lower price"
    ),
    FloorEffect.CASH: (
        "If the price would otherwise be lower, the company pays the holder the value of the shares that "
        "the floor withholds in cash"
    ),
}


@dataclass(frozen=True, slots=True)
class Floor:
    """The greater of the price so far and a floor: a price of the note's own, the par value, or the higher one.

    `lesser` is the fixed price that caps the price, if one does.
    """

    price: Decimal | None
    at_par: bool = False
    par: Decimal | None = None
    effect: FloorEffect = FloorEffect.HOLDER
    lesser: Decimal | None = None

    @property
    def own_price(self) -> Decimal | None:
        return self.level

    @property
    def level(self) -> Decimal:
        """The floor in force."""
        return max(
            each for each in (self.price, self.par if self.at_par else None) if each is not None
        )

    def apply(self, price: Decimal) -> Decimal:
        return max(price, self.level)

    def over(self, prices: "Floats") -> "Floats":
        import numpy

        return numpy.maximum(prices, float(self.level))

    def step(self, before: Decimal, after: Decimal) -> Step:
        binds = "the floor binds" if after > before else "the floor does not bind"
        is_par = self.at_par and self.par == self.level
        name = f"{price_text(self.level)}{' par' if is_par else ''}"
        return Step("Floor", f"greater of {price_text(before)} and {name}: {binds}", after)

    def phrase(self, clause: Clause) -> Clause:
        return clause.followed_by(f"but not less than {self._words()}")

    def _words(self) -> str:
        par = "the par value of a share"
        if self.par is not None:
            par = f"the par value of {price_text(self.par)} a share"
        if self.price is None:
            return par
        own = price_text(self.price)
        return f"the greater of {own} and {par}" if self.at_par else own

    @property
    def effect_in_words(self) -> str:
        """A sentence without a full stop that says who bears the difference, if it is not the holder."""
        return EFFECTS.get(self.effect, "")

    def check(self) -> Iterator[Issue]:
        if self.at_par and self.par is None:
            text = "The price may not fall below par, but the par value of a share is not given."
            yield Issue(Severity.ERROR, text, PAR_FIELDS)
        if self.lesser is None:
            return
        if self.price is not None and self.lesser < self.price:
            text = "The floor is above the fixed price: no price can meet both."
            yield Issue(Severity.ERROR, text, (FLOOR_FIELD, FIXED_FIELD))
        elif self.at_par and self.par is not None and self.lesser < self.par:
            text = "Par is above the fixed price: the holder always converts at par."
            yield Issue(Severity.WARNING, text, (*PAR_FIELDS, FIXED_FIELD))
