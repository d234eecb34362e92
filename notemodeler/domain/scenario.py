"""What the decision views assume of the future: hypothetical price, volume, continuation, impact."""

import datetime
from decimal import Decimal

from notemodeler.domain.kinds import DATE, PRICE, RATE, SHARES, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE
from notemodeler.domain.rows import RowsKind, row_noun
from notemodeler.domain.terms import term

SCENARIO = "Assumptions"


class Continuation(Choice):
    """How prices go on after the last one in the table."""

    FLAT = "flat", "flat at the last price"
    DRIFT = "drift", "drifting"
    DRAWN = "drawn", "drawn by hand"


@row_noun
@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """A price of a hand-drawn continuation; between points it runs straight."""

    date: datetime.date = term(None, "Date", DATE, "The day of the point.")
    price: Decimal = term(
        None, "Price", PRICE, "The price on that day.", unit="$", minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
    )  # fmt: skip


@dataclass(frozen=True)
class Scenario:
    """Assumptions of the decision views; no figure of the contract depends on them."""

    own_price: Decimal | None = term(
        None, "Own price", PRICE, "A hypothetical market price of your own for the dilution ladder.",
        group=SCENARIO, unit="$ a share", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True,
        empty="none",
    )  # fmt: skip
    start_date: datetime.date | None = term(
        None, "Holder starts on", DATE, "The first day on which the holder is taken to convert.",
        group=SCENARIO, optional=True, empty="as soon as it may",
    )  # fmt: skip
    volume_shares: int | None = term(
        None, "Daily volume", SHARES, "How many shares trade on an average day.", group=SCENARIO,
        unit="shares a day", minimum=1, maximum=10**15, optional=True, empty="no limit",
    )  # fmt: skip
    volume_share: Decimal = term(
        Decimal("0.10"), "Holder sells at most", RATE,
        "The part of the daily volume that the holder sells at most.", group=SCENARIO,
        unit="% of the volume", minimum=Decimal("0.001"), maximum=Decimal(1),
        applies_when=("scenario.volume_shares", None, False),
    )  # fmt: skip
    continuation: Continuation = term(
        Continuation.FLAT, "Prices go on", ChoiceKind(Continuation),
        "How prices go on after the last one in the table.", group=SCENARIO,
    )  # fmt: skip
    monthly_drift: Decimal = term(
        Decimal("-0.10"), "Drift a month", RATE, "By how much the price changes in 21 trading days.",
        group=SCENARIO, unit="% a month", minimum=Decimal("-0.99"), maximum=Decimal(10),
        applies_when=("scenario.continuation", Continuation.DRIFT, True),
    )  # fmt: skip
    drawn: tuple[DrawnPoint, ...] = term(
        (), "Drawn prices", RowsKind(DrawnPoint),
        "Points through which the price goes; between them it runs straight, after the last it stays.",
        group=SCENARIO, applies_when=("scenario.continuation", Continuation.DRAWN, True),
    )  # fmt: skip
    impact: Decimal = term(
        Decimal(0), "Price impact", RATE,
        "By how much the price falls when the holder sells shares equal to 1 % of the outstanding.",
        group=SCENARIO, unit="% for each 1 % sold", minimum=Decimal(0), maximum=Decimal("0.5"),
        usual_maximum=Decimal("0.10"),
    )  # fmt: skip
