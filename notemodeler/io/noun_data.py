"""Nouns to plain data and back, by their own fields: what the domain adds needs no word here."""

import dataclasses
import datetime
import types
import typing
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from notemodeler.domain.kinds import COUNT, DATE, FLAG, Choice, ChoiceKind, DecimalKind, Kind
from notemodeler.domain.numbers import Unreadable
from notemodeler.domain.rows import RowsKind

Gaps = Counter[str]
"""How often a field was not there, by its dotted name without places."""


class MisfitError(Exception):
    """A value that has no place in a document, or data that is no such value, and where it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence[:200]
        self._steps: list[str] = []

    def inside(self, step: str) -> "MisfitError":
        self._steps.insert(0, step)
        return self

    @property
    def place(self) -> str:
        return "".join(self._steps).removeprefix(".")


class Form(Protocol):
    """How values of one type stand in a file."""

    def to_data(self, value: Any) -> Any: ...

    def from_data(self, data: Any, name: str, gaps: Gaps) -> Any: ...


def _anything(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Leaf:
    """A single value, written in its kind's one canonical way and read in no other."""

    kind: Kind
    optional: bool
    within: Callable[[Any], Any] = _anything
    """Refuses a value past the hard bounds of its term."""

    def to_data(self, value: Any) -> Any:
        if value is None and self.optional:
            return None
        if value is None:
            raise MisfitError("It is missing.")
        try:
            data = self.kind.to_data(value)
            same = self.within(self.kind.from_data(data)) == value
        except (Unreadable, ArithmeticError) as error:
            raise MisfitError(str(error)) from error
        if not same:
            raise MisfitError(f"{value!s} would come back as {data}.")
        return data

    def from_data(self, data: Any, name: str, gaps: Gaps) -> Any:
        if data is None and self.optional:
            return None
        if isinstance(data, list | dict):
            raise MisfitError("A single value was expected here.")
        try:
            value = self.within(self.kind.from_data(data))
        except Unreadable as error:
            raise MisfitError(str(error)) from error
        canonical = self.kind.to_data(value)
        if canonical != data:
            raise MisfitError(f"{data!r} is written {canonical!r} in a document.")
        return value


@dataclass(frozen=True)
class Line:
    """Text that is no term: whatever UTF-8 can hold."""

    name: str = "text"

    def to_data(self, value: str) -> str:
        return self.from_data(value, "", Counter())

    def from_data(self, data: Any, name: str, gaps: Gaps) -> str:
        if not isinstance(data, str):
            raise MisfitError("A text was expected here.")
        try:
            data.encode("utf-8")
        except UnicodeEncodeError:
            raise MisfitError("This text holds half a character.") from None
        return data


@dataclass(frozen=True)
class Rows:
    """Values of one type in order."""

    item: Form

    def to_data(self, value: tuple[Any, ...]) -> list[Any]:
        rows = []
        for place, item in enumerate(value):
            try:
                rows.append(self.item.to_data(item))
            except MisfitError as misfit:
                raise misfit.inside(f"[{place}]") from misfit.__cause__
        return rows

    def from_data(self, data: Any, name: str, gaps: Gaps) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise MisfitError("A list was expected here.")
        items = []
        for place, row in enumerate(data):
            try:
                items.append(self.item.from_data(row, name, gaps))
            except MisfitError as misfit:
                raise misfit.inside(f"[{place}]") from misfit.__cause__
        return tuple(items)


@dataclass(frozen=True)
class Noun:
    """A dataclass, field by field."""

    cls: type
    parts: tuple[tuple[dataclasses.Field[Any], Form], ...]

    def to_data(self, value: Any) -> dict[str, Any]:
        data = {}
        for field, form in self.parts:
            try:
                data[field.name] = form.to_data(getattr(value, field.name))
            except MisfitError as misfit:
                raise misfit.inside(f".{field.name}") from misfit.__cause__
        return data

    def from_data(self, data: Any, name: str, gaps: Gaps) -> Any:
        if not isinstance(data, dict):
            raise MisfitError("An object in curly brackets was expected here.")
        values = {}
        for field, form in self.parts:
            values[field.name] = self._part(field, form, data, name, gaps)
        if len(values) < len(data):
            unknown = ", ".join(sorted(set(data) - set(values))[:5])
            raise MisfitError(f"This version of the program does not know: {unknown}.")
        try:
            return self.cls(**values)
        except ValueError as error:
            raise MisfitError(f"{error}.") from error

    def _part(
        self, field: dataclasses.Field[Any], form: Form, data: Any, name: str, gaps: Gaps
    ) -> Any:
        dotted = f"{name}.{field.name}" if name else field.name
        try:
            if field.name in data:
                return form.from_data(data[field.name], dotted, gaps)
            default = _default(field, form)
        except MisfitError as misfit:
            raise misfit.inside(f".{field.name}") from misfit.__cause__
        gaps[dotted] += 1
        return default


def _default(field: dataclasses.Field[Any], form: Form) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    must_be_given = isinstance(form, Leaf) and field.default is None and not form.optional
    if field.default is dataclasses.MISSING or must_be_given:
        raise MisfitError("It is missing.")
    return field.default


PLAIN: dict[type, Form] = {
    str: Line(),
    datetime.date: Leaf(DATE, False),
    Decimal: Leaf(DecimalKind("number", most=24), False),
    int: Leaf(COUNT, False),
    bool: Leaf(FLAG, False),
}
"""How a field without a term is written, by its type."""


@cache
def form_of(noun: type) -> Noun:
    """The file form of a dataclass, from its fields' terms and types."""
    hints = typing.get_type_hints(noun)
    parts = [
        (field, _form_of_field(field, hints[field.name]))
        for field in dataclasses.fields(noun)
        if field.init
    ]
    return Noun(noun, tuple(parts))


def _form_of_field(field: dataclasses.Field[Any], hint: Any) -> Form:
    term = field.metadata.get("term")
    if term is None or isinstance(term.kind, RowsKind):
        return _form_of_type(hint)
    return Leaf(term.kind, term.optional, term.within)


def _form_of_type(hint: Any) -> Form:
    inner, optional = _without_none(hint)
    if typing.get_origin(inner) is tuple and typing.get_args(inner)[1:] == (Ellipsis,):
        return Rows(_form_of_type(typing.get_args(inner)[0]))
    if dataclasses.is_dataclass(inner) and isinstance(inner, type):
        return form_of(inner)
    if isinstance(inner, type) and issubclass(inner, Choice):
        return Leaf(ChoiceKind(inner), optional)
    form = PLAIN.get(inner)
    if form is None or (optional and not isinstance(form, Leaf)):
        raise TypeError(f"a document has no form for {hint}")
    return dataclasses.replace(form, optional=optional) if isinstance(form, Leaf) else form


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    inner = [part for part in typing.get_args(hint) if part is not type(None)]
    return (inner[0], True) if len(inner) == 1 else (hint, False)
