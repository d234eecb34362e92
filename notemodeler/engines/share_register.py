"""The company's shares through time: reported counts, what every note issued, splits, and who holds what."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.engines.splits import new_for_old, shares_carried

NoteSet = frozenset[int]
"""Places of notes in the book."""


@dataclass(frozen=True, slots=True)
class ShareIssue:
    """Shares that a note issued on conversion, in shares of that day; `note` is its place in the book."""

    date: date
    note: int
    shares: int


class Tally:
    """A count of shares through time, in shares of the day it has reached.

    It begins anew with every report and is carried over splits; days may only go forward. None as
    long as it waits for its first report.
    """

    def __init__(
        self, splits: Iterable[Split], reports: Iterable[ShareCount] = (), start: int | None = None
    ) -> None:
        self.count = start
        self._splits = tuple(splits)
        self._reports = list(reports)
        self._parts: list[tuple[date, int]] = []
        breaks = [split.date for split in self._splits]
        breaks += [report.date for report in self._reports]
        self._breaks = sorted(set(breaks))
        self._passed = 0

    def move_to(self, day: date) -> int | None:
        """The count as the day begins, or after what was added on it."""
        if self._passed < len(self._breaks) and self._breaks[self._passed] <= day:
            self._passed = bisect_right(self._breaks, day)
            self._begin(day)
        return self.count

    def add(self, day: date, shares: int) -> None:
        """Shares issued on the day, which has been reached."""
        self._parts.append((day, shares))
        if self.count is not None:
            self.count += shares

    def _begin(self, day: date) -> None:
        while self._reports and self._reports[0].date <= day:
            report = self._reports.pop(0)
            self._parts = [(report.date, report.shares)]
            self.count = report.shares
        if self.count is not None:
            self.count = sum(
                shares_carried(shares, new_for_old(self._splits, since, day))
                for since, shares in self._parts
            )


Course = tuple[tuple[date, ...], tuple[int | None, ...], tuple[int | None, ...]]
"""Days on which a count changes, the count as each begins, and as each ends."""


@dataclass(frozen=True, eq=False)
class ShareRegister:
    """Reported counts and issues in date order; every figure is in shares of the day that is asked for."""

    issuer: Issuer
    issues: tuple[ShareIssue, ...] = ()
    _taken: dict[NoteSet, Course] = field(default_factory=dict, repr=False)

    def outstanding(self, day: date, *, before_entries: bool = False) -> int | None:
        """The last report's count, carried over splits, plus what was issued since; None before any report.

        A report counts the shares as its day begins: what is issued on that day comes on top of it,
        unless `before_entries` leaves that day's issues out.
        """
        return _on(self._outstanding, day, before_entries)

    def taken(self, notes: NoteSet, day: date, *, before_entries: bool = False) -> int:
        """The shares that these notes had issued by the day."""
        if notes not in self._taken:
            tally = Tally(self.issuer.splits, start=0)
            self._taken[notes] = self._course(
                tally, [issue for issue in self.issues if issue.note in notes]
            )
        return _on(self._taken[notes], day, before_entries) or 0

    def until(self, day: date, before_entries: bool = False) -> Iterator[ShareIssue]:
        for issue in self.issues:
            if issue.date < day or (issue.date == day and not before_entries):
                yield issue

    def carried(self, shares: int, since: date, day: date) -> int:
        """Shares of one day in shares of another."""
        return shares_carried(shares, new_for_old(self.issuer.splits, since, day))

    @property
    def change_days(self) -> tuple[date, ...]:
        """The days on which the shares outstanding change: reports, splits and issues."""
        return self._outstanding[0]

    @cached_property
    def _outstanding(self) -> Course:
        tally = Tally(self.issuer.splits, self.issuer.shares_outstanding)
        return self._course(tally, self.issues)

    def _course(self, tally: Tally, issues: Iterable[ShareIssue]) -> Course:
        added: dict[date, list[int]] = {}
        for issue in issues:
            added.setdefault(issue.date, []).append(issue.shares)
        reports = (report.date for report in self.issuer.shares_outstanding)
        splits = (split.date for split in self.issuer.splits)
        days = tuple(sorted({*added, *reports, *splits}))
        before, after = [], []
        for day in days:
            before.append(tally.move_to(day))
            for shares in added.get(day, ()):
                tally.add(day, shares)
            after.append(tally.count)
        return days, tuple(before), tuple(after)


def _on(course: Course, day: date, before_entries: bool) -> int | None:
    days, before, after = course
    place = bisect_right(days, day) - 1
    if place < 0:
        return None
    return before[place] if before_entries and days[place] == day else after[place]


class GrowingRegister:
    """The register while the book runs: it knows the day it has reached and what was issued so far."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self.issues: list[ShareIssue] = []
        self._outstanding = Tally(issuer.splits, issuer.shares_outstanding)
        self._taken: dict[NoteSet, Tally] = {}

    def watch(self, notes: NoteSet) -> None:
        """Count what these notes issue from now on; to be asked for before the first issue."""
        self._taken.setdefault(notes, Tally(self.issuer.splits, start=0))

    def outstanding(self, day: date) -> int | None:
        """The shares outstanding on the day, which may only go forward."""
        return self._outstanding.move_to(day)

    def outstanding_as_began(self, day: date) -> int | None:
        """The shares outstanding before anything was issued on the day."""
        count = self.outstanding(day)
        if count is None:
            return None
        return count - sum(issue.shares for issue in self.issues if issue.date == day)

    def taken(self, notes: NoteSet, day: date) -> int:
        """What the watched notes have issued by now."""
        return self._taken[notes].move_to(day) or 0

    def add(self, issue: ShareIssue) -> None:
        self.issues.append(issue)
        self._outstanding.move_to(issue.date)
        self._outstanding.add(issue.date, issue.shares)
        for notes, tally in self._taken.items():
            if issue.note in notes:
                tally.move_to(issue.date)
                tally.add(issue.date, issue.shares)

    def carried(self, shares: int, since: date, day: date) -> int:
        """Shares of one day in shares of another."""
        return shares_carried(shares, new_for_old(self.issuer.splits, since, day))

    def frozen(self) -> ShareRegister:
        return ShareRegister(self.issuer, tuple(self.issues))
