"""The remaining life of a note: what it owes on each trading day, what it pays, how that is discounted."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy

from notemodeler.domain.default import DefaultBase
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.daily_balance import daily_balances
from notemodeler.engines.history import HappeningKind
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.life import Life
from notemodeler.engines.valuation.rates import YEAR


@dataclass(frozen=True)
class Owing:
    """What is owed as time goes on, in dollars; arrays have shape (n + 1,), the valuation date first.

    `before` and `after` are a day's balances before and after its own entries, `principal` that part
    of `before`, `cash` what the company pays on the day, `between` what it paid on days without trading
    since the day before. `last` is paid at maturity, with what falls due after the last trading day
    before it; `fee` goes on top of every notice.
    """

    before: Floats
    after: Floats
    principal: Floats
    cash: Floats
    between: Floats
    last: float
    fee: float

    @property
    def now(self) -> float:
        return float(self.after[0])


class Remaining(NamedTuple):
    """A life in dollars: `amount` is what a notice would convert now, fee included."""

    life: Life
    amount: float
    owing: Owing
    asked: Floats
    """What a notice would convert at the end of each step, fee included; shape (n,)."""


def owing_of(case: ValuationCase, inputs: Inputs) -> Owing:
    """What the note owes from the valuation date on if nothing but its terms happens."""
    history = case.quoter.history
    days = (inputs.on, *inputs.steps)
    balances = daily_balances(history, days)
    before = balances.owed.copy()
    after = before.copy()
    for place, day in enumerate(days):
        if day in history.first_settled or place == 0:
            after[place] = float(history.owed_on(day).in_cents().total)
    cash, between, late = _paid(case, days)
    last = float(history.owed_on(max(inputs.maturity, inputs.on)).in_cents().total) + late
    fee = float(case.note.conversion.fee_amount)
    return Owing(before, after, balances.principal, cash, between, last, fee)


def _paid(case: ValuationCase, days: tuple[date, ...]) -> tuple[Floats, Floats, float]:
    """The cash of each day, that of the closed days before it, and what is paid after the last of them."""
    cash, between, late = numpy.zeros(len(days)), numpy.zeros(len(days)), 0.0
    for happening in case.quoter.history.happenings:
        if happening.date <= days[0] or not happening.cash:
            continue
        if happening.kind is HappeningKind.FUNDING:
            continue
        place = next((at for at, day in enumerate(days) if day >= happening.date), None)
        if place is None:
            late += float(happening.cash)
        elif days[place] == happening.date:
            cash[place] += float(happening.cash)
        else:
            between[place] += float(happening.cash)
    return cash, between, late


def remaining_life(case: ValuationCase, inputs: Inputs) -> Remaining:
    """The steps from the valuation date to maturity, or to the day on which nothing more is owed.

    The risk-free growth is spread evenly over the trading days; hazard and the holder's own discount
    rate run by calendar days. Raises ValueError if nothing is owed.
    """
    owing = owing_of(case, inputs)
    if owing.now <= 0:
        raise ValueError("nothing is owed")
    gone = numpy.flatnonzero(owing.after[1:] <= 0)
    steps = int(gone[0]) + 1 if len(gone) else len(inputs.steps)
    days = (inputs.on, *inputs.steps)[: steps + 1]
    asked = owing.before[: steps + 1] + owing.fee
    goes_on = owing.after[: steps + 1] > 0
    kept = numpy.where(goes_on, owing.after[: steps + 1] + owing.fee, asked)
    growth = inputs.risk_free * (days[-1] - inputs.on).days / YEAR / max(1, steps)
    spans = [(later - earlier).days for earlier, later in pairwise(days)]
    keep = numpy.array([inputs.credit.kept(growth, span) for span in spans])
    lost = numpy.array([inputs.credit.recovered(growth, span) for span in spans])
    claims = _claims(case, owing)[1 : steps + 1]
    start = kept[:-1]
    opens = opening_date(case.note)
    life = Life(
        keep * asked[1:] / start,
        (lost * claims + keep * owing.between[1 : steps + 1]) / start,
        numpy.where(goes_on, kept / asked, 0.0)[1:],
        owing.cash[1 : steps + 1] / asked[1:],
        _end(inputs, owing, days[-1]) / float(kept[-1]),
        sum(day < opens for day in days[1:]),
        inputs.day_deviation,
        growth,
    )
    return Remaining(life, float(kept[0]), owing, asked[1:])


def _claims(case: ValuationCase, owing: Owing) -> Floats:
    """What the holder may claim in a default on each day: all that is owed, and the default sum once."""
    terms = case.note.default
    if terms.default_date is not None:
        return owing.before
    base = owing.principal if terms.base is DefaultBase.PRINCIPAL else owing.before
    return owing.before + base * (float(terms.multiple_due) - 1)


def _end(inputs: Inputs, owing: Owing, last_day: date) -> float:
    """The value on the last trading day of what is paid at maturity, in dollars."""
    days = max(0, (inputs.maturity - last_day).days)
    growth = inputs.risk_free * days / YEAR
    recovered = inputs.credit.recovered(growth, days) * owing.last
    return inputs.credit.kept(growth, days) * owing.last + recovered
