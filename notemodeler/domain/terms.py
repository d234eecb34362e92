"""What is known about one field: label, kind, unit, help, bounds, group and aliases, written beside it."""

import dataclasses
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import Kind
from notemodeler.domain.numbers import FORM, Unreadable


class Term(NamedTuple):
    """The one home of a field's facts; forms, files, commands, workbook and glossary read it.

    `minimum` and `maximum` are hard: beyond them there is no figure. `usual_minimum` and
    `usual_maximum` only warn. `optional` fields may be None, shown as an empty field.
    """

    label: str
    kind: Kind
    help: str
    group: str = ""
    unit: str = ""
    minimum: Any = None
    maximum: Any = None
    usual_minimum: Any = None
    usual_maximum: Any = None
    optional: bool = False
    aliases: tuple[str, ...] = ()
    empty: str = ""
    """What an empty field means, shown in its place."""
    applies_when: tuple[str, Any, bool] | None = None
    """The dotted name of another term, a value, and whether that term must have it (else: must not).

    A frozen set stands for any of its values.
    """

    def applies(self, value_of: Callable[[str], Any]) -> bool:
        """Whether the term says anything as the others stand; `value_of` gives a term's value by name."""
        if self.applies_when is None:
            return True
        name, value, wanted = self.applies_when
        there = value_of(name)
        has_it = there in value if isinstance(value, frozenset) else there == value
        return bool(has_it) is wanted

    def issues(self, name: str, value: Any) -> tuple[Issue, ...]:
        """The sentences that the bounds call for."""
        if value is None:
            return () if self.optional else (self._issue(Severity.ERROR, name, "is missing."),)
        for bound, beyond, severity, words in self._bounds(value):
            if beyond:
                text = f"{words} {self.kind.show(bound, FORM)}."
                return (self._issue(severity, name, text),)
        return ()

    def within(self, value: Any) -> Any:
        """The value if the hard bounds allow it; raises `Unreadable` with the sentence otherwise.

        Every door asks this before a value enters a document, so that no engine meets one beyond.
        """
        for issue in self.issues("", value):
            if issue.is_error:
                raise Unreadable(issue.text)
        return value

    def _bounds(self, value: Any) -> Iterator[tuple[Any, bool, Severity, str]]:
        if self.minimum is not None:
            yield self.minimum, value < self.minimum, Severity.ERROR, "must be at least"
        if self.maximum is not None:
            yield self.maximum, value > self.maximum, Severity.ERROR, "must be at most"
        if self.usual_minimum is not None:
            yield (
                self.usual_minimum,
                value < self.usual_minimum,
                Severity.WARNING,
                "is usually at least",
            )
        if self.usual_maximum is not None:
            yield (
                self.usual_maximum,
                value > self.usual_maximum,
                Severity.WARNING,
                "is usually at most",
            )

    def _issue(self, severity: Severity, name: str, words: str) -> Issue:
        return Issue(severity, f"{self.label} {words}", (name,))


def term(default: Any, label: str, kind: Kind, help: str, **facts: Any) -> Any:
    """A dataclass field with its `Term` beside it."""
    return dataclasses.field(default=default, metadata={"term": Term(label, kind, help, **facts)})


class Field(NamedTuple):
    """One term at its place in the document: the dotted name is used by every reader."""

    name: str
    term: Term
    path: tuple[str, ...]
    default: Any

    @property
    def leaf(self) -> str:
        return self.path[-1]


@cache
def fields_of(noun: type, prefix: str) -> tuple[Field, ...]:
    """The terms of a noun and of the nouns inside it, in reading order, under dotted names."""
    return tuple(_walk(noun, prefix, ()))


def _walk(noun: type, prefix: str, path: tuple[str, ...]) -> Iterator[Field]:
    for part in dataclasses.fields(noun):
        here = (*path, part.name)
        known = part.metadata.get("term")
        if known is not None:
            yield Field(f"{prefix}.{'.'.join(here)}", known, here, part.default)
        elif "noun" in part.metadata:
            yield from _walk(part.metadata["noun"], prefix, here)


def nested(noun: type) -> Any:
    """A dataclass field that holds another noun with terms of its own."""
    return dataclasses.field(default_factory=noun, metadata={"noun": noun})


def value_at(root: Any, path: tuple[str, ...]) -> Any:
    """The value of a field of the noun."""
    for name in path:
        root = getattr(root, name)
    return root


def with_value(root: Any, path: tuple[str, ...], value: Any) -> Any:
    """The noun with one field replaced."""
    name, rest = path[0], path[1:]
    inner = with_value(getattr(root, name), rest, value) if rest else value
    return dataclasses.replace(root, **{name: inner})
