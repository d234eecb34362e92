"""What drives shares and cost of a note: one input at a time low and high, and two at once as a map."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from notemodeler.app.simulation import Cancel, Simulation, never
from notemodeler.domain.project import Project, field_value, with_field

if TYPE_CHECKING:
    from notemodeler.engines.simulation.outcome import Outcome
    from notemodeler.engines.simulation.statistics import Estimate

TORNADO_PATHS, MAP_PATHS = 10_240, 2_048
HALF, TWICE, POINTS = Decimal("0.5"), Decimal(2), Decimal("0.10")
RULE = "note.conversion.rule"
Change = Callable[[Project, int], Project]


@dataclass(frozen=True)
class Measured:
    """Means over the paths: shares issued, and what the note costs the company in dollars."""

    shares: "Estimate"
    cost: "Estimate"
    value: "Estimate"


@dataclass(frozen=True)
class DriverBar:
    """One driver: what it is at its low and its high end, and what comes of both."""

    name: str
    label: str
    low_words: str
    high_words: str
    low: Measured
    high: Measured

    @property
    def swing(self) -> float:
        """By how many shares the two ends differ."""
        return abs(self.high.shares.value - self.low.shares.value)


@dataclass(frozen=True)
class Tornado:
    """The drivers, the strongest first, around the note as it stands."""

    base: Measured
    bars: tuple[DriverBar, ...]
    paths: int
    seed: int


@dataclass(frozen=True)
class HeatMap:
    """What comes of every pair of two inputs: `cells[row][column]`; `own` is the place of the note itself.

    A cell is None where the terms contradict each other.
    """

    row_label: str
    column_label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Measured | None, ...], ...]
    own: tuple[int, int]
    paths: int
    seed: int


@dataclass(frozen=True)
class _Driver:
    name: str
    label: str
    low: Change
    high: Change
    low_words: str
    high_words: str


def tornado(simulation: Simulation, cancelled: Cancel = never) -> Tornado | None:
    """Each driver low and high on the same random numbers; None if cancelled."""
    paths = min(TORNADO_PATHS, max(simulation.paths, MAP_PATHS))
    base = _measured(simulation, paths, cancelled)
    bars = []
    project, place = _explicit(simulation), simulation.results.note_index
    for driver in _drivers(project, place):
        if cancelled():
            return None
        ends = [
            _measured(simulation.with_project(change(project, place)), paths, cancelled)
            for change in (driver.low, driver.high)
        ]
        if base is None or ends[0] is None or ends[1] is None:
            return None
        bars.append(
            DriverBar(
                driver.name, driver.label, driver.low_words, driver.high_words, ends[0], ends[1]
            )
        )
    if base is None:
        return None
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(base, tuple(bars), paths, simulation.seed)


def _explicit(simulation: Simulation) -> Project:
    """The document with volatility, price and drift as the simulation takes them, so that they can be moved."""
    project, inputs = simulation.results.project, simulation.inputs
    stated = project.valuation
    if stated.volatility is None and inputs.volatility is not None:
        project = _with(project, "valuation.volatility", Decimal(repr(inputs.volatility)))
    if stated.share_price is None and inputs.price is not None:
        project = _with(project, "valuation.share_price", Decimal(repr(inputs.price)))
    if stated.drift_rate is None:
        project = _with(project, "valuation.drift_rate", Decimal(repr(inputs.risk_free)))
    return project


def _with(project: Project, name: str, value: object, place: int = 0) -> Project:
    return with_field(project, name, value, place)


def _times(name: str, factor: Decimal) -> Change:
    return lambda project, place: _with(
        project, name, _scaled(field_value(project, name, place), factor), place
    )


def _scaled(value: Decimal | int, factor: Decimal) -> Decimal | int:
    return max(1, round(value * factor)) if isinstance(value, int) else value * factor


def _plus(name: str, points: Decimal) -> Change:
    return lambda project, place: _with(
        project, name, field_value(project, name, place) + points, place
    )


def _to(name: str, value: object) -> Change:
    return lambda project, place: _with(project, name, value, place)


def _drivers(project: Project, place: int) -> Iterator[_Driver]:
    """The inputs that the note has, with ends around each."""
    note, valuation, scenario = project.notes[place], project.valuation, project.scenario
    if valuation.volatility is not None:
        name = "valuation.volatility"
        yield _Driver(name, "Volatility", _times(name, HALF), _times(name, TWICE), "half", "twice")
    if valuation.drift_rate is not None:
        name = "valuation.drift_rate"
        low, high = _plus(name, Decimal(-1)), _plus(name, Decimal(1))
        yield _Driver(name, "Drift a year", low, high, "100 points less", "100 points more")
    rule, name = note.conversion.rule, f"{RULE}.multiplier"
    if rule.multiplier > POINTS:
        low, high = _plus(name, -POINTS), _plus(name, POINTS)
        yield _Driver(name, "Multiplier", low, high, "10 points less", "10 points more")
    if rule.lookback_days >= 2 * rule.lowest_count:
        name = f"{RULE}.lookback_days"
        yield _Driver(name, "Look-back", _times(name, HALF), _times(name, TWICE), "half", "twice")
    if note.conversion.ownership_limit is not None:
        name = "note.conversion.ownership_limit"
        yield _Driver(name, "Ownership limit", _times(name, HALF), _to(name, None), "half", "none")
    if scenario.volume_shares is not None:
        name = "scenario.volume_shares"
        yield _Driver(
            name, "Daily volume", _times(name, HALF), _times(name, TWICE), "half", "twice"
        )
    impact = valuation.impact if valuation.impact is not None else scenario.impact
    name, high_impact = "valuation.impact", max(2 * impact, Decimal("0.02"))
    yield _Driver(
        name, "Price impact", _to(name, Decimal(0)), _to(name, min(high_impact, Decimal("0.5"))),
        "none", f"{min(high_impact, Decimal('0.5')):.0%} for each 1 % sold",
    )  # fmt: skip


def lookback_by_discount(simulation: Simulation, cancelled: Cancel = never) -> HeatMap | None:
    """Other look-backs and discounts in the place of the note's own."""
    rule = simulation.results.note.conversion.rule
    days = sorted({5, 10, 15, 20, 25, rule.lookback_days})
    discounts = sorted(
        {Decimal(at).scaleb(-2) for at in (20, 30, 35, 40, 45, 50)} | {rule.discount}
    )
    rows = [(f"{each} days", _to(f"{RULE}.lookback_days", each)) for each in days]
    columns = [(f"{each:.0%}", _to(f"{RULE}.multiplier", 1 - each)) for each in discounts]
    own = days.index(rule.lookback_days), discounts.index(rule.discount)
    return _heat_map(simulation, ("Look-back", rows), ("Discount", columns), own, cancelled)


def price_by_volatility(simulation: Simulation, cancelled: Cancel = never) -> HeatMap | None:
    """Other share prices and volatilities as the simulation begins."""
    price, volatility = "valuation.share_price", "valuation.volatility"
    factors = [Decimal(each) for each in ("0.5", "0.75", "1", "1.5", "2")]
    rows = [(f"{each:.0%} of the price", _times(price, each)) for each in factors]
    columns = [(f"{each:.0%} of the volatility", _times(volatility, each)) for each in factors]
    own = factors.index(Decimal(1)), factors.index(Decimal(1))
    return _heat_map(simulation, ("Share price", rows), ("Volatility", columns), own, cancelled)


def _heat_map(
    simulation: Simulation,
    rows: tuple[str, list[tuple[str, Change]]],
    columns: tuple[str, list[tuple[str, Change]]],
    own: tuple[int, int],
    cancelled: Cancel,
) -> HeatMap | None:
    project, place = _explicit(simulation), simulation.results.note_index
    cells = []
    for _, across in rows[1]:
        line: list[Measured | None] = []
        for _, down in columns[1]:
            if cancelled():
                return None
            changed = simulation.with_project(down(across(project, place), place))
            line.append(_measured(changed, MAP_PATHS, cancelled))
            if line[-1] is None and cancelled():
                return None
        cells.append(tuple(line))
    return HeatMap(
        rows[0], columns[0], tuple(label for label, _ in rows[1]), tuple(label for label, _ in columns[1]),
        tuple(cells), own, MAP_PATHS, simulation.seed,
    )  # fmt: skip


def _measured(simulation: Simulation, paths: int, cancelled: Cancel) -> Measured | None:
    """The means of one variant, its best policy learnt anew; None if cancelled or if there is no price."""
    from notemodeler.engines.simulation.holder import Cancelled

    case = simulation.case
    if not case.has_price:
        return None
    try:
        case = case.learnt(MAP_PATHS, cancelled)
        return _means(case.run(paths, cancelled), case.mirrored)
    except Cancelled:
        return None


def _means(outcome: "Outcome", mirrored: bool) -> Measured:
    from notemodeler.engines.simulation.picture import cost_of
    from notemodeler.engines.simulation.statistics import mean_of

    note = outcome.notes[0]
    return Measured(
        mean_of(note.issued, mirrored=mirrored),
        mean_of(cost_of(note), mirrored=mirrored),
        mean_of(note.value, mirrored=mirrored),
    )
