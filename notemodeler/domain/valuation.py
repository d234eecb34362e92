"""What a valuation takes as given: date, price, volatility, rates, credit, and how paths are drawn."""

import datetime
from decimal import Decimal

from notemodeler.domain.kinds import (
    COUNT,
    DATE,
    DAYS,
    MONEY,
    PRICE,
    RATE,
    Choice,
    ChoiceKind,
    DecimalKind,
)  # fmt: skip
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE
from notemodeler.domain.rows import RowsKind, row_noun
from notemodeler.domain.terms import term

VALUATION, CREDIT, PATHS, HOLDER = "Valuation", "Rates and credit", "Paths of prices", "The holder"
MODEL, POLICY = "valuation.price_model", "valuation.policy"
DISCOUNT = "valuation.discount_rate"


@row_noun
@dataclass(frozen=True, slots=True)
class RatePoint:
    """The risk-free rate of a term, continuously compounded; between terms it runs straight."""

    term_days: int = term(
        None, "Term", DAYS, "How many days the money is lent.", unit="days", minimum=1, maximum=36600
    )  # fmt: skip
    rate: Decimal = term(
        None, "Rate", RATE, "The yearly risk-free rate of the term, continuously compounded.",
        unit="% a year", minimum=Decimal("-0.05"), maximum=Decimal(1), usual_maximum=Decimal("0.10"),
    )  # fmt: skip


class PriceModel(Choice):
    """How prices are taken to move."""

    NORMAL = "normal", "geometric Brownian motion"
    JUMPS = "jumps", "with jumps"
    FAT_TAILS = "fat_tails", "with fat tails"
    BOOTSTRAP = "bootstrap", "drawn from the price table"
    SCENARIO = "scenario", "as the assumptions say"


class HolderPolicy(Choice):
    """When the holder converts in the paths."""

    OPTIMAL = "optimal", "when it is worth most"
    AT_ONCE = "at_once", "at once when allowed"
    THRESHOLD = "threshold", "at a threshold"
    SCHEDULE = "schedule", "on a schedule"
    NEVER = "never", "never"


@dataclass(frozen=True)
class Valuation:
    """Inputs of the valuation and of the simulation; no figure of the contract depends on them."""

    valuation_date: datetime.date | None = term(
        None, "Valuation date", DATE,
        "The day as of which the note is valued; only what was known by its end counts.",
        group=VALUATION, optional=True, empty="day of the last price",
    )  # fmt: skip
    share_price: Decimal | None = term(
        None, "Share price", PRICE, "The market price of a share on the valuation date.",
        group=VALUATION, unit="$ a share", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True,
        empty="the last price",
    )  # fmt: skip
    volatility: Decimal | None = term(
        None, "Volatility", RATE, "The yearly volatility of the share's log returns.",
        group=VALUATION, unit="% a year", minimum=Decimal("0.0001"), maximum=Decimal(20),
        usual_minimum=Decimal("0.2"), usual_maximum=Decimal(5), optional=True,
        empty="that of the price table",
    )  # fmt: skip
    volatility_days: int = term(
        250, "Volatility from", DAYS,
        "From how many of the latest daily log returns of the price table the historical volatility is made.",
        group=VALUATION, unit="trading days", minimum=2, maximum=5000, usual_minimum=20,
        applies_when=("valuation.volatility", None, True),
    )  # fmt: skip
    year_days: int = term(
        252, "A year has", COUNT, "By how many trading days a year the daily volatility is annualised.",
        group=VALUATION, unit="trading days", minimum=100, maximum=366,
        usual_minimum=250,
    )  # fmt: skip
    risk_free: tuple[RatePoint, ...] = term(
        (), "Risk-free rates", RowsKind(RatePoint),
        "The yearly risk-free rate by term, continuously compounded. Between two terms the rate runs "
        "straight, before the first and after the last it stays. Empty: 0 %.", group=CREDIT,
    )  # fmt: skip
    credit_spread: Decimal = term(
        Decimal(0), "Credit spread", RATE,
        "What the market asks of the company over the risk-free rate.", group=CREDIT, unit="% a year",
        minimum=Decimal(0), maximum=Decimal(10), usual_maximum=Decimal(1), applies_when=(DISCOUNT, None, True),
    )  # fmt: skip
    hazard_rate: Decimal | None = term(
        None, "Hazard rate", RATE,
        "The yearly intensity of a default that ends the note. Empty: the credit spread over what is "
        "lost in a default.", group=CREDIT, unit="% a year", minimum=Decimal(0), maximum=Decimal(10),
        optional=True, empty="from the spread", applies_when=(DISCOUNT, None, True),
    )  # fmt: skip
    recovery_rate: Decimal = term(
        Decimal(0), "Recovery", RATE,
        "What the holder gets of its claim in a default that ends the note.", group=CREDIT,
        unit="% of the claim", minimum=Decimal(0), maximum=Decimal("0.99"), applies_when=(DISCOUNT, None, True),
    )  # fmt: skip
    discount_rate: Decimal | None = term(
        None, "Holder's discount rate", RATE,
        "The yearly rate, continuously compounded, at which the holder discounts what it waits for; it "
        "replaces risk-free rate, hazard and recovery there. Empty: the risk-free rate and the credit.",
        group=CREDIT, unit="% a year", minimum=Decimal(0), maximum=Decimal(10),
        usual_maximum=Decimal(1), optional=True, empty="risk-free and credit",
    )  # fmt: skip
    price_model: PriceModel = term(
        PriceModel.NORMAL, "Prices move", ChoiceKind(PriceModel), "How the simulation draws prices.",
        group=PATHS,
    )  # fmt: skip
    drift_rate: Decimal | None = term(
        None, "Drift", RATE,
        "How fast the expected price grows in the distributions of what may come, continuously compounded; "
        "values always use the risk-free rate.", group=PATHS, unit="% a year", minimum=Decimal(-10),
        maximum=Decimal(10), optional=True, empty="the risk-free rate",
    )  # fmt: skip
    jumps_per_year: Decimal = term(
        Decimal(4), "Jumps a year", DecimalKind("multiple", most=4), "How often the price jumps on average.",
        group=PATHS, unit="jumps a year", minimum=Decimal(0), maximum=Decimal(250),
        applies_when=(MODEL, PriceModel.JUMPS, True),
    )  # fmt: skip
    jump_mean: Decimal = term(
        Decimal("-0.10"), "Mean jump", RATE, "The mean of the log return of a jump.", group=PATHS,
        unit="% of the price", minimum=Decimal(-5), maximum=Decimal(5),
        applies_when=(MODEL, PriceModel.JUMPS, True),
    )  # fmt: skip
    jump_deviation: Decimal = term(
        Decimal("0.30"), "Spread of jumps", RATE,
        "The standard deviation of the log return of a jump.", group=PATHS, unit="% of the price",
        minimum=Decimal(0), maximum=Decimal(5), applies_when=(MODEL, PriceModel.JUMPS, True),
    )  # fmt: skip
    tail_degrees: Decimal = term(
        Decimal(4), "Fatness of tails", DecimalKind("multiple", most=4),
        "The degrees of freedom of Student's t for daily log returns: fewer are fatter.", group=PATHS,
        unit="degrees of freedom", minimum=Decimal("2.1"), maximum=Decimal(1000),
        usual_minimum=Decimal(3), applies_when=(MODEL, PriceModel.FAT_TAILS, True),
    )  # fmt: skip
    block_days: int = term(
        10, "Days drawn together", DAYS,
        "How many days of the price table are drawn in a row on average, so that runs stay runs.",
        group=PATHS, unit="trading days", minimum=1, maximum=250,
        applies_when=(MODEL, PriceModel.BOOTSTRAP, True),
    )  # fmt: skip
    paths: int = term(
        20_000, "Paths", COUNT, "How many paths the simulation draws.", group=PATHS, unit="paths",
        minimum=100, maximum=10_000_000, usual_maximum=1_000_000,
    )  # fmt: skip
    seed: int = term(
        1, "Seed", COUNT, "The number from which the paths are drawn; the same seed gives the same paths.",
        group=PATHS, minimum=0, maximum=2**53,
    )  # fmt: skip
    policy: HolderPolicy = term(
        HolderPolicy.OPTIMAL, "The holder converts", ChoiceKind(HolderPolicy),
        "When the holder converts in the paths.", group=HOLDER,
    )  # fmt: skip
    threshold: Decimal = term(
        Decimal("1.6"), "… from a worth of", RATE,
        "The holder converts once the shares are worth this part of the dollars converted.", group=HOLDER,
        unit="% of the amount", minimum=Decimal("0.01"), maximum=Decimal(100),
        applies_when=(POLICY, HolderPolicy.THRESHOLD, True),
    )  # fmt: skip
    schedule_days: int = term(
        5, "… every", DAYS, "After how many trading days the next notice comes.", group=HOLDER,
        unit="trading days", minimum=1, maximum=1000, applies_when=(POLICY, HolderPolicy.SCHEDULE, True),
    )  # fmt: skip
    schedule_amount: Decimal | None = term(
        None, "… each time", MONEY, "How many dollars each notice of the schedule converts.", group=HOLDER,
        unit="$", minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, optional=True,
        empty="all that is owed", applies_when=(POLICY, HolderPolicy.SCHEDULE, True),
    )  # fmt: skip
    impact: Decimal | None = term(
        None, "Price impact", RATE,
        "By how much the price falls when the holder sells shares equal to 1 % of the outstanding. "
        "Empty: as the assumptions of the decision views say.", group=HOLDER,
        unit="% for each 1 % sold", minimum=Decimal(0), maximum=Decimal("0.5"),
        usual_maximum=Decimal("0.10"), optional=True, empty="as in the assumptions",
    )  # fmt: skip
