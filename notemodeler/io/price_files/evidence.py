"""The first walk over a table: what all of it settles about dates, marks and tickers, and what not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notemodeler.io.price_files.date_column import DateEvidence, DateOrder
from notemodeler.io.price_files.headings import Role
from notemodeler.io.price_files.layout import Layout, Sample
from notemodeler.io.price_files.limits import Report, report_nothing
from notemodeler.io.price_files.number_column import DecimalMark, MarkEvidence
from notemodeler.io.price_files.proposal import Question
from notemodeler.io.price_files.tables import Cell, Table, cell_text

MOST_REMEMBERED = 100_000
MOST_TICKERS = 200
COMMAS_PART = "The point is read as the decimal mark, as commas part the columns."


@dataclass
class Evidence:
    """What one walk over all rows found."""

    dates: DateEvidence
    marks: dict[int, MarkEvidence]
    tickers: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Settled:
    """How the cells are to be read; valid when `questions` is empty."""

    date_order: DateOrder | None
    marks: dict[int, DecimalMark]
    ticker: str
    questions: tuple[Question, ...]
    notes: tuple[str, ...]


def presumed(table: Table, layout: Layout, sample: Sample) -> Settled | None:
    """What is settled without a walk in the commonest file: bare commas between cells, points in numbers.

    Dates may then only be of the kinds that have one reading; None where a walk must tell.
    """
    if (
        not table.comma_separates
        or layout.index_of(Role.TICKER) is not None
        or len(layout.unsaid) > 1
    ):
        return None
    for column in layout.taken:
        marks = MarkEvidence()
        for number, cells in sample:
            if number > layout.last_heading_row and len(cells) > column.index:
                marks.add(cell_text(cells[column.index]))
        if marks.settled is not DecimalMark.POINT:
            return None
    return Settled(None, {column.index: DecimalMark.POINT for column in layout.taken}, "", (), ())


def gather(table: Table, layout: Layout, report: Report) -> Evidence:
    """Walks all rows once."""
    found = Evidence(DateEvidence(), {column.index: MarkEvidence() for column in layout.taken})
    date_index, ticker_index = layout.date_index, layout.index_of(Role.TICKER)
    marks = list(found.marks.items())
    seen: set[Cell] = set()
    for number, cells in table.rows(None, report):
        if number <= layout.last_heading_row:
            continue
        if len(cells) <= date_index:
            continue
        date_cell = cells[date_index]
        if date_cell not in seen:
            _note_date(found.dates, date_cell, seen)
        for index, evidence in marks:
            # Once the point is settled only a comma can tell more: most rows need no call.
            if (
                len(cells) > index
                and isinstance(cell := cells[index], str)
                and (not evidence.point or "," in cell)
            ):
                evidence.add(cell)
        if ticker_index is not None and len(cells) > ticker_index:
            found.tickers.setdefault(cell_text(cells[ticker_index]))
    return found


def _note_date(dates: DateEvidence, cell: Cell, seen: set[Cell]) -> None:
    if isinstance(cell, str):
        dates.add(cell)
    if len(seen) < MOST_REMEMBERED:
        seen.add(cell)


def settle(table: Table, layout: Layout, evidence: Evidence, answers: Mapping[str, str]) -> Settled:
    """What the evidence and the answers settle, and the questions that remain."""
    questions = [
        question
        for question in (
            _ticker_question(evidence),
            evidence.dates.question(),
            _column_question(layout),
        )
        if question and question.id not in answers
    ]
    marks, mark_question, notes = _settle_marks(table, layout, evidence, answers)
    if mark_question:
        questions.append(mark_question)
    orders = evidence.dates.orders()
    order = (
        DateOrder(answers["date_order"])
        if len(orders) > 1 and "date_order" in answers
        else orders[0]
    )
    ticker = answers.get("ticker", "") if len(evidence.tickers) > 1 else ""
    return Settled(order, marks, ticker, tuple(questions), notes)


def _ticker_question(evidence: Evidence) -> Question | None:
    tickers = [ticker for ticker in evidence.tickers if ticker]
    if len(tickers) < 2:
        return None
    options = tuple((ticker, ticker) for ticker in sorted(tickers)[:MOST_TICKERS])
    return Question(
        "ticker", f"The table holds {len(tickers)} tickers. Which one is meant?", options
    )


def _column_question(layout: Layout) -> Question | None:
    unsaid = layout.unsaid
    if len(unsaid) < 2:
        return None
    options = tuple(
        (str(column.index + 1), f"{column.heading}, such as {column.example}") for column in unsaid
    )
    return Question("price_column", "Which column holds the prices?", options)


def _settle_marks(
    table: Table, layout: Layout, evidence: Evidence, answers: Mapping[str, str]
) -> tuple[dict[int, DecimalMark], Question | None, tuple[str, ...]]:
    """The mark of each price column: by itself, by the other columns of the same hand, or asked."""
    settled = {index: marks.settled for index, marks in evidence.marks.items()}
    unclear = [
        column
        for column in layout.taken
        if not settled[column.index] and not evidence.marks[column.index].says_nothing
    ]
    question, common = None, DecimalMark.POINT
    notes: tuple[str, ...] = ()
    if unclear and table.comma_separates:
        notes = (COMMAS_PART,)
    elif unclear and "decimal_mark" in answers:
        common = DecimalMark(answers["decimal_mark"])
    elif unclear:
        first = evidence.marks[unclear[0].index]
        found = None if first.point else _mark_of_other_columns(table, layout, evidence)
        common = found or common
        if found:
            sign = "point" if found is DecimalMark.POINT else "comma"
            notes = (f"The {sign} is the decimal mark, as other columns of the table show.",)
        else:
            question = _mark_question(unclear[0].heading, first)
    return {index: mark or common for index, mark in settled.items()}, question, notes


def _mark_question(heading: str, evidence: MarkEvidence) -> Question:
    sentence = f"Column {heading}: which sign is the decimal mark?"
    return Question("decimal_mark", sentence, evidence.readings)


def _mark_of_other_columns(table: Table, layout: Layout, evidence: Evidence) -> DecimalMark | None:
    """The mark that every other column of numbers agrees on, the ignored ones included."""
    others = {column.index: MarkEvidence() for column in layout.columns if column.ignored_reason}
    for number, cells in table.rows(None, report_nothing):
        for index, marks in others.items():
            if number > layout.last_heading_row and len(cells) > index:
                marks.add(cell_text(cells[index]) if isinstance(cells[index], str) else "")
    said = {
        mark
        for marks in (*evidence.marks.values(), *others.values())
        for mark in ((marks.settled,) if not (marks.point and marks.comma) else tuple(DecimalMark))
        if mark
    }
    return said.pop() if len(said) == 1 else None
