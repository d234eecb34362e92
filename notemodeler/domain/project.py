"""The one immutable root that a file holds: an issuer, its prices and its book of notes."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.prices import PriceSeries
from notemodeler.domain.scenario import Scenario
from notemodeler.domain.terms import Field, fields_of, value_at, with_value
from notemodeler.domain.valuation import Valuation


@dataclass(frozen=True)
class Project:
    """Everything a document holds. Every edit makes a new one."""

    issuer: Issuer = dataclasses.field(default_factory=Issuer)
    prices: tuple[PriceSeries, ...] = (PriceSeries(),)
    notes: tuple[Note, ...] = (Note(),)
    closures: tuple[datetime.date, ...] = ()
    """Days on which the market was closed besides those the calendar knows."""
    scenario: Scenario = dataclasses.field(default_factory=Scenario)
    valuation: Valuation = dataclasses.field(default_factory=Valuation)
    remark: str = ""
    """What a reader must know of the whole document, such as that its prices are illustrative."""

    def __post_init__(self) -> None:
        if not self.notes:
            raise ValueError("a document holds at least one note")

    def with_note(self, note: Note, at: int = 0) -> "Project":
        return dataclasses.replace(self, notes=(*self.notes[:at], note, *self.notes[at + 1 :]))

    def with_series(self, series: PriceSeries, at: int = 0) -> "Project":
        return dataclasses.replace(self, prices=(*self.prices[:at], series, *self.prices[at + 1 :]))


FIELDS: tuple[Field, ...] = (
    *fields_of(Issuer, "issuer"),
    *fields_of(Note, "note"),
    *fields_of(Scenario, "scenario"),
    *fields_of(Valuation, "valuation"),
)
"""Every term of a document's issuer, of one note, of its assumptions and of its valuation, in reading order."""

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}


def field_value(project: Project, name: str, note: int = 0) -> Any:
    """The value of a named field; `note` says which note the `note.` fields mean."""
    return value_at(owner_of(project, name, note), FIELD_BY_NAME[name].path)


def with_field(project: Project, name: str, value: Any, note: int = 0) -> Project:
    """The project with one named field replaced."""
    owner = with_value(owner_of(project, name, note), FIELD_BY_NAME[name].path, value)
    if isinstance(owner, Note):
        return project.with_note(owner, note)
    return dataclasses.replace(project, **{name.partition(".")[0]: owner})


def owner_of(project: Project, name: str, note: int) -> Any:
    """The noun that has the named field."""
    owner = name.partition(".")[0]
    return project.notes[note] if owner == "note" else getattr(project, owner)


def applies(name: str, value_of: Callable[[str], Any]) -> bool:
    """Whether the named term says anything as the others stand, and the term that decides it too."""
    term = FIELD_BY_NAME[name].term
    if not term.applies(value_of):
        return False
    return term.applies_when is None or applies(term.applies_when[0], value_of)
