"""The figures that the charts show as text for a spreadsheet."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, isfinite

from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.plot import Plot

PLACES = 12
MOST_WITH_DECIMALS = 1e15
"""From here on a binary fraction has no decimals to speak of."""


def table_of(desk: Desk, charts: Sequence[Plot]) -> str:
    """One row a day in sight: the ISO date, then every column of every chart; no figure is an empty cell."""
    columns = [column for chart in charts for column in chart.columns()]
    lines = ["\t".join(["Date", *(heading for heading, _ in columns)])]
    start = max(0, ceil(desk.first))
    for place in range(start, min(len(desk.days), floor(desk.last) + 1)):
        cells = [cell_text(float(values[place])) for _, values in columns]
        lines.append("\t".join([desk.days[place].isoformat(), *cells]))
    return "\n".join(lines) + "\n"


def cell_text(value: float) -> str:
    """A figure without exponent and without the noise of binary fractions."""
    if not isfinite(value):
        return ""
    exact = Decimal(repr(value))
    if abs(value) < MOST_WITH_DECIMALS:
        exact = exact.quantize(Decimal(1).scaleb(-PLACES))
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
