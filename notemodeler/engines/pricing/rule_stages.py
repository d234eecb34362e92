"""The stages of a price rule: from which notice date on which steps, fixed prices and splits make which parts."""

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from notemodeler.domain.dates import show_date
from notemodeler.domain.rule import PriceComposition, PriceRule
from notemodeler.engines.market_check import split_words
from notemodeler.engines.pricing.composition import Composition, Setting, compose
from notemodeler.engines.pricing.step_words import effects_in_words
from notemodeler.engines.pricing.triggers import ONE_DAY, TRIGGERS, Scene, Span
from notemodeler.engines.splits import new_for_old, price_carried
from notemodeler.engines.words import counted

STANDS_ALONE = (PriceComposition.LESSER_OF, PriceComposition.GREATER_OF)


class Stage(NamedTuple):
    """From this notice date on these parts are in force, for these reasons."""

    start: date
    composition: Composition
    reasons: tuple[str, ...]


class _Key(NamedTuple):
    """What decides the parts: the rows of the steps in force, whether the fixed price is alone, the splits."""

    rows: tuple[int, ...]
    alone: bool
    era: int


class Stages:
    """Works out the stages of one note's rule."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._rule = scene.note.conversion.rule
        self._issued = scene.note.issue_date
        self._made: dict[_Key, Composition] = {}

    @property
    def stated(self) -> Composition:
        """The rule as the note states it, in dollars of its date, par too."""
        return compose(self._rule, Setting(self._issued, self._par_on(self._issued)))

    def all(self) -> Iterator[Stage]:
        """The stages in date order; the first starts at the beginning of time."""
        spans = [list(self._spans(row)) for row in range(len(self._rule.steps))]
        moves = self._moves(spans)
        holding: list[dict[Span, None]] = [{} for _ in spans]
        for start in sorted({date.min, *self._own_dates(), *moves}):
            for row, span, begins in moves.get(start, ()):
                if begins:
                    holding[row][span] = None
                else:
                    del holding[row][span]
            yield self._stage(start, holding)

    def _spans(self, row: int) -> Iterator[Span]:
        step = self._rule.steps[row]
        for span in TRIGGERS[step.trigger].spans(step, self._scene):
            if span.end is None or span.end > span.start:
                yield span

    @staticmethod
    def _moves(spans: list[list[Span]]) -> dict[date, list[tuple[int, Span, bool]]]:
        """By date the rows whose spans begin or end there."""
        moves: dict[date, list[tuple[int, Span, bool]]] = {}
        for row, of_row in enumerate(spans):
            for span in dict.fromkeys(of_row):
                moves.setdefault(span.start, []).append((row, span, True))
                if span.end is not None:
                    moves.setdefault(span.end, []).append((row, span, False))
        return moves

    def _own_dates(self) -> Iterator[date]:
        """When a fixed price ceases to count alone, and splits that carry prices of the note."""
        if self._alone_until is not None:
            yield self._alone_until + ONE_DAY
        if self._has_dollars:
            yield from self._scene.market.split_dates

    @property
    def _alone_until(self) -> date | None:
        days = self._rule.fixed_for_days
        if days is None or self._rule.composition not in STANDS_ALONE:
            return None
        return self._issued + timedelta(days=days)

    @property
    def _has_dollars(self) -> bool:
        """Whether the rule states prices that splits carry, or has a window that stays where it is."""
        rule = self._rule
        return rule.floor_at_par or any(
            price is not None
            for price in (
                rule.fixed_price,
                rule.floor_price,
                *(step.fixed_price for step in rule.steps),
            )
        )

    def _stage(self, start: date, holding: list[dict[Span, None]]) -> Stage:
        rows = tuple(row for row, spans in enumerate(holding) if spans)
        alone = self._alone_until is not None and start <= self._alone_until
        era = self._scene.market.era(start) if self._has_dollars else 0
        key = _Key(rows, alone, era)
        if key not in self._made:
            self._made[key] = self._composed(key, start)
        because = [(row, next(iter(holding[row])).because) for row in rows]
        reasons = chain(
            self._alone_words(alone), self._step_words(because), self._split_words(start)
        )
        return Stage(start, self._made[key], tuple(reasons))

    def _composed(self, key: _Key, day: date) -> Composition:
        rule, points = self._rule, Decimal(0)
        for row in key.rows:
            step = rule.steps[row]
            points += step.extra_discount or 0
            rule = dataclasses.replace(
                rule,
                multiplier=step.multiplier or rule.multiplier,
                lookback_days=step.lookback_days or rule.lookback_days,
                fixed_price=step.fixed_price or rule.fixed_price,
            )
        if key.alone:
            rule = dataclasses.replace(rule, composition=PriceComposition.FIXED)
        until = self._alone_until if key.alone else None
        carried = self._carried(rule, day)
        is_carried = carried is not rule
        setting = Setting(self._issued, self._par_on(day), points, until, is_carried)
        return compose(carried, setting)

    def _carried(self, rule: PriceRule, day: date) -> PriceRule:
        """The rule with its prices in dollars of the day."""
        splits = self._scene.market.splits
        if not splits or not self._has_dollars:
            return rule
        factor = new_for_old(splits, self._issued, day)
        fixed, floor = rule.fixed_price, rule.floor_price
        return dataclasses.replace(
            rule,
            fixed_price=None if fixed is None else price_carried(fixed, factor),
            floor_price=None if floor is None else price_carried(floor, factor),
        )

    def _par_on(self, day: date) -> Decimal | None:
        """The par value on the day: today's, with the splits since then undone."""
        par = self._scene.issuer.par_price
        if par is None or not self._scene.market.splits:
            return par
        return price_carried(par, new_for_old(self._scene.market.splits, date.max, day))

    def _alone_words(self, alone: bool) -> Iterator[str]:
        if alone and self._alone_until is not None:
            days = counted(self._rule.fixed_for_days or 0, "day")
            until = show_date(self._alone_until)
            yield f"Until {until}, {days} after issue, the fixed price counts alone."

    def _step_words(self, because: list[tuple[int, str]]) -> Iterator[str]:
        for row, why in because:
            effects = effects_in_words(self._rule.steps[row], self._rule)
            if effects:
                yield f"{why}, {effects}."

    def _split_words(self, start: date) -> Iterator[str]:
        rule = self._rule
        if rule.fixed_price is None and rule.floor_price is None:
            return
        for split in self._scene.market.splits:
            if self._issued < split.date <= start:
                yield f"Prices that the note states are carried across the {split_words(split)}."
