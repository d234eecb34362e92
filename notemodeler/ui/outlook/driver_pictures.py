"""Tornado and maps as their charts take them: words for every end and every cell."""

from notemodeler.app.driver_maps import HeatMap
from notemodeler.app.driver_words import (
    cell_tip,
    end_tip,
    measured_words,
    short_figure,
    whole_figure,
)
from notemodeler.app.measured import Yield
from notemodeler.app.what_drives import DriverBar, Tornado
from notemodeler.ui.charts.heat_grid import Head, HeatCell, HeatGrid
from notemodeler.ui.charts.tornado_chart import TornadoEnd, TornadoRow


def tornado_rows(found: Tornado, which: Yield) -> tuple[tuple[TornadoRow, ...], float, str]:
    """The rows, the strongest first, the base and its words."""
    base = found.base.of(which)
    rows = tuple(
        TornadoRow(
            bar.label, bar.own_words, (_end(bar, which, high=False), _end(bar, which, high=True))
        )
        for bar in found.ranked(which)
    )
    return rows, base.value, f"as the note stands: {whole_figure(base, which.unit)}"


def _end(bar: DriverBar, which: Yield, *, high: bool) -> TornadoEnd:
    found, change = (bar.high, bar.high_change) if high else (bar.low, bar.low_change)
    value = found.of(which).value
    return TornadoEnd(
        bar.high_words if high else bar.low_words, value, change.of(which).error,
        short_figure(value, which.unit), end_tip(bar, high, which),
    )  # fmt: skip


def grid_of(found: HeatMap, which: Yield) -> HeatGrid:
    """The map with a number in every cell that is known."""
    rows, columns = found.row_axis, found.column_axis
    cells = tuple(
        tuple(_cell(found, row, column, which) for column in range(len(found.columns)))
        for row in range(len(found.rows))
    )
    known = [cell.value for line in cells for cell in line if cell.value is not None]
    ends = (
        [short_figure(each, which.unit) for each in (min(known), max(known))] if known else ["", ""]
    )
    return HeatGrid(
        rows.label, columns.label, _heads(rows.values, rows.remarks),
        _heads(columns.values, columns.remarks), cells, found.own, *ends,
    )  # fmt: skip


def _heads(values: tuple[str, ...], remarks: tuple[str, ...]) -> tuple[Head, ...]:
    return tuple(Head(text, remark) for text, remark in zip(values, remarks, strict=True))


def _cell(found: HeatMap, row: int, column: int, which: Yield) -> HeatCell:
    measured = found.cells[row][column]
    tip = cell_tip(found, row, column, which)
    if measured is None:
        return HeatCell(tip=tip, is_known=(row, column) in found.known)
    text, error = measured_words(measured, which)
    return HeatCell(text, error, measured.of(which).value, tip, True)
