"""The program's own figures behind each row of the Ledger sheet: what was owed, settled and issued there."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.history import Happening, Owed
from notemodeler.engines.shares import ownership_limit_shares
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import Step, StepKind

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the account with the step before it."""

    step: Step
    last: Step | None
    months: int
    limit: Decimal | None

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
    def notices_from(self) -> datetime.date:
        """A notice on the day of a conversion or payment still finds the balance before it."""
        return self.date + ONE_DAY if self.step.settles else self.date

    @property
    def limit_shares(self) -> int | None:
        if self.limit is None or self.event.outstanding is None:
            return None
        return ownership_limit_shares(self.limit, self.event.outstanding, self.event.held)

    @property
    def shares_asked(self) -> Decimal:
        """The shares, fractions included, that the amount entered would buy."""
        entry, owed = self.step.entry, self.before.total
        return self._bought(min(entry.amount, owed) if entry and entry.amount else owed)

    @property
    def exact_shares(self) -> Decimal:
        return self._bought(self.event.settled.total)

    def _bought(self, amount: Decimal) -> Decimal:
        return MONEY_CONTEXT.divide(amount, self.event.price or Decimal(1))


def moves(source: WorkbookInput) -> tuple[Move, ...]:
    """The moves of the account, in the order of its steps."""
    return tuple(_moves(source))


def _moves(source: WorkbookInput) -> Iterator[Move]:
    last, start = None, None
    for step in source.steps:
        start = start or (step.date if step.kind is StepKind.START else None)
        months = (step.date.year - start.year) * 12 + step.date.month - start.month if start else 0
        yield Move(step, last, months, source.note.conversion.ownership_limit)
        last = step
