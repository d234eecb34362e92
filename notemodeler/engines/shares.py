"""Counting shares: how many an amount buys, how many are outstanding, how many the holder may still take."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from notemodeler.domain.conversion import ShareRounding
from notemodeler.domain.numbers import CENT, MONEY_CONTEXT, ROUNDING_CONTEXT, without_noise

WHOLE = Decimal(1)
ROUNDING_MODES = {
    ShareRounding.DOWN: ROUND_FLOOR,
    ShareRounding.UP: ROUND_CEILING,
    ShareRounding.NEAREST: ROUND_HALF_UP,
}
MOST_LOTS = 2_000


def shares_for(amount: Decimal, price: Decimal, rounding: ShareRounding) -> int:
    """The whole shares that an amount in dollars buys at a conversion price above zero."""
    exact = without_noise(MONEY_CONTEXT.divide(amount, price))
    return int(exact.quantize(WHOLE, rounding=ROUNDING_MODES[rounding], context=ROUNDING_CONTEXT))


def amount_for(shares: int, price: Decimal) -> Decimal:
    """What the shares cost, cut to whole cents, so that it never buys more than the shares."""
    exact = without_noise(MONEY_CONTEXT.multiply(Decimal(shares), price))
    return exact.quantize(CENT, rounding=ROUND_FLOOR, context=ROUNDING_CONTEXT)


def ownership_limit_shares(limit: Decimal, outstanding: int, held: int) -> int:
    """The most new shares n with held + n <= limit x (outstanding + n), never below zero (Rule 13d-3)."""
    part, whole = limit.as_integer_ratio()
    room = part * outstanding - whole * held
    return room // (whole - part) if room > 0 else 0


@dataclass(frozen=True, slots=True)
class Lots:
    """In how many conversions a balance can go, if each takes what the ownership limit allows.

    If not `complete`, so many conversions are counted and shares are left all the same.
    """

    count: int
    shares: int
    complete: bool = True


def lots_to_clear(
    shares: int, limit: Decimal | None, outstanding: int, held: int, *, sold: bool
) -> Lots | None:
    """The lots that the shares of a whole balance take; None if the limit never lets them go.

    With `sold` each lot is sold before the next notice, so only `held` counts against the limit.
    """
    if limit is None:
        return Lots(1 if shares else 0, shares)
    count, taken = 0, 0
    while taken < shares and count < MOST_LOTS:
        lot = min(ownership_limit_shares(limit, outstanding, held), shares - taken)
        if lot == 0:
            return None
        outstanding, count, taken = outstanding + lot, count + 1, taken + lot
        held += 0 if sold else lot
    return Lots(count, taken, taken == shares)
