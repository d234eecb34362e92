"""What the workbook's charts show: the conversion price beside the prices, and the balance."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from notemodeler.io.workbook.cells import NOT_AVAILABLE, NotAvailable, Value, plain, serial
from notemodeler.io.workbook.charts import BLUE, GREEN, ORANGE, Line, Picture, Points
from notemodeler.io.workbook.source import WorkbookInput


def pictures(source: WorkbookInput, range_of: Callable[[str], str]) -> tuple[Picture, Picture]:
    """Both charts; `range_of` tells where the cells of a defined name are."""

    def points(name: str, values: Sequence[Value | NotAvailable]) -> Points:
        return Points(range_of(name), values)

    return _price_picture(source, points), _balance_picture(source, points)


PointMaker = Callable[[str, Sequence[Value | NotAvailable]], Points]


def _price_picture(source: WorkbookInput, points: PointMaker) -> Picture:
    days = points("notice_date", [serial(day) for day in source.days])
    price_on = dict(zip(source.listed.days, source.listed.prices, strict=True))
    prices = points("drawn_price", [drawn(price_on[day]) for day in source.days])
    found = [drawn(day.window.conversion) for day in source.notice_days]
    label = source.series.kind.label.capitalize() if source.series else "Price"
    return Picture(
        "Conversion price", "$ a share", "0.0000##",
        (
            Line(label, days, prices, BLUE),
            Line("Conversion price", days, points("drawn_conversion", found), ORANGE),
        ),
    )  # fmt: skip


def _balance_picture(source: WorkbookInput, points: PointMaker) -> Picture:
    rows = source.schedule
    days = points("sched_date", [serial(row.date) for row in rows])
    total = points("sched_total_due", [plain(row.closing.total) for row in rows])
    principal = points("sched_closing_principal", [plain(row.closing.principal) for row in rows])
    return Picture(
        "Balance", "$", "#,##0",
        (
            Line("Total due", days, total, BLUE, dotted=True),
            Line("Principal", days, principal, GREEN, dashed=True),
        ),
    )  # fmt: skip


def drawn(price: Decimal | None) -> Value | NotAvailable:
    """A price as the chart's own column holds it: #N/A, unlike an empty text, leaves a gap."""
    return NOT_AVAILABLE if price is None else plain(price)
