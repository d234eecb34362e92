"""The kinds of value a term can have: each reads and shows text and goes to and from file data."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from notemodeler.domain.dates import read_date, show_date
from notemodeler.domain.numbers import (
    CANONICAL,
    FORM,
    Style,
    Unreadable,
    read_decimal,
    show_decimal,
)

HUNDRED = Decimal(100)


class Kind(Protocol):
    """What every kind can do. `name` is stable: files, commands and editors select by it."""

    @property
    def name(self) -> str: ...

    def read(self, text: str, style: Style = FORM) -> Any:
        """The value the text stands for; raises `Unreadable` with a sentence."""

    def show(self, value: Any, style: Style = FORM) -> str:
        """The text that `read` turns back into the same value."""

    def to_data(self, value: Any) -> Any:
        """The value as JSON holds it: decimals and dates as text, flags as booleans."""

    def from_data(self, data: Any) -> Any:
        """The value of what JSON holds; raises `Unreadable`."""


class _TextualKind:
    """A kind whose file form is its canonical text."""

    def to_data(self: Kind, value: Any) -> Any:
        return self.show(value, CANONICAL)

    def from_data(self: Kind, data: Any) -> Any:
        if not isinstance(data, str):
            raise Unreadable(f"A text was expected here, not {data!r}.")
        return self.read(data, CANONICAL)


class TextKind(_TextualKind):
    """One line of text without control characters."""

    name = "text"

    def __init__(self, longest: int = 200) -> None:
        self.longest = longest

    def read(self, text: str, style: Style = FORM) -> str:
        line = " ".join(text.split())
        if len(line) > self.longest:
            raise Unreadable(f"This text may have {self.longest} characters at most.")
        if any(not character.isprintable() for character in line):
            raise Unreadable("This text holds a character that cannot be printed.")
        return line

    def show(self, value: str, style: Style = FORM) -> str:
        return value


class DateKind(_TextualKind):
    """A day of the calendar, ISO in files."""

    name = "date"

    def read(self, text: str, style: Style = FORM) -> date:
        return read_date(text, style)

    def show(self, value: date, style: Style = FORM) -> str:
        return value.isoformat() if style is CANONICAL else show_date(value)


class DecimalKind(_TextualKind):
    """A decimal number with a least and a most number of decimals."""

    def __init__(self, name: str, least: int = 0, most: int = 12) -> None:
        self.name, self.least, self.most = name, least, most

    def read(self, text: str, style: Style = FORM) -> Decimal:
        value = read_decimal(text, style)
        if decimals_of(value) > self.most:
            raise Unreadable(f"At most {self.most} decimals can be given here.")
        return value

    def show(self, value: Decimal, style: Style = FORM) -> str:
        return show_decimal(value, style, least=0 if style is CANONICAL else self.least)


class RateKind(_TextualKind):
    """A fraction that people read as percent: `8 %` in a form, `0.08` in a file."""

    name = "rate"

    def read(self, text: str, style: Style = FORM) -> Decimal:
        stripped = text.strip()
        has_sign = stripped.endswith("%")
        value = read_decimal(stripped.rstrip("% "), style)
        if has_sign or style.bare_rate_is_percent:
            return _plain(value / HUNDRED)
        if abs(value) > 10:
            raise Unreadable(
                f"“{stripped}” is read as a fraction here; write {stripped}% for percent."
            )
        return value

    def show(self, value: Decimal, style: Style = FORM) -> str:
        if not style.bare_rate_is_percent:
            return show_decimal(value, style)
        return show_decimal(_plain(value * HUNDRED), style) + " %"

    def from_data(self, data: Any) -> Decimal:
        """A file's rate is always a fraction, however large."""
        if not isinstance(data, str):
            raise Unreadable(f"A text was expected here, not {data!r}.")
        return read_decimal(data, CANONICAL)


class CountKind(_TextualKind):
    """A whole number: shares, days, places."""

    def __init__(self, name: str = "count") -> None:
        self.name = name

    def read(self, text: str, style: Style = FORM) -> int:
        value = read_decimal(text, style)
        if value != value.to_integral_value():
            raise Unreadable(f"“{text.strip()}” is not a whole number.")
        return int(value)

    def show(self, value: int, style: Style = FORM) -> str:
        return show_decimal(Decimal(value), style)

    def to_data(self, value: Any) -> int:
        return int(value)

    def from_data(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise Unreadable(f"A whole number was expected here, not {data!r}.")
        return data


class FlagKind(_TextualKind):
    """Yes or no."""

    name = "flag"

    def read(self, text: str, style: Style = FORM) -> bool:
        word = text.strip().lower()
        if word in ("yes", "true", "y", "on", "1"):
            return True
        if word in ("no", "false", "n", "off", "0"):
            return False
        raise Unreadable(f"“{text.strip()}” is neither yes nor no.")

    def show(self, value: bool, style: Style = FORM) -> str:
        return "yes" if value else "no"

    def to_data(self, value: Any) -> bool:
        return bool(value)

    def from_data(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise Unreadable(f"true or false was expected here, not {data!r}.")
        return data


class Choice(StrEnum):
    """A closed list of words of the trade; `value` is the file's word, `label` the reader's."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Choice":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ChoiceKind(_TextualKind):
    """One of a closed list."""

    name = "choice"

    def __init__(self, choices: type[Choice]) -> None:
        self.choices = choices

    def read(self, text: str, style: Style = FORM) -> Choice:
        word = " ".join(text.split()).lower()
        for choice in self.choices:
            if word in (choice.value, choice.label.lower()):
                return choice
        known = ", ".join(choice.value for choice in self.choices)
        raise Unreadable(f"“{text.strip()[:40]}” is not one of: {known}.")

    def show(self, value: Choice, style: Style = FORM) -> str:
        return value.value if style is CANONICAL else value.label


def decimals_of(value: Decimal) -> int:
    """How many decimals the value needs, trailing zeros aside."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal) -> Decimal:
    reduced = value.normalize()
    exponent = reduced.as_tuple().exponent
    return reduced.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else reduced


TEXT = TextKind()
DATE = DateKind()
MONEY = DecimalKind("money", least=2, most=2)
PRICE = DecimalKind("price", least=4, most=12)
RATE = RateKind()
COUNT = CountKind()
SHARES = CountKind("shares")
DAYS = CountKind("days")
FLAG = FlagKind()
