"""What a workbook is written from: one note of a project with the results of the engines."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from notemodeler.domain.issues import Issue
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project
from notemodeler.engines.day_windows import ListedDays, listed_days
from notemodeler.engines.default_cost import DefaultCost
from notemodeler.engines.history import Happening, NoteHistory
from notemodeler.engines.notice_days import NoticeDay, notice_days
from notemodeler.engines.quote import Quoter
from notemodeler.engines.schedule import ScheduleRow
from notemodeler.io.workbook.steps import Step, account_steps


@dataclass(frozen=True)
class WorkbookInput:
    """Everything that a workbook shows. `days` are the notice days: trading days in order, at least one."""

    project: Project
    quoter: Quoter
    schedule: tuple[ScheduleRow, ...]
    days: tuple[date, ...]
    issues: tuple[Issue, ...]
    default_cost: DefaultCost | None
    version: str

    @property
    def note(self) -> Note:
        return self.quoter.note

    @property
    def history(self) -> NoteHistory:
        return self.quoter.history

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
        last = max(self.days[-1], self.schedule[-1].date if self.schedule else self.days[-1])
        return account_steps(self.note, self.history, last)

    @cached_property
    def schedule_events(self) -> tuple[Happening | None, ...]:
        """What happened on each row of the schedule; None where a period merely ended."""
        waiting = list(self.history.happenings)
        found: list[Happening | None] = []
        for row in self.schedule:
            due = bool(waiting) and waiting[0].date == row.date
            found.append(waiting.pop(0) if due else None)
        return tuple(found)
