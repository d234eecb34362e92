"""A note's price rule through time: which composition is in force on each day, and why it changed."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceKind
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.finding import PriceFinding, Reckoned
from notemodeler.engines.pricing.recital import recital
from notemodeler.engines.pricing.rule_check import check_steps
from notemodeler.engines.pricing.rule_stages import Stages
from notemodeler.engines.pricing.triggers import Scene

REASON_FIELDS = ("note.conversion.rule.steps",)


@dataclass(frozen=True, slots=True, eq=False)
class RuleChange:
    """From this notice date on the composition is in force; `reasons` say in sentences what brought it about.

    Changes with equal compositions share one object.
    """

    start: date
    composition: Composition
    reasons: tuple[str, ...] = ()

    @property
    def since(self) -> str:
        """From when the change counts, to begin a sentence."""
        is_first = self.start == date.min
        return "At first" if is_first else f"For notices from {show_date(self.start)}"

    @property
    def remarks(self) -> tuple[Issue, ...]:
        """The reasons as notes beside a figure."""
        return tuple(Issue(Severity.NOTE, reason, REASON_FIELDS) for reason in self.reasons)


@dataclass(frozen=True, eq=False)
class RuleInTime:
    """The compositions of one note in date order; the first holds from the beginning.

    What was found for a day is kept: whoever keeps the rule of a note that no edit touched keeps its
    prices. Two rules are the same only if they are one object.
    """

    market: Market
    changes: tuple[RuleChange, ...]
    scene: Scene | None = None
    """Where the rule comes from; None for a composition that stands alone."""
    _found: dict[date, PriceFinding] = field(default_factory=dict, repr=False)

    @property
    def series(self) -> PriceKind:
        """The kind of price that the rule reads."""
        if self.scene is not None:
            return self.scene.note.conversion.rule.series
        main = self.changes[0].composition.main
        return main.lookback.series if main else PriceKind.BID

    @cached_property
    def _starts(self) -> list[date]:
        return [change.start for change in self.changes]

    def change_on(self, day: date) -> RuleChange:
        """What is in force for a notice on the day, and why."""
        if len(self.changes) == 1:
            return self.changes[0]
        return self.changes[max(0, bisect_right(self._starts, day) - 1)]

    def on(self, day: date) -> Composition:
        """The composition in force for a notice on the day, its prices in dollars of the day."""
        return self.change_on(day).composition

    def conversion_price_on(self, day: date) -> PriceFinding:
        """The conversion price for a notice on the day, with windows, steps and issues."""
        if day not in self._found:
            change = self.change_on(day)
            made = change.composition.conversion_price_on(day, self.market, change.remarks)
            self._found[day] = made
        return self._found[day]

    def price_if_flat(self, day: date, price: Decimal) -> Reckoned | None:
        """The prices for a notice on the day if every price that it looks back at were the given one.

        A second window that ended before the note was signed keeps its own prices. None where the
        rule allows no price.
        """
        composition = self.on(day)
        references = []
        for each in composition.variables:
            anchored = each.lookback.anchor is not None
            reference = each.find(day, self.market).reference if anchored else price
            if reference is None:
                return None
            references.append(reference)
        return composition.price_at(references)

    @cached_property
    def stated(self) -> Composition:
        """The rule as the note states it, in dollars of its date, no step in force."""
        return Stages(self.scene).stated if self.scene else self.changes[0].composition

    def recite(self) -> str:
        """The clause in words, as counsel would write it, without the last full stop."""
        return recital(self.stated, self.scene) if self.scene else self.stated.recite()

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in the rule's terms, whatever the prices, each sentence once."""
        told = set()
        for issue in self._all_issues():
            if issue.text not in told:
                told.add(issue.text)
                yield issue

    def _all_issues(self) -> Iterator[Issue]:
        stated = self.stated.issues
        yield from stated
        if self.scene is None:
            return
        yield from check_steps(self.scene)
        known = {issue.text for issue in stated}
        seen: set[int] = set()
        for change in self.changes:
            if id(change.composition) in seen:
                continue
            seen.add(id(change.composition))
            for issue in change.composition.issues:
                if issue.text not in known:
                    yield issue._replace(text=f"{change.since}: {issue.text}")
                    known.add(issue.text)


def rule_in_time(note: Note, issuer: Issuer, market: Market) -> RuleInTime:
    """The rule of a note as its terms, the issuer's standing, the splits and the prices make it."""
    scene = Scene(note, issuer, market)
    stages = Stages(scene)
    changes = (RuleChange(start, made, reasons) for start, made, reasons in stages.all())
    return RuleInTime(market, tuple(changes), scene)


def unchanging(composition: Composition, market: Market) -> RuleInTime:
    """One composition for all days."""
    return RuleInTime(market, (RuleChange(date.min, composition),))
