"""The names by which the sheets call each other's cells."""

from notemodeler.domain.terms import Field


def term_name(field: Field) -> str:
    """`rule_multiplier` for `note.conversion.rule.multiplier`: the last two parts of the dotted name."""
    return "_".join(field.name.split(".")[-2:])


def column_name(field: Field, column: Field) -> str:
    """`steps_trigger` for a column of the steps, `prepayment_first_day` for one of the prepayment steps."""
    table = field.leaf.removesuffix("_steps") or field.leaf
    return f"{table}_{column.leaf}"
