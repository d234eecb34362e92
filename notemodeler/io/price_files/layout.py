"""Where a table holds what: the row of headings, the column of dates and the columns of prices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notemodeler.domain.prices import PriceKind
from notemodeler.io.price_files.date_column import day_of_number, looks_like_date
from notemodeler.io.price_files.headings import IGNORED_REASON, KIND_OF, Role, role_of
from notemodeler.io.price_files.limits import shown
from notemodeler.io.price_files.number_column import is_no_quote, looks_like_number
from notemodeler.io.price_files.tables import Cells, cell_text, is_blank

SAMPLE_ROWS = 250
MOST_PREAMBLE = 100
SECOND_OF_KIND = "An earlier column holds prices of the same kind."
NOT_CHOSEN = "Another column was chosen."

Sample = Sequence[tuple[int, Cells]]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column beside the dates: what it is for, and why it is ignored if it is."""

    index: int
    heading: str
    role: Role
    ignored_reason: str = ""
    example: str = ""

    @property
    def kind(self) -> PriceKind | None:
        return KIND_OF.get(self.role)

    @property
    def is_unsaid(self) -> bool:
        return not self.ignored_reason and self.kind is None


@dataclass(frozen=True)
class Layout:
    """The plan of a table. Rows up to `last_heading_row` are no data."""

    date_index: int
    date_heading: str
    columns: tuple[ColumnPlan, ...]
    headings: tuple[str, ...] = ()
    last_heading_row: int = 0
    preamble: Sample = ()

    @property
    def width(self) -> int:
        """How many cells a row may have; headless tables and ragged headings set no limit."""
        return len(self.headings)

    @property
    def taken(self) -> tuple[ColumnPlan, ...]:
        return tuple(column for column in self.columns if not column.ignored_reason)

    @property
    def unsaid(self) -> tuple[ColumnPlan, ...]:
        return tuple(column for column in self.columns if column.is_unsaid)

    def index_of(self, role: Role) -> int | None:
        return next((column.index for column in self.columns if column.role is role), None)

    def with_price_column(self, index: int) -> "Layout":
        """The layout in which, of the columns that do not say what they are, only one is taken."""
        columns = tuple(
            replace(column, ignored_reason=NOT_CHOSEN)
            if column.is_unsaid and column.index != index
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)


def find_layout(sample: Sample) -> Layout | None:
    """The layout of a table by its first rows; None when there are no dates with prices beside them."""
    for place, (number, cells) in enumerate(sample[:MOST_PREAMBLE]):
        if _is_heading(cells):
            return _layout_under(sample, place, number, cells)
    return _layout_by_content(sample)


def _is_heading(cells: Cells) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or any(looks_like_number(cell) or looks_like_date(cell) for cell in cells):
        return False
    return any(role_of(text) in (Role.DATE, Role.TIME) for text in texts)


def _layout_under(sample: Sample, place: int, number: int, cells: Cells) -> Layout | None:
    headings = [cell_text(cell) for cell in cells]
    roles = [role_of(heading) if heading else Role.UNKNOWN for heading in headings]
    date_role = Role.DATE if Role.DATE in roles else Role.TIME
    below = [row for _, row in sample[place + 1 :]]
    layout = _planned(headings, roles, roles.index(date_role), below)
    if layout is None:
        return None
    return replace(layout, last_heading_row=number, preamble=sample[:place])


def _layout_by_content(sample: Sample) -> Layout | None:
    first = next((place for place, (_, row) in enumerate(sample) if _is_data(row)), None)
    if first is None:
        return _layout_by_serials(sample)
    data = [row for _, row in sample[first:]]
    date_index = _most_common_place(data)
    headings, used = _headings_above(sample, first)
    width = max(len(row) for row in data)
    roles = [role_of(heading) if heading else Role.UNKNOWN for heading in headings]
    roles += [Role.UNKNOWN] * (width - len(roles))
    layout = _planned(headings + [""] * (width - len(headings)), roles, date_index, data)
    if layout is None or not layout.taken:
        return None
    before = sample[: first - used]
    last = sample[first - 1][0] if first else 0
    return replace(
        layout,
        headings=layout.headings if used else (),
        last_heading_row=last,
        preamble=before,
    )


def _is_data(row: Cells) -> bool:
    dates = [place for place, cell in enumerate(row) if looks_like_date(cell)]
    return bool(dates) and any(
        looks_like_number(cell) or (isinstance(cell, str) and cell.strip() and is_no_quote(cell))
        for place, cell in enumerate(row)
        if place != dates[0]
    )


def _most_common_place(data: list[Cells]) -> int:
    places = Counter(
        next((place for place, cell in enumerate(row) if looks_like_date(cell)), 0) for row in data
    )
    return places.most_common(1)[0][0]


def _headings_above(sample: Sample, first: int) -> tuple[list[str], int]:
    """The row right above the data if it has a text over each column but perhaps the dates."""
    if not first:
        return [], 0
    _, above = sample[first - 1]
    texts = [cell_text(cell) for cell in above]
    width = len(sample[first][1])
    is_headings = len(texts) == width and sum(map(bool, texts)) >= width - 1
    if not is_headings or any(looks_like_number(c) or looks_like_date(c) for c in above):
        return [], 0
    return texts, 1


def _layout_by_serials(sample: Sample) -> Layout | None:
    """A headless table whose first column holds Excel serial numbers or Unix seconds throughout."""
    rows = [row for _, row in sample if len(row) > 1 and not is_blank(row)]
    texts = [cell_text(row[0]) for row in rows]
    if not rows or not all(day_of_number(text) for text in texts) or len(set(texts)) < len(texts):
        return None
    width = max(len(row) for row in rows)
    layout = _planned([""] * width, [Role.UNKNOWN] * width, 0, rows)
    return replace(layout, headings=()) if layout else None


def _planned(
    headings: list[str], roles: list[Role], date_index: int, below: list[Cells]
) -> Layout | None:
    """The layout of headings and roles, each column's fate decided; None without a price column."""
    columns = []
    for index, (heading, role) in enumerate(zip(headings, roles, strict=True)):
        example = _example(below, index)
        if index != date_index and (heading or example):
            name = shown(" ".join(heading.split()), 60) or f"Column {index + 1}"
            columns.append(ColumnPlan(index, name, role, "", example))
    columns = _with_fates(columns)
    if not columns:
        return None
    date_heading = shown(headings[date_index], 60) or f"Column {date_index + 1}"
    return Layout(date_index, date_heading, tuple(columns), tuple(headings))


def _example(below: list[Cells], index: int) -> str:
    texts = (cell_text(row[index]) for row in below if len(row) > index)
    return next((shown(text, 40) for text in texts if text and not is_no_quote(text)), "")


def _with_fates(columns: list[ColumnPlan]) -> list[ColumnPlan]:
    """The columns with the reasons why some are ignored."""
    roles = {column.role for column in columns}
    if roles & {Role.OPEN, Role.HIGH} and Role.CLOSE not in roles and Role.PRICE in roles:
        # Beside the open and the high a bare “Price” is the last trade, as Investing.com writes it.
        columns = [
            replace(column, role=Role.CLOSE) if column.role is Role.PRICE else column
            for column in columns
        ]
        roles = {column.role for column in columns}
    decided: list[ColumnPlan] = []
    for column in columns:
        is_second = any(column.role is earlier.role for earlier in decided)
        reason = _reason_to_ignore(column, roles, is_second)
        decided.append(replace(column, ignored_reason=reason))
    return decided


def _reason_to_ignore(column: ColumnPlan, roles: set[Role], is_second: bool) -> str:
    if column.role in KIND_OF:
        return SECOND_OF_KIND if is_second else ""
    if column.role is Role.PRICE and Role.CLOSE not in roles:
        return ""
    none_says = not roles & {Role.PRICE, *KIND_OF}
    if column.role is Role.UNKNOWN and none_says and looks_like_number(column.example):
        return ""
    return IGNORED_REASON[column.role]
