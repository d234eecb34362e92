"""Money terms by hand: interest charges, default sums, penalties, instalments, redemptions, prepayment."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.domain.default import DefaultBase, DefaultEvent, DefaultSum, DefaultTerms
from notemodeler.domain.interest import (
    Compounding,
    DayCount,
    InterestCharge,
    InterestStart,
    InterestTerms,
)
from notemodeler.domain.issues import Severity
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.project import Project
from notemodeler.domain.repayment import (
    DaysFrom,
    Instalment,
    PrepaymentBase,
    PrepaymentStep,
    RepaymentTerms,
    Settled,
)
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.cost import Flow
from notemodeler.engines.history import HappeningKind, Owed
from notemodeler.engines.interest_charge import net_proceeds, prepaid_interest
from notemodeler.engines.prepayment import payoff_on, why_not

START = date(2024, 1, 2)
NOTE = Note(
    issue_date=START, funding_date=START, maturity_date=date(2025, 1, 2),
    principal_amount=Decimal(100000),
    interest=InterestTerms(rate=Decimal("0.12"), default_rate=Decimal("0.24")),
)  # fmt: skip
TABLE = tuple(
    PrepaymentStep(first, first + 29 + (first == 0), Decimal(percent) / 100)
    for first, percent in ((0, 115), (31, 120), (61, 125), (91, 130), (121, 135), (151, 140))
)


def results_of(**changes):
    return compute(Project(notes=(dataclasses.replace(NOTE, **changes),)))


def charged(charge, days=365, **changes):
    return dataclasses.replace(NOTE.interest, charge=charge, charge_days=days, **changes)


def after(days):
    return START + timedelta(days=days)


def entry(kind, day, amount=None, **parts):
    return LedgerEntry(day, EntryKind(kind), None if amount is None else Decimal(amount), **parts)


def interest_on(results, *days):
    return [str(results.history.owed_on(after(day)).in_cents().interest) for day in days]


def texts(results, severity):
    return " ".join(issue.text for issue in results.issues if issue.severity is severity)


# Interest that is not earned day by day


def test_one_time_interest_is_all_there_from_the_first_day():
    """12 % of 100,000 at issue, and no more, however long the note runs."""
    results = results_of(interest=charged(InterestCharge.ONE_TIME))
    assert interest_on(results, 0, 1, 365, 500) == ["12000.00"] * 4
    first, second = results.schedule(RowDates.EVENTS)[:2]
    assert (first.what, second.what, second.accrual) == (
        "Funded",
        "Interest charged",
        Decimal(12000),
    )


def test_one_time_interest_goes_on_at_the_default_rate_in_default():
    """100,000 x 24 % x 73/365 = 4,800 from day 200 to day 273, besides the 12,000."""
    default = DefaultTerms(default_date=after(200))
    results = results_of(interest=charged(InterestCharge.ONE_TIME), default=default)
    assert interest_on(results, 200, 273) == ["12000.00", "16800.00"]


def test_interest_once_after_ninety_days_is_of_what_is_owed_then():
    """Nothing for 90 days; 40,000 repaid on day 50 leaves 12 % of 60,000 = 7,200 on day 90, and no more."""
    paid = (entry("payment", after(50), 40000),)
    results = results_of(interest=charged(InterestCharge.AFTER_DAYS, 90), ledger=paid)
    assert interest_on(results, 49, 89, 90, 365) == ["0.00", "0.00", "7200.00", "7200.00"]


def test_a_note_repaid_within_the_ninety_days_costs_no_interest():
    results = results_of(
        interest=charged(InterestCharge.AFTER_DAYS, 90), ledger=(entry("payment", after(89)),)
    )
    assert results.history.happenings[-1].settled == Owed(Decimal(100000), Decimal("0.00"))
    assert results.history.settled_date == after(89)


def test_a_default_before_the_charge_puts_the_default_rate_in_its_place():
    """100,000 x 24 % x 73/365 = 4,800 from day 20 to day 93; the charge of day 90 never comes."""
    results = results_of(
        interest=charged(InterestCharge.AFTER_DAYS, 90),
        default=DefaultTerms(default_date=after(20)),
    )
    assert interest_on(results, 20, 93) == ["0.00", "4800.00"]


def test_guaranteed_interest_is_earned_at_once_and_accrual_waits_until_its_days_are_over():
    """73 days at 12 %: 2,400 at once; then 100,000 x 12 % x 73/365 = 2,400 more by day 146."""
    results = results_of(interest=charged(InterestCharge.GUARANTEED, 73))
    assert interest_on(results, 0, 73, 146) == ["2400.00", "2400.00", "4800.00"]


def test_guaranteed_interest_is_due_however_early_the_note_is_repaid():
    results = results_of(
        interest=charged(InterestCharge.GUARANTEED, 365), ledger=(entry("payment", after(10)),)
    )
    assert results.history.happenings[-1].settled.total == Decimal(112000)


def test_guaranteed_interest_compounds_as_the_note_does():
    """Two months of 30/360 at 12 %: 100,000 x 1.01 x 1.01 = 102,010; on to day 90 once more: 103,030.10."""
    interest = charged(
        InterestCharge.GUARANTEED, 60, compounding=Compounding.MONTHLY,
        day_count=DayCount.THIRTY_360_US,
    )  # fmt: skip
    results = results_of(interest=interest)
    assert interest_on(results, 0)[0] == "2010.00"
    assert results.history.owed_on(date(2024, 4, 2)).in_cents().interest == Decimal("3030.10")


def test_prepaid_interest_is_kept_back_and_its_days_bear_nothing():
    """73 days at 12 % are 2,400: of 95,000 less 3,000 fees the company gets 89,600; then 2,400 by day 146."""
    results = results_of(
        interest=charged(InterestCharge.PREPAID, 73),
        purchase_price_amount=Decimal(95000),
        withheld_fees_amount=Decimal(3000),
    )
    assert prepaid_interest(results.note) == Decimal("2400.00")
    assert net_proceeds(results.note) == Decimal("89600.00")
    assert interest_on(results, 0, 73, 146) == ["0.00", "0.00", "2400.00"]


def test_prepaid_interest_beyond_the_proceeds_is_an_error():
    results = results_of(
        interest=charged(InterestCharge.PREPAID, 365), purchase_price_amount=Decimal(12000)
    )
    assert "prepaid interest of $12,000.00 leaves the company nothing" in texts(
        results, Severity.ERROR
    )


def test_interest_from_the_issue_date_is_guaranteed_from_then_and_earned_on_funding():
    """Issued January 2, funded ten days later: 73 days end on March 15 either way."""
    interest = charged(InterestCharge.GUARANTEED, 73, starts_on=InterestStart.ISSUE)
    results = results_of(interest=interest, funding_date=after(10))
    assert interest_on(results, 9, 10, 73, 146) == ["0.00", "2400.00", "2400.00", "4800.00"]
    assert [row.what for row in results.schedule(RowDates.EVENTS)][:2] == [
        "Funded",
        "Interest charged",
    ]


def test_the_iliad_way_of_daily_compounding_on_30_360():
    """Every day counts 1/360 of 10 %, a 31st nothing, and March 1 after February 29 twice that.

    100,000 x ((1 + 0.1/360)^358 x (1 + 0.2/360) - 1) = 10,515.5486.
    """
    interest = InterestTerms(
        rate=Decimal("0.1"), day_count=DayCount.THIRTY_360_US, compounding=Compounding.DAILY
    )
    owed = results_of(interest=interest).history.owed_on(date(2025, 1, 2))
    assert owed.in_cents().interest == Decimal("10515.55")


# Default sums and penalties


@pytest.mark.parametrize(
    ("event", "base", "added"),
    [
        # 100,000 + 2,400 interest of 73 days, half of it; or the whole of it
        (DefaultEvent.PAYMENT, DefaultBase.ALL_OWED, "51200.00"),
        (DefaultEvent.DELIVERY, DefaultBase.ALL_OWED, "102400.00"),
        # half of 100,000, or the whole of it
        (DefaultEvent.PAYMENT, DefaultBase.PRINCIPAL, "50000.00"),
        (DefaultEvent.DELIVERY, DefaultBase.PRINCIPAL, "100000.00"),
    ],
)
def test_the_default_sum_by_kind_of_default_and_base(event, base, added):
    default = DefaultTerms(
        default_date=after(73), event=event, multiple=Decimal("1.5"), base=base,
        sums=(DefaultSum(DefaultEvent.DELIVERY, Decimal(2)),),
    )  # fmt: skip
    owed = results_of(default=default).history.owed_on(after(73)).in_cents()
    assert owed == Owed(Decimal(100000), Decimal("2400.00"), Decimal(added))


def test_penalties_are_added_to_principal_and_bear_interest():
    """Three days at $2,000 and $500 more make 106,500, which at 12 % bear 2,556.00 in 73 days."""
    ledger = (entry("penalty", START, days=3), entry("penalty", START, 500))
    default = DefaultTerms(penalty_per_day_amount=Decimal(2000))
    results = results_of(ledger=ledger, default=default)
    assert [str(each.added) for each in results.history.happenings[1:]] == ["6000.00", "500"]
    owed = results.history.owed_on(after(73)).in_cents()
    assert owed == Owed(Decimal(106500), Decimal("2556.00"))
    assert sum(row.added for row in results.schedule()) == Decimal(6500)


@pytest.mark.parametrize(
    ("parts", "says"),
    [({}, "neither an amount nor days"), ({"days": 2}, "no penalty a day")],
)
def test_a_penalty_that_comes_to_nothing_is_not_booked(parts, says):
    results = results_of(ledger=(entry("penalty", after(5), **parts),))
    assert len(results.history.happenings) == 1
    assert says in texts(results, Severity.ERROR)


def test_a_penalty_revives_a_note_that_was_paid_off():
    ledger = (entry("payment", after(73)), entry("penalty", after(80), 2000))
    results = results_of(ledger=ledger)
    assert results.history.settled_date is None
    assert results.history.owed_on(after(80)).total == Decimal(2000)
    assert results.schedule()[-1].date == NOTE.maturity_date


# Instalments and redemptions


def repaying(**parts):
    return RepaymentTerms(**parts)


def test_cash_instalments_with_a_premium():
    """30,000 on day 73 settles 2,400 interest and 27,600 principal, and costs 33,000 in cash."""
    row = Instalment(after(73), Decimal(30000), Decimal("0.1"))
    results = results_of(repayment=repaying(instalments=(row,)))
    happening = results.history.happenings[-1]
    assert happening.kind is HappeningKind.INSTALMENT
    assert happening.settled == Owed(Decimal(27600), Decimal("2400.00"))
    assert (happening.cash, happening.premium) == (Decimal(33000), Decimal(3000))
    assert happening.after == Owed(Decimal(72400), Decimal("0.00"))
    last = results.schedule(RowDates.EVENTS)[1]
    assert (last.paid.total, last.cash) == (Decimal(30000), Decimal(33000))


def test_the_last_instalment_settles_all_that_is_owed():
    rows = (Instalment(after(73), Decimal(100000)), Instalment(after(146), None))
    results = results_of(repayment=repaying(instalments=rows))
    # 2,400 are left on day 73, on which 12 % bear 57.60 by day 146.
    assert results.history.happenings[-1].settled.total == Decimal("2457.60")
    assert results.history.settled_date == after(146)


def test_an_instalment_before_funding_is_booked_on_funding_and_remarked_upon():
    row = Instalment(START - timedelta(days=5), Decimal(1000))
    results = results_of(repayment=repaying(instalments=(row,)))
    assert results.history.happenings[1].date == START
    assert "comes before funding" in texts(results, Severity.WARNING)


def test_an_instalment_left_to_the_ledger_books_nothing():
    row = Instalment(after(73), Decimal(1000), settled=Settled.LEDGER)
    results = results_of(repayment=repaying(instalments=(row,)))
    assert len(results.history.happenings) == 1
    assert "left to the ledger" in texts(results, Severity.NOTE)


def test_redemptions_within_their_month_and_beyond_it():
    """10,000 a month from day 180 on: 6,000 and 4,000 pass, one cent more is remarked upon."""
    terms = repaying(redemption_monthly_amount=Decimal(10000), redemption_opens_days=180)
    july = date(2024, 7, 2)
    ledger = (entry("redemption", july, 6000), entry("redemption", july, 4000))
    within = results_of(repayment=terms, ledger=ledger)
    assert [each.cash for each in within.history.happenings[1:]] == [Decimal(6000), Decimal(4000)]
    assert not texts(within, Severity.WARNING)
    beyond = results_of(repayment=terms, ledger=(*ledger, entry("redemption", july, "0.01")))
    assert "more than the $0.00" in texts(beyond, Severity.WARNING)
    assert len(beyond.history.happenings) == 4
    all_of_it = results_of(repayment=terms, ledger=(ledger[0], entry("redemption", july)))
    assert all_of_it.history.happenings[-1].cash == Decimal(4000)


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({}, "lets its holder redeem nothing"),
        ({"redemption_monthly_amount": Decimal(5000)}, "before redemptions open on Jun 30, 2024"),
    ],
)
def test_a_redemption_against_the_terms_is_remarked_upon(terms, says):
    results = results_of(
        repayment=repaying(**terms), ledger=(entry("redemption", after(100), 1000),)
    )
    assert says in texts(results, Severity.WARNING)
    assert results.history.happenings[-1].cash == Decimal(1000)


# Prepayment


@pytest.mark.parametrize(
    ("day", "percent", "total"),
    [
        # (100,000 + 100,000 x 12 % x days / 365, in cents) x percent
        (0, "1.15", "115000.00"),
        (30, "1.15", "116134.25"),
        (31, "1.2", "121223.02"),
        (73, "1.25", "128000.00"),
        (180, "1.4", "148284.93"),
    ],
)
def test_the_pay_off_by_the_table(day, percent, total):
    results = results_of(repayment=repaying(prepayment_steps=TABLE))
    payoff = payoff_on(results.note, results.history, after(day))
    assert (payoff.number, payoff.percent, payoff.total) == (day, Decimal(percent), Decimal(total))
    owed = results.history.owed_on(after(day)).in_cents().total
    assert payoff.premium == payoff.total - owed
    assert results.payoff(after(day)) == payoff


def test_the_last_day_of_the_range_and_the_date_that_days_count_from():
    """Funded on January 12: day 30 of the table is February 11, or February 1 counted from the issue date."""
    for start, last in ((DaysFrom.ISSUE, date(2024, 2, 1)), (DaysFrom.FUNDING, date(2024, 2, 11))):
        terms = repaying(prepayment_steps=TABLE, prepayment_days_from=start)
        results = results_of(repayment=terms, funding_date=date(2024, 1, 12))
        assert results.payoff(date(2024, 1, 20)).last_date == last


def test_a_percentage_of_principal_alone_leaves_interest_and_default_sum_at_par():
    """On day 40 120 % of 100,000; 12 % for 10 days are 328.77 and 24 % for 30 days 1,972.60; 50,000 besides."""
    terms = repaying(prepayment_steps=TABLE, prepayment_base=PrepaymentBase.PRINCIPAL)
    default = DefaultTerms(
        default_date=after(10), multiple=Decimal("1.5"), base=DefaultBase.PRINCIPAL
    )
    payoff = results_of(repayment=terms, default=default).payoff(after(40))
    assert payoff.base == Decimal(100000)
    assert payoff.at_par == Decimal("52301.37")
    assert (payoff.total, payoff.premium) == (Decimal("172301.37"), Decimal("20000.00"))


def test_after_the_table_only_with_consent_or_at_the_percentage_for_later():
    results = results_of(repayment=repaying(prepayment_steps=TABLE))
    assert results.payoff(after(181)) is None
    assert "day 181 after Jan 2, 2024" in why_not(results.note, after(181))
    later = results_of(repayment=repaying(prepayment_steps=TABLE, prepayment_after=Decimal("1.5")))
    assert later.payoff(after(181)).percent == Decimal("1.5")
    assert later.payoff(after(181)).last_date is None


def test_without_a_table_a_note_is_prepaid_at_par():
    payoff = results_of().payoff(after(73))
    assert (payoff.total, payoff.premium) == (Decimal("102400.00"), Decimal("0.00"))


def test_a_prepayment_of_all_costs_the_pay_off_and_settles_everything():
    """On day 73 125 % of 102,400.00 = 128,000.00 in cash: 25,600.00 of it are a premium."""
    results = results_of(
        repayment=repaying(prepayment_steps=TABLE), ledger=(entry("prepayment", after(73)),)
    )
    happening = results.history.happenings[-1]
    assert (happening.cash, happening.premium) == (Decimal("128000.00"), Decimal("25600.00"))
    assert results.history.settled_date == after(73)
    assert results.quoter.taken_before(date.max) == [Flow(after(73), Decimal("128000.00"))]


def test_a_prepayment_of_an_amount_settles_it_over_the_percentage():
    """64,000 in cash at 125 % settles 51,200: 2,400 interest and 48,800 principal."""
    results = results_of(
        repayment=repaying(prepayment_steps=TABLE),
        ledger=(entry("prepayment", after(73), 64000),),
    )
    happening = results.history.happenings[-1]
    assert happening.settled == Owed(Decimal(48800), Decimal("2400.00"))
    assert happening.premium == Decimal("12800.00")


def test_a_prepayment_without_consent_is_booked_at_par_and_remarked_upon():
    results = results_of(
        repayment=repaying(prepayment_steps=TABLE), ledger=(entry("prepayment", after(200), 1000),)
    )
    assert results.history.happenings[-1].premium == 0
    assert "needs the holder's consent" in texts(results, Severity.WARNING)


def test_more_than_the_pay_off_is_not_taken():
    results = results_of(
        repayment=repaying(prepayment_steps=TABLE),
        ledger=(entry("prepayment", after(73), 130000),),
    )
    assert results.history.happenings[-1].cash == Decimal("128000.00")
    assert "only that is booked" in texts(results, Severity.ERROR)


# What the terms say against each other


@pytest.mark.parametrize(
    ("changes", "severity", "says", "field"),
    [
        (
            {"repayment": repaying(prepayment_steps=(TABLE[0], PrepaymentStep(20, 50, Decimal("1.2"))))},
            Severity.ERROR, "claim days 20 to 30", "note.repayment.prepayment_steps",
        ),
        (
            {"repayment": repaying(prepayment_steps=(TABLE[0], TABLE[2]))},
            Severity.WARNING, "says nothing of days 31 to 60", "note.repayment.prepayment_steps",
        ),
        (
            {"repayment": repaying(prepayment_steps=(PrepaymentStep(9, 3, Decimal(1)),))},
            Severity.ERROR, "ends before it begins", "note.repayment.prepayment_steps",
        ),
        (
            {"repayment": repaying(instalments=(Instalment(date(2026, 1, 1), None),))},
            Severity.WARNING, "comes after maturity", "note.repayment.instalments",
        ),
        (
            {"interest": charged(InterestCharge.ONE_TIME, compounding=Compounding.DAILY)},
            Severity.WARNING, "does not compound", "note.interest.compounding",
        ),
        (
            {"interest": charged(InterestCharge.GUARANTEED, 500)},
            Severity.WARNING, "after maturity", "note.interest.charge_days",
        ),
        (
            {"default": DefaultTerms(sums=(DefaultSum(), DefaultSum()))},
            Severity.WARNING, "the first one counts", "note.default.sums",
        ),
        (
            {"ledger": (entry("payment", after(9), 5, days=2),)},
            Severity.WARNING, "they are not used", "note.ledger",
        ),
    ],
)  # fmt: skip
def test_terms_that_contradict_each_other_are_named_with_their_field(
    changes, severity, says, field
):
    found = [issue for issue in results_of(**changes).issues if says in issue.text]
    assert [(issue.severity, field in issue.fields) for issue in found] == [(severity, True)]
