"""Notes whose valuation stands in a workbook in every way there is: stated, from the table, partly, not at all."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

from notemodeler.app.sample import ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.domain.issuer import Split
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.repayment import Instalment
from notemodeler.domain.valuation import HolderPolicy, PriceModel, RatePoint
from tests.io.workbook_notes import with_ledger

PATHS = 1_000
FRIDAY = date(2019, 2, 1)
CONVERSIONS = (
    LedgerEntry(date(2019, 2, 4), EntryKind.CONVERSION, Decimal(15000)),
    LedgerEntry(date(2019, 3, 15), EntryKind.PAYMENT, Decimal(20000)),
)


def valued(project: Project, **stated: Any) -> Project:
    """The project with inputs of the valuation, and few paths so that a test is quick."""
    stated = {"paths": PATHS, **stated}
    return dataclasses.replace(project, valuation=dataclasses.replace(project.valuation, **stated))


def of_note(project: Project, **terms: Any) -> Project:
    for name, value in terms.items():
        project = with_field(project, "note." + name.replace("__", "."), value)
    return project


def sixteen_notes() -> Project:
    """A book of as many notes, each with its own principal."""
    project = valued(ascent_project(), valuation_date=FRIDAY)
    notes = tuple(
        dataclasses.replace(
            project.notes[0],
            title=f"Note {place}",
            principal_amount=Decimal(10_000 + 1_000 * place),
        )
        for place in range(1, 17)
    )
    return dataclasses.replace(project, notes=notes)


def notes_that_lack_something() -> dict[str, Project]:
    sample = valued(ascent_project(), valuation_date=FRIDAY)
    paid = (LedgerEntry(date(2018, 12, 3), EntryKind.PAYMENT, Decimal(133_522)),)
    return {
        "no_prices": valued(ascent_project()).with_series(PriceSeries()),
        "one_price": sample.with_series(
            sample.prices[0].with_bars(sample.prices[0].bars[:1])
        ),
        "price_but_no_prices": valued(
            ascent_project().with_series(PriceSeries()), share_price=Decimal("0.002"), volatility=Decimal(1),
            valuation_date=FRIDAY,
        ),
        "before_the_first_price": valued(sample, valuation_date=date(2018, 6, 1)),
        "paid_off": with_ledger(sample, paid),
        "matured": valued(sample, valuation_date=date(2019, 8, 1)),
        "overdue": valued(sample, valuation_date=date(2019, 10, 1)),
    }  # fmt: skip


def notes_of_every_input() -> dict[str, Project]:
    """Rates, credit, fees, splits, weekends and ledgers: what formulas can follow, and what they cannot."""
    sample = valued(ascent_project(), valuation_date=FRIDAY)
    curve = tuple(RatePoint(days, Decimal(rate)) for days, rate in ((30, "0.02"), (365, "0.03")))
    split = Split(date(2018, 12, 3), 1, 10)
    return {
        "sample": sample,
        "last_price": with_ledger(valued(ascent_project()), CONVERSIONS),
        "weekend": valued(sample, valuation_date=date(2019, 3, 31)),
        "stated": valued(
            sample, share_price=Decimal("0.0021"), volatility=Decimal("1.5"), risk_free=curve,
            credit_spread=Decimal("0.2"), seed=7,
        ),
        "credit": valued(
            sample, risk_free=curve[:1], hazard_rate=Decimal("0.3"), recovery_rate=Decimal("0.4"),
            policy=HolderPolicy.AT_ONCE, price_model=PriceModel.FAT_TAILS,
        ),
        "discount": valued(sample, discount_rate=Decimal("0.25"), volatility_days=60),
        "fee": of_note(sample, conversion__fee_amount=Decimal(750)),
        "ledger": with_ledger(valued(sample, valuation_date=date(2019, 4, 5)), CONVERSIONS),
        "split": dataclasses.replace(
            sample, issuer=dataclasses.replace(sample.issuer, splits=(split,))
        ),
        "instalments": of_note(
            sample, repayment__instalments=(Instalment(date(2019, 5, 1), Decimal(20_000)),)
        ),
        "book": valued(ascent_book(), valuation_date=FRIDAY),
    }  # fmt: skip
