"""A document as it could be known at the end of a day: nothing that came later counts."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from notemodeler.domain.calendar import ONE_DAY
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project


def as_of(project: Project, day: date, *, with_entries: bool = True) -> Project:
    """The document without later prices, ledger entries, defaults, splits and events.

    Without `with_entries` the ledger entries of the day itself are left out too. It is the same object
    if nothing in it is later. Splits stay where a price series is restated for them: without them its
    prices would be wrong.
    """
    last_entry = day if with_entries else day - ONE_DAY
    prices = _kept(project.prices, tuple(_series_as_of(each, day) for each in project.prices))
    notes = _kept(
        project.notes, tuple(_note_as_of(each, day, last_entry) for each in project.notes)
    )
    restated = any(series.is_split_adjusted for series in project.prices)
    issuer = _issuer_as_of(project.issuer, day, keeps_splits=restated)
    if prices is project.prices and notes is project.notes and issuer is project.issuer:
        return project
    return replace(project, prices=prices, notes=notes, issuer=issuer)


Item = TypeVar("Item")


def _kept(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    same = all(old is new for old, new in zip(before, after, strict=True))
    return before if same else after


def _series_as_of(series: PriceSeries, day: date) -> PriceSeries:
    if not series.bars or series.bars[-1].date <= day:
        return series
    return replace(series, bars=tuple(bar for bar in series.bars if bar.date <= day))


def _note_as_of(note: Note, day: date, last_entry: date) -> Note:
    made = note
    ledger = tuple(entry for entry in note.ledger if entry.date <= last_entry)
    if len(ledger) < len(note.ledger):
        made = replace(made, ledger=ledger)
    default = note.default
    if default.default_date is not None and default.default_date > day:
        made = replace(made, default=replace(default, default_date=None))
    return made


def _issuer_as_of(issuer: Issuer, day: date, *, keeps_splits: bool) -> Issuer:
    splits = tuple(each for each in issuer.splits if keeps_splits or each.date <= day)
    events = tuple(each for each in issuer.status_events if each.from_date <= day)
    if len(splits) == len(issuer.splits) and len(events) == len(issuer.status_events):
        return issuer
    return replace(issuer, splits=splits, status_events=events)
