"""Notes of every kind that a workbook must reckon the same way as the program."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import AppliedFirst, ShareRounding
from notemodeler.domain.interest import Compounding, DayCount, InterestStart
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.row_dates import RowDates
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    Statistic,
    WindowEnd,
)

LEDGER = (
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(15000)),
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(5000)),
    LedgerEntry(date(2019, 2, 18), EntryKind.CONVERSION, Decimal(3000)),
    LedgerEntry(date(2019, 3, 9), EntryKind.CONVERSION),
    LedgerEntry(date(2019, 3, 15), EntryKind.PAYMENT, Decimal(20000)),
    LedgerEntry(
        date(2019, 4, 2), EntryKind.CONVERSION, Decimal(10000), Decimal("0.0005"), 19_999_999
    ),
    LedgerEntry(date(2019, 5, 1), EntryKind.CONVERSION),
    LedgerEntry(date(2018, 10, 20), EntryKind.CONVERSION, Decimal(1000)),
)
"""Two on one day, one on a day when the market is closed, one on a holiday, one as reported, one
that has no price, and two that take all that the ownership limit allows."""


def changed(project: Project, **changes: Any) -> Project:
    """The project with fields of its note replaced: `conversion__opens_days=90`."""
    for name, value in changes.items():
        project = with_field(project, "note." + name.replace("__", "."), value)
    return project


def with_ledger(project: Project, entries: tuple[LedgerEntry, ...] = LEDGER) -> Project:
    return project.with_note(dataclasses.replace(project.notes[0], ledger=entries))


def every_note() -> dict[str, tuple[Project, RowDates]]:
    """Projects by name, with the rows that their schedule has."""
    named = {**dict(_interest()), **dict(_parties())}
    rows = list(RowDates)
    return {name: (project, rows[at % 4]) for at, (name, project) in enumerate(named.items())}


def _interest() -> Iterator[tuple[str, Project]]:
    """Every day count with every compounding, with conversions, a payment and a default.

    Among them every statistic with every reading of gaps, and caps, floors and roundings.
    """
    kinds = [(day_count, compounding) for day_count in DayCount for compounding in Compounding]
    rules = [(statistic, missing) for statistic in Statistic for missing in MissingPrices]
    for at, (day_count, compounding) in enumerate(kinds):
        statistic, missing = rules[at % len(rules)]
        yield (
            f"{day_count.name}_{compounding.name}_{statistic}_{missing}".lower(),
            changed(
                with_ledger(ascent_project()),
                interest__day_count=day_count,
                interest__compounding=compounding,
                default__default_date=date(2019, 4, 2),
                default__multiple=Decimal("1.5"),
                conversion__rule__statistic=statistic,
                conversion__rule__missing_prices=missing,
                conversion__rule__window_end=list(WindowEnd)[at % 2],
                conversion__rule__rounding=list(PriceRounding)[at % 4],
                conversion__rule__rounding_places=4 + at % 3,
                conversion__rule__composition=PriceComposition.LESSER_OF,
                conversion__rule__fixed_price=Decimal("0.0012") if at % 3 == 0 else None,
                conversion__rule__floor_price=Decimal("0.0011") if at % 4 == 0 else None,
                conversion__rule__lookback_days=25 if at % 5 == 0 else 10,
                conversion__rule__lowest_count=7 if at % 5 == 0 else 3,
                conversion__share_rounding=list(ShareRounding)[at % 3],
            ),
        )


def _parties() -> Iterator[tuple[str, Project]]:
    """Limits, counts, dates and prices at their edges."""
    base = ascent_project()
    yield "plain", base
    yield (
        "held",
        changed(
            with_ledger(base),
            conversion__holder_shares=30_000_000,
            conversion__lots_are_sold=False,
            conversion__applied_first=AppliedFirst.PRINCIPAL,
            default__default_date=date(2019, 2, 10),
            default__multiple=Decimal("1.5"),
        ),
    )
    yield (
        "no_limit",
        changed(
            with_ledger(base),
            conversion__ownership_limit=None,
            conversion__lots_are_sold=False,
            conversion__applied_first=AppliedFirst.PRINCIPAL,
        ),
    )
    unknown = dataclasses.replace(base.issuer, shares_outstanding=())
    yield "no_share_count", dataclasses.replace(with_ledger(base), issuer=unknown)
    yield (
        "funded_before_issue",
        changed(base, interest__starts_on=InterestStart.ISSUE, funding_date=date(2018, 7, 20)),
    )
    yield (
        "funded_late",
        changed(base, interest__starts_on=InterestStart.ISSUE, funding_date=date(2018, 9, 20)),
    )
    yield "no_prices", dataclasses.replace(base, prices=(PriceSeries(),))
    yield "more_lows_than_days", changed(base, conversion__rule__lookback_days=2)
    yield (
        "crossed",
        changed(
            base,
            conversion__rule__composition=PriceComposition.LESSER_OF,
            conversion__rule__fixed_price=Decimal("0.001"),
            conversion__rule__floor_price=Decimal("0.002"),
        ),
    )
    yield "paid_off", with_ledger(base, (LedgerEntry(date(2018, 12, 1), EntryKind.PREPAYMENT),))
    yield (
        "rounds_to_zero",
        changed(
            base,
            conversion__rule__rounding=PriceRounding.DOWN,
            conversion__rule__rounding_places=3,
        ),
    )
    saturday = PriceBar(date(2018, 9, 1), Decimal("0.01"))
    mixed = PriceBar(date(2018, 9, 4), Decimal("0.0031"), PriceKind.CLOSE)
    series = base.prices[0]
    yield "closed_day", base.with_series(series.with_bars((*series.bars, saturday, mixed)))
    opens_gap = tuple(
        bar for bar in series.bars if not date(2018, 9, 1) < bar.date < date(2019, 1, 9)
    )
    yield (
        "long_gap",
        changed(
            base.with_series(dataclasses.replace(series, bars=opens_gap)),
            conversion__rule__missing_prices=MissingPrices.REACH_BACK,
        ),
    )
