"""A variable price: a multiplier on the reference price of one look-back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.issues import Issue
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.adjustments import Multiplier
from notemodeler.engines.pricing.finding import Step, WindowDay
from notemodeler.engines.pricing.lookback import LookBack
from notemodeler.engines.pricing.reference import Reference


class WindowFinding(NamedTuple):
    """What one window came to: `reference` is None where an issue is an error."""

    window: tuple[WindowDay, ...]
    reference: Decimal | None
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class VariablePrice:
    """One look-back, its statistic and its multiplier."""

    lookback: LookBack
    reference: Reference
    multiplier: Multiplier

    def find(self, notice: date, market: Market, is_refused: bool = False) -> WindowFinding:
        """The window of a notice date and its reference price in dollars of that date.

        With `is_refused` there is the window alone.
        """
        days, issues = self.lookback.window(notice, market)
        if is_refused or any(issue.is_error for issue in issues):
            return WindowFinding(days, None, issues)
        window = self.reference.choose(days)
        reference, too_few = self.reference.price([day for day in window if day.qualifying])
        return WindowFinding(window, reference, (*issues, *too_few))

    def steps(self, found: WindowFinding, title: str) -> Iterator[Step]:
        """The arithmetic from the prices to the variable price; `title` sets a second window apart."""
        if found.reference is None:
            return
        qualifying = [day for day in found.window if day.qualifying]
        for step in (
            self.reference.step(qualifying, found.reference),
            self.multiplier.step(found.reference, self.multiplier.apply(found.reference)),
        ):
            label = f"{title}: {step.label[0].lower()}{step.label[1:]}" if title else step.label
            yield step._replace(label=label)

    def phrase(self) -> str:
        """The variable price in words."""
        reference = self.reference.phrase(self.lookback.series)
        return self.multiplier.phrase(f"{reference} {self.lookback.phrase()}")

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in the terms of this window."""
        yield from self.reference.check(self.lookback.length)
        yield from self.multiplier.check()
