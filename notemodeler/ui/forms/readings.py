"""How a term's text may be typed beyond its bare value: with its unit, or the other way round (35 % off)."""

import re
from typing import Any

from notemodeler.domain.numbers import Style
from notemodeler.domain.terms import Term

DISCOUNT = re.compile(r"(.*\S)\s*(?:off|discount|below)", re.IGNORECASE)
OF_REFERENCE = "% of the reference price"
"""The unit of a multiplier, which people also state as what is taken off."""
NUMERIC = ("money", "price", "rate", "count", "shares", "days")


def read_term(term: Term, text: str, style: Style) -> Any:
    """The value that the typed text gives a term, None for an optional one left empty; raises `Unreadable`."""
    typed = text.strip()
    if not typed and term.optional:
        return None
    if is_discount(term, typed):
        return term.within(1 - term.kind.read(DISCOUNT.sub(r"\1", typed), style))
    return term.within(term.kind.read(_without_unit(term, typed), style))


def show_term(term: Term, value: Any, style: Style) -> str:
    """The canonical text of a term's value, empty for None."""
    return "" if value is None else term.kind.show(value, style)


def is_discount(term: Term, text: str) -> bool:
    """Whether the text states the discount instead of the multiplier."""
    return term.unit == OF_REFERENCE and DISCOUNT.fullmatch(text.strip()) is not None


def other_reading(term: Term, value: Any, text: str, style: Style) -> str:
    """The same value as the other phrasing says it: `= 35 % discount` beside `65 %`."""
    if term.unit != OF_REFERENCE or value is None:
        return ""
    if is_discount(term, text):
        return f"= {term.kind.show(value, style)}"
    if value > 1:
        return f"= {term.kind.show(value - 1, style)} premium"
    return f"= {term.kind.show(1 - value, style)} discount"


def unit_marks(term: Term) -> tuple[str, str]:
    """The marks around the value: `$` before an amount, the rest of the unit after it."""
    before = "$" if term.unit.startswith("$") else ""
    return before, term.unit.lstrip("$% ")


def _without_unit(term: Term, text: str) -> str:
    """The text without the unit's words, so that `10 trading days` or `10 days` is 10."""
    if term.kind.name not in NUMERIC:
        return text
    _, unit = unit_marks(term)
    for words in (unit, unit.rpartition(" ")[2]):
        if words and text.lower().endswith(words):
            return text[: -len(words)]
    return text
