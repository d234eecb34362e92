"""The name of an edit, as Undo shows it: `Change interest rate to 9 %`."""

from typing import Any

from notemodeler.domain.numbers import Style
from notemodeler.domain.terms import Field, Term
from notemodeler.ui.forms.readings import show_term, unit_marks
from notemodeler.ui.forms.row_words import rows_summary

LONGEST = 40


def change_sentence(field: Field, value: Any, style: Style) -> str:
    """What the edit of one field does, with the new value in the reader's marks."""
    return f"Change {plain_label(field.term)} to {value_words(field.term, value, style)}"


def plain_label(term: Term) -> str:
    """The label inside a sentence: `principal`; what continues the label above stands on its own."""
    label = term.label.removeprefix("… ").removeprefix("or ")
    return label[:1].lower() + label[1:]


def value_words(term: Term, value: Any, style: Style) -> str:
    """The value with its unit, cut short; of an empty field, what that means."""
    if value is None:
        return term.empty or "nothing"
    if term.kind.name == "rows":
        return rows_summary(value, style)
    shown = show_term(term, value, style)
    if term.kind.name == "text":
        cut = shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
        return f"“{cut}”"
    before, after = unit_marks(term)
    counts = after if term.kind.name in ("count", "days", "shares") else ""
    return f"{before}{shown} {counts}".strip()
