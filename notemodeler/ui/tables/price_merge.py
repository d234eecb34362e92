"""Putting read prices into a project: replace a series or merge into it, and what that would change."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notemodeler.domain.kinds import Choice
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project


class Merge(Choice):
    """What happens to the prices that are there."""

    NEW_WINS = "new_wins", "merge, new prices win"
    OLD_WINS = "old_wins", "merge, existing prices win"
    REPLACE = "replace", "replace the series"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many prices would be new, changed, the same and lost."""

    new: int = 0
    changed: int = 0
    same: int = 0
    lost: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.lost + other.lost,
        )

    @property
    def words(self) -> str:
        named = (
            (self.new, "new"),
            (self.changed, "changed"),
            (self.same, "unchanged"),
            (self.lost, "removed"),
        )
        told = [f"{count:,} {word}" for count, word in named if count]
        return ", ".join(told) if told else "nothing changes"


def merged(old: Sequence[PriceBar], new: Sequence[PriceBar], how: Merge) -> tuple[PriceBar, ...]:
    """The bars after the merge, of which `PriceSeries.with_bars` makes the order."""
    if how is Merge.REPLACE:
        return tuple(new)
    if how is Merge.OLD_WINS:
        return (*new, *old)
    # A day without a quote is no price: it takes nothing away.
    priced = {bar.date for bar in old if bar.price is not None}
    return (*old, *(bar for bar in new if bar.price is not None or bar.date not in priced))


def counts(old: Iterable[PriceBar], new: Iterable[PriceBar], how: Merge) -> Counts:
    """What the merge would do, price by price."""
    before = {bar.date: bar.price for bar in old}
    after = {bar.date: bar.price for bar in new}
    common = before.keys() & after.keys()
    kept = how is Merge.OLD_WINS
    replaces = how is Merge.REPLACE
    different = sum(
        before[day] != after[day] and (replaces or after[day] is not None) for day in common
    )
    return Counts(
        new=len(after) - len(common),
        changed=0 if kept else different,
        same=len(common) - (0 if kept else different),
        lost=len(before) - len(common) if replaces else 0,
    )


def place_of(project: Project, kind: PriceKind) -> int:
    """Where the series of a kind stands; an empty series is taken over, else a new place at the end."""
    kinds = [series.kind for series in project.prices]
    if kind in kinds:
        return kinds.index(kind)
    empty = [place for place, series in enumerate(project.prices) if not series.bars]
    return empty[0] if empty else len(project.prices)


def with_series_read(project: Project, read: Sequence[PriceSeries], how: Merge) -> Project:
    """The project with every series put in by its kind; sources are kept where nothing is replaced."""
    for series in read:
        place = place_of(project, series.kind)
        old = project.prices[place] if place < len(project.prices) else PriceSeries(series.kind)
        keeps = how is not Merge.REPLACE and old.bars and old.source
        bars = merged(old.bars, series.bars, how)
        made = dataclasses.replace(
            old, kind=series.kind, source=old.source if keeps else series.source
        ).with_bars(bars)
        project = project.with_series(made, place)
    return project
