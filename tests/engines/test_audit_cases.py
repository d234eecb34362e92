"""Cases that an audit of the engines brought up: each was wrong once."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import Compounding, InterestStart, InterestTerms
from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.issues import Severity
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.history import HappeningKind, Owed
from notemodeler.io.trading_calendar import nyse_calendar

NOTE = Note(
    issue_date=date(2024, 1, 2), funding_date=date(2024, 1, 2), maturity_date=date(2025, 1, 2),
    principal_amount=Decimal(100000),
)  # fmt: skip
DAYS = nyse_calendar().between(date(2024, 1, 2), date(2024, 12, 31))
BILLION = (ShareCount(date(2024, 1, 2), 10**9),)


def results(
    note=NOTE,
    counts=BILLION,
    kind=PriceKind.BID,
    price="0.001",
    **changes,
):
    bars = tuple(PriceBar(day, Decimal(price)) for day in DAYS)
    note = dataclasses.replace(note, **changes)
    return compute(
        Project(Issuer(shares_outstanding=counts), (PriceSeries(kind, "", bars),), (note,))
    )


def conversion(day=date(2024, 8, 1), amount=None, price=None, shares=None):
    return LedgerEntry(day, EntryKind.CONVERSION, amount, price, shares)


def payment(day, amount=None):
    return LedgerEntry(day, EntryKind.PAYMENT, amount)


def texts(found, severity=None):
    return " ".join(issue.text for issue in found.issues if severity in (None, issue.severity))


def test_monthly_compounding_does_not_depend_on_what_comes_later():
    terms = InterestTerms(compounding=Compounding.MONTHLY)
    default = DefaultTerms(default_date=date(2025, 1, 2))
    day = date(2030, 5, 31)
    without = results(interest=terms, default=default).history.owed_on(day)
    later = payment(date(2031, 6, 2), Decimal("0.01"))
    assert results(interest=terms, default=default, ledger=(later,)).history.owed_on(day) == without
    assert without.total > Decimal(100000) * Decimal("1.08") * (1 + Decimal("0.22") / 12) ** 64


def test_a_default_sum_that_was_paid_still_costs():
    """150 % of 101,358.90 on March 4, and 22 % for 183 days, against 8 % all along."""
    default = DefaultTerms(default_date=date(2024, 3, 4), multiple=Decimal("1.5"))
    cost = results(default=default, ledger=(payment(date(2024, 9, 3)),)).default_cost
    assert cost.default_sum == Decimal("50679.46")
    assert cost.due == cost.undisturbed_due == 0
    assert cost.extra == Decimal("57698.64")
    assert cost.extra_interest == cost.extra - cost.default_sum


def test_stated_shares_without_an_amount_settle_what_they_cost():
    found = results(ledger=(conversion(price=Decimal("0.001"), shares=1_000_000),))
    happening = found.history.happenings[-1]
    assert happening.settled.total == Decimal(1000)
    assert happening.shares == 1_000_000


def test_stated_figures_that_contradict_each_other_are_warned_about():
    found = results(ledger=(conversion(amount=Decimal(5000), price=Decimal("0.001"), shares=7),))
    assert found.history.happenings[-1].shares == 7
    assert "5,000,000" in texts(found, Severity.WARNING)


def test_a_report_of_the_same_day_leaves_no_room_for_two_limits():
    day = date(2024, 9, 3)
    counts = (ShareCount(day, 10**9),)
    found = results(
        counts=counts,
        principal_amount=Decimal(10_000_000),
        ledger=(conversion(day), conversion(day)),
    )
    first, second = found.history.happenings[1:]
    assert second.outstanding == 10**9 + first.shares
    for each in (first, second):
        assert each.held + each.shares <= Decimal("0.0499") * (each.outstanding + each.shares)
    row = found.schedule(RowDates.EVENTS)[-1]
    assert row.shares_outstanding is None or row.shares_outstanding >= 10**9


def test_nothing_is_owed_and_no_row_stands_before_funding():
    terms = InterestTerms(starts_on=InterestStart.ISSUE)
    found = results(interest=terms, issue_date=date(2024, 1, 20), funding_date=date(2024, 2, 5))
    rows = found.schedule(RowDates.DAILY)
    assert rows[0].what == "Funded"
    assert rows[0].advance == Decimal(100000)
    assert rows[0].accrual == Decimal("350.68")
    early = found.quote(date(2024, 1, 25))
    assert early.owed == Owed()
    assert any("funded on" in issue.text for issue in early.issues)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"ledger": (payment(date(2024, 3, 1)), conversion(amount=Decimal(5)))},
            "nothing was owed",
        ),
        ({"ledger": (payment(date(2024, 3, 1)), payment(date(2024, 4, 1)))}, "nothing was owed"),
        ({"ledger": (payment(date(2020, 8, 3), Decimal(5)),)}, "booked on Jan 2, 2024"),
    ],
)
def test_nothing_is_dropped_or_moved_in_silence(changes, says):
    assert says in texts(results(**changes))


def test_a_holder_at_its_limit_converts_nothing_and_is_told():
    full = dataclasses.replace(NOTE.conversion, holder_shares=10**8)
    found = results(conversion=full, ledger=(conversion(),))
    assert [each.kind for each in found.history.happenings] == [HappeningKind.FUNDING]
    assert "no whole share" in texts(found)


def test_dollars_never_go_for_no_share_at_all():
    found = results(price="1000000", ledger=(conversion(amount=Decimal(50000)),))
    assert found.history.owed_on(date(2024, 8, 1)).principal == 100000
    assert "no whole share" in texts(found)


def test_a_bound_finer_than_the_rounding_is_warned_about():
    from notemodeler.domain.rule import PriceRounding

    rule = dataclasses.replace(
        NOTE.conversion.rule, floor_price=Decimal("0.00019"), rounding=PriceRounding.DOWN
    )
    found = results(conversion=dataclasses.replace(NOTE.conversion, rule=rule))
    assert "more decimals than the price is rounded to" in texts(found, Severity.WARNING)


def test_a_conversion_priced_on_closes_carries_the_warning_into_the_ledger():
    found = results(kind=PriceKind.CLOSE, ledger=(conversion(amount=Decimal(1000)),))
    assert "last trade" in texts(found, Severity.WARNING)


def test_a_default_of_a_settled_note_is_not_booked():
    default = DefaultTerms(default_date=date(2024, 6, 3))
    found = results(default=default, ledger=(payment(date(2024, 3, 1)),))
    assert found.history.settled_date == date(2024, 3, 1)
    assert found.schedule()[-1].date == date(2024, 3, 1)
    assert "default of Jun 3, 2024 is not booked" in texts(found)


def test_a_balance_beyond_the_digits_of_money_still_foots():
    terms = InterestTerms(rate=Decimal(10), compounding=Compounding.DAILY)
    found = results(
        interest=terms, principal_amount=Decimal("9999999999999.99"), maturity_date=date(2054, 1, 2),
        ledger=(payment(date(2033, 1, 3)),),
    )  # fmt: skip
    last = found.schedule(RowDates.QUARTER_ENDS)[-1]
    assert last.closing == Owed(Decimal(0), Decimal(0), Decimal(0))


def test_a_second_series_of_one_kind_is_named():
    bars = (PriceBar(DAYS[0], Decimal("0.001")),)
    project = Project(
        prices=(PriceSeries(PriceKind.BID, "", bars), PriceSeries(PriceKind.BID, "", bars))
    )
    assert "second series" in texts(compute(project))


def test_a_series_without_a_single_price_gives_way_to_one_that_has_some():
    empty = PriceSeries(PriceKind.BID, "", (PriceBar(DAYS[0], None),))
    closes = PriceSeries(PriceKind.CLOSE, "", (PriceBar(DAYS[0], Decimal(1)),))
    assert compute(Project(prices=(empty, closes))).series is closes


def test_a_rate_over_a_few_days_is_found_all_the_same():
    from notemodeler.engines.cost import Flow, annual_rate

    flows = [
        Flow(date(2020, 3, 6), Decimal("-9999999999999.99")),
        Flow(date(2020, 9, 19), Decimal("0.10")),
        Flow(date(2020, 9, 24), Decimal("241440197364981.94")),
    ]
    assert annual_rate(flows) == pytest.approx(314.24, rel=1e-3)
