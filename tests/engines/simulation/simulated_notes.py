"""Documents and settings that the tests of the simulation share."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.rule import PriceRule
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.simulation.assumptions import assumptions_of
from notemodeler.engines.simulation.draws import Seeded
from notemodeler.engines.simulation.formula import formula_of
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.setting import Feed, NoteCourse, RuleDays, Setting
from notemodeler.engines.simulation.simulated import Simulated, simulated
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import inputs_on

ON = date(2019, 2, 1)
DAYS, YEAR = 125, 252


def document(**fields: object) -> Project:
    """The sample with fields set; `__` stands for the dots of a name."""
    project = ascent_project()
    for name, value in fields.items():
        project = with_field(project, name.replace("__", "."), value)
    return project


def in_dollars(project: Project, factor: int = 1000) -> Project:
    """The document with prices so many times as high and as many times fewer shares, free of holes."""
    bars, last = [], Decimal(1)
    for bar in project.prices[0].bars:
        last = bar.price * factor if bar.price is not None else last
        bars.append(PriceBar(bar.date, last))
    for missing in (date(2018, 10, 16), date(2018, 10, 17)):
        bars.append(PriceBar(missing, bars[0].price))
    counts = tuple(
        replace(count, shares=count.shares // factor) for count in project.issuer.shares_outstanding
    )
    issuer = replace(project.issuer, shares_outstanding=counts)
    series = PriceSeries(PriceKind.BID).with_bars(tuple(bars))
    return replace(project, issuer=issuer, prices=(series,))


def case_of(project: Project, on: date = ON, place: int = 0, **assumed: object) -> Simulated:
    """The simulation of a document as of a day, some assumptions replaced."""
    then = as_of(project, on)
    results = compute(then, place)
    valued = ValuationCase(results.book, then.valuation, place)
    known, inputs = Known(valued, on), inputs_on(valued, on)
    made = replace(assumptions_of(known, inputs, then.scenario), **assumed)
    return simulated(known, inputs, made, Seeded(then.valuation.seed))


def plain_setting(rule: PriceRule | None = None, rate: float = 0.02, days: int = DAYS) -> Setting:
    """One dollar of a note with nothing but a price rule, its look-back flat at one dollar."""
    terms = rule or PriceRule()
    formula = formula_of(compose(terms), date(2019, 1, 2), None)
    step = rate / YEAR * numpy.arange(1, days + 1)
    one, nothing = numpy.ones(days), numpy.zeros(days)
    note = NoteCourse(
        0, RuleDays((0,) * days, ((formula,),)), 0, one, one, nothing, numpy.zeros(days, int),
        0, days - 1, 0, 0.0, None, due=1.0, due_worth=1.0,
    )  # fmt: skip
    feed = Feed(
        numpy.ones(terms.lookback_days), 1.0, False, tuple(figure for figure, _ in formula.windows)
    )
    return Setting(
        numpy.exp(step), numpy.exp(-step), nothing, None, numpy.full(days, numpy.inf), (feed,),
        (note,), 1, sells_next_day=False,
    )  # fmt: skip
