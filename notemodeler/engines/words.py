"""Small pieces of plain English that explanations and clauses are made of."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import MONEY, RATE
from notemodeler.domain.numbers import FORM, MONEY_CONTEXT, show_decimal

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip

TWELVE = Decimal("0.000000000001")


def number_word(count: int) -> str:
    """`three` up to twenty, figures from there."""
    return NUMBER_WORDS[count] if 0 <= count < len(NUMBER_WORDS) else f"{count:,}"


def counted(count: int, thing: str) -> str:
    """`one trading day`, `ten trading days`."""
    return f"{number_word(count)} {thing}" + ("" if count == 1 else "s")


def dollars(amount: Decimal) -> str:
    """`$130,000.00`."""
    return "$" + MONEY.show(amount)


def price_text(price: Decimal, least: int = 4) -> str:
    """`$0.00078`: every decimal that matters, at least so many; a long quotient is cut at twelve, marked `…`."""
    cut = price.quantize(TWELVE, rounding=ROUND_DOWN, context=MONEY_CONTEXT)
    return "$" + show_decimal(cut, FORM, least=least) + ("" if cut == price else "…")


def percent(rate: Decimal) -> str:
    """`65 %`."""
    return RATE.show(rate)


def name_days(days: Sequence[date], most: int = 5) -> str:
    """The days by name, the first few if there are many."""
    named = [show_date(day) for day in days[:most]]
    more = len(days) - most
    if more > 0:
        return f"{'; '.join(named)} and {counted(more, 'more day')}"
    return named[0] if len(named) == 1 else f"{'; '.join(named[:-1])} and {named[-1]}"
