"""The figures of a simulation as readers take them: labels, values with their standard errors, sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from notemodeler.domain.dates import show_date

if TYPE_CHECKING:
    from notemodeler.engines.simulation.picture import NotePicture, Picture
    from notemodeler.engines.simulation.statistics import Distribution, Estimate

QUANTILES = ("5 %", "25 %", "50 %", "75 %", "95 %")
LATEST = 0.5
WORTH = "Worth to the holder today"
"""The date on which a note is gone is told for the middle path."""


@dataclass(frozen=True)
class Figure:
    """One figure with its standard error; `unit` is shares, dollars or part."""

    name: str
    label: str
    unit: str
    estimate: "Estimate"

    @property
    def shown(self) -> str:
        return f"{amount_words(self.estimate.value, self.unit)} ± {amount_words(self.estimate.error, self.unit)}"


def amount_words(value: float, unit: str) -> str:
    """A figure in its unit; one that is not known as a dash."""
    if value != value:
        return "–"
    if unit == "part":
        return f"{value:.2%}".replace("%", " %")
    return f"${value:,.0f}" if unit == "dollars" else f"{value:,.0f}"


def figures(picture: "Picture") -> tuple[Figure, ...]:
    """The single figures of the note looked at and of the company."""
    return tuple(_figures(picture))


def _figures(picture: "Picture") -> Iterator[Figure]:
    note = picture.notes[0]
    drifts = picture.case.known.case.valuation.drift_rate is not None
    label = "Present value to the holder, with the drift stated" if drifts else WORTH
    yield Figure("value", label, "dollars", note.value)
    yield from _of("issued", "Shares issued", "shares", note.issued)
    if note.share_of_company is not None:
        yield from _of("share_of_company", "Part of the company", "part", note.share_of_company)
    yield from _of("cost", "Cost: shares at market, and cash", "dollars", note.cost)
    yield Figure("matured", "Cash at maturity, mean", "dollars", note.matured.mean)
    yield Figure("gone", "Chance that it is gone before it must be paid", "part", note.gone)
    if len(picture.notes) > 1:
        yield Figure(
            "book_issued", "Shares issued by all notes, mean", "shares", picture.issued.mean
        )
    for name, label, chance in (
        ("reserve_out", "Chance that the reserve runs out", note.reserve_out),
        ("authorised_out", "Chance that authorised shares run out", picture.authorised_out),
        ("below_par", "Chance that the price falls under par", picture.below_par),
    ):
        if chance is not None:
            yield Figure(name, label, "part", chance)


def _of(name: str, label: str, unit: str, found: "Distribution") -> Iterator[Figure]:
    yield Figure(f"{name}_mean", f"{label}, mean", unit, found.mean)
    for words, estimate in zip(QUANTILES, found.quantiles, strict=True):
        place = words.removesuffix(" %")
        yield Figure(f"{name}_{place}", f"{label}, {words} quantile", unit, estimate)


def gone_date(picture: "Picture", note: "NotePicture", level: float = LATEST) -> date | None:
    """The day by which that part of the paths has nothing left of the note; None if that never comes."""
    for day, part in zip(picture.days, note.gone_by, strict=True):
        if part >= level:
            return day
    return None


def sentences(picture: "Picture") -> tuple[str, ...]:
    """What was simulated, how, and what comes of it, in words."""
    note, case = picture.notes[0], picture.case
    first, last = picture.days[0], picture.days[-1]
    gone = gone_date(picture, note)
    found = [
        f"{picture.paths:,} paths from {show_date(first)} to {show_date(last)}, seed {picture.seed}: "
        f"{case.assumed.model.words}.",
        f"The holder converts {case.policy_words}.",
        f"On half of the paths it receives more than {amount_words(note.issued.quantiles[2].value, 'shares')} "
        f"shares; in the worst of twenty cases {amount_words(note.issued.quantiles[4].value, 'shares')} or more.",
    ]
    if gone is not None:
        found.append(f"On half of the paths nothing is left of the note by {show_date(gone)}.")
    if not picture.is_final:
        found.append("More paths are being simulated.")
    return tuple(found)
