"""The columns of the outlook's tables: percentiles of each figure with their errors, and the notes of the book."""

from typing import Any, NamedTuple

from notemodeler.app.outlook_words import Amount, Unit
from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import TEXT
from notemodeler.domain.numbers import FORM, Style, Unreadable
from notemodeler.engines.simulation.spread import Spread
from notemodeler.engines.simulation.statistics import LEVELS, Estimate

MEAN = "mean"
FIRST_LEVEL = 2
"""The column of the lowest percentile, after figure and mean."""


class AmountKind:
    """A figure of any unit, to be read only: the rows of one column count different things."""

    name = "count"  # stands at the right as counts do

    def read(self, text: str, style: Style = FORM) -> Amount:
        raise Unreadable("A simulated figure cannot be typed.")

    def show(self, value: Amount, style: Style = FORM) -> str:
        return value.text

    def to_data(self, value: Any) -> Any:
        return value.value

    def from_data(self, data: Any) -> Any:
        raise Unreadable("A simulated figure cannot be read.")


AMOUNT = AmountKind()


class FigureRow(NamedTuple):
    """One line of the figures: the values of a figure, or their standard errors.

    `cells` are the mean and the quantiles of `LEVELS`, None where there is none. `spread` is that of
    the figure, None for a chance.
    """

    name: str
    label: str
    unit: Unit
    is_error: bool
    cells: tuple[Amount | None, ...]
    spread: Spread | None

    @property
    def mean(self) -> Amount | None:
        return self.cells[0]


def _cell(place: int) -> Any:
    return lambda row: row.cells[place]


FIGURES = (
    Column("Figure", lambda row: row.label, TEXT, 24, "Cost: shares at market, and cash.", "figure"),
    Column("Mean", _cell(0), AMOUNT, 12, "Over all paths; of a chance, the chance.", MEAN),
    *(
        Column(
            f"{level:.0%}".replace("%", " %"),
            _cell(1 + place), AMOUNT, 12,
            f"On {level:.0%} of the paths it is less. Open the cell to see such a path.", f"at_{level:g}",
        )
        for place, level in enumerate(LEVELS)
    ),
)  # fmt: skip


def mean_of(row: Any, name: str) -> Estimate | None:
    """A figure of a note of the book; None if it is not known."""
    found = getattr(row.means, name)
    return found if isinstance(found, Estimate) else None


def _value(name: str, unit: Unit) -> Any:
    def take(row: Any) -> Amount | None:
        found = mean_of(row, name)
        return None if found is None else Amount(found.value, unit)

    return take


def _error(name: str, unit: Unit) -> Any:
    def take(row: Any) -> Amount | None:
        found = mean_of(row, name)
        return None if found is None else Amount(found.error, unit)

    return take


def _at(place: int) -> Any:
    return lambda row: Amount(row.means.issued_quantiles[place].value, Unit.SHARES)


ERROR = "Standard error of the figure at its left."
NOTES = (
    Column("Note", lambda row: row.title, TEXT, 28, "What the note is called.", "title"),
    Column("Shares, mean", _value("issued", Unit.SHARES), AMOUNT, 15, "Issued from the day on.", "issued"),
    Column("±", _error("issued", Unit.SHARES), AMOUNT, 12, ERROR, "issued_error"),
    Column("Shares, 5 %", _at(0), AMOUNT, 15, "On 5 % of the paths fewer are issued.", "issued_low"),
    Column("Shares, 95 %", _at(-1), AMOUNT, 15, "On 5 % of the paths more are issued.", "issued_high"),
    Column(
        "Of the company", _value("share_of_company", Unit.PART), AMOUNT, 11,
        "Those shares as a part of all outstanding at the end, mean.", "share_of_company",
    ),
    Column("±", _error("share_of_company", Unit.PART), AMOUNT, 8, ERROR, "share_error"),
    Column("Cost $, mean", _value("cost", Unit.DOLLARS), AMOUNT, 13, "Shares at market, and all cash.", "cost"),
    Column("±", _error("cost", Unit.DOLLARS), AMOUNT, 9, ERROR, "cost_error"),
    Column(
        "Cash at maturity $", _value("matured", Unit.DOLLARS), AMOUNT, 13, "Mean over the paths.", "matured",
    ),
    Column("±", _error("matured", Unit.DOLLARS), AMOUNT, 9, ERROR, "matured_error"),
    Column("Gone on (median)", lambda row: row.gone_on, AMOUNT, 15, "Half of the paths are there.", "gone_on"),
    Column(
        "Gone before due", _value("gone_before", Unit.PART), AMOUNT, 11,
        "The chance that nothing is left when it must be paid.", "gone_before",
    ),
    Column("±", _error("gone_before", Unit.PART), AMOUNT, 8, ERROR, "gone_before_error"),
    Column(
        "Reserve runs out", _value("reserve_out", Unit.PART), AMOUNT, 11,
        "The chance that more shares are issued than are set aside.", "reserve_out",
    ),
    Column("±", _error("reserve_out", Unit.PART), AMOUNT, 8, ERROR, "reserve_out_error"),
)  # fmt: skip
