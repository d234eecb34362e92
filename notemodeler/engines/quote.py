"""What a notice of conversion on a day would come to: price, balance, shares, limits and what it costs."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.book import BookRun
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.cost import Flow, annual_rate
from notemodeler.engines.history import NOTHING, HappeningKind, NoteHistory, Owed
from notemodeler.engines.holders import Stake
from notemodeler.engines.interest_charge import net_proceeds
from notemodeler.engines.market import Market
from notemodeler.engines.note_limits import exchange_room, left_in_month
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.pricing.rule_in_time import RuleInTime, rule_in_time
from notemodeler.engines.schedule import share_of
from notemodeler.engines.share_register import ShareRegister
from notemodeler.engines.shares import Lots, lots_to_clear, ownership_limit_shares
from notemodeler.engines.trade import Trade, trade_at
from notemodeler.engines.words import dollars


@dataclass(frozen=True, slots=True)
class LimitFinding:
    """How far the limits let the holder go on the day.

    `shares` is the most new shares under the ownership limit and `amount` the dollars they take,
    both before looking at what is owed; `lots` says in how many conversions the whole balance could
    go, None for never; the lots run from `first_date` to `last_date` at one a trading day.
    `exchange_shares` are left under the exchange cap, `month_amount` under the cap of the calendar
    month; None without such a cap.
    """

    limit: Decimal | None
    outstanding: int
    held: int
    shares: int | None
    amount: Decimal | None
    lots: Lots | None
    first_date: date
    last_date: date | None
    exchange_shares: int | None = None
    month_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A conversion of the whole balance on one day. Figures are None where an issue forbids them.

    `shares` includes those for the `fee`. `share_of_company` is the new shares over the outstanding
    after them; `market_value` is the new shares at `market.price`, the latest by then in shares of the
    day. `cash` is what the company would pay besides, for a fraction or to make up for a floor, and
    `added` the principal that a floor would add and convert at once.
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
    fee: Decimal = NOTHING
    cash: Decimal = NOTHING
    added: Decimal = NOTHING

    @property
    def notice_date(self) -> date:
        return self.price.notice_date

    @property
    def convertible_amount(self) -> Decimal:
        return self.owed.total

    @property
    def with_fee(self) -> Decimal:
        """The dollars that become shares: what is owed, and the fee on top."""
        return total_of(self.owed.total, self.fee)


@dataclass(frozen=True)
class Quoter:
    """Quotes one note of the book on any day; what does not change with the day is worked out once."""

    note: Note
    issuer: Issuer
    market: Market
    history: NoteHistory
    rule: RuleInTime
    register: ShareRegister
    stake: Stake
    book: BookRun
    place: int = 0
    """Where the note stands in the book."""

    @cached_property
    def unfloored_rule(self) -> RuleInTime | None:
        """The rule without its floor, where it says by which price shares are counted; None elsewhere."""
        rule = self.note.conversion.rule
        has_floor = rule.floor_price is not None or rule.floor_at_par
        if rule.floor_effect is not FloorEffect.ADD_PRINCIPAL or not has_floor:
            return None
        without = replace(rule, floor_price=None, floor_at_par=False)
        terms = replace(self.note.conversion, rule=without)
        return rule_in_time(replace(self.note, conversion=terms), self.issuer, self.market)

    def on(self, day: date) -> Quote:
        """The quote for a notice given on the day, before that day's own ledger entries."""
        finding = self.rule.conversion_price_on(day)
        owed = self.history.owed_before_entries(day).in_cents()
        fee = self.fee_on(owed.total)
        amount = total_of(owed.total, fee)
        outstanding = self.register.outstanding(day, before_entries=True)
        bar = self._market_bar(day)
        trade = trade_at(self.note.conversion, finding, bar.price if bar else None)
        shares = trade.shares(amount) if trade else None
        limit = self._limit(day, shares, trade, outstanding)
        return Quote(
            finding,
            owed,
            shares,
            outstanding,
            share_of(shares, outstanding + shares) if shares and outstanding else None,
            limit,
            bar,
            _value(shares, bar),
            (*finding.issues, *self._notices(day, outstanding), *_stopped(limit, shares)),
            fee,
            trade.cash(amount) if trade else NOTHING,
            trade.added(amount) if trade else NOTHING,
        )

    def fee_on(self, amount: Decimal) -> Decimal:
        """What a notice for the amount may add for the holder's costs."""
        return self.note.conversion.fee_amount if amount > 0 else NOTHING

    def _market_bar(self, day: date) -> PriceBar | None:
        series = self.market.series_for(self.note.conversion.rule.series)
        return self.market.last_price_by(series, day) if series else None

    def _limit(
        self, day: date, shares: int | None, trade: Trade | None, outstanding: int | None
    ) -> LimitFinding | None:
        if outstanding is None:
            return None
        terms = self.note.conversion
        held = self.stake.held(self.register, day, before_entries=True)
        limit = terms.ownership_limit
        most = None if limit is None else ownership_limit_shares(limit, outstanding, held)
        amount = None if most is None or trade is None else trade.amount(most, terms.fee_amount)
        room = exchange_room(self.note, self.place, self.register, day)
        lots = None
        if shares is not None and (room is None or shares <= room):
            lots = lots_to_clear(shares, limit, outstanding, held, sold=terms.lots_are_sold)
        first, last = self._lot_days(day, lots)
        month = left_in_month(self.note, self.history, day)
        return LimitFinding(limit, outstanding, held, most, amount, lots, first, last, room, month)

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
            Flow(self.note.funding_date, -net_proceeds(self.note)),
            *self.taken_before(quote.notice_date),
        ]
        last = Flow(quote.notice_date, total_of(quote.market_value, quote.cash))
        return annual_rate([*flows, last])

    def taken_before(self, day: date) -> list[Flow]:
        """What the holder had taken out before the day: cash, and shares at the market of their day."""
        flows = []
        for each in self.history.happenings:
            if each.date >= day or not each.settled.total:
                continue
            taken = each.cash
            if each.kind is HappeningKind.CONVERSION:
                value = _value(each.shares, self._market_bar(each.date))
                taken = total_of(taken, each.settled.total if value is None else value)
            flows.append(Flow(each.date, taken))
        return flows


def quoter(book: BookRun, place: int) -> Quoter:
    """A quoter for the note at that place of the book, as its terms stand."""
    return Quoter(
        book.traces[place].note, book.issuer, book.market, book.histories[place], book.rule(place),
        book.register, book.stakes[place], book, place,
    )  # fmt: skip


def _value(shares: int | None, bar: PriceBar | None) -> Decimal | None:
    if shares is None or bar is None or bar.price is None:
        return None
    return to_cents(MONEY_CONTEXT.multiply(Decimal(shares), bar.price))


def _stopped(limit: LimitFinding | None, shares: int | None) -> list[Issue]:
    """What keeps the whole balance from being converted, besides the ownership limit."""
    found: list[Issue] = []
    if limit is None or not shares:
        return found
    if limit.exchange_shares is not None and shares > limit.exchange_shares:
        text = f"The exchange cap leaves {limit.exchange_shares:,} shares; the whole balance cannot be converted."
        found.append(Issue(Severity.WARNING, text, ("note.conversion.exchange_cap",)))
    if limit.month_amount is not None:
        text = f"Only {dollars(limit.month_amount)} may still be converted in this calendar month."
        found.append(Issue(Severity.NOTE, text, ("note.conversion.monthly_cap_amount",)))
    return found
