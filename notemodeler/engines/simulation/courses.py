"""The courses of the notes of a book: balance, limits, price rule and policy by simulated day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product

import numpy

from notemodeler.domain.default import DefaultBase
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.repayment import Settled
from notemodeler.domain.rule import MissingPrices, WindowEnd
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.daily_balance import daily_balances
from notemodeler.engines.note_limits import exchange_room, left_in_month
from notemodeler.engines.pricing.rule_in_time import rule_in_time
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.assumptions import Assumptions, price_of
from notemodeler.engines.simulation.formula import Formula, formula_of
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.policies import AtOnce, AtThreshold, Never, OnSchedule, Policy
from notemodeler.engines.simulation.setting import Feed, NoteCourse, RuleDays, Trigger
from notemodeler.engines.simulation.twin_days import Figure
from notemodeler.engines.splits import new_for_old, price_carried
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.rates import YEAR

BY_PRICE = (StepTrigger.PRICE_FELL, StepTrigger.PRICE_LOW)
MOST_TRIGGERS = 3
FeedKey = tuple[PriceKind, MissingPrices, bool]


class Courses:
    """Makes the course of each note, and gathers the feeds, holders and issues of all of them."""

    def __init__(
        self, known: Known, days: Sequence[date], inputs: Inputs, assumed: Assumptions
    ) -> None:
        self.known, self.days, self.inputs, self.assumed = known, days, inputs, assumed
        self.price, self.kind = price_of(inputs), known.note.conversion.rule.series
        self.issues: list[Issue] = []
        self._figures: dict[FeedKey, list[Figure]] = {}
        self._holders: dict[str, int] = {}

    @property
    def holders(self) -> int:
        return len(self._holders)

    @cached_property
    def month(self) -> "numpy.ndarray[tuple[int], numpy.dtype[numpy.int64]]":
        return numpy.array([day.year * 12 + day.month for day in self.days], numpy.int64)

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds that the notes made so far look at."""
        return tuple(self._feed(key, figures) for key, figures in self._figures.items())

    def course(self, place: int) -> NoteCourse:
        """The course of the note at that place of the known book."""
        known, note = self.known, self.known.notes[place]
        terms, history = note.conversion, known.book.histories[place]
        rule = self._rule(note)
        key = self._key(note, rule)
        room = exchange_room(note, place, known.book.register, self.days[0])
        left = left_in_month(note, history, self.days[0])
        cap = terms.monthly_cap_amount
        balances = daily_balances(history, tuple(self.days))
        owed = balances.owed
        opens, ends = self._first_on(max(opening_date(note), note.funding_date)), self._end(note)
        return NoteCourse(
            place, rule, list(self._figures).index(key),
            owed, self._claims(note, owed, balances.principal), self._cash(place), self.month,
            opens, ends, self._holder(note, place), self._held(place),
            None if terms.ownership_limit is None else float(terms.ownership_limit),
            float(terms.minimum_amount or 0),
            None if cap is None else float(cap),
            0.0 if cap is None or left is None else float(cap - left),
            float(terms.fee_amount),
            None if room is None else float(room),
            float(terms.reserved_shares) if terms.reserved_shares else None,
            self._policy(opens) if place == known.place else AtOnce(),
            *self._due(place, ends), terms.lots_are_sold,
        )  # fmt: skip

    def _claims(self, note: Note, owed: Floats, principal: Floats) -> Floats:
        """What the holder may claim in a default on each day: all that is owed, and the default sum once."""
        terms = note.default
        if terms.default_date is not None:
            return owed
        base = principal if terms.base is DefaultBase.PRINCIPAL else owed
        return owed + base * (float(terms.multiple_due) - 1)

    def _policy(self, opens: int) -> Policy:
        """The policy assumed; the best one begins as one that converts at once, to be learnt."""
        assumed = self.assumed
        if assumed.policy is HolderPolicy.THRESHOLD:
            return AtThreshold(assumed.threshold)
        if assumed.policy is HolderPolicy.SCHEDULE:
            return OnSchedule(assumed.every, opens, assumed.amount)
        return Never() if assumed.policy is HolderPolicy.NEVER else AtOnce()

    def _first_on(self, day: date) -> int:
        return next((at for at, each in enumerate(self.days) if each >= day), len(self.days))

    def _end(self, note: Note) -> int:
        """The last trading day by maturity; a note past it is followed on without being paid."""
        if note.maturity_date <= self.known.day:
            return len(self.days)
        after = self._first_on(note.maturity_date + timedelta(days=1))
        if after == len(self.days) and note is not self.known.note:
            return after - 1 if self.days[-1] == note.maturity_date else after
        return max(0, after - 1)

    def _due(self, place: int, ends: int) -> tuple[float, float]:
        """What is paid at maturity, with what falls due after the last trading day, and its worth then."""
        if ends >= len(self.days):
            return 0.0, 0.0
        history, maturity = self.known.book.histories[place], self.known.notes[place].maturity_date
        last = max(maturity, self.days[ends])
        due = float(history.owed_on(last).in_cents().total) + sum(
            float(each.cash) for each in history.happenings if self.days[ends] < each.date <= last
        )
        span, credit = (last - self.days[ends]).days, self.inputs.credit
        growth = self.inputs.risk_free * span / YEAR
        return due, due * (credit.kept(growth, span) + credit.recovered(growth, span))

    def _held(self, place: int) -> float:
        book = self.known.book
        return float(book.stakes[place].held(book.register, self.known.day))

    def _holder(self, note: Note, place: int) -> int:
        return self._holders.setdefault(note.holder_key or f"#{place}", len(self._holders))

    def _cash(self, place: int) -> Floats:
        """Instalments paid in cash by day; those in shares are left to the holder's policy."""
        made = numpy.zeros(len(self.days))
        for each in self.known.book.histories[place].happenings:
            if each.date > self.known.day and each.cash:
                at = self._first_on(each.date)
                if at < len(made):
                    made[at] += float(each.cash)
        instalments = self.known.notes[place].repayment.instalments
        coming = [row for row in instalments if row.date > self.known.day]
        if any(row.settled is not Settled.CASH for row in coming):
            text = "Instalments in shares are left to the holder's policy in the simulation."
            self.issues.append(Issue(Severity.NOTE, text, ("note.repayment.instalments",)))
        return made

    def _key(self, note: Note, rule: RuleDays) -> FeedKey:
        of_rule = note.conversion.rule
        key = of_rule.series, of_rule.missing_prices, of_rule.window_end is WindowEnd.NOTICE_DAY
        figures = self._figures.setdefault(key, [])
        for row in rule.formulas:
            for formula in row:
                figures += [each for each, _ in formula.windows] if formula else []
        if not figures:
            figures.append((1, 1))
        return key

    def _feed(self, key: FeedKey, figures: list[Figure]) -> Feed:
        kind, missing, with_today = key
        longest = max(length for length, _ in figures)
        past = self.known.past(kind, missing, longest)
        if any(1 < length == count for length, count in figures):
            past = self._without_holes(past)
        if kind is self.kind and len(past):
            past[-1] = self.price
        own = self.known.last_price(kind)
        part = 1.0 if kind is self.kind or own is None else own / self.price
        return Feed(past, part, with_today, tuple(dict.fromkeys(figures)))

    def _without_holes(self, past: Floats) -> Floats:
        """A mean of all prices has no place for a day left out: it is given the price before it."""
        holes = numpy.isinf(past)
        if not holes.any():
            return past
        text = "Days left out of a mean count with the price before them in the simulation."
        self.issues.append(Issue(Severity.NOTE, text, ("note.conversion.rule.missing_prices",)))
        known = numpy.where(holes, -1, numpy.arange(len(past)))
        places = numpy.maximum.accumulate(known)
        first = past[~holes][0] if (~holes).any() else numpy.nan
        made: Floats = numpy.where(places < 0, first, past[places])
        return made

    def _rule(self, note: Note) -> RuleDays:
        """The formulas by day, one for each set of steps that prices may bring about."""
        steps = note.conversion.rule.steps
        by_price = [step for step in steps if step.trigger in BY_PRICE and step.trigger_price]
        if len(by_price) > MOST_TRIGGERS:
            text = f"Only the first {MOST_TRIGGERS} steps that a price brings about are simulated."
            self.issues.append(Issue(Severity.WARNING, text, ("note.conversion.rule.steps",)))
            by_price = by_price[:MOST_TRIGGERS]
        sets = [
            self._formulas(note, by_price, holds[::-1])
            for holds in product((False, True), repeat=len(by_price))
        ]
        rows = list(dict.fromkeys(zip(*sets, strict=True)))
        of_day = tuple(rows.index(row) for row in zip(*sets, strict=True))
        return RuleDays(of_day, tuple(rows), tuple(self._trigger(note, step) for step in by_price))

    def _formulas(
        self, note: Note, by_price: list[RuleStep], holds: tuple[bool, ...]
    ) -> list[Formula | None]:
        """The formula of each day if of the steps by price exactly those hold."""
        steps = []
        for step in note.conversion.rule.steps:
            if step.trigger not in BY_PRICE:
                steps.append(step)
            elif step in by_price and holds[by_price.index(step)]:
                always = replace(step, trigger=StepTrigger.FROM_DATE, from_date=note.issue_date)
                steps.append(always)
        rule = replace(note.conversion.rule, steps=tuple(steps))
        terms = replace(note.conversion, rule=rule)
        in_time = rule_in_time(
            replace(note, conversion=terms), self.known.issuer, self.known.market
        )
        market, made = self.known.market, dict[tuple[int, float], Formula | None]()
        found = []
        for day in self.days:
            composition = in_time.on(day)
            shares = (
                float(new_for_old(market.splits, self.known.day, day)) if market.splits else 1.0
            )
            key = id(composition), shares
            if key not in made:
                made[key] = formula_of(composition, day, market, shares)
            found.append(made[key])
        return found

    def _trigger(self, note: Note, step: RuleStep) -> Trigger:
        """The price in dollars of the day that is known, and whether the step holds by then."""
        splits, day = self.known.market.splits, self.known.day
        assert step.trigger_price is not None
        price = float(price_carried(step.trigger_price, new_for_old(splits, note.issue_date, day)))
        kind, lasts = note.conversion.rule.series, step.trigger is StepTrigger.PRICE_FELL
        since = [each for each in self._recorded(kind) if each[0] >= note.issue_date]
        below = [each < price for _, each in since]
        held = any(below) if lasts else bool(below and below[-1])
        return Trigger(price, lasts, held)

    def _recorded(self, kind: PriceKind) -> list[tuple[date, float]]:
        series = self.known.market.series_for(kind)
        days = [] if series is None else [bar.date for bar in series.bars if bar.price is not None]
        found = [(day, self.known.price_on(kind, day)) for day in days]
        return [(day, price) for day, price in found if price is not None]
