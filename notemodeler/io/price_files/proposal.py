"""What the reading of a price table proposes: columns, rows it could not take, and open questions."""

import dataclasses
from dataclasses import dataclass, field

from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """One column as it was understood: taken with its bars, or ignored for a stated reason.

    `kind` is None where the heading does not say which figure of the day the prices are. `bars`
    are in date order and empty while a question is open.
    """

    heading: str
    kind: PriceKind | None = None
    bars: tuple[PriceBar, ...] = ()
    ignored_reason: str = ""

    @property
    def is_taken(self) -> bool:
        return not self.ignored_reason


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row, or one column of it, that was not taken: its 1-based number, its text and why."""

    row_number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that was taken although something about it is odd."""

    row_number: int
    text: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the table leaves open. Each option is a key to answer with and the reading it stands for."""

    id: str
    sentence: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PriceProposal:
    """A price table read: nothing of it is in the document yet.

    `rejected` lists the first rows that were not taken; `rejected_count` counts all of them.
    """

    source_name: str
    columns: tuple[PriceColumn, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    rejected_count: int = 0
    doubtful: tuple[DoubtfulRow, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def taken(self) -> tuple[PriceColumn, ...]:
        """The columns that hold prices."""
        return tuple(column for column in self.columns if column.is_taken)

    @property
    def ignored(self) -> tuple[PriceColumn, ...]:
        """The columns that are left aside, each with its reason."""
        return tuple(column for column in self.columns if not column.is_taken)

    @property
    def needs_kind(self) -> bool:
        """Whether a column does not say if it is bid, close, low or VWAP."""
        return any(column.kind is None for column in self.taken)

    def with_kind(self, heading: str, kind: PriceKind) -> "PriceProposal":
        """The proposal with one column labelled by the user."""
        columns = tuple(
            dataclasses.replace(column, kind=kind) if column.heading == heading else column
            for column in self.columns
        )
        return dataclasses.replace(self, columns=columns)

    def series(self, kind_if_unsaid: PriceKind | None = None) -> tuple[PriceSeries, ...]:
        """One series a column that holds bars; raises `ValueError` while anything is left open."""
        if self.questions:
            raise ValueError(f"the question {self.questions[0].id!r} is open")
        return tuple(
            PriceSeries(self._kind_of(column, kind_if_unsaid), self._source_of(column), column.bars)
            for column in self.taken
            if column.bars
        )

    def _kind_of(self, column: PriceColumn, kind_if_unsaid: PriceKind | None) -> PriceKind:
        kind = column.kind or kind_if_unsaid
        if kind is None:
            raise ValueError(f"the kind of column {column.heading!r} is not known")
        return kind

    def _source_of(self, column: PriceColumn) -> str:
        return f"{self.source_name}, {column.heading}"[:200]
