"""What a chart of ready figures is told to show: lines over days, dated events, a message instead."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from notemodeler.ui.charts.legend import Entry

Figures = Sequence[float]
"""One figure a day, NaN where there is none."""


class Dated(NamedTuple):
    """Something that happens on a day, named over the plot."""

    day: date
    text: str
    role: str = "muted"


class Line(NamedTuple):
    """A line of the legend with its figures; `heading` names its column in a copy."""

    entry: Entry
    values: Figures
    heading: str


class Shown(NamedTuple):
    """All that a chart shows; with a message if there is nothing to show."""

    lines: tuple[Line, ...]
    events: tuple[Dated, ...] = ()
    message: str = ""
    summary: str = ""
    recorded_until: date | None = None
    """Days after this one are shaded: their prices are assumed."""
    top: float | None = None
    """The most that the scale shows, if single figures would dwarf all others."""
    text: Callable[[float], str] | None = None
    """How a figure is worded in the title row; as on the axis unless given."""


NOTHING = Shown(())
