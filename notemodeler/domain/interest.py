"""How a note bears interest: rates, day count, from when, compounding, and when it is earned."""

from decimal import Decimal

from notemodeler.domain.kinds import DAYS, RATE, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.terms import term

INTEREST = "Interest"


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


class InterestCharge(Choice):
    """When interest is earned."""

    ACCRUES = "accrues", "day by day"
    ONE_TIME = "one_time", "once at issue"
    AFTER_DAYS = "after_days", "once after so many days"
    GUARANTEED = "guaranteed", "guaranteed for so many days"
    PREPAID = "prepaid", "prepaid for so many days"


@dataclass(frozen=True)
class InterestTerms:
    """How the note bears interest."""

    rate: Decimal = term(
        Decimal("0.08"), "Interest rate", RATE, "The yearly rate while there is no default.",
        group=INTEREST, unit="% a year", minimum=Decimal(0), maximum=Decimal(10),
        usual_maximum=Decimal("0.24"), aliases=("interest_rate", "coupon"),
    )  # fmt: skip
    charge: InterestCharge = term(
        InterestCharge.ACCRUES, "Interest is earned", ChoiceKind(InterestCharge),
        "Whether interest accrues day by day, is charged once as a part of principal (at issue or after "
        "so many days), is guaranteed for a time however early the note is repaid, or was kept back from "
        "the proceeds for a time.", group=INTEREST, aliases=("guaranteed interest",),
    )  # fmt: skip
    charge_days: int = term(
        365, "… so many days", DAYS,
        "After how many days the one-time interest is charged, or for how many days interest is "
        "guaranteed or prepaid, counted from the day interest runs.", group=INTEREST, unit="days",
        minimum=1, maximum=3660, usual_maximum=1096,
        applies_when=(
            "note.interest.charge",
            frozenset({InterestCharge.ACCRUES, InterestCharge.ONE_TIME}), False,
        ),
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
