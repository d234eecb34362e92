"""A column of dates: the order of day, month and year is settled by all of it, or asked."""

import datetime
import re
from dataclasses import dataclass, field
from enum import StrEnum

from notemodeler.domain.dates import (
    EIGHT_DIGITS,
    ISO,
    SIX_DIGITS,
    THREE_NUMBERS,
    read_date,
    show_date,
)
from notemodeler.domain.numbers import Style, Unreadable
from notemodeler.io.price_files.date_words import plain_date
from notemodeler.io.price_files.limits import shown
from notemodeler.io.price_files.proposal import Question
from notemodeler.io.price_files.tables import Cell, cell_text

SERIAL = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]{1,12})?")
UNIX = re.compile(r"([0-9]{9,10})(?:[0-9]{3})?(?:\.0*)?")
FIRST_SERIAL, LAST_SERIAL = 29221, 73415
"""Excel's day numbers of 1980-01-01 and 2100-12-31."""
DAY_ZERO = datetime.date(1899, 12, 30)
DAYS_1904_STARTS_LATER = 1462
UNIX_DAY = 86_400
MOST_REMEMBERED = 100_000
CENTURY_TURN = 80


class DateOrder(StrEnum):
    """The order of three numbers; the values are the keys of the question."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    YEAR_FIRST = "year_first"

    @property
    def words(self) -> str:
        return {"m": "month/day/year", "d": "day/month/year", "y": "year/month/day"}[self.value[0]]


def three_numbers(text: str) -> tuple[int, int, str, str] | None:
    """First, second and third number and their separator, where the order is open."""
    if match := THREE_NUMBERS.fullmatch(text):
        return int(match[1]), int(match[3]), match[4], match[2]
    if match := SIX_DIGITS.fullmatch(text):
        return int(match[1]), int(match[2]), match[3], ""
    return None


def day_of_number(text: str, *, from_1904: bool = False) -> datetime.date | None:
    """The day of an Excel serial number or of Unix seconds or milliseconds (UTC), if it is one."""
    if match := SERIAL.fullmatch(text):
        serial = int(match[1]) + (DAYS_1904_STARTS_LATER if from_1904 else 0)
        if FIRST_SERIAL <= serial <= LAST_SERIAL:
            return DAY_ZERO + datetime.timedelta(days=serial)
    elif match := UNIX.fullmatch(text):
        return datetime.date(1970, 1, 1) + datetime.timedelta(days=int(match[1]) // UNIX_DAY)
    return None


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell is a date beyond doubt, its order aside; bare serial numbers are not."""
    if isinstance(cell, str):
        try:
            read_date(plain_date(cell))
        except Unreadable:
            return False
        return True
    return isinstance(cell, datetime.date)


@dataclass
class DateEvidence:
    """What the dates of a column say about their order, gathered one distinct text at a time."""

    day_first: bool = False
    month_first: bool = False
    open_example: str = ""
    example: str = ""
    dots_only: bool = True
    year_first: bool = True
    firsts: set[int] = field(default_factory=set)
    thirds: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        if ISO.fullmatch(text) or EIGHT_DIGITS.fullmatch(text):
            return
        parts = three_numbers(plain_date(text))
        if parts is None:
            return
        first, second, third, separator = parts
        self.example = self.example or text
        self.dots_only &= separator == "."
        if len(third) == 2:
            self._add_short(first, second, third)
        else:
            self.year_first = False
        self.day_first |= 12 < first <= 31 and 1 <= second <= 12
        self.month_first |= 12 < second <= 31 and 1 <= first <= 12
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            self.open_example = self.open_example or text

    def _add_short(self, first: int, second: int, third: str) -> None:
        self.firsts.add(first)
        self.thirds.add(third)
        self.year_first &= 1 <= second <= 12 and 1 <= int(third) <= 31

    def orders(self) -> tuple[DateOrder, ...]:
        """The orders that the column leaves possible, one when it is settled."""
        orders: tuple[DateOrder, ...]
        if self.day_first != self.month_first:
            orders = (DateOrder.DAY_FIRST if self.day_first else DateOrder.MONTH_FIRST,)
        elif self.day_first or (self.open_example and not self.dots_only):
            orders = (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
        else:
            # Dots are only written between day and month in that order; equal numbers have one reading.
            orders = (DateOrder.DAY_FIRST,)
        if not self._years_come_first():
            return orders
        return (DateOrder.YEAR_FIRST,) if max(self.firsts) > 31 else (*orders, DateOrder.YEAR_FIRST)

    def _years_come_first(self) -> bool:
        """Years vary less than days: only then may two-digit dates start with the year."""
        return self.year_first and len(self.firsts) < len(self.thirds)

    def question(self) -> Question | None:
        orders = self.orders()
        if len(orders) == 1:
            return None
        example = self.open_example or self.example
        options = tuple((order.value, _reading(example, order)) for order in orders)
        return Question("date_order", "In which order are the dates written?", options)


def _reading(example: str, order: DateOrder) -> str:
    try:
        return f"{example} is {show_date(DateReader(order).read(example))}"
    except Unreadable:
        return f"{order.words} ({example} does not fit)"


class OrderIsOpenError(Exception):
    """A date whose reading depends on the order, met before the order was settled."""


class DateReader:
    """Reads the cells of one date column in a settled order; equal texts are read once.

    Without an order it reads the dates that need none and raises `OrderIsOpenError` at the first other.
    """

    def __init__(self, order: DateOrder | None, *, from_1904: bool = False) -> None:
        self._order = order
        self._from_1904 = from_1904
        self.known: dict[Cell, datetime.date] = {}
        """The cells read so far, for loops that cannot afford a call a row."""

    def read(self, cell: Cell) -> datetime.date:
        """The day; raises `Unreadable`."""
        day = self.known.get(cell)
        if day is None:
            day = self._read_new(cell_text(cell))
            if len(self.known) < MOST_REMEMBERED:
                self.known[cell] = day
        return day

    def _read_new(self, text: str) -> datetime.date:
        plain = plain_date(text)
        day = day_of_number(plain, from_1904=self._from_1904)
        return read_date(day.isoformat()) if day else self._read_text(plain, text)

    def _read_text(self, plain: str, text: str) -> datetime.date:
        parts = three_numbers(plain)
        if parts is None:
            return read_date(plain)
        if self._order is None:
            raise OrderIsOpenError
        first, second, third, _ = parts
        if self._order is DateOrder.YEAR_FIRST and len(third) == 2:
            century = 2000 if first < CENTURY_TURN else 1900
            return read_date(f"{century + first}-{second}-{third}")
        day_first = self._order is not DateOrder.MONTH_FIRST
        if (second if day_first else first) > 12:
            raise Unreadable(
                f"“{shown(text, 40)}” does not fit the order {self._order.words} of the column."
            )
        return read_date(f"{first}/{second}/{third}", Style(day_first=day_first))
