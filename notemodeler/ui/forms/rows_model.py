"""The rows of a term as records of a table: in the order they are given, edits named by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import Style
from notemodeler.domain.project import Project, field_value, with_field
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import Field
from notemodeler.ui.document import Document
from notemodeler.ui.forms.sentences import plain_label
from notemodeler.ui.tables.columns import TableColumn, typed_columns
from notemodeler.ui.tables.record_model import RecordKind, RecordModel
from notemodeler.ui.theme import Theme

WIDTHS = {"date": 12, "money": 13, "shares": 15, "price": 9, "rate": 8}
"""Characters of a column by its kind; a choice is as wide as its words, the rest takes `NARROW`."""
NARROW, WIDEST = 7, 18
MOST_WORDED = 4
"""Of more columns than these, empty cells are dashes: what an empty one means would take too much room."""


@dataclass(frozen=True, slots=True)
class RowKind(RecordKind):
    """The rows of one term, which stay in the order in which they are given."""

    term_label: str = ""

    def counted(self, doing: str, count: int) -> str:
        """`Delete 3 rows of prepayment table`."""
        return f"{RecordKind.counted(self, doing, count)} of {self.term_label}"

    def in_order(self, records: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(records)


class RowsModel(RecordModel):
    """The rows of one term of the selected note, and below them the row in which the next is made."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        field: Field,
        style: Style,
        parent: QObject | None = None,
    ) -> None:
        rows = field.term.kind
        assert isinstance(rows, RowsKind)
        self._label = plain_label(field.term)
        self._defaults = {column.leaf: column.default for column in rows.columns}
        super().__init__(
            document, theme, self._kind(document, field.name, rows), _columns(rows), parent
        )
        self.style = style

    def _kind(self, document: Document, name: str, rows: RowsKind) -> RecordKind:
        def records(project: Project) -> tuple[Any, ...]:
            found: tuple[Any, ...] = field_value(project, name, document.note_index)
            return found

        def with_records(project: Project, made: tuple[Any, ...]) -> Project:
            return with_field(project, name, made, document.note_index)

        return RowKind(
            rows.noun, "row", "rows", records, with_records, self._describe, term_label=self._label,
        )  # fmt: skip

    def _describe(self, record: Any) -> str:
        """`row 2 of prepayment table`; one that is not there yet comes last."""
        known = self.records
        place = known.index(record) if record in known else len(known)
        return f"row {place + 1} of {self._label}"

    def text(self, row: int, column: int) -> str:
        """As in every table; a row in the making shows what its empty cells will hold."""
        if self._shows_default(row, column):
            return self._default_text(column)
        is_wide = len(self.columns) > MOST_WORDED
        if is_wide and not self.is_draft(row) and self.value(row, column) is None:
            return "–"
        return super().text(row, column)

    def edit_text(self, row: int, column: int) -> str:
        if self._shows_default(row, column):
            return self._default_text(column)
        return super().edit_text(row, column)

    def _default_text(self, column: int) -> str:
        spec = self.columns[column]
        return spec.show(self._defaults[spec.name], self.style)

    def _shows_default(self, row: int, column: int) -> bool:
        name = self.columns[column].name
        empty = self.is_draft(row) and bool(self.draft) and self.draft.get(name) is None
        return empty and self._defaults[name] is not None

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """Empty the cells that may be empty; where none may, their rows go."""
        typed = [(row, column) for row, column in cells if not self.is_draft(row)]
        if typed and not any(self._may_be_empty(column) for _, column in typed):
            self.remove(sorted({row for row, _ in typed}))
        else:
            super().clear(cells)

    def _may_be_empty(self, column: int) -> bool:
        term = self.columns[column].term
        return term is not None and term.optional

    def put(self, records: Sequence[Any], sentence: str) -> None:
        self._edit(tuple(records), sentence)

    def day_of(self, row: int) -> date | None:
        """Rows of a term are not days of the note's life."""
        return None

    def _sentence(self, changes: dict[int, dict[str, Any]], doing: str) -> str:
        if len(changes) > 1:
            return self.kind.counted(doing, len(changes))
        return f"{doing} {self._label}, row {next(iter(changes)) + 1}"


def _columns(rows: RowsKind) -> tuple[TableColumn, ...]:
    return typed_columns(rows.noun, {column.leaf: _width(column) for column in rows.columns})


def _width(column: Field) -> int:
    kind = column.term.kind
    if isinstance(kind, ChoiceKind):
        return min(WIDEST, max(len(choice.label) for choice in kind.choices))
    return WIDTHS.get(kind.name, NARROW)
