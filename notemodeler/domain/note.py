"""A convertible note: parties, dates, money, interest, conversion, default and what happened since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from notemodeler.domain.kinds import (
    DATE,
    DAYS,
    FLAG,
    MONEY,
    RATE,
    SHARES,
    TEXT,
    Choice,
    ChoiceKind,
)  # fmt: skip
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.rule import PriceRule
from notemodeler.domain.terms import nested, term

LARGEST_AMOUNT = Decimal("9999999999999.99")
"""Above ten trillion a workbook cell cannot hold the cents."""

NOTE, DATES, MONEY_GROUP, INTEREST = "Note", "Dates", "Money", "Interest"
CONVERSION, LIMIT, DEFAULT = "Conversion", "Ownership limit", "Default"


class DayCount(Choice):
    """How days become a fraction of a year."""

    ACT_365 = "act/365", "actual/365"
    ACT_360 = "act/360", "actual/360"
    THIRTY_360_US = "30/360 us", "30/360 US"
    THIRTY_E_360 = "30e/360", "30E/360"
    ACT_ACT_ISDA = "act/act isda", "actual/actual ISDA"


class InterestStart(Choice):
    """From which day interest runs."""

    FUNDING = "funding", "funding date"
    ISSUE = "issue", "issue date"


class Compounding(Choice):
    """Whether interest bears interest, and how often it is added."""

    SIMPLE = "simple", "simple"
    DAILY = "daily", "compounded daily"
    MONTHLY = "monthly", "compounded monthly"


class AppliedFirst(Choice):
    """What a conversion or a payment settles first."""

    INTEREST = "interest", "interest first"
    PRINCIPAL = "principal", "principal first"


class ShareRounding(Choice):
    """How a fraction of a share is settled."""

    DOWN = "down", "down"
    UP = "up", "up"
    NEAREST = "nearest", "to the nearest"


class DefaultEvent(Choice):
    """What kind of default it is; failing to deliver or to reserve shares may cost more."""

    PAYMENT = "payment", "failure to pay"
    DELIVERY = "delivery", "failure to deliver or reserve shares"
    REPORTING = "reporting", "failure to report"
    BANKRUPTCY = "bankruptcy", "bankruptcy or insolvency"
    OTHER = "other", "other event of default"


@dataclass(frozen=True)
class InterestTerms:
    """How the note bears interest."""

    rate: Decimal = term(
        Decimal("0.08"), "Interest rate", RATE, "The yearly rate while there is no default.",
        group=INTEREST, unit="% a year", minimum=Decimal(0), maximum=Decimal(10),
        usual_maximum=Decimal("0.24"), aliases=("interest_rate", "coupon"),
    )  # fmt: skip
    default_rate: Decimal = term(
        Decimal("0.22"), "Default rate", RATE, "The yearly rate from the day of default.",
        group=INTEREST, unit="% a year", minimum=Decimal(0), maximum=Decimal(10),
        usual_maximum=Decimal("0.36"), aliases=("default interest",),
    )  # fmt: skip
    day_count: DayCount = term(
        DayCount.ACT_365, "Day count", ChoiceKind(DayCount),
        "How the days between two dates become a fraction of a year.", group=INTEREST,
    )  # fmt: skip
    starts_on: InterestStart = term(
        InterestStart.FUNDING, "Interest runs from", ChoiceKind(InterestStart),
        "Whether interest runs from the day the money arrived or from the date of the note.",
        group=INTEREST, aliases=("interest_starts_on",),
    )  # fmt: skip
    compounding: Compounding = term(
        Compounding.SIMPLE, "Compounding", ChoiceKind(Compounding),
        "Simple interest is on principal alone; compounding adds interest to what bears interest.",
        group=INTEREST,
    )  # fmt: skip


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
        "Shares that the holder and its affiliates own besides those from this note.",
        group=LIMIT, unit="shares", minimum=0, maximum=10**15,
        applies_when=("note.conversion.ownership_limit", None, False),
    )  # fmt: skip
    lots_are_sold: bool = term(
        True, "Sells between notices", FLAG,
        "Whether the holder is taken to sell each lot of shares before the next notice of conversion.",
        group=LIMIT, applies_when=("note.conversion.ownership_limit", None, False),
    )  # fmt: skip


@dataclass(frozen=True)
class DefaultTerms:
    """Whether and how the note is in default, and what that costs."""

    default_date: date | None = term(
        None, "Default on", DATE, "The day of the event of default. Empty: no default.",
        group=DEFAULT, optional=True, empty="no default",
    )  # fmt: skip
    event: DefaultEvent = term(
        DefaultEvent.PAYMENT, "Event", ChoiceKind(DefaultEvent), "What kind of default it is.",
        group=DEFAULT, aliases=("default_kind",), applies_when=("note.default.default_date", None, False),
    )  # fmt: skip
    multiple: Decimal = term(
        Decimal(1), "Default sum", RATE,
        "What becomes due on default, as a share of principal and accrued interest: 150 % is common, "
        "100 % means no default sum.", group=DEFAULT, unit="% of what is due",
        minimum=Decimal(1), maximum=Decimal(5), usual_maximum=Decimal(2), aliases=("default_sum",),
        applies_when=("note.default.default_date", None, False),
    )  # fmt: skip
    delivery_multiple: Decimal = term(
        Decimal(1), "… if shares fail", RATE,
        "The default sum when the company fails to deliver or reserve shares: 200 % is common.",
        group=DEFAULT, unit="% of what is due", minimum=Decimal(1), maximum=Decimal(5),
        usual_maximum=Decimal(2), applies_when=("note.default.default_date", None, False),
    )  # fmt: skip

    @property
    def multiple_due(self) -> Decimal:
        return self.delivery_multiple if self.event is DefaultEvent.DELIVERY else self.multiple


@dataclass(frozen=True)
class Note:
    """One convertible note with its terms and its ledger."""

    title: str = term("Convertible note", "Title", TEXT, "What you call this note.", group=NOTE)
    holder: str = term(
        "", "Holder", TEXT, "The lender who holds the note and may convert it.", group=NOTE
    )
    issue_date: date = term(
        date(2024, 1, 2), "Issue date", DATE, "The date of the note.", group=DATES,
    )  # fmt: skip
    funding_date: date = term(
        date(2024, 1, 2), "Funding date", DATE, "The day the company received the money.", group=DATES,
    )  # fmt: skip
    maturity_date: date = term(
        date(2025, 1, 2), "Maturity date", DATE, "The day principal and interest fall due.", group=DATES,
    )  # fmt: skip
    principal_amount: Decimal = term(
        Decimal(100000), "Principal", MONEY, "The face amount of the note.", group=MONEY_GROUP, unit="$",
        minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, usual_maximum=Decimal(100000000),
        aliases=("principal", "face amount"),
    )  # fmt: skip
    purchase_price_amount: Decimal | None = term(
        None, "Purchase price", MONEY,
        "What the holder pays for the note; the rest of the principal is original issue discount. "
        "Empty: the whole principal.", group=MONEY_GROUP, unit="$", minimum=Decimal("0.01"),
        maximum=LARGEST_AMOUNT, optional=True, empty="the principal", aliases=("purchase price",),
    )  # fmt: skip
    withheld_fees_amount: Decimal = term(
        Decimal(0), "Fees withheld", MONEY,
        "What the holder keeps back of the purchase price, such as its legal fees.",
        group=MONEY_GROUP, unit="$", minimum=Decimal(0), maximum=LARGEST_AMOUNT,
    )  # fmt: skip
    interest: InterestTerms = nested(InterestTerms)
    conversion: ConversionTerms = nested(ConversionTerms)
    default: DefaultTerms = nested(DefaultTerms)
    ledger: tuple[LedgerEntry, ...] = ()

    @property
    def paid_amount(self) -> Decimal:
        """What the holder pays for the note."""
        return (
            self.principal_amount
            if self.purchase_price_amount is None
            else self.purchase_price_amount
        )

    @property
    def original_issue_discount(self) -> Decimal:
        return self.principal_amount - self.paid_amount

    @property
    def proceeds(self) -> Decimal:
        """What arrives at the company."""
        return self.paid_amount - self.withheld_fees_amount
