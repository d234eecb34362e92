"""When, at what price and how far a holder may convert, and what must be kept in reserve."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.kinds import (
    DATE,
    DAYS,
    FLAG,
    MONEY,
    RATE,
    SHARES,
    Choice,
    ChoiceKind,
    DecimalKind,
)  # fmt: skip
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.rule import PriceRule
from notemodeler.domain.terms import nested, term

CONVERSION, LIMIT, RESERVE = "Conversion", "Limits", "Reserve"


class AppliedFirst(Choice):
    """What a conversion or a payment settles first."""

    INTEREST = "interest", "interest first"
    PRINCIPAL = "principal", "principal first"


class ShareRounding(Choice):
    """How a fraction of a share is settled."""

    DOWN = "down", "down"
    UP = "up", "up"
    NEAREST = "nearest", "to the nearest"


@dataclass(frozen=True)
class ConversionTerms:
    """When, at what price and how far the holder may convert."""

    opens_date: date | None = term(
        None, "Conversion opens on", DATE,
        "The first day on which the holder may convert. If empty, the days after issue count.",
        group=CONVERSION, optional=True, empty="by days after issue", aliases=("conversion_opens_date",),
    )  # fmt: skip
    opens_days: int = term(
        180, "… or days after issue", DAYS,
        "How many calendar days after the issue date conversion opens, if no date is given above.",
        group=CONVERSION, unit="days", minimum=0, maximum=3660, usual_maximum=366,
        aliases=("conversion_opens_days",),
        applies_when=("note.conversion.opens_date", None, True),
    )  # fmt: skip
    applied_first: AppliedFirst = term(
        AppliedFirst.INTEREST, "Amounts settle", ChoiceKind(AppliedFirst),
        "Whether a converted or paid amount settles accrued interest or principal first.", group=CONVERSION,
    )  # fmt: skip
    share_rounding: ShareRounding = term(
        ShareRounding.DOWN, "Shares rounded", ChoiceKind(ShareRounding),
        "How a fraction of a share is settled when an amount is divided by the price.", group=CONVERSION,
    )  # fmt: skip
    cash_in_lieu: bool = term(
        False, "Cash for a fraction", FLAG,
        "Whether the company pays the fraction of a share that rounding down leaves, at the conversion "
        "price.", group=CONVERSION,
        applies_when=("note.conversion.share_rounding", ShareRounding.DOWN, True),
    )  # fmt: skip
    minimum_amount: Decimal | None = term(
        None, "Smallest conversion", MONEY, "The least that a notice may convert, unless less is owed.",
        group=CONVERSION, unit="$", minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, optional=True,
        empty="no minimum",
    )  # fmt: skip
    monthly_cap_amount: Decimal | None = term(
        None, "Most a month", MONEY, "The most dollars that may be converted in one calendar month.",
        group=CONVERSION, unit="$", minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, optional=True,
        empty="no cap",
    )  # fmt: skip
    fee_amount: Decimal = term(
        Decimal(0), "Fee for each conversion", MONEY,
        "What the holder may add to each conversion for its costs; it is converted on top of the amount.",
        group=CONVERSION, unit="$", minimum=Decimal(0), maximum=LARGEST_AMOUNT,
        usual_maximum=Decimal(2500),
    )  # fmt: skip
    rule: PriceRule = nested(PriceRule)
    ownership_limit: Decimal | None = term(
        Decimal("0.0499"), "Ownership limit", RATE,
        "The most of the outstanding shares, new ones included, that the holder may own (Rule 13d-3). "
        "Empty: no limit.", group=LIMIT, unit="% of the outstanding", minimum=Decimal("0.0001"),
        maximum=Decimal("0.9999"), usual_maximum=Decimal("0.1999"), optional=True, empty="no limit",
        aliases=("blocker", "beneficial ownership limit"),
    )  # fmt: skip
    holder_shares: int = term(
        0, "Held by the holder", SHARES,
        "Shares that the holder and its affiliates own besides those converted under the notes of this "
        "document, counted as of the issue date; splits carry them on.",
        group=LIMIT, unit="shares", minimum=0, maximum=10**15,
        applies_when=("note.conversion.ownership_limit", None, False),
    )  # fmt: skip
    lots_are_sold: bool = term(
        True, "Sells between notices", FLAG,
        "Whether the holder is taken to sell each lot of shares before the next notice of conversion.",
        group=LIMIT, applies_when=("note.conversion.ownership_limit", None, False),
    )  # fmt: skip
    exchange_cap: Decimal | None = term(
        None, "Exchange cap", RATE,
        "The most shares that the note may issue in all, as a part of those outstanding on the issue "
        "date: 19.99 % for a listed company without its shareholders' consent.", group=LIMIT,
        unit="% of the outstanding at issue", minimum=Decimal("0.0001"), maximum=Decimal(1),
        usual_maximum=Decimal("0.20"), optional=True, empty="no cap",
    )  # fmt: skip
    reserve_multiple: Decimal | None = term(
        None, "Reserve required", DecimalKind("multiple", most=4),
        "How many times the shares of a full conversion the company must keep reserved.",
        group=RESERVE, unit="times the full conversion", minimum=Decimal("0.01"), maximum=Decimal(100),
        usual_maximum=Decimal(15), optional=True, empty="none stated",
    )  # fmt: skip
    reserved_shares: int = term(
        0, "Shares reserved", SHARES,
        "Shares that the transfer agent has set aside for this note, counted in shares of today.",
        group=RESERVE, unit="shares", minimum=0, maximum=10**15,
    )  # fmt: skip
