"""The price rule as the contract states it: look-back, statistic, multiplier, cap, floor, rounding."""

from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.kinds import DAYS, PRICE, RATE, Choice, ChoiceKind, CountKind
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE, PriceKind
from notemodeler.domain.terms import term

GROUP = "Conversion price"


class Statistic(Choice):
    """How the reference price is made from the look-back."""

    LOWEST = "lowest", "the lowest"
    MEAN_OF_LOWEST = "mean_of_lowest", "average of the N lowest"
    MEAN = "mean", "average of all"
    LAST = "last", "the last"


class WindowEnd(Choice):
    """Where the look-back ends."""

    DAY_BEFORE = "day_before", "day before the notice"
    NOTICE_DAY = "notice_day", "notice day included"


class MissingPrices(Choice):
    """What the parties agreed for a trading day of the look-back that has no price."""

    REFUSE = "refuse", "no price until settled"
    LEAVE_OUT = "leave_out", "leave the day out"
    REACH_BACK = "reach_back", "reach one day further back"


class PriceRounding(Choice):
    """How the conversion price is rounded, if the note rounds it."""

    NONE = "none", "not rounded"
    DOWN = "down", "down"
    UP = "up", "up"
    HALF_UP = "half_up", "half up"


@dataclass(frozen=True)
class PriceRule:
    """One floating-price rule. The engine turns it into parts that compute, explain and phrase themselves."""

    series: PriceKind = term(
        PriceKind.BID,
        "Price series",
        ChoiceKind(PriceKind),
        "Which price of each trading day counts. A note that says closing bid does not mean the last trade.",
        group=GROUP,
        aliases=("price series", "basis"),
    )
    statistic: Statistic = term(
        Statistic.MEAN_OF_LOWEST,
        "Reference price",
        ChoiceKind(Statistic),
        "How the reference price is made from the prices of the look-back: for example the average of the "
        "three lowest closing bids.",
        group=GROUP,
    )
    lowest_count: int = term(
        3,
        "Lowest prices averaged",
        CountKind(),
        "How many of the lowest prices are averaged. Of equal prices the earliest day qualifies.",
        group=GROUP,
        unit="prices",
        minimum=1,
        maximum=250,
        usual_maximum=20,
        aliases=("n lowest",),
        applies_when=("note.conversion.rule.statistic", Statistic.MEAN_OF_LOWEST, True),
    )
    lookback_days: int = term(
        10,
        "Look-back",
        DAYS,
        "How many trading days the window has. Trading days, not calendar days.",
        group=GROUP,
        unit="trading days",
        minimum=1,
        maximum=250,
        usual_maximum=35,
        aliases=("look-back", "pricing period", "valuation period"),
    )
    window_end: WindowEnd = term(
        WindowEnd.DAY_BEFORE,
        "Window ends",
        ChoiceKind(WindowEnd),
        "Whether the window ends on the last complete trading day before the notice of conversion, or "
        "includes the day of the notice.",
        group=GROUP,
    )
    missing_prices: MissingPrices = term(
        MissingPrices.REFUSE,
        "Days without a price",
        ChoiceKind(MissingPrices),
        "What to do when a trading day of the window has no price. By default no conversion price is "
        "given until the day is settled; the other readings are always named beside the figure.",
        group=GROUP,
    )
    multiplier: Decimal = term(
        Decimal("0.65"),
        "Multiplier",
        RATE,
        "The share of the reference price at which the holder converts: 65 % of the reference is a "
        "discount of 35 %.",
        group=GROUP,
        unit="% of the reference price",
        minimum=Decimal("0.01"),
        maximum=Decimal(2),
        usual_minimum=Decimal("0.25"),
        usual_maximum=Decimal("0.95"),
        aliases=("conversion percentage", "discount"),
    )
    cap_price: Decimal | None = term(
        None,
        "Cap (fixed price)",
        PRICE,
        "The holder converts at the lesser of this price and the variable price. Empty: no cap.",
        group=GROUP,
        unit="$ a share",
        minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
        optional=True,
        empty="no cap",
        aliases=("fixed conversion price", "lesser of"),
    )
    floor_price: Decimal | None = term(
        None,
        "Floor",
        PRICE,
        "The conversion price never falls below this price. Empty: no floor.",
        group=GROUP,
        unit="$ a share",
        minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
        optional=True,
        empty="no floor",
        aliases=("greater of",),
    )
    rounding: PriceRounding = term(
        PriceRounding.NONE,
        "Price rounded",
        ChoiceKind(PriceRounding),
        "How the conversion price is rounded before shares are counted. It changes share counts: say "
        "“not rounded” unless the note rounds.",
        group=GROUP,
    )
    rounding_places: int = term(
        4,
        "Decimals of the price",
        CountKind(),
        "To how many decimals the conversion price is rounded, if it is rounded.",
        group=GROUP,
        unit="decimals",
        minimum=0,
        maximum=12,
        applies_when=("note.conversion.rule.rounding", PriceRounding.NONE, False),
    )

    @property
    def discount(self) -> Decimal:
        return 1 - self.multiplier
