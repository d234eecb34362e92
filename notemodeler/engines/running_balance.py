"""The balance of a note while it runs: stretches of accrual, what bears interest in them, and at what rate."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import LATEST
from notemodeler.domain.interest import Compounding
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, total_of
from notemodeler.engines.accrual import anniversaries
from notemodeler.engines.history import NOTHING, Owed, Stretch
from notemodeler.engines.interest_charge import accrues_from, interest_start


@dataclass
class RunningBalance:
    """Grows a stretch with every event. Interest not yet added to what bears interest is `pending`."""

    note: Note
    stretches: list[Stretch] = field(default_factory=list)
    in_default: bool = False
    added_through: date = date.min
    """The day through which monthly interest has been added to what bears interest."""

    def __post_init__(self) -> None:
        self.start = interest_start(self.note)
        self.accrues_from = accrues_from(self.note)
        principal = self.note.principal_amount
        self._open(self.start, Owed(principal), principal)

    def on(self, day: date) -> Owed:
        """What is owed on the day, interest unrounded."""
        return self.stretches[-1].owed_on(day)

    def pending(self, exact: Owed) -> Decimal:
        """The part of the interest that does not bear interest yet."""
        bearing_interest = self.stretches[-1].bearing - exact.principal
        return max(NOTHING, MONEY_CONTEXT.subtract(exact.interest, bearing_interest))

    def go_on(self, day: date, owed: Owed, pending: Decimal) -> None:
        """From the day on this is owed, of its interest so much pending."""
        how = self.note.interest.compounding
        bearing = owed.principal
        if how is Compounding.DAILY:
            bearing = total_of(owed.principal, owed.interest)
        elif how is Compounding.MONTHLY:
            added = max(NOTHING, MONEY_CONTEXT.subtract(owed.interest, max(NOTHING, pending)))
            bearing = total_of(owed.principal, added)
        self._open(day, owed, bearing)

    def resume(self, day: date) -> None:
        """From the day on interest accrues at the rate of the day; nothing else changes.

        In default it accrues already, at the rate of the default.
        """
        if not self.in_default:
            self._open(day, self.on(day), self.stretches[-1].bearing)

    def wait_from(self, funding: date) -> None:
        """Funded before interest runs: owed, but not yet bearing interest."""
        terms, owed = self.note.interest, Owed(self.note.principal_amount)
        self.stretches[0] = Stretch(
            funding, owed, NOTHING, NOTHING, terms.day_count, Compounding.SIMPLE
        )
        self._open(self.start, owed, owed.principal)

    def add_interest_through(self, day: date) -> None:
        """Add interest to what bears interest on every monthly anniversary up to the day."""
        if self.note.interest.compounding is not Compounding.MONTHLY or day <= self.added_through:
            return
        for month_day in anniversaries(self.start, self.added_through, day):
            owed = self.on(month_day)
            if not owed.total:
                break
            self._open(month_day, owed, total_of(owed.principal, owed.interest))
        self.added_through = day

    def to_the_end(self) -> tuple[Stretch, ...]:
        """All stretches as far as the calendar goes, if nothing more happens."""
        self.add_interest_through(LATEST)
        return tuple(self.stretches)

    def _open(self, day: date, owed: Owed, bearing: Decimal) -> None:
        terms = self.note.interest
        self.stretches.append(
            Stretch(day, owed, bearing, self._rate_on(day), terms.day_count, terms.compounding)
        )

    def _rate_on(self, day: date) -> Decimal:
        if self.in_default:
            return self.note.interest.default_rate
        accrues = self.accrues_from is not None and day >= self.accrues_from
        return self.note.interest.rate if accrues else NOTHING
