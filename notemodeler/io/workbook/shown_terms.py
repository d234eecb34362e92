"""Which terms have a row on the Terms sheet: groups that a note does not use are left out."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.project import FIELDS, Project, applies, field_value
from notemodeler.domain.terms import Field

CONTRACT = ("issuer.", "note.")
"""Fields of these prefixes are terms of the contract."""
ASSUMPTIONS = "scenario."
"""Fields of this prefix stand on the sheets of the decisions, which alone depend on them."""
VALUED = "valuation."
"""Fields of this prefix have a row where the workbook has the sheets of the valuation."""
PAR, AT_PAR = "issuer.par_price", "note.conversion.rule.floor_at_par"


def terms_shown(project: Project, note: int, *, is_valued: bool = False) -> Iterator[Field]:
    """The terms that have a row: those of issuer and note, but for groups that the note does not use.

    With a valuation all its inputs follow.
    """
    contract = [field for field in FIELDS if field.name.startswith(CONTRACT)]
    for _, together in groupby(contract, lambda field: field.term.group):
        group = tuple(together)
        if any(not _is_idle(project, note, field, group) for field in group):
            yield from group
    if is_valued:
        yield from (field for field in FIELDS if field.name.startswith(VALUED))


def _is_idle(project: Project, note: int, field: Field, group: tuple[Field, ...]) -> bool:
    """Whether a term is as it was made and says nothing: empty, off, or only the switch of such terms."""

    def value_of(name: str) -> Any:
        return field_value(project, name, note)

    if value_of(field.name) != field.default:
        return False
    if field.name == PAR and value_of(AT_PAR):
        return False
    if field.default in (None, ()) or not applies(field.name, value_of):
        return True
    switched = [
        each for each in group if each.term.applies_when and each.term.applies_when[0] == field.name
    ]
    return (
        isinstance(field.term.kind, ChoiceKind)
        and bool(switched)
        and not any(applies(each.name, value_of) for each in switched)
    )
