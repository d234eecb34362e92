"""Form 8-K, Item 3.02: what was sold without registration since the last report."""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.issuer import ReportingStatus, ShareCount, Split
from notemodeler.engines.company.sales_counter import sales_counter
from tests.engines.company.book_cases import TODAY, book, converted, fixed_note


def two_notes():
    """Conversions of 20,000 shares on Jan 10 (A), 15,000 on Feb 4 (B), 15,000 on Mar 1 (A), 1 on Mar 4 (B)."""
    first = fixed_note(
        "A", 10_000, ledger=(converted(date(2019, 1, 10), 200), converted(date(2019, 3, 1), 150))
    )
    second = fixed_note(
        "B", 10_000, ledger=(converted(date(2019, 2, 4), 150), converted(date(2019, 3, 4), "0.01"))
    )
    return first, second


def test_five_percent_of_a_smaller_company_is_reached_by_the_sum_of_all_notes():
    """5 % of 1,000,000 are 50,000 = 20,000 + 15,000 + 15,000: reached on Mar 1, not passed over."""
    counter = sales_counter(book(*two_notes()), TODAY)
    assert (counter.since, counter.by_share_count, counter.outstanding) == (
        date(2018, 9, 1), True, 1_000_000,
    )  # fmt: skip
    assert [sale.sum_shares for sale in counter.sales] == [20_000, 35_000, 50_000, 50_001]
    assert (counter.threshold_shares, counter.shares_left) == (50_000, 0)
    assert (counter.passed_by.date, counter.passed_by.title) == (date(2019, 3, 1), "A")
    assert counter.share == Decimal("0.050001")
    assert "of Mar 1, 2019 (A)" in counter.issue().text


def test_before_the_third_conversion_fifteen_thousand_are_left():
    counter = sales_counter(book(*two_notes()), date(2019, 2, 28))
    assert (counter.shares, counter.shares_left, counter.issue()) == (35_000, 15_000, None)


def test_one_percent_of_any_other_reporting_company():
    counter = sales_counter(book(*two_notes(), reporting=ReportingStatus.OTHER), TODAY)
    assert (counter.threshold_shares, counter.passed_by.date) == (10_000, date(2019, 1, 10))


def test_a_report_covers_its_own_day():
    """Reported through Jan 10: 20,000 of that day are told, and outstanding: 5 % of 1,020,000 are 51,000."""
    counter = sales_counter(book(*two_notes(), sales_report_date=date(2019, 1, 10)), TODAY)
    assert (counter.outstanding, counter.threshold_shares) == (1_020_000, 51_000)
    assert (counter.shares, counter.shares_left) == (30_001, 20_999)


def test_a_share_count_leaves_its_own_day_to_be_told():
    counts = (ShareCount(date(2018, 9, 1), 1_000_000), ShareCount(date(2019, 2, 4), 1_030_000))
    counter = sales_counter(book(*two_notes(), shares_outstanding=counts), TODAY)
    assert (counter.since, counter.shares) == (date(2019, 2, 4), 30_001)


def test_a_report_still_to_come_is_not_known_on_the_day():
    counter = sales_counter(book(*two_notes(), sales_report_date=date(2019, 4, 1)), TODAY)
    assert (counter.by_share_count, counter.shares) == (True, 50_001)


def test_everything_is_counted_in_shares_of_the_day():
    """After 1 for 10 on Mar 4: 2,000 + 1,500 + 1,500, and at $0.10 the cent of that day buys none."""
    counter = sales_counter(book(*two_notes(), splits=(Split(date(2019, 3, 4), 10, 1),)), TODAY)
    assert (counter.outstanding, counter.threshold_shares, counter.shares) == (
        100_000,
        5_000,
        5_000,
    )


@pytest.mark.parametrize("counts", [(), (ShareCount(date(2019, 6, 1), 5),)])
def test_without_a_report_nothing_is_counted(counts):
    assert sales_counter(book(*two_notes(), shares_outstanding=counts), TODAY) is None
