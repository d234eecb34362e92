"""What a column of a table in the window is: its heading, its kind and, if it can be typed into, its term."""

from typing import Any, NamedTuple

from notemodeler.domain.kinds import Choice, ChoiceKind, Kind
from notemodeler.domain.numbers import FORM, Style, Unreadable
from notemodeler.domain.terms import Term, fields_of

NUMERIC = frozenset({"money", "price", "rate", "count", "shares", "days"})


class TableColumn(NamedTuple):
    """One column. `name` is the field of the row's noun; `width` counts characters."""

    name: str
    heading: str
    kind: Kind
    width: int = 12
    help: str = ""
    term: Term | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the user types it; the others are worked out."""
        return self.term is not None

    @property
    def is_numeric(self) -> bool:
        return self.kind.name in NUMERIC

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The words to choose from, if the column has a closed list of them."""
        return tuple(self.kind.choices) if isinstance(self.kind, ChoiceKind) else ()

    def read(self, text: str, style: Style = FORM) -> Any:
        """The value of a typed text, None for an optional cell left empty; raises `Unreadable`."""
        term = self.term
        if term is None:
            raise Unreadable(f"“{self.heading}” is worked out and cannot be typed.")
        if term.optional and text.strip().lower() in ("", "-", "–", "—", term.empty.lower()):
            return None
        return term.within(self.kind.read(text, style))

    def show(self, value: Any, style: Style = FORM) -> str:
        """The text of a value, nothing for None."""
        return "" if value is None else self.kind.show(value, style)


def typed_columns(noun: type, widths: dict[str, int]) -> tuple[TableColumn, ...]:
    """The columns of a noun's own terms, in the order of `widths`; everything else comes from the terms."""
    terms = {field.leaf: field.term for field in fields_of(noun, "row")}
    return tuple(
        TableColumn(name, terms[name].label, terms[name].kind, width, terms[name].help, terms[name])
        for name, width in widths.items()
    )
