"""The holder's days on many paths at once: every limit held, and the exact cycle where there is no chance."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy
import pytest

from notemodeler.app.results import compute
from notemodeler.domain.issuer import AuthorisedShares
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.project import Project
from notemodeler.domain.rule import FloorEffect, PriceComposition
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.scenario import Continuation
from notemodeler.domain.valuation import HolderPolicy, PriceModel
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.cycle import holder_cycle
from notemodeler.engines.simulation.models import Diffusion, FatTails
from notemodeler.engines.simulation.outcome import Outcome
from notemodeler.engines.valuation.as_of import as_of
from tests.engines.simulation.simulated_notes import ON, case_of, document, in_dollars

ROUGH = Diffusion(1.5)
LIMIT = "note__conversion__ownership_limit"


def run(project: Project, paths: int = 2_048, **assumed: object) -> Outcome:
    return case_of(project, **({"model": ROUGH, "policy": HolderPolicy.AT_ONCE} | assumed)).run(
        paths, shown=64
    )


def dollars(**fields: object) -> Project:
    return in_dollars(document(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"scenario__impact": Decimal("0.05")},
        {"scenario__volume_shares": 60_000, "scenario__impact": Decimal("0.02")},
        {"note__conversion__fee_amount": Decimal(750)},
        {"note__conversion__monthly_cap_amount": Decimal(30_000)},
        {"scenario__continuation": Continuation.DRIFT, "note__conversion__exchange_cap": Decimal("0.07")},
        {"note__conversion__rule__floor_price": Decimal("1.3")},
    ],
    ids=lambda fields: ", ".join(fields) or "as it stands",
)  # fmt: skip
def test_without_chance_the_simulation_is_the_exact_holder_cycle(fields):
    project = dollars(
        valuation__price_model=PriceModel.SCENARIO,
        note__conversion__ownership_limit=Decimal("0.02"),
        **fields,
    )
    then = as_of(project, ON)
    cycle = holder_cycle(Case(compute(then).book, then.scenario))
    found = case_of(project, policy=HolderPolicy.AT_ONCE)
    trace = found.trace(0)
    many = min(len(cycle.days), len(trace.days))
    assert trace.days[:many] == tuple(day.date for day in cycle.days[:many])
    prices = [float(day.price) for day in cycle.days[:many]]
    assert trace.prices[:many] == pytest.approx(prices, rel=2e-5)
    issued = {lot.date: lot.shares for lot in cycle.lots}
    expected = [issued.get(day, 0) for day in trace.days[:many]]
    # Interest goes off in proportion here, first there: a few dollars in a hundred thousand.
    assert trace.issued[:many] == pytest.approx(expected, rel=1e-3, abs=60)


def test_no_notice_ever_takes_the_holder_over_its_limit():
    project = dollars(
        note__conversion__ownership_limit=Decimal("0.01"), scenario__volume_shares=20_000
    )
    case = case_of(project, model=FatTails(2.0), policy=HolderPolicy.AT_ONCE)
    for path in (0, 3, 500):
        trace = case.trace(path)
        unsold, outstanding = 0.0, case.setting.outstanding
        for shares in trace.issued:
            unsold = max(0.0, unsold - case.setting.daily_sale)
            outstanding += shares
            unsold += shares
            assert unsold <= 0.01 * outstanding * (1 + 1e-5)


def test_what_is_converted_and_what_is_paid_make_up_what_was_owed():
    project = dollars(
        note__conversion__ownership_limit=Decimal("0.001"), note__interest__rate=Decimal(0)
    )
    note = run(project).notes[0]
    owed = float(project.notes[0].principal_amount)
    assert (note.matured > 0).any()
    assert note.converted + note.matured == pytest.approx(owed, rel=1e-4)


def test_the_same_seed_gives_the_same_bits_and_fewer_paths_are_the_first_of_more():
    project = dollars()
    one, again = run(project, 4_000), run(project, 4_000)
    assert one.notes[0].issued.tobytes() == again.notes[0].issued.tobytes()
    few = run(project, 3_000)
    assert numpy.array_equal(few.notes[0].issued, one.notes[0].issued[:3_000])


def test_a_path_looked_at_again_is_the_path_that_was_simulated():
    case = case_of(dollars(), model=ROUGH, policy=HolderPolicy.AT_ONCE)
    outcome = case.run(6_000)
    for path in (0, 2_047, 2_048, 5_999):
        assert case.trace(path).issued.sum() == pytest.approx(
            outcome.notes[0].issued[path], rel=1e-5
        )


def test_impact_makes_a_spiral_of_more_shares_at_lower_prices():
    small = {"note__conversion__ownership_limit": Decimal("0.005")}
    calm = run(dollars(**small))
    pressed = run(dollars(scenario__impact=Decimal("0.1"), **small))
    assert pressed.notes[0].issued.mean() > 1.1 * calm.notes[0].issued.mean()
    assert pressed.last.mean() < 0.9 * calm.last.mean()


def test_a_charter_that_runs_out_stops_the_issues():
    project = dollars()
    rows = (AuthorisedShares(date(2018, 1, 1), 1_420_000),)
    short = replace(project, issuer=replace(project.issuer, shares_authorised=rows))
    found = run(short)
    assert found.outstanding.max() <= 1_420_000 * (1 + 1e-6)
    assert found.stopped.mean() > 0.9
    assert run(project).stopped.max() == 0


def test_a_charter_that_is_raised_after_the_day_is_not_known():
    project = dollars()
    rows = (
        AuthorisedShares(date(2018, 1, 1), 1_420_000),
        AuthorisedShares(date(2019, 5, 1), 10_000_000),
    )
    found = run(replace(project, issuer=replace(project.issuer, shares_authorised=rows)))
    assert found.outstanding.max() <= 1_420_000 * (1 + 1e-6)
    assert found.stopped.mean() > 0.9


def test_a_reserve_that_runs_out_is_told():
    assert run(dollars(note__conversion__reserved_shares=50_000)).notes[0].short.mean() > 0.9
    assert run(dollars(note__conversion__reserved_shares=10**7)).notes[0].short.max() == 0


def test_a_smallest_conversion_lets_a_small_lot_wait():
    fields = {"note__conversion__ownership_limit": Decimal("0.001")}
    assert run(dollars(**fields)).notes[0].issued.min() > 0
    too_much = run(dollars(note__conversion__minimum_amount=Decimal(100_000), **fields))
    assert too_much.notes[0].issued.max() == 0


def test_who_bears_a_floor_decides_what_its_holder_gets():
    floor = {"note__conversion__rule__floor_price": Decimal("1.6"), LIMIT: None}
    effect = "note__conversion__rule__floor_effect"
    holder = run(dollars(**floor)).notes[0]
    added = run(dollars(**floor, **{effect: FloorEffect.ADD_PRINCIPAL})).notes[0]
    cash = run(dollars(**floor, **{effect: FloorEffect.CASH})).notes[0]
    free = run(dollars(**{LIMIT: None})).notes[0]
    assert added.issued == pytest.approx(free.issued, rel=1e-4)
    assert holder.given.mean() < free.given.mean()
    assert holder.cash.max() == 0 < cash.cash.mean()
    # What the floor withholds in shares comes in cash at the market of the day.
    assert cash.given + cash.cash == pytest.approx(free.given, rel=1e-4)


def test_a_cap_bounds_the_price_and_a_greater_fixed_price_holds_it_up():
    rule = "note__conversion__rule__"
    fixed = {f"{rule}fixed_price": Decimal("1.1")}
    capped = run(dollars(**fixed, **{f"{rule}composition": PriceComposition.LESSER_OF}))
    held = run(dollars(**fixed, **{f"{rule}composition": PriceComposition.GREATER_OF}))
    assert numpy.nanmax(capped.conversion_prices) == pytest.approx(1.1)
    assert numpy.nanmin(held.conversion_prices) == pytest.approx(1.1)
    assert numpy.nanmax(held.conversion_prices) > 1.2


def test_a_step_that_a_price_brings_about_counts_on_the_paths_where_it_came():
    steps = (
        RuleStep(StepTrigger.PRICE_FELL, trigger_price=Decimal("1.0"), multiplier=Decimal("0.40")),
        RuleStep(StepTrigger.PRICE_LOW, trigger_price=Decimal("0.8"), extra_discount=Decimal("0.10")),
    )  # fmt: skip
    plain = run(dollars(), policy=HolderPolicy.NEVER)
    stepped = run(dollars(note__conversion__rule__steps=steps), policy=HolderPolicy.NEVER)
    ratio = stepped.conversion_prices / plain.conversion_prices
    fell = numpy.minimum.accumulate(plain.prices, axis=0)[:-1] < 1.0
    low = plain.prices[:-1] < 0.8
    expected = numpy.where(fell, 0.40, 0.65) - numpy.where(low, 0.10, 0.0)
    assert ratio[1:] == pytest.approx(expected / 0.65, rel=1e-5)


def test_a_holder_at_a_threshold_never_converts_below_it():
    project = dollars(valuation__threshold=Decimal("1.9"))
    case = case_of(project, model=ROUGH, policy=HolderPolicy.THRESHOLD)
    trace = case.trace(10)
    on = trace.issued > 0
    assert on.any()
    assert (trace.prices[on] / trace.conversion_prices[on] >= 1.9 - 1e-5).all()


def test_a_schedule_converts_its_amount_on_its_days():
    project = dollars(valuation__schedule_days=10, valuation__schedule_amount=Decimal(20_000))
    trace = case_of(project, policy=HolderPolicy.SCHEDULE, model=Diffusion(0.3)).trace(0)
    days = numpy.flatnonzero(trace.issued)
    assert set(days % 10) == {0}
    amounts = trace.issued[days] * trace.conversion_prices[days]
    assert amounts[:-1] == pytest.approx(20_000, rel=1e-4)


def test_notes_of_one_holder_share_its_limit_and_every_note_counts_in_the_outstanding():
    project = dollars(note__conversion__ownership_limit=Decimal("0.01"))
    twin = replace(project.notes[0], title="Twin")
    other = replace(twin, holder="Another lender")
    same, apart = (
        case_of(
            replace(project, notes=(project.notes[0], second)),
            model=ROUGH,
            policy=HolderPolicy.AT_ONCE,
        )
        for second in (twin, other)
    )
    assert (same.setting.holders, apart.setting.holders) == (1, 2)
    together, alone = same.run(512), apart.run(512)
    assert together.notes[1].gone.mean() > alone.notes[1].gone.mean() + 1
    for outcome in (together, alone):
        total = outcome.notes[0].issued + outcome.notes[1].issued
        begun = same.setting.outstanding
        assert outcome.outstanding == pytest.approx(begun + total, rel=1e-5)


def test_a_note_that_owes_nothing_is_gone_from_the_first_day():
    entry = LedgerEntry(date(2019, 1, 15), EntryKind.PREPAYMENT)
    found = run(dollars(), paths=64)
    paid = dollars()
    paid = replace(paid, notes=(replace(paid.notes[0], ledger=(entry,)),))
    settled = run(paid, paths=64)
    assert settled.notes[0].gone.max() == 0 < found.notes[0].gone.max()
    assert settled.notes[0].value.max() == 0
