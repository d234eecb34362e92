"""A price rule made of its parts: find the conversion price on a day, recite the clause, check the terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.rule import (
    FloorEffect,
    PriceComposition,
    PriceRounding,
    PriceRule,
    WindowAnchor,
)
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.adjustments import (
    MULTIPLIER_FIELD,
    Adjustment,
    FixedPrice,
    Multiplier,
    Rounding,
)
from notemodeler.engines.pricing.clause import Clause
from notemodeler.engines.pricing.finding import PriceFinding, Reckoned, Step
from notemodeler.engines.pricing.floor import Floor
from notemodeler.engines.pricing.lookback import LookBack
from notemodeler.engines.pricing.reference import reference_of
from notemodeler.engines.pricing.variable import VariablePrice, WindowFinding
from notemodeler.engines.words import price_text

NO_VARIABLE_PRICE = Decimal("Infinity")
"""The lesser of no variable prices: whatever else the rule says is below it."""
ROUNDING_FIELD = ("note.conversion.rule.rounding_places",)
SECOND_TITLE = "Second window"
SECOND_COUNT_FIELD = "note.conversion.rule.second.lowest_count"
SECOND_MULTIPLIER_FIELD = "note.conversion.rule.second.multiplier"
LEAST_MULTIPLIER = Decimal("0.01")


@dataclass(frozen=True)
class Composition:
    """The parts of one rule in the order in which they work.

    There are no variable prices where a fixed one counts alone, and two where the lesser of two counts.
    """

    variables: tuple[VariablePrice, ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def main(self) -> VariablePrice | None:
        """The variable price before the notice, if the rule has one."""
        return self.variables[0] if self.variables else None

    @property
    def second(self) -> VariablePrice | None:
        """The variable price of a second window, if the rule has one."""
        return self.variables[1] if len(self.variables) > 1 else None

    @cached_property
    def fixed(self) -> FixedPrice | None:
        return next((part for part in self.adjustments if isinstance(part, FixedPrice)), None)

    @cached_property
    def floor(self) -> Floor | None:
        return next((part for part in self.adjustments if isinstance(part, Floor)), None)

    @cached_property
    def makes_whole(self) -> bool:
        """Whether the company bears the floor, so that the price without it counts too."""
        return self.floor is not None and self.floor.effect is not FloorEffect.HOLDER

    @cached_property
    def without_floor(self) -> tuple[Adjustment, ...]:
        """The parts that make the price as it would be without a floor."""
        return tuple(part for part in self.adjustments if not isinstance(part, Floor))

    @property
    def kind(self) -> PriceComposition:
        """What the price is made of."""
        return self.fixed.role if self.fixed else PriceComposition.VARIABLE

    def conversion_price_on(
        self, notice: date, market: Market, remarks: tuple[Issue, ...] = ()
    ) -> PriceFinding:
        """The conversion price for a notice given on the day, with windows, steps and issues.

        An error among the issues leaves the prices None; nothing is shortened or filled unasked.
        `remarks` are issues that the caller adds.
        """
        found = tuple(each.find(notice, market, self.is_refused) for each in self.variables)
        issues = tuple(dict.fromkeys(chain.from_iterable(each.issues for each in found)))
        issues = (*issues, *self._closed_day(notice, market), *self.issues, *remarks)
        references = tuple(each.reference for each in found)
        if self.is_refused or None in references:
            return self._made(notice, found, issues)
        variable = self.variable(references)
        reckoned = self.reckon(variable)
        if zero := self.zero_issue(reckoned):
            return self._made(notice, found, (*issues, zero), variable)
        return self._made(notice, found, issues, variable, reckoned)

    def _made(
        self,
        notice: date,
        found: tuple[WindowFinding, ...],
        issues: tuple[Issue, ...],
        variable: Decimal | None = None,
        reckoned: Reckoned | None = None,
    ) -> PriceFinding:
        windows = [each.window for each in found]
        references = [each.reference for each in found]
        return PriceFinding(
            notice,
            windows[0] if windows else (),
            references[0] if references else None,
            issues,
            windows[1] if len(windows) > 1 else (),
            references[1] if len(references) > 1 else None,
            reckoned,
            partial(self._steps, found, variable),
        )

    def variable(self, references: Sequence[Decimal | None]) -> Decimal:
        """The lesser of the variable prices that the reference prices make."""
        pairs = zip(self.variables, references, strict=True)
        prices = (each.multiplier.apply(price) for each, price in pairs if price is not None)
        return min(prices, default=NO_VARIABLE_PRICE)

    def price_at(self, references: Sequence[Decimal]) -> Reckoned | None:
        """The prices if the windows came to these reference prices; None where the terms allow none."""
        if self.is_refused:
            return None
        reckoned = self.reckon(self.variable(references))
        return None if self.zero_issue(reckoned) else reckoned

    def reckon(self, variable: Decimal) -> Reckoned:
        """The prices that the parts make of a variable price; the terms must not contradict each other."""
        price = unrounded = unfloored = variable
        binds = False
        for part in self.adjustments:
            after = part.apply(price)
            if isinstance(part, Floor):
                binds = after > price
            else:
                unfloored = part.apply(unfloored)
            if not isinstance(part, Rounding):
                unrounded = after
            price = after
        return Reckoned(price, unrounded, unfloored, binds)

    def zero_issue(self, reckoned: Reckoned) -> Issue | None:
        """Why a price that rounds to zero is none."""
        if reckoned.price <= 0:
            text = "The conversion price rounds to zero: no shares can be counted."
            return Issue(Severity.ERROR, text, ROUNDING_FIELD)
        if reckoned.unfloored <= 0 and self.makes_whole:
            text = (
                "Without its floor the price rounds to zero: what the floor withholds has no value."
            )
            return Issue(Severity.ERROR, text, ROUNDING_FIELD)
        return None

    def _steps(
        self, found: tuple[WindowFinding, ...], variable: Decimal | None
    ) -> tuple[Step, ...]:
        if variable is None:
            return ()
        steps: list[Step] = []
        for part, finding, title in zip(self.variables, found, ("", SECOND_TITLE), strict=False):
            steps += part.steps(finding, title)
        if len(found) > 1:
            steps.append(self._lesser(steps, variable))
        price = variable
        for adjustment in self.adjustments:
            after = adjustment.apply(price)
            steps.append(adjustment.step(price, after))
            price = after
        return tuple(steps)

    def _lesser(self, steps: list[Step], variable: Decimal) -> Step:
        main, second = steps[1].value, steps[3].value
        counts = (
            "the second window counts" if second < main else "the window before the notice counts"
        )
        pair = f"{price_text(main)} and {price_text(second)}"
        return Step("Lesser of two windows", f"{pair}: {counts}", variable)

    def _closed_day(self, notice: date, market: Market) -> Iterator[Issue]:
        if self.variables and not market.calendar.is_trading_day(notice):
            text = "The market is closed on this day; the window ends on the last trading day before it."
            yield Issue(Severity.NOTE, text, days=(notice,))

    def recite(self) -> str:
        """The clause in words, as counsel would write it, without a full stop."""
        clause = Clause(tuple(each.phrase() for each in self.variables))
        for part in self.adjustments:
            clause = part.phrase(clause)
        return clause.text

    def check(self) -> Iterator[Issue]:
        """What is wrong or odd in the rule's terms, whatever the prices."""
        for variable in self.variables:
            yield from variable.check()
        for part in self.adjustments:
            yield from part.check()

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What `check` finds, worked out once."""
        return tuple(self.check())

    @cached_property
    def is_refused(self) -> bool:
        """Whether the rule's own terms allow no price at all."""
        return any(issue.is_error for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule takes from elsewhere: the date of the note, the par value, and what steps have changed.

    `points` come off every multiplier; `alone_until` is the last day of a fixed price that counts alone
    for a time. With `is_carried` the prices are no longer those that the note states.
    """

    issue_date: date | None = None
    par: Decimal | None = None
    points: Decimal = Decimal(0)
    alone_until: date | None = None
    is_carried: bool = False


def compose(rule: PriceRule, setting: Setting | None = None) -> Composition:
    """The parts that the terms of a rule call for, its prices in dollars of the notice date."""
    where = setting or Setting()
    return Composition(tuple(_variables(rule, where)), tuple(_adjustments(rule, where)))


def _variables(rule: PriceRule, where: Setting) -> Iterator[VariablePrice]:
    if rule.composition is PriceComposition.FIXED:
        return
    lookback = LookBack(rule.series, rule.lookback_days, rule.window_end, rule.missing_prices)
    reference = reference_of(rule.statistic, rule.lowest_count)
    yield VariablePrice(lookback, reference, _multiplier(rule.multiplier, where))
    second = rule.second
    if second.anchor is WindowAnchor.NONE:
        return
    anchor = None
    if second.anchor is WindowAnchor.ISSUE:
        if where.issue_date is None:
            raise ValueError("a second window before the issue date needs that date")
        anchor = where.issue_date
    yield VariablePrice(
        LookBack(
            rule.series, second.lookback_days, rule.window_end, rule.missing_prices, anchor,
            "second window",
        ),
        reference_of(second.statistic, second.lowest_count, SECOND_COUNT_FIELD),
        _multiplier(second.multiplier, where, SECOND_MULTIPLIER_FIELD),
    )  # fmt: skip


def _multiplier(stated: Decimal, where: Setting, field: str = MULTIPLIER_FIELD) -> Multiplier:
    """The multiplier less the points in force, never below one per cent."""
    left = max(LEAST_MULTIPLIER, stated - where.points)
    return Multiplier(left, max(Decimal(0), stated - left), field)


def _adjustments(rule: PriceRule, where: Setting) -> Iterator[Adjustment]:
    bounds = []
    if rule.composition is not PriceComposition.VARIABLE:
        yield FixedPrice(rule.fixed_price, rule.composition, where.alone_until)
        bounds.append(rule.fixed_price)
    if rule.floor_price is not None or rule.floor_at_par:
        lesser = rule.cap_price
        yield Floor(rule.floor_price, rule.floor_at_par, where.par, rule.floor_effect, lesser)
        bounds += [rule.floor_price, where.par if rule.floor_at_par else None]
    if rule.rounding is not PriceRounding.NONE:
        known = tuple(bound for bound in bounds if bound is not None and not where.is_carried)
        yield Rounding(rule.rounding, rule.rounding_places, known)
