"""The program's own figures behind each row of the Ledger sheet: what was owed, settled and issued there."""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.domain.rule import WindowEnd
from notemodeler.engines.history import NOTHING, Happening, Owed
from notemodeler.engines.notice_days import NoticeDay
from notemodeler.engines.prepayment import PayOff, payoff_of
from notemodeler.engines.shares import ownership_limit_shares
from notemodeler.engines.trade import Trade, trade_at
from notemodeler.io.workbook.balance_columns import notices_from
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import Step, StepKind


@dataclass(frozen=True, eq=False)
class Move:
    """One step of the account with the step before it.

    `used_in_month` is what steps of its kind had taken off the balance earlier in its calendar month,
    `issued_before` what the note had issued, in shares of the day.
    """

    step: Step
    last: Step | None
    months: int
    source: WorkbookInput
    used_in_month: Decimal
    issued_before: int
    notices_from: datetime.date
    """A notice on the day of a conversion or payment still finds the balance before it."""

    @property
    def date(self) -> datetime.date:
        return self.step.date

    @property
    def exact(self) -> Owed:
        """What was owed just before, interest unrounded."""
        return self.last.stretch.owed_on(self.date) if self.last else Owed()

    @property
    def before(self) -> Owed:
        return self.exact.in_cents()

    @property
    def after(self) -> Owed:
        return self.step.stretch.owed

    @property
    def event(self) -> Happening:
        """What happened; only steps that an event opened have one."""
        if self.step.happening is None:
            raise ValueError(f"the step of {self.date} was not opened by an event")
        return self.step.happening

    @property
    def asked(self) -> Decimal | None:
        """The amount that was entered, or that the instalment says."""
        due = self.step.instalment or self.step.entry
        return due.amount if due else None

    @property
    def instalment_place(self) -> int:
        """The instalment's place in its table, from one; 0 for other steps."""
        return 0 if self.event.instalment is None else self.event.instalment + 1

    @property
    def off(self) -> Decimal:
        """What the event took off the balance, principal that it added at once aside."""
        return MONEY_CONTEXT.subtract(self.event.settled.total, self.converted_added)

    @property
    def converted_added(self) -> Decimal:
        return self.event.added if self.step.kind is StepKind.CONVERSION else NOTHING

    @property
    def off_principal(self) -> Decimal:
        return MONEY_CONTEXT.subtract(self.event.settled.principal, self.converted_added)

    @property
    def month(self) -> int:
        return self.date.year * 12 + self.date.month

    def month_left(self, most: Decimal | None) -> Decimal | None:
        """What is left of a monthly amount."""
        if most is None:
            return None
        return max(NOTHING, MONEY_CONTEXT.subtract(most, self.used_in_month))

    @cached_property
    def notice_place(self) -> int:
        """The place among the notice days of the window that priced the conversion, from one, 0 for none.

        On a closed day it is that of the next one, whose window ends on the same day.
        """
        place = bisect_right(self.source.days, self.date)
        if not place:
            return 0
        ends_before = self.source.note.conversion.rule.window_end is WindowEnd.DAY_BEFORE
        return place + (ends_before and self.source.days[place - 1] < self.date)

    @cached_property
    def notice(self) -> NoticeDay | None:
        days = self.source.notice_days
        return days[self.notice_place - 1] if 1 <= self.notice_place <= len(days) else None

    @property
    def is_off_the_sheet(self) -> bool:
        """Whether the price of the conversion cannot be read off the Conversion price sheet."""
        entry = self.step.entry
        if entry is not None and entry.stated_price is not None:
            return self.notice is None
        return self.notice is None or self.notice.window.conversion != self.event.price

    @cached_property
    def trade(self) -> Trade:
        """How the day counts shares."""
        terms, entry = self.source.note.conversion, self.step.entry
        if entry is not None and entry.stated_price is not None:
            return Trade(terms, entry.stated_price)
        finding = self.source.quoter.rule.conversion_price_on(self.date)
        return trade_at(terms, finding, self._last_price) or Trade(
            terms, self.event.price or Decimal(1)
        )

    @property
    def unfloored(self) -> Decimal | None:
        """The price without the floor where it binds and costs the company something."""
        return self.trade.unfloored

    @property
    def market(self) -> Decimal | None:
        return self.trade.market

    @property
    def _last_price(self) -> Decimal | None:
        market, series = self.source.quoter.market, self.source.series
        bar = market.last_price_by(series, self.date) if series else None
        return bar.price if bar else None

    @property
    def market_is_listed(self) -> bool:
        """Whether the last price by the day stands in the list of trading days, as its formula takes it."""
        listed, series = self.source.listed, self.source.series
        line = bisect_right(listed.days, self.date)
        bar = series.last_price_by(self.date) if series else None
        if not line >= 1 or not listed.priced_by[line]:
            return bar is None
        return (
            bar is not None
            and bar.price == listed.prices[listed.priced[listed.priced_by[line] - 1][0] - 1]
        )

    @property
    def limit_shares(self) -> int | None:
        limit = self.source.note.conversion.ownership_limit
        if limit is None or self.event.outstanding is None:
            return None
        return ownership_limit_shares(limit, self.event.outstanding, self.event.held)

    @property
    def exchange_shares(self) -> int | None:
        """How many more shares the exchange cap allows."""
        cap = self.source.exchange_cap_shares
        if cap is None:
            return None
        register = self.source.quoter.register
        return max(
            0, register.carried(cap, self.source.note.issue_date, self.date) - self.issued_before
        )

    @property
    def fee(self) -> Decimal:
        """What is converted on top, which only a notice brings."""
        return self.source.note.conversion.fee_amount if self.step.entry else NOTHING

    @property
    def wanted(self) -> Decimal:
        """The dollars that a conversion asks for: no more than is owed or the month still allows."""
        entry, asked = self.step.entry, self.asked
        stated = entry.stated_shares if entry else None
        if asked is None and stated is not None:
            worth = MONEY_CONTEXT.multiply(Decimal(stated), self.trade.counting)
            asked = max(NOTHING, to_cents(MONEY_CONTEXT.subtract(worth, self.fee)))
        wanted = self.before.total if asked is None else min(asked, self.before.total)
        left = self.month_left(self.source.note.conversion.monthly_cap_amount)
        return wanted if left is None or stated is not None else min(wanted, left)

    @property
    def within_limit(self) -> Decimal:
        """What the ownership limit leaves of it."""
        limit, wanted = self.limit_shares, self.wanted
        entry = self.step.entry
        if limit is None or (entry is not None and entry.stated_shares is not None):
            return wanted
        if self.trade.shares(total_of(wanted, self.fee)) <= limit:
            return wanted
        return min(wanted, self.trade.amount(limit, self.fee))

    @property
    def shares_asked(self) -> Decimal:
        """The shares, fractions included, for what is asked."""
        return self.trade.exact_shares(total_of(self.wanted, self.fee))

    @property
    def exact_shares(self) -> Decimal:
        return self.trade.exact_shares(total_of(self.off, self.fee))

    @cached_property
    def payoff(self) -> PayOff | None:
        """What pays the note off on the day."""
        return payoff_of(self.source.note, self.before, self.date)


def moves(source: WorkbookInput) -> tuple[Move, ...]:
    """The moves of the account, in the order of its steps."""
    return tuple(_moves(source))


def _moves(source: WorkbookInput) -> Iterator[Move]:
    last, start = None, None
    used: dict[tuple[StepKind, int], Decimal] = defaultdict(Decimal)
    issued: list[tuple[datetime.date, int]] = []
    carried = source.quoter.register.carried
    for step, seen_from in zip(source.steps, notices_from(source.steps), strict=True):
        day, happening = step.date, step.happening
        start = start or (day if step.kind is StepKind.START else None)
        months = (day.year - start.year) * 12 + day.month - start.month if start else 0
        before = sum(carried(shares, when, day) for when, shares in issued)
        key = step.kind, day.year * 12 + day.month
        move = Move(step, last, months, source, used[key], before, seen_from)
        yield move
        if happening is not None and step.settles:
            used[key] += move.off
        if happening is not None and happening.shares:
            issued.append((day, happening.shares))
        last = step
