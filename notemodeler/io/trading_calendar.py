"""The NYSE calendar, which OTC markets follow: read from a table that the `holidays` library made.

Importing the library takes longer than painting the window, so its answer for 1975 to 2110 is kept
in `resources/calendars/nyse.json`; a test holds the table against the installed library.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from notemodeler.domain.calendar import TradingCalendar

TABLE = "calendars/nyse.json"
FIRST_YEAR, LAST_YEAR = 1975, 2110


@cache
def nyse_calendar(folder: Path | None = None) -> TradingCalendar:
    """The exchange's calendar over every year that the table covers."""
    held = json.loads((folder or _resources()).joinpath(TABLE).read_text(encoding="utf-8"))
    closures = frozenset(date.fromisoformat(day) for day in held["closures"])
    first, last = date(held["first_year"], 1, 1), date(held["last_year"], 12, 31)
    return TradingCalendar(first, last, closures)


def closures_from_library(years: Iterable[int]) -> tuple[date, ...]:
    """The weekdays on which the exchange is closed all day, as the `holidays` library knows them."""
    from holidays.financial.ny_stock_exchange import NewYorkStockExchange

    known = NewYorkStockExchange(years=years)  # type: ignore[no-untyped-call]  # the library has no types
    return tuple(sorted(day for day in known if day.weekday() < 5))


def table_text() -> str:
    """The text of the table, made anew from the library."""
    closures = closures_from_library(range(FIRST_YEAR, LAST_YEAR + 1))
    body = {
        "source": "NYSE full-day closures on weekdays, from the Python library holidays",
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "closures": [day.isoformat() for day in closures],
    }
    return json.dumps(body, indent=1) + "\n"


def _resources() -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"
