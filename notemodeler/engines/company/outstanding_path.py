"""The shares outstanding through time, stacked by the notes that issued them, as arrays for a chart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import numpy
from numpy.typing import NDArray

from notemodeler.domain.issuer import ShareCount, Split
from notemodeler.engines.company.book_day import CompanyBook
from notemodeler.engines.company.holder_groups import HolderGroup, holder_groups
from notemodeler.engines.holders import stake_of
from notemodeler.engines.share_register import ShareRegister

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class HolderLine:
    """How far a holder could take the outstanding by converting at once, up to its ownership limit.

    `level` is the outstanding plus the most new shares; NaN before the first report.
    """

    name: str
    places: tuple[int, ...]
    limit: Decimal
    held: Floats
    level: Floats


@dataclass(frozen=True, eq=False)
class OutstandingPath:
    """Shares at the end of each day, in shares of that day: a split shows as a step, marked in `splits`.

    `base` plus the rows of `layers` (one for each note, in the order of the book) is `total`. A layer
    is what the note has issued so far, and the base what the company has outstanding besides: a
    report that counts what was issued before it moves no layer (one that counts fewer shares than
    the notes had issued by then lets them begin anew). Everything is NaN before the first report;
    `authorised` is NaN where no row of the charter tells.
    """

    days: tuple[date, ...]
    base: Floats
    layers: Floats
    total: Floats
    authorised: Floats
    holders: tuple[HolderLine, ...]
    splits: tuple[Split, ...]
    reports: tuple[ShareCount, ...]


def outstanding_path(book: CompanyBook, days: Sequence[date]) -> OutstandingPath:
    """The path over the days, which are in order."""
    steps = Steps(days)
    total = steps.of(book.register.change_days, book.register.outstanding)
    layers = _layers(book, book.register, steps)
    _leave_out_the_overdrawn(book, steps, total, layers)
    layers[:, numpy.isnan(total)] = numpy.nan
    issuer, shown = book.issuer, steps.covers
    return OutstandingPath(
        steps.days,
        total - layers.sum(axis=0),
        layers,
        total,
        steps.of(sorted(row.from_date for row in issuer.shares_authorised), book.authorised),
        tuple(_holder_lines(book, steps, total)),
        tuple(split for split in issuer.splits if shown(split.date)),
        tuple(count for count in issuer.shares_outstanding if shown(count.date)),
    )


class Steps:
    """Counts that change on a few days, spread over many."""

    def __init__(self, days: Sequence[date]) -> None:
        self.days = tuple(days)
        self.ordinals = _ordinals(self.days)

    def of(self, changes: Sequence[date], count_on: Callable[[date], int | None]) -> Floats:
        """The count of each day; `changes` are the days, in order, on which it may change."""
        found = [count_on(day) for day in changes]
        values = [numpy.nan, *(numpy.nan if count is None else float(count) for count in found)]
        places = numpy.searchsorted(_ordinals(changes), self.ordinals, side="right")
        return numpy.array(values)[places]

    def covers(self, day: date) -> bool:
        """Whether the day lies between the first and the last, or on one of them."""
        return bool(self.days) and self.days[0] <= day <= self.days[-1]


def _ordinals(days: Sequence[date]) -> NDArray[numpy.int64]:
    return numpy.fromiter((day.toordinal() for day in days), numpy.int64, len(days))


def _layers(book: CompanyBook, register: ShareRegister, steps: Steps) -> Floats:
    """What each note has issued, a row for each."""
    splits = {split.date for split in book.issuer.splits}
    changes: dict[int, set[date]] = {}
    for issue in register.issues:
        changes.setdefault(issue.note, set(splits)).add(issue.date)
    layers = numpy.zeros((len(book.notes), len(steps.days)))
    for place, own in changes.items():
        taken = partial(register.taken, frozenset((place,)))
        layers[place] = numpy.nan_to_num(steps.of(sorted(own), taken))
    return layers


def _leave_out_the_overdrawn(
    book: CompanyBook, steps: Steps, total: Floats, layers: Floats
) -> None:
    """Where a report counts fewer shares than the notes had issued by then, they begin anew with it."""
    overdrawn = total < layers.sum(axis=0)
    if not overdrawn.any():
        return
    reports = book.issuer.shares_outstanding
    reigns = numpy.searchsorted(_ordinals([each.date for each in reports]), steps.ordinals, "right")
    for reign in numpy.unique(reigns[overdrawn]):
        since = reports[int(reign) - 1].date
        later = tuple(issue for issue in book.register.issues if issue.date >= since)
        columns = overdrawn & (reigns == reign)
        fresh = _layers(book, ShareRegister(book.issuer, later), steps)
        layers[:, columns] = fresh[:, columns]


def _holder_lines(book: CompanyBook, steps: Steps, total: Floats) -> Iterator[HolderLine]:
    """A line for each holder whose notes state a limit; of several limits the lowest."""
    for group in holder_groups(book.notes):
        terms = [book.notes[place].conversion for place in group.places]
        limits = [each.ownership_limit for each in terms if each.ownership_limit is not None]
        if limits:
            held = _held(book, group, steps)
            level = total + _room(float(min(limits)), total, held)
            yield HolderLine(group.name, group.places, min(limits), held, level)


def _held(book: CompanyBook, group: HolderGroup, steps: Steps) -> Floats:
    stakes = [stake_of(book.notes, place) for place in group.places]
    register = book.register
    changes = {split.date for split in book.issuer.splits}
    changes |= {issue.date for issue in register.issues if issue.note in stakes[0].kept}
    changes |= {steps.days[0]} if steps.days else set()
    return steps.of(sorted(changes), lambda day: max(stake.held(register, day) for stake in stakes))


def _room(limit: float, total: Floats, held: Floats) -> Floats:
    """The most new shares under the ownership limit, to the float's precision: a line to look at."""
    room = numpy.floor((limit * total - held) / (1 - limit))
    return numpy.maximum(room, 0)
