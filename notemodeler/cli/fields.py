"""Naming fields on the command line: by dotted name, by last part, or by alias."""

import difflib

from notemodeler.domain.issues import UserError
from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.project import FIELDS, Project, with_field
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import Field

TAKEN_OFF = "discount"
"""The one name that states what is taken off instead of what is left."""


def find_field(name: str) -> Field:
    """The field that the name means; a name that fits none, or several, is refused with what is near.

    Of several, the one nearest the root: `multiplier` is that of the rule, not of its second window.
    """
    wanted = _plain(name)
    exact = [field for field in FIELDS if field.name == wanted]
    found = exact or _nearest_root([field for field in FIELDS if wanted in _names(field)])
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(field.name for field in found)
        raise UserError(f"“{name}” could be any of: {names}.", "Write the whole name.")
    known = sorted({short for field in FIELDS for short in (field.name, *_names(field))})
    near = difflib.get_close_matches(wanted, known, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See notemodeler terms."
    raise UserError(f"There is no field “{name}”.", hint)


def with_setting(project: Project, setting: str, note: int = 0) -> Project:
    """The project with one `FIELD=VALUE` applied; an empty value empties an optional field.

    `note` is the place of the note that `note.` fields mean. `discount=35%` is a multiplier of 65 %.
    """
    name, equals, text = setting.partition("=")
    if not equals:
        raise UserError(f"“{setting}” is not FIELD=VALUE.", "For example: --set principal=130000")
    field = find_field(name)
    if not text.strip() and field.term.optional:
        return with_field(project, field.name, None, note)
    try:
        value = field.term.kind.read(text, CANONICAL)
        if _plain(name) == TAKEN_OFF:
            value = 1 - value
        return with_field(project, field.name, field.term.within(value), note)
    except Unreadable as problem:
        raise UserError(f"{field.term.label} ({field.name}): {problem}") from None


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
    if isinstance(term.kind, RowsKind):
        facts["columns"] = [described(column) for column in term.kind.columns]
    if isinstance(term.kind, ChoiceKind):
        facts["choices"] = {choice.value: choice.label for choice in term.kind.choices}
    return facts


def _nearest_root(found: list[Field]) -> list[Field]:
    least = min((len(field.path) for field in found), default=0)
    return [field for field in found if len(field.path) == least]


def _names(field: Field) -> set[str]:
    """Every end of the dotted name, `second.multiplier` for one, and the aliases."""
    steps = field.name.split(".")
    ends = {".".join(steps[place:]) for place in range(1, len(steps))}
    return ends | {_plain(alias) for alias in field.term.aliases}


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
