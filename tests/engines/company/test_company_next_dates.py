"""What comes after a day: of the company and of every note, with the days to go."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.interest import InterestCharge, InterestTerms
from notemodeler.domain.issuer import (
    AuthorisedShares,
    ReportingStatus,
    Split,
    StatusEvent,
    StatusKind,
)
from notemodeler.domain.repayment import Instalment, PrepaymentStep, RepaymentTerms, Settled
from notemodeler.domain.rule import PriceComposition
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.company.coming import NextKind, months_after
from notemodeler.engines.company.next_dates import next_dates
from tests.engines.company.book_cases import at, converted, fixed_note, paid

SIGNED = date(2018, 9, 3)
PLAIN = fixed_note("A", 10_000)
STEPS = (PrepaymentStep(0, 30, Decimal("1.15")), PrepaymentStep(31, 60, Decimal("1.2")))


def coming(note=PLAIN, day=date(2018, 9, 1), kind=None, **facts):
    found = next_dates(at(note, day=day, **facts))
    return [each for each in found if kind in (None, each.kind)]


def dates(note=PLAIN, day=date(2018, 9, 1), kind=None, **facts):
    return [each.date for each in coming(note, day, kind, **facts)]


def sentences(note=PLAIN, day=date(2018, 9, 1), kind=None, **facts):
    return [each.sentence for each in coming(note, day, kind, **facts)]


def with_repayment(**terms):
    return dataclasses.replace(PLAIN, repayment=RepaymentTerms(**terms))


def with_rule(**terms):
    rule = dataclasses.replace(PLAIN.conversion.rule, **terms)
    return dataclasses.replace(PLAIN, conversion=dataclasses.replace(PLAIN.conversion, rule=rule))


def test_a_plain_note_is_funded_opens_ripens_and_matures():
    """Six months after Sep 4 are Mar 4; 365 days from Sep 3 to Sep 3, 2 more from Sep 1: 367 to go."""
    found = coming()
    assert [(each.kind, each.date, each.days_to_go) for each in found] == [
        (NextKind.CONVERSION_OPENS, SIGNED, 2),
        (NextKind.FUNDING, date(2018, 9, 4), 3),
        (NextKind.RULE_144, date(2019, 3, 4), 184),
        (NextKind.MATURITY, date(2019, 9, 3), 367),
    ]
    assert found[1].sentence == "$10,000.00 arrive."


def test_the_day_itself_still_comes_and_yesterday_does_not():
    assert dates(day=date(2019, 9, 3)) == [date(2019, 9, 3)]
    assert coming(day=date(2019, 9, 3))[0].days_to_go == 0
    assert dates(day=date(2019, 9, 4)) == []


def test_a_company_that_does_not_report_makes_the_holder_wait_a_year():
    found = coming(kind=NextKind.RULE_144, reporting=ReportingStatus.NONE)
    assert [each.date for each in found] == [date(2019, 9, 4)]
    assert found[0].sentence == (
        "Twelve months after funding: a holder who is no affiliate may sell under Rule 144."
    )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 12, 1), 12, date(2019, 12, 1)),
    ],
)
def test_a_month_too_short_gives_its_last_day(day, months, then):
    assert months_after(day, months) == then


def test_prepayment_steps_on_the_first_day_of_each_range_and_ends_on_the_last():
    """Days 0-30 from Sep 3 end on Oct 3, days 31-60 run from Oct 4 to Nov 2."""
    note = with_repayment(prepayment_steps=STEPS)
    assert dates(note, kind=NextKind.PREPAYMENT_STEP) == [SIGNED, date(2018, 10, 4)]
    assert dates(note, kind=NextKind.PREPAYMENT_ENDS) == [date(2018, 11, 2)]
    assert sentences(note, kind=NextKind.PREPAYMENT_STEP)[1] == (
        "Prepayment costs 120 % from this day to Nov 2, 2018."
    )


def test_a_percentage_afterwards_begins_on_the_next_day():
    note = with_repayment(prepayment_steps=STEPS, prepayment_after=Decimal("1.4"))
    assert dates(note, kind=NextKind.PREPAYMENT_STEP)[-1] == date(2018, 11, 3)
    assert dates(note, kind=NextKind.PREPAYMENT_ENDS) == []


def test_instalments_say_how_they_are_settled():
    rows = (
        Instalment(date(2019, 1, 2), Decimal(2_000), Decimal("0.1")),
        Instalment(date(2019, 2, 2), None, Decimal(0), Settled.SHARES),
    )
    assert sentences(with_repayment(instalments=rows), kind=NextKind.INSTALMENT) == [
        "$2,000.00 due, settled in cash, with 10 % on top if it is cash.",
        "All that is owed due, settled in shares.",
    ]


def test_redemption_opens():
    note = with_repayment(redemption_monthly_amount=Decimal(1_000), redemption_opens_days=10)
    assert dates(note, kind=NextKind.REDEMPTION_OPENS) == [date(2018, 9, 13)]


@pytest.mark.parametrize(
    ("charge", "expected"),
    [
        (InterestCharge.ACCRUES, []),
        (InterestCharge.ONE_TIME, [(date(2018, 9, 4), "Interest is earned at once: $800.00.")]),
        (
            InterestCharge.AFTER_DAYS,
            [(date(2018, 12, 3), "Interest of 8 % of the principal still owed is charged, once.")],
        ),
        (
            InterestCharge.PREPAID,
            [(date(2018, 12, 3), "Interest begins to accrue: the 90 days prepaid are over.")],
        ),
        (
            InterestCharge.GUARANTEED,
            [
                (date(2018, 9, 4), "90 days of interest is earned at once: $197.26."),
                (date(2018, 12, 3), "Interest begins to accrue: the 90 days guaranteed are over."),
            ],
        ),
    ],
)
def test_interest_that_is_not_earned_day_by_day(charge, expected):
    """8 % of 10,000 are 800.00; of 90 days 800 x 90 / 365 = 197.26; 90 days after Sep 4 are Dec 3."""
    interest = InterestTerms(rate=Decimal("0.08"), charge=charge, charge_days=90)
    found = coming(dataclasses.replace(PLAIN, interest=interest), kind=NextKind.INTEREST)
    assert [(each.date, each.sentence) for each in found] == expected


def test_the_variable_price_comes_in_after_the_days_of_the_fixed_one():
    """Day 180 from Sep 3 is Mar 2, 2019, the last of the fixed price alone."""
    note = with_rule(composition=PriceComposition.LESSER_OF, fixed_for_days=180)
    assert dates(note, kind=NextKind.RULE_CHANGES) == [date(2019, 3, 3)]
    assert dates(with_rule(fixed_for_days=180), kind=NextKind.RULE_CHANGES) == []


def test_a_step_from_a_date_says_what_changes():
    steps = (
        RuleStep(
            StepTrigger.FROM_DATE, date(2019, 1, 2), multiplier=Decimal("0.5"), lookback_days=20
        ),
        RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.4")),
    )
    assert sentences(with_rule(steps=steps), kind=NextKind.RULE_CHANGES) == [
        "The price rule changes: multiplier 50 %, a look-back of twenty trading days."
    ]


def test_the_company_has_dates_of_its_own():
    facts = {
        "splits": (Split(date(2019, 5, 1), 10, 1),),
        "shares_authorised": (AuthorisedShares(date(2019, 4, 1), 20_000_000),),
        "status_events": (StatusEvent(StatusKind.DTC_CHILL, date(2019, 3, 1), date(2019, 3, 31)),),
    }
    found = [each for each in coming(day=date(2019, 3, 15), **facts) if each.place is None]
    assert [(each.date, each.sentence) for each in found] == [
        (date(2019, 4, 1), "The charter authorises 20,000,000 shares."),
        (date(2019, 4, 1), "Over: DTC chill, of which Mar 31, 2019 is the last day."),
        (date(2019, 5, 1), "The reverse split takes effect: 10 old shares become 1 new."),
    ]
    assert {each.title for each in found} == {"Example Corp."}


def test_the_day_after_a_chill_still_tells_that_it_is_over():
    events = (StatusEvent(StatusKind.DTC_CHILL, date(2019, 3, 1), date(2019, 3, 31)),)
    found = coming(day=date(2019, 4, 1), kind=NextKind.STATUS, status_events=events)
    assert [each.days_to_go for each in found] == [0]
    assert coming(day=date(2019, 4, 2), kind=NextKind.STATUS, status_events=events) == []


def test_dates_of_several_notes_come_in_order_with_their_place():
    later = dataclasses.replace(fixed_note("B", 5_000), maturity_date=date(2019, 8, 1))
    found = next_dates(at(PLAIN, later, day=date(2019, 7, 1)))
    assert [(each.place, each.title, each.date) for each in found] == [
        (1, "B", date(2019, 8, 1)),
        (0, "A", date(2019, 9, 3)),
    ]


@pytest.mark.parametrize("entry", [converted(date(2019, 1, 10)), paid(date(2019, 1, 10), 10_000)])
def test_a_settled_note_has_no_dates_but_had_them_before(entry):
    note = dataclasses.replace(PLAIN, ledger=(entry,))
    assert dates(note, day=date(2019, 1, 10)) == []
    assert dates(note, day=date(2019, 1, 9)) == [date(2019, 3, 4), date(2019, 9, 3)]
