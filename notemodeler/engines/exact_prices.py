"""The conversion price of single days to the last digit, out of the whole sums of their windows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy

from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.price_arrays import Ints
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.finding import Reckoned
from notemodeler.engines.pricing.kernel import WindowSums
from notemodeler.engines.pricing.rule_in_time import RuleInTime

Key = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class DaysOfOneRule:
    """Notice dates under one composition and one count of splits.

    `windows` has an entry for each variable price: the sums of the days, or a reference price that is the
    same for all of them, None if it cannot be had. Days that add up to the same sums share their price.
    """

    composition: Composition
    windows: tuple[WindowSums | Decimal | None, ...]
    _found: dict[Key, Reckoned | None] = field(default_factory=dict)

    @property
    def is_exact(self) -> bool:
        """Whether float64 holds every sum without a rounding."""
        return all(
            each.per_dollar is not None for each in self.windows if isinstance(each, WindowSums)
        )

    def reckoned(self, place: int) -> Reckoned | None:
        """The exact prices of one of the days; the sums must be exact."""
        key = tuple(
            (float(each.sums[place]), float(each.counts[place]))
            for each in self.windows
            if isinstance(each, WindowSums)
        )
        if key not in self._found:
            self._found[key] = self._from_sums(place)
        return self._found[key]

    def _from_sums(self, place: int) -> Reckoned | None:
        references = []
        for each in self.windows:
            reference = _reference(each, place) if isinstance(each, WindowSums) else each
            if reference is None:
                return None
            references.append(reference)
        return self.composition.price_at(references)


def _reference(sums: WindowSums, place: int) -> Decimal | None:
    """The mean with one division, as the exact engine takes it."""
    ticks = float(sums.sums[place])
    if numpy.isnan(ticks) or sums.per_dollar is None:
        return None
    divisor = int(sums.counts[place]) * int(sums.per_dollar)
    return MONEY_CONTEXT.divide(Decimal(int(ticks)), Decimal(divisor))


@dataclass(frozen=True)
class ExactPrices:
    """The exact conversion prices of many days: `group_of` says to which group a day belongs, `at` where in it."""

    rule: RuleInTime
    days: tuple[date, ...]
    groups: tuple[DaysOfOneRule, ...]
    group_of: Ints | None
    at: Ints | None

    def on(self, place: int) -> Decimal | None:
        """The conversion price for a notice on `days[place]`, None where the rule gives none."""
        reckoned = self.reckoned(place)
        return reckoned.price if reckoned else None

    def unfloored_on(self, place: int) -> Decimal | None:
        """The same without the floor."""
        reckoned = self.reckoned(place)
        return reckoned.unfloored if reckoned else None

    def reckoned(self, place: int) -> Reckoned | None:
        """The exact prices for a notice on `days[place]`."""
        if self.group_of is None or self.at is None:
            group, at = self.groups[0], place
        else:
            group, at = self.groups[int(self.group_of[place])], int(self.at[place])
        if not group.is_exact:
            return self.rule.conversion_price_on(self.days[place]).reckoned
        return group.reckoned(at)
