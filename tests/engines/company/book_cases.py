"""Small books whose figures can be reckoned by hand."""

import dataclasses
from datetime import date
from decimal import Decimal

from notemodeler.app.book import BookView, book_on
from notemodeler.app.results import Results, compute
from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.issuer import AuthorisedShares, Issuer, ShareCount
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.project import Project
from notemodeler.domain.rule import PriceComposition, PriceRule
from notemodeler.engines.book import run_book
from notemodeler.engines.company.book_day import BookDay, CompanyBook
from notemodeler.engines.market import Market
from notemodeler.io.trading_calendar import nyse_calendar

TODAY = date(2019, 3, 15)


def fixed_note(title, principal, price="0.01", **facts):
    """A note without interest that converts at a fixed price from its first day: no price table is needed."""
    rule = PriceRule(composition=PriceComposition.FIXED, fixed_price=Decimal(price))
    conversion = dataclasses.replace(
        ConversionTerms(rule=rule, opens_days=0, ownership_limit=None),
        **facts.pop("conversion", {}),
    )
    dates = {
        "issue_date": date(2018, 9, 3),
        "funding_date": date(2018, 9, 4),
        "maturity_date": date(2019, 9, 3),
    }
    interest = InterestTerms(rate=Decimal(0), default_rate=Decimal(0))
    return Note(
        title=title,
        principal_amount=Decimal(principal),
        **{**dates, "conversion": conversion, "interest": interest, **facts},
    )


def issuer(**facts):
    """A company with a million shares outstanding and ten million authorised since 2018."""
    plain = {
        "name": "Example Corp.",
        "shares_outstanding": (ShareCount(date(2018, 9, 1), 1_000_000),),
        "shares_authorised": (AuthorisedShares(date(2018, 1, 1), 10_000_000),),
    }
    return Issuer(**{**plain, **facts})


def converted(day, amount=None):
    return LedgerEntry(day, EntryKind.CONVERSION, None if amount is None else Decimal(amount))


def paid(day, amount):
    return LedgerEntry(day, EntryKind.PAYMENT, Decimal(amount))


def book(*notes, **facts) -> CompanyBook:
    """The notes of the company as they ran together, without any price."""
    company = issuer(**facts)
    return CompanyBook(run_book(notes, company, Market((), nyse_calendar(), company.splits)))


def at(*notes, day=TODAY, **facts) -> BookDay:
    return BookDay(book(*notes, **facts), day)


def results(*notes, **facts) -> Results:
    """The same through the application, as a document."""
    return compute(Project(issuer=issuer(**facts), notes=notes))


def view(*notes, day=TODAY, **facts) -> BookView:
    return book_on(results(*notes, **facts), day)
