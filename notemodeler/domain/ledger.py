"""What happened to a note after it was sold: payments and conversions, dated."""

import datetime
from decimal import Decimal

from notemodeler.domain.kinds import DATE, DAYS, MONEY, PRICE, SHARES, TEXT, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE
from notemodeler.domain.terms import term


class EntryKind(Choice):
    """What an entry of the ledger is."""

    CONVERSION = "conversion", "conversion"
    PAYMENT = "payment", "payment"
    PREPAYMENT = "prepayment", "prepayment"
    REDEMPTION = "redemption", "redemption"
    PENALTY = "penalty", "penalty"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One dated event. Of a conversion, the price and the shares may be stated as reported or left to the rule."""

    date: datetime.date = term(
        None, "Date", DATE, "The day of the payment or of the notice of conversion."
    )
    kind: EntryKind = term(
        EntryKind.CONVERSION,
        "What",
        ChoiceKind(EntryKind),
        "A conversion, a payment, a prepayment, a redemption that the holder asked for, or a penalty "
        "added to principal.",
    )
    amount: Decimal | None = term(
        None,
        "Amount",
        MONEY,
        "Dollars paid, converted or added; empty means as much as there is and the ownership limit allows.",
        unit="$",
        minimum=Decimal("0.01"),
        maximum=LARGEST_AMOUNT,
        optional=True,
        empty="all that can go",
    )
    stated_price: Decimal | None = term(
        None,
        "Stated price",
        PRICE,
        "The conversion price as reported; empty means the price by the rule.",
        unit="$",
        minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
        optional=True,
        empty="by the rule",
    )
    stated_shares: int | None = term(
        None,
        "Stated shares",
        SHARES,
        "The shares issued as reported; empty means the amount over the price, rounded as the note says.",
        minimum=0,
        maximum=10**15,
        optional=True,
        empty="by the rule",
    )
    days: int | None = term(
        None, "Days late", DAYS,
        "Of a penalty, for how many days it is due; each costs what the note says. Empty if an amount is given.",
        unit="days", minimum=1, maximum=36600, optional=True, empty="by the amount",
    )  # fmt: skip
    remark: str = term(
        "", "Remark", TEXT, "A note for the reader, such as the filing that reports it."
    )
