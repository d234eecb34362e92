"""Reading and writing decimal numbers as people write them, never through a float and never by a guess."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import NamedTuple

MONEY_CONTEXT = Context(
    prec=50, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow, DivisionByZero]
)
"""The context of every contract figure: wide enough that no intermediate result is rounded visibly."""

ROUNDING_CONTEXT = Context(
    prec=200, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow, DivisionByZero]
)
"""For putting a figure to so many decimals, however large it has grown."""

CENT, FINEST = Decimal("0.01"), Decimal(1).scaleb(-22)
LARGEST_AMOUNT = Decimal("9999999999999.99")
"""Above ten trillion a workbook cell cannot hold the cents."""
LARGEST_EXPONENT = 24
"""Numbers above 1e24 or finer than 1e-24 are refused before they are converted (they would hang `int`)."""


class Unreadable(ValueError):
    """A text that cannot be read; its message is a sentence for the user."""


class Style(NamedTuple):
    """How one reader writes numbers, rates and dates: marks, and what a bare rate means."""

    decimal_mark: str = "."
    group_mark: str = ","
    day_first: bool = False
    bare_rate_is_percent: bool = True


FORM = Style()
"""What a US reader types into a form: `8` in a rate field is 8 %."""

CANONICAL = Style(group_mark="", bare_rate_is_percent=False)
"""What files and commands hold: ISO dates, plain decimals, rates as fractions unless a % sign follows."""

SPACES = {**dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t"), " "), ord("\u2019"): "'"}
MINUS_SIGNS = dict.fromkeys(map(ord, "\u2212\u2013\ufe63\uff0d"), "-")
GROUPING = " '"
"""Marks that group digits in every style, besides the style's own."""
DIGITS_AND_EXPONENT = "0123456789eE+-"
CURRENCY = re.compile(r"^(?:US\$|USD|\$|€|£)|(?:USD|\$|€|£)$", re.IGNORECASE)
PLAIN = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{2})*,[0-9]{3}|[0-9]{1,3}(?:,[0-9]{3})+")


def read_decimal(text: str, style: Style = FORM) -> Decimal:
    """The number a text stands for, exactly.

    Accepts a currency sign, grouping by the style's mark, by spaces or by apostrophes, accounting
    brackets and the typographic minus. Raises `Unreadable` for anything else, a mark in a place
    where it could mean two numbers included.
    """
    shown = text.strip()
    if len(shown) > 64:
        raise Unreadable("A number may have 64 characters at most.")
    if not shown:
        raise Unreadable("There is no number here.")
    body, negative = _without_sign(shown.translate(MINUS_SIGNS).translate(SPACES))
    body = CURRENCY.sub("", body).strip()
    if negative_after_currency := body.startswith("-") and not negative:
        body = body[1:].strip()
    plain = _ungrouped(body, style, shown)
    if not PLAIN.fullmatch(plain):
        raise Unreadable(f"“{shown}” is not a number.")
    value = _bounded(plain, shown)
    return value.copy_negate() if (negative or negative_after_currency) and value else value


def _without_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith(("-", "+")):
        return text[1:].strip(), text[0] == "-"
    return text, False


def _ungrouped(body: str, style: Style, shown: str) -> str:
    """The digits with a point for the decimal mark; groups must be where groups can be."""
    whole, mark, rest = body.partition(style.decimal_mark)
    marks = {character for character in whole if character in {style.group_mark, *GROUPING}}
    if rest.strip(DIGITS_AND_EXPONENT):
        raise Unreadable(f"“{shown}” is not a number.")
    if len(marks) > 1 or (marks and not GROUPED.fullmatch(whole.replace(min(marks), ","))):
        raise Unreadable(f"The grouping of digits in “{shown}” is not clear.")
    if marks:
        whole = whole.replace(min(marks), "")
    elif len(whole) > 1 and whole.startswith("0") and whole.isdigit():
        raise Unreadable(f"“{shown}” begins with a zero; write the decimal mark if one is missing.")
    return f"{whole}.{rest}" if mark else whole


def _bounded(plain: str, shown: str) -> Decimal:
    value = Decimal(plain)
    if value and not -LARGEST_EXPONENT <= value.adjusted() <= LARGEST_EXPONENT:
        raise Unreadable(f"“{shown}” is too large or too small for this program.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -LARGEST_EXPONENT:
        raise Unreadable(f"“{shown}” has more than {LARGEST_EXPONENT} decimals.")
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def show_decimal(
    value: Decimal, style: Style = FORM, *, least: int = 0, most: int | None = None
) -> str:
    """The value in the style's marks with between `least` and `most` decimals, never an exponent."""
    if most is not None:
        value = value.quantize(Decimal(1).scaleb(-most), context=MONEY_CONTEXT)
    sign = "-" if value < 0 else ""
    whole, _, decimals = format(abs(value), "f").partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    if style.group_mark:
        whole = f"{int(whole):,}".replace(",", style.group_mark)
    return f"{sign}{whole}{style.decimal_mark}{decimals}" if decimals else f"{sign}{whole}"


def total_of(*amounts: Decimal) -> Decimal:
    """The sum in the context of money."""
    total = amounts[0]
    for amount in amounts[1:]:
        total = MONEY_CONTEXT.add(total, amount)
    return total


def to_cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent, as Excel's ROUND does.

    A quotient cut at fifty digits that stands for half a cent is taken for half a cent.
    """
    return without_noise(amount).quantize(CENT, rounding=ROUND_HALF_UP, context=ROUNDING_CONTEXT)


def without_noise(value: Decimal) -> Decimal:
    """The value to 22 decimals: a quotient such as 2/3 is cut at fifty digits, and what comes out of it
    may miss a whole number by a hair that rounding up or down would make a whole unit.
    """
    return value.quantize(FINEST, context=ROUNDING_CONTEXT)
