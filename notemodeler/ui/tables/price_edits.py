"""What an edit of the price table does to the document, each a single step with its sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from notemodeler.domain.dates import show_date
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.ui.tables.model import Cell

if TYPE_CHECKING:
    from notemodeler.ui.tables.price_model import PriceModel


def counted_prices(doing: str, count: int) -> str:
    """`Paste 250 prices`."""
    return f"{doing} {count:,} price{'' if count == 1 else 's'}"


def write(model: PriceModel, cells: Sequence[Cell], doing: str) -> None:
    """Put values into cells; a price in an empty row makes its bar."""
    changes: dict[int, dict[str, Any]] = {}
    for cell in cells:
        changes.setdefault(cell.row, {})[model.columns[cell.column].name] = cell.value
    if not changes:
        return
    bars: list[PriceBar] = []
    gone: set[date] = set()
    for row, change in changes.items():
        old = model.bar(row)
        if "date" in change and not _move(model, row, change["date"], old, gone):
            return
        if old is not None:
            bars.append(dataclasses.replace(old, **change))
        elif "price" in change:
            bars.append(PriceBar(change.get("date", model.day(row)), change["price"]))
    if not bars:
        return
    sentence = _sentence(model, changes, doing)
    if gone:
        rest = tuple(bar for bar in model.series.bars if bar.date not in gone)
        _edit(model, model.series.with_bars((*rest, *bars)), sentence)
    else:
        put(model, bars, sentence)


def _move(model: PriceModel, row: int, day: date, old: PriceBar | None, gone: set[date]) -> bool:
    """Give a row another date if that is free; an empty row just moves."""
    if old is None:
        model.open_day(day, instead_of=model.day(row))
        return False
    if day in model.series.by_date and day != old.date:
        model.said.emit(f"{show_date(day)} has a price already; each day has one.", True)
        return False
    gone.add(old.date)
    return True


def put(model: PriceModel, bars: Iterable[PriceBar], sentence: str) -> None:
    """Put bars in by their dates."""
    series = model.series
    new = list(bars)
    places = [_place_of(model, bar.date) for bar in new]
    if all(place is not None for place in places):
        # Nothing comes or goes: no need to put everything into order again.
        kept = list(series.bars)
        for place, bar in zip(places, new, strict=True):
            kept[place] = bar  # type: ignore[index]  # none of them is None
        _edit(model, dataclasses.replace(series, bars=tuple(kept)), sentence)
    else:
        _edit(model, series.with_bars((*series.bars, *new)), sentence)


def _place_of(model: PriceModel, day: date) -> int | None:
    row = model.rows.row_of(day)
    return None if row is None or model.rows.places[row] < 0 else model.rows.places[row]


def remove(model: PriceModel, rows: Sequence[int]) -> None:
    """Take the bars of the rows out; empty rows that were asked for just go."""
    days = {model.day(row) for row in rows}
    gone = [bar for row in rows if (bar := model.bar(row)) is not None]
    model.extra = tuple(day for day in model.extra if day not in days)
    if not gone:
        model.say("There is no price in these rows to delete.")
        return
    rest = tuple(bar for bar in model.series.bars if bar.date not in days)
    sentence = counted_prices("Delete", len(gone))
    if len(gone) == 1:
        sentence = f"Delete {model.series.kind.label} of {show_date(gone[0].date)}"
    _edit(model, dataclasses.replace(model.series, bars=rest), sentence)


def _sentence(model: PriceModel, changes: dict[int, dict[str, Any]], doing: str) -> str:
    if len(changes) > 1:
        return counted_prices(doing, len(changes))
    ((row, change),) = changes.items()
    label, day = model.series.kind.label, show_date(model.day(row))
    if "date" in change:
        return f"Change date of {label} from {day} to {show_date(change['date'])}"
    if "kind" in change:
        kind = change["kind"]
        return f"Change series of {day} to {kind.label if kind else 'that of the series'}"
    from notemodeler.engines.words import price_text

    price = change["price"]
    return f"Change {label} of {day} to {'no quote' if price is None else price_text(price)}"


def _edit(model: PriceModel, series: PriceSeries, sentence: str) -> None:
    document = model.document
    document.edit(document.project.with_series(series, model.shown_place), sentence)
    model.say("")
