"""Cases that the audit of the book against exact fractions brought up: each was wrong once."""

import dataclasses
from datetime import date
from decimal import Decimal

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import Compounding, DayCount, InterestCharge, InterestTerms
from notemodeler.domain.issuer import Split
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.rule import PriceComposition
from notemodeler.engines.daily_balance import daily_balances
from notemodeler.engines.history import MOST_INTEREST
from notemodeler.io.workbook.steps import StepKind, account_steps
from tests.io.workbook_notes import changed

START = date(2024, 1, 2)
NOTE = Note(
    issue_date=START, funding_date=START, maturity_date=date(2025, 1, 2),
    principal_amount=Decimal(100000),
)  # fmt: skip
UNLIMITED = ConversionTerms(ownership_limit=None, opens_days=0)


def results(**changes):
    return compute(Project(notes=(dataclasses.replace(NOTE, **changes),)))


def interest_on(day, **changes):
    return results(**changes).history.owed_on(day).in_cents().interest


def in_default_of(interest):
    return {"interest": interest, "default": DefaultTerms(default_date=date(2024, 2, 1))}


def test_daily_compounding_in_default_goes_on_when_the_prepaid_days_end():
    """Prepaid for 180 days, to Jun 30; in default from Feb 1 at 24 % compounded daily.

    Feb 1 to Jul 31 are 181 days: 100,000 x ((1 + 0.24 / 365)^181 - 1) = 12,634.13. Beginning again
    with the principal alone on Jun 30, after 150 days, it would come to 10,362.23 + 2,058.59.
    """
    terms = InterestTerms(
        charge=InterestCharge.PREPAID, charge_days=180, default_rate=Decimal("0.24"),
        compounding=Compounding.DAILY,
    )  # fmt: skip
    assert interest_on(date(2024, 7, 31), **in_default_of(terms)) == Decimal("12634.13")


def test_the_end_of_guaranteed_days_does_not_break_the_day_count_of_a_default():
    """Guaranteed for 89 days, to Mar 31; in default from Feb 1 at 18 %, 30/360 US.

    Feb 1 to Apr 30 are 60 + 29 = 89 days: 100,000 x 18 % x 89 / 360 = 4,450.00. Counted to Mar 31
    and on they would be 60 + 30. With what is guaranteed, Jan 2 to Mar 31 at 8 %, 60 + 29 = 89 days
    in this day count too: 1,977.78.
    """
    terms = InterestTerms(
        charge=InterestCharge.GUARANTEED, charge_days=89, default_rate=Decimal("0.18"),
        day_count=DayCount.THIRTY_360_US,
    )  # fmt: skip
    assert interest_on(date(2024, 4, 30), **in_default_of(terms)) == Decimal("6427.78")


def test_the_workbook_has_no_step_for_days_that_end_in_default():
    """In default since Feb 1, the end of the 180 days on Jun 30 opens no stretch and no row."""
    terms = InterestTerms(charge=InterestCharge.PREPAID, charge_days=180)
    found = results(**in_default_of(terms))
    steps = account_steps(found.note, found.history, date(2025, 1, 2))
    assert [step.kind for step in steps] == [StepKind.START, StepKind.DEFAULT]


def test_half_a_cent_made_of_thirds_is_rounded_up():
    """12 % monthly, actual/360, on 250,000 from Aug 4 to Oct 10, 2018.

    31 days x 31/3000 + 1 = 252,583.333...; 30 days: x 1.01 = 255,109.1666...; 6 days: x 1.002 =
    255,619.385 exactly, which is 5,619.39 of interest.
    """
    start = date(2018, 8, 4)
    terms = InterestTerms(
        rate=Decimal("0.12"), day_count=DayCount.ACT_360, compounding=Compounding.MONTHLY
    )
    found = interest_on(
        date(2018, 10, 10), issue_date=start, funding_date=start, interest=terms,
        principal_amount=Decimal(250000),
    )  # fmt: skip
    assert found == Decimal("5619.39")


def test_cash_for_a_third_of_a_share_is_exact():
    """$1,000.01 at $0.015 are 66,667 shares for $1,000.005; the half cent left is paid as one cent."""
    entry = LedgerEntry(
        date(2024, 3, 1), EntryKind.CONVERSION, Decimal("1000.01"), Decimal("0.015")
    )
    terms = dataclasses.replace(UNLIMITED, cash_in_lieu=True)
    converted = results(conversion=terms, ledger=(entry,)).history.happenings[-1]
    assert (converted.shares, converted.cash) == (66667, Decimal("0.01"))


def absurd(**changes):
    """Ten times the principal a year, compounded daily for 76 years: about 10^326 times the principal."""
    terms = InterestTerms(rate=Decimal(10), compounding=Compounding.DAILY)
    return results(interest=terms, maturity_date=date(2100, 1, 2), **changes)


def test_interest_beyond_all_bounds_is_held_there_and_said_to_be():
    found = absurd()
    owed = found.history.owed_on(date(2100, 1, 2)).in_cents()
    assert owed.interest == MOST_INTEREST
    assert any(issue.is_error and "outgrows" in issue.text for issue in found.issues)


def test_the_charts_hold_interest_at_the_same_bound():
    days = (date(2030, 1, 2), date(2100, 1, 2))
    found = daily_balances(absurd().history, days)
    assert found.interest.tolist() == [float(MOST_INTEREST)] * 2


def test_a_sane_note_hears_nothing_of_bounds():
    assert not any("outgrows" in issue.text for issue in results().issues)


def test_the_sentence_on_bounds_is_there_after_an_edit_too():
    before = absurd()
    before.issues  # noqa: B018  # worked out, so that the edit can go on from it
    bars = (PriceBar(date(2024, 1, 3), Decimal("0.01")),)
    project = dataclasses.replace(before.project, prices=(PriceSeries(PriceKind.BID, "", bars),))
    after = compute(project, 0, before)
    assert after.history.issues == compute(project).history.issues
    assert any("outgrows" in issue.text for issue in after.issues)


def test_par_is_held_against_the_fixed_price_in_dollars_of_one_day():
    """Par is $0.01 after a split of 1 for 100, so $0.0001 when the note was signed: under the fixed $0.0020."""
    project = changed(
        ascent_project(),
        conversion__rule__composition=PriceComposition.LESSER_OF,
        conversion__rule__fixed_price=Decimal("0.0020"),
        conversion__rule__floor_at_par=True,
    )
    issuer = dataclasses.replace(
        project.issuer, par_price=Decimal("0.01"), splits=(Split(date(2019, 3, 15), 100, 1),)
    )
    rule = compute(dataclasses.replace(project, issuer=issuer)).quoter.rule
    assert [issue for issue in rule.check() if "Par is above" in issue.text] == []
    assert "the par value of $0.0001 a share" in rule.recite()
    assert "Prices stated here are those of August 1, 2018" in rule.recite()


def test_a_reported_conversion_without_a_price_is_booked_at_the_price_it_implies():
    """$1,500 into 3,000,000 shares is $0.0005 a share; no price is in the table, and a warning says so."""
    entry = LedgerEntry(
        date(2024, 8, 1), EntryKind.CONVERSION, Decimal(1500), stated_shares=3_000_000
    )
    found = results(conversion=UNLIMITED, ledger=(entry,))
    booked = found.history.happenings[-1]
    assert (booked.price, booked.shares) == (Decimal("0.0005"), 3_000_000)
    assert booked.settled.total == 1500
    assert [
        issue.text
        for issue in found.history.issues
        if "is booked as reported, at $0.0005" in issue.text
    ]
    unpriced = results(
        conversion=UNLIMITED, ledger=(dataclasses.replace(entry, stated_shares=None),)
    )
    assert unpriced.history.happenings[-1].kind.value == "funding"
