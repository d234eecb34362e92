"""What comes of one note, or of all notes of the book together, out of the same paths."""

from dataclasses import dataclass

import numpy

from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.outcome import NoteOutcome
from notemodeler.engines.simulation.picture import Fan, Picture, cost_of, fan, settled_in_shares
from notemodeler.engines.simulation.policies import Flags
from notemodeler.engines.simulation.spread import Spread, days_spread, spread_of
from notemodeler.engines.simulation.statistics import Estimate, mean_of, share_of_paths


@dataclass(frozen=True, eq=False)
class ScopeFigures:
    """Shares issued from the day on, their part of the company (None without a share count), the number
    of the simulated day on which nothing is left (`gone_end`: not before it must be paid), dollars paid
    at maturity, and the cost: shares at the market of their day, and all cash.
    """

    issued: Spread
    share_of_company: Spread | None
    gone: Spread
    gone_end: int
    matured: Spread
    cost: Spread
    gone_before: Estimate
    reserve_out: Estimate | None


@dataclass(frozen=True)
class NoteMeans:
    """The figures of one note of the book in short; quantiles are of `issued`."""

    place: int
    title: str
    issued: Estimate
    issued_quantiles: tuple[Estimate, ...]
    share_of_company: Estimate | None
    matured: Estimate
    cost: Estimate
    gone_before: Estimate
    gone_middle: float
    gone_end: int
    reserve_out: Estimate | None


def note_figures(picture: Picture, at: int = 0) -> ScopeFigures:
    """The figures of one of the simulated notes; the first is the note looked at."""
    found, mirrored = picture.outcome.notes[at], picture.case.mirrored
    course = picture.case.setting.notes[at]
    end = min(course.ends, len(picture.days))
    return ScopeFigures(
        spread_of(found.issued, mirrored=mirrored),
        _part(picture, found.issued),
        days_spread(found.gone, end, mirrored=mirrored),
        end,
        spread_of(found.matured, mirrored=mirrored),
        spread_of(cost_of(found), mirrored=mirrored),
        _gone_before(picture, at),
        None if course.reserved is None else share_of_paths(found.short > 0, mirrored=mirrored),
    )


def book_figures(picture: Picture) -> ScopeFigures:
    """The figures of all simulated notes together."""
    notes, mirrored = picture.outcome.notes, picture.case.mirrored
    courses = picture.case.setting.notes
    ends = [min(course.ends, len(picture.days)) for course in courses]
    end = max(ends)
    # A note that is paid in cash is gone too late for the chance, whatever the days of the others.
    gone = numpy.maximum.reduce(
        [_gone_or_never(note, own, end) for note, own in zip(notes, ends, strict=True)]
    )
    issued = _sum([note.issued for note in notes])
    reserves = [
        note.short
        for note, course in zip(notes, courses, strict=True)
        if course.reserved is not None
    ]
    return ScopeFigures(
        spread_of(issued, mirrored=mirrored),
        _part(picture, issued),
        days_spread(gone, end, mirrored=mirrored),
        end,
        spread_of(_sum([note.matured for note in notes]), mirrored=mirrored),
        spread_of(_sum([cost_of(note) for note in notes]), mirrored=mirrored),
        share_of_paths(
            numpy.logical_and.reduce([_settled(picture, at) for at in range(len(notes))]),
            mirrored=mirrored,
        ),
        share_of_paths(numpy.maximum.reduce(reserves) > 0, mirrored=mirrored) if reserves else None,
    )


def note_means(picture: Picture, at: int) -> NoteMeans:
    """One simulated note in short."""
    found, mirrored = picture.outcome.notes[at], picture.case.mirrored
    course = picture.case.setting.notes[at]
    end = min(course.ends, len(picture.days))
    issued = spread_of(found.issued, mirrored=mirrored)
    part = None
    if picture.case.setting.outstanding is not None:
        part = mean_of(found.issued / picture.outcome.outstanding, mirrored=mirrored)
    return NoteMeans(
        course.place,
        picture.case.known.notes[course.place].title,
        issued.mean,
        issued.quantiles,
        part,
        mean_of(found.matured, mirrored=mirrored),
        mean_of(cost_of(found), mirrored=mirrored),
        _gone_before(picture, at),
        float(numpy.partition(found.gone, len(found.gone) // 2)[len(found.gone) // 2]),
        end,
        None if course.reserved is None else share_of_paths(found.short > 0, mirrored=mirrored),
    )


def issued_fan(picture: Picture) -> Fan:
    """Shares issued under the note looked at, from the day on."""
    return fan(picture.outcome.issued_by, mirrored=picture.case.mirrored)


def outstanding_fan(picture: Picture) -> Fan:
    """Shares outstanding, or those that all notes issued from the day on if no count is known."""
    base = picture.case.setting.outstanding or 0.0
    rows = picture.outcome.all_issued_by + numpy.float32(base)
    return fan(rows, mirrored=picture.case.mirrored)


def path_on_day(rows: Singles, day: int, level: float) -> int:
    """Of the paths of which every day is kept, the one that is at that quantile on a day."""
    order = numpy.argsort(rows[day], kind="stable")
    return int(order[min(len(order) - 1, int(level * len(order)))])


def _part(picture: Picture, issued: Singles) -> Spread | None:
    """The part of all shares outstanding at the end."""
    if picture.case.setting.outstanding is None:
        return None
    return spread_of(issued / picture.outcome.outstanding, mirrored=picture.case.mirrored)


def _gone_before(picture: Picture, at: int) -> Estimate:
    return share_of_paths(_settled(picture, at), mirrored=picture.case.mirrored)


def _settled(picture: Picture, at: int) -> Flags:
    course = picture.case.setting.notes[at]
    return settled_in_shares(picture.outcome.notes[at], course.ends, len(picture.days))


def _gone_or_never(found: NoteOutcome, own_end: int, end: int) -> Singles:
    """The day on which a note is gone; the end of all for one that is paid in cash."""
    late = (found.gone >= own_end) | (found.matured > 0)
    return numpy.where(late, numpy.float32(end), found.gone)


def _sum(parts: list[Singles]) -> Singles:
    total: Singles = numpy.add.reduce(parts)
    return total
