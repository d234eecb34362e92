"""What a holder takes out of a note, event by event: cash, and shares at the market of their day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.history import NOTHING, Happening, HappeningKind, Owed
from notemodeler.engines.quote import Quote, Quoter


@dataclass(frozen=True, slots=True)
class Taking:
    """One payment or conversion: settled + extras + discount + look-back = value, to the cent.

    `extras` is what comes besides (premiums, fees, cash beside shares), `discount` the shares at the
    reference price over what they settle, `lookback` the shares at the market over the reference.
    """

    date: date
    settled: Owed
    extras: Decimal
    discount: Decimal
    lookback: Decimal

    @property
    def value(self) -> Decimal:
        return total_of(self.settled.total, self.extras, self.discount, self.lookback)


def takings(quoter: Quoter, quote: Quote) -> tuple[tuple[Taking, ...], tuple[Issue, ...]]:
    """What was taken before the quote's day and, last, the conversion of all that is owed on it.

    Nothing, with issues that say why, where that conversion has no value.
    """
    reasons = tuple(_reasons(quoter, quote))
    if reasons or quote.shares is None or quote.market_value is None:
        return (), reasons
    before = [
        _happened(quoter, each)
        for each in quoter.history.happenings
        if each.date < quote.notice_date and each.settled.total
    ]
    last = _converted(quote, quote.owed, quote.shares, quote.fee, quote.cash)
    return (*before, last), ()


def _reasons(quoter: Quoter, quote: Quote) -> list[Issue]:
    day = quote.notice_date
    if day < quoter.history.funded:
        text = f"The note is funded on {show_date(quoter.history.funded)}; nothing costs before."
        return [Issue(Severity.ERROR, text, ("note.funding_date",), (day,))]
    if not quote.owed.total:
        text = f"Nothing is owed on {show_date(day)}, so nothing can be converted."
        return [Issue(Severity.ERROR, text, (), (day,))]
    if quote.shares is None:
        return [issue for issue in quote.issues if issue.is_error]
    if quote.market_value is None:
        text = f"No market price is known by {show_date(day)}, so the shares have no value."
        return [Issue(Severity.ERROR, text, (), (day,))]
    return []


def _happened(quoter: Quoter, happening: Happening) -> Taking:
    if happening.kind is not HappeningKind.CONVERSION:
        return Taking(happening.date, happening.settled, happening.premium, NOTHING, NOTHING)
    quote = quoter.on(happening.date)
    return _converted(quote, happening.settled, happening.shares, happening.fee, happening.cash)


def _converted(quote: Quote, settled: Owed, shares: int, fee: Decimal, cash: Decimal) -> Taking:
    """Without a reference price the discount is all that the market is above the conversion price."""
    face = total_of(settled.total, fee)
    market = quote.market.price if quote.market else None
    at_market = face if market is None else _value(shares, market)
    reference = quote.price.reference_price
    at_reference = at_market if market is None or reference is None else _value(shares, reference)
    return Taking(
        quote.notice_date,
        settled,
        total_of(fee, cash),
        MONEY_CONTEXT.subtract(at_reference, face),
        MONEY_CONTEXT.subtract(at_market, at_reference),
    )


def _value(shares: int, price: Decimal) -> Decimal:
    return to_cents(MONEY_CONTEXT.multiply(Decimal(shares), price))
