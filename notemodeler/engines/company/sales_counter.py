"""The counter of Form 8-K, Item 3.02: unregistered shares issued since the last report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.company.book_day import CompanyBook
from notemodeler.engines.schedule import share_of
from notemodeler.engines.words import percent

BUSINESS_DAYS = "four business days"
"""How soon the report is due (Form 8-K, General Instruction B.1)."""


@dataclass(frozen=True, slots=True)
class CountedSale:
    """One conversion that counts, in shares of the day of the counter, and the sum with it.

    `passes` marks the one that brought the sum to the threshold.
    """

    date: date
    place: int
    title: str
    shares: int
    sum_shares: int
    share: Decimal | None
    passes: bool = False


@dataclass(frozen=True, slots=True)
class SalesCounter:
    """Where the counter stands at the end of a day, in shares of that day.

    `since` is the day through which sales are reported, or with `by_share_count` the day of the last
    share count, as it begins. `outstanding` are the shares outstanding at that report; without them
    nothing can be told but the sum. A report is due once the sum is `threshold_shares`: less than
    the threshold needs none (Form 8-K, Item 3.02(b)).
    """

    day: date
    since: date
    by_share_count: bool
    outstanding: int | None
    threshold: Decimal
    threshold_shares: int | None
    sales: tuple[CountedSale, ...]

    @property
    def shares(self) -> int:
        return self.sales[-1].sum_shares if self.sales else 0

    @property
    def share(self) -> Decimal | None:
        """The sum as a part of the outstanding at the report."""
        return share_of(self.shares, self.outstanding)

    @property
    def shares_left(self) -> int | None:
        """How many more shares bring the sum to the threshold; none once it is there."""
        if self.threshold_shares is None:
            return None
        return max(0, self.threshold_shares - self.shares)

    @property
    def passed_by(self) -> CountedSale | None:
        """The conversion that brought the sum to the threshold."""
        return next((sale for sale in self.sales if sale.passes), None)

    def issue(self) -> Issue | None:
        """The sentence that a report is due, if it is."""
        by = self.passed_by
        if by is None or by.share is None:
            return None
        text = (
            f"Form 8-K, Item 3.02: the conversion of {show_date(by.date)} ({by.title}) brought the shares "
            f"sold without registration since {show_date(self.since)} to {percent(by.share)} of the "
            f"outstanding; from {percent(self.threshold)} on a report is due within {BUSINESS_DAYS}."
        )
        return Issue(Severity.WARNING, text, ("issuer.sales_report_date",), (by.date,))


def sales_counter(book: CompanyBook, day: date) -> SalesCounter | None:
    """The counter at the end of the day; None if nothing says since when it counts.

    It counts from the last day through which sales are reported, that day left out, or failing such
    a day by then from the last share count, that day included.
    """
    register, issuer = book.register, book.issuer
    reported = issuer.sales_report_date
    counts = [count for count in issuer.shares_outstanding if count.date <= day]
    by_count = reported is None or reported > day
    if reported is not None and not by_count:
        since, outstanding = reported, register.outstanding(reported)
    elif counts:
        since, outstanding = counts[-1].date, counts[-1].shares
    else:
        return None
    if outstanding is not None:
        outstanding = register.carried(outstanding, since, day)
    threshold = issuer.reporting.sales_threshold
    needed = None if outstanding is None else _part_up(threshold, outstanding)
    sales = tuple(_sales(book, since, by_count, day, outstanding, needed))
    return SalesCounter(day, since, by_count, outstanding, threshold, needed, sales)


def _sales(
    book: CompanyBook,
    since: date,
    inclusive: bool,
    day: date,
    outstanding: int | None,
    needed: int | None,
) -> Iterator[CountedSale]:
    total = 0
    for issue in book.register.until(day):
        if issue.date < since or (issue.date == since and not inclusive):
            continue
        shares = book.register.carried(issue.shares, issue.date, day)
        before, total = total, total + shares
        passes = needed is not None and before < needed <= total
        part = share_of(total, outstanding)
        title = book.label(issue.note)
        yield CountedSale(issue.date, issue.note, title, shares, total, part, passes)


def _part_up(part: Decimal, of: int) -> int:
    """The fewest whole shares that are that part; at least one."""
    exact = MONEY_CONTEXT.multiply(part, Decimal(of))
    return max(1, int(exact.to_integral_value(rounding=ROUND_CEILING)))
