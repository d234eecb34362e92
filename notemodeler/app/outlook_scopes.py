"""One note or the whole book in an outlook: its fans, its lines of figures, what they say in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf, nan

from notemodeler.app.outlook_columns import FigureRow
from notemodeler.app.outlook_past import Past
from notemodeler.app.outlook_words import Amount, Told, Unit, outlook_sentences
from notemodeler.domain.dates import show_date
from notemodeler.engines.simulation.picture import Fan, Picture
from notemodeler.engines.simulation.scope import (
    NoteMeans,
    ScopeFigures,
    book_figures,
    issued_fan,
    note_figures,
    note_means,
    outstanding_fan,
)
from notemodeler.engines.simulation.spread import Spread
from notemodeler.engines.simulation.statistics import LEVELS, Estimate

ERROR_LABEL = "  ± standard error"
LOW, MIDDLE, HIGH = 0, LEVELS.index(0.5), len(LEVELS) - 1
SHORT = {
    "authorised_out": "charter runs out", "reserve_out": "reserve runs out", "below_par": "price under par",
}  # fmt: skip
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class FanLines:
    """One fan over known and simulated days alike; `rows[i]` and `errors[i]` belong to `LEVELS[i]`.

    `known` ends where the rows begin; each is NaN where it has nothing.
    """

    name: str
    title: str
    unit: Unit
    known: tuple[float, ...]
    rows: Rows
    errors: Rows


@dataclass(frozen=True, eq=False)
class Scope:
    """The note looked at (`note`), or the whole book (`book`)."""

    name: str
    title: str
    fans: tuple[FanLines, ...]
    rows: tuple[FigureRow, ...]
    sentences: tuple[str, ...]

    def row(self, name: str) -> FigureRow:
        """The values of a figure by its name."""
        return next(row for row in self.rows if row.name == name and not row.is_error)

    def relative_error(self, name: str) -> float:
        """The standard error of a mean as a part of it; zero where both are."""
        spread = self.row(name).spread
        assert spread is not None
        value, error, _ = spread.mean
        return error / abs(value) if value else (inf if error else 0.0)


@dataclass(frozen=True)
class NoteRow:
    """One note of the book in short, with the day by which half of the paths have nothing left of it."""

    means: NoteMeans
    gone_on: Amount

    @property
    def title(self) -> str:
        return self.means.title

    @property
    def place(self) -> int:
        return self.means.place


def note_scope(picture: Picture, past: Past) -> Scope:
    """The note looked at."""
    found, title = note_figures(picture), picture.case.known.note.title
    fans = (*_price_fans(picture, past), _issued(picture, past))
    told = _told(picture, found, "the holder receives", "the note")
    return Scope("note", title, fans, tuple(_rows(picture, found)), outlook_sentences(told))


def book_scope(picture: Picture, past: Past) -> Scope:
    """All notes that owe anything, together."""
    found, many = book_figures(picture), len(picture.outcome.notes)
    fans = (*_price_fans(picture, past), _outstanding(picture, past))
    told = _told(picture, found, "the company issues", f"the {many} notes")
    return Scope(
        "book", f"All {many} notes that owe anything", fans, tuple(_rows(picture, found)),
        outlook_sentences(told),
    )  # fmt: skip


def note_row(picture: Picture, at: int) -> NoteRow:
    means = note_means(picture, at)
    return NoteRow(means, Amount(means.gone_middle, Unit.DAY, picture.days, means.gone_end))


def total_row(picture: Picture) -> NoteRow:
    """All notes together, in the same columns."""
    found = book_figures(picture)
    part = found.share_of_company
    means = NoteMeans(
        -1, "All notes", found.issued.mean, found.issued.quantiles, None if part is None else part.mean,
        found.matured.mean, found.cost.mean, found.gone_before, found.gone.quantiles[MIDDLE].value,
        found.gone_end, found.reserve_out,
    )  # fmt: skip
    return NoteRow(means, Amount(means.gone_middle, Unit.DAY, picture.days, means.gone_end))


# Fans.


def _price_fans(picture: Picture, past: Past) -> Iterator[FanLines]:
    yield _lines("price", "Price of a share", Unit.PRICE, past.price, picture.price)
    yield _lines(
        "conversion_price", "Conversion price", Unit.PRICE, past.conversion_price,
        picture.conversion_price,
    )  # fmt: skip


def _issued(picture: Picture, past: Past) -> FanLines:
    title = f"Shares issued under the note after {show_date(picture.case.known.day)}"
    known = (nan,) * (len(past.days) - 1) + (0.0,) * bool(past.days)
    return _lines("issued", title, Unit.SHARES, known, issued_fan(picture))


def _outstanding(picture: Picture, past: Past) -> FanLines:
    if picture.case.setting.outstanding is None:
        title = f"Shares issued by all notes after {show_date(picture.case.known.day)}"
        known = (nan,) * (len(past.days) - 1) + (0.0,) * bool(past.days)
        return _lines("all_issued", title, Unit.SHARES, known, outstanding_fan(picture))
    title, known = "Shares outstanding", past.outstanding
    return _lines("outstanding", title, Unit.SHARES, known, outstanding_fan(picture))


def _lines(name: str, title: str, unit: Unit, known: tuple[float, ...], found: Fan) -> FanLines:
    """The fan begins at the last known figure."""
    before = (nan,) * max(0, len(known) - 1)
    start = known[-1:]
    ahead = (nan,) * len(found.rows[0])
    return FanLines(
        name,
        title,
        unit,
        (*known, *ahead),
        tuple((*before, *start, *row) for row in found.rows),
        tuple((*before, *((nan,) * len(start)), *row) for row in found.errors),
    )


# Figures.


def _rows(picture: Picture, found: ScopeFigures) -> Iterator[FigureRow]:
    yield from _of("issued", "Shares issued", Unit.SHARES, found.issued)
    if found.share_of_company is not None:
        yield from _of("share_of_company", "Of the company", Unit.PART, found.share_of_company)
    yield from _of_days(picture, found)
    yield from _of("matured", "Cash at maturity, $", Unit.DOLLARS, found.matured)
    yield from _of("cost", "Cost, $", Unit.DOLLARS, found.cost)
    for name, label, _, chance in _chances(picture, found):
        yield from _chance(name, label, chance)
    yield from _chance("gone_before", "Chance: gone before due", found.gone_before)


def _of(name: str, label: str, unit: Unit, spread: Spread) -> Iterator[FigureRow]:
    estimates = (spread.mean, *spread.quantiles)
    values = tuple(Amount(each.value, unit) for each in estimates)
    errors = tuple(Amount(each.error, unit) for each in estimates)
    yield FigureRow(name, label, unit, False, values, spread)
    yield FigureRow(name, ERROR_LABEL, unit, True, errors, spread)


def _of_days(picture: Picture, found: ScopeFigures) -> Iterator[FigureRow]:
    """Dates have a median and no mean: on some paths the day never comes."""
    spread, label = found.gone, "Nothing left on"
    values = tuple(
        Amount(each.value, Unit.DAY, picture.days, found.gone_end) for each in spread.quantiles
    )
    errors = tuple(
        Amount(each.error if each.value < found.gone_end else nan, Unit.DAYS)
        for each in spread.quantiles
    )
    yield FigureRow("gone", label, Unit.DAY, False, (None, *values), spread)
    yield FigureRow("gone", ERROR_LABEL, Unit.DAYS, True, (None, *errors), spread)


def _chance(name: str, label: str, chance: Estimate) -> Iterator[FigureRow]:
    none = (None,) * len(LEVELS)
    value, error = (Amount(each, Unit.PART) for each in (chance.value, chance.error))
    yield FigureRow(name, label, Unit.PART, False, (value, *none), None)
    yield FigureRow(name, ERROR_LABEL, Unit.PART, True, (error, *none), None)


def _chances(picture: Picture, found: ScopeFigures) -> Iterator[tuple[str, str, str, Estimate]]:
    """Name, label, words that follow “that”, and the chance, of those that are known."""
    for name, what, chance in (
        ("authorised_out", "authorised shares run out", picture.authorised_out),
        ("reserve_out", "the reserve runs out", found.reserve_out),
        ("below_par", "the price falls under par", picture.below_par),
    ):
        if chance is not None:
            yield name, f"Chance: {SHORT[name]}", what, chance


# Words.


def _told(picture: Picture, found: ScopeFigures, subject: str, what: str) -> Told:
    part = found.share_of_company
    return Told(
        subject,
        what,
        _three(found.issued),
        None if part is None else _three(part),
        _gone_middle(picture, found),
        found.gone_before.value,
        found.matured.quantiles[HIGH].value,
        tuple((words, chance.value) for _, _, words, chance in _chances(picture, found)),
    )


def _three(spread: Spread) -> tuple[float, float, float]:
    quantiles = spread.quantiles
    return quantiles[LOW].value, quantiles[MIDDLE].value, quantiles[HIGH].value


def _gone_middle(picture: Picture, found: ScopeFigures) -> date | None:
    place = round(found.gone.quantiles[MIDDLE].value)
    return picture.days[place] if place < found.gone_end else None
