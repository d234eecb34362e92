"""The native charts, and their points: previewers draw a chart from the numbers kept inside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

from notemodeler.io.workbook.cells import NOT_AVAILABLE, NotAvailable, Value, cached_parts
from notemodeler.io.workbook.sheet import Sheet

BLUE, ORANGE, GREEN, GRID = "0072B2", "D55E00", "009E73", "D9DEE5"
COLUMNS = 6
LINE_WIDTH = 19_050
"""One and a half points in the units of drawings."""


@dataclass(frozen=True, slots=True)
class Points:
    """A range of a sheet with the values that its cells show."""

    reference: str
    values: Sequence[Value | NotAvailable]

    def cache_xml(self) -> str:
        """The values as a chart keeps them; a cell without a number has no point."""
        kept = "".join(
            f'<pt idx="{at}"><v>{cached_parts(value)[1]}</v></pt>'
            for at, value in enumerate(self.values)
            if value is not NOT_AVAILABLE and value is not None
        )
        head = f'<formatCode>General</formatCode><ptCount val="{len(self.values)}"/>'
        return f"<numCache>{head}{kept}</numCache>"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart."""

    title: str
    days: Points
    amounts: Points
    colour: str
    dashed: bool = False
    dotted: bool = False
    """Whether the points are marked, where a straight line between them is not what happened."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart: what it says and what it draws."""

    title: str
    axis_title: str
    number_format: str
    lines: tuple[Line, ...]


def draw(
    sheet: Sheet, picture: Picture, row: int, rows: int, columns: tuple[int, int] = (0, COLUMNS)
) -> None:
    """Add the chart to the sheet: from the row on, so many rows high, from one column's left to another's."""
    chart = ScatterChart()
    chart.style, chart.scatterStyle = 2, "lineMarker"
    chart.title, chart.legend.position = picture.title, "b"
    chart.title.overlay = False
    chart.layout = Layout(ManualLayout(x=0.08, y=0.14, w=0.89, h=0.62, layoutTarget="inner"))
    for line in picture.lines:
        chart.series.append(_series(line))
    first = [min(_numbers(line.days), default=0) for line in picture.lines]
    last = [max(_numbers(line.days), default=1) for line in picture.lines]
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = min(first), max(last)
    chart.x_axis.number_format, chart.y_axis.number_format = "mmm yyyy", picture.number_format
    chart.y_axis.title = picture.axis_title
    chart.y_axis.scaling.min = 0
    for axis in (chart.x_axis, chart.y_axis):
        # Newer versions of Excel hide an axis that does not say it is there.
        axis.delete = False
        axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=columns[0], row=row - 1),
        to=AnchorMarker(col=columns[1], row=row - 1 + rows),
    )
    sheet.worksheet.add_chart(chart)


def _numbers(points: Points) -> list[float]:
    return [value for value in points.values if isinstance(value, int | float)]


def _series(line: Line) -> Series:
    series = Series(
        Reference(range_string=line.amounts.reference),
        Reference(range_string=line.days.reference),
        title=line.title,
    )
    series.marker.symbol, series.smooth = ("circle" if line.dotted else "none"), False
    if line.dotted:
        series.marker.size = 4
        series.marker.graphicalProperties = GraphicalProperties(solidFill=line.colour)
        series.marker.graphicalProperties.line.solidFill = line.colour
    stroke = series.graphicalProperties.line
    stroke.solidFill, stroke.width = line.colour, LINE_WIDTH
    if line.dashed:
        stroke.dashStyle = "dash"
    return series
