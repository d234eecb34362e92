import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import Results
from notemodeler.app.sample import ascent_project
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.repayment import Instalment
from notemodeler.domain.rule import (
    PriceComposition,
    SecondWindow,
    Statistic,
    WindowAnchor,
    WindowEnd,
)
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.valuation import RatePoint, Valuation
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.fair_value import fair_value
from notemodeler.engines.valuation.preparers import black_scholes_value, intrinsic_value
from notemodeler.engines.valuation.worth import Engine

ON = date(2019, 1, 31)
GIVEN = Valuation(volatility=Decimal("1.5"))
TOTAL_DUE = 140_371.51


def case_of(project, on=ON, valuation=GIVEN):
    return ValuationCase(Results(as_of(project, on)).book, valuation)


def valued(project=None, on=ON, valuation=GIVEN, points=3):
    return fair_value(case_of(project or ascent_project(), on, valuation), on, points)


def with_rule(**changes):
    project = ascent_project()
    terms = project.notes[0].conversion
    return with_terms(rule=replace(terms.rule, **changes))


def with_terms(**changes):
    project = ascent_project()
    note = project.notes[0]
    return project.with_note(replace(note, conversion=replace(note.conversion, **changes)))


def with_note(**changes):
    project = ascent_project()
    return project.with_note(replace(project.notes[0], **changes))


def texts(found):
    return " ".join(issue.text for issue in found.issues)


def test_a_right_that_never_opens_leaves_the_straight_debt():
    found = valued(with_terms(opens_date=date(2019, 8, 2)))
    assert found.note == pytest.approx(found.straight, rel=1e-12)
    assert found.right == pytest.approx(0, abs=1e-6)


def test_straight_debt_is_what_is_due_at_maturity_discounted():
    days = (date(2019, 8, 1) - ON).days
    rates = replace(GIVEN, risk_free=(RatePoint(days, Decimal("0.03")),))
    assert valued(valuation=rates).straight == pytest.approx(
        TOTAL_DUE * math.exp(-0.03 * days / 365), rel=1e-12
    )
    hazard = replace(rates, hazard_rate=Decimal("0.4"))
    assert valued(valuation=hazard).straight == pytest.approx(
        TOTAL_DUE * math.exp(-0.43 * days / 365), rel=1e-12
    )
    own = replace(hazard, discount_rate=Decimal("0.2"))
    assert valued(valuation=own).straight == pytest.approx(
        TOTAL_DUE * math.exp(-0.2 * days / 365), rel=1e-12
    )


def test_recovery_and_default_sum_add_to_the_straight_debt():
    hazard = replace(GIVEN, hazard_rate=Decimal("0.4"))
    recovered = replace(hazard, recovery_rate=Decimal("0.5"))
    plain, more = valued(valuation=hazard), valued(valuation=recovered)
    assert plain.straight < more.straight < TOTAL_DUE
    default = replace(ascent_project().notes[0].default, multiple=Decimal("1.5"))
    assert valued(with_note(default=default), valuation=recovered).straight > more.straight


def test_the_value_scales_with_the_face():
    double = with_note(principal_amount=Decimal(260000))
    assert valued(double).note == pytest.approx(2 * valued().note, rel=1e-6)


def test_the_value_rises_with_volatility_and_look_back_and_falls_with_the_prices_averaged():
    calm = replace(GIVEN, volatility=Decimal("0.5"))
    assert valued(valuation=calm).note < valued().note
    assert valued(with_rule(lookback_days=7)).note < valued().note
    assert valued(with_rule(lowest_count=5)).note < valued().note


def test_finer_trees_agree_within_their_error():
    live, fine = valued(points=3), valued(points=4)
    assert (live.work.points, fine.work.points) == (3, 4)
    assert fine.work.states == 4**9
    assert abs(fine.note - live.note) <= live.error + fine.error
    assert fine.error == pytest.approx(fine.note - live.note, rel=1e-6)


def test_nothing_after_the_day_counts():
    later = ascent_project()
    bars = tuple(
        replace(bar, price=Decimal(9)) if bar.date > ON else bar for bar in later.prices[0].bars
    )
    changed = later.with_series(replace(later.prices[0], bars=bars))
    assert valued(changed).note == valued(later).note


def test_the_value_is_never_below_converting_now():
    on = date(2019, 7, 31)
    found = valued(on=on)
    assert found.note == pytest.approx(found.worth_now)
    assert "it pays to convert now" in found.words[0]


def test_converting_now_is_the_price_over_the_conversion_price():
    on = date(2019, 3, 29)
    found = valued(on=on)
    case = case_of(ascent_project(), on)
    price = float(case.quoter.rule.conversion_price_on(on).conversion_price)
    owed = float(case.quoter.history.owed_on(on).in_cents().total)
    assert found.worth_now == pytest.approx(owed * 0.00278 / price)
    assert "it pays to wait" in found.words[0]
    assert len(found.words) == 3


def test_on_the_last_day_the_note_is_worth_the_better_of_cash_and_shares():
    cash = valued(with_terms(opens_date=date(2020, 1, 1)), on=date(2019, 8, 1))
    assert cash.note == pytest.approx(TOTAL_DUE, abs=0.01)
    assert valued(on=date(2019, 8, 1)).note > TOTAL_DUE


def test_a_note_that_is_gone_has_no_value():
    paid = with_note(ledger=(LedgerEntry(date(2018, 12, 3), EntryKind.PREPAYMENT),))
    found = valued(paid)
    assert found.note is None
    assert "nothing is owed" in texts(found)


def test_an_instalment_is_part_of_the_straight_debt():
    repayment = replace(
        ascent_project().notes[0].repayment,
        instalments=(Instalment(date(2019, 3, 1), Decimal(50000)),),
    )
    found = valued(with_note(repayment=repayment))
    case = case_of(with_note(repayment=repayment))
    last = float(case.quoter.history.owed_on(date(2019, 8, 1)).in_cents().total)
    assert found.straight == pytest.approx(50000 + last, rel=1e-9)
    assert found.note < valued().note


def test_an_instalment_of_everything_ends_the_note():
    repayment = replace(
        ascent_project().notes[0].repayment, instalments=(Instalment(date(2019, 3, 1)),)
    )
    found = valued(with_note(repayment=repayment))
    assert found.work.steps == 20
    assert found.note > found.straight


@pytest.mark.parametrize(
    "changes",
    [
        {"composition": PriceComposition.LESSER_OF, "fixed_price": Decimal("0.001")},
        {"composition": PriceComposition.GREATER_OF, "fixed_price": Decimal("0.001")},
        {"composition": PriceComposition.FIXED, "fixed_price": Decimal("0.001")},
        {"floor_price": Decimal("0.0005")},
        {"second": SecondWindow(WindowAnchor.ISSUE, Statistic.LOWEST, 1, 5)},
    ],
    ids=["cap", "greater", "fixed", "floor", "second window"],
)
def test_terms_that_look_at_the_level_are_answered_by_the_lattice(changes):
    found = valued(with_rule(**changes))
    assert found.engine is Engine.LATTICE
    assert found.work.points == 2
    assert found.note > found.straight


def test_caps_raise_the_value_and_floors_lower_it():
    plain = valued(with_rule(floor_price=Decimal("0.000000000001"))).note
    capped = {"composition": PriceComposition.LESSER_OF, "fixed_price": Decimal("0.001")}
    assert valued(with_rule(**capped)).note > plain
    assert valued(with_rule(floor_price=Decimal("0.001"))).note < plain


def test_a_second_window_before_the_notice_stays_with_the_tree():
    second = SecondWindow(WindowAnchor.NOTICE, Statistic.LOWEST, 1, 5, Decimal("0.65"))
    found = valued(with_rule(second=second))
    assert found.engine is Engine.TREE
    assert found.note > valued().note


def test_a_step_that_comes_by_date_counts_from_its_date():
    soon = RuleStep(StepTrigger.FROM_DATE, date(2019, 3, 1), multiplier=Decimal("0.5"))
    late = RuleStep(StepTrigger.FROM_DATE, date(2019, 8, 2), multiplier=Decimal("0.5"))
    assert valued(with_rule(steps=(late,))).note == pytest.approx(valued().note)
    assert valued(with_rule(steps=(soon,))).note > valued().note * 1.2


@pytest.mark.parametrize(
    ("days", "points", "engine"),
    [
        (15, 3, Engine.TREE), (20, 3, Engine.SIMULATION), (20, 4, Engine.TREE),
        (35, 6, Engine.SIMULATION),
    ],
)  # fmt: skip
def test_long_look_backs_say_who_answers(days, points, engine):
    found = valued(with_rule(lookback_days=days), points=points)
    assert found.engine is engine
    assert (found.note is None) is (engine is Engine.SIMULATION)
    if engine is Engine.TREE:
        assert "two returns a day" in texts(found)
    else:
        assert "too many states" in texts(found)


def test_short_look_backs_are_worked_out_finer():
    found = valued(with_rule(statistic=Statistic.LAST, window_end=WindowEnd.NOTICE_DAY))
    assert found.work.points == 64
    assert found.error < 0.01


def test_the_ownership_limit_makes_an_upper_and_a_lower_bound():
    found = valued(points=4)
    assert "upper bound" in texts(found)
    assert found.straight < found.least < found.note
    free = valued(with_terms(ownership_limit=None), points=4)
    assert free.least is None
    assert "upper bound" not in texts(free)
    assert free.note == pytest.approx(found.note)


def test_missing_prices_of_the_look_back_are_named():
    found = valued(on=date(2018, 10, 19))
    assert "Oct 16, 2018" in texts(found)
    assert found.note is not None


def test_without_prices_there_is_no_value():
    bare = ascent_project().with_series(replace(ascent_project().prices[0], bars=()))
    found = valued(bare)
    assert found.note is None
    assert any(issue.is_error for issue in found.issues)


def test_a_stated_price_counts_in_place_of_the_last_one():
    dear = replace(GIVEN, share_price=Decimal("0.004"))
    assert valued(valuation=dear).note > valued().note


def test_black_scholes_is_a_call_to_maturity_besides_the_straight_note():
    on = date(2019, 3, 29)
    found = black_scholes_value(case_of(ascent_project(), on), on)
    assert found.engine is Engine.BLACK_SCHOLES
    assert found.note == pytest.approx(found.straight + found.right)
    assert 0 < found.right < valued(on=on).right


def test_intrinsic_is_the_discount_alone():
    on = date(2019, 3, 29)
    found = intrinsic_value(case_of(ascent_project(), on), on)
    assert found.note == pytest.approx(valued(on=on).worth_now)
