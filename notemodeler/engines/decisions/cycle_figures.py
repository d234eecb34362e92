"""What a holder's cycle comes to: its lots, its days, and how it ends."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.issues import Issue
from notemodeler.domain.kinds import Choice


class CycleEnd(Choice):
    """How the cycle ends, or what keeps it from ending."""

    OVER = "over", "all is converted and sold"
    NOTHING_OWED = "nothing_owed", "nothing is owed"
    AUTHORISED = "authorised", "the authorised shares are used up"
    CHARTER = "charter", "the authorised shares are used up until the charter changes"
    EXCHANGE_CAP = "exchange_cap", "the exchange cap is used up"
    AT_LIMIT = "at_limit", "the ownership limit leaves no room"
    TOO_SMALL = "too_small", "the limits leave less than may be converted"
    ABOVE_MARKET = "above_market", "the conversion price is above the market"
    NO_PRICE = "no_price", "there is no conversion price"
    TOO_LONG = "too_long", "it is not over after five years"


@dataclass(frozen=True, slots=True)
class Lot:
    """One conversion. `held` counts against the limit before it; the other counts are just after it."""

    date: date
    price: Decimal
    market_price: Decimal | None
    amount: Decimal
    shares: int
    cash: Decimal
    held: int
    outstanding: int | None
    owed: Decimal


@dataclass(frozen=True, slots=True)
class CycleDay:
    """A trading day at its end, in shares and dollars of the day; `price` is the market's own."""

    date: date
    price: Decimal | None
    conversion_price: Decimal | None
    sold: int
    held: int
    outstanding: int | None
    owed: Decimal
    is_continued: bool


@dataclass(frozen=True)
class Cycle:
    """What becomes of the note if its holder converts and sells as fast as it may.

    `over_date` is the day on which nothing is owed and nothing is left to sell, None if it never
    comes: `end` and `words` then say why. `proceeds` is what the sales brought and cash besides the
    shares; `shares` are all lots, in shares of the last day; `share_of_company` is their part of the
    shares outstanding then. `left` is what is still owed.
    """

    start: date
    lots: tuple[Lot, ...]
    days: tuple[CycleDay, ...]
    end: CycleEnd
    words: str
    over_date: date | None
    converted: Decimal
    left: Decimal
    proceeds: Decimal
    shares: int
    outstanding: int | None
    share_of_company: Decimal | None
    issues: tuple[Issue, ...] = ()
