"""What may come of a note and its book, simulated: pictures that refine, paths to look into, figures to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from notemodeler.app.results import Results, compute
from notemodeler.domain.issues import Issue, UserError
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE, PriceBar, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs, inputs_on

if TYPE_CHECKING:
    from notemodeler.engines.simulation.known import Known
    from notemodeler.engines.simulation.outcome import Outcome
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.engines.simulation.simulated import Simulated, Trace

DIGITS = 6
"""Significant digits of a simulated price as it is shown."""

Cancel = Callable[[], bool]
Report = Callable[["Picture"], None]


Progress = Callable[[int], None]


def never() -> bool:
    """For a simulation that nobody cancels."""
    return False


def unheard(_paths: int) -> None:
    """For a simulation whose progress nobody follows."""


@dataclass(frozen=True, eq=False)
class Simulation:
    """The simulation of one note of a document. Arrays are loaded when it is first run.

    Without a day it is as of the valuation date of the document, else of the day of the last price;
    paths and seed are those of the document unless given.
    """

    results: Results
    day: date | None = None
    paths_wanted: int | None = None
    seed_wanted: int | None = None

    @property
    def paths(self) -> int:
        stated = self.results.project.valuation.paths
        return stated if self.paths_wanted is None else self.paths_wanted

    @property
    def seed(self) -> int:
        stated = self.results.project.valuation.seed
        return stated if self.seed_wanted is None else self.seed_wanted

    @cached_property
    def on(self) -> date:
        """The day as of which everything is known."""
        if self.day is not None:
            return self.day
        results = self.results
        valuation = results.project.valuation
        return ValuationCase(results.book, valuation, results.note_index).default_date

    @cached_property
    def known_project(self) -> Project:
        """The document without what came after the day."""
        return as_of(self.results.project, self.on)

    @cached_property
    def valued(self) -> ValuationCase:
        """What the valuation engines take of the same note and day."""
        project, place = self.known_project, self.results.note_index
        results = self.results if project is self.results.project else compute(project, place)
        valuation, stated = project.valuation, self.results.project.valuation
        whole = ValuationCase(self.results.book, stated, place)
        if self.on != whole.default_date:
            # A price that is stated is that of the valuation date alone.
            valuation = replace(valuation, share_price=None)
        return ValuationCase(results.book, valuation, place)

    @cached_property
    def inputs(self) -> Inputs:
        """The inputs with where they come from; raises `UserError` for a day that the calendar does not know."""
        try:
            return inputs_on(self.valued, self.on)
        except ValueError as problem:
            raise UserError(f"Nothing can be simulated as of {self.on}: {problem}.") from None

    @cached_property
    def known(self) -> Known:
        from notemodeler.engines.simulation.known import Known

        return Known(self.valued, self.on)

    @cached_property
    def case(self) -> Simulated:
        """The simulation, not yet run; raises `UserError` where inputs are lacking."""
        from notemodeler.engines.simulation.assumptions import assumptions_of
        from notemodeler.engines.simulation.draws import Seeded
        from notemodeler.engines.simulation.simulated import simulated

        assumed = assumptions_of(self.known, self.inputs, self.known_project.scenario)
        return simulated(self.known, self.inputs, assumed, Seeded(self.seed))

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What the inputs lack and what the simulation does not follow."""
        return self.case.issues

    def refine(
        self, report: Report, cancelled: Cancel = never, progressed: Progress = unheard
    ) -> Picture | None:
        """Simulates in batches and hands over a picture after the first and as their number doubles.

        To be called in a thread of its own; it holds no lock for long. None if cancelled, which is
        noticed within a simulated day.
        """
        from notemodeler.engines.simulation.picture import Picture
        from notemodeler.engines.simulation.simulated import refine

        last: list[Picture] = []

        def told(case: Simulated, outcome: Outcome, is_final: bool) -> None:
            last[:] = [Picture(case, outcome, is_final)]
            report(last[0])

        done = refine(self.case, self.paths, told, cancelled, progressed)
        return last[0] if done is not None and last else None

    def picture(self) -> Picture:
        """The picture of all paths at one go."""
        found = self.refine(lambda picture: None)
        assert found is not None
        return found

    def series_of(self, picture: Picture, path: int) -> PriceSeries:
        """The known prices with one simulated path after them, for the explain view."""
        trace = picture.trace(path)
        market, rule = self.known.market, self.known.note.conversion.rule
        before = market.series_for(rule.series) or PriceSeries(rule.series)
        bars = tuple(
            PriceBar(day, shown_price(price), before.kind)
            for day, price in zip(trace.days, trace.prices.tolist(), strict=True)
        )
        source = f"{before.source}; from {trace.days[0]} path {path + 1:,} of seed {self.seed}"
        return replace(before.with_bars((*before.bars, *bars)), source=source.lstrip("; "))

    def trace_at(self, picture: Picture, level: float) -> Trace:
        """The path of which the shares issued are that quantile of all."""
        return picture.trace(picture.path_at(level))

    def with_project(self, project: Project) -> Simulation:
        """The same simulation of a document that differs."""
        results = compute(project, self.results.note_index)
        return replace(self, results=results, day=self.on, seed_wanted=self.seed)


def shown_price(price: float) -> Decimal:
    """A simulated price to six digits, within what a price may be."""
    return min(LARGEST_PRICE, max(SMALLEST_PRICE, Decimal(f"{price:.{DIGITS}g}") + 0))
