"""Steps of a price rule: what changes it, and what it changes to."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.kinds import DATE, DAYS, PRICE, RATE, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE
from notemodeler.domain.rows import row_noun
from notemodeler.domain.terms import term


class StepTrigger(Choice):
    """What brings a step about."""

    FROM_DATE = "from_date", "from a date"
    ON_DEFAULT = "on_default", "from the default"
    PRICE_FELL = "price_fell", "once the price was below"
    PRICE_LOW = "price_low", "while the price is below"
    DTC_CHILL = "dtc_chill", "during a DTC chill"
    NO_DEPOSIT = "no_deposit", "while deposit is refused"
    NOT_LISTED = "not_listed", "while not quoted"
    LATE_REPORTS = "late_reports", "while reports are late"


@row_noun
@dataclass(frozen=True, slots=True)
class RuleStep:
    """One change of a price rule. Rows in force at once apply in their order; extra discounts add up."""

    trigger: StepTrigger = term(
        StepTrigger.FROM_DATE, "When", ChoiceKind(StepTrigger), "What brings the step about."
    )
    from_date: date | None = term(
        None, "From", DATE, "The first day of the step, for a step from a date.",
        optional=True, empty="not by date",
    )  # fmt: skip
    trigger_price: Decimal | None = term(
        None, "Price below", PRICE,
        "The price of the rule's series under which the step holds, in dollars of the day of signing.",
        unit="$", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True, empty="not by price",
    )  # fmt: skip
    multiplier: Decimal | None = term(
        None, "New multiplier", RATE, "The multiplier from then on.", minimum=Decimal("0.01"),
        maximum=Decimal(2), optional=True, empty="as it was",
    )  # fmt: skip
    extra_discount: Decimal | None = term(
        None, "Extra discount", RATE, "Points taken off the multiplier: 10 % turns 65 % into 55 %.",
        minimum=Decimal(0), maximum=Decimal("0.99"), optional=True, empty="none",
    )  # fmt: skip
    lookback_days: int | None = term(
        None, "New look-back", DAYS, "The trading days of the window from then on.", minimum=1,
        maximum=250, optional=True, empty="as it was",
    )  # fmt: skip
    fixed_price: Decimal | None = term(
        None, "New fixed price", PRICE, "The fixed price from then on, in dollars of the day of signing.",
        unit="$", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True, empty="as it was",
    )  # fmt: skip
