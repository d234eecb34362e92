"""Cases of the simulation that an independent replay of its paths found."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy
import pytest

from notemodeler.app.results import compute
from notemodeler.app.simulation import Simulation
from notemodeler.app.valuation import Valuations
from notemodeler.domain.issuer import AuthorisedShares, Split
from notemodeler.domain.repayment import Instalment, Settled
from notemodeler.domain.rule import PriceComposition, PriceRounding
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.pricing.adjustments import Rounding
from notemodeler.engines.simulation.choice import Tried
from notemodeler.engines.simulation.models import Diffusion
from notemodeler.engines.simulation.picture import Picture
from notemodeler.engines.valuation.worth import Engine
from tests.engines.simulation.simulated_notes import ON, case_of, document

CALM = Diffusion(0.5)


def with_instalment(project, day, amount=50_000):
    coming = Instalment(day, Decimal(amount), Decimal(0), Settled.CASH)
    note = project.notes[0]
    return project.with_note(
        replace(note, repayment=replace(note.repayment, instalments=(coming,)))
    )


@pytest.mark.parametrize("policy", [HolderPolicy.NEVER, HolderPolicy.OPTIMAL])
def test_dollars_paid_as_an_instalment_are_neither_converted_nor_paid_again(policy):
    stated = document(
        note__conversion__ownership_limit=None,
        valuation__volatility=Decimal("0.8"),
        valuation__policy=policy,
        valuation__paths=10_000,
    )
    maturity = stated.notes[0].maturity_date
    for day in (date(2019, 4, 4), maturity):
        project = with_instalment(stated, day)
        values = Valuations(compute(project))
        tree, found = values.value(ON), values.value(ON, Engine.SIMULATION)
        wanted = tree.straight if policy is HolderPolicy.NEVER else tree.note
        assert found.note == pytest.approx(wanted, rel=0.004, abs=4 * (found.error or 0))


def test_with_a_cap_by_month_the_best_policy_is_no_worse_than_a_simple_one():
    capped = document(
        note__conversion__monthly_cap_amount=Decimal(15_000),
        note__conversion__opens_date=ON,
        note__conversion__ownership_limit=None,
    )

    def worth(policy):
        case = case_of(capped, policy=policy, model=Diffusion(1.5)).learnt(8_192)
        return case, float(case.run(8_192).notes[0].value.mean())

    case, best = worth(HolderPolicy.OPTIMAL)
    assert best > worth(HolderPolicy.AT_ONCE)[1]
    assert isinstance(case.setting.notes[0].policy, Tried)
    assert "best on trial" in case.policy_words


def test_a_holder_who_seeks_the_most_may_convert_on_the_day_itself():
    project = document(
        note__conversion__rule__lookback_days=1,
        note__conversion__rule__lowest_count=1,
        note__conversion__ownership_limit=None,
        note__conversion__opens_date=date(2018, 12, 3),
        valuation__volatility=Decimal("0.2"),
        valuation__paths=2_000,
    )
    series = project.prices[0]
    bars = [bar for bar in series.bars if bar.date <= ON]
    doubled = (*bars[:-1], replace(bars[-1], price=bars[-2].price * 2))
    values = Valuations(compute(project.with_series(series.with_bars(doubled))))
    tree, found = values.value(ON), values.value(ON, Engine.SIMULATION)
    assert found.note == pytest.approx(tree.note) == pytest.approx(found.worth_now)


def test_a_stated_price_is_that_of_its_day_alone():
    project = document(valuation__share_price=Decimal("0.05"), valuation__valuation_date=ON)
    results = compute(project)
    assert Simulation(results, ON).inputs.price == 0.05
    later = date(2019, 3, 15)
    assert Simulation(results, later).inputs.price == Valuations(results).value(later).inputs.price
    assert Simulation(results, later).inputs.price != 0.05


def test_the_charter_stops_nobody_who_does_not_convert():
    project = document()
    count = project.issuer.shares_outstanding[-1].shares
    rows = (AuthorisedShares(date(2018, 1, 1), int(count * 1.001)),)
    short = replace(project, issuer=replace(project.issuer, shares_authorised=rows))
    assert case_of(short, policy=HolderPolicy.NEVER).run(2_048).stopped.max() == 0
    assert case_of(short, policy=HolderPolicy.AT_ONCE).run(2_048).stopped.mean() > 0.9


def test_no_fee_is_converted_for_a_rest_that_is_nothing():
    stated = document(
        note__conversion__fee_amount=Decimal(750), note__conversion__ownership_limit=None
    )
    case = case_of(stated, policy=HolderPolicy.AT_ONCE, model=CALM)
    found = case.run(4_096, shown=4_096)
    notices = (numpy.diff(found.issued_by, axis=0, prepend=0) > 0).sum(axis=0)
    assert notices.max() == 1


def test_shares_that_are_not_sold_count_against_the_limit():
    def issued(*, sold):
        stated = document(note__conversion__lots_are_sold=sold)
        found = case_of(stated, policy=HolderPolicy.AT_ONCE, model=CALM).run(2_048)
        return found.notes[0].issued, found.outstanding

    kept, outstanding = issued(sold=False)
    free, _ = issued(sold=True)
    assert (kept <= 0.0499 * outstanding * (1 + 1e-5)).all()
    assert free.mean() > 1.05 * kept.mean()


def test_nothing_is_gone_before_it_was_lent():
    stated = document(note__conversion__ownership_limit=None)
    note = stated.notes[0]
    later = replace(
        note,
        issue_date=date(2019, 2, 20),
        funding_date=date(2019, 2, 20),
        conversion=replace(note.conversion, opens_date=date(2019, 2, 20)),
    )
    case = case_of(stated.with_note(later), policy=HolderPolicy.AT_ONCE, model=CALM)
    first = case.days.index(date(2019, 2, 20))
    assert case.run(2_048).notes[0].gone.min() >= first


def test_a_conversion_on_the_day_of_maturity_comes_in_time():
    stated = document(note__conversion__ownership_limit=None)
    note = stated.notes[0]
    last = replace(note, conversion=replace(note.conversion, opens_date=note.maturity_date))
    case = case_of(stated.with_note(last), policy=HolderPolicy.AT_ONCE, model=CALM)
    picture = Picture(case, case.run(2_048, shown=64), is_final=True)
    assert picture.notes[0].gone.value > 0.9
    assert picture.notes[0].matured.mean.value < 0.1 * float(note.principal_amount)


def test_a_split_to_come_changes_nothing_for_prices_that_are_adjusted_for_it():
    def issued(*, split):
        stated = document(
            note__conversion__rule__composition=PriceComposition.LESSER_OF,
            note__conversion__rule__fixed_price=Decimal("0.0015"),
        )
        series = stated.prices[0]
        if not split:
            return case_of(stated, policy=HolderPolicy.AT_ONCE, model=CALM).run(2_048).notes[0]
        bars = tuple(
            replace(bar, price=bar.price * 10 if bar.price else None) for bar in series.bars
        )
        adjusted = replace(series.with_bars(bars), is_split_adjusted=True)
        issuer = replace(stated.issuer, splits=(Split(date(2019, 2, 11), 10, 1),))
        then = replace(stated.with_series(adjusted), issuer=issuer)
        return case_of(then, policy=HolderPolicy.AT_ONCE, model=CALM).run(2_048).notes[0]

    with_split, without = issued(split=True), issued(split=False)
    assert with_split.value.mean() == pytest.approx(without.value.mean(), rel=1e-3)
    assert with_split.issued.mean() == pytest.approx(without.issued.mean(), rel=1e-3)


@pytest.mark.parametrize(("mode", "price"), [(PriceRounding.DOWN, 0.59), (PriceRounding.UP, 0.30)])
def test_single_precision_moves_no_round_price_by_a_tick(mode, price):
    made = Rounding(mode, 2).over(numpy.full(4, price, numpy.float32))
    assert made == pytest.approx(price, abs=1e-9)
