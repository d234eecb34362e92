"""A document as it could be known at the end of a day: nothing that came later counts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from notemodeler.domain.calendar import ONE_DAY
from notemodeler.domain.issuer import Issuer, StatusEvent
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.repayment import Instalment, Settled
from notemodeler.engines.splits import UNCHANGED, new_for_old, price_carried, shares_carried


def as_of(project: Project, day: date, *, with_entries: bool = True) -> Project:
    """The document without later prices, ledger entries, defaults, splits, events and charters.

    Without `with_entries` the ledger entries of the day itself are left out too. It is the same object
    if nothing in it is later. Splits stay where a price series is restated for them:
    without them its prices would be wrong. Where they go, par and reserved shares, which are those of
    today, are carried back. Instalments in shares that are still to come are left to the ledger: at
    what price they will be settled is not known.
    """
    last_entry = day if with_entries else day - ONE_DAY
    prices = _kept(project.prices, tuple(_series_as_of(each, day) for each in project.prices))
    keeps_splits = any(series.is_split_adjusted for series in project.prices)
    back = UNCHANGED if keeps_splits else 1 / new_for_old(project.issuer.splits, day, date.max)
    made = (_note_as_of(each, day, last_entry) for each in project.notes)
    notes = _kept(project.notes, tuple(_reserve_carried(each, back) for each in made))
    issuer = _issuer_as_of(project.issuer, day, back, keeps_splits=keeps_splits)
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
    before = note.repayment.instalments
    instalments = _kept(before, tuple(_instalment_as_of(each, day) for each in before))
    if instalments is not before:
        made = replace(made, repayment=replace(note.repayment, instalments=instalments))
    default = note.default
    if default.default_date is not None and default.default_date > day:
        made = replace(made, default=replace(default, default_date=None))
    return made


def _instalment_as_of(instalment: Instalment, day: date) -> Instalment:
    if instalment.date <= day or instalment.settled is not Settled.SHARES:
        return instalment
    return replace(instalment, settled=Settled.LEDGER)


def _reserve_carried(note: Note, back: Fraction) -> Note:
    reserved = note.conversion.reserved_shares
    if back == UNCHANGED or not reserved:
        return note
    terms = replace(note.conversion, reserved_shares=shares_carried(reserved, back))
    return replace(note, conversion=terms)


def _issuer_as_of(issuer: Issuer, day: date, back: Fraction, *, keeps_splits: bool) -> Issuer:
    """`back` is how many shares of the day a share of today was."""
    splits = tuple(each for each in issuer.splits if keeps_splits or each.date <= day)
    events = tuple(
        _event_as_of(each, day) for each in issuer.status_events if each.from_date <= day
    )
    charters = tuple(each for each in issuer.shares_authorised if each.from_date <= day)
    if (
        len(splits) == len(issuer.splits)
        and len(charters) == len(issuer.shares_authorised)
        and events == issuer.status_events
    ):
        return issuer
    par = issuer.par_price
    return replace(
        issuer,
        splits=splits,
        status_events=events,
        shares_authorised=charters,
        par_price=par if par is None else price_carried(par, back),
    )


def _event_as_of(event: StatusEvent, day: date) -> StatusEvent:
    """That an event has ended is not known before its end."""
    if event.until_date is None or event.until_date <= day:
        return event
    return replace(event, until_date=None)
