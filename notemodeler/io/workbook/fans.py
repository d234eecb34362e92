"""The fans of what may come: quantiles of price and conversion price by day, as a table and as charts."""

from collections.abc import Callable, Iterator

from notemodeler.io.workbook.cells import Value, serial
from notemodeler.io.workbook.charts import BLUE, ORANGE, Line, Picture, Points
from notemodeler.io.workbook.sheet import WORKING, Column
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import Outlook, known

LEVELS = (5, 25, 50, 75, 95)
FANS = (("price", "Price", BLUE, "7FB8D9"), ("conversion", "Conversion price", ORANGE, "EAAE7F"))
"""Name, heading and the colours of the middle and of the lines around it."""
DAY_WIDTH, WIDTH = 40, 14


def fan_columns(outlook: Outlook) -> Iterator[Column]:
    """One row a simulated day; the standard errors stand on the right, off the paper."""
    yield Column(
        "day", "Day", DAY_WIDTH, "fixed.date", [serial(day) for day in outlook.days], defined_name="fan_day"
    )  # fmt: skip
    for name, heading, _, _ in FANS:
        for level, values in zip(LEVELS, _rows(outlook, name), strict=True):
            yield Column(
                f"{name}_{level}", f"{heading}, {level} %, $", WIDTH, "fixed.price", values,
                defined_name=f"fan_{name}_{level}",
            )  # fmt: skip
    yield Column(
        "gone", "Part of the paths with the note gone", WIDTH, "fixed.part", outlook.gone_by,
        defined_name="fan_gone",
    )  # fmt: skip
    for name, heading, _, _ in FANS:
        for level, errors in zip(LEVELS, _rows(outlook, name, errors=True), strict=True):
            yield Column(
                f"{name}_{level}_error", f"± of {heading.lower()}, {level} %", WIDTH, "faint.price",
                errors, heading_style=WORKING, defined_name=f"fan_{name}_{level}_error",
            )  # fmt: skip


def _rows(outlook: Outlook, name: str, *, errors: bool = False) -> list[list[Value]]:
    """A row for each level with a figure for each day."""
    fan = outlook.price if name == "price" else outlook.conversion_price
    if fan is None:
        return [[] for _ in LEVELS]
    # What lies below six digits is noise of the simulation many times over.
    return [
        [None if known(value) is None else float(f"{value:.6g}") for value in row]
        for row in (fan.errors if errors else fan.rows)
    ]


def fan_pictures(source: WorkbookInput, range_of: Callable[[str], str]) -> tuple[Picture, ...]:
    """A chart for each fan; none where nothing was simulated. `range_of` tells where a name's cells are."""
    outlook = source.valuation.outlook if source.valuation else None
    if outlook is None or not outlook.days:
        return ()
    days = Points(range_of("fan_day"), [serial(day) for day in outlook.days])
    found = []
    for name, heading, middle, around in FANS:
        lines = tuple(
            Line(
                f"{level} %", days, Points(range_of(f"fan_{name}_{level}"), values),
                middle if level == LEVELS[2] else around, dashed=level in (LEVELS[0], LEVELS[-1]),
            )
            for level, values in zip(LEVELS, _rows(outlook, name), strict=True)
        )  # fmt: skip
        found.append(Picture(f"{heading}: quantiles of the paths", "$ a share", "0.0000##", lines))
    return tuple(found)
