"""The days on which reports value a note by the calendar: the ends of quarters."""

from collections.abc import Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def quarter_ends(start: date, end: date) -> Iterator[date]:
    """The last days of the calendar quarters after the start and by the end."""
    for year in range(start.year, end.year + 1):
        for month in (4, 7, 10, 13):
            following = date(year + month // 13, month % 12, 1)
            day = following - ONE_DAY
            if start < day <= end:
                yield day
