"""What a notice of conversion on a day would come to: price, balance, shares, limit and what it costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.project import Issuer
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.cost import Flow, annual_rate
from notemodeler.engines.history import HappeningKind, NoteHistory, Owed
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.composition import Composition, compose
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.schedule import share_of
from notemodeler.engines.shares import (
    Lots,
    amount_for,
    lots_to_clear,
    outstanding_on,
    ownership_limit_shares,
    shares_for,
)


@dataclass(frozen=True, slots=True)
class LimitFinding:
    """How far the ownership limit lets the holder go on the day.

    `shares` is the most new shares and `amount` the dollars they take, both before looking at what
    is owed; `lots` says in how many conversions the whole balance could go, None for never;
    the lots run from `first_date` to `last_date` at one a trading day.
    """

    limit: Decimal | None
    outstanding: int
    held: int
    shares: int | None
    amount: Decimal | None
    lots: Lots | None
    first_date: date
    last_date: date | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A conversion of the whole balance on one day. Figures are None where an issue forbids them.

    `share_of_company` is the new shares over the outstanding after them; `market_value` is the new
    shares at `market.price`; `annual_cost` is the yearly rate at which the proceeds would have grown
    to what the holder takes out.
    """

    price: PriceFinding
    owed: Owed
    shares: int | None
    outstanding: int | None
    share_of_company: Decimal | None
    limit: LimitFinding | None
    market: PriceBar | None
    market_value: Decimal | None
    issues: tuple[Issue, ...]

    @property
    def notice_date(self) -> date:
        return self.price.notice_date

    @property
    def convertible_amount(self) -> Decimal:
        return self.owed.total


@dataclass(frozen=True)
class Quoter:
    """Quotes one note on any day; what does not change with the day is worked out once."""

    note: Note
    issuer: Issuer
    market: Market
    history: NoteHistory
    composition: Composition

    def on(self, day: date) -> Quote:
        """The quote for a notice given on the day, before that day's own ledger entries."""
        finding = self.composition.conversion_price_on(day, self.market)
        owed = self.history.owed_before_entries(day).in_cents()
        issued = [(when, shares) for when, shares in self.history.issued if when < day]
        outstanding = outstanding_on(day, self.issuer.shares_outstanding, issued)
        price = finding.conversion_price
        shares = self._shares(owed, price)
        bar = self._market_bar(day)
        return Quote(
            finding,
            owed,
            shares,
            outstanding,
            share_of(shares, outstanding + shares) if shares and outstanding else None,
            self._limit(day, shares, price, outstanding, issued),
            bar,
            _value(shares, bar),
            (*finding.issues, *self._notices(day, outstanding)),
        )

    def _shares(self, owed: Owed, price: Decimal | None) -> int | None:
        if price is None:
            return None
        return shares_for(owed.total, price, self.note.conversion.share_rounding)

    def _market_bar(self, day: date) -> PriceBar | None:
        series = self.market.series_for(self.note.conversion.rule.series)
        return series.last_price_by(day) if series else None

    def _limit(
        self,
        day: date,
        shares: int | None,
        price: Decimal | None,
        outstanding: int | None,
        issued: list[tuple[date, int]],
    ) -> LimitFinding | None:
        if outstanding is None:
            return None
        terms = self.note.conversion
        taken = 0 if terms.lots_are_sold else sum(shares for _, shares in issued)
        held = terms.holder_shares + taken
        limit = terms.ownership_limit
        most = None if limit is None else ownership_limit_shares(limit, outstanding, held)
        amount = None if most is None or price is None else amount_for(most, price)
        lots = None
        if shares is not None:
            lots = lots_to_clear(shares, limit, outstanding, held, sold=terms.lots_are_sold)
        first, last = self._lot_days(day, lots)
        return LimitFinding(limit, outstanding, held, most, amount, lots, first, last)

    def _lot_days(self, day: date, lots: Lots | None) -> tuple[date, date | None]:
        calendar = self.market.calendar
        first = max(day, opening_date(self.note))
        if not calendar.is_trading_day(first):
            first = calendar.shifted(first, 0)
        if lots is None:
            return first, None
        return first, calendar.shifted(first, max(0, lots.count - 1))

    def _notices(self, day: date, outstanding: int | None) -> list[Issue]:
        found = []
        opens = opening_date(self.note)
        if day < opens:
            text = (
                f"Conversion opens on {show_date(opens)}; until then this figure is hypothetical."
            )
            found.append(Issue(Severity.NOTE, text, ("note.conversion.opens_date",), (day,)))
        if day < self.history.funded:
            text = (
                f"The note is funded on {show_date(self.history.funded)}; nothing is owed before."
            )
            found.append(Issue(Severity.NOTE, text, ("note.funding_date",), (day,)))
        if outstanding is None and self.note.conversion.ownership_limit is not None:
            text = "No share count is known by this day, so the ownership limit cannot be told."
            found.append(Issue(Severity.WARNING, text, ("issuer.shares_outstanding",), (day,)))
        return found

    def annual_cost(self, quote: Quote) -> float | None:
        """The yearly rate that the proceeds cost if the whole balance were converted and sold on the day."""
        if quote.market_value is None or quote.notice_date <= self.note.funding_date:
            return None
        flows = [
            Flow(self.note.funding_date, -self.note.proceeds),
            *self.taken_before(quote.notice_date),
        ]
        return annual_rate([*flows, Flow(quote.notice_date, quote.market_value)])

    def taken_before(self, day: date) -> list[Flow]:
        """What the holder had taken out before the day: cash, and shares at the market of their day."""
        flows = []
        for each in self.history.happenings:
            if each.date >= day or not each.settled.total:
                continue
            if each.kind is HappeningKind.CONVERSION:
                value = _value(each.shares, self._market_bar(each.date))
                flows.append(Flow(each.date, each.settled.total if value is None else value))
            else:
                flows.append(Flow(each.date, each.settled.total))
        return flows


def quoter(note: Note, issuer: Issuer, market: Market, history: NoteHistory) -> Quoter:
    """A quoter for the note as its terms stand."""
    return Quoter(note, issuer, market, history, compose(note.conversion.rule))


def _value(shares: int | None, bar: PriceBar | None) -> Decimal | None:
    if shares is None or bar is None or bar.price is None:
        return None
    return to_cents(MONEY_CONTEXT.multiply(Decimal(shares), bar.price))
