"""The setting of a simulation out of what was known on a day and what is assumed of the future."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import inf

import numpy

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.scenario import Continuation, Scenario
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.continuation import PricePath
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.assumptions import Assumptions, price_of
from notemodeler.engines.simulation.courses import Courses
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.setting import Setting
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.rates import YEAR

GONE_ON = 250
"""Trading days that a note which is past its maturity is followed on."""


def simulated_days(known: Known, inputs: Inputs) -> tuple[date, ...]:
    """The trading days after what is known up to the maturity of the note; a year of them once it is past."""
    if inputs.steps:
        return inputs.steps
    calendar = known.market.calendar
    first = calendar.shifted(known.day, 1 if calendar.is_trading_day(known.day) else 0)
    return calendar.between(first, min(calendar.shifted(first, GONE_ON - 1), calendar.last))


def setting_of(
    known: Known, inputs: Inputs, assumed: Assumptions
) -> tuple[Setting, tuple[Issue, ...]]:
    """The setting for the note that is looked at, and what could not be followed.

    That note comes first among the simulated ones. Raises `UserError` without any price.
    """
    price_of(inputs)
    days = simulated_days(known, inputs)
    others = [] if assumed.is_alone else _others(known)
    courses = Courses(known, days, inputs, assumed)
    notes = tuple(courses.course(at) for at in (known.place, *others))
    discount, recovery = _present(known.day, days, inputs)
    outstanding = known.book.register.outstanding(known.day)
    setting = Setting(
        _centre(known, days, inputs, assumed), discount, recovery,
        None if outstanding is None else float(outstanding), _authorised(known, days),
        courses.feeds, notes, courses.holders, 100 * assumed.impact, assumed.daily_sale,
        assumed.sells_next_day,
    )  # fmt: skip
    return setting, (*inputs.issues, *courses.issues, *_issues(outstanding))


def _others(known: Known) -> list[int]:
    """The other notes of the book that owe something by then."""
    histories = known.book.histories
    return [
        at
        for at in range(len(known.notes))
        if at != known.place and histories[at].owed_on(known.day).total > 0
    ]


def _centre(known: Known, days: Sequence[date], inputs: Inputs, assumed: Assumptions) -> Floats:
    """The expected price of each day, impact aside; calendar time is spread evenly over the days."""
    price = price_of(inputs)
    if assumed.follows is not None:
        return _scenario_prices(known, days, assumed.follows, price)
    steps = numpy.arange(1, len(days) + 1) / len(days)
    years = (days[-1] - known.day).days / YEAR
    return price * numpy.exp(assumed.drift * years * steps)


def _scenario_prices(
    known: Known, days: Sequence[date], scenario: Scenario, price: float
) -> Floats:
    """The continuation that the decision views assume, begun at the price."""
    kind = known.note.conversion.rule.series
    still = replace(scenario, impact=Decimal(0))
    path = PricePath(known.market, kind, still)
    path.go_to(days[-1])
    last = known.last_price(kind) or price
    is_drawn = scenario.continuation is Continuation.DRAWN and bool(scenario.drawn)
    part = 1.0 if is_drawn else price / last  # what is drawn is meant in dollars
    found = [path.price_on(day) for day in days]
    return numpy.array([price if each is None else float(each) * part for each in found])


def _present(start: date, days: Sequence[date], inputs: Inputs) -> tuple[Floats, Floats]:
    """Present values of a dollar paid on each day, and of a dollar of claim as the company fails on it.

    The same as in the window tree: risk-free growth evenly over the trading days, credit by calendar days.
    """
    growth = inputs.risk_free * (days[-1] - start).days / YEAR / len(days)
    spans = [(later - earlier).days for earlier, later in pairwise((start, *days))]
    kept = numpy.array([inputs.credit.kept(growth, span) for span in spans])
    discount: Floats = numpy.multiply.accumulate(kept)
    lost: Floats = numpy.array([inputs.credit.recovered(growth, span) for span in spans])
    recovery: Floats = numpy.concatenate(([1.0], discount[:-1])) * lost
    return discount, recovery


def _authorised(known: Known, days: Sequence[date]) -> Floats:
    """The charter's shares by day, infinite where it is not known."""
    case = Case(known.book, place=known.place)
    found = (case.authorised_on(day) for day in days)
    return numpy.array([inf if count is None else float(count) for count in found])


def _issues(outstanding: int | None) -> list[Issue]:
    if outstanding is not None:
        return []
    text = "No share count is known by then: ownership limit, charter and impact hold nothing back."
    return [Issue(Severity.WARNING, text, ("issuer.shares_outstanding",))]
