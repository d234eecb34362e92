"""Short tables of records, such as a ledger: typed columns of a noun, results beside them, a row to add."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import DATE
from notemodeler.domain.numbers import CANONICAL
from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.tables.columns import TableColumn
from notemodeler.ui.tables.model import NOWHERE, Cell, Index, TableModel
from notemodeler.ui.tables.record_paste import read_block
from notemodeler.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class RecordKind:
    """Which records a table holds: where they live, what they are called, whether a day has only one."""

    noun: type
    singular: str
    plural: str
    records: Callable[[Project], tuple[Any, ...]]
    with_records: Callable[[Project, tuple[Any, ...]], Project]
    describe: Callable[[Any], str]
    one_a_day: bool = False

    def counted(self, doing: str, count: int) -> str:
        """`Delete 3 ledger entries`."""
        return f"{doing} {count:,} {self.singular if count == 1 else self.plural}"

    def in_order(self, records: Sequence[Any]) -> tuple[Any, ...]:
        """By date, those of one day as they were; where a day has only one, the later given wins."""
        if self.one_a_day:
            records = list({record.date: record for record in records}.values())
        return tuple(sorted(records, key=lambda record: record.date))


class RecordModel(TableModel):
    """The records of a document and, below them, the row in which the next one is being made."""

    adds_at_end = True

    def __init__(
        self,
        document: Document,
        theme: Theme,
        kind: RecordKind,
        columns: tuple[TableColumn, ...],
        parent: QObject | None = None,
    ) -> None:
        self.kind = kind
        self.draft: dict[str, Any] = {}
        self.records = kind.records(document.project)
        super().__init__(document, theme, columns, parent)

    # What a table may add.

    def result(self, row: int, name: str) -> Any:
        """The value of a worked-out column for a record."""
        return None

    # Rows and cells.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.records) + 1

    def is_draft(self, row: int) -> bool:
        return row >= len(self.records)

    def is_in_the_making(self, row: int) -> bool:
        return self.is_draft(row) and bool(self.draft)

    def value(self, row: int, column: int) -> Any:
        spec = self.columns[column]
        if self.is_draft(row):
            return self.draft.get(spec.name)
        return (
            getattr(self.records[row], spec.name) if spec.is_typed else self.result(row, spec.name)
        )

    def text(self, row: int, column: int) -> str:
        value, spec = self.value(row, column), self.columns[column]
        if value is not None:
            return spec.show(value, self.style)
        if self.is_draft(row):
            return f"Add a {self.kind.singular}" if column == 0 and not self.draft else ""
        return spec.term.empty if spec.term else "–"

    def foreground(self, row: int, column: int) -> QColor | None:
        if not self.columns[column].is_typed or self.value(row, column) is None:
            return self.muted
        return None

    def own_row(self, row: int) -> list[str]:
        return [] if self.is_draft(row) else super().own_row(row)

    def follow(self, before: Project, after: Project) -> bool:
        """Take the document's new state in; whether only values changed and no row came or went."""
        records = self.kind.records(after)
        if len(records) == len(self.records):
            self.records = records
            return True
        self.beginResetModel()
        self.records = records
        self.endResetModel()
        return False

    # Edits.

    def write(self, cells: Sequence[Cell], doing: str = "Change") -> None:
        changes: dict[int, dict[str, Any]] = {}
        for cell in cells:
            name = self.columns[cell.column].name
            if self.is_draft(cell.row):
                self._draft(name, cell.value)
            else:
                changes.setdefault(cell.row, {})[name] = cell.value
        if not changes:
            return
        records = list(self.records)
        for row, change in changes.items():
            records[row] = dataclasses.replace(records[row], **change)
        self.put(records, self._sentence(changes, doing))

    def _draft(self, name: str, value: Any) -> None:
        self.draft[name] = value
        row = len(self.records)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        if not self._missing(self.draft):
            self.say(f"Press Enter to add the {self.kind.singular}.")

    def _missing(self, values: dict[str, Any]) -> list[str]:
        """The headings that a new record cannot do without."""
        needed = {
            field.name for field in dataclasses.fields(self.kind.noun) if field.default is None
        }
        return [
            column.heading
            for column in self.columns
            if column.term and column.name in needed and not column.term.optional
            and values.get(column.name) is None
        ]  # fmt: skip

    def leave_row(self, row: int) -> None:
        """Add the record in the making, or say what it lacks."""
        if not self.is_draft(row) or not self.draft:
            return
        if missing := self._missing(self.draft):
            self.said.emit(f"The new {self.kind.singular} still needs: {', '.join(missing)}.", True)
            return
        record, self.draft = self.kind.noun(**self.draft), {}
        self.say("")
        self.put([*self.records, record], f"Add {self.kind.describe(record)}")

    def put(self, records: Sequence[Any], sentence: str) -> None:
        """Make these the records of the document."""
        dates = [record.date for record in records]
        if self.kind.one_a_day and len(set(dates)) < len(dates):
            twice = next(day for day in dates if dates.count(day) > 1)
            self.said.emit(f"{show_date(twice)} has a {self.kind.singular} already.", True)
            return
        self._edit(self.kind.in_order(records), sentence)

    def _edit(self, records: tuple[Any, ...], sentence: str) -> None:
        self.document.edit(self.kind.with_records(self.document.project, records), sentence)

    def remove(self, rows: Sequence[int]) -> None:
        if any(self.is_draft(row) for row in rows):
            self.draft = {}
        gone = [row for row in rows if not self.is_draft(row)]
        if not gone:
            self.say(f"There is no {self.kind.singular} in these rows to delete.")
            return
        kept = tuple(record for row, record in enumerate(self.records) if row not in set(gone))
        sentence = self.kind.counted("Delete", len(gone))
        if len(gone) == 1:
            sentence = f"Delete {self.kind.describe(self.records[gone[0]])}"
        self._edit(kept, sentence)

    def insert(self, row: int) -> int | None:
        return len(self.records)

    def paste(self, row: int, column: int, text: str) -> None:
        block = read_block(self.columns, column, text, self.style)
        records, made = list(self.records), 0
        for place, values in enumerate(block.rows):
            target = row + place
            if target < len(self.records):
                records[target] = dataclasses.replace(records[target], **values)
            elif missing := self._missing(values):
                block.refused.append(f"row {place + 1} lacks: {', '.join(missing)}")
                continue
            else:
                records.append(self.kind.noun(**values))
            made += 1
        if made:
            self._edit(self.kind.in_order(records), self.kind.counted("Paste", made))
        told = f"{self.kind.counted('', made).strip()} pasted"
        refused = f"; not understood: {'; '.join(block.refused[:3])}" if block.refused else ""
        self.said.emit(f"{told}{refused}.", not made)

    def paste_own(self, row: int, rows: list[list[str]]) -> None:
        columns = [column for column in self.columns if column.is_typed]
        made = []
        for line in rows:
            texts = zip(columns, line, strict=True)
            made.append(self.kind.noun(**{c.name: c.read(text, CANONICAL) for c, text in texts}))
        self._edit(
            self.kind.in_order([*self.records, *made]), self.kind.counted("Paste", len(made))
        )

    def _sentence(self, changes: dict[int, dict[str, Any]], doing: str) -> str:
        ((row, change), *more) = changes.items()
        if more or len(change) > 1:
            return self.kind.counted(doing, len(changes))
        ((name, value),) = change.items()
        column = next(column for column in self.columns if column.name == name)
        assert column.term
        told = column.show(value, self.style) or column.term.empty or "nothing"
        dollar = "$" if column.term.unit == "$" and value is not None else ""
        heading = column.heading.lower()
        return f"Change {heading} of {self.kind.describe(self.records[row])} to {dollar}{told}"

    def day_of(self, row: int) -> date | None:
        """The date of a record."""
        return None if self.is_draft(row) else self.records[row].date

    def can_fill(self, column: int) -> bool:
        return self.columns[column].is_typed and self.columns[column].kind is not DATE
