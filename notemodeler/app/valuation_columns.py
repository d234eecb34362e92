"""The columns of the valuation's tables: one list each, for window, command line and workbook alike."""

from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import COUNT, DATE, MONEY, PRICE, RATE, TEXT
from notemodeler.domain.numbers import to_cents
from notemodeler.engines.valuation.worth import FairValue

MOST_PLACES = 6


def in_cents(value: float | None) -> Decimal | None:
    """Dollars of an engine as money, to the cent; None as None."""
    return None if value is None else to_cents(Decimal(repr(value)))


def as_rate(value: float | None) -> Decimal | None:
    """A fraction of an engine with six decimals."""
    return None if value is None else round(Decimal(repr(value)), MOST_PLACES).normalize() + 0


def as_price(value: float | None) -> Decimal | None:
    """A price of an engine with the decimals that it was given with."""
    return None if value is None else Decimal(repr(value))


class InputRow(NamedTuple):
    """One input as a reader checks it: what it is, its value and where it comes from."""

    name: str
    label: str
    value: str
    source: str


class RunRow(NamedTuple):
    """A valuation date of a run: why it is one, what went in, and the value that came out."""

    why: str
    found: FairValue
    owed: Decimal
    conversion_price: Decimal | None


INPUTS = (
    Column("Input", lambda row: row.label, TEXT, 26, "", "input"),
    Column("Value", lambda row: row.value, TEXT, 22, "", "value"),
    Column("From", lambda row: row.source, TEXT, 60, "Where the input comes from.", "source"),
)

ENGINES = (
    Column("Engine", lambda row: row.engine.label, TEXT, 44, "What worked the value out.", "engine"),
    Column(
        "Note", lambda row: in_cents(row.note), MONEY, 16, "What the note is worth to its holder.", "note",
    ),
    Column(
        "Conversion right", lambda row: in_cents(row.right), MONEY, 16,
        "The note with the right to convert, less the note without it.", "right",
    ),
    Column(
        "Without the right", lambda row: in_cents(row.straight), MONEY, 16,
        "The note as a debt that is paid in cash.", "straight",
    ),
    Column(
        "Converted now", lambda row: in_cents(row.worth_now), MONEY, 16,
        "What the shares of a conversion of everything on the day are worth.", "worth_now",
    ),
    Column(
        "Uncertain by", lambda row: in_cents(row.error), MONEY, 14,
        "By how much a coarser tree differs, or the standard error of a simulation.", "error",
    ),
    Column(
        "At least", lambda row: in_cents(row.least), MONEY, 16,
        "The value if limits on shares let the holder convert only once; without limits it is the note's.",
        "least",
    ),
    Column(
        "Returns a day", lambda row: row.work.points if row.work else None, COUNT, 10,
        "How many returns a day the tree has.", "points",
    ),
    Column(
        "States", lambda row: row.work.states if row.work else None, COUNT, 12,
        "How many states the tree has on a day.", "states",
    ),
)  # fmt: skip

RUN = (
    Column("Valued on", lambda row: row.found.on, DATE, 13, "The valuation date.", "on"),
    Column("Why", lambda row: row.why, TEXT, 22, "Why the note is valued on this day.", "why"),
    Column("Owed", lambda row: row.owed, MONEY, 15, "Owed at the end of the day.", "owed"),
    Column("Share price", lambda row: as_price(row.found.inputs.price), PRICE, 12, "", "share_price"),
    Column(
        "Conversion price", lambda row: row.conversion_price, PRICE, 15, "For a notice on the day.",
        "conversion_price",
    ),
    Column(
        "Volatility", lambda row: as_rate(row.found.inputs.volatility), RATE, 12, "A year.", "volatility",
    ),
    Column(
        "Risk-free rate", lambda row: as_rate(row.found.inputs.risk_free), RATE, 12,
        "Of the term to maturity, continuously compounded.", "risk_free",
    ),
    Column(
        "Years left", lambda row: round(Decimal(repr(row.found.inputs.years)), 4), PRICE, 10,
        "Calendar time to maturity, actual/365.", "years",
    ),
    Column("Engine", lambda row: row.found.engine.label, TEXT, 18, "What worked the value out.", "engine"),
    Column("Note", lambda row: in_cents(row.found.note), MONEY, 16, "", "note"),
    Column("Conversion right", lambda row: in_cents(row.found.right), MONEY, 16, "", "right"),
)  # fmt: skip

ROLL_FORWARD = (
    Column("From", lambda row: row.start, DATE, 13, "The valuation date before.", "start"),
    Column("To", lambda row: row.end, DATE, 13, "The valuation date.", "end"),
    Column("Opening", lambda row: row.opening, MONEY, 16, "Fair value at the beginning.", "opening"),
    Column("New", lambda row: row.new, MONEY, 16, "Recognised for the first time.", "new"),
    Column("Settled", lambda row: row.settled, MONEY, 16, "Taken off by conversion or payment.", "settled"),
    Column(
        "Change", lambda row: row.change, MONEY, 16, "Change of the fair value, through earnings.", "change",
    ),
    Column("Closing", lambda row: row.closing, MONEY, 16, "Opening + new - settled + change.", "closing"),
)  # fmt: skip
