"""What drives a note in words: figures short and whole, tips, and the sentences over the pictures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from notemodeler.app.driver_maps import HeatMap
from notemodeler.app.measured import Measured, Yield
from notemodeler.app.simulation_words import amount_words
from notemodeler.app.variants import PRICE_NOW
from notemodeler.app.what_drives import DriverBar, Drives, Tornado
from notemodeler.domain.project import FIELD_BY_NAME

if TYPE_CHECKING:
    from notemodeler.engines.simulation.statistics import Estimate

SIZES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
NEGLIGIBLE = 3.0
"""A change within so many standard errors is not told from none."""


def short_figure(value: float, unit: str) -> str:
    """Three digits that count: `217M`, `$298K`."""
    size, word = next((known for known in SIZES if abs(value) >= known[0] * 0.9995), (1.0, ""))
    part = value / size
    digits = 2 if abs(part) < 9.995 else 1 if abs(part) < 99.95 else 0
    text = f"{abs(part):,.{0 if not word else digits}f}{word}"
    return f"{'−' if value < 0 else ''}{'$' if unit == 'dollars' else ''}{text}"


def whole_figure(estimate: "Estimate", unit: str) -> str:
    """`217,360,012 ± 2,960,118 shares`, `$297,609 ± $642`."""
    words = f"{amount_words(estimate.value, unit)} ± {amount_words(estimate.error, unit)}"
    return f"{words} shares" if unit == "shares" else words


def cell_tip(found: HeatMap, row: int, column: int, which: Yield) -> str:
    """A cell of a map in one sentence."""
    where = found.words(row, column)
    where = where[0].upper() + where[1:]
    mark = " (this note)" if (row, column) == found.own else ""
    cell = found.cells[row][column]
    if (row, column) not in found.known:
        return f"{where}{mark}: being simulated"
    if cell is None:
        return f"{where}{mark}: these terms give no price"
    figure = whole_figure(cell.of(which), which.unit)
    return f"{where}{mark}: {which.label} {figure}, on {found.paths:,} paths. Enter opens the middle path."


def end_tip(bar: DriverBar, high: bool, which: Yield) -> str:
    """One end of a driver in one sentence, and what the driver is in another."""
    found, change = (bar.high, bar.high_change) if high else (bar.low, bar.low_change)
    words = bar.high_words if high else bar.low_words
    figure = whole_figure(found.of(which), which.unit)
    by = change_words(change.of(which), which.unit)
    return (
        f"{bar.label} {words} instead of {bar.own_words}: {which.label} {figure}; {by}. "
        f"Enter opens the middle path.\n{FIELD_BY_NAME[bar.name].term.help}"
    )


def change_words(change: "Estimate", unit: str) -> str:
    """How far a figure is from that of the note as it stands, if that can be told."""
    if abs(change.value) <= NEGLIGIBLE * change.error or change.value == 0:
        return f"no change that can be told from chance (± {amount_words(change.error, unit)})"
    more = "more" if change.value > 0 else "less"
    size = amount_words(abs(change.value), unit)
    return f"{size} {more} than as it stands (± {amount_words(change.error, unit)})"


def sentences(found: Drives, which: Yield) -> Iterator[str]:
    """The base, the strongest driver, and on what it all rests."""
    if found.tornado is not None:
        yield from _of_tornado(found.tornado, which)
    yield from found.remarks
    if found.maps and found.maps[-1].row_axis.name == PRICE_NOW and len(found.maps[-1].rows) > 1:
        yield "At another share price the price jumps there at once: the known prices before it stay."
    if found.is_reused and found.maps:
        yield (
            "For other discounts the holder follows the policy learnt at the note's own discount, in "
            "proportion; everywhere else it is learnt anew."
        )


def _of_tornado(tornado: Tornado, which: Yield) -> Iterator[str]:
    figure = whole_figure(tornado.base.of(which), which.unit)
    yield f"As it stands, the note {which.verb.format(figure)} on average."
    if not tornado.bars:
        return
    bar = tornado.ranked(which)[0]
    low, high = (short_figure(end.of(which).value, which.unit) for end in (bar.low, bar.high))
    yield (
        f"What moves that most is {_lower(bar.label)}, now {bar.own_words}: {low} at {bar.low_words}, "
        f"{high} at {bar.high_words}."
    )


def _lower(label: str) -> str:
    """A label inside a sentence."""
    return label[0].lower() + label[1:]


def basis_words(found: Drives) -> str:
    """Paths and seed, for the line beside the switch and under a picture."""
    parts = []
    if found.tornado is not None:
        parts.append(f"{found.tornado.paths:,} paths for each bar")
    if found.maps:
        parts.append(f"{found.maps[0].paths:,} for each cell")
    seed = found.tornado.seed if found.tornado is not None else found.maps[0].seed
    return f"{', '.join(parts)}; seed {seed}, the same random numbers everywhere. ± is one standard error."


def measured_words(found: Measured, which: Yield) -> tuple[str, str]:
    """A figure and its error as short as a cell is."""
    estimate = found.of(which)
    short = short_figure(estimate.error, which.unit)
    return short_figure(estimate.value, which.unit), f"± {short}"
