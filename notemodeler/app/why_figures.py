"""The figures of an explanation as labelled lines: balance, shares, cost and ownership limit."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.app.results import Results
from notemodeler.domain.dates import show_date
from notemodeler.domain.numbers import FORM, show_decimal
from notemodeler.engines.quote import LimitFinding, Quote
from notemodeler.engines.words import counted, dollars, percent, price_text

HUNDRED = Decimal(100)


class Line(NamedTuple):
    """One figure: what it is, the figure, and how it came about; `total` marks a sum."""

    label: str
    value: str
    detail: str = ""
    total: bool = False


class Section(NamedTuple):
    """Lines that belong together under a heading."""

    title: str
    lines: tuple[Line, ...]


def company_percent(part: Decimal) -> str:
    """`7.00 %`: always two decimals, as the chart has them."""
    return show_decimal(part * HUNDRED, FORM, least=2, most=2) + " %"


def short_percent(rate: Decimal) -> str:
    """`5.51 %`: two decimals are enough beside an exact share count."""
    return show_decimal(rate * HUNDRED, FORM, most=2) + " %"


def balance(quote: Quote) -> Iterator[Line]:
    """What is owed on the day."""
    owed = quote.owed
    if not owed.total:
        yield Line("Nothing is owed", dollars(owed.total))
        return
    yield Line("Principal", dollars(owed.principal))
    yield Line("Accrued interest", dollars(owed.interest))
    if owed.default_sum:
        yield Line("Default sum", dollars(owed.default_sum))
    yield Line("Convertible amount", dollars(owed.total), total=True)


def conversion(results: Results, quote: Quote) -> Iterator[Line]:
    """What a conversion of the whole balance would issue and cost; nothing without a price."""
    if quote.shares is None:
        return
    yield Line("Shares", f"{quote.shares:,}", _share_arithmetic(quote))
    if quote.share_of_company is not None and quote.outstanding is not None:
        after = quote.outstanding + quote.shares
        detail = f"of {after:,} outstanding afterwards"
        yield Line("Share of the company", company_percent(quote.share_of_company), detail)
    if quote.market_value is not None and quote.market and quote.market.price is not None:
        detail = f"at {price_text(quote.market.price)}, the price of {show_date(quote.market.date)}"
        yield Line("Market value", dollars(quote.market_value), detail)
    cost = results.quoter.annual_cost(quote)
    if cost is not None:
        yield Line(
            "Annualised cost", f"{cost * 100:,.1f} %", "if every share is sold at that price"
        )


def _share_arithmetic(quote: Quote) -> str:
    price = quote.price.conversion_price
    return "" if price is None else f"{dollars(quote.convertible_amount)} ÷ {price_text(price)}"


def ownership(quote: Quote) -> Iterator[Line]:
    """How far the ownership limit lets the holder go on the day, and how the whole balance could go."""
    limit = quote.limit
    if limit is None:
        return
    if limit.limit is None or limit.shares is None:
        yield Line("No ownership limit", "")
        return
    yield Line("Shares outstanding", f"{limit.outstanding:,}")
    if limit.held:
        yield Line("Held by the holder", f"{limit.held:,}")
    yield Line("Most new shares now", f"{limit.shares:,}", _limit_arithmetic(limit, limit.limit))
    if limit.amount is not None:
        yield Line("Most dollars now", dollars(limit.amount))
        yield Line("Whole balance", *_lots(limit))


def _limit_arithmetic(limit: LimitFinding, fraction: Decimal) -> str:
    room = f"{percent(fraction)} × {limit.outstanding:,}"
    if limit.held:
        room = f"({room} − {limit.held:,})"
    return f"{room} ÷ {percent(1 - fraction)}"


def _lots(limit: LimitFinding) -> tuple[str, str]:
    if limit.lots is None:
        return "cannot go", "the holder is at the limit before everything is converted"
    if limit.last_date is None or limit.lots.count == 0:
        return "no shares", ""
    if not limit.lots.complete:
        return f"more than {limit.lots.count:,} notices", ""
    return counted(limit.lots.count, "notice"), _lot_dates(limit.first_date, limit.last_date)


def _lot_dates(first: date, last: date) -> str:
    if first == last:
        return f"on {show_date(first)}"
    return f"one a trading day, {show_date(first)} to {show_date(last)}"
