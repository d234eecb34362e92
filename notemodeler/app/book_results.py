"""What the results of all notes of one document share: the market, the run of the book, and one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from notemodeler.domain.project import Project
from notemodeler.engines.book import BookRun, run_book
from notemodeler.engines.market import Market
from notemodeler.io.trading_calendar import nyse_calendar

if TYPE_CHECKING:
    from notemodeler.app.book import BookView
    from notemodeler.app.results import Results


@dataclass
class BookResults:
    """The market and the book of a project. `earlier` is the run before an edit, until this one is run."""

    project: Project
    earlier: BookRun | None = None
    of_note: dict[int, Results] = field(default_factory=dict)
    """The results that have been asked for, by the place of their note in the book."""
    view: BookView | None = None
    """The book on the day for which it was last asked."""

    @cached_property
    def market(self) -> Market:
        closures = self.project.closures
        calendar = nyse_calendar().with_closures(closures)
        return Market(self.project.prices, calendar, self.project.issuer.splits)

    @cached_property
    def book(self) -> BookRun:
        project = self.project
        made = run_book(project.notes, project.issuer, self.market, self.earlier)
        self.earlier = None
        return made

    @property
    def latest_book(self) -> BookRun | None:
        """The run of the book, or the one before it as long as it has not been run."""
        made: BookRun | None = self.__dict__.get("book")
        return self.earlier if made is None else made


def after_edit(project: Project, before: BookResults) -> BookResults:
    """What is shared after an edit; what it did not touch is taken over."""
    shared = BookResults(project, before.latest_book)
    old = before.project
    same_prices = project.prices is old.prices and project.closures is old.closures
    if same_prices and project.issuer.splits == old.issuer.splits and "market" in before.__dict__:
        shared.__dict__["market"] = before.market
    same_book = same_prices and project.issuer is old.issuer and project.notes is old.notes
    if same_book and "book" in before.__dict__:
        shared.__dict__["book"] = before.book
    return shared
