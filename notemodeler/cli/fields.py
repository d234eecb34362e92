"""Naming fields on the command line: by dotted name, by last part, or by alias."""

import difflib

from notemodeler.domain.issues import UserError
from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.project import FIELDS, Project, with_field
from notemodeler.domain.terms import Field


def find_field(name: str) -> Field:
    """The field that the name means; a name that fits none, or several, is refused with what is near."""
    wanted = _plain(name)
    exact = [field for field in FIELDS if field.name == wanted]
    found = exact or [field for field in FIELDS if wanted in _names(field)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(field.name for field in found)
        raise UserError(f"“{name}” could be any of: {names}.", "Write the whole name.")
    known = sorted({short for field in FIELDS for short in (field.name, *_names(field))})
    near = difflib.get_close_matches(wanted, known, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See notemodeler terms."
    raise UserError(f"There is no field “{name}”.", hint)


def with_setting(project: Project, setting: str) -> Project:
    """The project with one `FIELD=VALUE` applied; an empty value empties an optional field."""
    name, equals, text = setting.partition("=")
    if not equals:
        raise UserError(f"“{setting}” is not FIELD=VALUE.", "For example: --set principal=130000")
    field = find_field(name)
    if not text.strip() and field.term.optional:
        return with_field(project, field.name, None)
    try:
        value = field.term.within(field.term.kind.read(text, CANONICAL))
    except Unreadable as problem:
        raise UserError(f"{field.term.label} ({field.name}): {problem}") from None
    return with_field(project, field.name, value)


def described(field: Field) -> dict[str, object]:
    """What there is to know about a field, as JSON holds it."""
    term = field.term
    facts: dict[str, object] = {
        "name": field.name,
        "label": term.label,
        "unit": term.unit,
        "help": term.help,
        "kind": term.kind.name,
        "group": term.group,
        "bounds": {
            name: None if bound is None else term.kind.to_data(bound)
            for name, bound in (
                ("minimum", term.minimum),
                ("maximum", term.maximum),
                ("usual_minimum", term.usual_minimum),
                ("usual_maximum", term.usual_maximum),
            )
        },
        "default": None if field.default is None else term.kind.to_data(field.default),
        "optional": term.optional,
        "aliases": sorted(_names(field)),
    }
    if isinstance(term.kind, ChoiceKind):
        facts["choices"] = {choice.value: choice.label for choice in term.kind.choices}
    return facts


def _names(field: Field) -> set[str]:
    without_owner = field.name.partition(".")[2]
    return {field.leaf, without_owner, *(_plain(alias) for alias in field.term.aliases)}


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
