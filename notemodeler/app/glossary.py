"""The glossary: every term with its meaning, written from the fields themselves."""

from collections.abc import Iterator
from itertools import groupby

from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELDS
from notemodeler.domain.terms import Field


def glossary_markdown() -> str:
    """One heading a group, one paragraph a field."""
    lines = ["# Terms explained", ""]
    for group, fields in groupby(FIELDS, key=lambda field: field.term.group):
        lines += [f"## {group}", ""]
        for field in fields:
            lines += [*_entry(field), ""]
    return "\n".join(lines)


def _entry(field: Field) -> Iterator[str]:
    term = field.term
    yield f"### {term.label}"
    yield ""
    yield term.help
    facts = [*_facts(field)]
    if facts:
        yield ""
        yield " · ".join(facts)
    yield ""
    yield f"`{field.name}`"


def _facts(field: Field) -> Iterator[str]:
    term = field.term
    if term.unit:
        yield f"Unit: {term.unit}"
    if isinstance(term.kind, ChoiceKind):
        yield "One of: " + ", ".join(choice.label for choice in term.kind.choices)
    if term.minimum is not None:
        yield f"At least {term.kind.show(term.minimum, FORM)}"
    if term.maximum is not None:
        yield f"At most {term.kind.show(term.maximum, FORM)}"
    if term.optional:
        yield f"Empty: {term.empty}"
