"""Notes of the trade's further kinds: compositions, steps, splits, money terms, limits, and whole books."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import ShareRounding
from notemodeler.domain.default import DefaultBase, DefaultEvent, DefaultSum
from notemodeler.domain.interest import Compounding, DayCount, InterestCharge, InterestStart
from notemodeler.domain.issuer import AuthorisedShares, Split, StatusEvent, StatusKind
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.repayment import (
    DaysFrom,
    Instalment,
    PrepaymentBase,
    PrepaymentStep,
    Settled,
)
from notemodeler.domain.rule import (
    FloorEffect,
    MissingPrices,
    PriceComposition,
    PriceRounding,
    SecondWindow,
    Statistic,
    WindowAnchor,
    WindowEnd,
)
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from tests.io.workbook_notes import LEDGER, changed, with_ledger

SPLITS = (Split(date(2019, 3, 20), 10, 1), Split(date(2018, 9, 4), 2, 3))
FIRST_DAYS = (
    PrepaymentStep(0, 30, Decimal("1.15")),
    PrepaymentStep(31, 60, Decimal("1.2")),
    PrepaymentStep(61, 120, Decimal("1.3")),
    PrepaymentStep(100, 180, Decimal("1.4")),
)


def issuer_with(project: Project, **parts: object) -> Project:
    return dataclasses.replace(project, issuer=dataclasses.replace(project.issuer, **parts))


def second(
    anchor: WindowAnchor, statistic: Statistic, count: int, days: int, multiplier: str
) -> dict[str, object]:
    """The changes that give a note a second window."""
    values = SecondWindow(anchor, statistic, count, days, Decimal(multiplier))
    return {
        f"conversion__rule__second__{part.name}": getattr(values, part.name)
        for part in dataclasses.fields(values)
    }


def on_a_listed_split(project: Project) -> Project:
    """The project as if its prices were those of a price service: already restated for splits."""
    series = tuple(
        dataclasses.replace(each, is_split_adjusted=True) if isinstance(each, PriceSeries) else each
        for each in project.prices
    )
    return dataclasses.replace(project, prices=series)


def trade_notes() -> Iterator[tuple[str, Project, int]]:
    """Projects by name, each with the place of the note whose workbook is written."""
    for name, project in (*_rules(), *_splits(), *_money(), *_limits()):
        yield name, project, 0
    yield from _books()


def _rules() -> Iterator[tuple[str, Project]]:
    base = with_ledger(ascent_project())
    fixed = Decimal("0.0014")
    yield "fixed", changed(
        base, conversion__rule__composition=PriceComposition.FIXED,
        conversion__rule__fixed_price=fixed,
    )  # fmt: skip
    yield (
        "fixed_is_missing",
        changed(base, conversion__rule__composition=PriceComposition.GREATER_OF),
    )
    yield (
        "greater_of_after_a_time",
        changed(
            base,
            conversion__rule__composition=PriceComposition.GREATER_OF,
            conversion__rule__fixed_price=fixed,
            conversion__rule__fixed_for_days=220,
            conversion__rule__floor_price=Decimal("0.0012"),
            conversion__rule__rounding=PriceRounding.UP,
            conversion__rule__rounding_places=5,
        ),
    )
    yield (
        "lesser_of_after_a_time_and_a_second_window",
        changed(
            base,
            conversion__rule__composition=PriceComposition.LESSER_OF,
            conversion__rule__fixed_price=fixed,
            conversion__rule__fixed_for_days=200,
            **second(WindowAnchor.ISSUE, Statistic.MEAN_OF_LOWEST, 2, 15, "0.5"),
        ),
    )
    yield (
        "second_window_before_the_notice",
        changed(
            base,
            **second(WindowAnchor.NOTICE, Statistic.MEAN, 3, 5, "0.6"),
            conversion__rule__missing_prices=MissingPrices.REACH_BACK,
            conversion__rule__window_end=WindowEnd.NOTICE_DAY,
        ),
    )
    yield (
        "more_second_lows_than_days",
        changed(
            base,
            **second(WindowAnchor.NOTICE, Statistic.MEAN_OF_LOWEST, 7, 5, "0.6"),
        ),
    )
    steps = (
        RuleStep(StepTrigger.FROM_DATE, date(2019, 2, 12), multiplier=Decimal("0.6")),
        RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.5"), lookback_days=20),
        RuleStep(StepTrigger.PRICE_FELL, trigger_price=Decimal("0.0016"), extra_discount=Decimal("0.05")),
        RuleStep(StepTrigger.PRICE_LOW, trigger_price=Decimal("0.0018"), fixed_price=Decimal("0.001")),
        RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.10")),
        RuleStep(StepTrigger.NO_DEPOSIT, extra_discount=Decimal("0.05")),
        RuleStep(StepTrigger.LATE_REPORTS, extra_discount=Decimal("0.99")),
        RuleStep(StepTrigger.NOT_LISTED, lookback_days=4),
        RuleStep(StepTrigger.FROM_DATE, multiplier=Decimal("0.2")),
    )  # fmt: skip
    events = (
        StatusEvent(StatusKind.DTC_CHILL, date(2019, 2, 20), date(2019, 3, 5)),
        StatusEvent(StatusKind.NO_DEPOSIT, date(2019, 3, 1), date(2019, 4, 1)),
        StatusEvent(StatusKind.DTC_CHILL, date(2019, 6, 3)),
        StatusEvent(StatusKind.LATE_REPORTS, date(2019, 7, 8), date(2019, 7, 8)),
        StatusEvent(StatusKind.NOT_LISTED, date(2019, 7, 15), date(2019, 7, 16)),
    )
    stepped = changed(
        issuer_with(base, status_events=events),
        conversion__rule__steps=steps,
        conversion__rule__composition=PriceComposition.LESSER_OF,
        conversion__rule__fixed_price=Decimal("0.002"),
        default__default_date=date(2019, 5, 6),
    )
    yield "steps_of_every_kind", stepped
    yield "steps_and_splits", issuer_with(stepped, splits=SPLITS)
    many = tuple(
        RuleStep(StepTrigger.FROM_DATE, date(2019, 2, 1 + day), multiplier=Decimal("0.6"))
        for day in range(14)
    )
    yield "more_steps_than_columns", changed(base, conversion__rule__steps=many)


def _splits() -> Iterator[tuple[str, Project]]:
    base = with_ledger(ascent_project())
    yield "splits", issuer_with(base, splits=SPLITS)
    yield "splits_already_in_the_prices", on_a_listed_split(issuer_with(base, splits=SPLITS))
    par = issuer_with(base, splits=SPLITS, par_price=Decimal("0.006"))
    yield (
        "par_over_splits",
        changed(
            par,
            conversion__rule__floor_at_par=True,
            conversion__rule__floor_price=Decimal("0.0005"),
            conversion__lots_are_sold=False,
            conversion__holder_shares=2_000_001,
            conversion__exchange_cap=Decimal("0.05"),
        ),
    )
    yield "par_is_missing", changed(base, conversion__rule__floor_at_par=True)


def _money() -> Iterator[tuple[str, Project]]:
    base = with_ledger(ascent_project())
    ways = [(charge, how) for charge in InterestCharge for how in Compounding]
    for at, (charge, how) in enumerate(ways):
        yield (
            f"charge_{charge}_{how}",
            changed(
                base,
                interest__charge=charge,
                interest__compounding=how,
                interest__charge_days=(90, 200, 365)[at % 3],
                interest__day_count=list(DayCount)[at % 5],
                interest__starts_on=list(InterestStart)[at % 2],
                default__default_date=date(2019, 4, 2) if at % 2 else None,
                default__event=DefaultEvent.DELIVERY,
                default__sums=(DefaultSum(DefaultEvent.DELIVERY, Decimal("1.75")),),
                default__base=list(DefaultBase)[at % 2],
            ),
        )
    others = (
        LedgerEntry(date(2018, 9, 20), EntryKind.PREPAYMENT, Decimal(11500)),
        LedgerEntry(date(2018, 9, 20), EntryKind.PENALTY, days=7),
        LedgerEntry(date(2018, 11, 20), EntryKind.REDEMPTION, Decimal(5000)),
        LedgerEntry(date(2018, 11, 27), EntryKind.REDEMPTION),
        LedgerEntry(date(2019, 2, 4), EntryKind.PENALTY, Decimal(2500)),
        LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(5000)),
        LedgerEntry(date(2019, 2, 4), EntryKind.PENALTY, Decimal(100)),
        LedgerEntry(date(2019, 4, 1), EntryKind.PREPAYMENT, Decimal(3000)),
        LedgerEntry(date(2019, 6, 3), EntryKind.PREPAYMENT),
    )
    paid = changed(
        with_ledger(base, others),
        repayment__prepayment_steps=FIRST_DAYS,
        repayment__redemption_monthly_amount=Decimal(12000),
        default__penalty_per_day_amount=Decimal(2000),
        interest__compounding=Compounding.MONTHLY,
    )
    yield "prepaid_and_redeemed", paid
    yield (
        "prepaid_on_principal",
        changed(
            paid,
            repayment__prepayment_base=PrepaymentBase.PRINCIPAL,
            repayment__prepayment_days_from=DaysFrom.FUNDING,
            repayment__prepayment_after=Decimal("1.5"),
        ),
    )
    instalments = (
        Instalment(date(2018, 11, 1), Decimal(10000), Decimal("0.1")),
        Instalment(date(2019, 2, 4), Decimal(20000), Decimal(0), Settled.SHARES),
        Instalment(date(2019, 3, 1), Decimal(10000), Decimal(0), Settled.LEDGER),
        Instalment(date(2019, 6, 3), None, Decimal("0.05")),
    )
    yield (
        "instalments",
        changed(base, repayment__instalments=instalments, conversion__fee_amount=Decimal(750)),
    )


def _limits() -> Iterator[tuple[str, Project]]:
    base = with_ledger(ascent_project())
    yield (
        "fees_and_caps",
        changed(
            base,
            conversion__fee_amount=Decimal("1250.5"),
            conversion__monthly_cap_amount=Decimal(18000),
            conversion__exchange_cap=Decimal("0.03"),
            conversion__minimum_amount=Decimal(4000),
            conversion__share_rounding=ShareRounding.UP,
        ),
    )
    yield "cash_in_lieu", changed(base, conversion__cash_in_lieu=True)
    floored = changed(base, conversion__rule__floor_price=Decimal("0.0012"))
    for effect in FloorEffect:
        yield (
            f"floor_{effect}",
            changed(
                floored,
                conversion__rule__floor_effect=effect,
                conversion__fee_amount=Decimal(500),
                conversion__cash_in_lieu=True,
                conversion__rule__rounding=PriceRounding.HALF_UP,
                conversion__rule__rounding_places=5,
            ),
        )
        yield (
            f"floor_{effect}_over_splits",
            issuer_with(changed(floored, conversion__rule__floor_effect=effect), splits=SPLITS),
        )
    unfloored = changed(
        floored,
        conversion__rule__floor_effect=FloorEffect.CASH,
        conversion__rule__rounding=PriceRounding.DOWN,
        conversion__rule__rounding_places=3,
    )
    yield "rounds_to_zero_without_the_floor", unfloored
    no_price = LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, stated_shares=7_000_000)
    yield "shares_reported_alone", with_ledger(base, (no_price, *LEDGER[2:4]))
    in_the_gap = LedgerEntry(
        date(2018, 10, 24), EntryKind.CONVERSION, Decimal(1500), stated_shares=1_000_000
    )
    yield "reported_without_a_price", with_ledger(base, (in_the_gap, *LEDGER[2:4]))


def _books() -> Iterator[tuple[str, Project, int]]:
    base = with_ledger(ascent_project())
    first = base.notes[0]
    second = dataclasses.replace(
        first,
        title="Second tranche",
        agreement="Purchase agreement",
        principal_amount=Decimal(60000),
        ledger=(LEDGER[0], LEDGER[2], LEDGER[6]),
        conversion=dataclasses.replace(
            first.conversion, lots_are_sold=False, reserve_multiple=Decimal("6.5"),
            reserved_shares=90_000_000,
        ),
    )  # fmt: skip
    third = dataclasses.replace(
        second,
        title="Another lender's note",
        holder="BayBridge Capital Fund LP",
        issue_date=date(2018, 11, 5),
        funding_date=date(2018, 11, 6),
        conversion=dataclasses.replace(first.conversion, opens_date=None, reserve_multiple=None),
    )
    book = dataclasses.replace(base, notes=(first, second, third))
    book = issuer_with(
        book,
        shares_authorised=(
            AuthorisedShares(date(2018, 1, 1), 2_000_000_000),
            AuthorisedShares(date(2019, 5, 1), 5_000_000_000),
        ),
    )
    yield "book_first", book, 0
    yield "book_second", book, 1
    yield "book_over_splits", issuer_with(book, splits=SPLITS), 1
