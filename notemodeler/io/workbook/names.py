"""The names by which the sheets call each other's cells."""

from notemodeler.domain.terms import Field


def term_name(field: Field) -> str:
    """`rule_multiplier` for `note.conversion.rule.multiplier`: the last two parts of the dotted name."""
    return "_".join(field.name.split(".")[-2:])
