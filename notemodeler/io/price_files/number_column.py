"""A column of numbers: what point and comma mean is settled by all of it, or asked."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from notemodeler.domain.kinds import PRICE, decimals_of
from notemodeler.domain.numbers import (
    MONEY_CONTEXT,
    SPACES,
    Style,
    Unreadable,
    read_decimal,
    show_decimal,
)
from notemodeler.domain.prices import PriceBar
from notemodeler.domain.terms import fields_of
from notemodeler.io.price_files.limits import shown
from notemodeler.io.price_files.tables import Cell

PRICE_TERM = next(field.term for field in fields_of(PriceBar, "bar") if field.leaf == "price")
NO_QUOTE = frozenset(
    {"", "-", "--", "–", "—", "null", "none", "n/a", "na", "n.a.", "#n/a", "#n/d", "#nv", "#na"}
    | {"#brak", "b/d", "#n/a n/a", "#n/a field not applicable", "no quote", "no bid"}
)
"""What sources write on a day when nobody quoted a price, in lower case."""

LONGEST = 64
CURRENCY = (
    r"US\$|R\$|C\$|CA\$|A\$|\$|€|£|¥|₹|zł|(?:USD|EUR|GBP|CHF|CAD|AUD|PLN|SEK|NOK|DKK|JPY|INR|BRL)\b"
)
BEFORE = re.compile(rf"([+-]?)\s?({CURRENCY})\s?", re.IGNORECASE)
AFTER = re.compile(rf"\s?({CURRENCY})$", re.IGNORECASE)
DOLLARS = frozenset({"", "$", "US$", "USD"})
QUICK = {
    "point": re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,12})?"),
    "comma": re.compile(r"(?:0|[1-9][0-9]{0,8})(?:,[0-9]{1,12})?"),
}
PARTED = re.compile(
    r"[+-]?[0-9]{1,3}(?:(?: [0-9]{3})+|(?:['’][0-9]{2,3})*['’][0-9]{3})(?:[.,][0-9]*)?"
)
ONE_MARK_OF_THREE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
NUMBER = re.compile(r"[0-9]*[.,]?[0-9]+(?:[.,' ’][0-9]+)*[.,]?|[0-9]+[.,]")
AMOUNT_SUFFIX = re.compile(r"(?<=[0-9])\s?[KMBT%]$", re.IGNORECASE)
USELESS_ZERO = re.compile(r"[+-]?0[0-9]")


class DecimalMark(StrEnum):
    """The decimal mark of a column; the values are the keys of the question."""

    POINT = "point"
    COMMA = "comma"

    @property
    def style(self) -> Style:
        return Style(".", ",") if self is DecimalMark.POINT else Style(",", ".")


def is_no_quote(text: str) -> bool:
    return " ".join(text.split()).lower() in NO_QUOTE


def bare_number(text: str) -> tuple[str, str]:
    """The number without its currency, and the currency as written; spaces become plain ones."""
    body = text.translate(dict.fromkeys(SPACES, " ")).strip()
    if match := BEFORE.match(body):
        return match[1] + body[match.end() :], match[2]
    if match := AFTER.search(body):
        return body[: match.start()], match[1]
    return body, ""


def looks_like_number(cell: Cell) -> bool:
    """Whether the cell reads as a number in some locale, amounts such as 40.27M included."""
    if not isinstance(cell, str):
        return isinstance(cell, Decimal)
    if len(cell) > LONGEST:
        return False
    body = AMOUNT_SUFFIX.sub("", bare_number(cell)[0]).strip("+-−()")
    return bool(NUMBER.fullmatch(body.partition("e")[0].partition("E")[0]))


def marks_of(text: str) -> frozenset[DecimalMark] | None:
    """The decimal marks under which the text is a number; None when it says nothing about them."""
    if ("." not in text and "," not in text) or len(text) > LONGEST or not looks_like_number(text):
        return None
    body = AMOUNT_SUFFIX.sub("", bare_number(text)[0]).strip("+-−()").lower().partition("e")[0]
    points, commas = body.count("."), body.count(",")
    if points and commas:
        decimal_is_point = body.rfind(".") > body.rfind(",")
    elif points + commas > 1:
        decimal_is_point = bool(commas)
    elif ONE_MARK_OF_THREE.fullmatch(body):
        return frozenset(DecimalMark)
    else:
        decimal_is_point = bool(points)
    return frozenset({DecimalMark.POINT if decimal_is_point else DecimalMark.COMMA})


@dataclass
class MarkEvidence:
    """What the numbers of a column say about their decimal mark, gathered cell by cell."""

    point: str = ""
    comma: str = ""
    open_example: str = ""

    def add(self, text: str) -> None:
        """Takes a cell in; those that cannot change the verdict cost one look."""
        if (self.point and "," not in text) or (self.comma and "." not in text):
            return
        marks = marks_of(text)
        if marks is None:
            return
        if len(marks) == 2:
            self.open_example = self.open_example or text.strip()
        elif DecimalMark.POINT in marks:
            self.point = text.strip()
        else:
            self.comma = text.strip()

    @property
    def settled(self) -> DecimalMark | None:
        if bool(self.point) == bool(self.comma):
            return None
        return DecimalMark.POINT if self.point else DecimalMark.COMMA

    @property
    def says_nothing(self) -> bool:
        return not (self.point or self.comma or self.open_example)

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Each mark with a number of the column as it would read."""
        example = self.open_example or self.point or self.comma
        return tuple(
            (mark.value, f"{example} is {_reading(example, mark)}") for mark in DecimalMark
        )


def _reading(example: str, mark: DecimalMark) -> str:
    try:
        value = read_decimal(bare_number(example)[0], mark.style)
    except Unreadable:
        return "not a number"
    return show_decimal(value, Style(group_mark=""))


class PriceReader:
    """Reads the cells of one price column once the decimal mark is settled."""

    def __init__(self, mark: DecimalMark) -> None:
        self._style = mark.style
        self._is_plain = QUICK[mark.value].fullmatch
        self._has_points = mark is DecimalMark.POINT
        self.has_rounded = False
        self.foreign_currency = ""

    def read(self, cell: Cell) -> Decimal | None:
        """The price, None for a day without a quote; raises `Unreadable` with a sentence."""
        if isinstance(cell, str):
            # The plain form needs no parser: this is the line that a million rows go through.
            if self._is_plain(cell):
                value = Decimal(cell if self._has_points else cell.replace(",", "."))
                if value:
                    return value
            return self._read_text(cell)
        if isinstance(cell, Decimal):
            return self._checked(cell, str(cell))
        raise Unreadable(f"“{cell}” is a date, not a price.")

    def _read_text(self, text: str) -> Decimal | None:
        if len(text) > LONGEST:
            raise Unreadable(f"“{shown(text, 40)}” is too long for a number.")
        if is_no_quote(text):
            return None
        body, currency = bare_number(text)
        if " " in body or "'" in body or "’" in body:
            _refuse_odd_parts(body, text)
        if USELESS_ZERO.match(body):
            raise Unreadable(f"“{shown(text)}” begins with a zero that a price does not have.")
        value = self._checked(read_decimal(body, self._style), shown(text))
        if currency.upper() not in DOLLARS:
            self.foreign_currency = self.foreign_currency or currency
        return value

    def _checked(self, value: Decimal, text: str) -> Decimal:
        if value <= 0:
            raise Unreadable(f"“{text}” is not above zero.")
        if decimals_of(value) > PRICE.most:
            value = value.quantize(Decimal(1).scaleb(-PRICE.most), context=MONEY_CONTEXT)
            self.has_rounded = True
            if not value:
                raise Unreadable(f"“{text}” has more than {PRICE.most} decimals.")
        PRICE_TERM.within(value)
        return value


def _refuse_odd_parts(body: str, text: str) -> None:
    """Spaces and apostrophes may only part groups of digits: `12 34` is two numbers, not 1234."""
    inner = body[1:-1] if body.startswith("(") and body.endswith(")") else body
    if not PARTED.fullmatch(inner.replace("−", "-").replace("- ", "-")):
        raise Unreadable(f"The grouping of digits in “{shown(text)}” is not clear.")
