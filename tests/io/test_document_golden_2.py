"""A document of format 2, with every kind of term that came with it, loads for ever to the same numbers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler.domain.default import DefaultBase, DefaultEvent, DefaultSum
from notemodeler.domain.interest import InterestCharge
from notemodeler.domain.issuer import (
    AuthorisedShares,
    ReportingStatus,
    Split,
    StatusEvent,
    StatusKind,
)
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.project import FIELDS, Project, field_value
from notemodeler.domain.repayment import (
    DaysFrom,
    Instalment,
    PrepaymentBase,
    PrepaymentStep,
    Settled,
)
from notemodeler.domain.rule import (
    FloorEffect,
    PriceComposition,
    SecondWindow,
    Statistic,
    WindowAnchor,
)
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.scenario import Continuation, DrawnPoint
from notemodeler.domain.valuation import HolderPolicy, PriceModel, RatePoint
from notemodeler.io.document import document_text, read_document

DOCUMENT = Path(__file__).parents[1] / "data" / "documents" / "version-2.note"
LEFT_AS_THEY_ARE = {
    "note.conversion.opens_date", "note.conversion.share_rounding", "note.conversion.rule.lowest_count",
}  # fmt: skip
"""Terms of format 1 that `version-1.note` sets."""


@pytest.fixture(scope="module")
def project():
    project, issues = read_document(DOCUMENT.read_bytes())
    assert issues == ()
    return project


def test_the_document_sets_every_term(project):
    """A term that a later format adds is not set in this document: it belongs into that format's own."""
    for field in FIELDS:
        if field.name not in LEFT_AS_THEY_ARE:
            assert field_value(project, field.name) != field_value(Project(), field.name), (
                field.name
            )


def test_the_share_capital_is_read(project):
    issuer = project.issuer
    assert (issuer.reporting, issuer.par_price) == (ReportingStatus.OTHER, Decimal("0.001"))
    assert issuer.sales_report_date == date(2019, 3, 31)
    assert issuer.shares_authorised[1] == AuthorisedShares(date(2019, 6, 3), 5_000_000_000)
    assert issuer.splits == (Split(date(2019, 6, 3), 100, 1), Split(date(2019, 9, 3), 2, 3))
    assert [event.kind for event in issuer.status_events] == list(StatusKind)
    assert issuer.status_events[1] == StatusEvent(StatusKind.NO_DEPOSIT, date(2019, 4, 1))
    assert [series.is_split_adjusted for series in project.prices] == [False, True]


def test_the_price_rule_is_read(project):
    rule = project.notes[0].conversion.rule
    assert (rule.composition, rule.fixed_price) == (PriceComposition.LESSER_OF, Decimal("0.003"))
    assert rule.fixed_for_days == 180
    assert rule.second == SecondWindow(
        WindowAnchor.ISSUE, Statistic.MEAN_OF_LOWEST, 2, 25, Decimal("0.7")
    )
    assert [step.trigger for step in rule.steps] == list(StepTrigger)
    assert rule.steps[2] == RuleStep(
        StepTrigger.PRICE_FELL, trigger_price=Decimal("0.0005"), fixed_price=Decimal("0.0001")
    )
    assert rule.steps[4].extra_discount == Decimal("0.1")
    assert (rule.floor_at_par, rule.floor_effect) == (True, FloorEffect.ADD_PRINCIPAL)


def test_money_terms_and_limits_are_read(project):
    note = project.notes[0]
    terms = note.conversion
    assert (terms.minimum_amount, terms.monthly_cap_amount, terms.fee_amount) == (500, 25000, 750)
    assert (terms.exchange_cap, terms.reserve_multiple) == (Decimal("0.1999"), 6)
    assert terms.cash_in_lieu
    assert terms.reserved_shares == 500_000_000
    assert (note.agreement, note.affiliate_group) == ("Agreement of August 1, 2018", "EMA group")
    assert note.remark == "Form 8-K. inferred: its dates – “all”."
    assert note.proceeds == Decimal("114000.5")


def test_repayment_is_read(project):
    repayment = project.notes[0].repayment
    assert repayment.prepayment_steps[1] == PrepaymentStep(31, 180, Decimal("1.4"))
    assert repayment.prepayment_base is PrepaymentBase.PRINCIPAL
    assert repayment.prepayment_days_from is DaysFrom.FUNDING
    assert repayment.prepayment_after == Decimal("1.5")
    assert [row.settled for row in repayment.instalments] == list(Settled)
    assert repayment.instalments[1] == Instalment(
        date(2019, 3, 1), None, Decimal(0), Settled.SHARES
    )
    assert (repayment.redemption_monthly_amount, repayment.redemption_opens_days) == (20000, 90)


def test_default_and_ledger_are_read(project):
    note = project.notes[0]
    assert note.default.sums[0] == DefaultSum(DefaultEvent.DELIVERY, Decimal(2))
    assert (note.default.base, note.default.penalty_per_day_amount) == (DefaultBase.PRINCIPAL, 2000)
    assert note.default.multiple_due == 2
    assert [entry.kind for entry in note.ledger] == list(EntryKind)
    assert [entry.days for entry in note.ledger] == [None, None, None, None, 3]


def test_every_charge_and_every_composition_is_read(project):
    charges = [note.interest.charge for note in project.notes[1:6]]
    assert charges == list(InterestCharge)
    rules = [note.conversion.rule for note in project.notes[6:]]
    assert [rule.composition for rule in rules] == list(PriceComposition)
    assert {rule.floor_effect for rule in rules} == {FloorEffect.CASH}
    assert {rule.second.anchor for rule in rules} == {WindowAnchor.NOTICE}


def test_the_assumptions_are_read(project):
    scenario = project.scenario
    assert (scenario.own_price, scenario.volume_shares) == (Decimal("0.0004"), 2_000_000)
    assert scenario.continuation is Continuation.DRAWN
    assert scenario.drawn == (DrawnPoint(date(2019, 12, 31), Decimal("0.01")),)
    assert (scenario.monthly_drift, scenario.impact) == (Decimal("-0.2"), Decimal("0.02"))


def test_the_inputs_of_the_valuation_are_read(project):
    valuation = project.valuation
    assert (valuation.valuation_date, valuation.share_price) == (
        date(2019, 6, 28), Decimal("0.00045"),
    )  # fmt: skip
    assert (valuation.volatility, valuation.volatility_days, valuation.year_days) == (
        Decimal("1.8"), 120, 250,
    )  # fmt: skip
    assert valuation.risk_free[1] == RatePoint(365, Decimal("0.0192"))
    assert (valuation.hazard_rate, valuation.recovery_rate) == (Decimal("0.5"), Decimal("0.25"))
    assert (valuation.price_model, valuation.policy) == (PriceModel.JUMPS, HolderPolicy.SCHEDULE)
    assert (valuation.paths, valuation.seed, valuation.schedule_amount) == (50_000, 7, 12_500)
    assert valuation.impact == Decimal("0.03")


def test_what_was_read_is_saved_and_read_again(project):
    assert read_document(document_text(project))[0] == project
