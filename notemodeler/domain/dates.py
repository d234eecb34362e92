"""Reading and writing calendar dates in every sane way that people type them."""

import re
from datetime import date

from notemodeler.domain.numbers import FORM, Style, Unreadable

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EARLIEST, LATEST = date(1980, 1, 1), date(2100, 12, 31)

ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
EIGHT_DIGITS = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
SIX_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
THREE_NUMBERS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
MONTH_FIRST = re.compile(
    r"([A-Za-z]{3,9})\.?[ -]*([0-9]{1,2})(?:st|nd|rd|th)?,?[ -]+([0-9]{4}|[0-9]{2})"
)
DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]*([A-Za-z]{3,9})\.?,?[ -]*([0-9]{4}|[0-9]{2})"
)


def read_date(text: str, style: Style = FORM) -> date:
    """The date a text names; `style.day_first` settles 4/5/2025. Raises `Unreadable`."""
    shown = " ".join(text.split())
    if not shown:
        raise Unreadable("There is no date here.")
    parts = _parts(shown, style)
    if parts is None:
        raise Unreadable(
            f"“{shown[:40]}” is not a date; write 2018-08-01, 8/1/2018 or Aug 1, 2018."
        )
    year, month, day = parts
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{shown}” is not a day of the calendar.") from None
    if not EARLIEST <= found <= LATEST:
        raise Unreadable(f"“{shown}” is outside {EARLIEST.year} to {LATEST.year}.")
    return found


def is_ambiguous(text: str) -> bool:
    """Whether day and month could be exchanged: three numbers, the first two at most 12 and different."""
    match = THREE_NUMBERS.fullmatch(text.strip())
    if not match or match[2] == ".":
        return False
    first, second = int(match[1]), int(match[3])
    return first <= 12 and second <= 12 and first != second


def _parts(text: str, style: Style) -> tuple[int, int, int] | None:
    for pattern in (ISO, EIGHT_DIGITS):
        if match := pattern.fullmatch(text):
            return int(match[1]), int(match[2]), int(match[3])
    if match := THREE_NUMBERS.fullmatch(text):
        return _ordered(int(match[1]), int(match[3]), match[4], style.day_first or match[2] == ".")
    if match := SIX_DIGITS.fullmatch(text):
        return _ordered(int(match[1]), int(match[2]), match[3], style.day_first)
    if match := MONTH_FIRST.fullmatch(text):
        return _named(match[1], match[2], match[3])
    if match := DAY_FIRST.fullmatch(text):
        return _named(match[2], match[1], match[3])
    return None


def _ordered(first: int, second: int, year: str, day_first: bool) -> tuple[int, int, int]:
    if (first > 12) != (second > 12):
        day_first = first > 12
    day, month = (first, second) if day_first else (second, first)
    return _full_year(year), month, day


def _named(name: str, day: str, year: str) -> tuple[int, int, int] | None:
    lower = name.lower()
    for number, full in enumerate(MONTH_NAMES, start=1):
        if full.lower() == lower or lower in (MONTHS[number - 1], full[:4].lower()):
            return _full_year(year), number, int(day)
    return None


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 80 else 1900)


def show_date(day: date) -> str:
    """The date as `Aug 1, 2018`: short, and no reader can exchange day and month."""
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.day}, {day.year}"


def show_long_date(day: date) -> str:
    """The date as counsel writes it: `August 1, 2018`."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"
