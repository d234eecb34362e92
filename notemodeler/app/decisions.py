"""The decision views as every reader takes them: title, sentences, columns, rows, issues and chart arrays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from math import nan
from typing import Any

from notemodeler.app.decision_columns import (
    COST_COLUMNS,
    DAY_COLUMNS,
    LADDER_COLUMNS,
    LOT_COLUMNS,
    PREPAY_COLUMNS,
    change_words,
)
from notemodeler.app.decision_words import (
    cost_sentences,
    cycle_sentences,
    ladder_sentences,
    prepay_sentences,
)
from notemodeler.app.results import Results
from notemodeler.domain.columns import Column
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue
from notemodeler.engines.decisions.all_in_cost import AllInCost, all_in_cost
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.cycle import holder_cycle
from notemodeler.engines.decisions.cycle_figures import Cycle
from notemodeler.engines.decisions.ladder import Ladder, book_ladder, note_ladder
from notemodeler.engines.decisions.prepay_or_convert import (
    PrepayOrConvert,
    prepay_or_convert,
)

Figures = tuple[float, ...]
"""One figure a day or a row, NaN where there is none."""


@dataclass(frozen=True)
class PrepayChart:
    """Cash and value of the shares a calendar day, in dollars; days as proleptic Gregorian ordinals.

    `crossings` are the days on which the other side becomes the cheaper one, `opens` is the day on
    which conversion opens, `recorded_until` the last day whose prices are not assumed.
    """

    days: tuple[date, ...]
    ordinals: tuple[int, ...]
    cash: Figures
    value: Figures
    crossings: tuple[date, ...]
    opens: date
    recorded_until: date | None


@dataclass(frozen=True)
class LadderChart:
    """One bar a rung, the highest market price first: what it is called, and its figures."""

    labels: tuple[str, ...]
    market_prices: Figures
    conversion_prices: Figures
    shares: Figures
    share_of_company: Figures


@dataclass(frozen=True)
class CycleChart:
    """A trading day each: prices in dollars, counts in shares of the day, what is owed in dollars.

    `lot_days` and `lot_shares` mark the conversions; `recorded_until` is the last day whose price is
    not assumed, None if all are.
    """

    days: tuple[date, ...]
    ordinals: tuple[int, ...]
    price: Figures
    conversion_price: Figures
    held: Figures
    outstanding: Figures
    owed: Figures
    lot_days: tuple[date, ...]
    lot_shares: Figures
    recorded_until: date | None


@dataclass(frozen=True)
class CostChart:
    """A waterfall: each bar goes from `starts` to `ends`, in dollars and in a fraction a year."""

    labels: tuple[str, ...]
    starts: Figures
    ends: Figures
    rate_starts: Figures
    rate_ends: Figures


@dataclass(frozen=True)
class CostSeries:
    """The yearly rate of the all-in cost by the day of conversion."""

    days: tuple[date, ...]
    ordinals: tuple[int, ...]
    annual_rate: Figures


Chart = PrepayChart | LadderChart | CycleChart | CostChart


@dataclass(frozen=True)
class View:
    """A decision as it is read: `found` are the engine's figures, `rows` go with `columns`."""

    title: str
    sentences: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]
    issues: tuple[Issue, ...]
    chart: Chart
    found: PrepayOrConvert | Ladder | Cycle | AllInCost


@dataclass(frozen=True, eq=False)
class Decisions:
    """The decisions of one note of a document; each is worked out when first asked for, then kept."""

    results: Results

    @cached_property
    def case(self) -> Case:
        return Case(self.results.book, self.results.project.scenario, self.results.note_index)

    @cached_property
    def prepay_figures(self) -> PrepayOrConvert:
        return prepay_or_convert(self.case)

    def prepay(self, on: date) -> View:
        """Prepay or let convert; the sentences are about the day, or the best one if it is not looked at."""
        found = self.prepay_figures
        sentences = tuple(prepay_sentences(found, on))
        title = self._titled("Prepay or let convert")
        return View(
            title, sentences, PREPAY_COLUMNS, found.days, found.issues, _prepay_chart(found), found
        )

    def ladder(self, on: date) -> View:
        """The dilution ladder of the note."""
        return self._ladder(note_ladder(self.case, on), self._titled("Dilution ladder"))

    def book_ladder(self, on: date) -> View:
        """The dilution ladder of all notes of the document together."""
        return self._ladder(book_ladder(self.case, on), "Dilution ladder of all notes")

    def _ladder(self, ladder: Ladder, title: str) -> View:
        sentences = tuple(ladder_sentences(self.case, ladder))
        return View(
            f"{title}, {show_date(ladder.on)}", sentences, LADDER_COLUMNS, ladder.rungs,
            _together(ladder.issues, *(rung.issues for rung in ladder.rungs)), _ladder_chart(ladder), ladder,
        )  # fmt: skip

    @cached_property
    def cycle(self) -> View:
        """The holder's cycle under the assumptions of the document."""
        found = holder_cycle(self.case)
        title = self._titled("The holder's cycle")
        return View(
            title, tuple(cycle_sentences(found)), LOT_COLUMNS, found.lots, found.issues,
            _cycle_chart(found), found,
        )  # fmt: skip

    @cached_property
    def cycle_days(self) -> View:
        """The cycle's trading days one by one."""
        found = self.cycle.found
        assert isinstance(found, Cycle)
        return replace(self.cycle, columns=DAY_COLUMNS, rows=found.days)

    def cost(self, on: date) -> View:
        """The all-in cost if everything were converted on the day."""
        found = all_in_cost(self.case, on)
        title = f"{self._titled('All-in cost')}, {show_date(on)}"
        return View(
            title, tuple(cost_sentences(found)), COST_COLUMNS, found.steps, found.issues,
            _cost_chart(found), found,
        )  # fmt: skip

    @cached_property
    def cost_series(self) -> CostSeries:
        """The yearly rate by the day of conversion, on the days of the charts."""
        from notemodeler.engines.daily import annual_costs  # arrays are loaded only for charts

        daily = self.results.daily
        rates = annual_costs(self.results.quoter, daily)
        return CostSeries(daily.days, tuple(daily.ordinals.tolist()), tuple(rates.tolist()))

    def _titled(self, what: str) -> str:
        title = self.results.note.title
        return f"{what}: {title}" if title else what


def _together(*lists: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(dict.fromkeys(issue for each in lists for issue in each))


def _figures(values: Iterable[Decimal | float | int | None]) -> Figures:
    return tuple(nan if value is None else float(value) for value in values)


def _prepay_chart(found: PrepayOrConvert) -> PrepayChart:
    days = tuple(each.date for each in found.days)
    recorded = [each.date for each in found.days if not each.is_continued]
    return PrepayChart(
        days, tuple(day.toordinal() for day in days),
        _figures(each.cash for each in found.days), _figures(each.value for each in found.days),
        tuple(each.date for each in found.crossings), found.opens_date, recorded[-1] if recorded else None,
    )  # fmt: skip


def _ladder_chart(ladder: Ladder) -> LadderChart:
    rungs = ladder.rungs
    return LadderChart(
        tuple(change_words(rung) for rung in rungs),
        _figures(rung.market_price for rung in rungs),
        _figures(rung.conversion_price for rung in rungs),
        _figures(rung.shares for rung in rungs),
        _figures(rung.share_of_company for rung in rungs),
    )


def _cycle_chart(found: Cycle) -> CycleChart:
    days, recorded = found.days, [day.date for day in found.days if not day.is_continued]
    return CycleChart(
        tuple(day.date for day in days), tuple(day.date.toordinal() for day in days),
        _figures(day.price for day in days), _figures(day.conversion_price for day in days),
        _figures(day.held for day in days), _figures(day.outstanding for day in days),
        _figures(day.owed for day in days), tuple(lot.date for lot in found.lots),
        _figures(lot.shares for lot in found.lots), recorded[-1] if recorded else None,
    )  # fmt: skip


def _cost_chart(found: AllInCost) -> CostChart:
    """The proceeds as the first bar, then the parts one upon the other, then what was given in all."""
    if found.given is None:
        return CostChart((), (), (), (), ())
    labels, starts, ends = ["Received"], [0.0], [float(found.proceeds)]
    rate_starts, rate_ends = [0.0], [0.0]
    for step in found.steps:
        labels.append(step.part.label)
        starts.append(ends[-1])
        ends.append(ends[-1] + float(step.amount))
        rate_starts.append(rate_ends[-1])
        rate_ends.append(nan if step.cumulated_rate is None else step.cumulated_rate)
    return CostChart(
        (*labels, "Given"),
        (*starts, 0.0),
        (*ends, float(found.given)),
        (*rate_starts, 0.0),
        (*rate_ends, nan if found.annual_rate is None else found.annual_rate),
    )
