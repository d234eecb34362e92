"""What drives shares and cost of a note: one input at a time low and high, and two at once as a map."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from notemodeler.app.driver_maps import (
    MAP_PATHS,
    Axis,
    HeatMap,
    blank_map,
    look_back_and_discount,
    price_and_volatility,
)
from notemodeler.app.measured import Measured, Measurer, Yield, is_plain, measured
from notemodeler.app.simulation import Cancel, Simulation, never
from notemodeler.app.variants import (
    MULTIPLIER,
    Changes,
    Driver,
    drivers,
    has_discount,
    has_look_back,
    has_volatility,
)
from notemodeler.domain.issues import UserError

if TYPE_CHECKING:
    from notemodeler.engines.simulation.outcome import Outcome
    from notemodeler.engines.simulation.picture import Picture

TORNADO_PATHS = 10_240


@dataclass(frozen=True)
class DriverBar:
    """One driver: what it is, what it is at its low and its high end, and what comes of both.

    `low_change` and `high_change` are the differences from the note as it stands, on the same paths
    and therefore with far smaller errors than the means themselves.
    """

    name: str
    label: str
    own_words: str
    low_words: str
    high_words: str
    low: Measured
    high: Measured
    low_change: Measured
    high_change: Measured
    low_changes: Changes
    high_changes: Changes

    def swing_of(self, which: Yield) -> float:
        """By how much the figure reaches from end to end, the note as it stands included."""
        ends = (0.0, self.low_change.of(which).value, self.high_change.of(which).value)
        return max(ends) - min(ends)

    @property
    def swing(self) -> float:
        return self.swing_of(Yield.SHARES)


@dataclass(frozen=True)
class Tornado:
    """The drivers, the strongest first, around the note as it stands."""

    base: Measured
    bars: tuple[DriverBar, ...]
    paths: int
    seed: int
    is_complete: bool = True

    def ranked(self, which: Yield) -> tuple[DriverBar, ...]:
        """The drivers, the strongest for a figure first."""
        return tuple(sorted(self.bars, key=lambda bar: -bar.swing_of(which)))


@dataclass(frozen=True)
class Drives:
    """All that was found so far; `remarks` say what is not shown and why."""

    tornado: Tornado | None
    maps: tuple[HeatMap, ...]
    remarks: tuple[str, ...]
    is_reused: bool = False
    """Whether policies of the first map were taken over from the note's own discount."""


Report = Callable[[Drives, float], None]
TornadoReport = Callable[[Tornado, float], None]
MapReport = Callable[[HeatMap, float], None]


def untold(_found: object, _fraction: float) -> None:
    """For a reader who waits for the end."""


def what_drives(
    measurer: Measurer, report: Report = untold, cancelled: Cancel = never
) -> Drives | None:
    """The tornado and both maps; what is there so far is reported with how much of the work is done.

    None if cancelled, which is noticed within a simulated day. Raises `UserError` where an input is
    lacking or the terms give no price.
    """
    if not measurer.simulation.case.has_price:
        raise UserError("The terms of the note give no conversion price on any day to come.")
    axes, remarks = _maps(measurer)
    found = Drives(
        None, tuple(blank_map(measurer, *pair) for pair in axes), remarks, _reuses(measurer)
    )
    parts = 1 + len(axes)
    from notemodeler.engines.simulation.holder import Cancelled

    def told(place: int, part: Tornado | HeatMap, fraction: float) -> None:
        nonlocal found
        if isinstance(part, Tornado):
            found = replace(found, tornado=part)
        else:
            maps = (*found.maps[: place - 1], part, *found.maps[place:])
            found = replace(found, maps=maps)
        report(found, (place + fraction) / parts)

    try:
        _tornado(measurer, partial(told, 0), cancelled)
        for place, blank in enumerate(found.maps, 1):
            _filled(measurer, blank, partial(told, place), cancelled)
    except Cancelled:
        return None
    return found


def tornado(
    simulation: Simulation, cancelled: Cancel = never, report: TornadoReport = untold
) -> Tornado | None:
    """Each driver low and high on the same random numbers; None if cancelled."""
    from notemodeler.engines.simulation.holder import Cancelled

    try:
        return _tornado(Measurer(simulation), report, cancelled)
    except Cancelled:
        return None


def lookback_by_discount(
    simulation: Simulation, cancelled: Cancel = never, report: MapReport = untold
) -> HeatMap | None:
    """Other look-backs and discounts in the place of the note's own; None if cancelled."""
    return _map(simulation, look_back_and_discount, cancelled, report)


def price_by_volatility(
    simulation: Simulation, cancelled: Cancel = never, report: MapReport = untold
) -> HeatMap | None:
    """Other share prices and volatilities as the simulation begins; None if cancelled."""
    return _map(simulation, price_and_volatility, cancelled, report)


def _map(
    simulation: Simulation,
    axes: Callable[[Measurer], tuple[Axis, Axis]],
    cancelled: Cancel,
    report: MapReport,
) -> HeatMap | None:
    from notemodeler.engines.simulation.holder import Cancelled

    measurer = Measurer(simulation)
    try:
        return _filled(measurer, blank_map(measurer, *axes(measurer)), report, cancelled)
    except Cancelled:
        return None


def _maps(measurer: Measurer) -> tuple[tuple[tuple[Axis, Axis], ...], tuple[str, ...]]:
    """The axes of the maps that say something about the note, and why others do not."""
    project, place = measurer.project, measurer.simulation.results.note_index
    axes, remarks = [], []
    if has_discount(project, place):
        axes.append(look_back_and_discount(measurer))
        if not has_look_back(project, place):
            remarks.append("The last price counts alone, so there are no look-backs to compare.")
    else:
        remarks.append("The conversion price is fixed: look-back and discount do not count.")
    axes.append(price_and_volatility(measurer))
    if not has_volatility(project):
        model = project.valuation.price_model.label
        remarks.append(f"Prices move {model}: the volatility does not count.")
    return tuple(axes), tuple(remarks)


def _filled(measurer: Measurer, found: HeatMap, report: MapReport, cancelled: Cancel) -> HeatMap:
    """Cell by cell, those nearest to the note's own first; raises `Cancelled`."""
    many = len(found.rows) * len(found.columns)
    reuses = found.column_axis.name == MULTIPLIER
    for row, column in _outwards(found):
        like = found.changes(row, found.own[1]) if reuses else None
        made = measurer.outcome(found.changes(row, column), found.paths, cancelled, like)
        cell = None if made is None else measured(made[1], mirrored=made[0].mirrored)
        found = found.with_cell(row, column, cell)
        report(found, len(found.known) / many)
    return found


def _outwards(found: HeatMap) -> list[tuple[int, int]]:
    """The places from the note's own on; the own discount of a row comes before the others of the row."""
    places = [
        (row, column) for row in range(len(found.rows)) for column in range(len(found.columns))
    ]
    row, column = found.own
    return sorted(
        places, key=lambda at: (abs(at[0] - row) + abs(at[1] - column), abs(at[1] - column))
    )


def _reuses(measurer: Measurer) -> bool:
    case = measurer.simulation.case
    return not case.is_learnt and is_plain(case)


def _tornado(measurer: Measurer, report: TornadoReport, cancelled: Cancel) -> Tornado | None:
    """Raises `Cancelled`."""
    simulation = measurer.simulation
    paths = min(TORNADO_PATHS, max(simulation.paths, MAP_PATHS))
    base = measurer.outcome((), paths, cancelled)
    if base is None:
        return None
    mirrored = base[0].mirrored
    found = Tornado(measured(base[1], mirrored=mirrored), (), paths, simulation.seed, False)
    wanted = tuple(drivers(measurer.project, simulation.results.note_index))
    report(found, 1 / (len(wanted) + 1))
    for done, driver in enumerate(wanted, 2):
        bar = _bar(measurer, driver, base[1], paths, cancelled)
        if bar is not None:
            bars = sorted((*found.bars, bar), key=lambda each: -each.swing)
            found = replace(found, bars=tuple(bars))
        found = replace(found, is_complete=done > len(wanted))
        report(found, done / (len(wanted) + 1))
    return found


def _bar(
    measurer: Measurer, driver: Driver, base: "Outcome", paths: int, cancelled: Cancel
) -> DriverBar | None:
    """A driver at both ends; one that is at its own value already is the note as it stands."""
    changes: tuple[Changes, Changes] = (((driver.name, driver.low),), ((driver.name, driver.high),))
    ends = []
    for each in changes:
        made = measurer.outcome(each, paths, cancelled)
        if made is None:
            return None
        case, outcome = made
        ends.append(
            (
                measured(outcome, mirrored=case.mirrored),
                measured(outcome, mirrored=case.mirrored, base=base),
            )
        )
    (low, low_change), (high, high_change) = ends
    return DriverBar(
        driver.name, driver.label,
        driver.words(driver.own), driver.words(driver.low), driver.words(driver.high),
        low, high, low_change, high_change, *changes,
    )  # fmt: skip


def middle_path(
    measurer: Measurer, changes: Changes, words: str, cancelled: Cancel = never
) -> "tuple[Simulation, Picture, int, str] | None":
    """The path of a variant with the middle number of shares issued, with its simulation and its title.

    None if cancelled or if the terms give no price. `words` name the variant.
    """
    from notemodeler.engines.simulation.holder import Cancelled

    try:
        picture = measurer.picture(changes, MAP_PATHS, cancelled)
    except Cancelled:
        return None
    if picture is None:
        return None
    path = picture.path_at(0.5)
    title = f"Path {path + 1:,} of seed {picture.seed}: middle of shares issued"
    if words:
        title = f"{title} with {words}"
    return measurer.variant(changes), picture, path, title
