"""The figures of an outlook in words: amounts in their units, and what the picture says in sentences."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from math import floor, isnan, log10
from typing import NamedTuple

from notemodeler.domain.dates import show_date

NOT_KNOWN = "–"
SIGNIFICANT = 3
FINE = 1e-4
PLACES = 6
"""Parts below this are shown with more decimals."""
FEW = 0.005
"""A chance below this is not worth a sentence of its own."""


class Unit(Enum):
    """What a figure counts. A day is the number of a simulated trading day."""

    SHARES = "shares"
    DOLLARS = "dollars"
    PART = "part"
    DAY = "day"
    DAYS = "days"
    PRICE = "price"


class Amount(NamedTuple):
    """A figure in its unit; `days` and `never` are those of a day: a later one never comes."""

    value: float
    unit: Unit
    days: Sequence[date] = ()
    never: int = 0

    @property
    def text(self) -> str:
        return amount_text(self)


def amount_text(amount: Amount) -> str:
    """The figure as a reader takes it; one that is not known as a dash."""
    value = amount.value
    if isnan(value):
        return NOT_KNOWN
    if amount.unit is Unit.PART:
        return f"{100 * value:.{4 if 0 < abs(value) < FINE else 2}f} %"
    if amount.unit is Unit.DOLLARS:
        return f"{value:,.0f}"
    if amount.unit is Unit.PRICE:
        first = floor(log10(abs(value))) if value else 0
        return f"${value:.{max(PLACES, 3 - first)}f}"
    if amount.unit is Unit.DAY:
        place = round(value)
        return show_date(amount.days[place]) if place < amount.never else "not before"
    if amount.unit is Unit.DAYS:
        return f"{value:.1f} days"
    return f"{value:,.0f}"


def about(value: float) -> str:
    """A count in prose, with three figures and commas."""
    if not value:
        return "0"
    places = SIGNIFICANT - 1 - floor(log10(abs(value)))
    return f"{round(value, places):,.0f}"


def percent(part: float) -> str:
    """A part in prose: with one decimal, none from ten percent on."""
    return f"{100 * part:.0f} %" if abs(part) >= 0.0995 else f"{100 * part:.1f} %"


def _paths(part: float) -> str:
    """On what part of the paths, in words."""
    if part in (0.0, 1.0):
        return "on all paths" if part else "on no path"
    return f"on {percent(part)} of the paths"


class Told(NamedTuple):
    """What the sentences are about: quantiles at 5, 50 and 95 %, chances as parts, None where not known."""

    subject: str
    what: str
    issued: tuple[float, float, float]
    share_of_company: tuple[float, float, float] | None
    gone_middle: date | None
    gone_before: float
    matured_high: float
    chances: tuple[tuple[str, float], ...]
    """What may happen, worded to follow “that”, and how likely it is."""


def outlook_sentences(told: Told) -> tuple[str, ...]:
    """Two to four sentences that say what the picture says."""
    return tuple(_sentences(told))


def _sentences(told: Told) -> Iterator[str]:
    low, middle, high = told.issued
    if not high:
        yield f"In 19 of 20 paths {told.subject} no share."
    else:
        company = ""
        if told.share_of_company is not None:
            first, _, last = told.share_of_company
            ends = dict.fromkeys((percent(first), percent(last)))
            company = f", {' to '.join(ends)} of the company"
        if about(low) == about(high):
            yield f"On nearly all paths {told.subject} {about(middle)} shares{company}."
        else:
            yield (
                f"In 9 of 10 paths {told.subject} {about(low)} to {about(high)} shares{company}; "
                f"in the middle one {about(middle)}."
            )
    yield _end(told)
    likely = [(words, part) for words, part in told.chances if part >= FEW]
    unlikely = [words for words, part in told.chances if part < FEW]
    if likely:
        found = "; ".join(f"{percent(part)} that {words}" for words, part in likely)
        yield f"The chances are {found}."
    elif unlikely:
        yield f"It is all but certain that not: {'; '.join(unlikely)}."


def _end(told: Told) -> str:
    """When it is over, and in what part of the paths cash is paid."""
    if told.gone_middle is not None:
        first = (
            f"By {show_date(told.gone_middle)} half of the paths have nothing left of {told.what}"
        )
    else:
        first = f"On most paths something is left of {told.what} when it must be paid"
    rest = f"{_paths(told.gone_before)} all of it is gone before it must be paid"
    if told.matured_high > 0:
        return (
            f"{first}; {rest}, and in 1 of 20 ${about(told.matured_high)} or more fall due in cash."
        )
    return f"{first}; {rest}."
