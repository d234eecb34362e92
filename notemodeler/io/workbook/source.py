"""What a workbook is written from: one note of a project with the results of the engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from notemodeler.domain.interest import Compounding
from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project, applies, field_value
from notemodeler.domain.rule import PriceRounding, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep
from notemodeler.domain.terms import Field
from notemodeler.engines.company.book_day import BookDay
from notemodeler.engines.day_windows import DayWindow, ListedDays, listed_days
from notemodeler.engines.decisions.all_in_cost import AllInCost
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.cycle_figures import Cycle
from notemodeler.engines.decisions.ladder import Ladder
from notemodeler.engines.decisions.prepay_or_convert import PrepayOrConvert
from notemodeler.engines.default_cost import DefaultCost
from notemodeler.engines.history import Happening, NoteHistory
from notemodeler.engines.interest_charge import FOR_DAYS
from notemodeler.engines.note_limits import exchange_cap_shares
from notemodeler.engines.notice_days import NoticeDay, notice_days
from notemodeler.engines.pricing.adjustments import Rounding
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.floor import Floor
from notemodeler.engines.quote import Quoter
from notemodeler.engines.schedule import ScheduleRow
from notemodeler.engines.share_register import ShareIssue
from notemodeler.engines.splits import new_for_old, price_carried
from notemodeler.io.workbook.payoff_formulas import MOST_ROWS
from notemodeler.io.workbook.shape import Shape
from notemodeler.io.workbook.share_formulas import ShareCounts
from notemodeler.io.workbook.shown_terms import terms_shown
from notemodeler.io.workbook.steps import Step, StepKind, account_steps
from notemodeler.io.workbook.valuation_source import ValuationFound


@dataclass(frozen=True)
class Beyond:
    """What goes beyond the one note's own account: the decisions about it, and the company's book of a day."""

    case: Case
    prepay: PrepayOrConvert
    ladder: Ladder
    cycle: Cycle
    cost: AllInCost
    book: BookDay


@dataclass(frozen=True)
class WorkbookInput:
    """Everything that a workbook shows. `days` are the notice days: trading days in order, at least one.

    Without a `valuation` there are no sheets about it, and its terms are left out.
    """

    project: Project
    quoter: Quoter
    schedule: tuple[ScheduleRow, ...]
    days: tuple[date, ...]
    issues: tuple[Issue, ...]
    default_cost: DefaultCost | None
    version: str
    note_index: int
    beyond: Beyond
    valuation: ValuationFound | None = None

    def value_of(self, name: str) -> Any:
        """The value of a term by its dotted name."""
        return field_value(self.project, name, self.note_index)

    def applies(self, name: str) -> bool:
        """Whether a term says anything as the others stand."""
        return applies(name, self.value_of)

    @property
    def note(self) -> Note:
        return self.quoter.note

    @property
    def history(self) -> NoteHistory:
        return self.quoter.history

    @cached_property
    def shape(self) -> Shape:
        """What this workbook has columns and formulas for."""
        issuer = self.project.issuer
        return Shape(self.note, issuer, bool(issuer.splits), bool(self.other_issues))

    @property
    def has_splits(self) -> bool:
        return bool(self.project.issuer.splits)

    @property
    def has_second(self) -> bool:
        """Whether the rule has a second window on days on which no fixed price counts alone."""
        return self.note.conversion.rule.second.anchor is not WindowAnchor.NONE

    @property
    def second_is_anchored(self) -> bool:
        return self.note.conversion.rule.second.anchor is WindowAnchor.ISSUE

    @property
    def prices_name(self) -> str:
        """The column of prices that windows read: all in dollars of one day."""
        return "restated_prices" if self.prices_are_restated else "prices"

    @property
    def prices_are_restated(self) -> bool:
        return self.has_splits and self.series is not None and not self.series.is_split_adjusted

    def trigger_on_list(self, step: RuleStep) -> Decimal:
        """The trigger price of a step in dollars of the prices that windows read."""
        splits = self.project.issuer.splits
        return price_carried(
            step.trigger_price or Decimal(0), new_for_old(splits, self.note.issue_date, date.max)
        )

    @cached_property
    def terms_shown(self) -> tuple[Field, ...]:
        """The terms that have a row on the Terms sheet."""
        is_valued = self.valuation is not None
        return tuple(terms_shown(self.project, self.note_index, is_valued=is_valued))

    @property
    def payoff_is_live(self) -> bool:
        """Whether the prepayment table is short enough for a formula."""
        return len(self.note.repayment.prepayment_steps) <= MOST_ROWS

    @property
    def has_payoffs(self) -> bool:
        """Whether a prepayment was booked under a prepayment table that formulas can follow."""
        return self.shape.has_prepayment_table and any(
            step.kind is StepKind.PREPAYMENT for step in self.steps
        )

    @property
    def charge_is_fixed(self) -> bool:
        """Whether the interest of the days of a charge has no formula: monthly compounding has many terms."""
        return (
            self.note.interest.charge in FOR_DAYS
            and self.note.interest.compounding is Compounding.MONTHLY
        )

    @cached_property
    def exchange_cap_shares(self) -> int | None:
        """The most shares that the note may issue in all, in shares of its issue date."""
        cap = self.note.conversion.exchange_cap
        outstanding = self.quoter.register.outstanding(self.note.issue_date, before_entries=True)
        if cap is None or outstanding is None:
            return None
        return exchange_cap_shares(cap, outstanding)

    def composed_price(self, window: DayWindow) -> Decimal | None:
        """The price of a notice day before floor and rounding; None without one."""
        if window.unrounded is None:
            return None
        looks = [look for look in (window.main, window.second) if look is not None]
        references = [look.reference for look in looks if look.reference is not None]
        return self.composed(self.quoter.rule.on(window.notice_date), references)

    @staticmethod
    def composed(parts: Composition, references: Sequence[Decimal]) -> Decimal:
        """What the parts make of reference prices before floor and rounding."""
        price = parts.variable(references)
        for part in parts.adjustments:
            if not isinstance(part, Floor | Rounding):
                price = part.apply(price)
        return price

    def unfloored_price(self, composed: Decimal | None) -> Decimal | None:
        """The price without the floor, rounded; None where it rounds to zero."""
        rule = self.note.conversion.rule
        if composed is None or rule.rounding is PriceRounding.NONE:
            return composed
        return Rounding(rule.rounding, rule.rounding_places).apply(composed) or None

    def growth_on(self, day: date) -> float:
        """What a price of the day is multiplied by to be one of shares after every split."""
        return float(1 / new_for_old(self.project.issuer.splits, day, date.max))

    @cached_property
    def other_issues(self) -> tuple[ShareIssue, ...]:
        """What the other notes of the book issued, in order."""
        return tuple(each for each in self.quoter.register.issues if each.note != self.note_index)

    @property
    def counts(self) -> ShareCounts:
        """The formulas that count shares in this workbook."""
        return ShareCounts(self.has_splits, bool(self.other_issues))

    @cached_property
    def series(self) -> PriceSeries | None:
        return self.quoter.market.series_for(self.note.conversion.rule.series)

    @cached_property
    def listed(self) -> ListedDays:
        return listed_days(self.quoter.market, self.series, self.days)

    @cached_property
    def notice_days(self) -> tuple[NoticeDay, ...]:
        return notice_days(self.quoter, self.listed, self.days)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        ends = [self.days[-1], self.beyond.book.day]
        ends += [row.date for row in self.schedule[-1:]]
        ends += [each.date for each in self.beyond.prepay.days[-1:]]
        return account_steps(self.note, self.history, max(ends))

    @cached_property
    def schedule_events(self) -> tuple[Happening | None, ...]:
        """What happened on each row of the schedule; None where a period merely ended."""
        waiting = list(self.history.happenings)
        found: list[Happening | None] = []
        for row in self.schedule:
            due = bool(waiting) and waiting[0].date == row.date
            found.append(waiting.pop(0) if due else None)
        return tuple(found)
