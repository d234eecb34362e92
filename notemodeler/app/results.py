"""Everything that follows from a document: one truth for the window, the command line and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from notemodeler.app.book_results import BookResults, after_edit
from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.book import BookRun
from notemodeler.engines.history import NoteHistory
from notemodeler.engines.market import Market
from notemodeler.engines.quote import Quote, Quoter, quoter
from notemodeler.engines.schedule import ScheduleRow, build_schedule, schedule_end

if TYPE_CHECKING:
    from notemodeler.engines.daily import DailyFigures
    from notemodeler.engines.default_cost import DefaultCost
    from notemodeler.engines.prepayment import PayOff


@dataclass(frozen=True, eq=False)
class Results:
    """The instant results of one note of a project. Each is worked out when first asked for, then kept.

    What concerns the whole book is `shared` with the results of its other notes, which `of` gives.
    """

    project: Project
    note_index: int = 0

    @cached_property
    def shared(self) -> BookResults:
        return BookResults(self.project, of_note={self.note_index: self})

    def of(self, note_index: int) -> Results:
        """The results of another note of the same project; what was worked out for it is still there."""
        known = self.shared.of_note.get(note_index)
        return _sharing(self.shared, note_index) if known is None else known

    @property
    def note(self) -> Note:
        return self.project.notes[self.note_index]

    @property
    def market(self) -> Market:
        return self.shared.market

    @property
    def book(self) -> BookRun:
        """What became of every note of the document, and the shares that all of them issued."""
        return self.shared.book

    @property
    def history(self) -> NoteHistory:
        return self.book.histories[self.note_index]

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong or odd in the terms, the prices, the ledger and the book as a whole."""
        from notemodeler.app.book import book_issues  # the charts do not wait for these two
        from notemodeler.engines.note_check import check_project

        found = check_project(self.project, self.note_index, self.market, self.quoter.rule)
        return (*found, *self.history.issues, *book_issues(self))

    @cached_property
    def quoter(self) -> Quoter:
        return quoter(self.book, self.note_index)

    def quote(self, day: date) -> Quote:
        """What a notice of conversion on the day would come to."""
        return self.quoter.on(day)

    def payoff(self, day: date) -> PayOff | None:
        """What would pay the note off on the day; None if that needs the holder's consent."""
        from notemodeler.engines.prepayment import payoff_on

        return payoff_on(self.note, self.history, day)

    @property
    def clause(self) -> str:
        """The price rule in words."""
        return self.quoter.rule.recite()

    @cached_property
    def series(self) -> PriceSeries | None:
        """The prices that the rule reads."""
        return self.market.series_for(self.note.conversion.rule.series)

    @cached_property
    def schedule_end(self) -> date:
        last = self.series.dates[-1] if self.series else None
        return schedule_end(self.note, self.history, last)

    def schedule(self, rows: RowDates = RowDates.MONTH_ENDS) -> tuple[ScheduleRow, ...]:
        return build_schedule(self.note, self.history, self.book.register, rows, self.schedule_end)

    @cached_property
    def default_cost(self) -> DefaultCost | None:
        """What the default costs by the end of the schedule."""
        from notemodeler.engines.default_cost import default_cost

        return default_cost(self.book, self.note_index, self.schedule_end)

    @cached_property
    def chart_days(self) -> tuple[date, ...]:
        """The trading days that the charts show: from the first price or funding to the last price or the end."""
        starts, ends = [self.note.funding_date], [self.schedule_end]
        if self.series is not None:
            starts.append(self.series.dates[0])
            ends.append(self.next_notice_date)
        return trading_days_between(self.market.calendar, min(starts), max(ends))

    @cached_property
    def next_notice_date(self) -> date:
        """The first trading day after the last price: the day on which the next notice could come."""
        calendar = self.market.calendar
        if self.series is None:
            return calendar.shifted(self.note.maturity_date, 0)
        return calendar.shifted(self.series.dates[-1], 1)

    @cached_property
    def daily(self) -> DailyFigures:
        """The figures of every chart day as arrays."""
        from notemodeler.engines.daily import daily_figures

        return daily_figures(self.quoter, self.chart_days)


@lru_cache(maxsize=8)
def trading_days_between(calendar: TradingCalendar, start: date, end: date) -> tuple[date, ...]:
    """The trading days of a span, kept because every edit of a price asks for the same span again."""
    return calendar.between(start, end)


def compute(project: Project, note_index: int = 0, before: Results | None = None) -> Results:
    """The results of a note; what an edit did not touch is taken over from the results before it.

    Of the very same project, the results of any note that was looked at before are still there.
    """
    if before is None:
        return Results(project, note_index)
    if before.project is project:
        return before.of(note_index)
    shared = after_edit(project, before.shared)
    for place, old in before.shared.of_note.items():
        if place < len(project.notes):
            _take_over(_sharing(shared, place), old)
    return shared.of_note.get(note_index) or _sharing(shared, note_index)


def _sharing(shared: BookResults, note_index: int) -> Results:
    """Results that share what concerns the whole book."""
    results = Results(shared.project, note_index)
    results.__dict__["shared"] = shared
    shared.of_note[note_index] = results
    return results


PRICES, BOOK = ("prices", "closures"), ("prices", "closures", "issuer", "notes")
INPUTS = {
    "series": (*PRICES, "note"),
    "quoter": BOOK,
    "schedule_end": BOOK,
    "default_cost": BOOK,
    "chart_days": BOOK,
    "next_notice_date": (*PRICES, "note"),
    "daily": BOOK,
}
"""What each kept result depends on."""


def _take_over(results: Results, before: Results) -> None:
    """Keep what was worked out from inputs that are still the very same objects."""
    same = {name for name in BOOK if _same(results, before, name)}
    if results.note is before.note:
        same.add("note")
    for name, inputs in INPUTS.items():
        if same.issuperset(inputs) and name in before.__dict__:
            results.__dict__[name] = before.__dict__[name]


def _same(results: Results, before: Results, name: str) -> bool:
    return getattr(results.project, name) is getattr(before.project, name)
