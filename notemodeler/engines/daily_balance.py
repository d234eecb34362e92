"""What is owed on many days at once, to the cent the same as the exact history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy

from notemodeler.engines.accrual_arrays import ROUNDOFF, growth
from notemodeler.engines.history import MOST_INTEREST, NoteHistory, Owed, Stretch
from notemodeler.engines.price_arrays import Ints, ordinals_of
from notemodeler.engines.pricing.sliding import Floats

MOST_CENTS = 2.0**52
MOST_INTEREST_CENTS = 100 * float(MOST_INTEREST)


@dataclass(frozen=True, slots=True)
class Balances:
    """In dollars, one a day: what is owed on the day, in whole cents, before its own entries are booked."""

    principal: Floats
    interest: Floats
    default_sum: Floats
    owed: Floats


@lru_cache(maxsize=4)
def daily_balances(history: NoteHistory, days: tuple[date, ...]) -> Balances:
    """The balances on the days, which may come in any order.

    Float64 is trusted as far as its error bound allows: an interest too near to half a cent is
    taken from the exact history. Only beyond 45 trillion dollars, where float64 has no cents, are
    figures merely close.
    """
    ordinals = ordinals_of(days)
    starts = numpy.array([stretch.start.toordinal() for stretch in history.stretches])
    of_day = numpy.searchsorted(starts, ordinals, "right") - 1
    of_day[ordinals < history.funded.toordinal()] = -1
    principal, opening, default_sum = _opening_cents(history.stretches, of_day)
    grown, error = growth(history.stretches, of_day, ordinals)
    interest = numpy.where(of_day < 0, 0.0, opening + 100 * grown)
    interest = numpy.minimum(interest, MOST_INTEREST_CENTS)
    error = 100 * grown * error + 4 * ROUNDOFF * interest
    cents = numpy.floor(interest + 0.5)
    owed = principal + cents + default_sum
    made = Balances(principal / 100, cents / 100, default_sum / 100, owed / 100)
    near_half = numpy.abs(interest - numpy.floor(interest) - 0.5) <= error
    for place in numpy.flatnonzero(near_half & (interest < MOST_CENTS)).tolist():
        _write(made, place, history.owed_on(days[place]))
    for day, before in history.first_settled.items():
        for place in numpy.flatnonzero(ordinals == day.toordinal()).tolist():
            _write(made, place, before)
    return made


def _opening_cents(stretches: Sequence[Stretch], of_day: Ints) -> tuple[Floats, Floats, Floats]:
    """Principal, interest and default sum at the start of each day's stretch; nothing before the first."""
    openings = [
        (each.owed.principal, each.owed.interest, each.owed.default_sum) for each in stretches
    ]
    cents = 100 * numpy.array([*openings, (0, 0, 0)], numpy.float64)
    principal, interest, default_sum = cents[of_day].T
    return numpy.rint(principal), interest, numpy.rint(default_sum)


def _write(balances: Balances, place: int, owed: Owed) -> None:
    exact = owed.in_cents()
    balances.principal[place] = exact.principal
    balances.interest[place] = exact.interest
    balances.default_sum[place] = exact.default_sum
    balances.owed[place] = exact.total
