"""A block pasted into the price table: what is plain goes in at once, what is not is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceBar
from notemodeler.ui.tables import price_edits
from notemodeler.ui.tables.price_columns import QUOTED
from notemodeler.ui.tables.price_merge import Merge, merged
from notemodeler.ui.tables.price_rows import following_day

if TYPE_CHECKING:
    from notemodeler.io.price_files import NumbersColumn, PriceProposal, Question
    from notemodeler.ui.tables.price_model import PriceModel

MOST_READ_AT_ONCE = 400_000
"""Characters; a longer text is read beside the window, in the preview."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a paste: a sentence, and what is still to be asked or looked at."""

    sentence: str = ""
    is_refusal: bool = False
    needs_preview: bool = False
    has_more: bool = False
    """Some rows were not understood, or are doubtful: the preview shows them."""
    question: Question | None = None


def paste_prices(
    model: PriceModel, row: int, column: int, text: str, answers: Mapping[str, str] | None = None
) -> Pasted:
    """Put the pasted text into the series shown, as one undo step, if it can mean one thing only."""
    from notemodeler.io.price_files import read_price_table, split_block

    if len(text) > MOST_READ_AT_ONCE:
        return Pasted(needs_preview=True)
    try:
        rows = split_block(text)
        if column == QUOTED and all(len(cells) == 1 for cells in rows):
            done = _paste_numbers(model, row, [cells[0] for cells in rows], answers or {})
            if done is not None:
                return done
        return _paste_table(model, read_price_table(text, name="pasted prices"))
    except UserError as error:
        return Pasted(f"{error.sentence} {error.hint}".strip(), is_refusal=True)


def _paste_numbers(
    model: PriceModel, row: int, cells: list[str], answers: Mapping[str, str]
) -> Pasted | None:
    """One column of prices over the dates from the row on; None if these are no prices."""
    from notemodeler.io.price_files import read_numbers_column

    numbers = read_numbers_column(cells, answers=answers)
    if numbers.questions:
        return Pasted(question=numbers.questions[0])
    if len(numbers.rejected) >= len(numbers.values):
        return None
    bars = _laid_over(model, row, numbers)
    price_edits.put(model, bars, price_edits.counted_prices("Paste", len(bars)))
    told = f"{_prices(len(bars))} pasted."
    if numbers.rejected:
        first = numbers.rejected[0]
        told = f"{told[:-1]}; {_rows(len(numbers.rejected))} not understood, first “{first.text}”."
    return Pasted(told)


def _laid_over(model: PriceModel, row: int, numbers: NumbersColumn) -> list[PriceBar]:
    first = 2 if numbers.heading else 1
    refused = {each.row_number - first for each in numbers.rejected}
    bars = []
    for place, day in enumerate(_days_from(model, row, len(numbers.values))):
        if place not in refused:
            old = model.series.by_date.get(day)
            bars.append(PriceBar(day, numbers.values[place], old.kind if old else None))
    return bars


def _days_from(model: PriceModel, row: int, count: int) -> Sequence[date]:
    """The days of the rows as they stand, and the trading days after them."""
    days = [model.day(each) for each in range(row, min(row + count, model.rowCount()))]
    calendar = model.document.results.market.calendar
    while len(days) < count:
        days.append(following_day(max(days[-1], model.rows.days[-1]), calendar))
    return days


def _paste_table(model: PriceModel, proposal: PriceProposal) -> Pasted:
    taken = proposal.taken
    series = model.series
    if proposal.questions or len(taken) != 1 or taken[0].kind not in (None, series.kind):
        return Pasted(needs_preview=True)
    new = taken[0].bars
    if not new:
        return Pasted("No row of what was pasted could be read:", is_refusal=True, has_more=True)
    after = series.with_bars(merged(series.bars, new, Merge.NEW_WINS))
    document = model.document
    document.edit(
        document.project.with_series(after, model.shown_place),
        price_edits.counted_prices("Paste", len(new)),
    )
    told = [f"{_prices(len(new))} pasted"]
    if proposal.rejected_count:
        told.append(f"{_rows(proposal.rejected_count)} not understood")
    if proposal.doubtful:
        told.append(f"{_rows(len(proposal.doubtful))} doubtful")
    return Pasted("; ".join(told) + ("." if len(told) == 1 else ":"), has_more=len(told) > 1)


def _prices(count: int) -> str:
    return price_edits.counted_prices("", count).strip()


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
