"""What each request of one note comes to: its conversions within the limits, its payments by their terms."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from notemodeler.domain.issues import Issue
from notemodeler.domain.ledger import EntryKind
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, total_of
from notemodeler.domain.repayment import Settled
from notemodeler.engines.cash import pay, pay_instalment, prepay, redeem
from notemodeler.engines.conversion import ConversionCase, Settlement, settle, too_early
from notemodeler.engines.conversion_limits import Counts
from notemodeler.engines.history import NOTHING, Happening, HappeningKind, Owed
from notemodeler.engines.note_counts import NoteCounts
from notemodeler.engines.note_prices import NotePrices
from notemodeler.engines.request import Request, of_entry, of_instalment
from notemodeler.engines.trade import Trade
from notemodeler.engines.words import price_text

BY_MONTH = (HappeningKind.CONVERSION, HappeningKind.REDEMPTION)
"""What notes may cap by the calendar month."""
Found = tuple[Settlement | None, list[Issue]]


@dataclass
class Settler:
    """Settles the requests of one note in date order; it remembers what counts against monthly caps."""

    note: Note
    prices: NotePrices
    counts: NoteCounts
    by_month: dict[tuple[HappeningKind, int, int], Decimal] = field(default_factory=dict)
    looked_at: Counts | None = None
    """The share counts on which the last settlement depended, None if on none."""
    is_free: bool = True
    """Whether no limit on shares had a part in the last settlement."""
    reads_price: bool = False
    """Whether the last settlement asked for a price of the rule."""

    def begin(self) -> None:
        """Forget what the last settlement depended on."""
        self.looked_at, self.is_free, self.reads_price = None, True, False

    def keep(self, happening: Happening) -> None:
        """Count what happened against the limits of what comes."""
        if happening.kind in BY_MONTH and happening.settled.total:
            amount = MONEY_CONTEXT.subtract(happening.settled.total, happening.added)
            key = happening.kind, happening.date.year, happening.date.month
            self.by_month[key] = total_of(self.by_month.get(key, NOTHING), amount)
        if happening.shares:
            self.counts.issue(happening.date, happening.shares)

    def entry(self, day: date, place: int, before: Owed) -> Found:
        """What an entry of the ledger that settles something comes to; None if to nothing."""
        entry = self.note.ledger[place]
        request = of_entry(entry)
        if not before.total:
            issues = [*too_early(request, self.note)] if self._converts(place) else []
            return None, [*issues, request.warning("is not booked: nothing was owed any more.")]
        if entry.kind is EntryKind.CONVERSION:
            return self._convert(day, request, before)
        if entry.kind is EntryKind.PREPAYMENT:
            return prepay(request, self.note, before, day)
        if entry.kind is EntryKind.REDEMPTION:
            return redeem(request, self.note, before.total, self._redeemable(day))
        return pay(request, before.total)

    def instalment(self, day: date, place: int, before: Owed) -> Found:
        """What an instalment comes to, in cash or in shares; None if nothing is owed or no share can be had."""
        instalment = self.note.repayment.instalments[place]
        request = of_instalment(instalment)
        if not before.total:
            return None, []
        if instalment.settled is Settled.CASH:
            return pay_instalment(request, instalment, before.total)
        return self._convert(day, request, before)

    def _converts(self, place: int) -> bool:
        return self.note.ledger[place].kind is EntryKind.CONVERSION

    def _convert(self, day: date, request: Request, before: Owed) -> Found:
        trade, odd = self._trade(day, request)
        if trade is None:
            return None, [*too_early(request, self.note), *odd]
        self.looked_at = self.counts.on(day)
        case = ConversionCase(
            request, self.note, before.total, trade, self.looked_at, self._convertible(day)
        )
        found, issues = settle(case)
        self.is_free = found is not None and found.is_free
        return found, [*odd, *issues]

    def _trade(self, day: date, request: Request) -> tuple[Trade | None, list[Issue]]:
        """At what price the shares are counted, and what is odd about the window that gave it."""
        if request.stated_price is not None:
            return Trade(self.note.conversion, request.stated_price), []
        self.reads_price = True
        finding, trade = self.prices.finding(day), self.prices.trade(day)
        if trade is None:
            why = next(issue.text for issue in finding.issues if issue.is_error)
            return self._as_reported(request, why)
        return trade, [
            request.issue(issue.severity, f"is priced all the same. {issue.text}")
            for issue in finding.issues
        ]

    def _as_reported(self, request: Request, why: str) -> tuple[Trade | None, list[Issue]]:
        """The price that a reported amount and reported shares imply, where the rule gives none."""
        if request.amount is None or not request.stated_shares:
            return None, [request.error(f"is not booked. {why}")]
        worth = MONEY_CONTEXT.add(request.amount, self.note.conversion.fee_amount)
        implied = MONEY_CONTEXT.divide(worth, Decimal(request.stated_shares))
        words = f"is booked as reported, at {price_text(implied)} a share. {why}"
        return Trade(self.note.conversion, implied), [request.warning(words)]

    def _convertible(self, day: date) -> Decimal | None:
        most = self.note.conversion.monthly_cap_amount
        return self._left_in_month(most, HappeningKind.CONVERSION, day)

    def _redeemable(self, day: date) -> Decimal | None:
        most = self.note.repayment.redemption_monthly_amount
        return self._left_in_month(most, HappeningKind.REDEMPTION, day)

    def _left_in_month(
        self, most: Decimal | None, kind: HappeningKind, day: date
    ) -> Decimal | None:
        """What is left of a monthly amount in the calendar month of the day; None without one."""
        if most is None:
            return None
        used = self.by_month.get((kind, day.year, day.month), NOTHING)
        return max(NOTHING, MONEY_CONTEXT.subtract(most, used))
