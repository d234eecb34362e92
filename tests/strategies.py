"""Hypothesis strategies that draw nouns of the trade through their own terms.

`projects()`, `notes()`, `price_series()` and `price_rules()` draw anything that the terms allow,
within the hard bounds; `nouns(cls)` does so for any dataclass of the domain. Keyword arguments
replace a field's strategy: `notes(principal_amount=st.just(Decimal(100)))`.
"""

import dataclasses
import datetime
import types
import typing
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from notemodeler.domain.dates import EARLIEST, LATEST
from notemodeler.domain.kinds import (
    Choice,
    ChoiceKind,
    CountKind,
    DateKind,
    DecimalKind,
    FlagKind,
    RateKind,
    TextKind,
)
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.rule import PriceRule
from notemodeler.domain.terms import Term

LARGEST = 10**15
DAYS = (LATEST - EARLIEST).days


def projects(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Project]:
    """Whole documents: an issuer, some prices, at least one note."""
    drawn = {
        "prices": st.lists(price_series(), max_size=2).map(tuple),
        "notes": st.lists(notes(), min_size=1, max_size=2).map(tuple),
    }
    return nouns(Project, **{**drawn, **parts})


def notes(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Note]:
    """Notes whose dates and amounts need not make sense together."""
    return nouns(Note, **parts)


def price_rules(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[PriceRule]:
    """Price rules of every composition."""
    return nouns(PriceRule, **parts)


def price_series(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[PriceSeries]:
    """Series of up to eight bars with gaps, in date order."""
    return nouns(PriceSeries, **{"bars": rows(PriceBar, most=8), **parts})


def nouns(cls: type, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any dataclass of the domain, from its terms and types."""
    hints = typing.get_type_hints(cls)
    drawn = {
        field.name: parts[field.name] if field.name in parts else _field(field, hints[field.name])
        for field in dataclasses.fields(cls)
        if field.init
    }
    return st.builds(cls, **drawn)


def rows(cls: type, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Rows of a dataclass; those with a date are in date order, each date once."""
    dated = "date" in {field.name for field in dataclasses.fields(cls)}
    drawn = st.lists(nouns(cls), max_size=most, unique_by=(lambda row: row.date) if dated else None)
    return drawn.map(
        lambda found: tuple(sorted(found, key=lambda row: row.date) if dated else found)
    )


def values(term: Term) -> st.SearchStrategy[Any]:
    """The values within a term's hard bounds, None too if it is optional."""
    drawn = _of_kind(term)
    return st.none() | drawn if term.optional else drawn


def dates() -> st.SearchStrategy[datetime.date]:
    """Days that the program can read."""
    return st.integers(0, DAYS).map(lambda days: EARLIEST + datetime.timedelta(days=days))


def texts(longest: int = 12) -> st.SearchStrategy[str]:
    """One line of printable text as the program keeps it."""
    letters = st.characters(exclude_categories=("C", "Z")) | st.just(" ")
    return st.text(letters, max_size=longest).map(lambda text: " ".join(text.split()))


def decimals(least: Decimal, most: Decimal, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals between the bounds with up to so many decimals."""

    def between(used: int) -> st.SearchStrategy[Decimal]:
        one = Decimal(1).scaleb(-used)
        low, high = -int(-least // one), int(most // one)
        return st.integers(low, high).map(lambda count: Decimal(count).scaleb(-used))

    enough = max(0, -int(least.normalize().as_tuple().exponent))
    return st.sampled_from(sorted({min(enough, places), places})).flatmap(between)


def _field(field: dataclasses.Field[Any], hint: Any) -> st.SearchStrategy[Any]:
    term = field.metadata.get("term")
    return values(term) if term is not None else _of_type(hint)


def _of_kind(term: Term) -> st.SearchStrategy[Any]:
    kind = term.kind
    if isinstance(kind, RowsKind):
        return rows(kind.noun)
    if isinstance(kind, ChoiceKind):
        return st.sampled_from(list(kind.choices))
    if isinstance(kind, DateKind):
        return dates()
    if isinstance(kind, FlagKind):
        return st.booleans()
    if isinstance(kind, TextKind):
        return texts(min(12, kind.longest))
    if isinstance(kind, CountKind):
        return st.integers(*(int(bound) for bound in _bounds(term, 0)))
    if isinstance(kind, DecimalKind):
        return decimals(*_bounds(term, -LARGEST), kind.most)
    if isinstance(kind, RateKind):
        return decimals(*_bounds(term, -10, 10), 6)
    raise TypeError(f"there is no strategy for {kind}")


def _bounds(term: Term, least: int, most: int = LARGEST) -> tuple[Decimal, Decimal]:
    low = Decimal(least) if term.minimum is None else Decimal(term.minimum)
    return low, Decimal(most) if term.maximum is None else Decimal(term.maximum)


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if part is type(None) else _of_type(part) for part in parts))
    if origin is tuple:
        return rows(parts[0]) if dataclasses.is_dataclass(parts[0]) else _tuples(parts[0])
    if dataclasses.is_dataclass(hint):
        return nouns(hint)
    if isinstance(hint, type) and issubclass(hint, Choice):
        return st.sampled_from(list(hint))
    plain = {
        str: st.text(st.characters(codec="utf-8"), max_size=20),
        datetime.date: dates(),
        int: st.integers(-LARGEST, LARGEST),
        bool: st.booleans(),
        Decimal: decimals(Decimal(-LARGEST), Decimal(LARGEST), 12),
    }
    return plain[hint]


def _tuples(item: type) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(_of_type(item), max_size=3).map(tuple)
