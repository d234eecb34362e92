"""At what price shares are counted on a day, and what a floor under the price adds or costs in cash."""

from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.conversion import ConversionTerms, ShareRounding
from notemodeler.domain.numbers import (
    MONEY_CONTEXT,
    to_cents,
)
from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.shares import amount_for, shares_for

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Trade:
    """The conversion of any amount on one day, limits aside; prices in dollars a share of that day.

    `unfloored` is what the price would be without its floor, and `market` the price at which the
    company makes up for the floor in cash; without either the floor is the holder's own affair.
    """

    terms: ConversionTerms
    price: Decimal
    unfloored: Decimal | None = None
    market: Decimal | None = None

    @property
    def counting(self) -> Decimal:
        """The price by which dollars become shares: that without the floor where principal is added for it."""
        return self.price if self.unfloored is None or self.market is not None else self.unfloored

    def exact_shares(self, amount: Decimal) -> Decimal:
        """The shares for an amount, fee included, before a fraction is settled."""
        return MONEY_CONTEXT.divide(amount, self.counting)

    def shares(self, amount: Decimal) -> int:
        """The whole shares for an amount, fee included."""
        return shares_for(amount, self.counting, self.terms.share_rounding)

    def amount(self, shares: int, fee: Decimal) -> Decimal:
        """What the shares cost less the fee, cut to whole cents: with it, it never buys more than the shares."""
        worth = amount_for(shares, self.counting)
        return max(NOTHING, MONEY_CONTEXT.subtract(worth, fee))

    def added(self, amount: Decimal) -> Decimal:
        """The principal that the floor adds and that is converted at once with an amount, in cents."""
        if self.unfloored is None or self.market is not None:
            return NOTHING
        raised = MONEY_CONTEXT.multiply(amount, self.price)
        return to_cents(
            MONEY_CONTEXT.subtract(MONEY_CONTEXT.divide(raised, self.unfloored), amount)
        )

    def cash(self, amount: Decimal) -> Decimal:
        """What the company pays besides the shares for an amount, in cents: for the floor, for a fraction."""
        return MONEY_CONTEXT.add(self._make_whole(amount), self._in_lieu(amount))

    def _make_whole(self, amount: Decimal) -> Decimal:
        if self.unfloored is None or self.market is None:
            return NOTHING
        raised = MONEY_CONTEXT.multiply(amount, MONEY_CONTEXT.subtract(self.price, self.unfloored))
        worth = MONEY_CONTEXT.multiply(raised, max(self.market, self.unfloored))
        both = MONEY_CONTEXT.multiply(self.price, self.unfloored)
        return to_cents(MONEY_CONTEXT.divide(worth, both))

    def _in_lieu(self, amount: Decimal) -> Decimal:
        if not self.terms.cash_in_lieu or self.terms.share_rounding is not ShareRounding.DOWN:
            return NOTHING
        whole = MONEY_CONTEXT.multiply(Decimal(self.shares(amount)), self.counting)
        left = max(NOTHING, MONEY_CONTEXT.subtract(amount, whole))
        worth = MONEY_CONTEXT.multiply(left, self.price)
        return to_cents(MONEY_CONTEXT.divide(worth, self.counting))


def trade_at(
    terms: ConversionTerms, finding: PriceFinding, last_price: Decimal | None
) -> Trade | None:
    """The trade at the price that was found; None if there is none.

    `last_price` is the last known price of the rule's series by the day, in shares of the day.
    """
    price, effect = finding.conversion_price, terms.rule.floor_effect
    if price is None:
        return None
    unfloored = finding.unfloored_price
    if not finding.floor_binds or not unfloored or effect is FloorEffect.HOLDER:
        return Trade(terms, price)
    if effect is FloorEffect.ADD_PRINCIPAL:
        return Trade(terms, price, unfloored)
    return Trade(terms, price, unfloored, unfloored if last_price is None else last_price)
