"""What a note has owed on every day of its life: stretches of accrual between the things that happened."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from notemodeler.domain.interest import Compounding, DayCount
from notemodeler.domain.issues import Issue
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.accrual import accrue

NOTHING = Decimal(0)
MOST_INTEREST = Decimal(10) ** 24
"""Interest stops here: an absurd rate compounded for decades has no figure that could be counted."""


class HappeningKind(StrEnum):
    """What can change a balance between two stretches."""

    FUNDING = "funding"
    CHARGE = "charge"
    """Interest earned at once."""
    DEFAULT = "default"
    PENALTY = "penalty"
    CONVERSION = "conversion"
    PAYMENT = "payment"
    PREPAYMENT = "prepayment"
    REDEMPTION = "redemption"
    INSTALMENT = "instalment"
    """An instalment paid in cash; one settled in shares is a conversion."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed at one moment, in dollars; interest may be unrounded between contractual events."""

    principal: Decimal = NOTHING
    interest: Decimal = NOTHING
    default_sum: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        return total_of(self.principal, self.interest, self.default_sum)

    def in_cents(self) -> "Owed":
        return Owed(self.principal, to_cents(self.interest), self.default_sum)

    def plus(
        self,
        principal: Decimal = NOTHING,
        interest: Decimal = NOTHING,
        default_sum: Decimal = NOTHING,
    ) -> "Owed":
        return Owed(
            total_of(self.principal, principal),
            total_of(self.interest, interest),
            total_of(self.default_sum, default_sum),
        )

    def less(self, part: "Owed") -> "Owed":
        return Owed(
            MONEY_CONTEXT.subtract(self.principal, part.principal),
            MONEY_CONTEXT.subtract(self.interest, part.interest),
            MONEY_CONTEXT.subtract(self.default_sum, part.default_sum),
        )


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with the balance before and after it, to the cent.

    before + added - settled = after, but for the interest of a charge and the sum of a default.
    `settled` is what a payment or conversion took off the balance, `added` the principal added to it
    (a penalty, or what a floor under the price adds and converts at once). Of a conversion, `price`
    and `shares` say at what price and into how many shares, `fee` was converted on top of the
    amount; `outstanding` and `held` count the shares just before it (None where no report tells).
    `cash` is all that the company paid in cash, a premium included; of a conversion it is what was
    paid besides shares, for a fraction or to make up for the floor. `entry` is the place of its
    entry in the ledger, `instalment` that of the instalment it settles.
    """

    date: date
    kind: HappeningKind
    before: Owed
    after: Owed
    settled: Owed = Owed()
    price: Decimal | None = None
    shares: int = 0
    outstanding: int | None = None
    held: int = 0
    remark: str = ""
    entry: int | None = None
    cash: Decimal = NOTHING
    fee: Decimal = NOTHING
    added: Decimal = NOTHING
    instalment: int | None = None

    @property
    def premium(self) -> Decimal:
        """Of a payment, the cash beyond what it settled."""
        if self.kind is HappeningKind.CONVERSION or not self.settled.total:
            return NOTHING
        return MONEY_CONTEXT.subtract(self.cash, self.settled.total)

    @property
    def converted(self) -> Decimal:
        """Of a conversion, the dollars of the balance that went: without fee and principal added."""
        if self.kind is not HappeningKind.CONVERSION:
            return NOTHING
        return MONEY_CONTEXT.subtract(self.settled.total, self.added)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which nothing happens but interest: what is owed at its start and what bears interest."""

    start: date
    owed: Owed
    bearing: Decimal
    rate: Decimal
    day_count: DayCount
    compounding: Compounding

    def owed_on(self, day: date) -> Owed:
        """What is owed on the day, interest unrounded and never above `MOST_INTEREST`."""
        grown = accrue(self.bearing, self.rate, self.start, day, self.day_count, self.compounding)
        interest = min(total_of(self.owed.interest, grown), MOST_INTEREST)
        return Owed(self.owed.principal, interest, self.owed.default_sum)


@dataclass(frozen=True, eq=False)
class NoteHistory:
    """A note's stretches and happenings in date order, and what was odd about them."""

    stretches: tuple[Stretch, ...]
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...]

    @cached_property
    def _starts(self) -> list[date]:
        return [stretch.start for stretch in self.stretches]

    @property
    def funded(self) -> date:
        """The day on which the money arrived; nothing is owed before it, even if interest runs already."""
        return self.happenings[0].date

    @cached_property
    def settled_date(self) -> date | None:
        """The day on which nothing more was owed, if that day has come."""
        last = self.happenings[-1] if self.happenings else None
        return last.date if last and last.after.total == 0 else None

    def owed_on(self, day: date) -> Owed:
        """What is owed at the end of the day, interest unrounded; nothing before funding."""
        if day < self.funded:
            return Owed()
        return self.stretches[bisect_right(self._starts, day) - 1].owed_on(day)

    def owed_before_entries(self, day: date) -> Owed:
        """What is owed on the day before its own conversions and payments are booked."""
        first = self.first_settled.get(day)
        return self.owed_on(day) if first is None else first

    @cached_property
    def first_settled(self) -> dict[date, Owed]:
        """By day, what was owed just before the first of its entries that settled anything."""
        found: dict[date, Owed] = {}
        for happening in self.happenings:
            if happening.settled.total:
                found.setdefault(happening.date, happening.before)
        return found

    @cached_property
    def issued(self) -> tuple[tuple[date, int], ...]:
        """The shares issued on conversion, by date."""
        return tuple((each.date, each.shares) for each in self.happenings if each.shares)
