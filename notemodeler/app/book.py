"""The whole book on one day as tables, single figures and issues, for window, command line and workbook alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from notemodeler.app.book_facts import Fact, of_full_conversion, of_reserve, of_sales
from notemodeler.app.book_tables import (
    FULL_CONVERSION,
    HOLDERS,
    NEXT_DATES,
    POSITIONS,
    RESERVE,
    SALES,
    BookTable,
)
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.engines.company.book_day import BookDay, CompanyBook
from notemodeler.engines.company.check import check_book
from notemodeler.engines.company.full_conversion import FullConversion, full_conversion
from notemodeler.engines.company.next_dates import next_dates
from notemodeler.engines.company.positions import positions
from notemodeler.engines.company.reserve import Reserve, reserve
from notemodeler.engines.company.sales_counter import SalesCounter, sales_counter

if TYPE_CHECKING:
    from notemodeler.app.results import Results
    from notemodeler.engines.company.outstanding_path import OutstandingPath


@dataclass(frozen=True, eq=False)
class BookView:
    """The book at the end of a day. Each part is worked out when first asked for, then kept."""

    at: BookDay

    @property
    def day(self) -> date:
        return self.at.day

    @property
    def tables(self) -> tuple[BookTable, ...]:
        """Every table, in the order in which a reader wants them."""
        return (
            self.positions, self.next_dates, self.full_conversion, self.holders, self.reserve, self.sales,
        )  # fmt: skip

    @cached_property
    def positions(self) -> BookTable:
        title = f"Notes on {show_date(self.day)}"
        return BookTable("positions", title, POSITIONS, positions(self.at), self._unpriced_words)

    @cached_property
    def next_dates(self) -> BookTable:
        title = f"What comes after {show_date(self.day)}"
        return BookTable("next_dates", title, NEXT_DATES, next_dates(self.at))

    @cached_property
    def full_conversion(self) -> BookTable:
        found, title = self.conversion_of_all, f"Everything converted on {show_date(self.day)}"
        rows = (*found.rows, found.total)
        return BookTable(
            "full_conversion", title, FULL_CONVERSION, rows, self._unpriced_words
        )  # fmt: skip

    @cached_property
    def holders(self) -> BookTable:
        title = f"Holders on {show_date(self.day)}"
        return BookTable("holders", title, HOLDERS, self.conversion_of_all.holders)

    @cached_property
    def reserve(self) -> BookTable:
        found = self.reserves
        lacking = [issue.text for places, issue in found.issues() if not places]
        title = f"Reserve on {show_date(self.day)}"
        rows = (*found.rows, found.total)
        return BookTable("reserve", title, RESERVE, rows, " ".join(lacking))

    @cached_property
    def sales(self) -> BookTable:
        """The conversions that count for Item 3.02."""
        counter = self.counter
        issue = counter.issue() if counter else None
        title = "Unregistered sales since the last report (Form 8-K, Item 3.02)"
        rows = counter.sales if counter else ()
        return BookTable("sales", title, SALES, rows, issue.text if issue else "")

    @property
    def conversion_facts(self) -> tuple[Fact, ...]:
        return tuple(of_full_conversion(self.conversion_of_all))

    @property
    def reserve_facts(self) -> tuple[Fact, ...]:
        return tuple(of_reserve(self.reserves))

    @property
    def sales_facts(self) -> tuple[Fact, ...]:
        """None as long as no report and no share count says since when sales are counted."""
        return tuple(of_sales(self.counter)) if self.counter else ()

    def issues(self, selected: int = 0) -> tuple[Issue, ...]:
        """What is wrong or odd in the book as of the day; only the selected note's fields are named."""
        return check_book(self.at, selected)

    @cached_property
    def conversion_of_all(self) -> FullConversion:
        return full_conversion(self.at)

    @cached_property
    def reserves(self) -> Reserve:
        return reserve(self.at)

    @cached_property
    def counter(self) -> SalesCounter | None:
        return sales_counter(self.at.book, self.day)

    @cached_property
    def _unpriced_words(self) -> str:
        """Which notes have no conversion price, and why."""
        said = []
        for each in self.at.unpriced:
            issues = each.price.issues if each.price else ()
            why = next((issue.text for issue in issues if issue.is_error), "")
            said.append(f"{self.at.book.label(each.place)} has no conversion price. {why}".strip())
        return " ".join(said)


def book_on(results: Results, day: date) -> BookView:
    """The book of the document at the end of the day, kept until another day is asked for."""
    shared = results.shared
    if shared.view is None or shared.view.at.day != day:
        shared.view = BookView(BookDay(company_book(results), day))
    return shared.view


def company_book(results: Results) -> CompanyBook:
    """All notes of the document as they ran together."""
    return CompanyBook(results.book)


def latest_day(results: Results) -> date:
    """The day as of which the book is checked: the first trading day after the last price of any series.

    Without prices it is the last day that a share count, a note or its ledger names.
    """
    priced = [series.dates[-1] for series in results.market.prices if series.bars]
    if priced:
        return _next_trading_day(results, max(priced))
    project = results.project
    days = [count.date for count in project.issuer.shares_outstanding]
    days += [note.funding_date for note in project.notes]
    return max([*days, *(entry.date for note in project.notes for entry in note.ledger)])


def _next_trading_day(results: Results, day: date) -> date:
    """The trading day after the day, or the day itself where the calendar ends."""
    try:
        return results.market.calendar.shifted(day, 1)
    except ValueError:
        return day


def book_issues(results: Results) -> tuple[Issue, ...]:
    """What is wrong or odd in the book as a whole, as of the latest day, for the list of issues."""
    return book_on(results, latest_day(results)).issues(results.note_index)


def book_days(results: Results) -> tuple[date, ...]:
    """The trading days that a chart of the book shows: from the first report or funding to the latest day."""
    project, calendar = results.project, results.market.calendar
    starts = [note.funding_date for note in project.notes]
    starts += [count.date for count in project.issuer.shares_outstanding[:1]]
    ends = [latest_day(results), *results.book.register.change_days[-1:]]
    first, last = max(min(starts), calendar.first), min(max(ends), calendar.last)
    return calendar.between(first, last) if first <= last else ()


def path_of(results: Results) -> OutstandingPath:
    """The shares outstanding through time, stacked by note, over the days of the book."""
    from notemodeler.engines.company.outstanding_path import outstanding_path  # brings numpy

    return outstanding_path(company_book(results), book_days(results))
