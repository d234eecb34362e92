"""The one immutable root that a file holds: an issuer, its prices and its book of notes."""

import dataclasses
import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from notemodeler.domain.kinds import DATE, SHARES, TEXT
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.terms import Field, fields_of, term, value_at, with_value

ISSUER = "Issuer"


@dataclass(frozen=True, slots=True)
class ShareCount:
    """How many shares were outstanding on a day, as a report says."""

    date: datetime.date = term(
        None, "As of", DATE, "The day for which the count is reported.", group=ISSUER
    )
    shares: int = term(
        None, "Shares outstanding", SHARES,
        "Shares of common stock outstanding as that day begins; what it converts comes on top.",
        group=ISSUER, unit="shares", minimum=1, maximum=10**15,
    )  # fmt: skip


@dataclass(frozen=True)
class Issuer:
    """The company that sold the notes."""

    name: str = term("", "Issuer", TEXT, "The company that sold the note.", group=ISSUER)
    ticker: str = term(
        "", "Ticker", TEXT, "The symbol under which the shares are quoted.", group=ISSUER
    )
    shares_outstanding: tuple[ShareCount, ...] = ()

    def __post_init__(self) -> None:
        dates = [count.date for count in self.shares_outstanding]
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise ValueError("share counts are in date order, each date once")


@dataclass(frozen=True)
class Project:
    """Everything a document holds. Every edit makes a new one."""

    issuer: Issuer = dataclasses.field(default_factory=Issuer)
    prices: tuple[PriceSeries, ...] = (PriceSeries(),)
    notes: tuple[Note, ...] = (Note(),)
    closures: tuple[datetime.date, ...] = ()
    """Days on which the market was closed besides those the calendar knows."""
    remark: str = ""
    """What a reader must know of the whole document, such as that its prices are illustrative."""

    def __post_init__(self) -> None:
        if not self.notes:
            raise ValueError("a document holds at least one note")

    def with_note(self, note: Note, at: int = 0) -> "Project":
        return dataclasses.replace(self, notes=(*self.notes[:at], note, *self.notes[at + 1 :]))

    def with_series(self, series: PriceSeries, at: int = 0) -> "Project":
        return dataclasses.replace(self, prices=(*self.prices[:at], series, *self.prices[at + 1 :]))


FIELDS: tuple[Field, ...] = (*fields_of(Issuer, "issuer"), *fields_of(Note, "note"))
"""Every term of a document's issuer and of one note, in reading order."""

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}


def field_value(project: Project, name: str, note: int = 0) -> Any:
    """The value of a named field; `note` says which note the `note.` fields mean."""
    return value_at(_owner(project, name, note), FIELD_BY_NAME[name].path)


def with_field(project: Project, name: str, value: Any, note: int = 0) -> Project:
    """The project with one named field replaced."""
    owner = with_value(_owner(project, name, note), FIELD_BY_NAME[name].path, value)
    if isinstance(owner, Issuer):
        return dataclasses.replace(project, issuer=owner)
    return project.with_note(owner, note)


def _owner(project: Project, name: str, note: int) -> Any:
    return project.issuer if name.startswith("issuer.") else project.notes[note]
