"""The note of August 1, 2018: figures that follow from its terms alone."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import InterestStart
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.history import Owed

MATURITY = date(2019, 8, 1)


def owed_on(day, **changes):
    project = ascent_project()
    note = dataclasses.replace(project.notes[0], **changes)
    return compute(project.with_note(note)).history.owed_on(day).in_cents()


def interest_from_issue():
    terms = ascent_project().notes[0].interest
    return dataclasses.replace(terms, starts_on=InterestStart.ISSUE)


def test_interest_from_funding_to_february_is_183_days():
    assert owed_on(date(2019, 2, 1)).interest == Decimal("5214.25")


def test_interest_from_funding_to_maturity_is_364_days():
    assert owed_on(MATURITY).interest == Decimal("10371.51")


def test_interest_from_issue_to_maturity_is_one_whole_year():
    assert owed_on(MATURITY, interest=interest_from_issue()).interest == Decimal("10400.00")


def test_total_due_at_maturity():
    assert owed_on(MATURITY).total == Decimal("140371.51")


def test_default_sum_of_150_percent_is_taken_of_the_unrounded_total():
    terms = DefaultTerms(default_date=MATURITY, multiple=Decimal("1.5"))
    owed = owed_on(MATURITY, default=terms)
    assert owed.total == Decimal("210557.26")
    assert owed == Owed(Decimal(130000), Decimal("10371.51"), Decimal("70185.75"))


def test_default_interest_runs_at_22_percent_from_the_day_of_default():
    default = DefaultTerms(default_date=date(2019, 5, 2))
    before = Decimal(130000) * Decimal("0.08") * 273 / 365
    after = Decimal(130000) * Decimal("0.22") * 91 / 365
    owed = owed_on(MATURITY, default=default)
    assert abs(owed.interest - (before + after)) <= Decimal("0.005")


def test_settlement_value_at_65_percent_is_two_hundred_thousand():
    """Unrounded shares at the reference price: 130,000 / 0.65, a put premium of 70,000."""
    project = ascent_project()
    results = compute(project)
    price = results.quote(date(2019, 2, 1)).price
    settlement = Decimal(130000) / price.conversion_price * price.reference_price
    assert abs(settlement - Decimal("200000.00")) < Decimal("1e-20")


def test_conversion_price_by_hand():
    """The ten bids before February 1, 2019 of the sample; the three lowest are averaged, times 65 %."""
    project = ascent_project()
    day = date(2019, 2, 1)
    bars = [bar for bar in project.prices[0].bars if bar.date < day][-10:]
    lows = sorted(bar.price for bar in bars)[:3]
    finding = compute(project).quote(day).price
    assert [day.date for day in finding.window] == [bar.date for bar in bars]
    assert finding.reference_price == pytest.approx(sum(lows) / 3, rel=Decimal("1e-40"))
    assert finding.conversion_price == finding.reference_price * Decimal("0.65")


@pytest.mark.parametrize("rows", list(RowDates))
def test_the_choice_of_rows_never_changes_what_is_due(rows):
    schedule = compute(ascent_project()).schedule(rows)
    assert schedule[-1].date == MATURITY
    assert schedule[-1].closing == Owed(Decimal(130000), Decimal("10371.51"))
    assert sum(row.accrual for row in schedule) == Decimal("10371.51")
